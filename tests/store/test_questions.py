"""What pages ask, and that every filter keeps what it says and leaves out the rest."""

from __future__ import annotations

from itertools import pairwise

import pytest
from warfare import event_of, fill, judge, war

from svidok.errors import InputError, Missing
from svidok.store import VIEWS, Box, Filter, Near, Paging, Quote, Store


def labels(store: Store, **wanted: object) -> list[str]:
    return [event.label for event in store.events(Filter(**wanted)).items]  # type: ignore[arg-type]


def test_the_whole_is_counted(full: Store) -> None:
    status = full.status()
    assert (status.documents, status.unread, status.claims, status.stale) == (3, 0, 7, False)
    assert status.events == full.events().total == len(full.points()) == 5
    assert status.findings == full.findings().total > 0
    assert dict(status.rows) == {v: full.rows(v).total for v in VIEWS if full.rows(v).total}


BUCHA, IRPIN = "capture at Bucha", "withdraw at Irpin"
PLAN, DEAD, SHELTER = "battle at Kharkiv", "casualties at Kharkiv", "prepare at Brovary"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [IRPIN, BUCHA, DEAD, PLAN, SHELTER]),
        ({"text": "saturday"}, [BUCHA]),
        ({"text": "kill* civilians"}, [DEAD]),
        ({"text": '"civilians killed"'}, []),
        ({"place": "KHÁRKIV"}, [DEAD, PLAN]),
        ({"place": "khar*"}, [DEAD, PLAN]),
        ({"near": Near(50.52, 30.25, 1.0)}, [IRPIN]),
        ({"near": Near(50.52, 30.25, 10.0)}, [IRPIN, BUCHA]),
        ({"box": Box(49.0, 35.0, 51.0, 37.0)}, [DEAD, PLAN]),
        ({"box": Box(49.0, 35.0, 51.0, 31.0)}, [IRPIN, BUCHA, DEAD, PLAN, SHELTER]),
        ({"box": Box(49.0, 170.0, 51.0, -170.0)}, []),
        ({"earliest": "2022-04-01"}, [BUCHA, DEAD]),
        ({"latest": "2022-03"}, [IRPIN]),
        ({"earliest": "2022-03-28", "latest": "2022-03-28"}, [IRPIN]),
        ({"types": ("capture", "withdraw")}, [IRPIN, BUCHA]),
        ({"sides": ("Russia",)}, [IRPIN]),
        ({"sources": ("TASS",)}, [BUCHA]),
        ({"sources": ("AP",), "also_sources": ("TASS", "Suspilne")}, [BUCHA]),
        ({"sources": ("AP",), "not_sources": ("TASS",)}, [IRPIN, DEAD, PLAN, SHELTER]),
        ({"not_sources": ("AP",)}, []),
        ({"speakers": ("Moscow",)}, [BUCHA]),
        ({"documents": ("c",)}, [BUCHA]),
        ({"known_by": "2022-04-02"}, []),
        ({"known_by": "2022-04-03"}, [IRPIN, BUCHA, DEAD, PLAN, SHELTER]),
        ({"happened": False}, [PLAN]),
        ({"dated": False}, [PLAN, SHELTER]),
        ({"placed": False}, []),
        ({"min_witnesses": 2}, [BUCHA]),
        ({"text": "bucha", "sources": ("AP",), "types": ("withdraw",)}, []),
    ],
    ids=str,
)
def test_events_by_filter(full: Store, wanted: dict[str, object], found: list[str]) -> None:
    assert sorted(labels(full, **wanted)) == sorted(found)
    asked = Filter(**wanted)  # type: ignore[arg-type]
    assert {p.id for p in full.points(asked)} == {e.id for e in full.events(asked).items}


def test_pages_part_the_whole(full: Store) -> None:
    pages = [full.claims(paging=Paging(number=n, size=3)) for n in (1, 2, 3)]
    assert [len(page.items) for page in pages] == [3, 3, 1]
    assert len({claim.claim.id for page in pages for claim in page.items}) == 7
    assert (pages[0].total, pages[0].pages) == (7, 3)
    with pytest.raises(InputError):
        full.claims(paging=Paging(size=0))


def test_orders(full: Store) -> None:
    days = [event.earliest for event in full.events(paging=Paging(order="-time")).items]
    assert days == ["2022-04-02", "2022-04-02", "2022-03-28", None, None]
    assert [d.id for d in full.documents(paging=Paging(order="-added")).items] == ["c", "b", "a"]
    assert full.events(Filter(text="bucha"), Paging(order="relevance")).total == 1
    assert full.claims(Filter(text="bucha"), Paging(order="relevance")).total == 3


def test_a_claim_stands_in_its_words(full: Store) -> None:
    for claim in full.claims().items:
        text = full.document(claim.document).text
        assert text[claim.claim.start : claim.claim.end] == claim.words
        assert claim.before + claim.words + claim.after in text
        assert full.claim(claim.claim.id) == claim
        assert claim.events
    starts = [c.claim.start for c in full.claims_of("a")]
    assert starts == sorted(starts)
    assert len(starts) == 5


def test_an_event_shows_all_its_witnesses(full: Store) -> None:
    detail = full.event(event_of(full, "Bucha was taken"))
    assert {claim.source for claim in detail.claims} == {"AP", "TASS", "Suspilne"}
    assert detail.view.standing == "disputed"
    assert detail.view.sources == ("AP", "Suspilne", "TASS")
    assert detail.judgements
    assert detail.findings
    assert detail.view.known == "2022-04-03"


