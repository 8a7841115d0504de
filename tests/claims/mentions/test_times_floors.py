"""Accuracy of times on public corpora never falls below what it has been."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from svidok.claims.mentions.times import find_times

EVAL = Path(__file__).resolve().parents[3] / "../shared/eval"
FLOORS = {  # relaxed, strict and value F1; development parts
    "wikiwars": (0.955, 0.912, 0.885),
    "timebank": (0.850, 0.780, 0.714),  # its own gold reaches 0.909, 0.895, 0.900: names stand twice
    "wikiwarsua": (0.934, 0.875, 0.858),
}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.shared
@pytest.mark.skipif(not (EVAL / "score.py").exists(), reason="../shared/eval is not present")
@pytest.mark.parametrize("corpus", FLOORS)
def test_floor(corpus: str) -> None:
    spec = importlib.util.spec_from_file_location("shared_score", EVAL / "score.py")
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    documents = rows(EVAL / f"corpora/{corpus}.docs.jsonl")
    gold = scorer.by_id(rows(EVAL / f"corpora/{corpus}.times.jsonl"))
    predicted = {}
    for document in documents:
        found = find_times(
            document["text"], published=document["published"], language=document["language"] or "en"
        )
        predicted[document["id"]] = {
            "times": [{"start": time.start, "end": time.end, "value": time.value} for time in found]
        }
    result = scorer.score_times(documents, gold, predicted)
    relaxed, strict, value = FLOORS[corpus]
    assert result["relaxed"]["F1"] >= relaxed
    assert result["strict F1"] >= strict
    assert result["value F1"] >= value
