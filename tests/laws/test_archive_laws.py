"""Laws of reading: whatever bytes come in, nothing is raised, every message helps, custody fits the bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from svidok.archive import read_path
from svidok.errors import InputError
from svidok.records import Document

STARTS = (
    b"", b"%PDF-1.7\n", b"PK\x03\x04", b"WARC/1.1\r\n", b"\x1f\x8b\x08", b"<rss><channel><item>", b"<feed xmlns='http://www.w3.org/2005/Atom'>",
    b"From: a@b\nMIME-Version: 1.0\nDate: x\n\n", b'{"messages":[', b'{"id":"a","text":"', b"id,date,text\n", b"<!doctype html>", b"\xff\xfe",
)  # fmt: skip


def check(items: list[object], data: bytes) -> None:
    for item in items:
        if isinstance(item, InputError):
            assert item.where
            assert item.remedy
            continue
        assert isinstance(item, Document)
        custody = item.custody
        assert custody is not None
        assert custody.sha256 == item.sha256
        outer = custody.containers[0].sha256 if custody.containers else custody.sha256
        assert outer == hashlib.sha256(data).hexdigest()
        assert item.text.strip()
        item.text.encode("utf-8")
        for start, end in (*item.headings, *((a, b) for a, b, _ in item.marked)):
            assert item.text[start:end].strip()


@settings(max_examples=200)
@given(st.sampled_from(STARTS), st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_told_of(start: bytes, rest: bytes) -> None:
    data = start + rest
    first = list(read_path("-", stdin=io.BytesIO(data)))
    assert first
    check(list(first), data)
    again = list(read_path("-", stdin=io.BytesIO(data)))
    assert [str(x) if isinstance(x, InputError) else x for x in first] == [
        str(x) if isinstance(x, InputError) else x for x in again
    ]


names = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20)


@settings(max_examples=60)
@given(st.dictionaries(names, st.text(max_size=60).map(str.encode), min_size=1, max_size=4))
def test_any_archive_is_read_member_by_member(members: dict[str, bytes]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    items = list(read_path("-", stdin=io.BytesIO(out.getvalue())))
    check(list(items), out.getvalue())
    for item in items:
        where = item.path if isinstance(item, Document) else item.where
        assert where is not None
        assert where.isprintable()
