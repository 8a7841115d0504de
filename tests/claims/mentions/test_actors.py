"""Actors in parsed sentences: who is meant, whose they are, and what stands for whom."""

from __future__ import annotations

import pytest

from svidok.archive import segment
from svidok.atlas.actors import load_actors
from svidok.claims.mentions.actors import find_actors
from svidok.claims.mentions.voices import voice_of
from svidok.claims.parse import Parser
from svidok.records import Actor, Document, Place, Source


@pytest.fixture
def find(parser: Parser):
    def run(
        text: str,
        day: str | None = None,
        side: str | None = None,
        official: bool = False,
        places: tuple[Place, ...] = (),
    ) -> dict[str, Actor]:
        sentences = segment(Document(id="t", sha256="", text=text))
        parsed = parser.parse(sentences)
        found = find_actors(parsed, table=load_actors(), day=day, side=side, official=official, places=places)
        assert all(text[a.start : a.end] == a.text for a in found)
        return {a.text: a for a in found}

    return run


@pytest.mark.parametrize(
    ("text", "words", "side", "kind"),
    [
        ("Russian troops entered the town.", "Russian troops", "Russia", "state force"),
        ("Putin's troops entered the town.", "Putin's troops", "Russia", "state force"),
        ("Soldiers of the Ethiopian army fled.", "Soldiers of the Ethiopian army", "Ethiopia", "state force"),
        ("Ukrainian guerrillas blew up a bridge.", "Ukrainian guerrillas", "Ukraine", "rebel"),
        ("The Houthi fighters seized a ship.", "Houthi fighters", "Houthis", "rebel"),
        ("Wagner mercenaries left Bakhmut.", "Wagner mercenaries", "Russia", "militia"),
        ("Militants burned the village.", "Militants", None, "rebel"),
        ("Residents hid in cellars.", "Residents", None, "civilians"),
        ("Bosnian Serb forces shelled the city.", "Bosnian Serb forces", "Republika Srpska", "state force"),
        ("The people of Sudan suffer.", "people of Sudan", "Sudan", "civilians"),
        ("Hamas fired rockets.", "Hamas", "Hamas", "rebel"),
        ("Moscow rejected the offer.", "Moscow", "Russia", "state"),
        ("The Kremlin said nothing.", "Kremlin", "Russia", "state"),
        ("General Igor Petrenko ordered a retreat.", "General Igor Petrenko", None, "person"),
        ("The Russian commander, Andrei Zakharov, was killed.", "Andrei Zakharov", "Russia", "person"),
        ("russian forces hit a school.", "russian forces", "Russia", "state force"),
        ("Argentine troops landed on the islands.", "Argentine troops", "Argentina", "state force"),
        ("Russian tanks rolled in.", "Russian tanks", "Russia", "state force"),
        ("Yahya Hussein said that the road was open.", "Yahya Hussein", None, "person"),
        (
            "UN Secretary-General António Guterres condemned it.",
            "General António Guterres",
            "United Nations",
            "leader",
        ),
        ("The United Nations sent observers.", "United Nations", "United Nations", "organisation"),
    ],
)
def test_mentions(find, text: str, words: str, side: str | None, kind: str) -> None:
    actor = find(text)[words]
    assert (actor.side, actor.kind) == (side, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Fighting raged in Ukraine.",
        "The law came into force.",
        "He crossed from Iran into Iraq.",
        "Kyiv was bombed.",
    ],
)
def test_places_and_things_are_no_actors(find, text: str) -> None:
    assert not [a for a in find(text).values() if a.kind in ("state", "state force")]


def test_the_day_gives_offices_their_holders(find) -> None:
    assert find("The Russian president left.", "2022-03-01")["Russian president"].name == "Vladimir Putin"
    assert find("The Russian president left.", "1995-03-01")["Russian president"].name == "Boris Yeltsin"


def test_pronouns_and_descriptions_stand_for_whom_they_mean(find) -> None:
    text = (
        "Serb forces attacked the town on Monday. They burned houses. "
        "President Alija Izetbegović called for help. He spoke in Sarajevo."
    )
    found = find(text)
    assert found["They"].side == "Serbia"
    assert found["He"].name == "Alija Izetbegović"


@pytest.mark.parametrize(
    ("text", "pronoun", "meant"),
    [
        # who fires at them is not them; a thing between is meant, which is no actor
        ("Guerrillas in the woods fired their rockets at the tankers, destroying them.", "them", None),
        ("The defenders let the tanks pass and then burned them.", "them", None),
        ("Soldiers arrested the two teachers and later shot them.", "them", "teachers"),
        # nor is whose deed it is that a clause tells of
        ("Rebels met resistance from the defenders, which kept them from the town.", "them", "Rebels"),
        # who is counted acts as those do who are not
        (
            "Serb troops came on Monday. Thousands of residents went out. They blocked the road.",
            "They",
            "residents",
        ),
        ("Russian troops came. Thousands went out with all that they had.", "they", "Thousands"),
        # the one who acts goes on acting, not the one told of in an aside
        ("The rebels held the bridge that the soldiers had crossed, and they mined it.", "they", "rebels"),
    ],
)
def test_a_pronoun_is_not_its_own_doer_nor_one_of_an_aside(
    find, text: str, pronoun: str, meant: str | None
) -> None:
    assert find(text)[pronoun].name == meant


