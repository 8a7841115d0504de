"""Headings: the lines that tell where what stands under them happened."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from svidok.claims.kinds import Mentions
from svidok.claims.parse import Parsed
from svidok.claims.towns import is_narrow
from svidok.records import Place, Sentence, Time

__all__ = ["headings_of", "heads_of"]

SHORT = 12  # words up to which a line without a verb heads what follows
BRACKETS = re.compile(r"\([^)]*\)")


def heads_of(parsed: Sequence[Parsed], mentions: Mentions) -> dict[int, int | None]:
    """For each sentence the place of the heading that it stands under, None under one that names no place."""
    heads: dict[int, int | None] = {}
    current: int | None = None
    any_head = False
    for at, one in enumerate(parsed):
        if _is_heading(at, parsed):
            places = [
                n
                for n in mentions.within("p", one.sentence.start, one.sentence.end)
                if not mentions.places[n].metonym
            ]
            narrow = [n for n in places if is_narrow(mentions.places[n])]
            current = next(iter([*narrow, *places]), None)
            any_head = True
        elif any_head:
            heads[at] = current
    return heads


def _is_bare(sentence: Sentence, mentions: Mentions) -> bool:
    """Whether a line is nothing but names of places, days and brackets ("EL GENEINA (West Darfur), June")."""
    rest = list(sentence.text)
    named: Iterable[Place | Time] = (
        *(mentions.places[n] for n in mentions.within("p", sentence.start, sentence.end)),
        *(mentions.times[n] for n in mentions.within("t", sentence.start, sentence.end)),
    )
    for one in named:
        rest[one.start - sentence.start : one.end - sentence.start] = " " * (one.end - one.start)
    return not any(map(str.isalpha, BRACKETS.sub("", "".join(rest))))


def headings_of(
    heads: Mapping[int, int | None], parsed: Sequence[Parsed], mentions: Mentions
) -> dict[int, int]:
    """For each sentence under a heading that is nothing but the name of a place, that place.

    Args:
        heads: the place of each sentence's heading, by :func:`heads_of`.
        parsed: the sentences.
        mentions: what was found in them.
    """
    starts = [one.sentence.start for one in parsed]
    bare = {
        number
        for number in {number for number in heads.values() if number is not None}
        if _is_bare(parsed[bisect_right(starts, mentions.places[number].start) - 1].sentence, mentions)
    }
    return {at: number for at, number in heads.items() if number in bare}


def _is_heading(at: int, parsed: Sequence[Parsed]) -> bool:
    sentence = parsed[at].sentence
    if sentence.role == "heading":
        return True
    if sentence.role != "body" or at + 1 >= len(parsed) or len(parsed[at].doc) > SHORT:
        return False
    alone = at == 0 or parsed[at - 1].sentence.block != sentence.block
    ends = sentence.text.rstrip()[-1:] not in {".", "!", "?", ";", ","}
    return alone and ends and not any(token.tag_.startswith(("V", "MD")) for token in parsed[at].doc)
