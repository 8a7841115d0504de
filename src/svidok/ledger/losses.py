"""Claimed losses: one row for each count of people or equipment killed, destroyed, captured...

Totals so far stand apart from the counts of one day or one event, because adding them is the
commonest error in loss tables. A number that two claims share ("an air strike killed two": a strike and
its casualties) is one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from svidok.events.days import interval
from svidok.ledger.book import Book
from svidok.ledger.rows import LossRow
from svidok.ledger.victims import status_told
from svidok.ledger.vocabulary import pattern, table
from svidok.records import Actor, Claim, Quantity, content_id

__all__ = ["fate_of", "loss_class", "losses", "period_of"]

_LOST = frozenset(
    {"casualties", "destroy", "attack_civilians", "capture", "battle", "strike", "air_strike", "bomb"}
)
_TELLING = ("casualties", "destroy")
_KINDS = frozenset({"people", "equipment"})
_PERIODS = ("cumulative", "daily", "event", None)
_ANYBODY = frozenset({"civilians", "people", None})
_BESIDE = 60
_BELONGS = re.compile(r"\s{1,2}(?:(?:of|from|among) (?:the )?)?")
_OF_THINGS = frozenset({"destroyed", "damaged", "sunk"})


def losses(book: Book) -> tuple[LossRow, ...]:
    """One row a count: by side, class, claimant and period, then in order of time."""
    counted: dict[tuple[str, int, int], tuple[Claim, Quantity]] = {}
    unplaced: set[tuple[str, int, int]] = set()
    for claim in book.ordered(_LOST):
        for quantity in book.counts(claim):
            key = claim.document, quantity.start, quantity.end
            if not book.places[claim.id]:
                unplaced.add(key)
            if quantity.kind in _KINDS and (key not in counted or _better(claim, counted[key][0])):
                counted[key] = claim, quantity
    rows = [
        row
        for key, (claim, quantity) in counted.items()
        if (row := _row(book, claim, quantity, placed=key not in unplaced or not claim.places_inherited))
    ]
    return tuple(sorted((_of_its_list(row, rows) for row in rows), key=_order))


def _of_its_list(row: LossRow, rows: list[LossRow]) -> LossRow:
    """A count of arms or soldiers told in one breath with those of one side is that side's too."""
    if row.side is not None or row.category in _ANYBODY:
        return row
    words = row.evidence[0]
    beside = (
        other.side
        for other in rows
        for e in other.evidence
        if e.document == words.document and e.start < words.end and words.start < e.end
    )
    return replace(row, side=_one_side(beside))


def period_of(claim: Claim, quantity: Quantity, words: str, *, local: bool) -> str | None:
    """Whether a count is of all the war so far ("cumulative"), of a day, or of one event.

    ``local`` tells that the claim names a place narrower than a country, as an event has.
    """
    low, high = interval(claim.time.earliest, claim.time.latest) if claim.time else (None, None)
    inherited = claim.time is not None and claim.time.inherited
    if quantity.cumulative or pattern("total").search(words) or (low is not None and high is None):
        return "cumulative"
    if pattern("daily").search(words):
        return "daily"
    if local:
        return "event"
    if low is not None and low == high and not inherited:
        return "daily"
    return "event" if quantity.cumulative is False else None


def loss_class(what: str | None) -> str | None:
    """The class of table that a counted thing belongs to, or None.

    >>> loss_class("helicopter"), loss_class("person"), loss_class("sack")
    ('aircraft', 'people', None)
    """
    return next((name for name, nouns in table("loss_classes").items() if what in nouns), None)


def _class_of(quantity: Quantity) -> str | None:
    """The class of a count; people whom its words call civilians are such."""
    found = loss_class(quantity.what)
    return "civilians" if found == "people" and status_told([quantity.text]) == "civilian" else found


def fate_of(quantity: Quantity, claim: Claim, text: str) -> str | None:
    """What befell a count, in the order in which the text tells it.

    One number of "killed, wounded and captured" is of all three together: that is what it gives.
    Where the words beside the number tell nothing, it is the fate of the claim's other counts of its
    kind, or that of its trigger.
    """
    beside = text[quantity.end : min(claim.end, quantity.end + _BESIDE)]
    beside = re.split(r"[.;:()]|\bby\b|\d", beside)[0]
    if run := _run_of_fates(beside, whole=quantity.fate is None):
        return run
    if quantity.fate is not None:
        return quantity.fate
    others = {q.fate for q in claim.quantities if q.fate and q.kind == quantity.kind}
    if len(others) == 1:
        return others.pop()
    found = _fates().search(text[slice(*claim.trigger)])
    return _canonical(found.group(0)) if found else None


