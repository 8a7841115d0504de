"""The atlas file: rows of entries and a hash table of names in one memory-mapped file.

Layout: 8 bytes magic, 8 bytes length of the header, the header (JSON: sections and meta), then the
sections, each aligned to 8 bytes. Numbers are little-endian. What is told of one entry lies together in one
row, so that reading it touches one page of the file; texts are UTF-8 in one blob. Names are found by open
addressing on CRC-32; every hit is compared with the stored text.

Pages of the file that were read count as memory of the process until the system takes them back, which it
does only when memory is short. A great layer gives them back itself: see ``Layer.release``.
"""

from __future__ import annotations

import json
import mmap
import os
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path
from struct import Struct
from typing import Any, NamedTuple
from weakref import finalize

from svidok.atlas.gazetteer.entry import KINDS, Outline
from svidok.atlas.gazetteer.letters import beginnings, letters_of, may_be_near
from svidok.errors import AtlasError

__all__ = [
    "COLUMNS",
    "EXACT",
    "MAIN",
    "SHORT",
    "VARIANT",
    "Layer",
    "LayerWriter",
    "slots_for",
    "write_sections",
]

MAGIC = b"SVIDATL4"
MAIN, EXACT, VARIANT, SHORT = 0, 1, 2, 3
"""How a name belongs to an entry: main name, recorded alternate, generated variant, abbreviation."""

COLUMNS = {
    "lat": "f",
    "lon": "f",
    "radius": "f",
    "population": "I",
    "geonameid": "I",
    "admin1": "I",
    "name": "I",
    "key": "I",
    "parent": "I",
    "feature": "H",
    "country": "H",
    "kind": "B",
    "approximate": "B",
}
"""What is told of an entry and how each number is stored; in this order they stand in its row."""

_FIELDS = Struct("<" + "".join(COLUMNS.values()))
_ROW = 44  # bytes of a row: a multiple of the size of each of its numbers
_PACKED = 500_000  # rows packed at a time, so that a dump of the world is not held twice
_GREAT = 200 << 20  # bytes of a file whose pages are given back while it is read
_TOUCHED = 300  # places touched in such a file until they are; each brings its neighbours, up to 2 MB
_LOOKUP = 4  # places that one look-up of a name touches: slot, the name's two columns, postings
_BEGUN = 256  # pairs of countries and a first letter whose names stay joined
_TEXT = 62  # bytes of a text that are read at once, with two for its length


