"""Names that the words beside them tell to be regions or works: "Sumy oblast", "Kursk power plant"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from svidok.claims.mentions.places.groups import ENUMERATION
from svidok.claims.mentions.places.mention import Mention

__all__ = ["told_regions", "told_settlement", "works_behind"]

_SETTLEMENT = re.compile(r"\b(?:cit(?:y|ies)|towns?|villages?|settlements?|hamlets?)\sof\s$", re.IGNORECASE)

_BEHIND = re.compile(r"(?:['’]s)?((?:[ \u00a0][a-z]+){1,3})")

_PLURALS = (("y", "ies"), ("sh", "shes"))
_PARTS = frozenset({"district", "department", "territory", "hromada", "raion"})
"""Words that before "of" name a part of what follows: "a district of Donetsk" is in the city."""
_REACH = 40  # letters between two names of an enumeration
_NEAR = 8  # letters of "of the" and the spaces about it


class _Words:
    """Patterns of the words for regions, before and after a name."""

    def __init__(self, words: frozenset[str]) -> None:
        singular = sorted(words)
        self.singular = {_plural(word): word for word in singular} | {word: word for word in singular}
        either = "|".join(sorted(self.singular, key=len, reverse=True))
        self.after = re.compile(rf"[ \u00a0]({either})\b(?!-)")
        leading = "|".join(word for word, one in self.singular.items() if one not in _PARTS)
        self.before = re.compile(rf"\b({leading})\sof\s(?:the\s)?$", re.IGNORECASE)


@cache
def _patterns(words: frozenset[str]) -> _Words:
    return _Words(words)


def _plural(word: str) -> str:
    for ending, many in _PLURALS:
        if word.endswith(ending):
            return word[: -len(ending)] + many
    return word + "s"


def told_regions(text: str, mentions: Sequence[Mention], words: frozenset[str]) -> dict[int, str]:
    """By the place of a mention in the sequence, the word (singular) that tells what sort of region it is.

    A word with a capital after a name is that of a body ("Montana Department of Corrections").

    Args:
        text: the document's text.
        mentions: its mentions, in any order.
        words: words for regions, singular, in small letters.
    """
    known = _patterns(words)
    order = sorted(range(len(mentions)), key=lambda at: mentions[at].start)
    out: dict[int, str] = {}
    for place, at in enumerate(order):
        mention = mentions[at]
        if (after := known.after.match(text, mention.end)) is not None:
            _mark(text, mentions, order[: place + 1][::-1], after.group(1), known, out)
        start = max(0, mention.start - _REACH)
        if "of" not in text[max(0, mention.start - _NEAR) : mention.start].lower():
            continue  # a search backwards is slow, and few names stand behind "of"
        if (before := known.before.search(text, start, mention.start)) is not None:
            _mark(text, mentions, order[place:], before.group(1).lower(), known, out)
    return out


def told_settlement(text: str, mention: Mention) -> bool:
    """Whether the words before a name tell that it is a settlement: "the town of Foča"."""
    if text[max(0, mention.start - 3) : max(0, mention.start - 1)].lower() != "of":
        return False  # a search backwards is slow, and few names stand behind "of"
    return _SETTLEMENT.search(text, max(0, mention.start - _REACH), mention.start) is not None


def works_behind(text: str, mention: Mention, words: frozenset[str]) -> Iterator[tuple[str, int]]:
    """The small words behind a name that may end the name of works, longest first, and where they end.

    >>> text = "near Kursk nuclear power plant on Monday"
    >>> list(works_behind(text, Mention(5, 10, "Kursk", "kursk", ()), frozenset({"plant"})))
    [('nuclear power plant', 30)]
    """
    behind = _BEHIND.match(text, mention.end)
    if behind is None:
        return
    told = behind.group(1).split()
    for count in range(len(told), 0, -1):
        if told[count - 1] in words:
            ending = " ".join(told[:count])
            yield ending, behind.start(1) + 1 + len(ending)


def _mark(
    text: str,
    mentions: Sequence[Mention],
    order: Sequence[int],
    word: str,
    known: _Words,
    out: dict[int, str],
) -> None:
    """Mark the first mention of an order, and where the word is a plural all that are enumerated with it."""
    singular = known.singular[word]
    out.setdefault(order[0], singular)
    if word == singular:
        return
    for one, other in pairwise(order):
        left, right = sorted((mentions[one], mentions[other]), key=lambda mention: mention.start)
        gap = text[left.end : right.start]
        if len(gap) > _REACH or not gap.strip() or ENUMERATION.fullmatch(gap) is None:
            return
        out.setdefault(other, singular)
