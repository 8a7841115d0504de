"""How people prepare and are warned: one row an act, also where one sentence lists many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from svidok.ledger.book import Book, counts_of
from svidok.ledger.people import group_columns, is_military, who
from svidok.ledger.rows import CivilDefenceRow
from svidok.ledger.vocabulary import pattern, table
from svidok.records import Claim, content_id

__all__ = ["civil_defence", "measure_of"]

_TELLING = ("alert", "prepare", "base")
_DUG = frozenset({"barricade", "shelter"})
_LISTED = re.compile(r",\s+(?:and\s+)?|;\s+|\s+and\s+")
_NAMES = 2
"""A further name of a list has at most so many words; a longer part is another matter."""
_START = re.compile(r"[\s,;:]*(?:and\s+)?")
_END = re.compile(r"(?:[\s,;.:]|\band\b)+$")


def civil_defence(book: Book) -> tuple[CivilDefenceRow, ...]:
    """One row an act of preparing or warning, in the order of the words that tell it.

    A list ("dug shelters, stored water and mended generators") gives a row a part; what a force digs for
    itself is no civil defence, nor is what names no measure of it.
    """
    told: dict[tuple[str, int, int], list[Claim]] = {}
    measures: dict[tuple[str, int, int], str] = {}
    for claim in book.ordered(_TELLING):
        if not _is_of_people(book, claim):
            continue
        for start, end, measure in _acts(book, claim):
            if measure in _DUG and is_military(claim.actors):
                continue
            key = claim.document, start, end
            told.setdefault(key, []).append(claim)
            measures[key] = measure
    return tuple(_row(book, *key, measures[key], told[key]) for key in sorted(told))


def measure_of(words: str) -> str | None:
    """The measure that words name first in the order of the table, or None.

    >>> measure_of("air raid warning systems in villages"), measure_of("a gift")
    ('warning', None)
    """
    return next((name for name, found in _measures().items() if found.search(words)), None)


@lru_cache(maxsize=1)
def _measures() -> dict[str, re.Pattern[str]]:
    named: dict[str, list[str]] = table("measures")
    return {name: re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) for name, words in named.items()}


def _is_of_people(book: Book, claim: Claim) -> bool:
    """Whether people prepare: not a base of a force, nor a crowd that is mobilised to protest."""
    words = book.words(claim)
    if claim.type == "base":
        return pattern("bases_of_people").search(words) is not None and not is_military(claim.actors)
    around = (c for c in book.of_document(claim.document) if c.type == "protest")
    return not any(c.start == claim.start and c.end == claim.end for c in around)


def _acts(book: Book, claim: Claim) -> Iterator[tuple[int, int, str]]:
    """The acts that one claim's words list, as offsets with their measure."""
    text, end = book.texts[claim.document], claim.end
    later = (c.start for c in book.of_document(claim.document) if claim.trigger[1] <= c.start)
    limit = min(later, default=len(text))
    acts: list[tuple[int, int, str | None]] = []
    for start, stop, aside in _parts(text, claim, min(end, limit), limit):
        measure = measure_of(text[start:stop])
        if acts and measure is None and aside and acts[-1][2]:
            continue
        if acts and (measure is None or acts[-1][2] in {None, measure}):
            acts[-1] = acts[-1][0], stop, measure or acts[-1][2]
        else:
            acts.append((start, stop, measure))
    for start, stop, measure in acts:
        if measure is not None:
            lead, words = _START.match(text, start, stop), _END.search(text[start:stop])
            yield lead.end() if lead else start, start + words.start() if words else stop, measure


def _parts(text: str, claim: Claim, end: int, limit: int) -> Iterator[tuple[int, int, bool]]:
    """The parts of a list, each with whether it stands aside; a list of verbs goes on behind its clause.

    "Building barricades, making nets, bringing bread": the parser may end the first clause at its comma.
    """
    start = claim.start
    for border in _LISTED.finditer(text, claim.start, end):
        yield start, border.start(), _is_aside(text, start, border.start())
        start = border.end()
    yield start, end, _is_aside(text, start, end)
    form = "ing" if text[slice(*claim.trigger)].endswith("ing") else "ed"
    while part := re.compile(rf"\s?,\s+(?:and\s+)?(?=(\w+{form}\b[^,;.]*))").match(text, end):
        start, end = part.end(), part.end(1)
        if end > limit or measure_of(part[1]) is None:
            return
        yield start, end, False


def _is_aside(text: str, start: int, end: int) -> bool:
    """Whether a part behind a comma is more than a further name of the list before it."""
    return text[:start].rstrip().endswith((",", ", and")) and len(text[start:end].split()) > _NAMES


def _row(
    book: Book, document: str, start: int, end: int, measure: str, claims: list[Claim]
) -> CivilDefenceRow:
    inside = {(q.start, q.end): q for c in claims for q in c.quantities if start <= q.start and q.end <= end}
    columns = group_columns(book, claims)
    columns["evidence"] = (book.quote(document, start, end, claims[0].id),)
    return CivilDefenceRow(
        id=content_id("civil_defence", document, start, end),
        category=measure,
        who=who(a for c in claims for a in c.actors),
        counts=counts_of(inside.values()),
        words=book.texts[document][start:end],
        **columns,
    )
