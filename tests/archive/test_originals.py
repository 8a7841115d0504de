"""The store of originals."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from svidok.archive import Originals
from svidok.errors import UnreadableInput


def test_keeping_twice_is_keeping_once(tmp_path: Path) -> None:
    store = Originals(tmp_path / "store")
    key = store.keep(b"words")
    assert key == store.keep(b"words") == hashlib.sha256(b"words").hexdigest()
    assert list(store.keys()) == [key]
    assert [entry.name for entry in store.path(key).parent.iterdir()] == [key[2:]]


def test_a_change_is_noticed_and_mended_by_keeping_again(tmp_path: Path) -> None:
    store = Originals(tmp_path)
    key = store.keep(b"words")
    store.path(key).chmod(0o600)
    store.path(key).write_bytes(b"other")
    (error,) = store.verify()
    assert "changed" in str(error)
    with pytest.raises(UnreadableInput):
        store.get(key)
    assert store.keep(b"words") == key
    assert list(store.verify()) == []


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_only_hashes_are_keys(tmp_path: Path, key: str) -> None:
    with pytest.raises(UnreadableInput):
        Originals(tmp_path).get(key)


def test_an_absent_original(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such original"):
        Originals(tmp_path).get("0" * 64)
    assert list(Originals(tmp_path / "none").keys()) == []


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError("disk full")

    store = Originals(tmp_path)
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        store.keep(b"words")
    assert [entry for entry in tmp_path.rglob("*") if entry.is_file()] == []
