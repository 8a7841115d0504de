"""``svidok control``: who holds which town, day by day, by what reports claim."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, Any

import typer

from svidok.cli import batch

__all__ = ["register"]

COLUMNS = ("date", "name", "side", "probability", "evidence")


def register(app: typer.Typer) -> None:
    """Add ``svidok control`` to the application."""

    @app.command(
        epilog="Examples:  svidok control --jsonl docs.jsonl --places towns.csv --from 2022-02-24 "
        "--to 2022-12-31 --initial Ukraine -o control.csv"
    )
    def control(
        paths: list[str] = typer.Argument(
            None, help="Files, folders or addresses of reports; - for standard input.", show_default=False
        ),
        jsonl: Path = typer.Option(None, "--jsonl", help="JSON Lines of documents (id, text, ...)."),
        places: Path = typer.Option(
            ..., "--places", help="CSV of towns: name, lat, lon, and initial where known."
        ),
        first: str = typer.Option(..., "--from", help="The first day, such as 2022-02-24."),
        last: str = typer.Option(..., "--to", help="The last day."),
        output: Path = typer.Option(None, "-o", "--output", help="CSV to write; standard output if absent."),
        initial: str = typer.Option(None, "--initial", help="Who holds all other towns on the first day."),
        initial_polygon: list[str] = typer.Option(
            None, "--initial-polygon", help="FILE.geojson=SIDE: who holds the towns inside on the first day."
        ),
        sides: str = typer.Option(
            None, "--sides", help="The sides, separated by commas; found in the reports if absent."
        ),
        polygons: Path = typer.Option(
            None, "--polygons", help="GeoJSON to write: areas held, the front, and the band of doubt."
        ),
        on: list[str] = typer.Option(
            None,
            "--on",
            help="A day of the polygons, such as 2022-03-20; may be repeated. The last if absent.",
        ),
        known_by: str = typer.Option(
            None, "--known-by", help="Use only reports published by this day: what was known then."
        ),
        sources: Path = typer.Option(
            None, "--sources", help="Your table of sources (CSV or TOML): kind, grade, credibility, side."
        ),
        near: str = typer.Option(
            None, "--near", help="The theatre of the reports; the country of most towns if absent."
        ),
        strict: bool = typer.Option(False, "--strict", help="Stop at the first input that cannot be read."),
        model: str = typer.Option(None, "--model", help="An installed spaCy model by name."),
        quiet: bool = typer.Option(False, "-q", "--quiet", help="No progress."),
    ) -> None:
        """Tell who held each town on each day, how probably, and on which claims that rests.

        The probabilities of a town and day sum to 1. Far from any claim and any declared holder the
        answer is unknown. With --polygons and without -o only the polygons are written.
        """
        from svidok.cli.towns import commonest_country, home_of, read_towns, sides_of
        from svidok.events.days import iso_day
        from svidok.ledger.areas import areas_of, as_features
        from svidok.ledger.hold import as_states, hold_states
        from svidok.ledger.sightings import sightings
        from svidok.pipeline import read_all

        batch.require_input(paths, jsonl)
        start, end = _day("--from", first), _day("--to", last)
        drawn = {_day("--on", day) for day in on or [last]} if polygons else set()
        if end < start or any(not start <= day <= end for day in drawn):
            raise typer.BadParameter(f"--from {first} --to {last}: give days in order, and --on between them")
        read = batch.documents_of(paths or (), jsonl=jsonl, strict=strict, sources=sources)
        documents = batch.horizon(batch.told_apart(read), known_by)
        batch.ended(len(documents))
        tools = batch.tools_of(model=model, near=near, quiet=quiet)
        towns = read_towns(
            places, tools.gazetteer, initial=initial, polygons=initial_polygon or [], strict=strict
        )
        if near is None and (country := commonest_country(towns)):
            tools = replace(tools, near=country)
        with batch.progress("Reading", quiet=quiet):
            readings = list(read_all(documents, tools))
        named = tuple(s.strip() for s in sides.split(",")) if sides else sides_of(towns, readings)
        seen = sightings(readings, sides=named, home=home_of(towns, initial))
        features: list[dict[str, Any]] = []
        with _table(output, silent=polygons is not None) as writer:
            for day, answer, evidence in hold_states(towns, seen, sides=named, first=start, last=end):
                if writer is not None:
                    writer.writerows(
                        (s.day, s.settlement, s.side, f"{s.probability:.6f}", " ".join(s.evidence))
                        for s in as_states(towns, named, day, answer, evidence)
                    )
                if day in drawn:
                    features.extend(as_features(areas_of(towns, answer, sides=named), iso_day(day)))
        if polygons:
            collection = {"type": "FeatureCollection", "features": features}
            polygons.write_text(json.dumps(collection) + "\n", encoding="utf-8")


def _day(option: str, given: str) -> int:
    """The number of a day that an option gives."""
    from svidok.events.days import first_day

    try:
        date.fromisoformat(given)
    except ValueError as error:
        raise typer.BadParameter(f"{option} {given}: give a day, as 2022-02-24") from error
    return first_day(given) or 0


@contextmanager
def _table(output: Path | None, *, silent: bool) -> Iterator[Any]:
    """A writer of the rows, to a file or to standard output; None when only polygons are wanted."""
    if output is None and silent:
        yield None
    elif output is None:
        yield _headed(typer.get_text_stream("stdout"))
    else:
        with output.open("w", encoding="utf-8", newline="") as file:
            yield _headed(file)


def _headed(file: IO[str]) -> Any:
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    return writer
