"""Statements, and what people need and get."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from svidok.ledger.book import Book, counts_of
from svidok.ledger.rows import HumanitarianRow, StatementRow, Status
from svidok.ledger.vocabulary import pattern, table
from svidok.records import Actor, Attribution, Claim, content_id

__all__ = ["FORCES", "group_columns", "humanitarian", "is_military", "statements", "who"]

_HUMANITARIAN = {"displace": "displacement", "aid": "aid"}
_CORRIDOR = frozenset({"negotiate", "deprive", "displace", "aid"})
FORCES = frozenset({"state force", "rebel", "militia"})
"""Kinds of actor that carry arms."""

_RESTORED = "supply restored"
_MEASURED = frozenset({"distance", "area"})
_LONGEST = 500


def who(actors: Iterable[Actor]) -> tuple[str, ...]:
    """The names of actors, each once; their words where they have no name."""
    return tuple(dict.fromkeys(a.name or a.text for a in actors if a.name or a.text))


def statements(book: Book) -> tuple[StatementRow, ...]:
    """Who said what, with the words; denials and pledges by their act."""
    rows = []
    for claim in book.ordered({"statement"}):
        said = _said(book, claim)
        columns = book.columns(claim) | book.where(claim) | {"speaker": claim.speaker or _first(claim)}
        if said is not None:
            start, end = (
                min(claim.start, *said.cue, said.content[0]),
                max(claim.end, said.cue[1], said.content[1]),
            )
            if end - start <= _LONGEST:
                columns["evidence"] = (book.quote(claim.document, start, end, claim.id),)
        rows.append(
            StatementRow(
                id=content_id("statement", claim.id),
                act=_act(book, claim, said),
                plover=claim.plover,
                words=book.words(claim),
                said=book.texts[claim.document][slice(*said.content)] if said else None,
                about="; ".join(_about(book, claim)) or None,
                **columns,
            )
        )
    return tuple(rows)


def _act(book: Book, claim: Claim, said: Attribution | None) -> str:
    """What a statement does; who asks "why" demands nothing, and what is called a fake is not called for."""
    text = book.texts[claim.document]
    act = said.sense if said and said.sense else table("acts_of_plover").get(claim.plover or "", "say")
    if act == "demand" and said and pattern("question").match(text, *said.content):
        return "ask"
    if said is None and pattern("calling").fullmatch(text[slice(*claim.trigger)]):
        behind = text[claim.trigger[1] : claim.end]
        return act if pattern("called_for").match(behind.lstrip()) else "say"
    return act


def _said(book: Book, claim: Claim) -> Attribution | None:
    """The attribution whose cue is the trigger of a statement."""
    first, last = claim.trigger
    return next((a for a in book.attributions[claim.document] if a.cue[0] < last and first < a.cue[1]), None)


def _about(book: Book, claim: Claim) -> tuple[str, ...]:
    """Whom a statement is about: known actors, neither its speaker nor a place nor a date."""
    dates = {a.name for a in claim.targets if book.is_time(claim.document, a.start, a.end)}
    others = {claim.speaker, *dates, *book.dates_named[claim.document]}
    known = (a for a in claim.targets if a.name and a.side and a.name not in others)
    return who(known)


def _first(claim: Claim) -> str | None:
    return (claim.actors[0].name or claim.actors[0].text) if claim.actors else None


def humanitarian(book: Book) -> tuple[HumanitarianRow, ...]:
    """Displacement, corridors, deprivation and aid, one row a stretch of words and category."""
    groups: dict[tuple[str, int, int, str], list[Claim]] = {}
    for claim in book.ordered():
        category = _category(book, claim)
        if category is not None:
            groups.setdefault((claim.document, claim.start, claim.end, category), []).append(claim)
    return tuple(
        HumanitarianRow(
            id=content_id("humanitarian", category, *(c.id for c in group)),
            category=category,
            who=who(
                a for c in group for a in (*c.actors, *c.targets) if not (book.is_place(c, a) or _is_goods(a))
            ),
            counts=counts_of(
                {(q.start, q.end): q for c in group for q in c.quantities if q.kind not in _MEASURED}.values()
            ),
            words=book.words(group[0]),
            **(
                group_columns(book, group)
                | ({"status": _restored(group[0])} if category == _RESTORED else {})
            ),
        )
        for (_, _, _, category), group in groups.items()
    )


def _category(book: Book, claim: Claim) -> str | None:
    words, trigger = book.words(claim), book.texts[claim.document][slice(*claim.trigger)]
    if claim.type in _CORRIDOR and pattern("corridor").search(words):
        return "corridor"
    if claim.type == "displace" and (
        is_military(claim.actors or claim.targets) or pattern("to_fight").search(words)
    ):
        return None
    if claim.type == "aid" and is_military(claim.actors) and _is_own_supply(claim, trigger):
        return None
    if claim.type == "aid" and pattern("arms").search(words):
        return "arms"
    if claim.type == "deprive":
        if pattern("restored").search(trigger):
            return _RESTORED
        text = book.texts[claim.document]
        trigger = text[claim.trigger[0] : min(claim.end, claim.trigger[1] + len(" out of"))]
        lacking = pattern("lacking").search(trigger) and is_military(claim.actors or claim.targets)
        return None if lacking or pattern("supply_lines").search(words) else "deprivation"
    return _HUMANITARIAN.get(claim.type)


def _restored(claim: Claim) -> Status:
    """How a supply stands that came back: that it is no longer cut off is how the claim tells it."""
    return claim.modality if claim.polarity == "negated" else "negated"


def _is_goods(actor: Actor) -> bool:
    """Whether words that stand as receiver only name what is given ("limited weapons")."""
    return actor.kind is None and pattern("goods").fullmatch(actor.text) is not None


def _is_own_supply(claim: Claim, trigger: str) -> bool:
    """Whether a force supplies itself: its own men, or nobody named by a verb of carrying."""
    if any(pattern("civilian_people").search(a.text) for a in claim.actors):
        return False
    own = {a.side for a in claim.actors if a.side}
    if claim.targets:
        return all(a.side in own for a in claim.targets)
    return pattern("carrying").search(trigger) is not None


def is_military(actors: Sequence[Actor]) -> bool:
    """Whether a force moves or lacks: its leaving is no flight, its want of fuel no humanitarian need."""
    return any(a.kind in FORCES or pattern("military").search(a.text) for a in actors)


def group_columns(book: Book, group: Sequence[Claim]) -> dict[str, Any]:
    """The shared columns of several claims on the same words: the first that tells a place tells it."""
    placed = next((c for c in group if book.where(c)), group[0])
    dated = next((c for c in group if c.time is not None), group[0])
    columns = book.columns(dated) | book.where(placed)
    return columns | {"claims": tuple(c.id for c in group), "evidence": book.evidence(group[0])}
