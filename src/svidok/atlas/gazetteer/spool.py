"""Work files of an import: columns, texts and names on disk, sorted into a layer at the end.

Names are kept as 64-bit hashes with their entry, so that a dump of twelve million rows sorts in a few
hundred megabytes; the text of each name is kept once and compared at every look-up.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from svidok.atlas.gazetteer.dumprows import Row
from svidok.atlas.gazetteer.entry import KINDS
from svidok.atlas.gazetteer.layer import COLUMNS, EXACT, MAIN, VARIANT, slots_for, write_sections
from svidok.atlas.gazetteer.letters import beginnings, letters_of
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.tables import settlement_radius, spoken
from svidok.atlas.gazetteer.translit import same_sounds, skeleton

__all__ = ["Spool"]

_KIND: dict[str, int] = {name: number for number, name in enumerate(KINDS)}
_BUFFERS = {"hash": "Q", "posting": "I", "where": "I"}


class Spool:
    """Rows of an import on their way to a layer; ``line`` is how far the dump was read."""

    def __init__(self, folder: Path, mark: dict[str, Any]) -> None:
        self.folder = folder
        self.mark = mark
        self.line = self.known = self.skipped = self.count = 0
        self.newest = ""
        self._text_size = 1
        self._maps: dict[str, NDArray[Any]] = {}
        self._features: dict[str, int] = {}
        self._small: dict[str, int] = {"": 0}
        folder.mkdir(parents=True, exist_ok=True)
        journal = folder / "journal.json"
        state = json.loads(journal.read_text(encoding="utf-8")) if journal.exists() else {}
        sizes: dict[str, int] = {}
        if state.get("mark") == mark:
            self.line, self.known, self.skipped = state["line"], state["known"], state["skipped"]
            self.count, self.newest, self._text_size = state["count"], state["newest"], state["text_size"]
            self._features, self._small, sizes = state["features"], state["small"], state["sizes"]
        self._codes = COLUMNS | _BUFFERS | {"text": "B"}
        self._rows: dict[str, array[Any]] = {name: array(code) for name, code in self._codes.items()}
        for name in self._codes:
            with (folder / name).open("ab") as file:
                file.truncate(sizes.get(name, 0))
        if not sizes:
            self._rows["text"].append(0)

    def see(self, modified: str) -> None:
        """Note the date of a row."""
        if modified > self.newest:
            self.newest = modified

    def _text(self, text: str) -> int:
        raw = text.encode()[:60_000]
        at = self._text_size
        self._rows["text"].frombytes(len(raw).to_bytes(2, "little") + raw)
        self._text_size += len(raw) + 2
        return at

    def _shared(self, text: str) -> int:
        found = self._small.get(text)
        if found is None:
            found = self._small[text] = self._text(text)
        return found

    def add(self, row: Row, region: str) -> None:
        """Keep one row; its container is the first-level region."""
        self.see(row.modified)
        number = self.count
        self.count += 1
        radius = row.radius_km
        if row.kind == "settlement" and row.population:
            radius = settlement_radius(row.population)
        values = {
            "lat": row.lat,
            "lon": row.lon,
            "radius": radius,
            "population": min(row.population, 2**32 - 1),
            "geonameid": row.geonameid,
            "kind": _KIND[row.kind],
            "feature": self._features.setdefault(row.feature, len(self._features)),
            "country": int.from_bytes(row.country.encode()[:2], "big"),
            "admin1": self._shared(row.admin1),
            "name": self._text(row.name),
            "key": self._text(f"gn:{row.geonameid}"),
            "parent": self._shared(region),
            "approximate": 0,
        }
        for column, value in values.items():
            self._rows[column].append(value)
        names = {fold(row.name): MAIN}
        facility = (
            row.kind == "facility"
        )  # "Maternity Hospital" is no name of the Vinnytsia Maternity Hospital
        for alternate in row.alternates:
            if spoken(alternate) and not (facility and row.name.endswith(alternate)):
                same = row.country == "UA" and same_sounds(alternate, row.name)
                names.setdefault(fold(alternate), MAIN if same else EXACT)
        if row.country == "UA":
            names.setdefault("~" + skeleton(row.name), VARIANT)
        self.name_also(number, names.items())

    def name_also(self, number: int, names: Iterable[tuple[str, int]]) -> None:
        """File an entry under folded names, each of which it has not yet, with their standing."""
        for folded, standing in names:
            if folded and len(folded) <= 120:
                raw = folded.encode()
                digest = hashlib.blake2b(raw, digest_size=8).digest()
                self._rows["hash"].append(int.from_bytes(digest, "little"))
                self._rows["posting"].append(number << 2 | standing)
                self._rows["where"].append(self._text(folded))

    def flush(self) -> None:
        """Write the portion to disk, then note in the journal how far the files reach."""
        self._maps.clear()
        sizes: dict[str, int] = {}
        for name, rows in self._rows.items():
            with (self.folder / name).open("ab") as file:
                rows.tofile(file)
                file.flush()
                os.fsync(file.fileno())
                sizes[name] = file.tell()
            self._rows[name] = array(self._codes[name])
        state = {
            "mark": self.mark,
            "line": self.line,
            "known": self.known,
            "skipped": self.skipped,
            "count": self.count,
            "newest": self.newest,
            "text_size": self._text_size,
            "features": self._features,
            "small": self._small,
            "sizes": sizes,
        }
        half = self.folder / "journal.part"
        half.write_text(json.dumps(state), encoding="utf-8")
        half.replace(self.folder / "journal.json")

    def column(self, name: str) -> NDArray[Any]:
        """One work file as a memory-mapped array."""
        found = self._maps.get(name)
        if found is None:
            path = self.folder / name
            if not path.stat().st_size:
                return np.zeros(0, dtype=self._codes[name])
            found = self._maps[name] = np.memmap(path, dtype=self._codes[name], mode="r+")
        return found

    def text(self, at: int) -> str:
        """A text of the work files."""
        texts = self.column("text")
        size = int(texts[at]) | int(texts[at + 1]) << 8
        return bytes(texts[at + 2 : at + 2 + size]).decode()

    def move_into(self, moves: dict[int, str]) -> None:
        """Put entries into smaller containers (keys of the atlas)."""
        offsets = {parent: self._shared(parent) for parent in sorted(set(moves.values()))}
        self.flush()
        parents = self.column("parent")
        for number, parent in moves.items():
            parents[number] = offsets[parent]

    def write(self, target: Path, meta: dict[str, Any], hides: list[str]) -> int:
        """Sort the names and write the layer; returns the number of its entries."""
        first, starts, postings = self._sorted()
        texts = self.column("text")
        sections: dict[str, Any] = {"slots": _hash_slots(texts, first), "name_text": first}
        sections |= {"name_start": starts, "postings": postings}
        sections["key_slots"] = _hash_slots(texts, self.column("key"))
        sections |= _by_country(sections, self.column("country"), self.column("kind"), texts)
        alike = first[sections["country_names"]]
        letters = (letters_of(name.decode()) for name in _texts(texts, alike))
        sections["country_letters"] = np.fromiter(letters, dtype="<u4", count=len(alike))
        sections["beginnings"] = beginnings(_texts(texts, first), 2 * slots_for(len(first)))
        sections["blob"] = texts
        details = meta | {"known": self.known, "skipped": self.skipped, "hides": hides}
        details |= {"features": list(self._features), "entries": self.count}
        write_sections(target, {name: self.column(name) for name in COLUMNS}, sections, details)
        return self.count

    def _sorted(self) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Names sorted by hash: where each stands in the texts, where its postings begin, and these.

        Great arrays are let go as soon as they are used: twelve million rows have fifty million names.
        """
        hashes, postings = self.column("hash"), self.column("posting")
        order = np.lexsort((postings, hashes))
        keys = hashes[order]
        new = np.ones(len(keys), dtype=bool)
        np.not_equal(keys[1:], keys[:-1], out=new[1:])
        del keys, hashes
        starts = np.flatnonzero(new)
        first = self.column("where")[order[starts]].astype("<u4")
        posted = postings[order]
        del order, postings
        for name in _BUFFERS:
            self._maps.pop(name, None)
        return first, np.append(starts, len(posted)).astype("<u4"), posted


