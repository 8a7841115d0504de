"""The views of the ledger as tables of the page: which columns, in what words."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from svidok.errors import BadData
from svidok.ledger import Count, Ledger
from svidok.publish.kinds import label, load_kinds
from svidok.publish.wording import count_words, number_words, plural

__all__ = ["COLUMN_KINDS", "Cell", "Column", "Table", "event_label", "load_tables"]

Cell = str | int | float | list[str] | list[list[str | None]] | None
"""What a column holds: text, a number, several texts, or several texts with their days. Unknown is None."""


_FILE = Path(__file__).with_name("data") / "tables.toml"

_SHARED_KINDS = ("when", "where", "status", "words", "who", "what", "finding", "quotes")
_OWN_KINDS = ("text", "strong", "number", "amount", "list", "changes", "span", "side", "severity")
COLUMN_KINDS = frozenset((*_SHARED_KINDS, *_OWN_KINDS))
"""What the page can draw; see ``data/tables.toml``."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``kind`` tells the page how to draw and sort it."""

    key: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Table:
    """One view: its columns, and its own cells for a row."""

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    cells: Callable[[Any, Ledger], dict[str, Cell]]

    def rows(self, ledger: Ledger) -> Sequence[Any]:
        """The rows of this view."""
        rows: Sequence[Any] = getattr(ledger, self.key)
        return rows

    def sides(self, row: Any) -> list[str]:
        """The sides that a row itself names, the acting one first."""
        named = (
            *getattr(row, "sides", ()),
            *(getattr(row, name, None) for name in ("side", "holder", "lost_by")),
        )
        return [side for side in named if side]


def _kind(code: str) -> str:
    kind = load_kinds().get(code)
    return kind.label if kind else code


def _counts(counts: Iterable[Count]) -> list[str]:
    return list(dict.fromkeys(words for count in counts if (words := count_words(count))))


def event_label(type: str, label: str, kind: str | None = None) -> str:
    """What to call an event: its own label with a large letter, the code of its type put in words.

    ``kind`` are the words for the type, where they are not the English ones.

    >>> event_label("attack_civilians", "attack civilians at Bucha"), event_label("aid", "aid")
    ('Attack on civilians at Bucha', 'Aid')
    >>> event_label("battle", "invasion of Ukraine")
    'Invasion of Ukraine'
    """
    kind = _kind(type) if kind is None else kind
    code = type.replace("_", " ")
    if label.strip().lower() in {"", type, code, _kind(type).lower(), kind.lower()}:
        return kind
    if label.lower().startswith(f"{code} at "):
        return kind + label[len(code) :]
    return label[:1].upper() + label[1:]


def _chronology(row: Any, ledger: Ledger) -> dict[str, Cell]:
    return {
        "what": event_label(row.type, str(row.label)),
        "type": _kind(row.type),
        "who": list(row.actors) or list(row.sides),
        "counts": _counts(row.counts),
        "witnesses": row.witnesses,
        "grades": list(row.grades),
        "disputes": list(row.disputes),
    }


def _settlements(row: Any, ledger: Ledger) -> dict[str, Cell]:
    changes = {change.id: change for change in ledger.control}
    own = [changes[key] for key in row.changes if key in changes]
    name = row.place or row.settlement
    return {
        "settlement": name,
        "spellings": [word for word in row.spellings if word != name],
        "within": ", ".join(row.within[-2:]) or None,
        "holder": _holder(row),
        "since": [[row.since, row.by]] if row.since or row.by else None,
        "lost_by": row.lost_by,
        "changes": [[_change(c), c.earliest, c.latest, c.status] for c in own],
    }


def _change(row: Any) -> str:
    if row.side:
        return f"{row.side} {label('change', row.change)}"
    return str(label("changed", row.change))


def _holder(row: Any) -> str | None:
    if not row.contested:
        return row.holder or None
    return f"{row.holder}, contested" if row.holder else "contested"


def _losses(row: Any, ledger: Ledger) -> dict[str, Cell]:
    one = row.low == row.high == 1
    what = row.what and (row.what if one else plural(row.what))
    number = number_words(row.low, row.high, row.bound)
    return {
        "side": row.side,
        "number": number or " ".join(row.text.split()) or None,
        "low": row.low if row.low is not None else row.high,
        "what": " ".join(filter(None, (what if number else None, row.fate))) or None,
        "category": row.category,
        "claimant": row.claimant,
        "period": label("period", row.period),
    }


def _statements(row: Any, ledger: Ledger) -> dict[str, Cell]:
    return {"speaker": row.speaker, "act": label("act", row.act), "about": row.about}


def _harm(row: Any, ledger: Ledger) -> dict[str, Cell]:
    return {
        "type": _kind(row.type),
        "victims": list(row.victims),
        "told": [
            *filter(None, [label("victims", row.victim_status)]),
            *row.sexes,
            *row.ages,
        ],
        "counts": _counts(row.counts),
        "perpetrator": row.perpetrator,
        "side": row.side,
        "means": row.means,
        "witnesses": row.witnesses,
    }


def _relief(row: Any, ledger: Ledger) -> dict[str, Cell]:
    return {"category": label("category", row.category), "who": list(row.who), "counts": _counts(row.counts)}


def _explanations(row: Any, ledger: Ledger) -> dict[str, Cell]:
    return {"outcome": row.outcome, "cause": row.cause, "cue": row.cue, "by": row.speaker or "the author"}


def _findings(row: Any, ledger: Ledger) -> dict[str, Cell]:
    return {
        "kind": label("finding", row.kind),
        "severity": row.severity,
        "message": row.message,
        "apart": row.apart,
        "reference": row.reference,
        "says": [says or "" for says in row.says],
    }


_CELLS: dict[str, Callable[[Any, Ledger], dict[str, Cell]]] = {
    "chronology": _chronology,
    "settlements": _settlements,
    "losses": _losses,
    "statements": _statements,
    "harm": _harm,
    "humanitarian": _relief,
    "civil_defence": _relief,
    "explanations": _explanations,
    "findings": _findings,
}


@cache
def load_tables(path: Path = _FILE) -> tuple[Table, ...]:
    """Every table, in the order of its tab.

    Raises:
        BadData: a table or a kind of column that the page does not know.

    >>> load_tables()[0].columns[0]
    Column(key='when', label='When', kind='when')
    """
    tables = []
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["table"]:
        columns = tuple(Column(*column) for column in entry["columns"])
        strange = sorted({column.kind for column in columns} - COLUMN_KINDS)
        if strange or entry["key"] not in _CELLS:
            what = f"no such kind of column: {strange}" if strange else f"no such table: {entry['key']!r}"
            raise BadData(what, where=f"{path.name}, table {entry['key']}", remedy="mend the file")
        tables.append(Table(entry["key"], entry["title"], entry["about"], columns, _CELLS[entry["key"]]))
    return tuple(tables)
