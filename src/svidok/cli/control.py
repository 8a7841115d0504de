"""``svidok control``: who holds which town, day by day, by what reports claim."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from svidok.cli import batch
from svidok.errors import BadData, UnreadableInput

if TYPE_CHECKING:
    from svidok.atlas.gazetteer import Gazetteer
    from svidok.ledger.hold import Town

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
        near: str = typer.Option(None, "--near", help="The theatre of the reports, such as Ukraine."),
        strict: bool = typer.Option(False, "--strict", help="Stop at the first input that cannot be read."),
        model: str = typer.Option(None, "--model", help="An installed spaCy model by name."),
        quiet: bool = typer.Option(False, "-q", "--quiet", help="No progress."),
    ) -> None:
        """Tell who held each town on each day, how probably, and on which claims that rests."""
        from svidok.events.days import first_day
        from svidok.ledger.hold import as_states, hold_states
        from svidok.ledger.sightings import sightings
        from svidok.pipeline import read_all

        batch.require_input(paths, jsonl)
        start, end = first_day(first), first_day(last)
        if start is None or end is None or end < start:
            raise typer.BadParameter(f"--from {first} --to {last}: give two days in order, as 2022-02-24")
        documents = list(batch.documents_of(paths or (), jsonl=jsonl, strict=strict))
        batch.ended(len(documents))
        tools = batch.tools_of(model=model, near=near, quiet=quiet)
        towns = _towns(
            places, tools.gazetteer, initial=initial, polygons=initial_polygon or [], strict=strict
        )
        with batch.progress("Reading", quiet=quiet):
            readings = list(read_all(documents, tools))
        named = tuple(s.strip() for s in sides.split(",")) if sides else _sides(towns, readings)
        seen = sightings(readings, sides=named, home=initial or _commonest(towns))
        with (
            output.open("w", encoding="utf-8", newline="")
            if output
            else nullcontext(typer.get_text_stream("stdout")) as out
        ):
            writer = csv.writer(out)
            writer.writerow(COLUMNS)
            for day, answer, evidence in hold_states(towns, seen, sides=named, first=start, last=end):
                for state in as_states(towns, named, day, answer, evidence):
                    row = (
                        state.day,
                        state.settlement,
                        state.side,
                        f"{state.probability:.6f}",
                        " ".join(state.evidence),
                    )
                    writer.writerow(row)


def _towns(
    path: Path, gazetteer: Gazetteer, *, initial: str | None, polygons: Sequence[str], strict: bool
) -> list[Town]:
    """The towns of a table, with who held them first and what they lie in."""
    from svidok.ledger.hold import Town

    areas = [_polygon(given) for given in polygons]
    out = []
    for number, row in enumerate(_rows(path), start=2):
        try:
            name, lat, lon = row["name"], float(row["lat"]), float(row["lon"])
        except (KeyError, TypeError, ValueError) as error:
            broken = BadData(
                f"a town needs name, lat and lon ({error})", where=f"{path}:{number}", remedy="mend that line"
            )
            if strict:
                raise broken from error
            batch.complain(broken)
            continue
        holder = (row.get("initial") or "").strip() or _inside(areas, lat, lon) or initial
        around = gazetteer.nearest(lat, lon)
        out.append(Town(name, lat, lon, holder, tuple(around[0][0].containers) if around else ()))
    if not out:
        raise BadData("the table of places holds no town", where=str(path), remedy="give name,lat,lon rows")
    return out


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.is_file():
        raise UnreadableInput("the table of places does not exist", where=str(path), remedy="check the path")
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _polygon(given: str) -> tuple[Any, str]:
    from shapely.geometry import shape
    from shapely.ops import unary_union

    name, _, side = given.rpartition("=")
    if not name or not side:
        raise typer.BadParameter(f"--initial-polygon {given}: write FILE.geojson=SIDE")
    try:
        data = json.loads(Path(name).read_text(encoding="utf-8"))
        features = data.get("features", [data])
        return unary_union([shape(f.get("geometry", f)) for f in features]), side
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableInput(f"not a GeoJSON file: {error}", where=name, remedy="check the file") from error


def _inside(areas: Sequence[tuple[Any, str]], lat: float, lon: float) -> str | None:
    from shapely.geometry import Point

    return next((side for area, side in areas if area.contains(Point(lon, lat))), None)


def _commonest(towns: Sequence[Town]) -> str | None:
    """The side that holds most towns at first: the home side, which retakes."""
    held = [t.initial for t in towns if t.initial and t.initial != "contested"]
    return max(sorted(set(held)), key=held.count) if held else None


def _sides(towns: Sequence[Town], readings: Sequence[Any]) -> tuple[str, ...]:
    """The sides that hold towns at first, and the one or two that most claims say take or leave places."""
    found = sorted({t.initial for t in towns if t.initial and t.initial != "contested"})
    counts: dict[str, int] = {}
    for reading in readings:
        for claim in reading.claims:
            if claim.type in {"capture", "withdraw", "battle", "move"}:
                for actor in claim.actors:
                    if actor.side:
                        counts[actor.side] = counts.get(actor.side, 0) + 1
    for side in sorted(counts, key=lambda s: (-counts[s], s)):
        if len(found) >= 2:
            break
        if side not in found:
            found.append(side)
    return tuple(found)
