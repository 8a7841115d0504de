"""``svidok times``: the dates, intervals and durations of a text, and what each was counted from."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from svidok.cli import batch
from svidok.records import Time

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok times`` to the application."""

    @app.command(
        epilog='Examples:  svidok times "By 13 March they held it" --published 2022-04-27 --why   |   '
        "svidok times article.txt --json"
    )
    def times(
        text: str = typer.Argument(..., help="The text itself, a file, or - for standard input."),
        published: str = typer.Option(None, "--published", help="The day it was published: 2022-04-27."),
        language: str = typer.Option("en", "--language", help="The language of the text: en, uk, ru, es."),
        why: bool = typer.Option(False, "--why", help="Show what each value was counted from."),
        as_json: bool = typer.Option(False, "--json", help="One JSON object a line."),
    ) -> None:
        """Show every expression of time: its words, TIMEX3 value, and bounds."""
        from svidok.claims.mentions.times import find_times

        for time in find_times(batch.text_of(text), published=published, language=language):
            typer.echo(json.dumps(asdict(time), ensure_ascii=False) if as_json else _shown(time, why=why))


def _shown(time: Time, *, why: bool) -> str:
    """One line: offsets, words, type and value, bounds; and the reason when asked for."""
    words = " ".join(time.text.split())
    value = f"{time.value or '?'}{f' ({time.mod})' if time.mod else ''}"
    bounds = f"{time.earliest or '..'} .. {time.latest or '..'}" if time.earliest or time.latest else ""
    line = f"{time.start:>6}  {words:30}  {time.type:8}  {value:24}  {bounds}"
    if why:
        line += f"\n        counted from: {time.anchor or 'nothing'}"
        if time.flags:
            line += f"; wrong with it: {', '.join(time.flags)}"
    elif time.flags:
        line += f"  [{', '.join(time.flags)}]"
    return line.rstrip()
