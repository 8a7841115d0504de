"""``svidok check``: what does not fit, with the words of both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from svidok.cli import batch
from svidok.cli.opened import spaced
from svidok.records import Document

if TYPE_CHECKING:
    from svidok.events.references import Compared

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
        sources: Path = typer.Option(
            None, "--sources", help="Your table of sources (CSV or TOML): kind, grade, credibility, side."
        ),
        near: str = typer.Option(None, "--near", help="The theatre of the reports, such as Ukraine."),
        column: list[str] = typer.Option(
            None, "--column", help="A table's column: text=HEADER, published=HEADER…", show_default=False
        ),
        strict: bool = typer.Option(False, "--strict", help="Stop at the first input that cannot be read."),
        model: str = typer.Option(None, "--model", help="An installed spaCy model by name."),
        against: list[str] = typer.Option(
            None, "--against", help="A reference table (svidok reference add); again for more."
        ),
        known_by: str = typer.Option(
            None, "--known-by", help="Use only reports published by this day: what was known then."
        ),
        quiet: bool = typer.Option(False, "-q", "--quiet", help="No progress."),
    ) -> None:
        """Print what does not fit, within a report and across reports; status 1 when there is any."""
        from svidok.events.references import compare, open_table
        from svidok.pipeline import chronicle
        from svidok.publish.exchange import finding_to_dict, json_line

        batch.require_input(paths, jsonl)
        tables = [open_table(name) for name in dict.fromkeys(against or ())]
        read = batch.told_apart(
            batch.documents_of(
                paths or (), columns=batch.columns_of(column), jsonl=jsonl, strict=strict, sources=sources
            )
        )
        documents = batch.horizon(read, known_by)
        batch.ended(len(documents))
        batch.tell_unparsed(documents)
        tools = batch.tools_of(model=model, near=near, quiet=quiet)
        with batch.progress("Reading", quiet=quiet):
            made = chronicle(documents, tools)
        compared = [(t.name, compare(made.readings, made.events, t)) for t in tables]
        clashing = [c.finding for _, each in compared for c in each if c.verdict == "against" and c.finding]
        findings = (*made.findings, *clashing)
        lines = [json_line(finding_to_dict(finding)) for finding in findings]
        if output is not None:
            output.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        if as_json:
            typer.echo("\n".join(lines), nl=bool(lines))
        elif output is None:
            names = {d.id: _name_of(d) for d in documents}
            for number, finding in enumerate(findings, start=1):
                typer.echo(f"{number}. [{finding.severity}] {spaced(finding.kind)}: {finding.message}")
                for quotation in finding.spans:
                    says = f"  ({quotation.says})" if quotation.says else ""
                    where = f"{names.get(quotation.id, quotation.id)}:{quotation.start}-{quotation.end}"
                    typer.echo(f"     “{' '.join(quotation.text.split())}”{says}  {where}")
                if finding.reference:
                    typer.echo(f"     checked against {finding.reference}")
                if finding.apart:
                    typer.echo(f"     apart: {finding.apart}")
            for name, each in compared:
                _tell(name, each)
            found = batch.counted(len(findings), "finding")
            typer.echo(f"{found} in {batch.counted(len(documents), 'report')}")
        if findings:
            raise typer.Exit(1)


SHOWN = 20
"""Lines that are printed of what is beyond or without a reference."""


def _tell(name: str, compared: Sequence[Compared]) -> None:
    """Print how the reports stand to one reference: what goes beyond it, what they leave out."""
    counts = Counter(c.verdict for c in compared)
    typer.echo(
        f"{name}: {counts['agrees']} agree, {counts['against']} against, {counts['beyond']} beyond, "
        f"{counts['without']} without"
    )
    for verdict in ("beyond", "without"):
        listed = Counter(c.message for c in compared if c.verdict == verdict)
        for message, times in list(listed.items())[:SHOWN]:
            typer.echo(f"  {verdict}: {message}{f' ({times} times)' if times > 1 else ''}")
        if len(listed) > SHOWN:
            typer.echo(f"  {verdict}: {len(listed) - SHOWN} more")


def _name_of(document: Document) -> str:
    return Path(document.path).name if document.path and document.id == document.sha256 else document.id
