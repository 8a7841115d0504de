"""Kill-at-random runs on a chronicle: nothing that was committed is lost, nothing is corrupt.

    python benchmarks/kills.py --runs 200
    python benchmarks/kills.py --runs 200 --backend postgresql

Each run starts two real processes that add, build and judge, kills both with SIGKILL at a random moment,
and then checks every act and report they had been told was kept, and everything with ``verify``. In every
fifth run on PostgreSQL the server is stopped at once too, without a word to anybody, and started again. All
runs work on one chronicle, renewed every 20 runs, so that it is killed in every state.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "events"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "store"))

from cluster import Cluster, find_binaries
from killing import kill_once
from warfare import AT, fill, war

from svidok.store import create_store

RENEW = 20


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill-at-random runs on a chronicle.")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--backend", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    began = time.time()
    committed, broken, errors = 0, 0, 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="svidok-kills-")))
        cluster = None
        if given.backend == "postgresql":
            binaries = find_binaries()
            if binaries is None:
                sys.exit("no PostgreSQL server is installed: apt-get install postgresql")
            cluster = stack.enter_context(Cluster(binaries, fsync=True))
        where = ""
        for run in range(given.runs):
            if run % RENEW == 0:
                print(f"{run} runs, {committed} committed, {broken} broken", flush=True)
                where = cluster.database() if cluster else str(folder / f"run{run}.svidok")
                store = create_store(where, at=AT, who="olena")
                fill(store, war())
                store.close()
            blow = cluster.crash if cluster and run % 5 == 4 else None
            toll = kill_once(where, given.seed + run, then=blow)
            committed += toll.committed
            errors += len(toll.errors)
            if not toll.whole:
                broken += 1
                print(f"run {run}: lost {toll.lost}, faults {toll.faults}", flush=True)
    print(
        f"{given.backend}: {given.runs} runs with two writers each, {committed} committed acts and reports, "
        f"{broken} runs with a loss or a fault, {errors} times told to wait, {time.time() - began:.0f} s"
    )
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
