"""Judgements: apart from what the machine found, never lost by a build, all in one log."""

from __future__ import annotations

from dataclasses import replace

import pytest
from warfare import AT, claim_named, event_of, fill, hashed, judge, war

from svidok.errors import Missing, Refused
from svidok.store import Filter, Paging, Store

BUCHA, DENIAL, SATURDAY = "Ukrainian troops", "Moscow says", "Bucha was taken"


def rebuild(store: Store) -> None:
    store.derive(at=AT, who="olena")


def test_a_rejected_claim_leaves_its_event_and_stays_in_the_store(store: Store) -> None:
    fill(store, war())
    denial = claim_named(store, DENIAL)
    judge(store, "reject", "claim", denial, why="a misreading")
    assert store.status().stale
    rebuild(store)
    event = store.event(event_of(store, SATURDAY))
    assert denial not in event.event.claims
    assert event.view.standing == "asserted"
    assert store.claim(denial).state.status == "rejected"
    assert store.claim(denial).words.startswith(DENIAL)
    assert store.reading("b") == war()[1], "what the machine read is not written to"


def test_a_correction_moves_the_event_and_keeps_the_machines_reading(store: Store) -> None:
    fill(store, war())
    left = claim_named(store, "Russian forces left")
    place = {"name": "Brovary", "lat": 50.51, "lon": 30.79, "kind": "settlement"}
    when = {"earliest": "2022-03-30", "latest": "2022-03-31"}
    judge(store, "correct", "claim", left, set={"place": place, "time": when, "speaker": "the mayor"})
    assert store.claim(left).effective.speaker == "the mayor", "shown at once"
    rebuild(store)
    view = store.event(event_of(store, "Russian forces left")).view
    assert (view.place, view.earliest, view.latest) == ("Brovary", "2022-03-30", "2022-03-31")
    claim = store.claim(left)
    assert (claim.claim.speaker, claim.effective.speaker) == (None, "the mayor")
    assert claim.claim.time is not None
    assert claim.claim.time.earliest == "2022-03-28"
    assert claim.state.status == "corrected"
    assert store.claims(Filter(place="Brovary", types=("withdraw",))).total == 1


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"colour": "red"},
        {"modality": "sung"},
        {"time": {"earliest": 3}},
        {"place": {"lat": "north"}},
        {"type": 7},
    ],
)
def test_a_correction_that_does_not_fit_is_refused_and_not_logged(store: Store, fields: object) -> None:
    fill(store, war())
    before = store.status().acts
    with pytest.raises(Refused):
        judge(store, "correct", "claim", claim_named(store, BUCHA), set=fields)
    assert store.status().acts == before


def test_an_event_is_corrected_as_a_whole(store: Store) -> None:
    fill(store, war())
    event = event_of(store, BUCHA)
    judge(store, "correct", "event", event, set={"label": "liberation of Bucha"})
    rebuild(store)
    view = store.event(event).view
    assert (view.label, view.state.status) == ("liberation of Bucha", "corrected")
    assert store.rows("chronology", Filter(place="Bucha")).items[0].row.label == "liberation of Bucha"  # type: ignore[attr-defined]
    with pytest.raises(Refused):
        judge(store, "correct", "event", event, set={"witnesses": 12})


def test_merging_holds_against_the_rules(store: Store) -> None:
    fill(store, war())
    one, other = event_of(store, BUCHA), event_of(store, "Russian forces left")
    judge(store, "merge", "event", one, with_=None, **{"with": [other]})
    rebuild(store)
    assert event_of(store, BUCHA) == event_of(store, "Russian forces left")
    assert any(j.judge == "reviewer olena" for j in store.event(event_of(store, BUCHA)).judgements)


def test_splitting_holds_against_the_rules(store: Store) -> None:
    fill(store, war())
    event = event_of(store, BUCHA)
    taken = claim_named(store, SATURDAY)
    act = judge(store, "split", "event", event, **{"from": [taken]})
    rebuild(store)
    assert event_of(store, SATURDAY) != event_of(store, BUCHA)
    judge(store, "undo", "event", event, act=act.number)
    rebuild(store)
    assert event_of(store, SATURDAY) == event_of(store, BUCHA) == event


