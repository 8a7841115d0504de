"""How long questions to a large chronicle take: 100,000 synthetic claims, the latency of each kind of page.

    python benchmarks/store.py
    python benchmarks/store.py --claims 20000 --backend postgresql
    python benchmarks/store.py --keep /tmp/big.svidok      # made once, asked again

The reports are made by rule (1,000 places, a year, 26 types of which 14 are used, 40 sources), not read by
the parser: what is measured is the store. Each question is asked 20 times; median and 95th percentile.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "store"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "events"))

from cluster import Cluster, find_binaries

from svidok.records import (
    Actor,
    Claim,
    Document,
    Place,
    Quantity,
    Reading,
    Sentence,
    Source,
    TimeSpan,
    content_id,
)
from svidok.store import Box, Filter, Near, Paging, Store, create_store, open_store

AT = "2022-12-31T00:00:00Z"
TYPES = (
    *("battle", "strike", "strike", "air_strike", "capture", "withdraw", "casualties"),
    *("attack_civilians", "destroy", "move", "aid", "displace", "detain", "prepare", "statement"),
)
VERBS = {"strike": "shelled", "capture": "took", "withdraw": "left", "casualties": "lost men in"}
SIDES = ("Ukraine", "Russia", None)
CLAIMS_A_REPORT = 8


def readings(claims: int) -> Iterator[Reading]:
    """Reports of eight happenings each, drawn alike every time."""
    draw = random.Random(20220224)
    places = [
        (f"Town{n}", round(45 + draw.random() * 7, 4), round(24 + draw.random() * 15, 4)) for n in range(1000)
    ]
    for number in range(claims // CLAIMS_A_REPORT):
        day = draw.randrange(310)
        text, sentences, mentions, made = "", [], [], []
        identity = f"report{number}"
        for block in range(CLAIMS_A_REPORT):
            name, lat, lon = places[min(int(draw.expovariate(1 / 200)), 999)]
            kind = draw.choice(TYPES)
            count = draw.randint(1, 60)
            verb = VERBS.get(kind, kind.replace("_", " "))
            words = f"Forces {verb} {name} near the river and {count} soldiers fell, "
            words += f"witness {draw.randrange(10**6)} said. "
            start = len(text)
            text += words
            end = len(text) - 1
            sentences.append(Sentence(start, end, words[:-1], "body", block))
            at = text.index(name, start)
            mentions.append(_town(at, name, lat, lon))
            side = draw.choice(SIDES)
            counted = text.index(f"{count} soldiers", start)
            iso = f"2022-{(day // 31) % 10 + 3:02d}-{day % 28 + 1:02d}"
            made.append(
                Claim(
                    id=content_id(identity, start, kind),
                    document=identity,
                    start=start,
                    end=end,
                    trigger=(start + 7, start + 7 + len(verb)),
                    type=kind,
                    actors=(Actor(start, start + 6, "Forces", None, side, "state force"),),
                    places=(block,),
                    time=TimeSpan(iso, iso, iso) if draw.random() < 0.7 else None,
                    quantities=_killed(counted, count) if kind == "casualties" else (),
                    modality=draw.choice(("asserted", "asserted", "reported", "planned")),
                    confidence=round(draw.random(), 3),
                )
            )
        digest = hashlib.sha256(text.encode()).hexdigest()
        source = Source(f"Source {draw.randrange(40)}", side=draw.choice(SIDES))
        published = f"2022-{(day // 31) % 10 + 3:02d}-28"
        document = Document(identity, digest, text, source=source, published=published, language="en")
        yield Reading(document, tuple(sentences), tuple(mentions), claims=tuple(made))


def _town(at: int, name: str, lat: float, lon: float) -> Place:
    end = at + len(name)
    return Place(at, end, name, name, f"t:{name}", None, lat, lon, "settlement", None, 3.0, 0.9)


def _killed(at: int, count: int) -> tuple[Quantity, ...]:
    words = f"{count} soldiers"
    return (Quantity(at, at + len(words), words, "soldier", "people", count, count, fate="killed"),)


def fill(store: Store, claims: int) -> None:
    """Put the reports in, and build."""
    began = time.time()
    held: list[Reading] = []
    for reading in readings(claims):
        held.append(reading)
        if len(held) == 1000:
            keep(store, held)
            held = []
    keep(store, held)
    print(f"added in {time.time() - began:.0f} s", flush=True)
    began, spent = time.time(), time.process_time()

    def tell(line: str) -> None:
        print(f"  {time.process_time() - spent:5.0f} s of CPU: {line}", flush=True)

    status = store.derive(at=AT, who="bench", tell=tell)
    print(
        f"built in {time.time() - began:.0f} s, {time.process_time() - spent:.0f} s of CPU: "
        f"{status.claims} claims, {status.events} events, {status.findings} findings",
        flush=True,
    )


def keep(store: Store, held: list[Reading]) -> None:
    if held:
        store.add([r.document for r in held], at=AT, who="bench")
        store.save_readings(held, reader="bench")


def questions(store: Store) -> dict[str, Callable[[], object]]:
    """What each page asks."""
    events = store.events(Filter(), Paging(size=50)).items
    claim = store.claims(Filter(), Paging(size=1)).items[0]
    town = Near(48.5, 31.0, 50.0)
    best = Paging(order="relevance")
    everything = Filter(
        text="river",
        types=("strike",),
        sides=("Russia",),
        near=town,
        latest="2022-09",
        known_by="2022-10",
    )
    return {
        "status": store.status,
        "chronology, first page": lambda: store.events(Filter()),
        "chronology, last page": lambda: store.events(Filter(), Paging(number=1000, size=50)),
        "events by type and side": lambda: store.events(Filter(types=("strike",), sides=("Russia",))),
        "events by day": lambda: store.events(Filter(earliest="2022-06-01", latest="2022-06-07")),
        "events near a point": lambda: store.events(Filter(near=town)),
        "events in a box": lambda: store.events(Filter(box=Box(48, 30, 49, 32))),
        "events of a source": lambda: store.events(Filter(sources=("Source 7",))),
        "events known by a day": lambda: store.events(Filter(known_by="2022-06-01")),
        "events by a rare word": lambda: store.events(Filter(text="town777")),
        "events by a common word": lambda: store.events(Filter(text="river")),
        "events, all filters": lambda: store.events(everything),
        "one event": lambda: store.event(events[0].id),
        "map points, 20,000": lambda: store.points(Filter(), limit=20_000),
        "months": lambda: store.days(Filter()),
        "counts by side": lambda: store.counts("side"),
        "counts by source, filtered": lambda: store.counts("source", Filter(types=("strike",))),
        "claims, first page": lambda: store.claims(Filter()),
        "claims, least sure": lambda: store.claims(Filter(), Paging(order="confidence")),
        "claims of a report": lambda: store.claims_of(claim.document),
        "reports": lambda: store.documents(Filter()),
        "reports by word": lambda: store.documents(Filter(text="town777")),
        "findings": lambda: store.findings(Filter()),
        "ledger, losses": lambda: store.rows("losses", Filter()),
        "ledger, losses by side": lambda: store.rows("losses", Filter(sides=("Russia",))),
        "ledger, settlements": lambda: store.rows("settlements", Filter()),
        "ledger, chronology by word": lambda: store.rows("chronology", Filter(text="town777")),
        "search, a rare word": lambda: store.search("town777"),
        "search, a common word": lambda: store.search("river"),
        "search, two words, best first": lambda: store.search("shelled town12", Filter(), best),
        "search, a common word, best first": lambda: store.search("river", Filter(), best),
        "review queue": lambda: store.queue(),
        "review queue, mine": lambda: store.queue(reviewer="olena"),
        "log": lambda: store.acts(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Latency of questions to a large chronicle.")
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--backend", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--keep", type=Path, help="Make the chronicle there, or ask the one that is there.")
    parser.add_argument("--times", type=int, default=20)
    given = parser.parse_args()
    with ExitStack() as stack:
        if given.backend == "postgresql":
            binaries = find_binaries()
            if binaries is None:
                sys.exit("no PostgreSQL server is installed: apt-get install postgresql")
            where: str | Path = stack.enter_context(Cluster(binaries)).database()
        else:
            where = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory())) / "big.svidok"
        if isinstance(where, Path) and where.exists():
            store = open_store(where)
        else:
            store = create_store(where, at=AT, who="bench")
            fill(store, given.claims)
        print(f"{'':36}  median   95 %   median CPU, ms")
        for name, ask in questions(store).items():
            ask()
            taken, spent = [], []
            for _ in range(given.times):
                began, before = time.perf_counter(), time.process_time()
                ask()
                taken.append((time.perf_counter() - began) * 1000)
                spent.append((time.process_time() - before) * 1000)
            worst = statistics.quantiles(taken, n=20)[-1]
            middle, used = statistics.median(taken), statistics.median(spent)
            print(f"{name:36}{middle:8.1f}{worst:8.1f}{used:8.1f}", flush=True)
        store.close()


if __name__ == "__main__":
    main()
