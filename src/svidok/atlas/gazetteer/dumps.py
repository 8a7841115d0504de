"""GeoNames dumps into atlas layers: streamed, resumable after a kill, and all or nothing.

Rows are read from the zip in portions; after each, the work files are flushed and a journal notes how
far they reach. A second run of the same dump cuts them to the journal and goes on. The layer appears
under its name only when it is whole.
"""

from __future__ import annotations

import json
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from svidok.atlas.gazetteer.atlas import Gazetteer, imports_folder, open_gazetteer
from svidok.atlas.gazetteer.dumprows import Row, parse_row
from svidok.atlas.gazetteer.spool import Spool
from svidok.atlas.gazetteer.supersede import superseded
from svidok.errors import AtlasError, BadDump

__all__ = ["Imported", "import_dump", "list_imports", "remove_import"]

_PORTION = 100_000
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import holds: its name, entries, rows that were known before or skipped, and date."""

    name: str
    entries: int
    known: int
    skipped: int
    newest: str
    source: str
    path: Path


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    found = [
        info
        for info in archive.infolist()
        if info.filename.lower().endswith(".txt") and "readme" not in info.filename.lower()
    ]
    if len(found) != 1:
        raise BadDump(
            f"expected one table in the zip, found {len(found)}",
            where=str(path),
            remedy="give a dump of one country (UA.zip) or of the world (allCountries.zip) from GeoNames",
        )
    return found[0]


def _open(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise BadDump("there is no such file", where=str(path)) from error
    except (zipfile.BadZipFile, OSError) as error:
        raise BadDump(
            f"this is not a whole zip file ({error})", where=str(path), remedy="download it again"
        ) from error


def _rows(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, skip: int
) -> Iterator[tuple[int, Row | None]]:
    line = 0
    try:
        with archive.open(info) as file:
            for raw in file:
                line += 1
                if line > skip:
                    yield line, parse_row(raw, f"{path}:{info.filename}:{line}")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise BadDump(
            f"the zip breaks off or is damaged after line {line} ({error})",
            where=f"{path}:{info.filename}",
            remedy="download it again",
        ) from error


def import_dump(
    path: Path,
    *,
    gazetteer: Gazetteer | None = None,
    folder: Path | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Import a GeoNames dump as a layer over the default atlas.

    Args:
        path: a zip of GeoNames: one country or the world.
        gazetteer: the atlas to compare with (default: the one that is open to all).
        folder: where imports live.
        replace: put an older dump in the place of a newer one.
        progress: called with a few words after each portion.

    Raises:
        BadDump: not a dump, truncated, a broken row (with its line), or older than what is there.
        AtlasError: the layer cannot be written; the atlas is as it was before.
    """
    say = progress or (lambda _: None)
    folder = folder or imports_folder()
    base = gazetteer or open_gazetteer(imports=False)
    with _open(path) as archive:
        info = _member(archive, path)
        name = Path(info.filename).stem
        target = folder / f"{name}.bin"
        mark = {"file": path.name, "crc": info.CRC, "size": info.file_size}
        work = folder / f".{name}.work"
        try:
            spool = Spool(work, mark)
            _read_all(archive, info, path, base, spool, say)
            _check_age(target, spool.newest, path, replace)
            say("sorting names")
            hides = superseded(spool, base)
            count = spool.write(target, {"source": name, "newest": spool.newest, "file": path.name}, hides)
        except BadDump:
            shutil.rmtree(work, ignore_errors=True)
            raise
        except OSError as error:
            shutil.rmtree(work, ignore_errors=True)
            raise AtlasError(
                f"the import could not be written: {error.strerror or error}",
                where=str(folder),
                remedy="free some disk space and import again; the atlas is as it was",
            ) from error
        shutil.rmtree(work, ignore_errors=True)
    return Imported(name, count, spool.known, spool.skipped, spool.newest, path.name, target)


def _read_all(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, base: Gazetteer, spool: Spool, say: Progress
) -> None:
    known, districts = base.geonameids(), base.codified_districts()
    if spool.line:
        say(f"going on after line {spool.line:,}")
    for line, row in _rows(archive, info, path, spool.line):
        if row is None or (row.feature == "ADM1" and base.entry(f"region:{row.country}.{row.admin1}")):
            spool.skipped += 1
        elif row.geonameid in known:
            spool.known += 1
            spool.see(row.modified)
        else:
            district = districts.get(row.country + row.admin2)
            spool.add(row, district or f"region:{row.country}.{row.admin1}")
        spool.line = line
        if line % _PORTION == 0:
            spool.flush()
            say(f"{line:,} rows")
    if not spool.line:
        raise BadDump("the table is empty", where=f"{path}:{info.filename}")
    spool.flush()


def _check_age(target: Path, newest: str, path: Path, replace: bool) -> None:
    if replace or not target.exists():
        return
    held = _describe(target)
    if held.newest > newest:
        raise BadDump(
            f"this dump ends on {newest}, the one in the atlas on {held.newest}",
            where=str(path),
            remedy="import the newer one, or give --replace",
        )


def _describe(path: Path) -> Imported:
    from svidok.atlas.gazetteer.layer import Layer

    layer = Layer(path)
    meta = layer.meta
    return Imported(
        path.stem,
        len(layer),
        int(meta.get("known", 0)),
        int(meta.get("skipped", 0)),
        str(meta.get("newest", "")),
        str(meta.get("file", "")),
        path,
    )


def list_imports(folder: Path | None = None) -> tuple[Imported, ...]:
    """The imports that are there, by name."""
    folder = folder or imports_folder()
    return tuple(_describe(path) for path in sorted(folder.glob("*.bin")))


def remove_import(name: str, folder: Path | None = None) -> Imported:
    """Remove an import.

    Raises:
        AtlasError: there is none of that name.
    """
    folder = folder or imports_folder()
    path = folder / f"{name}.bin"
    if not path.exists():
        held = ", ".join(found.name for found in list_imports(folder)) or "none"
        raise AtlasError(f"no import is called {name!r}", remedy=f"there are: {held}")
    found = _describe(path)
    path.unlink()
    return found


def pending(folder: Path | None = None) -> tuple[str, ...]:
    """Names of imports that were begun and not finished."""
    folder = folder or imports_folder()
    out = []
    for work in sorted(folder.glob(".*.work")):
        journal = work / "journal.json"
        if journal.exists():
            out.append(str(json.loads(journal.read_text(encoding="utf-8"))["mark"]["file"]))
    return tuple(out)
