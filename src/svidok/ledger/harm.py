"""Harm to people and to civilian things: one row a happening, however many claims tell of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from svidok.events.atoms import finest
from svidok.ledger.book import Book, counts_of, place_columns
from svidok.ledger.chronology import event_status
from svidok.ledger.people import FORCES, who
from svidok.ledger.rows import HarmRow
from svidok.ledger.victims import ages_told, sexes_told, status_told
from svidok.ledger.vocabulary import pattern
from svidok.records import Actor, Claim, Quantity, content_id

__all__ = ["harm"]

_GRAVE = (
    "attack_civilians", "sexual_violence", "chemical", "air_strike", "strike", "bomb", "abduct", "detain",
    "casualties", "destroy",
)  # fmt: skip
"""Types of harm; of several claims on one happening the first of these names the row."""

_SOLDIERLY = frozenset({"casualties", "destroy", "strike", "air_strike", "bomb", "detain"})
_BEHIND = 80
_COUNTED = frozenset({"people", "places", None})


def harm(book: Book) -> tuple[HarmRow, ...]:
    """One row a happening: claims of one event, or of one stretch of words, stand together."""
    claims = [claim for claim in book.ordered(_GRAVE) if _is_harm(book, claim)]
    return tuple(row for group in _together(book, claims) for row in _rows(book, group))


def _is_harm(book: Book, claim: Claim) -> bool:
    """Whether people or civilian things suffer: what soldiers lose in battle is told under losses."""
    if claim.type not in _SOLDIERLY:
        return True
    words, victims = book.words(claim), _named(book, claim)
    if claim.type in {"casualties", "destroy"} and _is_own_loss(book, claim):
        return False
    if claim.type == "casualties" and not pattern("harmed").search(words):
        return False
    if any(pattern("civilian").search(v) and not pattern("military").search(v) for v in victims):
        return True
    if any(pattern("plainly_civilian").search(v) for v in victims) or pattern("indiscriminate").search(words):
        return True
    if any(pattern("military").search(v) or pattern("combatant").search(v) for v in victims):
        return False
    return pattern("civilian").search(words) is not None


def _is_own_loss(book: Book, claim: Claim) -> bool:
    """Whether a force is told to have lost men or machines: that is a loss in battle."""
    trigger = book.texts[claim.document][slice(*claim.trigger)]
    losers = claim.actors or (claim.targets if claim.type == "destroy" else ())
    forces = any(a.kind in FORCES or pattern("military").search(a.text) for a in losers)
    return forces and pattern("loser").search(trigger) is not None


def _named(book: Book, claim: Claim) -> tuple[str, ...]:
    """The words that name who or what was harmed."""
    text = book.texts[claim.document]
    harmed = claim.targets or (claim.actors if claim.type == "casualties" else ())
    spans = [(a.start, a.end) for a in harmed if not _is_no_victim(book, claim, a)]
    spans += [(q.start, q.end) for q in claim.quantities if q.kind == "people" and q.fate != "displaced"]
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))


def _listed(book: Book, claim: Claim) -> Iterator[str]:
    """Who is named behind a count of people: "forty villagers, women, children and old men"."""
    text = book.texts[claim.document]
    for quantity in claim.quantities:
        behind = re.split(r"[.;:()\n]", text[quantity.end : quantity.end + _BEHIND])[0]
        if quantity.kind != "people" or not re.match(r"\s?,", behind):
            continue
        for part in re.split(r",|\band\b", behind)[1:]:
            if part.strip() and not pattern("people_named").fullmatch(part.strip()):
                break
            yield part.strip()


def _is_no_victim(book: Book, claim: Claim, actor: Actor) -> bool:
    """Whether words that stand as object are no victim: a date, the weapon, the crime, people who fled."""
    if book.is_time(claim.document, actor.start, actor.end) or pattern("no_victim").fullmatch(actor.text):
        return True
    return any(
        q.fate == "displaced" and q.start < actor.end and actor.start < q.end
        for q in book.quantities[claim.document]
    )


def _together(book: Book, claims: list[Claim]) -> list[list[Claim]]:
    """Claims on one happening, in the order of their first words."""
    lead: dict[str, str] = {claim.id: claim.id for claim in claims}

    def root(key: str) -> str:
        while lead[key] != key:
            key = lead[key]
        return key

    by_event: dict[str, str] = {}
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        event = book.event_of.get(claim.id)
        if event is not None:
            first = by_event.setdefault(event.id, claim.id)
            lead[root(claim.id)] = root(first)
        for other in by_document[claim.document]:
            if _one_harm(book, claim, other):
                lead[root(claim.id)] = root(other.id)
        by_document[claim.document].append(claim)
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[root(claim.id)].append(claim)
    return list(groups.values())


def _one_harm(book: Book, one: Claim, two: Claim) -> bool:
    """Whether two claims of one report tell the same harm twice: one count, or one clause in the other."""
    if one.polarity != two.polarity:
        return False
    counts = {(q.start, q.end) for q in one.quantities if q.kind == "people"}
    if counts & {(q.start, q.end) for q in two.quantities}:
        return True
    nested = (one.start <= two.start and two.end <= one.end) or (
        two.start <= one.start and one.end <= two.end
    )
    places = [{p.key or p.text for p in book.places[c.id]} for c in (one, two)]
    apart = all(places) and not places[0] & places[1]
    listed = one.targets and two.targets and one.type == two.type
    return nested and not apart and not listed


def _rows(book: Book, group: list[Claim]) -> Iterator[HarmRow]:
    """One row, and one for each further place of a list ("massacres of A, B and C") that no count joins."""
    row = _row(book, group)
    yield row
    if any(count.kind == "people" for count in row.counts):
        return
    shown = {row.place}
    for claim in group:
        for place in finest(book.places[claim.id]):
            columns = place_columns(place)
            if not claim.places_inherited and columns["place"] not in shown:
                shown.add(columns["place"])
                alone = _row(book, [claim])
                yield replace(alone, id=content_id("harm", claim.id, columns["place"]), **columns)


def _is_of_harm(quantity: Quantity) -> bool:
    return quantity.kind in _COUNTED and quantity.fate != "displaced"


def _is_placed(claim: Claim, main: Claim) -> bool:
    """Whether the place of a claim is that of the happening: not one handed on that its main claim lacks."""
    return claim is main or not claim.places_inherited


def _row(book: Book, group: list[Claim]) -> HarmRow:
    main = min(group, key=lambda c: (_GRAVE.index(c.type), c.start, c.id))
    event = book.event_of.get(main.id)
    alleged = tuple(a for c in group if c.type != "casualties" for a in c.actors)
    inflicted = tuple(a for a in alleged if a.side) or alleged
    named = tuple(dict.fromkeys(words for c in group for words in (*_named(book, c), *_listed(book, c))))
    means = next((m for c in group if (m := pattern("means").search(book.words(c)))), None)
    dated = next((c for c in (main, *group) if c.time is not None), main)
    placed = next((c for c in (main, *group) if book.where(c) and _is_placed(c, main)), main)
    columns: dict[str, Any] = book.columns(dated) | book.where(placed)
    speakers = dict.fromkeys(c.speaker for c in group if c.speaker)
    columns |= {
        "status": event_status(group),
        "speaker": "; ".join(speakers) or None,
        "documents": tuple(sorted({c.document for c in group})),
        "claims": tuple(c.id for c in group),
        "evidence": book.evidence(*group),
    }
    quantities = {(c.document, q.start, q.end): q for c in group for q in book.counts(c) if _is_of_harm(q)}
    return HarmRow(
        id=content_id("harm", *(c.id for c in group)),
        type=main.type,
        victims=who(a for c in group for a in c.targets if not _is_no_victim(book, c, a)),
        victim_status=status_told(named),
        sexes=sexes_told(named),
        ages=ages_told(named),
        counts=counts_of(quantities.values()),
        perpetrator="; ".join(who(inflicted)) or None,
        side="; ".join(sorted({a.side for a in inflicted if a.side})) or None,
        means=means.group(0).strip() if means else None,
        witnesses=event.witnesses if event else 1,
        event=event.id if event else None,
        **columns,
    )