class LayerWriter:
    """Collects entries and writes one atlas file, whole or not at all."""

    def __init__(self) -> None:
        self._columns: dict[str, array[Any]] = {name: array(code) for name, code in COLUMNS.items()}
        self._blob = bytearray(b"\0")
        self._texts: dict[str, int] = {"": 0}
        self._names: dict[str, list[int]] = {}
        self._features: dict[str, int] = {}
        self.keys: dict[str, int] = {}
        self.meta: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def columns(self) -> dict[str, array[Any]]:
        """The columns as collected so far."""
        return self._columns

    def text_at(self, offset: int) -> str:
        """A text that was filed before."""
        size = int.from_bytes(self._blob[offset : offset + 2], "little")
        return self._blob[offset + 2 : offset + 2 + size].decode() if offset else ""

    def filed_under(self, folded: str) -> list[int]:
        """Numbers of the entries filed under a folded name so far."""
        return [posting >> 2 for posting in self._names.get(folded, ())]

    def names_by_entry(self) -> dict[int, list[str]]:
        """Folded names of every entry, by its number."""
        out: dict[int, list[str]] = {}
        for folded, held in self._names.items():
            for posting in held:
                out.setdefault(posting >> 2, []).append(folded)
        return out

    def move_into(self, number: int, parent: str) -> None:
        """Put an entry into a smaller container."""
        self._columns["parent"][number] = self._text(parent)

    def _text(self, text: str) -> int:
        found = self._texts.get(text)
        if found is None:
            raw = text.encode()
            found = self._texts[text] = len(self._blob)
            self._blob += len(raw).to_bytes(2, "little") + raw
        return found

    def add(
        self,
        *,
        key: str,
        name: str,
        kind: int,
        feature: str,
        lat: float,
        lon: float,
        radius_km: float,
        population: int = 0,
        country: str = "",
        admin1: str = "",
        geonameid: int = 0,
        parent: str = "",
        approximate: bool = False,
        names: Iterable[tuple[str, int]] = (),
    ) -> int:
        """Add one entry under folded names with their standing; returns its number."""
        number = len(self.keys)
        if key in self.keys:
            raise AtlasError(f"the atlas key {key} is used twice", remedy="give every entry its own key")
        self.keys[key] = number
        values = {
            "lat": lat,
            "lon": lon,
            "radius": radius_km,
            "population": min(max(0, population), 2**32 - 1),
            "geonameid": geonameid,
            "kind": kind,
            "feature": self._features.setdefault(feature, len(self._features)),
            "country": int.from_bytes(country.encode()[:2], "big"),
            "admin1": self._text(admin1),
            "name": self._text(name),
            "key": self._text(key),
            "parent": self._text(parent),
            "approximate": int(approximate),
        }
        for column, value in values.items():
            self._columns[column].append(value)
        self.name_also(number, names)
        return number

    def name_also(self, number: int, names: Iterable[tuple[str, int]]) -> None:
        """File an entry under more folded names."""
        for folded, standing in names:
            if not folded or len(folded) > 120:
                continue
            held = self._names.setdefault(folded, [])
            for place, posting in enumerate(held):
                if posting >> 2 == number:
                    held[place] = min(posting, number << 2 | standing)
                    break
            else:
                held.append(number << 2 | standing)

    def _by_country(self) -> dict[str, array[Any]]:
        """Names of settlements grouped by country, for misspelt names.

        Starts by code, then the numbers of the names and, beside each, its letters.
        """
        groups: dict[int, array[Any]] = {}
        countries, kinds = self._columns["country"], self._columns["kind"]
        named = sorted(enumerate(self._names.items()), key=lambda item: item[1][0].encode()[:1])
        for number, (_, held) in named:
            for country in {countries[p >> 2] for p in held if kinds[p >> 2] <= 1 and p & 3 < 2}:
                groups.setdefault(country, array("I")).append(number)
        table, members = array("I"), array("I")
        for country in sorted(groups):
            table.extend((country, len(members), len(members) + len(groups[country])))
            members.extend(groups[country])
        letters = [letters_of(name) for name in self._names]
        beside = array("I", (letters[number] for number in members))
        return {"countries": table, "country_names": members, "country_letters": beside}

    def write(self, path: Path, meta: dict[str, Any]) -> None:
        """Write the file beside its place and move it there, so that a kill leaves the old one."""
        slots = array("I", bytes(4 * slots_for(len(self._names))))
        mask = len(slots) - 1
        offsets, starts, postings = array("I"), array("I"), array("I")
        for number, (folded, held) in enumerate(self._names.items()):
            raw = folded.encode()
            offsets.append(self._text(folded))
            starts.append(len(postings))
            postings.extend(held)
            place = zlib.crc32(raw) & mask
            while slots[place]:
                place = (place + 1) & mask
            slots[place] = number + 1
        starts.append(len(postings))
        key_slots = array("I", bytes(4 * slots_for(len(self.keys))))
        key_mask = len(key_slots) - 1
        for key, number in self.keys.items():
            place = zlib.crc32(key.encode()) & key_mask
            while key_slots[place]:
                place = (place + 1) & key_mask
            key_slots[place] = number + 1
        sections: dict[str, bytes | bytearray | array[Any]] = {"slots": slots, "name_text": offsets}
        sections |= {"name_start": starts, "postings": postings, "key_slots": key_slots, "blob": self._blob}
        sections["beginnings"] = beginnings(map(str.encode, self._names), 2 * len(slots))
        sections |= self._by_country()
        details = self.meta | meta | {"features": list(self._features), "entries": len(self.keys)}
        write_sections(path, self._columns, sections, details)


def slots_for(count: int) -> int:
    """Size of a hash table for so many keys, at most half full."""
    size = 16
    while size < count * 2:
        size *= 2
    return size


