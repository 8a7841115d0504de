"""Mentions of one name in one sense: the names of a document that are resolved together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from svidok.atlas.gazetteer.words import load_place_words
from svidok.claims.mentions.places.mention import Mention

__all__ = ["ENUMERATION", "STOP", "Group", "group_mentions", "leaders_of"]

ENUMERATION = re.compile(r"[,;.]?\s*(?:[\w’'-]+(?:\s[\w’'-]+)?\s*,\s*){0,2}(?:and|or|&)?\s*")
"""What stands between two names of one enumeration."""

STOP = re.compile(r"[.!?][\s\"”’]|\n")
"""Where a sentence ends."""

_BODY = re.compile(r"\s([A-Z]\w+)")


class Group:
    """Mentions of one name in one sense, with the entries that it may mean."""

    __slots__ = ("body", "candidates", "folded", "mentions", "water")

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.mentions: list[Mention] = []
        self.candidates: tuple[tuple[int, int], ...] = ()
        self.water = False
        self.body = False


def group_mentions(mentions: Sequence[Mention], text: str = "") -> list[Group]:
    """One sense a document: mentions of one name belong together.

    Save where two lists of different regions both hold the name: "in the A region, … X; in the B
    region, … and X" names two places.
    """
    led = leaders_of(text, mentions)
    leaders: dict[str, set[str]] = {}
    for at, leader in led.items():
        leaders.setdefault(mentions[at].base or mentions[at].folded, set()).add(leader)
    groups: dict[str, Group] = {}
    for at, mention in enumerate(mentions):
        name = mention.base or mention.folded
        key = f"{name}/{led[at]}" if at in led and len(leaders[name]) > 1 else name
        water = mention.water
        key += "/water" if water else ""
        group = groups.get(key)
        if group is None:
            group = groups[key] = Group(name)
            group.candidates = mention.numbers
            group.water = water
        group.body |= _names_body(text, mention)
        group.mentions.append(mention)
    return list(groups.values())


def _names_body(text: str, mention: Mention) -> bool:
    """Whether a name is the first word of a newspaper's, team's or firm's: "the Washington Post"."""
    word = _BODY.match(text, mention.end)
    return word is not None and word.group(1).lower() in load_place_words().bodies


def leaders_of(text: str, mentions: Sequence[Mention]) -> dict[int, str]:
    """For mentions in a list, the name of the region that leads it ("in the X region, A, B and C")."""
    order = sorted(range(len(mentions)), key=lambda at: mentions[at].start)
    out: dict[int, str] = {}
    first = 0
    for place in range(1, len(order) + 1):
        if place < len(order):
            end, begin = mentions[order[place - 1]].end, mentions[order[place]].start
            if begin - end < 40 and ENUMERATION.fullmatch(text[end:begin]):
                continue
        if place - first >= 3 and first:
            leader = mentions[order[first - 1]]
            words = leader.kind_word is not None
            if words and not STOP.search(text, leader.end, mentions[order[first]].start):
                out |= dict.fromkeys(order[first:place], leader.base or leader.folded)
        first = place
    return out
