"""Answers as tables: a sequence of records that can also be plain rows or a Polars frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from svidok.errors import MissingPart
from svidok.store.views import ClaimView, DocumentView, EventView, FindingView, LedgerRow

if TYPE_CHECKING:
    import polars

__all__ = ["Table"]

T = TypeVar("T")


class Table(Sequence[T], Generic[T]):
    """Records in an order, such as events by time.

    Args:
        items: records of one kind.
        kind: their class, which gives the columns of an empty table too.

    >>> table = Table((), EventView)
    >>> len(table), table.columns[:3]
    (0, ('id', 'type', 'label'))
    """

    def __init__(self, items: Sequence[T], kind: type[Any]) -> None:
        self._items = tuple(items)
        self._kind = kind

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Table[T]: ...
    def __getitem__(self, index: int | slice) -> T | Table[T]:
        if isinstance(index, slice):
            return Table(self._items[index], self._kind)
        return self._items[index]

    def __repr__(self) -> str:
        return f"<Table of {len(self)} {self._kind.__name__}>"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of ``to_dicts`` and ``to_polars``."""
        return tuple(_COLUMNS[self._kind])

    def to_dicts(self) -> list[dict[str, Any]]:
        """Flat rows: text, numbers, truth, and lists of text; unknown is None."""
        columns = _COLUMNS[self._kind]
        return [{name: take(item) for name, take in columns.items()} for item in self._items]

    def to_polars(self) -> polars.DataFrame:
        """A Polars data frame with the same columns, whatever the number of rows.

        Raises:
            MissingPart: Polars is not installed.
        """
        try:
            import polars as pl
        except ImportError as error:
            raise MissingPart(
                "data frames need Polars, which is not installed", remedy="pip install 'svidok[frames]'"
            ) from error
        kinds = {"text": pl.String, "number": pl.Float64, "whole": pl.Int64, "truth": pl.Boolean}
        schema: dict[str, Any] = {
            name: pl.List(pl.String) if _kind_of(name) == "list" else kinds[_kind_of(name)]
            for name in self.columns
        }
        rows = self.to_dicts()
        data = {name: [row[name] for row in rows] for name in self.columns}
        return pl.DataFrame(data, schema=schema)


_NUMBERS = frozenset(["lat", "lon", "radius_km", "confidence"])
_WHOLES = frozenset(["witnesses", "claims", "characters", "start", "end", "comments"])
_TRUTHS = frozenset(["happened", "read"])
_LISTS = frozenset(
    [
        "sides",
        "actors",
        "targets",
        "sources",
        "disputes",
        "counts",
        "names",
        "words",
        "says",
        "documents",
        "events",
    ]
)


def _kind_of(name: str) -> str:
    if name in _NUMBERS:
        return "number"
    if name in _WHOLES:
        return "whole"
    if name in _TRUTHS:
        return "truth"
    return "list" if name in _LISTS else "text"


Column = Callable[[Any], Any]


def _event_columns() -> dict[str, Column]:
    names = [f.name for f in fields(EventView) if f.name not in ("state", "counts")]
    columns: dict[str, Column] = {name: _field(name) for name in names}
    columns["counts"] = lambda e: [_counted(*count) for count in e.counts]
    columns["status"] = lambda e: e.state.status
    columns["grade"] = lambda e: e.state.grade
    return columns


def _claim_columns() -> dict[str, Column]:
    def place(name: str) -> Column:
        return lambda c: getattr(c.places[0], name) if c.places else None

    def time(name: str) -> Column:
        return lambda c: getattr(c.effective.time, name) if c.effective.time else None

    return {
        "id": lambda c: c.claim.id,
        "type": lambda c: c.effective.type,
        "earliest": time("earliest"),
        "latest": time("latest"),
        "edtf": time("edtf"),
        "place": lambda c: (c.places[0].name or c.places[0].text) if c.places else None,
        "lat": place("lat"),
        "lon": place("lon"),
        "radius_km": place("radius_km"),
        "actors": lambda c: [a.name or a.text for a in c.effective.actors],
        "targets": lambda c: [a.name or a.text for a in c.effective.targets],
        "sides": lambda c: sorted({a.side for a in c.effective.actors if a.side}),
        "counts": _quantities,
        "polarity": lambda c: c.effective.polarity,
        "modality": lambda c: c.effective.modality,
        "speaker": lambda c: c.effective.speaker,
        "confidence": lambda c: c.effective.confidence,
        "quotation": lambda c: c.words,
        "document": lambda c: c.document,
        "start": lambda c: c.claim.start,
        "end": lambda c: c.claim.end,
        "name": lambda c: c.name,
        "source": lambda c: c.source,
        "published": lambda c: c.published,
        "events": lambda c: list(c.events),
        "status": lambda c: c.state.status,
        "grade": lambda c: c.state.grade,
    }


def _document_columns() -> dict[str, Column]:
    names = [f.name for f in fields(DocumentView) if f.name != "state"]
    columns: dict[str, Column] = {name: _field(name) for name in names}
    columns["status"] = lambda d: d.state.status
    columns["grade"] = lambda d: d.state.grade
    return columns


def _finding_columns() -> dict[str, Column]:
    return {
        "id": lambda f: f.id,
        "kind": lambda f: f.finding.kind,
        "severity": lambda f: f.finding.severity,
        "message": lambda f: f.finding.message,
        "apart": lambda f: f.finding.apart,
        "reference": lambda f: f.finding.reference,
        "words": lambda f: [s.text for s in f.finding.spans],
        "says": lambda f: [s.says or "" for s in f.finding.spans],
        "documents": lambda f: [s.id for s in f.finding.spans],
        "names": lambda f: list(f.names),
        "status": lambda f: f.state.status,
    }


def _row_columns() -> dict[str, Column]:
    names = ("place", "lat", "lon", "radius_km", "earliest", "latest", "edtf", "speaker")
    columns: dict[str, Column] = {
        "id": lambda r: r.id,
        "view": lambda r: r.view,
        "standing": lambda r: r.row.status,
        **{name: _inner(name) for name in names},
        "quotation": lambda r: " | ".join(e.text for e in r.row.evidence),
        "documents": lambda r: list(r.row.documents),
        "names": lambda r: list(r.names),
        "status": lambda r: r.status,
    }
    return columns


def _quantities(claim: ClaimView) -> list[str]:
    return [q.text or _counted(q.what or "", q.low, None, q.high) for q in claim.effective.quantities]


def _field(name: str) -> Column:
    def take(item: Any) -> Any:
        value = getattr(item, name)
        return [str(part) for part in value] if isinstance(value, tuple) else value

    return take


def _inner(name: str) -> Column:
    return lambda item: getattr(item.row, name)


def _counted(what: str, low: float | None, best: float | None, high: float | None) -> str:
    if low == high and low is not None:
        return f"{low:g} {what}".strip()
    low_words = "?" if low is None else f"{low:g}"
    return f"{low_words}-{'?' if high is None else f'{high:g}'} {what}".strip()


_COLUMNS: dict[type[Any], dict[str, Column]] = {
    EventView: _event_columns(),
    ClaimView: _claim_columns(),
    DocumentView: _document_columns(),
    FindingView: _finding_columns(),
    LedgerRow: _row_columns(),
}
