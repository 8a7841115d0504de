"""Reports against one reference table: what agrees, is against it, goes beyond it, or is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from svidok.events.findings.dossier import Dossier, dossiers
from svidok.events.references import control, happenings, losses
from svidok.events.references.answer import Answer
from svidok.events.references.tables import Row, Table
from svidok.records import Event, Finding, Reading

__all__ = ["Compared", "compare"]

Verdict = Literal["agrees", "against", "beyond", "without"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One statement of a report, or one row of the table, and how the two stand.

    ``agrees``: the row says the same. ``against``: it says something else (``finding`` tells what).
    ``beyond``: the table tells nothing of what the report tells. ``without``: no report tells of the row.
    """

    verdict: Verdict
    message: str
    finding: Finding | None = None
    row: int | None = None


def compare(readings: Sequence[Reading], events: Sequence[Event], table: Table) -> tuple[Compared, ...]:
    """Everything that reports and a reference table have to say about one another.

    Args:
        readings: in any order.
        events: from ``reconcile`` over the same readings.
        table: the reference.

    Returns:
        Answers ordered by document and place in the text, then the rows that no report tells of.
    """
    told: list[Compared] = []
    seen: set[int] = set()
    asked: list[tuple[int, int]] = []
    for dossier in dossiers(readings, events):
        for answer in _answers(dossier, table):
            asked.append((answer.first, answer.last))
            seen.update(answer.rows)
            told.append(_told(answer, table))
    told.sort(key=_order)
    return (*dict.fromkeys(told), *_without(table, seen, asked))


def _answers(dossier: Dossier, table: Table) -> Iterator[Answer]:
    if table.kind == "events":
        yield from happenings.check(dossier, table)
    elif table.kind == "losses":
        yield from losses.check(dossier, table)
    else:
        yield from control.check(dossier, table)


def _told(answer: Answer, table: Table) -> Compared:
    row = min(answer.rows, default=None)
    if answer.verdict == "agrees":
        return Compared("agrees", answer.message, None, row)
    reference = f"{table.name}, row {row}" if row is not None else f"{table.name}: no row"
    finding = Finding(
        answer.kind,
        "medium" if answer.verdict == "against" else "low",
        answer.message,
        answer.spans,
        answer.apart,
        reference,
    )
    return Compared(answer.verdict, answer.message, finding, row)


def _order(compared: Compared) -> tuple[int, str, int, str, str]:
    spans = compared.finding.spans if compared.finding else ()
    first = min(((s.id, s.start) for s in spans), default=("", 0))
    return (0 if spans else 1, *first, compared.verdict, compared.message)


def _without(table: Table, seen: set[int], asked: Sequence[tuple[int, int]]) -> Iterator[Compared]:
    """Rows of happenings, within the days that the reports tell of, which none of them tells."""
    if table.kind != "events" or not asked:
        return
    first, last = min(a for a, _ in asked), max(b for _, b in asked)
    for row in table.rows:
        if row.number not in seen and first <= row.first and row.last <= last:
            yield Compared(
                "without", f"No report tells of {_says(row)} ({table.says(row)}).", None, row.number
            )


def _says(row: Row) -> str:
    from svidok.events.days import iso_day

    what = row.what or "what happened"
    where = f" at {row.place}" if row.place else ""
    return f"{what}{where} on {iso_day(row.first)}"
