"""Which names stand beside which in the words of a document: containers, owners, lists, things told near."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from svidok.claims.mentions.places.groups import ENUMERATION, STOP, Group

__all__ = ["Beside", "read_neighbours"]

Floats = NDArray[np.float64]
Order = Sequence[tuple[int, int, int]]
Pairs = dict[tuple[int, int], float]

_COMMA = re.compile(r"[’']?s?\s?(?:,\s?(?:in |of |near |the |on )?|\s\(|\s(?:in|of|at)\s(?:the )?|\s)$")
_HELD = re.compile(
    r"(?:\s(?:village|town|city|settlement|hamlet|suburb|community|area))?"
    r"(?:,\s(?:in\s)?|\s\(|\s(?:in|of)\s)(?:the\s)?"
    r"(?:[\w-]+[\s-](?:held|occupied|controlled)\s|(?:north|south|east|west|central|occupied)[\w-]*\s)?"
)
_OWNER = re.compile(r"(?:[’']s?|,)?\s(?:\w+\s){0,2}?(?:of\s|in\s)?$|[’']s\s(?:[\w-]+\s){0,2}$")
_TOLD = re.compile(
    r",?\s(?:which\s|that\s|\()?(?:(?:is|are|was|were|lies?|lay)\s)?(?:both\s)?(?:located\s|situated\s|lying\s|just\s|a\s)?"
    r"(?:(?:about|some|around|roughly)\s)?(?:\d[\d.,]*\s?(?:km|kilomet\w+|miles?)\s)?(?:away\s)?"
    r"(?:(?:to\sthe\s)?(?:north|south|east|west)[\w-]*\s(?:of|from)|near|close\sto|outside|not\sfar\sfrom|from)"
    r"\s(?:the\s)?(?:(?:city|town|village)\sof\s)?"
)
_AND = re.compile(r"\b(?:and|or)\b|&")
_BESIDE, _HELD_GAP, _FAR = 14, 40, 900  # letters between two names


_SORTS = ("after", "before", "close", "led", "told", "comma", "listed")


@dataclass(frozen=True, slots=True)
class Beside:
    """Square matrices over the groups of a document; row: the name, column: what it stands to.

    ``after`` and ``before``: the name is followed or led by the other; ``close``: how near they come, 0 to
    1; ``led``: the other stands before the list that the name is in; ``told``: the name is said to lie
    near the other; ``comma``: the name is said to lie in the other ("Bucha, Kyiv Oblast"); ``listed``: the
    two are neighbours in an enumeration. None where no two names of the document stand so.
    """

    after: Floats | None = None
    before: Floats | None = None
    close: Floats | None = None
    led: Floats | None = None
    told: Floats | None = None
    comma: Floats | None = None
    listed: Floats | None = None


def read_neighbours(text: str, groups: Sequence[Group]) -> Beside:
    """Read which names of a document stand beside which: "Paris, Texas"; and how close in the text."""
    order = sorted(
        (mention.start, mention.end, place)
        for place, group in enumerate(groups)
        for mention in group.mentions
    )
    found: dict[str, Pairs] = {sort: {} for sort in _SORTS}
    after, before, close, comma = found["after"], found["before"], found["close"], found["comma"]
    least = [[_FAR + 1] * len(groups) for _ in groups]
    for place, (_, end, one) in enumerate(order):
        nearest = least[one]
        for begin, _, two in order[place + 1 : place + 9]:
            gap = begin - end
            if gap > _FAR:
                break
            if gap < nearest[two]:
                nearest[two] = gap
            if 0 <= gap <= _HELD_GAP and one != two:
                if _HELD.fullmatch(text, end, begin):
                    comma[one, two] = 1.0
                if gap <= _BESIDE:
                    if _COMMA.fullmatch(text, end, begin):
                        after[one, two] = 1.0
                    if _OWNER.fullmatch(text, end, begin):
                        before[two, one] = 1.0
    for one, two in combinations(range(len(groups)), 2):
        gap = min(least[one][two], least[two][one])
        if gap <= _FAR:
            close[one, two] = close[two, one] = math.exp(-max(gap, 0) / 250.0)
    joined = [
        begin < end or ENUMERATION.fullmatch(text, end, begin) is not None
        for (_, end, _), (begin, _, _) in pairwise(order)
    ]
    _lead(text, order, joined, found["led"])
    _tell(text, order, joined, found["told"])
    _list(text, order, joined, found["listed"])
    return Beside(**{sort: _matrix(pairs, len(groups)) for sort, pairs in found.items() if pairs})


def _matrix(pairs: Pairs, size: int) -> Floats:
    out: Floats = np.zeros((size, size))
    for (one, two), value in pairs.items():
        out[one, two] = value
    return out


def _lead(text: str, order: Order, joined: Sequence[bool], led: Pairs) -> None:
    """Which region stands before an enumeration: "in the X region, … of A, B and C"."""
    first = 0
    for place in range(1, len(order) + 1):
        if place < len(order) and joined[place - 1]:
            continue
        if place - first >= 3:
            for before in range(first - 1, max(-1, first - 4), -1):
                if STOP.search(text, order[before][1], order[first][0]):
                    break
                for item in range(first, place):
                    led[order[item][2], order[before][2]] = 1.0
        first = place


def _tell(text: str, order: Order, joined: Sequence[bool], told: Pairs) -> None:
    """Which names are said to lie near which: "A and B, which are located south of C"."""
    first = 0
    for place in range(1, len(order)):
        end, begin = order[place - 1][1], order[place][0]
        if begin - end < 40 and joined[place - 1]:
            continue
        if begin - end < 90 and _TOLD.fullmatch(text, end, begin):
            for item in range(first, place):
                told[order[item][2], order[place][2]] = 1.0
        first = place


def _list(text: str, order: Order, joined: Sequence[bool], listed: Pairs) -> None:
    """Which names are neighbours in an enumeration of three and more, or of two with "and" between."""
    first = 0
    for place in range(1, len(order) + 1):
        if place < len(order) and joined[place - 1] and _gap(text, order, place).strip():
            continue
        if place - first >= 3 or any(
            _AND.search(_gap(text, order, item)) for item in range(first + 1, place)
        ):
            for left, right in pairwise(order[first:place]):
                listed[left[2], right[2]] = listed[right[2], left[2]] = 1.0
        first = place


def _gap(text: str, order: Order, place: int) -> str:
    """What stands before a name and behind the one before it."""
    return text[order[place - 1][1] : order[place][0]]
