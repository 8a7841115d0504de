"""Stretches that may be places while they are weighed, and the enumerations they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from svidok.claims.mentions.places.known import Known
from svidok.claims.mentions.places.mention import Mention
from svidok.claims.mentions.places.weighing import Weighed, Weights

__all__ = ["Draft", "count_lists"]

_LIST = re.compile(r"[,.]?\s(?:and|or|&)\s|,?\s|[/;]\s?")


class Draft:
    """A mention with what speaks for and against it.

    ``kind`` is how great the place of its name is ("kind:city"), "small" for a name written small, or ""
    for one that the atlas does not hold; ``first`` and ``final`` are the log odds of its features so far,
    in the first pass and in all, and ``base`` those of the first pass when it was last judged;
    ``country`` is that of the list it stands in.
    """

    __slots__ = ("base", "country", "final", "first", "kind", "mention", "parts", "person")

    def __init__(
        self, mention: Mention, parts: list[Weighed], *, kind: str = "", person: bool = False
    ) -> None:
        self.mention = mention
        self.parts = parts
        self.kind = kind
        self.person = person
        self.first = self.final = self.base = 0.0
        self.country: str | None = None
        for part in parts:
            self.first += part.first
            self.final += part.final

    def add(self, part: Weighed) -> None:
        """Add features."""
        self.parts.append(part)
        self.first += part.first
        self.final += part.final

    def has(self, name: str) -> bool:
        """Whether a feature is among them."""
        for part in self.parts:  # noqa: SIM110 - asked of every draft
            if name in part.names:
                return True
        return False

    @property
    def names(self) -> list[str]:
        """All features in the order in which they were found."""
        return [name for part in self.parts for name in part.names]


def count_lists(text: str, drafts: Sequence[Draft], known: Known, weights: Weights) -> None:
    """How many neighbours in an enumeration ("A, B and C") are places on their own account."""
    scores = [d.base if d.mention.sort == "name" else -9.0 for d in drafts]
    good = [score > 1.0 for score in scores]
    beside = [0] * len(drafts)
    first = 0
    for at in range(len(drafts)):
        if at + 1 < len(drafts):
            end, start = drafts[at].mention.end, drafts[at + 1].mention.start
            if start - end < 8 and _LIST.fullmatch(text, end, start):
                beside[at] += good[at + 1]
                beside[at + 1] += good[at]
                if drafts[at].mention.sort == "unknown" and at and good[at - 1]:
                    beside[at + 1] += 1
                continue
        if at - first >= 3:
            share = sum(score > -0.5 for score in scores[first : at + 1]) / (at + 1 - first)
            if share >= 0.3:
                country = _country_of_list(drafts[first : at + 1], known)
                for draft in drafts[first : at + 1]:
                    draft.country = country
                    prefix = "u-" if draft.mention.sort == "unknown" else ""
                    draft.add(weights.of(f"{prefix}row:{'most' if share >= 0.5 else 'some'}"))
        first = at + 1
    for draft, count in zip(drafts, beside, strict=True):
        if count:
            prefix = "u-" if draft.mention.sort == "unknown" else ""
            draft.add(weights.of(f"{prefix}list:{min(count, 2)}"))


def _country_of_list(drafts: Sequence[Draft], known: Known) -> str | None:
    """The country that has a place of most of the names of a list."""
    counts: dict[str, int] = {}
    for draft in drafts:
        mention = draft.mention
        for country in known.homes(mention.base or mention.folded, mention.numbers):
            counts[country] = counts.get(country, 0) + 1
    best = max(sorted(counts), key=counts.__getitem__, default=None)
    return best if best is not None and 2 * counts[best] >= len(drafts) else None
