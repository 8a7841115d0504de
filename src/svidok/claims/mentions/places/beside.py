"""Which names stand beside which in the words of a document: containers, owners, lists, things told near."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from svidok.claims.mentions.places.groups import ENUMERATION, STOP, Group

__all__ = ["Beside", "read_neighbours"]

Floats = NDArray[np.float64]
Order = Sequence[tuple[int, int, int]]

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


@dataclass(frozen=True, slots=True)
class Beside:
    """Square matrices over the groups of a document; row: the name, column: what it stands to.

    ``after`` and ``before``: the name is followed or led by the other; ``close``: how near they come, 0 to
    1; ``led``: the other stands before the list that the name is in; ``told``: the name is said to lie
    near the other; ``comma``: the name is said to lie in the other ("Bucha, Kyiv Oblast"); ``listed``: the
    two are neighbours in an enumeration.
    """

    after: Floats
    before: Floats
    close: Floats
    led: Floats
    told: Floats
    comma: Floats
    listed: Floats


def read_neighbours(text: str, groups: Sequence[Group]) -> Beside:
    """Read which names of a document stand beside which: "Paris, Texas"; and how close in the text."""
    order = sorted(
        (mention.start, mention.end, place)
        for place, group in enumerate(groups)
        for mention in group.mentions
    )
    beside = Beside(*np.zeros((7, len(groups), len(groups))))
    for place, (_, end, one) in enumerate(order):
        for begin, _, two in order[place + 1 : place + 9]:
            gap = begin - end
            if gap > _FAR:
                break
            if one == two:
                continue
            near = math.exp(-max(gap, 0) / 250.0)
            if near > beside.close[one, two]:
                beside.close[one, two] = beside.close[two, one] = near
            if 0 <= gap <= _HELD_GAP:
                between = text[end:begin]
                if _HELD.fullmatch(between):
                    beside.comma[one, two] = 1.0
                if gap <= _BESIDE and _COMMA.fullmatch(between):
                    beside.after[one, two] = 1.0
                if gap <= _BESIDE and _OWNER.fullmatch(between):
                    beside.before[two, one] = 1.0
    _lead(text, order, beside.led)
    _tell(text, order, beside.told)
    _list(text, order, beside.listed)
    return beside


def _lead(text: str, order: Order, led: Floats) -> None:
    """Which region stands before an enumeration: "in the X region, … of A, B and C"."""
    first = 0
    for place in range(1, len(order) + 1):
        if place < len(order) and ENUMERATION.fullmatch(text[order[place - 1][1] : order[place][0]]):
            continue
        if place - first >= 3:
            for before in range(first - 1, max(-1, first - 4), -1):
                if STOP.search(text, order[before][1], order[first][0]):
                    break
                for item in range(first, place):
                    led[order[item][2], order[before][2]] = 1.0
        first = place


def _tell(text: str, order: Order, told: Floats) -> None:
    """Which names are said to lie near which: "A and B, which are located south of C"."""
    first = 0
    for place in range(1, len(order)):
        gap = text[order[place - 1][1] : order[place][0]]
        if len(gap) < 40 and ENUMERATION.fullmatch(gap):
            continue
        if len(gap) < 90 and _TOLD.fullmatch(gap):
            for item in range(first, place):
                told[order[item][2], order[place][2]] = 1.0
        first = place


def _list(text: str, order: Order, listed: Floats) -> None:
    """Which names are neighbours in an enumeration of three and more, or of two with "and" between."""
    first = 0
    gaps = [text[end:begin] for (_, end, _), (begin, _, _) in pairwise(order)]
    for place in range(1, len(order) + 1):
        if place < len(order) and gaps[place - 1].strip() and ENUMERATION.fullmatch(gaps[place - 1]):
            continue
        if place - first >= 3 or any(_AND.search(gap) for gap in gaps[first : place - 1]):
            for left, right in pairwise(order[first:place]):
                listed[left[2], right[2]] = listed[right[2], left[2]] = 1.0
        first = place
