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


def liberated(doc: str, text: str, *towns: str, number: str | None = None) -> Reading:
    made = reading(
        doc,
        {
            "text": text,
            "type": "capture",
            "places": list(towns),
            "when": DAY,
            "trigger": "liberated",
            "counts": [(number, "settlement", None, 30, None)] if number else [],
        },
        published="2022-03-10",
    )
    (claim,) = made.claims
    counts = tuple(replace(q, kind="places") for q in claim.quantities)
    return replace(made, claims=(replace(claim, quantities=counts),))


def test_towns_of_one_list_stay_apart_and_their_number_meets_the_same_number() -> None:
    listed = liberated(
        "a", "More than 30 towns were liberated: Bucha, Irpin.", "Bucha", "Irpin", number="More than 30 towns"
    )
    counted = liberated("b", "The army liberated more than 30 towns.", number="more than 30 towns")
    one = liberated("c", "Irpin was liberated.", "Irpin")
    events = reconcile([listed, counted, one])
    ids = {r.document.id: r.claims[0].id for r in (listed, counted, one)}
    told = sorted(
        (e.place.name or "" if e.place else "", sorted(n for n in ids if ids[n] in e.claims)) for e in events
    )
    assert told == [("", ["a", "b"]), ("Bucha", ["a"]), ("Irpin", ["a", "c"])]


def test_a_report_about_a_town_means_that_town_where_it_names_none() -> None:
    def wounded(text: str, **more: object) -> dict[str, object]:
        counts = [("One man", "person", "wounded", 1, 1)]
        return {"text": text, "type": "casualties", "trigger": "wounded", "counts": counts, **more}

    news = [
        battle("Fighting broke out in Irpin.", "Irpin", ("2022-03-05", "2022-03-05")),
        battle("Fighting went on in Irpin.", "Irpin", ("2022-03-05", "2022-03-06")),
    ]
    long_after = [
        {"text": f"Sentence {n} tells nothing.", "type": "statement", "trigger": "tells"} for n in range(4)
    ]
    local = reading("a", *news, *long_after, wounded("One man was wounded."), published="2022-03-08")
    there = reading("b", wounded("One man was wounded in Irpin.", place="Irpin"), published="2022-03-09")
    away = reading("c", wounded("One man was wounded in Kharkiv.", place="Kharkiv"), published="2022-03-09")
    homes = [
        {c[:1] for c in (docs_of(e.claims, local, there, away))} for e in reconcile([local, there, away])
    ]
    assert {"a", "b"} in homes
    assert {"c"} in homes


def docs_of(claims: tuple[str, ...], *readings: Reading) -> set[str]:
    return {r.document.id for r in readings for c in r.claims if c.id in claims}


def test_what_was_not_done_by_one_day_and_done_on_the_next_are_two() -> None:
    not_yet = battle(
        "Troops have not entered Brovary.", "Brovary", ("2022-03-09", "2022-03-09"), polarity="negated"
    )
    done = battle("Troops entered Brovary.", "Brovary", ("2022-03-10", "2022-03-10"))
    a = reading("a", not_yet, published="2022-03-09")
    b = reading("b", done, published="2022-03-11")
    assert len(reconcile([a, b])) == 2


def test_a_day_more_or_less_parts_nobody_who_tells_the_rest_alike() -> None:
    def hit(doc: str, day: str) -> Reading:
        told = battle("A rocket hit the bread queue at Brovary.", "Brovary", (day, day), trigger="hit")
        return reading(doc, {**told, "type": "strike", "who": ["Russia"]}, source=doc)

    assert len(reconcile([hit("a", "2022-03-09"), hit("b", "2022-03-10")])) == 1
    assert len(reconcile([hit("a", "2022-03-09"), hit("b", "2022-03-11")])) == 2


