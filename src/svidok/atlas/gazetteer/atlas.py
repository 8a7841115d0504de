"""The gazetteer: names to entries, entries to containers, points to neighbours."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from svidok.atlas.gazetteer.entry import KINDS, Entry, Outline, distance_km
from svidok.atlas.gazetteer.layer import Layer
from svidok.atlas.gazetteer.names import fold

__all__ = ["Gazetteer", "cache_folder", "imports_folder", "open_gazetteer"]

_SHIFT = 26
_BORDER_KM = 25.0
_KEPT = 50_000  # entries that stay read
_PORTION = 500_000  # entries compared with a point at a time
_AS_NAMED = (0.0, 1.5, 3.0, 1.5)  # how much less likely a name of each standing is than a main name


class Gazetteer:
    """The compiled atlas and the dumps imported over it.

    Numbers of entries are good for one opened gazetteer only; keys are good for ever.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = tuple(layers)
        self._entries: dict[int, Entry] = {}
        self._outlines: dict[int, Outline] = {}
        self._chains: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._borders: dict[tuple[str, str], tuple[float, float, float] | None] = {}
        self._neighbours: dict[str, tuple[str, ...]] = {}
        self._hidden: set[int] = set()
        for layer in self.layers[1:]:
            for key in layer.meta.get("hides", ()):
                number = self.layers[0].number(key)
                if number is not None:
                    self._hidden.add(number)

    def __len__(self) -> int:
        return sum(len(layer) for layer in self.layers)

    def describe(self) -> str:
        """One line on what is in it: entries, file and imported dumps."""
        imports = [str(layer.meta.get("source", layer.path.name)) for layer in self.layers[1:]]
        more = f", with {', '.join(imports)}" if imports else ""
        return f"{len(self):,} places, {self.layers[0].path}{more}"

    def postings(self, folded: str) -> list[tuple[int, int]]:
        """Numbers of the entries filed under a folded name, with the standing of the name."""
        raw = folded.encode("utf-8", "surrogatepass")
        out: list[tuple[int, int]] = []
        for level, layer in enumerate(self.layers):
            if found := layer.postings(raw):
                out += [(level << _SHIFT | posting >> 2, posting & 3) for posting in found]
        if self._hidden and out:
            out = [item for item in out if item[0] not in self._hidden]
        return out

    def may_begin(self, two: str) -> bool:
        """Whether any name may begin with two folded words; False is sure."""
        raw = two.encode("utf-8", "surrogatepass")
        for layer in self.layers:  # noqa: SIM110 - a generator would cost more than the look-up
            if layer.may_begin(raw):
                return True
        return False

    def geonameids(self) -> set[int]:
        """All GeoNames ids that are here."""
        return {number for layer in self.layers for number in layer.geonameid if number}

    def codified_districts(self) -> dict[str, str]:
        """Keys of the second-level districts of a state codifier by country and GeoNames code ("UA3208")."""
        layer = self.layers[0]
        kind = KINDS.index("district")
        keys = [
            layer.key(n) for n in range(len(layer)) if layer.kind[n] == kind and layer.feature(n) == "ADM2"
        ]
        return {key[:6]: key for key in keys if key.startswith("UA")}

    def locate(self, number: int) -> tuple[Layer, int]:
        """The layer of an entry and its number there."""
        return self.layers[number >> _SHIFT], number & (1 << _SHIFT) - 1

    def is_imported(self, number: int) -> bool:
        """Whether an entry is of an imported dump."""
        return number >> _SHIFT > 0

    def outline(self, number: int) -> Outline:
        """What weighing needs of the entry of a number that ``postings`` gave."""
        found = self._outlines.get(number)
        if found is None:
            if len(self._outlines) > _KEPT:
                self._outlines.clear()
            layer = self.layers[number >> _SHIFT]
            found = self._outlines[number] = layer.outline(number & (1 << _SHIFT) - 1)
        return found

    def entry_at(self, number: int) -> Entry:
        """The entry of a number that ``postings`` gave."""
        found = self._entries.get(number)
        if found is None:
            found = self._read(number)
            if len(self._entries) > _KEPT:
                self._entries.clear()
            self._entries[number] = found
        return found

    def _read(self, number: int) -> Entry:
        layer, local = self.locate(number)
        outline = self.outline(number)
        parents, containers = self._chain(layer.parent(local))
        return Entry(
            key=layer.key(local),
            name=layer.name(local),
            kind=outline.kind,
            feature=outline.feature,
            lat=round(outline.lat, 5),
            lon=round(outline.lon, 5),
            radius_km=round(outline.radius_km, 1),
            population=outline.population,
            country=outline.country or None,
            geonameid=layer.geonameid[local] or None,
            parents=parents,
            containers=containers,
            approximate=outline.approximate,
        )

    def _chain(self, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Keys and names of a container and what holds it; they are those of many entries."""
        found = self._chains.get(key)
        if found is None:
            if len(self._chains) > _KEPT:
                self._chains.clear()
            climbed = [*self._climb(key)]
            keys, names = tuple(key for key, _ in climbed), tuple(name for _, name in climbed)
            found = self._chains[key] = keys, names
        return found

    def _climb(self, key: str) -> Iterator[tuple[str, str]]:
        for _ in range(6):
            if not key:
                return
            for layer in self.layers:
                number = layer.number(key)
                if number is not None:
                    yield key, layer.name(number)
                    key = layer.parent(number)
                    break
            else:
                return

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """All entries of a name in any spelling, the likeliest without context first."""
        found = [(self.entry_at(number), standing) for number, standing in self.postings(fold(name))]
        seats = {key for entry, _ in found if entry.population >= 50_000 for key in entry.parents}

        def rank(item: tuple[Entry, int]) -> tuple[float, str]:
            entry, standing = item
            named_for_its_city = 4.0 if entry.kind == "region" and entry.key in seats else 0.0
            return (_AS_NAMED[standing] + named_for_its_city - prior(entry), entry.key)

        found.sort(key=rank)
        return tuple(entry for entry, _ in found)

    def number(self, key: str) -> int | None:
        """The number of the entry of a key, as ``postings`` gives it, or None."""
        for level, layer in enumerate(self.layers):
            number = layer.number(key)
            if number is not None:
                return level << _SHIFT | number
        return None

    def entry(self, key: str) -> Entry | None:
        """The entry of a key ("gn:703448", "country:UA"), or None."""
        number = self.number(key)
        return None if number is None else self.entry_at(number)

    def country(self, code: str) -> Entry | None:
        """The country of a two-letter code, or None."""
        return self.entry(f"country:{code.upper()}")

    def neighbours(self, code: str) -> tuple[str, ...]:
        """Codes of the countries that border on a country."""
        found = self._neighbours.get(code)
        if found is None:
            told = str(self.layers[0].meta.get("neighbours", {}).get(code, ""))
            found = self._neighbours[code] = tuple(told.split(",")) if code else ()
        return found

    def names_like(self, codes: Sequence[str], folded: str, edits: int) -> list[tuple[str, str]]:
        """Folded names of the settlements of countries that begin like one and may be a few edits from it.

        Returns:
            The code of the country and the name of each.
        """
        return [found for layer in self.layers for found in layer.names_like(codes, folded, edits)]

    def within(self, entry: Entry, container: Entry) -> bool:
        """Whether an entry lies in a container, by hierarchy or else by the container's radius."""
        if container.key in entry.parents or container.key == entry.key:
            return True
        if container.kind == "country":
            return container.country == entry.country
        if container.country and entry.country and container.country != entry.country:
            return False
        return distance_km(entry.point, container.point) <= container.radius_km

    def nearest(
        self,
        lat: float,
        lon: float,
        *,
        count: int = 1,
        within_km: float = 100.0,
        kinds: tuple[str, ...] = ("settlement",),
        least_population: int = 0,
    ) -> tuple[tuple[Entry, float], ...]:
        """The entries nearest to a point, with their distances in km, nearest first."""
        import numpy as np

        wanted = np.array([KINDS.index(kind) for kind in KINDS if kind in kinds])
        best: list[tuple[float, int]] = []
        for level, layer in enumerate(self.layers):
            lats, lons, people, sorts, vague = (
                np.asarray(layer.column(name)) for name in ("lat", "lon", "population", "kind", "approximate")
            )
            for start in range(0, len(lats), _PORTION):
                here = lats[start : start + _PORTION]
                near = start + np.flatnonzero(np.abs(here - lat) <= within_km / 111.0)
                near = near[np.isin(sorts[near], wanted) & (vague[near] == 0)]
                if least_population:
                    near = near[people[near] >= least_population]
                if not level and self._hidden:
                    near = near[~np.isin(near, list(self._hidden))]
                gap = np.abs((lons[near] - lon + 180.0) % 360.0 - 180.0) * np.cos(np.radians(lat)) * 111.2
                flat = np.hypot(gap, (lats[near] - lat) * 111.2)
                for place in np.argsort(flat, kind="stable")[: count * 2 + 8]:
                    local = int(near[place])
                    far = distance_km((lat, lon), (float(lats[local]), float(lons[local])))
                    if far <= within_km:
                        best.append((far, level << _SHIFT | local))
                layer.release()
        best.sort()
        return tuple((self.entry_at(number), far) for far, number in best[:count])

    def border(self, one: str, two: str) -> tuple[float, float, float] | None:
        """The land along the border of two countries: latitude and longitude of its middle, radius in km.

        Worked out from the settlements of either country within 25 km of one of the other.
        """
        key = (min(one, two), max(one, two))
        if key not in self._borders:
            self._borders[key] = self._border(*key) if two in self.neighbours(one) else None
        return self._borders[key]

    def _border(self, one: str, two: str) -> tuple[float, float, float] | None:
        import numpy as np

        layer = self.layers[0]
        country = np.asarray(layer.column("country"))
        settled = (np.asarray(layer.kind) == 0) & (np.asarray(layer.approximate) == 0)
        lat, lon = np.asarray(layer.lat), np.asarray(layer.lon)
        first, second = (
            np.flatnonzero(settled & (country == int.from_bytes(code.encode(), "big"))) for code in (one, two)
        )
        if not (len(first) and len(second)):
            return None
        reach = _BORDER_KM / 111.0
        across = reach / math.cos(math.radians(min(80.0, float(np.abs(lat[first]).max()))))
        for place, wide in ((lat, reach), (lon, across)):  # few lie where the other country reaches at all
            low, high = place[first].min() - wide, place[first].max() + wide
            second = second[(place[second] >= low) & (place[second] <= high)]
        first = first[np.argsort(lat[first], kind="stable")]
        lats, lons = lat[first], lon[first]
        near = []
        for number in second:
            low, high = np.searchsorted(lats, (lat[number] - reach, lat[number] + reach))
            scale = math.cos(math.radians(float(lat[number])))
            far = np.hypot(lats[low:high] - lat[number], (lons[low:high] - lon[number]) * scale)
            if len(far) and far.min() * 111.2 <= _BORDER_KM:
                near.append((float(lat[number]), float(lon[number])))
        if not near:
            return None
        middle = (sum(p[0] for p in near) / len(near), sum(p[1] for p in near) / len(near))
        return (*middle, round(max(distance_km(middle, p) for p in near) + _BORDER_KM, 1))

    def distance(self, a: Entry, b: Entry) -> float:
        """Distance in km between the points of two entries."""
        return distance_km(a.point, b.point)


def prior(entry: Entry) -> float:
    """How likely an entry is meant by its name when nothing else is known (log scale, about 0 to 10)."""
    if entry.kind == "country":
        return 9.5
    if entry.kind == "region" and entry.feature == "CONT":
        return 9.4
    if entry.kind == "region":
        return 4.5 + 0.5 * math.log10(entry.population + 10) + (0.5 if entry.feature == "ADM1" else -1.0)
    if entry.kind == "settlement":
        return math.log10(entry.population + 10) + (1.5 if entry.feature == "PPLC" else 0.0)
    if entry.kind == "district":
        return 3.0
    return 5.5


def cache_folder() -> Path:
    """Where compiled atlases live: ``SVIDOK_CACHE``, or the user's cache folder of the system."""
    chosen = os.environ.get("SVIDOK_CACHE")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_cache_dir("svidok"))


