"""The dispatches written for the first run, and the founding article where it is present."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from svidok.archive import gather, read_path, read_paths, segment
from svidok.records import Document

ROOT = Path(__file__).resolve().parents[2]
DISPATCHES = ROOT / "examples" / "kyiv-2022"
ARTICLE = ROOT / "../shared" / "input" / "kyiv-article.txt"


def dispatches() -> tuple[Document, ...]:
    batch = gather(read_paths([DISPATCHES]))
    assert batch.failed == ()
    return batch.documents


def test_every_dispatch_is_read_with_its_source_and_day() -> None:
    found = dispatches()
    assert len({document.path for document in found if "jsonl" not in str(document.path)}) >= 18
    for document in found:
        assert document.source is not None, document.path
        assert document.language == "en"
        assert document.published_readings, document.path
        assert 30 < len(document.text.split()) < 420 or "jsonl" in str(document.path), document.path
    unclear = [document for document in found if document.published is None]
    assert [len(document.published_readings) for document in unclear] == [2]
    assert {document.media_type for document in found} == {
        "text/plain",
        "text/html",
        "text/markdown",
        "application/x-ndjson",
    }


def test_the_readme_lists_every_dispatch_with_its_day() -> None:
    readme = (DISPATCHES / "README.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| (\d\d-\S+) \|[^|]*\| ([^|]*) \|", readme, re.MULTILINE))
    assert set(listed) == {path.name for path in DISPATCHES.iterdir()} - {"README.md"}
    for document in dispatches():
        if document.published and "jsonl" not in str(document.path):
            assert listed[Path(str(document.path)).name] == document.published


def test_dispatches_hold_every_role() -> None:
    roles = Counter(sentence.role for document in dispatches() for sentence in segment(document))
    assert set(roles) == {"title", "heading", "dateline", "body", "caption", "list", "footnote", "quote"}


@pytest.mark.shared
@pytest.mark.skipif(not ARTICLE.exists(), reason="the founding article (../shared/input) is not here")
def test_the_founding_article() -> None:
    (document,) = read_path(ARTICLE)
    assert isinstance(document, Document)
    assert document.source is not None
    assert (document.source.name, document.published) == ("La Marx International", "2022-04-27")
    roles = Counter(sentence.role for sentence in segment(document))
    assert (roles["title"], roles["dateline"]) == (2, 1)
    assert roles["caption"] >= 15
    assert roles["footnote"] >= 5
    assert roles["heading"] >= 6