def test_reviewers_who_differ_on_a_pair_leave_it_to_the_rules(store: Store) -> None:
    fill(store, war())
    one, other = event_of(store, BUCHA), event_of(store, "Russian forces left")
    judge(store, "merge", "event", one, **{"with": [other]})
    left, right = claim_named(store, BUCHA), claim_named(store, "Russian forces left")
    judge(store, "split", "claim", left, "petro", **{"from": [right]})
    rebuild(store)
    assert event_of(store, "Russian forces left") == other
    assert store.event(other).view.state.status == "disputed"


def test_two_reviewers_may_differ_and_an_adjudicator_decides(store: Store) -> None:
    fill(store, war())
    event = event_of(store, BUCHA)
    judge(store, "accept", "event", event)
    judge(store, "reject", "event", event, "petro")
    assert store.state("event", event).status == "disputed"
    assert store.queue().items[0].id == event
    ruling = judge(store, "adjudicate", "event", event, "maria", verdict="accept")
    state = store.state("event", event)
    assert (state.status, state.act, state.reviewers) == (
        "accepted",
        ruling.number,
        ("olena", "petro", "maria"),
    )
    judge(store, "accept", "event", event, "petro")
    assert store.state("event", event).status == "accepted"


def test_undo_and_undoing_the_undo(store: Store) -> None:
    fill(store, war())
    event = event_of(store, BUCHA)
    act = judge(store, "accept", "event", event)
    undo = judge(store, "undo", "event", event, act=act.number)
    assert store.state("event", event).status == "unreviewed"
    with pytest.raises(Refused):
        judge(store, "undo", "event", event, act=act.number)
    judge(store, "undo", "event", event, act=undo.number)
    assert store.state("event", event).status == "accepted"
    shown = {a.number: a.undone_by for a in store.acts(target=event).items}
    assert shown == {act.number: None, undo.number: undo.number + 1, undo.number + 1: None}


def test_no_build_loses_a_judgement(store: Store) -> None:
    readings = war()
    fill(store, readings)
    event, kept = event_of(store, BUCHA), claim_named(store, "Villagers built")
    judge(store, "accept", "event", event)
    judge(store, "accept", "claim", kept)
    judge(store, "reject", "claim", claim_named(store, "They plan"), why="opinion")
    blind = replace(readings[0], claims=readings[0].claims[:1])
    store.save_readings([blind], reader="a worse reader")
    rebuild(store)
    carried = store.claim(kept)
    assert (carried.state.status, carried.words) == ("accepted", "Villagers built shelters in Brovary.")
    assert store.event(carried.events[0]).view.place == "Brovary"
    assert [act.kind for act in store.orphans()] == ["reject"]
    store.save_readings(readings, reader="a better reader")
    rebuild(store)
    assert store.claims(Filter(statuses=("rejected",))).total == 1
    assert store.orphans() == ()
    assert store.state("event", event).status == "accepted"


def test_a_judgement_follows_its_words_to_a_new_id(store: Store) -> None:
    readings = war()
    fill(store, readings)
    old = claim_named(store, "Russian forces left")
    judge(store, "correct", "claim", old, set={"speaker": "the mayor"})
    fresh = tuple(replace(c, id=f"{c.id[:15]}x") if c.id == old else c for c in readings[0].claims)
    store.save_readings([replace(readings[0], claims=fresh)], reader="new")
    rebuild(store)
    heir = store.claim(f"{old[:15]}x")
    assert (heir.effective.speaker, heir.state.status) == ("the mayor", "corrected")


def test_an_event_that_grows_wants_another_look(store: Store) -> None:
    readings = war()
    fill(store, readings[:2])
    old = event_of(store, BUCHA)
    judge(store, "accept", "event", old)
    fill(store, readings[2:])
    new = event_of(store, BUCHA)
    assert new != old
    assert store.event(new).view.state.status == "changed"
    assert any(item.id == new and "changed" in item.reason for item in store.queue().items)
    judge(store, "accept", "event", new)
    assert store.state("event", new).status == "accepted"


