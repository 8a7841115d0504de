"""A process that works on a chronicle until it is killed; says on standard output what was committed.

    python worker.py WHERE SEED

Each line is written only after the store has said that the act is kept: what stands there may not be lost.
"""

from __future__ import annotations

import random
import sys
import time
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "events"))
sys.path.insert(0, str(Path(__file__).parent))

from warfare import AT

from svidok.errors import Missing, Refused, StoreError
from svidok.store import Store, open_store


def work(store: Store, seed: int) -> None:
    """Add, read, build and judge in an order drawn from a seed, without end."""
    draw = random.Random(seed)
    for number in count(1):
        kind = draw.choice(["add", "build", "judge", "judge", "judge"])
        try:
            if kind == "add":
                add(store, draw, f"s{seed}n{number}")
            elif kind == "build":
                with store.building():
                    store.derive(at=AT, who="worker")
            else:
                judge(store, draw, f"w{seed}")
        except StoreError as error:
            say(f"error {type(error).__name__}")
            time.sleep(0.1)


def add(store: Store, draw: random.Random, prefix: str) -> None:
    """Two reports with their readings."""
    from wars import some_war

    reports = some_war(draw.randrange(10**6), 2, prefix=prefix)
    data = {r.document.sha256: r.document.text.encode() for r in reports}
    added = store.add([r.document for r in reports], originals=data, at=AT, who="worker")
    say(*(f"document {identity}" for identity in added.new))
    store.save_readings(reports, reader="test")


def judge(store: Store, draw: random.Random, who: str) -> None:
    """One judgement of a kind that reviewers make, on something that is there."""
    kind = draw.choice(["accept", "reject", "correct", "comment", "merge", "undo"])
    claims, events = store.claims().items, store.events().items
    own = [act for act in store.acts(who=who).items if act.kind in ("accept", "reject", "correct", "merge")]
    if not claims or (kind == "merge" and len(events) < 2) or (kind == "undo" and not own):
        return
    detail: dict[str, object] = {}
    subject, target = "claim", draw.choice(claims).claim.id
    if kind == "correct":
        detail = {"set": {"polarity": draw.choice(["affirmed", "negated"])}}
    elif kind == "comment":
        detail = {"text": "seen"}
    elif kind == "merge":
        one, other = draw.sample(events, 2)
        subject, target, detail = "event", one.id, {"with": [other.id]}
    elif kind == "undo":
        target, detail = "", {"act": own[0].number}
    try:
        act = store.act(kind, subject, target, who=who, at=AT, detail=detail)  # type: ignore[arg-type]
    except (Missing, Refused) as error:  # the other worker was quicker: it is gone, or undone already
        say(f"late {type(error).__name__}")
        return
    say(f"act {act.number} {act.hash}")


def say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    chronicle = open_store(sys.argv[1])
    print("ready", flush=True)
    work(chronicle, int(sys.argv[2]))
