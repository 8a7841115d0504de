"""Import of a dump as great as ``allCountries``: time, peak memory, a kill in the middle, and use.

    python benchmarks/world_dump.py --rows 12000000

Writes a made-up dump in the form of GeoNames (always the same for the same number of rows) to a
temporary folder, imports it in a process of its own that is killed half-way, goes on, opens the atlas
with it, reads a text, and removes everything.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np

_FEATURES = (
    ("P", "PPL", 40), ("P", "PPLL", 2), ("P", "PPLX", 2), ("H", "STM", 10), ("H", "LK", 5), ("T", "HLL", 7),
    ("T", "MT", 5), ("T", "VAL", 2), ("S", "SCH", 6), ("S", "HTL", 4), ("S", "FRM", 6), ("S", "CH", 3),
    ("S", "AIRP", 1), ("L", "LCTY", 3), ("A", "ADM3", 1), ("A", "ADM4", 2), ("V", "FRST", 1),
)  # fmt: skip
_COUNTRIES = ("US", "CN", "IN", "RU", "NO", "MX", "ID", "IR", "UA", "PK", "FI", "TR", "FR", "DE", "BR", "SY")
_HEADS = (
    "Ka",
    "No",
    "Ver",
    "San ",
    "El ",
    "Mi",
    "Sta",
    "Lo",
    "Be",
    "Tsa",
    "Gor",
    "Hu",
    "Ya",
    "Pe",
    "Ol",
    "Du",
)
_MIDDLES = (
    "ra",
    "lin",
    "vo",
    "chi",
    "mar",
    "ton",
    "ski",
    "le",
    "bu",
    "zen",
    "ho",
    "na",
    "dri",
    "pol",
    "es",
    "ug",
)
_TAILS = (
    "ville",
    "ka",
    "o",
    "abad",
    "ivka",
    "berg",
    "pur",
    "a",
    "grad",
    "ton",
    "ino",
    "e",
    "hausen",
    "i",
    "u",
    "sk",
)
_CYRILLIC = "абвгдезиклмнопру"
_PORTION = 50_000


def rows(count: int) -> Iterator[str]:
    """Rows of 19 columns by tabs, all made up, the same every time."""
    kinds = [(group, feature) for group, feature, weight in _FEATURES for _ in range(weight)]
    names = ["".join(parts) for parts in product(_HEADS, _MIDDLES, ("", *_MIDDLES), _TAILS)]
    generator = np.random.default_rng(20220224)
    for start in range(0, count, _PORTION):
        size = min(_PORTION, count - start)
        lat = generator.uniform(-60, 75, size).round(5).tolist()
        lon = generator.uniform(-180, 180, size).round(5).tolist()
        dice = generator.integers(0, 2**31, (size, 4)).tolist()
        for at, (one, two, three, four) in enumerate(dice):
            number = start + at + 1
            name = names[one % len(names)]
            alternates = [name + " " + _TAILS[two % 16].title()] if number % 4 == 0 else []
            if number % 5 == 0:
                alternates.append(
                    "".join(_CYRILLIC[three >> shift & 15] for shift in range(0, 28, 4)).title()
                )
            if number % 7 == 0:
                alternates += [name + "aeiou"[two % 5], "Al " + name, name + " " + _TAILS[four % 16]]
            group, feature = kinds[four % len(kinds)]
            people = four % 20_000 if feature == "PPL" and number % 9 == 0 else 0
            yield (
                f"{20_000_000 + number}\t{name}\t{name}\t{','.join(alternates)}\t{lat[at]}\t{lon[at]}\t"
                f"{group}\t{feature}\t{_COUNTRIES[three % 16]}\t\t{two % 60 + 1:02}\t\t\t\t{people}\t\t100\t"
                f"Etc/UTC\t20{10 + two % 16}-{1 + four % 12:02}-01"
            )


def write_dump(path: Path, count: int) -> int:
    """Write the dump as a zip; returns the bytes of its table."""
    size = 0
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("allCountries.txt", "w", force_zip64=True) as file,
    ):
        portion: list[str] = []
        for row in rows(count):
            portion.append(row)
            if len(portion) == _PORTION:
                size += file.write(("\n".join(portion) + "\n").encode())
                portion.clear()
        if portion:
            size += file.write(("\n".join(portion) + "\n").encode())
    return size


def _say_memory(step: str) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"    {step}: peak memory {peak:.0f} MB{_parts()}", flush=True)


def _parts() -> str:
    """How much of the memory now is pages of files, which the system may take back, where it tells."""
    rollup = Path("/proc/self/smaps_rollup")
    if not rollup.exists():
        return ""
    held = {line.split(":")[0]: int(line.split()[1]) for line in rollup.read_text().splitlines()[1:]}
    own = held["Anonymous"]
    return f"; now {own / 1024:.0f} MB of its own and {(held['Rss'] - own) / 1024:.0f} MB of files"


def _import(path: Path) -> None:
    from svidok.atlas.gazetteer.dumps import import_dump

    def say(step: str) -> None:
        if "rows" not in step or step.split()[0].endswith("000,000"):
            print(f"    {step}", flush=True)

    done = import_dump(path, progress=say)
    print(f"    {done.entries:,} entries, {done.path.stat().st_size / 1e6:.0f} MB")
    _say_memory("import")


def _use() -> None:
    from svidok.atlas.gazetteer import open_gazetteer
    from svidok.claims.mentions.places import find_places

    start = time.perf_counter()
    gazetteer = open_gazetteer()
    print(f"    opened in {time.perf_counter() - start:.3f} s, {len(gazetteer):,} entries")
    text = " ".join(f"Shells fell on Kharkiv and {row.split(chr(9))[1]} near Sumy." for row in rows(5_000))
    start = time.process_time()
    found = find_places(text, gazetteer=gazetteer) if len(text) < 20_000 else ()
    for at in range(0, len(text), 2_000):
        found = find_places(text[at : at + 2_000], gazetteer=gazetteer)
    spent = time.process_time() - start
    print(
        f"    {len(text) / 1e6:.1f} MB read at {len(text) / 1e6 / spent:.2f} MB/s ({len(found)} in the last)"
    )
    _say_memory("use")


def main() -> None:
    """Generate, import with a kill half-way, go on, use, clean up."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=12_000_000)
    parser.add_argument("--step", choices=("all", "import", "use"), default="all", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step == "import":
        return _import(arguments.file)
    if arguments.step == "use":
        return _use()
    with tempfile.TemporaryDirectory(prefix="svidok-world-") as folder:
        os.environ["SVIDOK_DATA"] = folder
        path = Path(folder) / "allCountries.zip"
        start = time.perf_counter()
        size = write_dump(path, arguments.rows)
        print(f"{arguments.rows:,} rows, {size / 1e6:.0f} MB, written in {time.perf_counter() - start:.0f} s")
        step = [sys.executable, __file__, "--file", str(path), "--step"]
        start = time.perf_counter()
        with subprocess.Popen([*step, "import"], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                print(line, end="", flush=True)
                if line.split()[:1] == [f"{arguments.rows // 2_000_000 * 1_000_000:,}"]:
                    child.send_signal(signal.SIGKILL)
        print(f"killed after {time.perf_counter() - start:.0f} s; again:")
        start = time.perf_counter()
        subprocess.run([*step, "import"], check=True)
        print(f"whole after {time.perf_counter() - start:.0f} s more")
        subprocess.run([*step, "use"], check=True)


if __name__ == "__main__":
    main()
