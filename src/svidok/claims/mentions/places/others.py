"""Names that the atlas has a place for and that mean something else: bodies, leaders, feasts, honours.

The Red Cross, Christmas and Azov are towns as well. What the table of actors and the calendar list under a
name speaks against the town of that name; a great place keeps its name ("Lincoln").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from svidok.atlas.actors import load_actors
from svidok.atlas.gazetteer.names import fold
from svidok.claims.mentions.places.runs import Run
from svidok.claims.mentions.times.language import forms_of

__all__ = ["called_otherwise", "heads_report", "is_listed", "listed_as"]

_GREAT = ("country", "region", "million", "city", "area")
_HEAD = 400  # characters within which a report tells who made it
_LINE = 120
_BODIES = ("organisation", "state force", "rebel", "militia", "civilians")
_LOCATIVE = ("before:in", "before:of-place", "before:place-noun", "after:place-word")


@cache
def _listed() -> dict[str, str]:
    """Folded names of what is no place, each with what it is: body, leader or feast."""
    table = load_actors()
    names: dict[str, str] = {}
    for alias, entry, form in table.names():
        if alias.isupper() and len(alias) < 4:
            continue  # recognition weighs initials by themselves
        if entry.kind == "leader" and form == "short":
            names.setdefault(fold(alias), "leader")
        elif entry.kind in _BODIES and form in ("name", "people"):
            names[fold(alias)] = "body"
    names |= {fold(name): "feast" for name in forms_of("en", "holiday")}
    return names


def is_listed(folded: str) -> bool:
    """Whether a name is that of a body or a feast.

    >>> is_listed("red cross"), is_listed("christmas"), is_listed("kherson")
    (True, True, False)
    """
    return _listed().get(folded) in ("body", "feast")


def listed_as(folded: str, numbers: Sequence[tuple[int, int]], size: Callable[[int], str]) -> str:
    """What else than a place a name is listed as: "body", "leader", "feast", or "" for nothing.

    Args:
        folded: the name.
        numbers: its entries in the atlas, with the standing of the name.
        size: how great the place of an entry is; a great one keeps its name.
    """
    what = _listed().get(folded, "")
    return "" if what and any(how == 0 and size(number) in _GREAT for number, how in numbers) else what


def called_otherwise(what: str, folded: str, left: str, right: str) -> bool:
    """Whether a name that is listed as something else than a place is not the place here.

    Args:
        what: what it is listed as.
        folded: the name.
        left, right: the features of its neighbours; "in Azov" is the town.
    """
    if what == "feast" or (what == "body" and " " in folded):
        return True
    return right == "after:possessive" or not (left in _LOCATIVE or right in _LOCATIVE)


def heads_report(text: str, run: Run) -> bool:
    """Whether the name of a paper or office stands in the head of a report: "Red Sea Relief Network".

    Args:
        text: the document's text.
        run: the capitals of the name.
    """
    if run.start > _HEAD:
        return False
    line = text.find("\n", run.end)
    return 0 <= line - text.rfind("\n", 0, run.start) < _LINE
