"""Names that the atlas has a place for and that mean something else: bodies, leaders, feasts, honours.

The Red Cross, Christmas and Azov are towns as well. What the table of actors and the calendar list under a
name speaks against the town of that name; a great place keeps its name ("Lincoln").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from svidok.atlas.actors import load_actors
from svidok.atlas.gazetteer.names import fold
from svidok.claims.mentions.places.runs import Run, Word
from svidok.claims.mentions.times.language import forms_of

__all__ = ["called_otherwise", "heads_report", "is_listed"]

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


def called_otherwise(
    folded: str, numbers: Sequence[tuple[int, int]], size: Callable[[int], str], beside: Sequence[str]
) -> list[str]:
    """Features of a name that somebody or something else than a place bears.

    Args:
        folded: the name.
        numbers: its entries in the atlas, with the standing of the name.
        size: how great the place of an entry is.
        beside: the features of its neighbours; "in Azov" is the town.
    """
    what = _listed().get(folded)
    if what is None or any(how == 0 and size(number) in _GREAT for number, how in numbers):
        return []
    if what != "leader" and " " in folded:
        return [f"listed:{what}"]
    if what != "feast" and any(name in _LOCATIVE for name in beside) and "after:possessive" not in beside:
        return []
    return [f"listed:{what}"]


def heads_report(text: str, run: Run, words: Sequence[Word], last: int, tails: frozenset[str]) -> bool:
    """Whether a name opens that of the paper or office in the head of a report: "Red Sea Relief Network".

    Args:
        text: the document's text.
        run: the capitals that the name stands in; words: of the run; last: the word behind the name.
        tails: the nouns that close such names.
    """
    behind = words[last:]
    if not behind or run.start > _HEAD or words[-1].text.lower() not in tails:
        return False
    line = text.find("\n", run.end)
    return 0 <= line - text.rfind("\n", 0, run.start) < _LINE and not any(word.link for word in behind)