def _run_of_fates(words: str, *, whole: bool) -> str | None:
    """Fates told one after another ("killed, wounded and captured"); a single one only when ``whole``."""
    found = list(_fates().finditer(words))
    if not found or len(words[: found[0].start()].split()) > 4:
        return None
    run = found[:1]
    for before, after in pairwise(found):
        if not re.fullmatch(r"\W*(?:and|or|and/or)?\W*", words[before.end() : after.start()]):
            break
        run.append(after)
    fates = list(dict.fromkeys(_canonical(m.group(0)) for m in run))
    if len(fates) == 1:
        return fates[0] if whole else None
    return f"{', '.join(fates[:-1])} and {fates[-1]}"


@lru_cache(maxsize=1)
def _fates() -> re.Pattern[str]:
    words = sorted((w for listed in table("fates").values() for w in listed), key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def _canonical(word: str) -> str:
    fates: dict[str, list[str]] = table("fates")
    return next(fate for fate, words in fates.items() if word.lower() in words)


def _better(claim: Claim, other: Claim) -> bool:
    return claim.type in _TELLING and other.type not in _TELLING


def _row(book: Book, claim: Claim, quantity: Quantity, *, placed: bool) -> LossRow | None:
    """The row of one count; ``placed`` is false where its place was handed on and another claim lacks it."""
    text = book.texts[claim.document]
    fate = fate_of(quantity, claim, text)
    if fate is None or not set(re.split(r", | and ", fate)) & set(table("fates")):
        return None
    if quantity.what == "person" and fate in _OF_THINGS:
        return None
    if pattern("munitions").fullmatch(quantity.what or "") and not any(
        _overlap(target, quantity) for target in claim.targets
    ):
        return None
    columns: dict[str, Any] = book.columns(claim) | (book.where(claim) if placed else {})
    if quantity.end <= claim.start:  # "300 men" before "who fell there"
        columns["evidence"] = (book.quote(claim.document, quantity.start, claim.end, claim.id),)
    return LossRow(
        id=content_id("loss", claim.id, quantity.start, quantity.end),
        side=_loser(book, claim, quantity),
        what=quantity.what,
        kind=quantity.kind,
        category=_class_of(quantity),
        fate=fate,
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound,
        text=quantity.text,
        claimant=claim.speaker or book.sources.get(claim.document),
        period=period_of(
            claim,
            quantity,
            book.words(claim),
            local=placed and any(p.kind != "country" for p in book.places[claim.id]),
        ),
        published=book.published[claim.document],
        **columns,
    )


def _loser(book: Book, claim: Claim, quantity: Quantity) -> str | None:
    """Whose loss a count is: named with it, else the one that suffers, else the one that loses."""
    text = book.texts[claim.document]
    named = (
        a.side
        for a in (*claim.targets, *book.actors[claim.document])
        if a.side and (_overlap(a, quantity) or _BELONGS.fullmatch(text[quantity.end : a.start]))
    )
    if told := _one_side(named) or _one_side(a.side for a in claim.targets):
        return told
    if pattern("loser").search(text[slice(*claim.trigger)]):
        return _one_side(a.side for a in claim.actors)
    return None


def _overlap(actor: Actor, quantity: Quantity) -> bool:
    return actor.start < quantity.end and quantity.start < actor.end


def _one_side(sides: Iterable[str | None]) -> str | None:
    found = {s for s in sides if s}
    return found.pop() if len(found) == 1 else None


def _order(row: LossRow) -> tuple[Any, ...]:
    classes = list(table("loss_classes"))
    return (
        row.side or "\uffff",
        classes.index(row.category) if row.category in classes else len(classes),
        row.claimant or "\uffff",
        _PERIODS.index(row.period),
        row.latest or row.earliest or row.published or "\uffff",
        row.evidence[0].document,
        row.evidence[0].start,
        row.id,
    )
