"""How fast the pages of a large chronicle answer many readers at once.

    python benchmarks/store.py --keep /tmp/big.svidok      # 100,000 claims, made once
    python benchmarks/pages.py /tmp/big.svidok --readers 20 --seconds 60 --pauses 0 0.3 1
    python benchmarks/pages.py /tmp/big.svidok --unkept    # each page worked out anew, also when asked again

Serves a copy on loopback in processes of its own. Each reader keeps one connection, asks for all pages in
turn, in its own order, and looks at each for as long as ``--pauses`` says (0: asks again at once). Days,
places, events, reports, words, rows and pairs of sources are drawn from thousands, so that most of those
pages were never asked for before; the share that was is told. Told are requests, median and 95th percentile
in milliseconds as the reader sees them, those of one reader alone, CPU of the server per request, and how
busy the machine was.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from svidok.store import Paging, open_store

SERVE = """
import sys
from svidok.web import kept
if "unkept" in sys.argv:
    kept._MOST = 0
from svidok.store import open_store
from svidok.web import Settings, serve
if __name__ == "__main__":
    path, port, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    settings = Settings(local=True, requests=10**8, workers=workers)
    serve(open_store(path), settings, port=port, address=path)
"""
ALONE = 12
"""How often each page is asked for by one reader alone."""

Draw = Callable[[random.Random], str]
Times = dict[str, list[float]]


def pages(path: Path) -> dict[str, Draw]:
    """For each kind of page what draws an address of it."""
    store = open_store(path)
    status = store.status()
    last = -(-status.events // 50)
    listed = (store.events(paging=Paging(size=200, number=number)) for number in range(1, 21))
    events = [view.id for page in listed for view in page.items]
    kept = (store.documents(paging=Paging(size=1000, number=number)) for number in (1, 2, 3))
    reports = [view.id for page in kept for view in page.items]
    findings = [view.id for view in store.findings(paging=Paging(size=1000)).items]
    sources = [count.value for count in store.counts("source", limit=40)]
    places = [count.value for count in store.counts("place", limit=1000)]
    types = [count.value for count in store.counts("type")]
    views = ("losses", "harm", "settlements", "chronology", "statements")
    leaves = {view: -(-store.rows(view).total // 50) for view in views}
    store.close()
    days = [f"2022-{month:02d}-{day:02d}" for month in range(3, 13) for day in range(1, 29)]
    common = ("river", "witness", "shelled", "soldiers fell", "near the river")

    def span(address: str, more: str = "") -> Draw:
        def drawn(draw: random.Random) -> str:
            first, end = sorted(draw.sample(days, 2))
            return f"{address}?{more}from={first}&to={end}"

        return drawn

    def leaf(draw: random.Random) -> str:
        view = draw.choice(views)
        return f"/ledger/{view}?page={draw.randint(1, leaves[view])}"

    def pair(draw: random.Random) -> str:
        one, other = draw.sample(sources, 2)
        return f"/compare?a={quote(one)}&b={quote(other)}"

    def one_of(address: str, some: list[str] | tuple[str, ...]) -> Draw:
        return lambda draw: address + quote(draw.choice(some), safe="")

    drawn: dict[str, Draw] = {
        "front": lambda _: "/",
        "front, a span": span("/"),
        "front, a type": one_of("/?type=", types),
        "front, known by": one_of("/?known=", days),
        "front, a place": one_of("/?place=", places),
        "list, later page": lambda draw: f"/?page={draw.randint(2, last)}",
        "event": one_of("/events/", events),
        "points": lambda _: "/api/v1/points?ids=no",
        "points, a span": span("/api/v1/points", "ids=no&"),
        "ledger": leaf,
        "findings": lambda draw: f"/findings?page={draw.randint(1, 20)}",
        "finding": one_of("/findings/", findings),
        "reports": lambda draw: f"/reports?page={draw.randint(1, 60)}",
        "report": one_of("/reports/", reports),
        "search": lambda draw: (
            f"/search?q={draw.choice(('shelled', 'fell', 'left'))}+{quote(draw.choice(places))}"
        ),
        "search, common": lambda draw: f"/search?q={quote(draw.choice(common))}&page={draw.randint(1, 40)}",
        "compare": pair,
        "review": lambda draw: f"/review?skip={draw.randint(0, 60)}",
        "log": lambda _: "/log",
    }
    if status.held_until:
        drawn["control"] = one_of("/control?day=", days)
    return drawn


class Line:
    """One connection of one reader: asks, and reads the answer to its end."""

    def __init__(self, port: int, asked: set[str]) -> None:
        self.port, self.asked, self.again = port, asked, 0

    async def ask(self, address: str) -> float:
        """Seconds from asking to the last byte.

        Raises:
            SystemExit: the answer is no page.
        """
        if not hasattr(self, "writer"):
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
        self.again += address in self.asked
        self.asked.add(address)
        began = time.perf_counter()
        self.writer.write(
            f"GET {address} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept-encoding: gzip\r\n\r\n".encode()
        )
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        if b" 200 " not in head[:16]:
            raise SystemExit(f"{address}: {head[:40]!r}")
        await self.reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        return time.perf_counter() - began


async def read(line: Line, drawn: dict[str, Draw], seed: int, end: float, pause: float, told: Times) -> int:
    """One reader, until the end; how often it asked for what somebody had asked for before."""
    draw = random.Random(seed)
    kinds = list(drawn)
    await asyncio.sleep(pause * draw.random())
    while True:
        draw.shuffle(kinds)
        for kind in kinds:
            if time.monotonic() >= end:
                return line.again
            told[kind].append(await line.ask(drawn[kind](draw)))
            if pause:
                await asyncio.sleep(pause)


def cpu_of(process: int) -> float:
    """Seconds of CPU that a process and those it started have used (Linux)."""
    spent = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if process in (int(stat.parent.name), int(fields[1])):
            spent += int(fields[11]) + int(fields[12])
    return spent / os.sysconf("SC_CLK_TCK")


async def alone(
    process: int, port: int, drawn: dict[str, Draw], asked: set[str]
) -> dict[str, tuple[float, float]]:
    """Median seconds of one reader alone, and seconds of CPU a page, by kind."""
    draw, line, found = random.Random(0), Line(port, asked), {}
    for kind, address in drawn.items():
        await line.ask(address(draw))
        spent = cpu_of(process)
        took = [await line.ask(address(draw)) for _ in range(ALONE)]
        found[kind] = statistics.median(took), (cpu_of(process) - spent) / ALONE
    return found


async def crowd(
    port: int, drawn: dict[str, Draw], given: argparse.Namespace, pause: float, asked: set[str]
) -> tuple[Times, int]:
    """All readers at once: seconds by kind of page, and how many addresses had been asked for before."""
    told: Times = defaultdict(list)
    end = time.monotonic() + given.seconds
    again = await asyncio.gather(
        *(
            read(Line(port, asked), drawn, seed + int(1000 * pause), end, pause, told)
            for seed in range(given.readers)
        )
    )
    return told, sum(again)


def percentile(times: list[float], share: float) -> float:
    """Milliseconds within which a share of the answers came."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1e3


