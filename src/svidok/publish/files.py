"""The chronicle as JSON Lines and CSV, for other tools and for spreadsheets."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from svidok.ledger import Count, Evidence, Ledger, rows
from svidok.publish.exchange import (
    document_to_dict,
    event_to_dict,
    finding_to_dict,
    json_line,
    reading_to_dict,
)
from svidok.publish.wording import count_words
from svidok.records import Event, Finding, Reading

__all__ = ["VIEWS", "safe_cell", "write_csv", "write_jsonl"]

VIEWS = (
    "chronology", "control", "settlements", "losses", "statements", "harm",
    "humanitarian", "civil_defence", "explanations", "findings",
)  # fmt: skip
"""The views of the ledger, each a file."""


def write_jsonl(
    folder: Path,
    *,
    readings: Sequence[Reading],
    events: Sequence[Event],
    findings: Sequence[Finding],
    ledger: Ledger,
) -> tuple[Path, ...]:
    """Write documents, readings, events, findings and every view of the ledger as JSON Lines.

    Args:
        folder: is made when absent; files of the same names are replaced.
        readings, events, findings, ledger: the chronicle.
    Returns:
        the files written: ``documents.jsonl`` (which ``--jsonl`` reads back), ``readings.jsonl`` (the
        exchange format with its detail), ``events.jsonl``, ``findings.jsonl`` and ``ledger/VIEW.jsonl``.
    """
    (folder / "ledger").mkdir(parents=True, exist_ok=True)
    written = [
        _lines(folder / "documents.jsonl", (document_to_dict(reading.document) for reading in readings)),
        _lines(folder / "readings.jsonl", (reading_to_dict(reading, detail=True) for reading in readings)),
        _lines(folder / "events.jsonl", map(event_to_dict, events)),
        _lines(folder / "findings.jsonl", map(finding_to_dict, findings)),
    ]
    for view in VIEWS:
        rows = (
            {k: v for k, v in dataclasses.asdict(row).items() if k != "finding"}
            for row in getattr(ledger, view)
        )
        written.append(_lines(folder / "ledger" / f"{view}.jsonl", rows))
    return tuple(written)


def write_csv(
    folder: Path,
    *,
    readings: Sequence[Reading],
    events: Sequence[Event] = (),
    findings: Sequence[Finding] = (),
    ledger: Ledger,
) -> tuple[Path, ...]:
    """Write one CSV a view, each row with its source words, document and offsets.

    Args:
        folder: is made when absent; files of the same names are replaced.
        readings: give the titles of documents; ``events`` and ``findings`` are in the ledger already.
        ledger: the views.
    Returns:
        the files written: ``ledger/VIEW.csv``, UTF-8 with a byte order mark (which spreadsheets need), CRLF.
        A text that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    (folder / "ledger").mkdir(parents=True, exist_ok=True)
    titles = {r.document.id: r.document.title or r.document.id for r in readings}
    sources = {r.document.id: r.document.source.name if r.document.source else None for r in readings}
    written = []
    for view in VIEWS:
        path = folder / "ledger" / f"{view}.csv"
        out = io.StringIO()
        writer = csv.writer(out)
        fields = [f.name for f in dataclasses.fields(_ROWS[view])]
        columns = [name for name in fields if name not in ("evidence", "finding")]
        writer.writerow(
            [*columns, "words", "document", "title", "source", "start", "end", "all_words", "all_evidence"]
        )
        for row in getattr(ledger, view):
            cells = [safe_cell(_flat(getattr(row, name))) for name in columns]
            first: Evidence | None = row.evidence[0] if row.evidence else None
            place = (
                [first.text, first.document, titles.get(first.document), sources.get(first.document)]
                if first
                else [None] * 4
            )
            span = [first.start, first.end] if first else [None, None]
            everything = "; ".join(f"{e.document}:{e.start}-{e.end}" for e in row.evidence)
            words = " | ".join(e.text for e in row.evidence)
            writer.writerow([*cells, *map(safe_cell, place), *span, safe_cell(words), safe_cell(everything)])
        path.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "backslashreplace"))
        written.append(path)
    return tuple(written)


def safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet runs: text that would be a formula gets an apostrophe before it.

    Numbers stay numbers; unknown is an empty cell.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("Kyiv"), safe_cell(-5), safe_cell(None)
    ("'=HYPERLINK(1)", 'Kyiv', -5, '')
    """
    if value is None:
        return ""
    if isinstance(value, str) and value.lstrip(" \n")[:1] in tuple("=+-@\t\r|%＝＋－＠"):
        return f"'{value}"
    return value


def _lines(path: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(json_line(record) + "\n")
    return path


def _flat(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Count):
        return count_words(value)
    if isinstance(value, tuple):
        return "; ".join(str(_flat(item)) for item in value if item is not None) or None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


_ROWS: dict[str, type] = {
    "chronology": rows.ChronologyRow,
    "control": rows.ControlRow,
    "settlements": rows.SettlementRow,
    "losses": rows.LossRow,
    "statements": rows.StatementRow,
    "harm": rows.HarmRow,
    "humanitarian": rows.HumanitarianRow,
    "civil_defence": rows.CivilDefenceRow,
    "explanations": rows.ExplanationRow,
    "findings": rows.FindingRow,
}
