"""Statements, harm to people, humanitarian need, and how people prepare and are warned."""

from __future__ import annotations

from svidok.ledger.book import Book, counts_of
from svidok.ledger.rows import CivilDefenceRow, HarmRow, HumanitarianRow, StatementRow
from svidok.ledger.vocabulary import pattern
from svidok.records import Actor, Claim, content_id

__all__ = ["civil_defence", "harm", "humanitarian", "statements"]

_HARM = frozenset(
    [
        *["abduct", "air_strike", "attack_civilians", "bomb", "casualties", "chemical"],
        *["destroy", "detain", "sexual_violence", "strike"],
    ]
)
_HUMANITARIAN = {"displace": "displacement", "deprive": "deprivation", "aid": "aid"}


def _who(actors: tuple[Actor, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a.name or a.text for a in actors if a.name or a.text))


def statements(book: Book) -> tuple[StatementRow, ...]:
    """Who said what, with the words; denials and pledges by their act."""
    return tuple(
        StatementRow(
            id=content_id("statement", claim.id),
            act=claim.plover,
            words=book.words(claim),
            about="; ".join(_who(claim.targets)) or None,
            **(book.columns(claim) | book.where(claim) | {"speaker": claim.speaker or _first(claim)}),
        )
        for claim in book.ordered({"statement"})
    )


def _first(claim: Claim) -> str | None:
    return (claim.actors[0].name or claim.actors[0].text) if claim.actors else None


def harm(book: Book) -> tuple[HarmRow, ...]:
    """Harm to people and to civilian things, one row a claim."""
    rows = []
    for claim in book.ordered(_HARM):
        words = book.words(claim)
        soldierly = claim.type in {"casualties", "destroy", "strike", "air_strike", "bomb", "detain"}
        if soldierly and not pattern("civilian").search(words):
            continue
        means = pattern("means").search(words)
        event = book.event_of.get(claim.id)
        inflicted = () if claim.type == "casualties" else claim.actors
        sides = sorted({a.side for a in inflicted if a.side})
        rows.append(
            HarmRow(
                id=content_id("harm", claim.id),
                type=claim.type,
                victims=_who(claim.targets),
                counts=counts_of(q for q in claim.quantities if q.kind in {"people", "places", None}),
                perpetrator="; ".join(_who(inflicted)) or None,
                side="; ".join(sides) or None,
                means=means.group(0).strip() if means else None,
                witnesses=event.witnesses if event else 1,
                event=event.id if event else None,
                **(book.columns(claim) | book.where(claim)),
            )
        )
    return tuple(rows)


def humanitarian(book: Book) -> tuple[HumanitarianRow, ...]:
    """Displacement, corridors, deprivation and aid, one row a claim."""
    rows = []
    for claim in book.ordered():
        words = book.words(claim)
        category = _HUMANITARIAN.get(claim.type)
        if claim.type in {"negotiate", "deprive", "displace", "aid"} and pattern("corridor").search(words):
            category = "corridor"
        if category is None:
            continue
        rows.append(
            HumanitarianRow(
                id=content_id("humanitarian", claim.id),
                category=category,
                who=_who(claim.actors + claim.targets),
                counts=counts_of(claim.quantities),
                words=words,
                **(book.columns(claim) | book.where(claim)),
            )
        )
    return tuple(rows)


def civil_defence(book: Book) -> tuple[CivilDefenceRow, ...]:
    """How people prepare and are warned, one row a claim."""
    return tuple(
        CivilDefenceRow(
            id=content_id("civil_defence", claim.id),
            category=claim.type,
            who=_who(claim.actors),
            counts=counts_of(claim.quantities),
            words=book.words(claim),
            **(book.columns(claim) | book.where(claim)),
        )
        for claim in book.ordered({"prepare", "alert"})
    )
