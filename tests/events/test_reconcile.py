"""Claims join into events when they tell of one happening, and never otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import reading

from svidok.events import reconcile
from svidok.records import Judgement, Reading, Source

DAY = ("2022-03-09", "2022-03-09")


def battle(
    text: str, where: str, when: tuple[str | None, str | None] | None = DAY, **more: object
) -> dict[str, object]:
    return {"text": text, "type": "battle", "place": where, "when": when, "trigger": text.split()[0], **more}


def test_two_accounts_of_one_battle_are_one_event_with_two_witnesses() -> None:
    a = reading("a", battle("Fighting broke out in Brovary.", "Brovary"), source="AP")
    b = reading("b", battle("Battle raged around Brovary that day.", "Brovary"), source="Reuters")
    (event,) = reconcile([a, b])
    assert event.witnesses == 2
    assert len(event.claims) == 2
    assert event.judgements[0].verdict == "same"
    assert any("place" in r for r in event.judgements[0].reasons)


def test_battles_far_apart_in_place_or_time_stay_apart() -> None:
    readings = [
        reading("a", battle("Fighting broke out in Brovary.", "Brovary")),
        reading("b", battle("Fighting broke out in Kharkiv.", "Kharkiv")),
        reading("c", battle("Fighting broke out in Brovary.", "Brovary", ("1943-09-20", "1943-09-20"))),
    ]
    assert len(reconcile(readings)) == 3


def test_a_vague_claim_never_chains_two_battles() -> None:
    readings = [
        reading("a", battle("Fighting in Kharkiv took place.", "Kharkiv", ("1943-03-10", "1943-03-10"))),
        reading("b", battle("Battle of Kharkiv was bitter.", "Kharkiv", None)),
        reading("c", battle("Fighting in Kharkiv was heavy.", "Kharkiv", ("2022-03-10", "2022-03-10"))),
        reading("d", battle("Battle of Kharkiv began.", "Kharkiv", ("1943-03-10", "1943-03-10"))),
        reading("e", battle("Battle of Kharkiv began again.", "Kharkiv", ("2022-03-10", "2022-03-10"))),
    ]
    events = reconcile(readings)
    years = [set(e.claims) for e in events]
    assert len(events) == 3, years


def test_a_claim_on_several_places_is_an_event_at_each() -> None:
    a = reading(
        "a",
        {
            "text": "They recaptured Bucha, Irpin and Hostomel.",
            "type": "capture",
            "places": ["Bucha", "Irpin", "Hostomel"],
            "when": DAY,
        },
    )
    assert sorted(e.place.name for e in reconcile([a]) if e.place) == ["Bucha", "Hostomel", "Irpin"]


@pytest.mark.parametrize(
    ("modality", "polarity", "happened"),
    [
        ("asserted", "affirmed", True),
        ("planned", "affirmed", False),
        ("denied", "negated", False),
        ("possible", "affirmed", False),
    ],
)
def test_only_what_is_said_to_have_happened_happened(modality: str, polarity: str, happened: bool) -> None:
    (event,) = reconcile(
        [reading("a", battle("Fighting in Bucha.", "Bucha", modality=modality, polarity=polarity))]
    )
    assert event.happened is happened


def test_a_reviewer_overrules_the_judge_both_ways() -> None:
    a = reading("a", battle("Fighting broke out in Brovary.", "Brovary"))
    b = reading("b", battle("Battle raged around Brovary.", "Brovary"))
    c = reading("c", battle("Clashes went on at Kharkiv.", "Kharkiv"))
    ids = [r.claims[0].id for r in (a, b, c)]
    apart = Judgement(ids[0], ids[1], "different", ("two fights",), "reviewer:m")
    assert len(reconcile([a, b], judgements=[apart])) == 2
    together = Judgement(ids[0], ids[2], "same", ("one operation",), "reviewer:m")
    assert len(reconcile([a, c], judgements=[together])) == 1


def test_copies_and_citations_of_one_voice_are_one_witness() -> None:
    said = battle(
        "Fighting broke out in Brovary, the general staff said.", "Brovary", speaker="General Staff"
    )
    readings = [reading(x, said, source=x) for x in ("AP", "Reuters", "BBC")]
    (event,) = reconcile(readings)
    assert event.witnesses == 1


def test_the_battle_of_a_city_contains_the_fights_around_it() -> None:
    whole = battle(
        "Battle of Kyiv lasted five weeks.", "Kyiv", ("2022-02-25", "2022-04-02"), trigger="Battle of Kyiv"
    )
    part = battle("Fighting broke out in Bucha.", "Bucha", ("2022-03-03", "2022-03-03"))
    other = battle("Fighting broke out in Kharkiv.", "Kharkiv", ("2022-03-03", "2022-03-03"))
    events = {e.place.name: e for e in reconcile([reading("a", whole, part, other)]) if e.place}
    assert events["Bucha"].part_of == events["Kyiv"].id
    assert events["Kharkiv"].part_of is None


def test_counts_keep_low_best_and_high_with_the_rule() -> None:
    def killed(doc: str, n: int, how: str) -> object:
        return reading(
            doc,
            {
                "text": f"{how} Kharkiv killed {n} people.",
                "type": "casualties",
                "place": "Kharkiv",
                "when": DAY,
                "trigger": "killed",
                "counts": [(f"{n} people", "person", "killed", n, n)],
            },
            source=doc,
        )

    (event,) = reconcile(
        [killed("a", 11, "Shelling of"), killed("b", 13, "A rocket on"), killed("c", 13, "Shells fell on")]
    )  # type: ignore[list-item]
    (estimate,) = event.estimates
    assert (estimate.low, estimate.best, estimate.high) == (11, 13, 13)
    assert "most" in estimate.rule
    assert event.disputes == ("person: 11 or 13",)


def test_a_correction_is_kept_beside_what_it_corrects() -> None:
    def killed(doc: str, text: str, n: int) -> object:
        return reading(
            doc,
            {
                "text": text,
                "type": "casualties",
                "place": "Kharkiv",
                "when": DAY,
                "trigger": "killed",
                "counts": [(f"{n} people", "person", "killed", n, n)],
            },
            source="Agency",
        )

    first = killed("a", "The shelling of Kharkiv killed 45 people.", 45)
    later = killed(
        "b", "Correction: an earlier version was wrong, the shelling of Kharkiv killed 40 people.", 40
    )
    (event,) = reconcile([first, later])  # type: ignore[list-item]
    assert len(event.claims) == 2
    assert any(d.startswith("corrected: “Correction: an earlier version") for d in event.disputes)


def test_marks_of_sources_are_those_of_independent_witnesses_the_best_first() -> None:
    def marked(doc: str, source: Source, text: str) -> Reading:
        made = reading(doc, battle(text, "Brovary"))
        return replace(made, document=replace(made.document, source=source))

    readings = [
        marked("a", Source("AP", grade="C", credibility="3"), "Fighting broke out in Brovary."),
        marked("b", Source("AP", grade="B", credibility="2"), "Battle raged around Brovary that day."),
        marked("c", Source("Desk", credibility="4"), "Clashes shook Brovary on that morning."),
        marked("d", Source("Nobody"), "Troops fought near Brovary all day long."),
    ]
    (event,) = reconcile(readings)
    assert event.grades == ("B2", "-4")


def test_a_place_of_the_scene_neither_parts_nor_places_firmly() -> None:
    own = reading("a", battle("Fighting broke out in Brovary.", "Brovary"))
    lent = reading("b", battle("Fighting broke out near Kharkiv in Brovary.", "Kharkiv"))
    (claim,) = lent.claims
    inherited = replace(lent, claims=(replace(claim, places_inherited=True),))
    from svidok.events.atoms import expand
    from svidok.events.judge import conflict_of

    one, two, three = (expand([r])[0] for r in (own, lent, inherited))
    assert conflict_of(one, two) is not None
    assert conflict_of(one, three) is None
    assert three.lent_place
    assert not three.firm


def test_a_battle_named_often_is_one_event_and_no_other_battle() -> None:
    told = [
        battle("The Battle of Brovary was a defeat.", "Brovary", None),
        battle("Battle of Brovary on the maps.", "Brovary", ("2022-03-09", "2022-03-20")),
        battle("The battle of Kyiv was won.", "Kyiv", ("2022-03-19", "2022-03-20")),
        battle("Nobody lost the battle of Kyiv alone.", "Kyiv", None),
        battle("The battle for the Ukrainian capital, Kyiv, ended.", "Kyiv", ("2022-03-20", "2022-03-20")),
    ]
    events = reconcile([reading("a", *told)])
    assert sorted((e.label, len(e.claims)) for e in events) == [
        ("battle of Brovary", 2),
        ("battle of Kyiv", 3),
    ]


def test_inverted_and_open_times_and_unlocated_places_do_no_harm() -> None:
    odd = [
        battle("Fighting broke out in Brovary.", "Brovary", ("2022-03-12", "2022-03-09")),
        battle("Fighting went on in Brovary.", "Brovary", (None, "2022-03-09")),
        battle("Fighting lasted in Brovary.", "Brovary", ("2022-03-09", None)),
    ]
    made = reading("a", *odd)
    lost = replace(made, places=tuple(replace(p, lat=None, lon=None, key=None) for p in made.places))
    for one in (made, lost):
        events = reconcile([one])
        assert {c for e in events for c in e.claims} == {c.id for c in one.claims}
        assert reconcile([one]) == events
