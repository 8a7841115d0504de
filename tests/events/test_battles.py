"""A battle is one event however often a report names it, and holds what was fought within it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import place, reading

from svidok.events import reconcile
from svidok.events.atoms import expand, named_place
from svidok.events.battles import told_on
from svidok.events.scenes import situated
from svidok.records import Event, Reading, Time, TimeSpan


def fight(
    text: str, where: str | None, when: tuple[str | None, str | None] | None = None, **more: object
) -> dict[str, object]:
    at = {"place": where} if where else {}
    return {"text": text, "type": "battle", "when": when, "trigger": text.split()[0], **at, **more}


def one_paragraph(made: Reading) -> Reading:
    return replace(made, sentences=tuple(replace(s, block=0) for s in made.sentences))


def labels(*readings: Reading) -> list[tuple[str, int]]:
    return sorted((e.label, len(e.claims)) for e in reconcile(readings))


@pytest.mark.parametrize(
    ("named", "told", "where"),
    [
        ("The battle of Mosul cost the army dear.", "Street fights in Mosul wore both sides out.", "Mosul"),
        ("Nobody forgets the battle for Aleppo here.", "Rebels attacked Aleppo once more.", "Aleppo"),
        ("Veterans of the Battle of Irpin met.", "Clashes at Irpin were told of by all.", "Irpin"),
    ],
)
def test_fights_told_at_the_place_of_a_named_battle_are_that_battle(
    named: str, told: str, where: str
) -> None:
    trigger = "Battle" if "Battle" in named else "battle"
    a, b = fight(named, where, trigger=trigger), fight(told, where)
    assert labels(reading("a", a, b)) == [(f"battle of {where}", 2)]
    assert len(reconcile([reading("a", a), reading("b", b)])) == 2, "another report may mean another fight"


def test_each_town_of_a_list_joins_its_own_battle() -> None:
    series = fight("Fights at Bucha, Brovary and Kharkiv filled the spring.", None)
    series |= {"places": ["Bucha", "Brovary", "Kharkiv"]}
    made = reading(
        "a",
        series,
        fight("The Battle of Brovary was short.", "Brovary", trigger="Battle"),
        fight("The Battle of Kharkiv was long.", "Kharkiv", trigger="Battle"),
    )
    assert labels(made) == [("battle at Bucha", 1), ("battle of Brovary", 2), ("battle of Kharkiv", 2)]


def test_a_fight_dated_elsewhere_is_not_the_named_battle() -> None:
    made = reading(
        "a",
        fight("The Battle of Kharkiv was long.", "Kharkiv", ("1943-03-01", "1943-03-15"), trigger="Battle"),
        fight("Clashes in Kharkiv began.", "Kharkiv", ("2022-02-27", "2022-02-27")),
    )
    assert len(reconcile([made])) == 2


def test_of_several_battles_beside_one_another_each_claim_bears_its_own_name() -> None:
    made = reading(
        "a",
        fight("Battle of Irpin on map 1.", "Irpin"),
        fight("Battle of Hostomel on map 2.", "Hostomel"),
        fight("Battle of Brovary on map 3.", "Brovary"),
    )
    assert [sorted(a.names) for a in expand([made])] == [
        ["battle irpin"],
        ["battle hostomel"],
        ["battle brovary"],
    ]
    assert all(n == 1 for _, n in labels(made))


def test_a_date_is_no_name() -> None:
    text = "There was no battle on 9 March near the town."
    made = reading("a", fight(text, None, trigger="battle"))
    at = text.index("9 March")
    dated = replace(
        made, times=(Time(at, at + 7, "9 March", "date", TimeSpan("2022-03-09", "2022-03-09", None)),)
    )
    assert {a.names for a in expand([dated])} == {frozenset()}


def test_a_battle_bears_the_whole_name_of_its_town_and_one_name_for_all_spellings() -> None:
    def spelled(doc: str, name: str) -> Reading:
        text = f"The battle of {name} is told."
        made = reading(doc, fight(text.replace(name, "Mosul"), "Mosul", trigger="battle"))
        there = replace(
            place("Mosul", "Mosul", text.index(name)), text=name, end=text.index(name) + len(name)
        )
        claim = replace(made.claims[0], end=len(text))
        document = replace(made.document, text=text)
        return replace(made, document=document, sentences=(), places=(there,), claims=(claim,))

    two = [spelled("a", "Mosul al Jadida"), spelled("b", "Mossoul")]
    assert {a.names for a in expand(two)} == {frozenset({"battle mosul"})}
    unknown = spelled("c", "Upper Musol")
    nowhere = replace(unknown.places[0], name=None, kind=None, lat=None, lon=None)
    (atom,) = expand([replace(unknown, places=(nowhere,))])
    assert atom.names == {"battle upper musol"}
    assert labels(*two) == [("battle of Mosul", 2)]


def test_a_sentence_that_opens_with_its_battle_tells_of_that_battle() -> None:
    words = "In the battle of Hostomel they took the field, but were ambushed at Bucha."
    one = fight(words, "Hostomel", trigger="battle")
    made = one_paragraph(reading("a", one))
    ambush = replace(
        made.claims[0],
        id="ambush",
        trigger=(words.index("ambushed"), words.index("ambushed") + 8),
        places=(1,),
    )

    def names(where: str, inherited: bool) -> frozenset[str]:
        there = replace(place("Bucha", where, words.index("Bucha")))
        claims = (made.claims[0], replace(ambush, places_inherited=inherited))
        told = replace(made, places=(*made.places, there), claims=claims)
        atoms = told_on(situated(expand([told]), [told]), [told])
        return next(a.names for a in atoms if a.claim.id == "ambush")

    assert names("Hostomel", False) == {"battle hostomel"}
    assert names("Kharkiv", True) == {"battle hostomel"}, "a place taken over says little"
    assert names("Kharkiv", False) == frozenset()


@pytest.mark.parametrize(
    ("words", "trigger", "joined"),
    [
        ("Fighting intensified in June.", "Fighting", True),
        ("The fighting cost the guard its guns.", "fighting", True),
        ("Fighters met police elsewhere.", "met", False),
    ],
)
def test_the_fighting_means_the_battle_told_before(words: str, trigger: str, joined: bool) -> None:
    first = fight(
        "The battle of Mosul began in the east.", "Mosul", ("2017-05-27", "2017-05-27"), trigger="battle"
    )
    made = one_paragraph(
        reading("a", first, fight(words, None, ("2017-06-20", "2017-06-20"), trigger=trigger))
    )
    assert (len(reconcile([made])) == 1) is joined


def test_after_a_list_of_battles_the_fighting_could_be_any() -> None:
    several = fight("Fights at Bucha and Kharkiv began.", None) | {"places": ["Bucha", "Kharkiv"]}
    made = one_paragraph(reading("a", several, fight("Fighting intensified in June.", None)))
    atoms = situated(expand([made]), [made])
    assert told_on(atoms, [made]) == atoms


def whole_of(event: Event, events: tuple[Event, ...]) -> str | None:
    return next((e.label for e in events if e.id == event.part_of), None)


def wholes(*happenings: dict[str, object]) -> dict[str, str | None]:
    events = reconcile([reading("a", *happenings)])
    return {e.label: whole_of(e, events) for e in events}


def test_a_battle_of_which_only_the_end_is_dated_holds_the_weeks_before() -> None:
    end = fight("The battle of Kyiv ended then.", "Kyiv", ("2022-03-20", "2022-03-20"), trigger="battle")
    began = fight("The battle of Kyiv began then.", "Kyiv", ("2022-03-20", "2022-03-20"), trigger="battle")
    clash = fight("Clashes broke out in Bucha.", "Bucha", ("2022-03-05", "2022-03-05"))
    long_ago = fight("Clashes broke out in Bucha.", "Bucha", ("2021-03-05", "2021-03-05"))
    assert wholes(end, clash)["battle at Bucha"] == "battle of Kyiv"
    assert wholes(began, clash)["battle at Bucha"] is None
    assert wholes(end, long_ago)["battle at Bucha"] is None


def test_the_city_that_names_the_ground_holds_a_battle_before_the_town_next_door() -> None:
    city = fight("The battle of Kyiv lasted.", "Kyiv", ("2022-02-25", "2022-04-02"), trigger="battle")
    town = fight("The battle of Bucha lasted.", "Bucha", ("2022-02-27", "2022-03-12"), trigger="battle")
    other = fight("The battle of Brovary passed.", "Brovary", ("2022-03-09", "2022-03-09"), trigger="battle")
    assert wholes(city, town, other) == {
        "battle of Kyiv": None,
        "battle of Bucha": "battle of Kyiv",
        "battle of Brovary": "battle of Kyiv",
    }


def test_what_is_told_in_a_battle_is_part_of_it_where_it_was_fought() -> None:
    short = fight("The battle of Mosul raged.", "Mosul", ("2017-06-18", "2017-06-19"), trigger="battle")
    gone = fight("In the battle of Mosul the guard left Mosul.", "Mosul", ("2017-06-18", "2017-06-18"))
    away = fight("In the battle of Mosul the guard won and left Aleppo.", "Aleppo")
    burnt = fight("Tanks burnt out in the Battle of Mosul stood there.", "Mosul")
    for told, kind, trigger, whole in (
        (gone, "withdraw", "left", "battle of Mosul"),
        (away, "withdraw", "left", None),
        (burnt, "destroy", "burnt", "battle of Mosul"),
    ):
        events = wholes(short, told | {"type": kind, "trigger": trigger})
        assert events[f"{kind} at {told['place']}"] == whole


def test_a_raid_has_a_name_but_no_parts() -> None:
    raid = fight("The raid on Kyiv lasted.", "Kyiv", ("2022-02-25", "2022-04-02"), trigger="raid")
    clash = fight("Clashes broke out in Bucha.", "Bucha", ("2022-03-05", "2022-03-05"))
    assert wholes(raid, clash)["battle at Bucha"] is None


def test_a_day_of_the_scene_does_not_stretch_what_dates_itself() -> None:
    told = fight(
        "The battle of Brovary was fought.", "Brovary", ("2022-03-09", "2022-03-09"), trigger="battle"
    )
    again = fight("Clashes at Brovary were told.", "Brovary")
    scene = {**fight("It began then.", None, ("2022-02-24", "2022-02-24")), "type": "negotiate"}
    made = reading("a", scene, again, told)
    made = replace(made, sentences=tuple(replace(s, block=n // 2) for n, s in enumerate(made.sentences)))
    assert situated(expand([made]), [made])[1].lent_time
    (event,) = (e for e in reconcile([made]) if e.type == "battle")
    assert event.time is not None
    assert (event.time.earliest, event.time.latest) == ("2022-03-09", "2022-03-09")


def test_only_a_town_gives_its_name_to_a_battle() -> None:
    (atom,) = expand([reading("a", fight("The battle of Mosul was long.", "Mosul", trigger="battle"))])
    assert named_place(atom) == "test:Mosul"
    region = replace(atom, place=replace(atom.place, kind="region") if atom.place else None)
    assert named_place(region) is None


def test_a_battle_of_which_only_the_end_is_dated_has_an_open_beginning() -> None:
    over = fight(
        "The battle of Mosul ended on 10 July 2017.", "Mosul", ("2017-07-10", "2017-07-10"), trigger="battle"
    )
    (event,) = reconcile([reading("a", over)])
    assert event.time is not None
    assert (event.time.earliest, event.time.latest) == (None, "2017-07-10")
    assert event.time_rule == "only its end is told"
    when = ("2017-07-10T18:00", "2017-07-10T18:00")
    (event,) = reconcile([reading("a", over | {"when": when})])
    assert event.time is not None and event.time.edtf == "../2017-07-10"
    begun = fight(
        "The battle of Mosul broke out on 1 March 2017.",
        "Mosul",
        ("2017-03-01", "2017-03-01"),
        trigger="battle",
    )
    (event,) = reconcile([reading("a", over, begun)])
    assert event.time is not None
    assert (event.time.earliest, event.time.latest) == ("2017-03-01", "2017-07-10")
