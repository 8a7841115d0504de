"""``svidok places``: the toponyms of a text, what they resolve to, how sure, and why."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from svidok.cli import batch
from svidok.records import Place

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok places`` to the application."""

    @app.command(
        epilog='Examples:  svidok places "Fighting 30 km north-west of Kyiv, near Bucha" --why   |   '
        "svidok places article.txt --near Ukraine --json"
    )
    def places(
        text: str = typer.Argument(..., help="The text itself, a file, or - for standard input."),
        near: str = typer.Option(None, "--near", help="The theatre of the report: Ukraine."),
        language: str = typer.Option("en", "--language", help="The language of the text: en, uk, ru."),
        why: bool = typer.Option(False, "--why", help="Show what spoke for each place, and the next best."),
        as_json: bool = typer.Option(False, "--json", help="One JSON object a line."),
    ) -> None:
        """Show every place: its words, what it is, where, how sure, and why."""
        from svidok.atlas.gazetteer import open_gazetteer
        from svidok.claims.mentions.places import find_places

        gazetteer = open_gazetteer(progress=lambda step: typer.echo(f"atlas: {step}", err=True))
        found = find_places(
            batch.text_of(text), gazetteer=gazetteer, language=language, near=near, explained=why
        )
        for place in found:
            typer.echo(json.dumps(asdict(place), ensure_ascii=False) if as_json else _shown(place, why=why))
        if not found and not as_json:
            typer.echo("no place found", err=True)


def _shown(place: Place, *, why: bool) -> str:
    """One line: offset, words, name and containers, point with its radius, confidence; reasons below."""
    words = " ".join(place.text.split())
    if place.lat is None or place.lon is None:
        line = f"{place.start:>6}  {words:28}  not resolved"
    else:
        name = ", ".join(part for part in (place.name, *place.within) if part)
        relation = f"  [{place.relation}]" if place.relation else ""
        seat = "  (stands for its government)" if place.metonym else ""
        line = (
            f"{place.start:>6}  {words:28}  {name}  {place.lat:.4f} {place.lon:.4f} "
            f"± {place.radius_km:g} km  {place.kind}  {place.confidence:.2f}{relation}{seat}"
        )
    if why and place.why:
        line += "".join(f"\n        {reason}" for reason in place.why.split("\n"))
    return line