def test_things_of_one_scene_do_not_make_its_acts_one() -> None:
    from svidok.events.atoms import expand
    from svidok.events.evidence import evidence

    one, two = expand(
        [reading("a", battle("Fighting at Bucha.", "Bucha"), battle("Clash at Bucha.", "Bucha"))]
    )
    (other,) = expand([reading("b", battle("Fighting at Bucha.", "Bucha"))])
    lent = frozenset({"cross"})
    told = replace(one, anchors=lent, own=lent), replace(two, anchors=lent), replace(other, anchors=lent)
    assert "anchors" not in evidence(told[0], told[1])
    assert evidence(told[0], told[2])["anchors"] == 1


def test_two_deeds_of_one_sentence_are_two_happenings() -> None:
    from svidok.events.atoms import expand
    from svidok.events.evidence import evidence

    made = reading("a", battle("They killed four and tortured a man in Bucha.", "Bucha", trigger="killed"))
    (atom,) = expand([made])
    start = made.document.text.index("tortured")
    killed = replace(atom, family="harm", trigger="kill", deeds=frozenset({"kill"}), sentence=0)
    other = replace(atom.claim, id="other", trigger=(start, start + len("tortured")))
    tortured = replace(killed, claim=other, trigger="tortur", deeds=frozenset({"harm"}))
    assert evidence(killed, tortured)["two deeds"] == 1
    assert "two deeds" not in evidence(killed, replace(tortured, deeds=frozenset({"kill"})))


def test_a_correction_marks_the_happening_that_its_sentence_tells_of() -> None:
    text = "Correction: our report said that shells killed 12 people in Kharkiv."
    made = reading("a", {"text": text, "type": "casualties", "place": "Kharkiv", "trigger": "killed"})
    (claim,) = made.claims
    inner = replace(claim, start=text.index("shells"))
    (event,) = reconcile([replace(made, claims=(inner,))])
    assert event.disputes == (f"corrected: “{text}”",)


def test_the_dead_and_the_attack_of_one_trigger_are_one_event() -> None:
    told = {"text": "Soldiers shot nine men in Bucha.", "place": "Bucha", "when": DAY, "trigger": "shot"}
    made = reading("a", {**told, "type": "attack_civilians"})
    (attack,) = made.claims
    dead = replace(attack, id="dead", type="casualties")
    (event,) = reconcile([replace(made, claims=(attack, dead))])
    assert set(event.claims) == {attack.id, "dead"}


def test_a_title_is_restated_by_its_text_and_a_paragraph_seldom_tells_a_thing_twice() -> None:
    title = {
        "text": "Bombs on Bucha.",
        "type": "air_strike",
        "place": "Bucha",
        "when": DAY,
        "trigger": "Bombs",
    }
    body = {
        "text": "Bombs fell on Bucha.",
        "type": "air_strike",
        "place": "Bucha",
        "when": DAY,
        "trigger": "fell",
    }
    made = reading("a", title, body)
    one, two = made.sentences
    headed = replace(made, sentences=(replace(one, role="title"), two))
    from svidok.events.atoms import expand
    from svidok.events.judge import judge
    from svidok.events.scenes import situated

    plain, under = (judge(*situated(expand([r]), [r])).points for r in (made, headed))
    assert under > plain + 1


def test_a_title_is_restated_only_by_what_follows_it() -> None:
    from svidok.events.atoms import expand
    from svidok.events.evidence import evidence

    made = reading("a", battle("Fighting at Bucha.", "Bucha"), battle("Clash at Bucha.", "Bucha"))
    one, two = expand([made])
    title, near = replace(one, heading=True, sentence=0), replace(two, heading=False, sentence=3)
    assert evidence(title, near)["restated"] == 1
    assert "restated" not in evidence(title, replace(near, sentence=40))


def test_a_place_of_the_scene_and_the_day_of_a_report_are_softer_evidence() -> None:
    from svidok.events.atoms import expand
    from svidok.events.evidence import evidence

    one, two = expand([reading(d, battle("Fighting at Bucha.", "Bucha")) for d in "ab"])
    assert {"place same", "same day"} <= set(evidence(one, two))
    lent = replace(two, lent_place=True, lent_time=True)
    assert {"place same lent", "same day lent"} <= set(evidence(one, lent))


