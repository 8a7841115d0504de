"""TimelineJS 3 JSON (Knight Lab): a slide an event that has a day, a month or a year."""

from __future__ import annotations

import html
import json
from typing import Any

from svidok.publish.exports.edition import Days, Edition, Export, Happening
from svidok.publish.exports.leaving import Leaving
from svidok.publish.kinds import load_groups, load_kinds

__all__ = ["write"]


def write(edition: Edition) -> Export:
    """Slides in order of time. A month or a year stands as such: no day is filled in.

    TimelineJS shows its texts as HTML, so that all words are escaped.
    """
    leaving = Leaving(edition)
    slides: list[dict[str, Any]] = []
    groups = {group.key: group.label for group in load_groups()}
    kinds = load_kinds()
    for happening in edition.happened():
        if happening.days is None:
            leaving.out("no first and last day are known")
            continue
        kind = kinds.get(happening.row.type)
        slides.append(_slide(happening, happening.days, groups[kind.group] if kind else "Other"))
    whole = {"title": {"text": {"headline": html.escape(edition.title)}}, "events": slides}
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return leaving.export(text.encode("utf-8", "backslashreplace"), len(slides))


def _slide(happening: Happening, days: Days, group: str) -> dict[str, Any]:
    row = happening.row
    first, last = _dates(days)
    where = f" ({row.place})" if row.place and row.place not in happening.title else ""
    slide: dict[str, Any] = {
        "unique_id": f"event-{row.event}",
        "start_date": first,
        "display_date": html.escape(row.edtf or f"{days.first} to {days.last}"),
        "text": {
            "headline": html.escape(f"{happening.title}{where}"),
            "text": f"<p>{html.escape(happening.notes())}</p>",
        },
        "group": group,
    }
    if last is not None:
        slide["end_date"] = last
    return slide


def _dates(days: Days) -> tuple[dict[str, int], dict[str, int] | None]:
    """The dates of an interval, as coarse as the interval itself."""
    first, last = days.first, days.last
    whole_month = first.day == 1 and (first.year, first.month) == (last.year, last.month) and days.count >= 28
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        start = {"year": first.year}
        return start, None if first.year == last.year else {"year": last.year}
    if whole_month:
        return {"year": first.year, "month": first.month}, None
    start = {"year": first.year, "month": first.month, "day": first.day}
    return start, None if days.count == 1 else {"year": last.year, "month": last.month, "day": last.day}
