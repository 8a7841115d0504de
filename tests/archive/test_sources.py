"""A user's own table of sources: who is meant, what is said of them, and what is refused where."""

from __future__ import annotations

from pathlib import Path

import pytest

from svidok.archive import read_sources
from svidok.errors import InputError
from svidok.records import Document, Source


def told(tmp_path: Path, text: str, name: str = "sources.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def document(source: str | None, *, url: str | None = None, path: str | None = None) -> Document:
    return Document("d", "d", "Words.", source=Source(source) if source else None, url=url, path=path)


def test_an_exact_name_comes_before_a_pattern(tmp_path: Path) -> None:
    table = read_sources(told(tmp_path, "source,pattern,grade,side\n,*press*,C,\nFree Press,,B,Ukraine\n"))
    assert table.source_of(document("free  press")) == Source("free  press", grade="B", side="Ukraine")
    assert table.source_of(document("Old Press Desk")) == Source("Old Press Desk", grade="C")
    assert table.source_of(document("Somebody")) == Source("Somebody")


def test_a_pattern_means_hosts_and_files_too(tmp_path: Path) -> None:
    lines = '[[source]]\npattern = "*.gov.example"\nkind = "official"\n\n[[source]]\npattern = "diary-*"\ncredibility = 2\n'
    table = read_sources(told(tmp_path, lines, "sources.toml"))
    assert table.source_of(document(None, url="https://www.gov.example/a")) == Source(
        "www.gov.example", kind="official"
    )
    named = table.source_of(document(None, path="in/diary-3.txt"))
    assert named is not None and (named.credibility, named.mark) == ("2", "-2")


def test_what_the_table_leaves_out_stays(tmp_path: Path) -> None:
    table = read_sources(told(tmp_path, "source,grade\nDesk,b\n"))
    kept = Document("d", "d", "", source=Source("Desk", kind="official", side="Ukraine"))
    assert table.source_of(kept) == Source("Desk", kind="official", grade="B", side="Ukraine")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("source,grade\nAP,G\n", "sources.csv:2: 'G' is no grade"),
        ("source,grade,credibility\nAP,A,1\nX,A,7\n", "sources.csv:3: '7' is no credibility"),
        ("source,garde\nAP,A\n", "sources.csv:1: unknown column 'garde'"),
        ("grade,side\nA,B\n", "sources.csv:1: neither a source nor a pattern column"),
        ("source,pattern,grade\nAP,A*,A\n", "sources.csv:2: the line needs either a source or a pattern"),
        ("source,grade\nAP,A\nap,B\n", "sources.csv:3: 'source ap' is told of twice"),
        ("source,grade\nAP\n", "sources.csv:2: the line has more or fewer cells"),
        ("source,grade\n", "sources.csv: the table tells of no source"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_sources(told(tmp_path, text))
    assert message in str(caught.value)


@pytest.mark.parametrize("text", ["[[source]\n", "[[sources]]\nsource = 'AP'\n", '[[source]]\nnote = "x"\n'])
def test_wrong_toml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        read_sources(told(tmp_path, text, "sources.toml"))


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_sources(tmp_path / "none.csv")