def _hash_slots(texts: NDArray[Any], offsets: NDArray[Any]) -> NDArray[Any]:
    """Open addressing by CRC-32 over texts at some offsets."""
    size = slots_for(len(offsets))
    mask = size - 1
    slots = array("I", bytes(4 * size))
    for number, text in enumerate(_texts(texts, offsets), 1):
        place = zlib.crc32(text) & mask
        while slots[place]:
            place = (place + 1) & mask
        slots[place] = number
    return np.frombuffer(slots, dtype="<u4")


def _texts(texts: NDArray[Any], offsets: NDArray[Any]) -> Iterator[bytes]:
    """The texts at some offsets."""
    view = memoryview(np.ascontiguousarray(texts).data).cast("B") if len(texts) else memoryview(b"")
    for portion in range(0, len(offsets), 1_000_000):
        for at in offsets[portion : portion + 1_000_000].tolist():
            yield bytes(view[at + 2 : at + 2 + (view[at] | view[at + 1] << 8)])


def _by_country(
    sections: dict[str, Any], countries: NDArray[Any], kinds: NDArray[Any], texts: NDArray[Any]
) -> dict[str, Any]:
    """Names of settlements grouped by country, in the order of their first byte."""
    starts, postings = sections["name_start"], sections["postings"]
    entry = postings >> 2
    wanted = (kinds[entry] <= 1) & ((postings & 3) < 2)
    if not wanted.any():
        return {"countries": np.zeros(0, "<u4"), "country_names": np.zeros(0, "<u4")}
    country = countries[entry[wanted]].astype(np.int64)
    del entry
    chosen = np.repeat(np.arange(len(starts) - 1, dtype="<u4"), np.diff(starts))[wanted]
    letter = np.asarray(texts[sections["name_text"][chosen].astype(np.int64) + 2], dtype=np.int64)
    keys = np.unique(country << 40 | letter << 32 | chosen)
    del country, letter, chosen
    codes, first = np.unique((keys >> 40).astype("<u2"), return_index=True)
    last = np.append(first[1:], len(keys))
    table = np.stack([codes, first, last], axis=1).astype("<u4").ravel()
    return {"countries": table, "country_names": (keys & 0xFFFFFFFF).astype("<u4")}
