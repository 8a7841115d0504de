"""A process that works on a chronicle until it is killed; says on standard output what was committed.

    python worker.py WHERE SEED

Each line is written only after the store has said that the act is kept: what stands there may not be lost.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "events"))
sys.path.insert(0, str(Path(__file__).parent))

from warfare import AT

from svidok.errors import StoreError
from svidok.store import Store, open_store


def work(store: Store, seed: int) -> None:
    """Add, read, build and judge in an order drawn from a seed, without end."""
    from wars import some_war

    draw = random.Random(seed)
    number = 0
    while True:
        number += 1
        kind = draw.choice(["add", "derive", "act", "act", "act"])
        if kind == "add":
            reports = some_war(draw.randrange(10**6), 2, prefix=f"s{seed}n{number}")
            data = {r.document.sha256: r.document.text.encode() for r in reports}
            added = store.add([r.document for r in reports], originals=data, at=AT, who="worker")
            store.save_readings(reports, reader="test")
            say(*(f"document {identity}" for identity in added.new))
        elif kind == "derive":
            store.derive(at=AT, who="worker")
        else:
            waiting = store.claims().items
            if waiting:
                claim = draw.choice(waiting).claim.id
                act = store.act(draw.choice(["accept", "reject"]), "claim", claim, who=f"w{seed}", at=AT)
                say(f"act {act.number} {act.hash}")


def say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    chronicle = open_store(sys.argv[1])
    print("ready", flush=True)
    while True:
        try:
            work(chronicle, int(sys.argv[2]))
        except StoreError as error:
            print(f"error {type(error).__name__}", flush=True)
