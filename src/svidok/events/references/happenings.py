"""Happenings that reports tell, against a table of events with days and places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svidok.events.atoms import words
from svidok.events.days import iso_day
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact
from svidok.events.findings.quantity import counted_range
from svidok.events.findings.say import days_apart, number, subject
from svidok.events.findings.vocabulary import concepts_of_words, either
from svidok.events.references.answer import Answer, same_place
from svidok.events.references.mapping import schema
from svidok.events.references.tables import Row, Table

__all__ = ["check"]

SLACK_DAYS = 1
SHIFTED_DAYS = 10
"""A row of the same words and place so near in time is the same happening under another date."""
_HAPPENING = frozenset(
    {"kill", "fire", "fight", "capture", "withdraw", "siege", "destroy", "displace", "deal"}
)


def check(dossier: Dossier, table: Table) -> Iterator[Answer]:
    """Every dated and placed happening of the reports, against the rows of its days and place."""
    told_of = [_told_of(row) for row in table.rows]
    covered = frozenset().union(*told_of) if all(told_of) else _HAPPENING
    for fact in dossier.facts:
        if fact.low is None or fact.high is None or fact.high - fact.low > 3 or fact.spot is None:
            continue
        if fact.modality in {"planned", "possible", "requested"}:
            continue
        harmed = fact.concepts & _HURT and any(_kin(fact, row) for row in table.rows)
        if fact.concepts & covered or harmed:
            answers = _answers(dossier, fact, table)
            yield from (a for a in answers if fact.concepts & covered or a.verdict != "beyond")


_HARMING = frozenset({"fire", "fight", "destroy", "harm", "kill"})
_HURT = frozenset({"kill", "hurt"})
"""A row of a strike that counts the dead tells of the killing too."""


def _answers(dossier: Dossier, fact: Fact, table: Table) -> Iterator[Answer]:
    assert fact.low is not None and fact.high is not None
    here = [r for r in table.rows if any(same_place(p, r) for p in fact.places)]
    kin = [r for r in here if _kin(fact, r)]
    near = [r for r in kin if r.first - SLACK_DAYS <= fact.high and fact.low <= r.last + SLACK_DAYS]
    span = (dossier.words(fact, iso_day(fact.low)),)
    if near:
        against = list(_against(dossier, fact, near, table))
        yield from against
        if not against:
            numbers = tuple(r.number for r in near)
            yield Answer(
                "agrees", "date", f"{_name(fact)}: {table.says(near[0])}.", span, numbers, fact.low, fact.high
            )
        return
    shifted = [
        r
        for r in kin
        if r.what and _gap(fact, r) <= SHIFTED_DAYS and len(words(r.what) & words(fact.text)) >= 2
    ]
    if shifted and fact.dated:
        row = min(shifted, key=lambda r: (_gap(fact, r), r.number))
        yield Answer(
            "against",
            "date",
            f"{_name(fact)} is dated to {iso_day(fact.low)}; the reference says {iso_day(row.first)}.",
            span,
            (row.number,),
            fact.low,
            fact.high,
            days_apart(_gap(fact, row)),
        )
    elif table.first <= fact.low and fact.high <= table.last:
        yield Answer(
            "beyond",
            "date",
            f"The reference has nothing of {_name(fact, small=True)} on {iso_day(fact.low)}.",
            span,
            (),
            fact.low,
            fact.high,
        )


def _name(fact: Fact, *, small: bool = False) -> str:
    name = subject(fact, fact)
    return name if small else name[:1].upper() + name[1:]


def _gap(fact: Fact, row: Row) -> int:
    assert fact.low is not None and fact.high is not None
    return max(0, row.first - fact.high, fact.low - row.last)


def _told_of(row: Row) -> frozenset[str]:
    """The families of happenings that a row names, in words or by a code ("air_strike")."""
    return concepts_of_words((row.what or "").replace("_", " "))


def _kin(fact: Fact, row: Row) -> bool:
    """Whether a row can be of the fact's kind: a row that names no kind can be any."""
    named = _told_of(row)
    hurt = bool(row.counts) and bool(fact.concepts & _HURT)
    return not named or bool(named & fact.concepts) or (hurt and bool(named & _HARMING))


def _against(dossier: Dossier, fact: Fact, rows: Sequence[Row], table: Table) -> Iterator[Answer]:
    assert fact.low is not None and fact.high is not None
    for q in fact.quantities:
        given = [(r, low, high) for r in rows for fate, low, high in r.counts if fate == q.fate]
        first, last = counted_range(q)
        if given and not any(first <= high and low <= last for _, low, high in given):
            row, low, _ = given[0]
            yield Answer(
                "against",
                "quantity",
                f"{_name(fact)} is told with {number(q)}; the reference says {low:.15g} {q.fate}.",
                (dossier.quote(fact.document, (q.start, q.end), number(q)),),
                (row.number,),
                fact.low,
                fact.high,
            )
    outcomes = {_outcome(r.outcome) for r in rows if r.outcome} - {None}
    if len(outcomes) == 1 and fact.real != (outcomes == {"yes"}) and (fact.real or fact.negated):
        row = next(r for r in rows if r.outcome)
        told = "done" if fact.real else "not done"
        yield Answer(
            "against",
            "polarity",
            f"{_name(fact)} is told as {told}; the reference says: {row.outcome}.",
            (dossier.words(fact, told),),
            (row.number,),
            fact.low,
            fact.high,
        )


def _outcome(text: str | None) -> str | None:
    """Whether a table says that a thing took place: "yes", "no", or None when it leaves it open."""
    for name in ("no", "yes"):
        if text and either(schema()["outcomes"][name]).match(text):
            return name
    return None