@pytest.mark.parametrize(
    ("text", "trigger", "back"),
    [
        ("The column stood at Bucha. It was destroyed.", "destroyed", True),
        ("The men stood at Bucha. Soldiers opened fire on them.", "opened fire on", True),
        ("The column stood at Bucha. Sappers destroyed the bridge.", "destroyed", False),
    ],
)
def test_a_stretch_that_points_back_is_known(text: str, trigger: str, back: bool) -> None:
    from svidok.events.atoms import expand
    from svidok.events.scenes import situated

    made = reading("a", {"text": text, "type": "destroy", "place": "Bucha", "trigger": trigger})
    (atom,) = situated(expand([made]), [made])
    assert atom.back is back


@pytest.mark.parametrize(
    ("text", "one", "two", "way"),
    [
        ("A ward was destroyed in a Russian air strike on Bucha.", "destroyed", "air strike", True),
        ("Bucha was shelled and hit in an air raid.", "shelled", "air raid", False),
    ],
)
def test_a_deed_and_the_way_it_was_done_are_seen(text: str, one: str, two: str, way: bool) -> None:
    from svidok.events.atoms import expand
    from svidok.events.evidence import evidence
    from svidok.events.scenes import situated

    made = reading("a", {"text": text, "type": "air_strike", "place": "Bucha", "trigger": one})
    (claim,) = made.claims
    start = text.index(two)
    made = replace(made, claims=(claim, replace(claim, id="other", trigger=(start, start + len(two)))))
    assert ("by way" in evidence(*situated(expand([made]), [made]))) is way


@pytest.mark.parametrize(
    ("again", "trigger", "other"),
    [
        ("Then all bridges to the town were burnt.", "burnt", False),
        ("Then the tankers were burnt.", "burnt", True),
        ("Then it was burnt.", "burnt", False),
    ],
)
def test_other_things_destroyed_at_one_place_speak_for_two_happenings(
    again: str, trigger: str, *, other: bool
) -> None:
    from svidok.events.atoms import expand
    from svidok.events.evidence import evidence
    from svidok.events.scenes import situated

    def gone(text: str, trigger: str) -> dict[str, object]:
        return {"text": text, "type": "destroy", "trigger": trigger}

    first = gone("Rebels blew up the bridge at Mosul.", "blew up") | {"place": "Mosul"}
    made = reading("a", first, gone(again, trigger))
    made = replace(made, sentences=tuple(replace(s, block=0) for s in made.sentences))
    one, two = situated(expand([made]), [made])
    assert ("other things" in evidence(one, two)) is other
    pointing = evidence(one, replace(two, back=True))
    assert ("points back" in pointing) is not other, "what its own sentence names answers the pronoun"


def test_the_taking_of_many_towns_of_a_region_is_not_the_taking_of_one() -> None:
    from svidok.events.atoms import expand
    from svidok.events.judge import conflict_of

    whole = reading(
        "a",
        {
            "text": "Troops retook thirty towns of Kyiv.",
            "type": "capture",
            "place": "Kyiv",
            "trigger": "retook",
            "counts": [("thirty towns", "settlement", None, 30, 30)],
        },
    )
    (claim,) = whole.claims
    counts = tuple(replace(q, kind="places") for q in claim.quantities)
    region = replace(whole.places[0], kind="region", radius_km=120.0)
    whole = replace(whole, places=(region,), claims=(replace(claim, quantities=counts),))
    part = reading(
        "b", {"text": "Troops retook Bucha.", "type": "capture", "place": "Bucha", "trigger": "retook"}
    )
    (many,) = [a for a in expand([whole]) if a.place is not None]
    (one,) = expand([part])
    assert (
        conflict_of(many, one) == conflict_of(one, many) == "one counts several places, the other is at one"
    )
    assert conflict_of(replace(many, claim=replace(claim, quantities=())), one) is None
