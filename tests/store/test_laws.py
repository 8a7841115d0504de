"""Building bit by bit gives what building at once gives, in every order and with every judgement."""

from __future__ import annotations

import random
from typing import Any

import pytest
from makers import Maker
from sqlalchemy import select
from warfare import AT, fill, war
from wars import some_war

from svidok.store import Store
from svidok.store import tables as t


def derived(store: Store) -> dict[str, Any]:
    """Everything that was derived, without the numbers by which tables point to one another."""
    out: dict[str, Any] = {}
    with store.database.read() as connection:  # type: ignore[attr-defined]
        for table in t.DERIVED:
            columns = [c for c in table.c if c.name not in ("number", "ref")]
            rows = [tuple(row) for row in connection.execute(select(*columns))]
            out[table.name] = sorted(rows, key=repr)
        for kind, table in (
            ("claim", t.claims),
            ("event", t.events),
            ("row", t.rows),
            ("finding", t.findings),
        ):
            f = t.facets.c
            query = select(table.c.id, f.field, f.value).where(f.kind == kind, f.ref == table.c.number)
            out[f"{kind} facets"] = sorted(tuple(row) for row in connection.execute(query))
    return out


def judge_something(store: Store, draw: random.Random) -> None:
    """A judgement that fits what is there now."""
    claims = sorted(c.claim.id for c in store.claims().items)
    events = sorted(e.id for e in store.events().items)
    kind = draw.choice(["reject", "correct", "accept", "merge", "split", "grade"])
    who = draw.choice(["olena", "petro"])
    if kind in ("merge", "split"):
        one, other = draw.sample(claims, 2)
        store.act(kind, "claim", one, who=who, at=AT, detail={"with" if kind == "merge" else "from": [other]})
    elif kind == "accept":
        store.act(kind, "event", draw.choice(events), who=who, at=AT)
    else:
        detail = {"correct": {"set": {"type": "siege"}}, "grade": {"grade": "3"}, "reject": {}}[kind]
        store.act(kind, "claim", draw.choice(claims), who=who, at=AT, detail=detail)


@pytest.mark.parametrize("seed", range(4))
def test_bit_by_bit_is_at_once(new_store: Maker, seed: int) -> None:
    draw = random.Random(seed)
    reports = some_war(seed, 8)
    slow, quick = new_store(), new_store()
    rest = list(reports)
    while rest:
        size = draw.randint(1, 3)
        portion, rest = rest[:size], rest[size:]
        fill(slow, portion)
        judge_something(slow, draw)
        if draw.random() < 0.3:
            slow.save_readings([draw.choice(reports[: len(reports) - len(rest)])], reader="again")
    slow.derive(at=AT, who="olena")
    fill(quick, reports, build=False)
    copy_acts(slow, quick)
    quick.derive(at=AT, who="olena")
    left, right = derived(slow), derived(quick)
    for name in left:
        assert left[name] == right[name], name
    assert left["events"]


def copy_acts(source: Store, target: Store) -> None:
    """Put the judgements of one log into another, as if they had been made there."""
    from svidok.store.reviewing import log
    from svidok.store.settle import read_acts

    with source.database.read() as reading, target.database.write() as writing:  # type: ignore[attr-defined]
        for act in read_acts(reading):
            if act.subject is not None:
                log(
                    writing, who=act.who, at=act.at, kind=act.kind,
                    subject=act.subject, target=act.target, detail=act.detail,
                )  # fmt: skip


def test_building_twice_changes_nothing(store: Store) -> None:
    fill(store, war())
    before = derived(store)
    store.derive(at=AT, who="olena")
    assert derived(store) == before
    assert store.acts(kinds=("build",)).items[0].detail == {"changed": 0}


def test_adding_a_report_touches_only_what_it_changes(store: Store) -> None:
    readings = war()
    fill(store, readings[:2])
    with store.database.read() as connection:  # type: ignore[attr-defined]
        before = dict(connection.execute(select(t.events.c.id, t.events.c.number)).tuples().all())
    fill(store, readings[2:])
    with store.database.read() as connection:  # type: ignore[attr-defined]
        after = dict(connection.execute(select(t.events.c.id, t.events.c.number)).tuples().all())
    kept = before.keys() & after.keys()
    assert len(kept) == 4
    assert all(before[key] == after[key] for key in kept)
    assert len(after) == 5


def test_a_report_taken_out_leaves_no_trace_but_the_log(new_store: Maker) -> None:
    readings = war()
    with_it, without = new_store(), new_store()
    fill(with_it, readings)
    with_it.remove("c", at=AT, who="olena", why="a forgery")
    with_it.derive(at=AT, who="olena")
    fill(without, readings[:2])
    assert derived(with_it) == derived(without)
    assert with_it.acts(kinds=("remove",)).items[0].detail == {"why": "a forgery"}
    assert with_it.custody("c")
    assert with_it.original(readings[2].document.sha256)
    assert with_it.verify() == ()
