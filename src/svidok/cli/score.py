"""``svidok score``: how good a reading is, against a gold set."""

from __future__ import annotations

import json
from pathlib import Path

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok score`` to the application."""

    @app.command(
        epilog="Examples:  svidok score gold.jsonl claims.jsonl   |   "
        "svidok score gold.jsonl claims.jsonl --by type   |   svidok score gold.jsonl out.jsonl --by war"
    )
    def score(
        gold: Path = typer.Argument(..., help="Gold: JSON Lines in the exchange format."),
        predictions: Path = typer.Argument(..., help="What svidok extract (or check) wrote."),
        as_json: bool = typer.Option(False, "--json", help="Print figures as one JSON object."),
        by: str = typer.Option(
            None, "--by", help="'type' of claim, 'confidence', or a field of the gold such as style or war."
        ),
    ) -> None:
        """Score places, times, attributions, claims and findings against a gold set."""
        from svidok.scoring import load_lines, score_by
        from svidok.scoring import score as score_lines

        wanted, offered = load_lines(gold), load_lines(predictions)
        if by in (None, "type", "confidence"):
            cards = {"": score_lines(wanted, offered)}
        else:
            cards = score_by(wanted, offered, key=by)
        if as_json:
            figures = {name: card.as_dict() for name, card in cards.items()}
            typer.echo(json.dumps(figures.get("", figures), ensure_ascii=False))
            return
        for name, card in cards.items():
            if name:
                typer.echo(name)
            for figure, value in card.as_dict().items():
                if (by != "type" and ":" in figure) or (
                    by != "confidence" and figure.startswith("confidence")
                ):
                    continue
                typer.echo(f"  {figure:28} {_shown(value)}")


def _shown(value: dict[str, float] | float | None) -> str:
    if isinstance(value, dict):
        return "  ".join(f"{k} {int(v)}" if k == "gold" else f"{k} {v:.3f}" for k, v in value.items())
    return "-" if value is None else f"{value:.3f}"
