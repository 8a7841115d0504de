"""Sums are worked out once for each state of a chronicle, and never told of another one."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest
from warfare import AT, fill, hashed, judge, war

from svidok.store import Filter, Paging, Store, questions, sums
from svidok.store.memory import Memory
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
    monkeypatch.setattr(sums, "_values", None)
    monkeypatch.setattr(questions, "days", None)
    assert (store.counts("type"), store.days(), store.status()) == first
    with pytest.raises(TypeError):
        store.counts("side", Filter(place="Bucha"))


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
    monkeypatch.setattr(questions, "RANKED", 1)
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