def imports_folder() -> Path:
    """Where imported dumps live: ``SVIDOK_DATA``, or the user's data folder of the system."""
    chosen = os.environ.get("SVIDOK_DATA")
    if chosen:
        return Path(chosen) / "atlas"
    import platformdirs

    return Path(platformdirs.user_data_dir("svidok")) / "atlas"


def _sweep(base: Path) -> None:
    """Remove compiled atlases of other versions that nobody has rebuilt for a month."""
    for old in base.parent.glob("atlas-*.bin"):
        if old != base and old.stat().st_mtime < base.stat().st_mtime - 30 * 86_400:
            old.unlink(missing_ok=True)


def open_gazetteer(
    path: Path | None = None, *, progress: Callable[[str], None] | None = None, imports: bool = True
) -> Gazetteer:
    """Open the atlas, compiling it first when this version has none yet (about half a minute, once).

    Args:
        path: an atlas file to open instead of the default one and its imports.
        progress: called with a few words about each step of the compilation.
        imports: whether the imported dumps are opened too.

    Raises:
        AtlasError: the file is missing, foreign, or cannot be written.
    """
    if path is not None:
        return Gazetteer([Layer(path)])
    from svidok.atlas.gazetteer.sources import compile_atlas, fingerprint

    mark = fingerprint()
    base = cache_folder() / f"atlas-{mark}.bin"
    if not base.exists():
        if progress:
            progress("compiling the atlas (once)")
        compile_atlas(progress).write(base, {"fingerprint": mark})
        _sweep(base)
    layers = [Layer(base)]
    if imports:
        layers += [Layer(found) for found in sorted(imports_folder().glob("*.bin"))]
    return Gazetteer(layers)