def test_invaders_are_who_invaded(find) -> None:
    found = find("Iraq's invasion of Kuwait began in August. The invaders looted museums.")
    assert found["invaders"].side == "Iraq"
    assert find("Ukraine fights. The occupiers shelled Sumy.", "2022-03-03")["occupiers"].side == "Russia"
    assert find("The occupiers shelled the town.")["occupiers"].side is None


def test_our_side_is_given_never_guessed(find) -> None:
    assert find("Our troops hold the line.")["troops"].side is None
    assert find("Our troops hold the line.", side="Ukraine")["troops"].side == "Ukraine"


def _sumy(text: str) -> tuple[Place, ...]:
    start = text.index("Sumy")
    return (Place(start, start + 4, "Sumy", name="Sumy", country="UA"),)


def test_the_theatre_tells_who_the_enemy_and_the_defenders_are(find) -> None:
    text = "The occupiers shelled Sumy. The defenders of the town held out. The enemy fell back."
    found = find(text, day="2022-03-09", places=_sumy(text))
    assert found["occupiers"].side == "Russia" and found["enemy"].side == "Russia"
    assert next(a for words, a in found.items() if words.startswith("defenders")).side == "Ukraine"
    quiet = find(text.replace("Sumy", "Town"), day="2022-03-09")
    assert {a.side for a in quiet.values()} == {None}


def test_he_may_be_the_enemy(find) -> None:
    found = find(
        "The enemy tried to storm the hill. He has dug in below it.", side="Ukraine", day="2022-03-09"
    )
    assert found["He"].kind == "state force"


def test_its_troops_are_the_side_of_whom_its_stands_for(find) -> None:
    found = find("The defence ministry of Ethiopia denied that its soldiers had burned the village.")
    assert found["soldiers"].side == "Ethiopia"
    assert find("Its mayor fled. Russia denied it.")["mayor"].side is None


def test_the_soldiers_are_those_of_the_only_army_told_of(find) -> None:
    text = "Turkish troops crossed the border. A day later the soldiers shot two farmers."
    assert find(text)["soldiers"].side == "Turkey"
    both = "Turkish troops fired at Syrian troops. After days of calm nobody moved. Then the soldiers left."
    assert find(both)["soldiers"].side is None


def test_an_armys_own_report_names_its_units_without_their_country(find) -> None:
    text = "Units of the third brigade stormed the hill."
    sides = [find(text, side="Ukraine", official=own) for own in (True, False)]
    assert [next(a.side for w, a in one.items() if w.startswith("Units")) for one in sides] == [
        "Ukraine",
        None,
    ]


@pytest.mark.parametrize(
    ("source", "voice"),
    [
        (None, (None, False)),
        (Source("Press Desk", kind="Ukrainian official"), ("Ukraine", True)),
        (Source("Ministry of Defence of Russia"), ("Russia", True)),
        (Source("The Ukrainian Herald"), (None, False)),
        (Source("Town page", side="Ukraine"), ("Ukraine", False)),
        (Source("Government talks of Russia and Ukraine"), (None, False)),
    ],
)
def test_whose_voice_a_source_is(source: Source | None, voice: tuple[str | None, bool]) -> None:
    assert voice_of(source, load_actors()) == voice


def test_offices_and_names_beside_them_are_one(find) -> None:
    found = find("The President of the European Council, Charles Michel, spoke.", "2022-05-01")
    assert found["President of the European Council"].name == "Charles Michel"


def test_nothing_and_noise(find) -> None:
    assert find("") == {}
    find("!!! ??? 12345 \U0001f680\U0001f680 ,,, ''")
    find("RUSSIAN TROOPS ENTERED THE CITY AND IS US AA")


def test_a_day_that_is_no_day_does_no_harm(find) -> None:
    assert find("Bush spoke.", "24 November")["Bush"].side == "United States"


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The Italians fell back to the river.", "Italians", "state"),
        ("Russians shelled the town.", "Russians", "state"),
        ("Young Algerians blocked roads.", "Algerians", "civilians"),
        ("They killed fifty Ukrainians.", "Ukrainians", "civilians"),
    ],
)
def test_peoples_are_their_side_only_where_they_fight(find, text: str, words: str, kind: str) -> None:
    assert find(text)[words].kind == kind
