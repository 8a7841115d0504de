"""``svidok claims``: each claim of a report with its words, its arguments and the rule that made it."""

from __future__ import annotations

from pathlib import Path

import typer

from svidok.cli import batch
from svidok.cli.opened import spaced
from svidok.records import Claim, Reading

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok claims`` to the application."""

    @app.command(
        epilog="Examples:  svidok claims article.txt   |   svidok claims article.txt --why --type capture"
    )
    def claims(
        paths: list[str] = typer.Argument(
            None, help="Files, folders or addresses of reports; - for standard input.", show_default=False
        ),
        jsonl: Path = typer.Option(None, "--jsonl", help="JSON Lines of documents (id, text, ...)."),
        kind: str = typer.Option(None, "--type", help="Only claims of this type of the ontology."),
        why: bool = typer.Option(False, "--why", help="Show the rule that made each claim."),
        near: str = typer.Option(None, "--near", help="The theatre of the reports, such as Ukraine."),
        column: list[str] = typer.Option(
            None, "--column", help="A table's column: text=HEADER, published=HEADER…", show_default=False
        ),
        model: str = typer.Option(None, "--model", help="An installed spaCy model by name."),
        quiet: bool = typer.Option(False, "-q", "--quiet", help="No progress."),
    ) -> None:
        """Show what a report claims, one claim after another, with its exact words."""
        from svidok.pipeline import read_all

        batch.require_input(paths, jsonl)
        documents = batch.told_apart(
            batch.documents_of(paths or (), columns=batch.columns_of(column), jsonl=jsonl, strict=False)
        )
        batch.ended(len(documents))
        batch.tell_unparsed(documents)
        tools = batch.tools_of(model=model, near=near, quiet=quiet)
        kind = kind.replace(" ", "_") if kind is not None else None
        if kind is not None and kind not in tools.ontology.codes:
            types = ", ".join(map(spaced, sorted(tools.ontology.codes)))
            raise typer.BadParameter(f"no type {kind!r}; the types are {types}")
        for reading in read_all(documents, tools):
            for claim in reading.claims:
                if kind in (None, claim.type):
                    typer.echo(_shown(claim, reading, why=why))


def _shown(claim: Claim, reading: Reading, *, why: bool) -> str:
    """A claim on a few lines: its head, its exact words, its arguments."""
    text = reading.document.text
    plain = (claim.polarity, claim.modality) == ("affirmed", "asserted")
    head = spaced(claim.type) if plain else f"{spaced(claim.type)}  {claim.polarity}, {claim.modality}"
    words = " ".join(text[claim.start : claim.end].split())
    time = claim.time
    named = {
        "trigger": text[slice(*claim.trigger)],
        "speaker": claim.speaker,
        "by": "; ".join(actor.name or actor.text for actor in claim.actors),
        "to": "; ".join(actor.name or actor.text for actor in claim.targets),
        "at": "; ".join(reading.places[index].name or reading.places[index].text for index in claim.places),
        "when": time and (time.edtf or f"{time.earliest or '..'}/{time.latest or '..'}"),
        "how many": "; ".join(quantity.text for quantity in claim.quantities),
    }
    if why:
        named |= {"why": claim.why, "confidence": f"{claim.confidence:.2f}"}
    lines = [f"{head}  [{claim.start}:{claim.end}]  “{words}”"]
    lines += [f"    {name:10} {value}" for name, value in named.items() if value]
    return "\n".join(lines)
