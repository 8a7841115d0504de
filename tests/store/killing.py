"""Real kills: workers on one chronicle, SIGKILL at a random moment, and what is left must be whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from warfare import AT

from svidok.store import open_store

WORKER = Path(__file__).with_name("worker.py")


@dataclass
class Toll:
    """What became of one run: acts and reports that were committed, lost ones, and faults."""

    committed: int = 0
    lost: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.lost and not self.faults


def kill_once(
    where: str, seed: int, *, workers: int = 2, longest: float = 3.0, then: Callable[[], None] | None = None
) -> Toll:
    """Let workers write to a chronicle, kill all of them midway, and look at what is left.

    Args:
        where: the chronicle.
        seed: draws the moment and what the workers do.
        workers: how many at once.
        longest: seconds after which they are killed at the latest, counted from their first words.
        then: a further blow, dealt before the workers are killed.
    """
    draw = random.Random(seed)
    running = [
        subprocess.Popen(
            [sys.executable, str(WORKER), where, str(seed * 10 + n)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(workers)
    ]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()
    time.sleep(draw.random() * longest)
    if then is not None:
        then()
    for process in running:
        process.kill()
    toll = Toll()
    said: list[str] = []
    for process in running:
        out, wrong = process.communicate()
        said += [line for line in out.splitlines(keepends=True) if line.endswith("\n")]
        if "Traceback" in wrong:
            toll.errors.append(wrong.strip().splitlines()[-1])
    judge_of(where, [line.strip() for line in said], toll)
    return toll


def judge_of(where: str, said: list[str], toll: Toll) -> None:
    """Every act and report that was said to be kept is kept, and everything hashes as it should."""
    store = open_store(where)
    try:
        for line in said:
            kind, *rest = line.split()
            if kind == "error":
                toll.errors.append(rest[0])
            if kind not in ("act", "document"):
                continue
            toll.committed += 1
            there = (
                store.has_head(rest[1])
                if kind == "act"
                else store.identify(rest[0]) == (("document", rest[0]),)
            )
            if not there:
                toll.lost.append(line)
        toll.faults += [str(fault) for fault in store.verify()]
        with store.building():
            store.derive(at=AT, who="after")
        toll.faults += [str(fault) for fault in store.verify()]
    finally:
        store.close()
