"""``svidok check``: what does not fit, with the words of both sides."""

from __future__ import annotations

from pathlib import Path

import typer

from svidok.cli import batch
from svidok.records import Document

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok check`` to the application."""

    @app.command(
        epilog="Examples:  svidok check article.txt   |   svidok check dispatches/ --json   |   "
        "svidok check --jsonl docs.jsonl -o findings.jsonl"
    )
    def check(
        paths: list[str] = typer.Argument(
            None, help="Files, folders or addresses of reports; - for standard input.", show_default=False
        ),
        jsonl: Path = typer.Option(None, "--jsonl", help="JSON Lines of documents (id, text, ...)."),
        output: Path = typer.Option(None, "-o", "--output", help="Write findings there as JSON Lines."),
        as_json: bool = typer.Option(False, "--json", help="Print findings as JSON Lines."),
        near: str = typer.Option(None, "--near", help="The theatre of the reports, such as Ukraine."),
        column: list[str] = typer.Option(
            None, "--column", help="A table's column: text=HEADER, published=HEADER…", show_default=False
        ),
        strict: bool = typer.Option(False, "--strict", help="Stop at the first input that cannot be read."),
        model: str = typer.Option(None, "--model", help="An installed spaCy model by name."),
        quiet: bool = typer.Option(False, "-q", "--quiet", help="No progress."),
    ) -> None:
        """Print what does not fit, within a report and across reports; status 1 when there is any."""
        from svidok.pipeline import chronicle
        from svidok.publish.exchange import finding_to_dict, json_line

        batch.require_input(paths, jsonl)
        documents = batch.told_apart(
            batch.documents_of(paths or (), columns=batch.columns_of(column), jsonl=jsonl, strict=strict)
        )
        batch.ended(len(documents))
        batch.tell_unparsed(documents)
        tools = batch.tools_of(model=model, near=near, quiet=quiet)
        with batch.progress("Reading", quiet=quiet):
            made = chronicle(documents, tools)
        lines = [json_line(finding_to_dict(finding)) for finding in made.findings]
        if output is not None:
            output.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        if as_json:
            typer.echo("\n".join(lines), nl=bool(lines))
        elif output is None:
            names = {d.id: _name_of(d) for d in documents}
            for number, finding in enumerate(made.findings, start=1):
                typer.echo(f"{number}. [{finding.severity}] {finding.kind}: {finding.message}")
                for quotation in finding.spans:
                    says = f"  ({quotation.says})" if quotation.says else ""
                    where = f"{names.get(quotation.id, quotation.id)}:{quotation.start}-{quotation.end}"
                    typer.echo(f"     “{' '.join(quotation.text.split())}”{says}  {where}")
                if finding.reference:
                    typer.echo(f"     checked against {finding.reference}")
                if finding.apart:
                    typer.echo(f"     apart: {finding.apart}")
            found = batch.counted(len(made.findings), "finding")
            typer.echo(f"{found} in {batch.counted(len(documents), 'report')}")
        if made.findings:
            raise typer.Exit(1)


def _name_of(document: Document) -> str:
    return Path(document.path).name if document.path and document.id == document.sha256 else document.id