def _pack(columns: Mapping[str, Any]) -> Iterator[memoryview]:
    """The rows of all entries, a portion at a time."""
    import numpy as np

    names = list(COLUMNS)
    sizes = [array(code).itemsize for code in COLUMNS.values()]
    offsets = [sum(sizes[:place]) for place in range(len(sizes))]
    codes = [f"<{code}" for code in COLUMNS.values()]
    row = np.dtype({"names": names, "formats": codes, "offsets": offsets, "itemsize": _ROW})
    count = len(columns["lat"])
    for start in range(0, count, _PACKED):
        rows = np.zeros(min(_PACKED, count - start), dtype=row)
        for name in names:
            rows[name] = columns[name][start : start + _PACKED]
        yield memoryview(rows.tobytes())


def _unpack(rows: memoryview) -> dict[str, Sequence[Any]]:
    """The columns of rows: every so many numbers of one size."""
    columns: dict[str, Sequence[Any]] = {}
    offset = 0
    for name, code in COLUMNS.items():
        size = array(code).itemsize
        numbers: Any = rows.cast(code)  # type: ignore[call-overload]
        columns[name] = numbers[offset // size :: _ROW // size]
        offset += size
    return columns


def write_sections(
    path: Path, columns: Mapping[str, Any], sections: Mapping[str, Any], meta: Mapping[str, Any]
) -> None:
    """Write an atlas file whole or not at all.

    Args:
        path: where it is to stand.
        columns: an array (of numpy or the library) for each of ``COLUMNS``.
        sections: other arrays or bytes by name.
        meta: what the header tells of the file.

    Raises:
        AtlasError: the disk is full or the folder cannot be written.
    """
    rows = len(columns["lat"]) * _ROW
    table: dict[str, tuple[int, int, str]] = {"rows": (0, rows, "B")}
    position = -(-rows // 8) * 8
    for name, data in sections.items():
        view = memoryview(data)
        table[name] = (position, view.nbytes, view.format.lstrip("<") if view.format != "<L" else "I")
        position += -(-view.nbytes // 8) * 8
    header = json.dumps({"sections": table, "meta": dict(meta)}, ensure_ascii=True).encode()
    header += b" " * (-len(header) % 8)
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as out:
            out.write(MAGIC + len(header).to_bytes(8, "little") + header)
            for portion in _pack(columns):
                out.write(portion)
            out.write(bytes(-rows % 8))
            for name, data in sections.items():
                out.write(memoryview(data).cast("B") if table[name][1] else b"")
                out.write(bytes(-table[name][1] % 8))
            out.flush()
            os.fsync(out.fileno())
        half.replace(path)
    except OSError as error:
        raise AtlasError(
            f"the atlas file could not be written: {error.strerror or error}",
            where=str(path),
            remedy="free some disk space or set SVIDOK_CACHE to another folder",
        ) from error
    finally:
        half.unlink(missing_ok=True)


_new_outline = partial(tuple.__new__, Outline)  # faster than its own constructor


class _Begun(NamedTuple):
    """Names of some countries that begin alike.

    ``ends`` tells where those of each country end when they stand one behind the other, as their ``letters``
    do, and ``stops`` where they end among the names of all countries.
    """

    ends: list[int]
    stops: list[int]
    letters: Any


class _Decoded(dict[int, str]):
    """Texts of numbers of the file, decoded once each: there are few of them."""

    def __init__(self, decode: Callable[[int], str]) -> None:
        self._decode = decode

    def __missing__(self, number: int) -> str:
        text = self[number] = self._decode(number)
        return text


class Layer:
    """One atlas file, opened for reading; nothing is loaded until it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise AtlasError(
                f"the atlas file cannot be opened: {error}", where=str(path), remedy="remove it to rebuild it"
            ) from error
        if self._map[:8] != MAGIC:
            raise AtlasError("this is not an atlas file of this version", where=str(path), remedy="remove it")
        size = int.from_bytes(self._map[8:16], "little")
        header = json.loads(self._map[16 : 16 + size])
        self.meta: dict[str, Any] = header["meta"]
        self._base = 16 + size
        whole = memoryview(self._map)
        self._view: dict[str, Sequence[Any]] = {}
        for name, (start, length, code) in header["sections"].items():
            self._view[name] = whole[self._base + start : self._base + start + length].cast(code)
        start, length, _ = header["sections"]["rows"]
        self._rows = self._base + start
        self._view |= _unpack(whole[self._base + start : self._base + start + length])
        self._great = len(whole) > _GREAT and hasattr(self._map, "madvise") and hasattr(os, "pread")
        self._touched = 0
        if self._great:
            self._map.madvise(mmap.MADV_RANDOM)
            self._file = os.open(path, os.O_RDONLY)
            finalize(self, os.close, self._file)
        self._blob = self._base + header["sections"]["blob"][0]
        self.lat: Sequence[float] = self._view["lat"]
        self.lon: Sequence[float] = self._view["lon"]
        self.radius: Sequence[float] = self._view["radius"]
        self.population: Sequence[int] = self._view["population"]
        self.geonameid: Sequence[int] = self._view["geonameid"]
        self.kind: Sequence[int] = self._view["kind"]
        self.approximate: Sequence[int] = self._view["approximate"]
        self._country: Sequence[int] = self._view["country"]
        self._admin1: Sequence[int] = self._view["admin1"]
        self._states = _Decoded(lambda code: code.to_bytes(2, "big").decode() if code else "")
        self._codes = _Decoded(self._text)
        self._slots: Sequence[int] = self._view["slots"]
        self._mask = len(self._slots) - 1
        self._name_text: Sequence[int] = self._view["name_text"]
        self._name_start: Sequence[int] = self._view["name_start"]
        self._postings: Sequence[int] = self._view["postings"]
        self._key_slots: Sequence[int] = self._view["key_slots"]
        self._features: list[str] = self.meta["features"]
        table = self._view["countries"]
        self._countries = {table[at]: (table[at + 1], table[at + 2]) for at in range(0, len(table), 3)}
        self._first_letters: dict[tuple[str, bytes], tuple[int, int]] = {}
        self._beginnings_of: dict[tuple[tuple[str, ...], bytes], _Begun] = {}
        self._beginnings: Sequence[int] | None = self._view.get("beginnings")
        self._letters = self._view.get("country_letters")  # an import of an earlier version has none
        self._bits = (len(self._beginnings) << 3) - 1 if self._beginnings is not None else 0

    def __len__(self) -> int:
        return len(self.lat)

    def release(self) -> None:
        """Give the pages of the file that were read back to the system, which may still hold them."""
        self._touched = 0
        if self._great:
            self._map.madvise(mmap.MADV_DONTNEED)

    def _touch(self, pages: int) -> None:
        self._touched += pages
        if self._touched > _TOUCHED:
            self.release()

    def _raw(self, offset: int) -> bytes:
        start = self._blob + offset
        if self._great:  # texts lie all over the file: a page of each would be held for one name
            read = os.pread(self._file, _TEXT + 2, start)
            size = read[0] | read[1] << 8
            return read[2 : 2 + size] if size <= _TEXT else os.pread(self._file, size, start + 2)
        size = self._map[start] | self._map[start + 1] << 8
        return self._map[start + 2 : start + 2 + size]

    def _is_text(self, offset: int, raw: bytes) -> bool:
        """Whether a text of the file is this one."""
        if self._great:
            return self._raw(offset) == raw
        start, size = self._blob + offset + 2, len(raw)
        if self._map[start : start + size] != raw:
            return False
        return int.from_bytes(self._map[start - 2 : start], "little") == size

    def _text(self, offset: int) -> str:
        return self._raw(offset).decode() if offset else ""

    def postings(self, folded: bytes) -> Sequence[int]:
        """Entry numbers (shifted left by 2, with the standing of the name) filed under a folded name."""
        place = zlib.crc32(folded) & self._mask
        while number := self._slots[place]:
            if self._is_text(self._name_text[number - 1], folded):
                found = self._postings[self._name_start[number - 1] : self._name_start[number]]
                if self._great:
                    self._touch(_LOOKUP + len(found))
                return found
            place = (place + 1) & self._mask
        if self._great:
            self._touch(1)
        return ()

    def may_begin(self, two: bytes) -> bool:
        """Whether a folded name may begin with two words; an import of an earlier version does not tell."""
        if self._great:
            self._touch(1)
        if self._beginnings is None:
            return True
        place = zlib.crc32(two) & self._bits
        return self._beginnings[place >> 3] >> (place & 7) & 1 == 1

    def number(self, key: str) -> int | None:
        """The entry number of a key, or None."""
        raw = key.encode()
        place = zlib.crc32(raw) & (len(self._key_slots) - 1)
        while number := self._key_slots[place]:
            if self._is_text(self._view["key"][number - 1], raw):
                return number - 1
            place = (place + 1) & (len(self._key_slots) - 1)
        return None

    def names_like(self, countries: Sequence[str], folded: str, edits: int) -> list[tuple[str, str]]:
        """Folded names of the settlements of countries that begin like one and may be a few edits from it.

        Returns:
            The country and the name of each, in the order of the countries.
        """
        held = self._begun(tuple(countries), folded.encode()[:1])
        near = range(held.ends[-1]) if held.letters is None else may_be_near(held.letters, folded, edits)
        names, found = self._view["country_names"], []
        for at in near:
            place = bisect_right(held.ends, at)
            name = names[held.stops[place] - held.ends[place] + at]
            found.append((countries[place], self._text(self._name_text[name])))
        if self._great:
            self.release()
        return found

    def _begun(self, countries: tuple[str, ...], first: bytes) -> _Begun:
        """The names of some countries that begin with one byte, remembered unless there may be millions."""
        found = self._beginnings_of.get((countries, first))
        if found is None:
            spans = [self._under(country, first) for country in countries]
            ends = [*accumulate(stop - start for start, stop in spans)] or [0]
            letters = None
            if self._letters is not None:
                import numpy as np

                whole = np.asarray(self._letters)
                letters = np.concatenate([whole[:0], *(whole[start:stop] for start, stop in spans)])
            found = _Begun(ends, [stop for _, stop in spans], letters)
            if not self._great:
                if len(self._beginnings_of) > _BEGUN:
                    self._beginnings_of.clear()
                self._beginnings_of[countries, first] = found
        return found

    def _under(self, country: str, first: bytes) -> tuple[int, int]:
        """Where the names that begin with one byte stand among those of a country, remembered."""
        found = self._first_letters.get((country, first))
        if found is None:
            low, high = self._countries.get(int.from_bytes(country.encode()[:2], "big"), (0, 0))
            low = self._bound(low, high, first[0])
            found = low, self._bound(low, high, first[0] + 1)
            self._first_letters[country, first] = found
        return found

    def _bound(self, low: int, high: int, first: int) -> int:
        """Where names from a first byte on begin among the names of a country."""
        members, texts = self._view["country_names"], self._name_text

        def first_byte(place: int) -> int:
            return (
                self._raw(texts[members[place]])[0]
                if self._great
                else self._map[start + texts[members[place]]]
            )

        start = self._blob + 2
        return low + bisect_left(range(low, high), first, key=first_byte)

    def spellings(self, wanted: Callable[[int], bool]) -> dict[int, list[tuple[str, int]]]:
        """Folded names of the entries that a test picks, with their standing, by entry number."""
        out: dict[int, list[tuple[str, int]]] = {}
        for name in range(len(self._name_text)):
            for posting in self._postings[self._name_start[name] : self._name_start[name + 1]]:
                if wanted(posting >> 2):
                    out.setdefault(posting >> 2, []).append((self._text(self._name_text[name]), posting & 3))
        return out

    def column(self, name: str) -> Sequence[Any]:
        """One column as a memory view."""
        return self._view[name]

    def outline(self, number: int) -> Outline:
        """What is told of an entry without its texts, its row read at once."""
        lat, lon, radius, people, _, admin1, _, _, _, feature, country, kind, approximate = (
            _FIELDS.unpack_from(self._map, self._rows + number * _ROW)
        )
        sort, code = KINDS[kind], self._features[feature]
        state, region = self._states[country], self._codes[admin1]
        return _new_outline((sort, code, lat, lon, radius, people, state, region, approximate == 1))

    def name(self, number: int) -> str:
        """Main name."""
        return self._text(self._view["name"][number])

    def key(self, number: int) -> str:
        """Stable key."""
        return self._text(self._view["key"][number])

    def parent(self, number: int) -> str:
        """Key of the direct container, or empty."""
        return self._text(self._view["parent"][number])

    def admin1(self, number: int) -> str:
        """First-level code within the country ("TX", "13"), or empty."""
        return self._codes[self._admin1[number]]

    def country(self, number: int) -> str:
        """ISO 3166 code of two letters, or empty."""
        return self._states[self._country[number]]

    def feature(self, number: int) -> str:
        """Feature code ("PPL", "ADM1", "SEA"…)."""
        code: int = self._view["feature"][number]
        return str(self._features[code])
