"""Let the tests of this room import their builders, and read reports given in a line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from svidok import pipeline
from svidok.events import find_findings, reconcile
from svidok.records import Document, Source

sys.path.insert(0, str(Path(__file__).parent))

from builders import Kinds, Report


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    """The kinds of what is found in reports given as (source, day, text)."""
    tools = pipeline.load_tools()

    def run(*reports: Report) -> set[str]:
        documents = [
            Document(f"r{i}", f"r{i}", text, source=Source(source), language="en", published=day)
            for i, (source, day, text) in enumerate(reports)
        ]
        readings = tuple(pipeline.read_all(documents, tools))
        return {f.kind for f in find_findings(readings, reconcile(readings), gazetteer=tools.gazetteer)}

    return run