def test_several_at_once_are_those_one_by_one(full: Store) -> None:
    claims = [view.claim.id for view in full.claims().items]
    assert full.claims_by_id([*reversed(claims), "no such"]) == tuple(map(full.claim, reversed(claims)))
    rows = [row.id for row in full.rows("chronology").items]
    assert full.rows_by_id(["no such", *rows]) == tuple(map(full.row, rows))
    events = [view.id for view in full.events().items]
    assert full.quotes(events) == {
        key: tuple(
            Quote(c.claim.id, c.document, c.name, c.source, c.published, c.words)
            for c in full.event(key).claims
        )
        for key in events
    }
    assert full.quotes(["no such"]) == {"no such": ()}
    assert full.quotes(events, sources=["AP", "TASS"]) == {
        key: tuple(quote for quote in own if quote.source in ("AP", "TASS"))
        for key, own in full.quotes(events).items()
    }


def test_search_lights_up_the_words(full: Store) -> None:
    (hit,) = full.search("shell* killed").items
    assert [hit.words[a:b] for a, b in hit.marks] == ["Shelling", "killed"]
    assert (hit.document, hit.source) == ("a", "AP")
    assert len(hit.claims) == len(hit.events) == 1
    assert full.search("bucha", Filter(sources=("TASS",))).total == 1
    assert full.search("bucha").total == 3
    assert full.search('"never lost" moscow').total == 1
    with pytest.raises(InputError):
        full.search("— …")


@pytest.mark.parametrize(
    "question",
    ['"', "a AND b OR", "NEAR(", "x' OR 1=1 --", "col:val", "* ^", "(((", "\0", "a & b | !c <-> d"],
)
def test_no_question_breaks_the_search(full: Store, question: str) -> None:
    assert full.search(question + " word").total == 0


def test_counts_and_months(full: Store) -> None:
    assert {c.value: c.number for c in full.counts("type")} == {
        "capture": 1, "withdraw": 1, "battle": 1, "casualties": 1, "prepare": 1
    }  # fmt: skip
    assert [(c.value, c.number) for c in full.counts("side", Filter(text="bucha"))] == [("Ukraine", 1)]
    assert [(c.value, c.number) for c in full.days()] == [("2022-03", 1), ("2022-04", 2)]
    with pytest.raises(InputError):
        full.counts("colour")


def test_rows_of_the_ledger(full: Store) -> None:
    (loss,) = full.rows("losses").items
    assert loss.row.low == 12  # type: ignore[attr-defined]
    assert loss == full.row(loss.id)
    assert full.rows("chronology", Filter(types=("withdraw",))).total == 1
    assert full.rows("settlements", Filter(place="bucha")).total == 1
    assert full.rows("control", Filter(text="saturday")).total == 1
    with pytest.raises(InputError):
        full.rows("dreams")


def test_findings(full: Store) -> None:
    first = full.findings().items[0]
    assert first.finding.severity == "high"
    assert len(first.names) == len(first.finding.spans)
    assert full.finding(first.id) == first
    assert full.findings(Filter(severities=("high",))).total >= 1
    assert full.findings(Filter(documents=("b",))).total >= 1
    with pytest.raises(InputError):
        full.findings(Filter(earliest="2022"))


def test_documents(full: Store) -> None:
    assert [d.id for d in full.documents(Filter(text="moscow")).items] == ["b"]
    assert [d.id for d in full.documents(Filter(sides=("Russia",))).items] == ["b"]
    assert [d.id for d in full.documents(Filter(known_by="2022-04-05")).items] == ["a", "b"]
    assert [d.id for d in full.documents(Filter(types=("withdraw",))).items] == ["a"]
    assert full.original(full.document("a").sha256).decode() == full.document("a").text


@pytest.mark.parametrize("ask", ["document", "claim", "event", "finding", "row", "original"])
def test_what_is_not_there_is_said_so(full: Store, ask: str) -> None:
    with pytest.raises(Missing):
        getattr(full, ask)("no such id")


def test_a_reading_comes_back_as_it_was(full: Store) -> None:
    made = war()
    assert list(full.readings()) == made
    assert full.reading("b") == made[1]
    assert full.effective() == (tuple(made), ())


def test_statuses_filter_events_claims_and_rows(store: Store) -> None:
    fill(store, war())
    event = event_of(store, "Russian forces left")
    judge(store, "accept", "event", event)
    assert labels(store, statuses=("accepted",)) == [IRPIN]
    assert store.rows("chronology", Filter(statuses=("accepted",))).total == 1
    state = store.event(event).view.state
    assert (state.status, state.reviewers) == ("accepted", ("olena",))


def test_control_of_settlements_by_day(full: Store) -> None:
    held = {span.name: span for span in full.control("2022-04-04")}
    assert held["Bucha"].side == "Ukraine"
    assert held["Bucha"].evidence
    assert sum(share for _, share in held["Bucha"].shares) == pytest.approx(1.0, abs=0.11)
    assert full.control("2022-01-01") == full.holders("2022-01-01") == ()
    assert full.holders("2022-04-04") == tuple(
        (span.settlement, span.name, span.side, span.probability, span.first)
        for span in full.control("2022-04-04")
    )
    assert full.control("2022-04-04", box=Box(0, 0, 1, 1)) == ()
    spans = full.control_of(held["Bucha"].settlement)
    assert [span.first for span in spans] == sorted(span.first for span in spans)
    assert "2022-04-02" in {span.first for span in spans}
    assert all(one.last < two.first for one, two in pairwise(spans))
    with pytest.raises(InputError):
        full.control("someday")


def test_what_is_counted_stands_in_the_plural(full: Store) -> None:
    counted = {what for event in full.events().items for what, *_ in event.counts}
    assert counted == {"civilians killed"}
