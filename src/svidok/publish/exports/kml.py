"""KML 2.2 (OGC 07-147r2): a placemark an event, with its days, its doubt and its words."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from svidok.publish.exports.edition import Edition, Export, Happening
from svidok.publish.exports.leaving import Leaving
from svidok.publish.exports.xml import add, xml_bytes
from svidok.publish.kinds import load_groups, load_kinds

__all__ = ["write"]


def write(edition: Edition) -> Export:
    """Folders by family of events; only what is said to have happened, at a known point.

    A known span of days is a ``TimeSpan``, open where a side is; text of reports is escaped, never markup.
    """
    leaving = Leaving(edition)
    root = Element("kml", {"xmlns": "http://www.opengis.net/kml/2.2"})
    document = add(root, "Document")
    add(document, "name", edition.title)
    add(document, "open", "1")
    by_group: dict[str, list[Happening]] = {}
    kinds = load_kinds()
    for happening in edition.happened():
        if happening.point is None:
            leaving.out("no place is known")
            continue
        kind = kinds.get(happening.row.type)
        by_group.setdefault(kind.group if kind else "", []).append(happening)
    for group in load_groups():
        if group.key in by_group:
            _folder(document, group.label, by_group[group.key])
    if "" in by_group:
        _folder(document, "Other", by_group[""])
    return leaving.export(xml_bytes(root), sum(map(len, by_group.values())))


def _folder(document: Element, name: str, happenings: list[Happening]) -> None:
    folder = add(document, "Folder")
    add(folder, "name", name)
    for happening in happenings:
        _placemark(folder, happening)


def _placemark(folder: Element, happening: Happening) -> None:
    row, point = happening.row, happening.point
    assert point is not None
    mark = add(folder, "Placemark", id=f"event-{row.event}")
    add(mark, "name", happening.title)
    add(mark, "description", _escaped(happening.notes()))
    bounds = _bounds(row.earliest), _bounds(row.latest)
    if bounds[0] and bounds[0] == bounds[1]:
        add(add(mark, "TimeStamp"), "when", bounds[0])
    elif any(bounds):
        span = add(mark, "TimeSpan")
        for tag, bound in zip(("begin", "end"), bounds, strict=True):
            if bound:
                add(span, tag, bound)
    data = add(mark, "ExtendedData")
    for key, value in _data(happening).items():
        if value not in (None, ""):
            add(add(data, "Data", name=key), "value", value)
    add(add(mark, "Point"), "coordinates", f"{point[0]},{point[1]}")


def _bounds(bound: str | None) -> str | None:
    """A bound that KML can hold: a day of a year from 1 to 9999; an hour without a zone is left out."""
    return bound[:10] if bound and bound[:4].isdecimal() else None


def _escaped(text: str) -> str:
    """Viewers show a description as HTML: what was in the reports must stay words."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _data(happening: Happening) -> dict[str, Any]:
    row = happening.row
    return {
        "status": row.status,
        "type": row.type,
        "acled": happening.acled,
        "edtf": row.edtf,
        "place": row.place,
        "radius_km": row.radius_km,
        "where_precision": happening.where_precision,
        "actors": "; ".join(row.actors),
        "sides": "; ".join(row.sides),
        "speaker": row.speaker,
        "witnesses": row.witnesses,
        "disputes": "; ".join(row.disputes),
        "sources": "; ".join(happening.sources),
        "evidence": "; ".join(f"{e.document}:{e.start}-{e.end}" for e in row.evidence),
    }
