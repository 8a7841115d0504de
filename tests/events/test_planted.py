"""Planted contradictions are found and consistent look-alikes are left alone: floors that only rise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from svidok.events import find_findings, reconcile
from svidok.records import Document, Source

PLANTED = Path(__file__).parent / "planted"
RECALL_FLOOR = 0.90
FALSE_ALARM_CEILING = 0.03


def dossiers(prefix: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for path in sorted(PLANTED.glob(f"{prefix}*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """The kinds of findings of every dossier, through the whole pipeline."""
    from svidok import pipeline

    tools = pipeline.load_tools()
    rows = dossiers("clashing") + dossiers("consistent")
    documents = [
        Document(
            d["id"], d["id"], d["text"], source=Source(d["source"]) if d["source"] else None,
            language="en", published=d["published"], dossier=row["dossier"],
        )
        for row in rows
        for d in row["documents"]
    ]  # fmt: skip
    readings = tuple(pipeline.read_all(documents, tools))
    out: dict[str, list[str]] = {row["dossier"]: [] for row in rows}
    home = {d.id: d.dossier for d in documents}
    texts = {d.id: d.text for d in documents}
    for finding in find_findings(readings, reconcile(readings), gazetteer=tools.gazetteer):
        assert len(finding.spans) >= 2 or finding.reference
        for span in finding.spans:
            assert texts[span.id][span.start : span.end] == span.text
        assert len({home[s.id] for s in finding.spans}) == 1, "dossiers are never compared with one another"
        out[str(home[finding.spans[0].id])].append(finding.kind)
    return out


def test_the_planted_sets_are_large_and_hold_every_kind() -> None:
    clashing = dossiers("clashing")
    assert len(clashing) >= 60
    assert len(dossiers("consistent")) >= 60
    assert len({row["kind"] for row in clashing}) == 14


def test_planted_contradictions_are_found(found: dict[str, list[str]]) -> None:
    rows = dossiers("clashing")
    missed = [row["dossier"] for row in rows if not found[row["dossier"]]]
    assert 1 - len(missed) / len(rows) >= RECALL_FLOOR, missed


def test_consistent_reports_raise_no_alarm(found: dict[str, list[str]]) -> None:
    rows = dossiers("consistent")
    false = [(row["dossier"], found[row["dossier"]]) for row in rows if found[row["dossier"]]]
    assert len(false) / len(rows) <= FALSE_ALARM_CEILING, false