def measure(process: int, port: int, drawn: dict[str, Draw], given: argparse.Namespace) -> None:
    """Wait until the server is up, read, and tell."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.2)
    asked: set[str] = set()
    cost = asyncio.run(alone(process, port, drawn, asked))
    for pause in given.pauses:
        spent, own, began = cpu_of(process), time.process_time(), time.monotonic()
        told, again = asyncio.run(crowd(port, drawn, given, pause, asked))
        took, used = time.monotonic() - began, cpu_of(process) - spent
        own = time.process_time() - own
        print(f"{'page':18} {'requests':>8} {'p50 ms':>8} {'p95 ms':>8} {'alone ms':>9} {'CPU ms':>7}")
        for kind in drawn:
            one, cpu = cost[kind]
            print(
                f"{kind:18} {len(told[kind]):8} {percentile(told[kind], 0.5):8.0f} "
                f"{percentile(told[kind], 0.95):8.0f} {one * 1e3:9.0f} {cpu * 1e3:7.1f}"
            )
        number = sum(map(len, told.values()))
        print(
            f"{given.workers} processes, {given.readers} readers, {pause:g} s at a page, {took:.0f} s: "
            f"{number} requests, {number / took:.1f} a second, {again / number:.0%} of addresses asked for "
            f"before{' but not kept' if given.unkept else ''}, {used / number * 1e3:.1f} ms of CPU each; "
            f"the server had {used / took:.2f} cores of {os.cpu_count()}, the readers {own / took:.2f}; "
            f"load of the machine {os.getloadavg()[0]:.1f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="Load test of the pages.")
    parser.add_argument("chronicle", type=Path)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="Processes that serve.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--unkept", action="store_true", help="The server keeps no answers.")
    parser.add_argument("--pauses", type=float, nargs="+", default=[0.0, 1.0], metavar="SECONDS")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(given.chronicle, Path(folder) / "big.svidok"))
        drawn = pages(path)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        script = Path(folder) / "served.py"
        script.write_text(SERVE, encoding="utf-8")
        command = [sys.executable, str(script), str(path), str(port), str(given.workers)]
        server = subprocess.Popen([*command, *(["unkept"] if given.unkept else [])])
        try:
            measure(server.pid, port, drawn, given)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
