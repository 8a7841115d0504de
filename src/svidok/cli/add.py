"""``svidok add``: reports into a chronicle, with their original bytes and their custody."""

from __future__ import annotations

import typer

from svidok.cli import batch
from svidok.cli.opened import BY, WHERE, opened

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok add`` to the application."""

    @app.command(
        epilog="Examples:  svidok add kyiv.svidok article.pdf posts.jsonl dispatches/   |   "
        "svidok add kyiv.svidok https://example.org/report --by olena"
    )
    def add(
        where: str = WHERE,
        paths: list[str] = typer.Argument(
            ..., help="Files or folders of reports, addresses, or - for standard input.", show_default=False
        ),
        retrieved: str = typer.Option(
            None, "--retrieved", help="When the reports were fetched, such as 2022-04-27T10:00Z."
        ),
        column: list[str] = typer.Option(
            None, "--column", help="Field=HEADER of a table of posts, such as text=Message."
        ),
        by: str = BY,
        quiet: bool = typer.Option(False, "-q", "--quiet", help="Print nothing but errors."),
    ) -> None:
        """Keep reports in a chronicle: the original bytes, the text, and how each came in.

        Reports that are there already are known again and not added twice. What is in is in: when this is
        interrupted, give the same paths once more.
        """
        from svidok.archive import Web

        with opened(where, by=by) as chronicle, batch.progress("Adding", quiet=quiet) as tell:
            added = chronicle.add(
                *paths,
                retrieved=retrieved,
                tell=tell,
                columns=batch.columns_of(column) or None,
                stdin=typer.get_binary_stream("stdin"),
                web=Web(),
            )
            unread = chronicle.status().unread
        for message in added.failed:
            typer.echo(f"svidok: {message}", err=True)
        batch.ended(len(added.new) + len(added.known))
        if not quiet:
            told = f"{batch.counted(len(added.new), 'report')} added"
            told += f", {len(added.known)} there already" if added.known else ""
            told += f", {len(added.failed)} failed" if added.failed else ""
            typer.echo(f"{told}." + (f" Next:  svidok build {where}" if unread else ""))
