"""The day that heads an entry of a log, a diary or a list of captions, for what is told under it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from svidok.claims.kinds import Mentions
from svidok.claims.parse import Parsed
from svidok.records import Time

__all__ = ["entry_days", "led_in"]

HEAD = 80  # characters within which the head of an entry ends
WORDS = 14  # that may stand before the day of a head: a number, a place, what a picture shows
FEW = 3  # days that stand alone and make a diary of a text
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
CLOSE = re.compile(r"(?:,\s?[^\W\d_]{1,12})?\s*(?:[.:]+(?=\s|$)|$)")


def entry_days(parsed: Sequence[Parsed], mentions: Mentions) -> dict[int, int]:
    """By the number of each sentence of an entry, the time that heads it: "15 December, 14:30. ...".

    An entry is a block that opens with a day and a full stop or colon, and no verb before it ("10. Mosul,
    11 November: ..."). Where at least three days stand alone in their blocks, each heads the blocks after
    it, until the next day or heading.
    """
    blocks: list[list[int]] = []
    for number, one in enumerate(parsed):
        if not number or parsed[number - 1].sentence.block != one.sentence.block:
            blocks.append([])
        blocks[-1].append(number)
    heads = [_head(parsed[block[0]], mentions) for block in blocks]
    lone = [
        head is not None and len(block) == 1 and _is_all(parsed[block[0]], mentions.times[head])
        for block, head in zip(blocks, heads, strict=True)
    ]
    diary = sum(lone) >= FEW
    days: dict[int, int] = {}
    open_day: int | None = None
    for block, head, alone in zip(blocks, heads, lone, strict=True):
        if head is not None or parsed[block[0]].sentence.role in {"title", "heading", "footnote"}:
            open_day = head if diary and alone else None
        day = open_day if head is None else head
        if day is not None:
            days.update(dict.fromkeys(block, day))
    return days


def led_in(parsed: Sequence[Parsed], mentions: Mentions) -> dict[int, int]:
    """Lines of a list to the one date of the line that leads it in ("What is known of 14 January:")."""
    led: dict[int, int] = {}
    date: int | None = None
    end = -1
    for number, one in enumerate(parsed):
        sentence = one.sentence
        if sentence.start - end > 1:  # a blank line ends the list
            date = None
        end = sentence.end
        if sentence.text.rstrip().endswith(":"):
            within = mentions.within("t", sentence.start, sentence.end)
            days = [n for n in within if mentions.times[n].type == "DATE" and mentions.times[n].earliest]
            spans = {(mentions.times[n].earliest, mentions.times[n].latest) for n in days}
            date = days[0] if len(spans) == 1 else None  # "23 May to 23 October" is one stretch
        elif date is not None:
            led[number] = date
    return led


def _is_all(one: Parsed, time: Time) -> bool:
    """Whether a sentence holds nothing behind a time."""
    return CLOSE.fullmatch(one.sentence.text.rstrip(), time.end - one.sentence.start) is not None


def _head(one: Parsed, mentions: Mentions) -> int | None:
    """The day at the head of the block that a sentence opens; the line of publication is no head."""
    sentence = one.sentence
    if sentence.role == "dateline":
        return None
    for number in mentions.within("t", sentence.start, min(sentence.end, sentence.start + HEAD)):
        time = mentions.times[number]
        if not time.earliest or time.earliest[:10] != (time.latest or "")[:10]:
            return None
        at = time.end - sentence.start
        if sentence.text[at - 1] == "." or CLOSE.match(sentence.text, at):
            before = [token for token in one.doc if token.idx < time.start - sentence.start]
            verbless = not any(token.tag_ in FINITE for token in before)
            return number if verbless and len(before) <= WORDS else None
    return None
