"""How fast the pages of a large chronicle answer many readers at once.

    python benchmarks/store.py --keep /tmp/big.svidok      # 100,000 claims, made once
    python benchmarks/pages.py /tmp/big.svidok --readers 20 --seconds 60

Serves a copy on loopback in a process of its own; readers ask for all pages in turn, each in its own order,
without a pause. Told are requests, median and 95th percentile of a page in milliseconds as the reader sees
them, CPU of the server per request, and how busy the machine was with other things.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

from svidok.store import Paging, open_store

SERVE = """
import sys
from svidok.store import open_store
from svidok.web import Settings, serve
serve(open_store(sys.argv[1]), Settings(local=True, requests=10**7), port=int(sys.argv[2]))
"""


def addresses(path: Path) -> dict[str, list[str]]:
    """Addresses by kind of page; several of each, so that nothing is fast only because it was just asked."""
    store = open_store(path)
    draw = random.Random(1)
    events = store.events(paging=Paging(size=200, number=3)).items
    reports = store.documents(paging=Paging(size=100)).items
    findings = store.findings(paging=Paging(size=20)).items
    sources = [count.value for count in store.counts("source", limit=20)]
    places = [count.value for count in store.counts("place", limit=60)]
    until = store.status().held_until
    store.close()
    days = [f"2022-{month:02d}-{day:02d}" for month in range(3, 12) for day in (1, 8, 15, 22)]
    words = ("river", "witness", "shelled", "soldiers fell", "near the river")
    found = {
        "front": ["/"],
        "front, a span": [f"/?from={a}&to={b}" for a, b in zip(days, days[3:], strict=False)],
        "front, a type": [f"/?type={kind}" for kind in ("battle", "strike", "capture", "aid")],
        "front, known by": [f"/?known={day}" for day in days[::3]],
        "front, a place": [f"/?place={quote(place)}" for place in places],
        "list, later page": [f"/?page={number}" for number in (2, 10, 100)],
        "event": [f"/events/{view.id}" for view in events],
        "points": ["/api/v1/points"],
        "ledger": [
            f"/ledger/{view}" for view in ("losses", "harm", "settlements", "chronology", "statements")
        ],
        "findings": ["/findings"],
        "finding": [f"/findings/{view.id}" for view in findings],
        "reports": ["/reports", "/reports?page=9"],
        "report": [f"/reports/{quote(view.id, safe='')}" for view in reports],
        "search": [f"/search?q={quote(f'{word} {place}')}" for word in words for place in places[:12]],
        "search, common": [f"/search?q={quote(word)}" for word in words],
        "control": [f"/control?day={day}" for day in days] if until else [],
        "compare": [f"/compare?a={quote(a)}&b={quote(b)}" for a, b in itertools.pairwise(sources)],
        "review": ["/review", "/review?subject=claim", "/review?skip=20"],
        "log": ["/log"],
    }
    for some in found.values():
        draw.shuffle(some)
    return {kind: some for kind, some in found.items() if some}


def read(
    port: int, wanted: dict[str, list[str]], seed: int, end: float, told: dict[str, list[float]]
) -> None:
    """One reader, until the end."""
    draw = random.Random(seed)
    line = HTTPConnection("127.0.0.1", port, timeout=120)
    kinds = list(wanted)
    while time.monotonic() < end:
        draw.shuffle(kinds)
        for kind in kinds:
            if time.monotonic() >= end:
                break
            began = time.perf_counter()
            line.request("GET", draw.choice(wanted[kind]), headers={"accept-encoding": "gzip"})
            answer = line.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{kind}: {answer.status}")
            told[kind].append(time.perf_counter() - began)


def cpu_of(process: int) -> float:
    """Seconds of CPU that a process has used (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description="Load test of the pages.")
    parser.add_argument("chronicle", type=Path)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(given.chronicle, Path(folder) / "big.svidok"))
        wanted = addresses(path)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen([sys.executable, "-c", SERVE, str(path), str(port)])
        try:
            measure(server.pid, port, wanted, given.readers, given.seconds)
        finally:
            server.terminate()
            server.wait()


def measure(process: int, port: int, wanted: dict[str, list[str]], readers: int, seconds: float) -> None:
    """Warm up, read, and tell."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.2)
    alone: dict[str, list[float]] = defaultdict(list)
    cost = {}
    for kind, some in wanted.items():
        line = HTTPConnection("127.0.0.1", port, timeout=120)
        line.request("GET", some[0])
        line.getresponse().read()
        spent, times = cpu_of(process), 0
        for address in (some * 8)[1:9]:
            began = time.perf_counter()
            line.request("GET", address, headers={"accept-encoding": "gzip"})
            line.getresponse().read()
            alone[kind].append(time.perf_counter() - began)
            times += 1
        cost[kind] = (cpu_of(process) - spent) / times
    told: dict[str, list[float]] = defaultdict(list)
    spent, began = cpu_of(process), time.monotonic()
    threads = [
        threading.Thread(target=read, args=(port, wanted, seed, began + seconds, told))
        for seed in range(readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, used = time.monotonic() - began, cpu_of(process) - spent
    number = sum(len(some) for some in told.values())
    print(f"{'page':18} {'requests':>8} {'p50 ms':>8} {'p95 ms':>8} {'alone ms':>9} {'CPU ms':>7}")
    for kind in wanted:
        some = sorted(told[kind])
        if some:
            p95 = some[min(len(some) - 1, int(len(some) * 0.95))]
            print(
                f"{kind:18} {len(some):8} {statistics.median(some) * 1e3:8.0f} {p95 * 1e3:8.0f} "
                f"{statistics.median(alone[kind]) * 1e3:9.0f} {cost[kind] * 1e3:7.0f}"
            )
    print(
        f"{readers} readers, {took:.0f} s: {number} requests, {number / took:.1f} a second, "
        f"{used / max(1, number) * 1e3:.0f} ms of CPU each; the server had {used / took:.2f} cores of "
        f"{os.cpu_count()}; load of the machine {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