def test_the_queue_puts_first_what_matters_most(store: Store) -> None:
    fill(store, war())
    items = store.queue(paging=Paging(size=100)).items
    assert len(items) == store.status().waiting == store.queue().total
    assert items[0].subject == "finding"
    weights = [item.weight for item in items]
    assert weights == sorted(weights, reverse=True)
    assert "12" in items[[item.subject for item in items].index("claim")].label
    pages = [store.queue(paging=Paging(number=n, size=4)).items for n in (1, 2)]
    assert [i.id for page in pages for i in page] == [i.id for i in items[:8]]
    judge(store, "accept", items[0].subject, items[0].id)
    assert items[0].id not in {i.id for i in store.queue().items}
    judge(store, "reject", items[1].subject, items[1].id, "petro")
    mine = store.queue(subject="event", reviewer="petro").items
    assert items[1].id not in {i.id for i in mine}


def test_grades_and_comments_change_no_verdict(store: Store) -> None:
    fill(store, war())
    event = event_of(store, BUCHA)
    judge(store, "grade", "event", event, grade="2")
    judge(store, "comment", "event", event, text="seen on film")
    judge(store, "grade", "source", "TASS", grade="E")
    state = store.state("event", event)
    assert (state.status, state.grade, state.comments) == ("unreviewed", "2", 1)
    assert store.state("source", "TASS").grade == "E"
    effective, _ = store.effective()
    assert [r.document.source.grade for r in effective if r.document.source] == [None, "E", None]


@pytest.mark.parametrize(
    ("kind", "subject", "detail"),
    [
        ("accept", "document", {}),
        ("dance", "event", {}),
        ("grade", "event", {"grade": "A"}),
        ("grade", "event", {}),
        ("comment", "event", {"text": "  "}),
        ("merge", "event", {}),
        ("split", "event", {"from": ["nobody"]}),
        ("split", "event", {}),
        ("adjudicate", "event", {"verdict": "perhaps"}),
    ],
)
def test_what_does_not_fit_is_refused(
    store: Store, kind: str, subject: str, detail: dict[str, object]
) -> None:
    fill(store, war())
    target = event_of(store, BUCHA) if subject == "event" else "a"
    with pytest.raises(Refused):
        judge(store, kind, subject, target, **detail)


def test_what_is_not_there_cannot_be_judged(store: Store) -> None:
    fill(store, war())
    for subject in ("claim", "event", "finding"):
        with pytest.raises(Missing):
            judge(store, "accept", subject, "0" * 16)
    with pytest.raises(Missing):
        judge(store, "undo", "event", "x", act=999)
    with pytest.raises(Refused):
        judge(store, "undo", "event", "x", act=1)
    with pytest.raises(Refused):
        store.act("accept", "event", event_of(store, BUCHA), who=" ", at=AT)


def test_only_an_admin_adjudicates_where_users_are_known(store: Store) -> None:
    pytest.importorskip("argon2")
    fill(store, war())
    event = event_of(store, BUCHA)
    store.save_user("maria", role="admin", password="long enough", who="root", at=AT)
    store.save_user("petro", role="reviewer", password="long enough", who="root", at=AT)
    act = judge(store, "accept", "event", event, "petro")
    with pytest.raises(Refused):
        judge(store, "adjudicate", "event", event, "petro", verdict="accept")
    judge(store, "adjudicate", "event", event, "maria", verdict="reject")
    judge(store, "undo", "event", event, "maria", act=act.number)
    assert store.state("event", event).status == "rejected"


def test_agreement_of_reviewers(store: Store) -> None:
    fill(store, war())
    claims = [c.claim.id for c in store.claims().items]
    for at, claim in enumerate(claims[:4]):
        judge(store, "accept" if at < 3 else "reject", "claim", claim)
        judge(store, "accept" if at < 2 else "reject", "claim", claim, "petro")
    found = store.agreement()
    assert (found.items, found.reviewers) == (4, ("olena", "petro"))
    assert found.kappa == (("olena", "petro", 4, 0.5),)
    assert found.alpha == pytest.approx(8 / 15, abs=1e-6)


def test_a_second_text_under_one_id_keeps_both(store: Store) -> None:
    readings = war()
    fill(store, readings)
    other = hashed(replace(readings[0], document=replace(readings[0].document, text="Another text.")))
    added = store.add([other.document, readings[0].document], at=AT, who="olena")
    assert (added.new, added.known) == (("a~2",), ("a",))
    again = store.add([other.document], at=AT, who="olena")
    assert again.known == ("a~2",)
