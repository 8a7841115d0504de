"""Two writers, and writers that are killed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from killing import kill_once
from makers import Maker
from warfare import AT, claim_named, event_of, fill, judge, war

from svidok.errors import Busy
from svidok.store import Store, open_store
from svidok.store.sqlite import Sqlite


def test_two_writers_at_once_lose_nothing(new_store: Maker) -> None:
    store = new_store()
    fill(store, war())
    claims = [c.claim.id for c in store.claims().items]
    other = open_store(new_store.last)
    errors: list[BaseException] = []

    def judge_all(who: str, through: Store) -> None:
        try:
            for claim in claims * 2:
                judge(through, "accept", "claim", claim, who)
        except BaseException as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=judge_all, args=pair) for pair in (("olena", store), ("petro", other))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert errors == []
    assert store.acts(kinds=("accept",)).total == 4 * len(claims)
    assert store.verify() == ()


def test_a_second_builder_is_told_to_wait(new_store: Maker) -> None:
    store = new_store()
    other = open_store(new_store.last)
    with store.building():
        with pytest.raises(Busy, match="another process is building"), other.building():
            pass
        judge_free = other.status()
    assert judge_free.acts == 1
    with other.building():
        pass
    other.close()


def test_a_writer_that_waits_too_long_says_so(new_store: Maker) -> None:
    store = new_store()
    fill(store, war())
    impatient = open_store(new_store.last)
    impatient.database.wait = 0.2  # type: ignore[attr-defined]
    with (
        store.database.write(),  # type: ignore[attr-defined]
        pytest.raises(Busy, match="nothing was changed"),
    ):
        judge(impatient, "accept", "claim", claim_named(impatient, "Villagers"))
    judge(impatient, "accept", "claim", claim_named(impatient, "Villagers"))
    impatient.close()


def test_a_judgement_during_a_build_is_not_lost(store: Store) -> None:
    fill(store, war())
    event = event_of(store, "Villagers")
    rejected = claim_named(store, "They plan")
    told: list[str] = []

    def meddle(line: str) -> None:
        told.append(line)
        if line == "writing what changed" and told.count(line) == 1:
            judge(store, "accept", "event", event, "petro")
            judge(store, "reject", "claim", rejected, "petro")

    status = store.derive(at=AT, who="olena", tell=meddle)
    assert told.count("writing what changed") == 2, "the build saw that it was out of date"
    assert not status.stale
    assert store.state("event", event).status == "accepted"
    assert store.claim(rejected).events == ()


def test_what_is_opened_twice_in_one_process_keeps_its_locks(new_store: Maker) -> None:
    store = new_store()
    fill(store, war())
    open_store(new_store.last).close()
    assert _acts_seen_elsewhere(new_store.last) == store.status().acts
    judge(store, "accept", "claim", claim_named(store, "Villagers"))
    assert _acts_seen_elsewhere(new_store.last) == store.status().acts


def _acts_seen_elsewhere(where: str | Path) -> int:
    """Another process opens the chronicle, counts the acts, and closes it."""
    script = (
        "import sys; from svidok.store import open_store; store = open_store(sys.argv[1]); "
        "print(store.status().acts); store.close()"
    )
    line = [sys.executable, "-c", script, str(where)]
    return int(subprocess.run(line, check=True, capture_output=True, text=True).stdout)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_kills_lose_nothing_that_was_committed(new_store: Maker, seed: int) -> None:
    store = new_store()
    fill(store, war())
    toll = kill_once(str(new_store.last), seed, longest=2.0)
    assert toll.whole, (toll.lost, toll.faults)
    assert set(toll.errors) <= {"Busy"}


def test_a_lock_on_a_file_that_was_taken_away_keeps_out_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody opens the file of the lock just before its holder takes it away."""
    database = Sqlite(tmp_path / "a.svidok")
    with database.building():
        late = sqlite3.connect(tmp_path / "a.svidok-building", timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            late.execute("BEGIN EXCLUSIVE")
    connections = [late]
    connect = sqlite3.connect

    def first_the_late_one(*given: Any, **named: Any) -> sqlite3.Connection:
        return connections.pop() if connections else connect(*given, **named)

    monkeypatch.setattr(sqlite3, "connect", first_the_late_one)
    with database.building():
        assert not connections
        with pytest.raises(Busy), database.building():
            pass
    assert not list(tmp_path.glob("*-building*"))
    database.close()
