"""Sums are worked out once for each state of a chronicle, and never told of another one."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest
from makers import Maker
from sqlalchemy import Connection
from warfare import AT, fill, hashed, judge, war

from svidok.store import (
    Box,
    Columns,
    Filter,
    Near,
    Order,
    Paging,
    Store,
    derive,
    lists,
    open_store,
    questions,
    tally,
)
from svidok.store.board import Board, load_board
from svidok.store.memory import Memory
from svidok.store.questions import common
from svidok.store.words import folded

PASSWORD = "correct horse battery"


def test_of_many_who_ask_at_once_one_works_it_out() -> None:
    made: list[int] = []
    memory = Memory[str](10)

    def make() -> str:
        made.append(1)
        time.sleep(0.05)
        return "answer"

    told: list[str] = []
    askers = [threading.Thread(target=lambda: told.append(memory.recall("question", make))) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert (told, len(made)) == (["answer"] * 8, 1)


def test_what_is_too_heavy_goes_and_what_was_used_last_stays() -> None:
    memory = Memory[str](10, len)
    memory.put("a", "aaaa")
    memory.put("b", "bbbb")
    assert memory.get("a") == "aaaa"
    memory.put("c", "cccc")
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == ("aaaa", None, "cccc")
    memory.put("a", "a")
    memory.put("d", "d" * 11)
    assert (memory.get("a"), memory.get("c"), memory.get("d")) == ("a", "cccc", None)


def test_whatever_is_asked_again_is_not_worked_out_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, war())
    first = store.counts("type"), store.days(), store.status()
    for name in ("counts", "days"):
        monkeypatch.setattr(questions, name, None)
    monkeypatch.setattr(tally, "status", None)
    assert (store.counts("type"), store.days(), store.status()) == first
    with pytest.raises(TypeError):
        store.counts("side")


def test_every_write_changes_the_mark_and_no_question_does(store: Store) -> None:
    readings = [hashed(reading) for reading in war()]
    claim: list[str] = []

    def take_claim() -> None:
        claim.append(store.claims().items[0].claim.id)

    writes: list[Callable[[], object]] = [
        lambda: store.add([r.document for r in readings], at=AT, who="olena"),
        lambda: store.save_readings(readings, reader="r1"),
        lambda: store.derive(at=AT, who="olena"),
        lambda: judge(store, "comment", "claim", claim[0], "olena", text="look again"),
        lambda: judge(store, "reject", "claim", claim[0], "olena", why="doubtful"),
        lambda: store.derive(at=AT, who="olena"),
        lambda: store.note("publish", who="olena", at=AT, detail={}),
        lambda: store.save_user("petro", role="viewer", password=PASSWORD, who="olena", at=AT),
        lambda: store.remove(readings[0].document.id, at=AT, who="olena", why="twice"),
    ]
    seen = [store.mark()]
    for write in writes:
        if store.claims().total and not claim:
            take_claim()
        write()
        status = store.status()
        assert status.documents == store.documents().total
        assert sum(count.number for count in store.counts("type")) == store.events().total
        seen.append(store.mark())
        assert store.mark() == seen[-1]
    assert len(set(seen)) == len(seen)
    store.login("petro", PASSWORD, at=AT)
    assert store.mark() == seen[-1]


def test_words_that_stand_nearly_everywhere_are_listed_in_their_order(
    full: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = Paging(order="relevance")
    by_rank = full.search("bucha", Filter(), best)
    monkeypatch.setattr(common, "RANKED", 1)
    for answer in (full.search("bucha", Filter(), best), full.search("bucha", Filter(), Paging())):
        assert {hit.document for hit in answer.items} == {hit.document for hit in by_rank.items}
        assert answer.items == full.search("bucha").items
    assert full.events(Filter(text="kharkiv"), best).items == full.events(Filter(text="kharkiv")).items
    assert full.claims(Filter(text="kharkiv"), best).items == full.claims(Filter(text="kharkiv")).items


@pytest.mark.parametrize("field", ["type", "side", "source", "place"])
@pytest.mark.parametrize(
    "wanted", [Filter(), Filter(earliest="2022-04"), Filter(sources=("AP",)), Filter(text="x")]
)
def test_counts_under_a_filter_are_those_of_its_events(full: Store, field: str, wanted: Filter) -> None:
    found: Counter[str] = Counter()
    for view in full.events(wanted).items:
        if field == "type":
            found[view.type] += 1
        elif field == "place":
            found[folded(view.place or "")] += 1
        else:
            found.update(getattr(view, f"{field}s"))
    counted = full.counts(field, wanted)
    assert {count.value: count.number for count in counted} == {k: n for k, n in found.items() if k}
    assert list(counted) == sorted(counted, key=lambda count: (-count.number, count.value))
    assert full.counts(field, wanted, limit=1) == counted[:1]


ASKED = (
    Filter(),
    Filter(types=("strike", "capture")),
    Filter(earliest="2022-04"),
    Filter(latest="2022-03"),
    Filter(earliest="2022-03-20", latest="2022-04-10", happened=True),
    Filter(dated=True),
    Filter(dated=False),
    Filter(placed=True),
    Filter(placed=False, happened=False),
    Filter(known_by="2022-04-02"),
    Filter(min_witnesses=2),
    Filter(box=Box(50, 30, 51, 32)),
    Filter(box=Box(40, 36, 60, -170)),
    Filter(near=Near(50.45, 30.5, 60)),
    Filter(place="Bucha"),
    Filter(place="buch*"),
    Filter(text="kharkiv"),
    Filter(text="kharkiv", sources=("AP",)),
    Filter(sides=("Ukraine",)),
    Filter(sides=("nobody",)),
    Filter(sources=("AP",)),
    Filter(sources=("AP",), also_sources=("Suspilne",)),
    Filter(sources=("AP",), not_sources=("Suspilne",)),
    Filter(speakers=("nobody",)),
    Filter(dossier="north"),
    Filter(documents=("a", "c")),
    Filter(statuses=("accepted",)),
    Filter(statuses=("unreviewed", "disputed")),
)


def told_of(store: Store, wanted: Filter) -> tuple[object, ...]:
    """All that is listed and counted under a filter."""
    orders: tuple[Order, ...] = ("time", "-time", "relevance")
    pages = [
        store.events(wanted, Paging(number=number, size=2, order=order))
        for order in orders
        for number in (1, 2)
    ]
    return (*pages, store.points(wanted), store.points(wanted, limit=1), store.days(wanted))


def drawn(found: Columns) -> list[tuple[object, ...]]:
    """Columns as rows."""
    return [
        (
            found.id[at],
            found.types[found.type[at]],
            None if (side := found.side[at]) is None else found.sides[side],
            *((None, None, None) if (spot := found.spot[at]) is None else found.spots[spot]),
            found.first[at],
            found.last[at],
            bool(found.happened[at]),
        )
        for at in range(len(found.id))
    ]


def test_a_board_tells_what_the_database_does(new_store: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    store = new_store()
    fill(store, war())
    judge(store, "accept", "event", store.events().items[1].id)
    made: list[Board] = []

    def load(connection: Connection) -> Board:
        made.append(load_board(connection))
        return made[-1]

    monkeypatch.setattr(lists, "load_board", load)
    monkeypatch.setattr(lists, "PATIENCE", 10**6)
    asked = {wanted: told_of(store, wanted) for wanted in ASKED}
    assert not made
    monkeypatch.setattr(lists, "PATIENCE", 0)
    again = open_store(new_store.last)
    try:
        again.counts("type", Filter(happened=True))
        for wanted, told in asked.items():
            assert told_of(again, wanted) == told, wanted
            assert drawn(again.columns(wanted)) == [
                (p.id, p.type, p.side, p.lat, p.lon, p.radius_km, p.first, p.last, p.happened)
                for p in again.points(wanted)
            ]
    finally:
        again.close()
    assert len(made) == 1


def test_a_board_is_of_one_build_and_of_all_judgements(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PATIENCE", 0)
    fill(store, war())
    wanted = Filter(happened=True)
    before = store.events(wanted)
    first = before.items[0]
    judge(store, "accept", "event", first.id)
    assert store.events(wanted).items[0].state.status == "accepted"
    assert [view.id for view in store.events(Filter(statuses=("accepted",))).items] == [first.id]
    assert {p.id: p.status for p in store.points(wanted)}[first.id] == "accepted"
    claim = store.event(first.id).claims[0].claim.id
    judge(store, "reject", "claim", claim, why="a hoax")
    assert store.events(wanted).total == before.total, "joined anew only by a build"
    store.derive(at=AT, who="olena")
    after = store.events(wanted)
    assert after != before
    assert {view.id for view in after.items} == {view.id for view in store.all_events() if view.happened}


def test_a_build_that_only_moves_control_is_told_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, war())
    assert store.holders("2022-04-04")
    monkeypatch.setattr(derive, "control_spans", lambda readings, settlements: ())
    store.derive(at=AT, who="olena")
    assert store.holders("2022-04-04") == store.control("2022-04-04") == ()
