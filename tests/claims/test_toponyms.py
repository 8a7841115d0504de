"""Names that only the grammar shows to be places."""

from __future__ import annotations

import pytest

from svidok.atlas.gazetteer import open_gazetteer
from svidok.claims.assemble import assemble
from svidok.claims.mentions.places import find_places
from svidok.claims.parse import Parser
from svidok.claims.placing import load_place_grammar
from svidok.claims.toponyms import borne_out, overlooked
from svidok.records import Actor, Document, Place, Sentence


def _shown(
    text: str, parser: Parser, places: tuple[Place, ...] = (), actors: tuple[Actor, ...] = ()
) -> list[str]:
    parsed = parser.parse([Sentence(0, len(text), text, "body", 0)])
    claims = assemble(Document("d", "0", text), parsed, places=places, actors=actors)
    spans = overlooked(claims, parsed, places=places, actors=actors, times=())
    return [text[slice(*span)] for span, alone in spans.items() if alone]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rebels shelled the Varnok district on Monday.", ["Varnok"]),
        ("Six people were killed in the village of Talmuk.", ["Talmuk"]),
        ("The army captured Ostravna after three days of fighting.", ["Ostravna"]),
        ("Mortar rounds hit Belzhor, a suburb of the capital.", ["Belzhor"]),
        ("An air strike on a market in Dolkhan killed nine people.", ["Dolkhan"]),
        ("Fighting broke out near the Kurmaz Mountains.", ["Kurmaz Mountains"]),
        ("A bomb went off in the al-Kasbi area of the city.", ["al-Kasbi"]),
        ("Shells hit the Zumrat refugee camp at night.", ["Zumrat"]),
        ("A bomb exploded near the Zumrat police station.", ["Zumrat"]),
        ("The army attacked the Zumrat and Varnok districts.", ["Zumrat", "Varnok"]),
        ("The rebels entered Ostravna on Friday.", ["Ostravna"]),
        ("The army captured Ostravna on 9 May.", ["Ostravna"]),
        ("Aircraft bombed Ostravna on 27 July 2016, killing four fighters.", ["Ostravna"]),
        ("Guns shelled the eastern bank of Ostravna.", ["Ostravna"]),
        ("Soldiers came to Ostravna on 14 May and killed nine men.", ["Ostravna"]),
        ("The strike on the tent camp in Tal as-Sultan on 26 May killed 45 people.", ["Tal as-Sultan"]),
        (
            "Twelve villages were cut off, among them Zumrat, Varnok and Talmuk.",
            ["Zumrat", "Varnok", "Talmuk"],
        ),
        ("The rebels withdrew from Ostravna on Friday.", ["Ostravna"]),
        ("Troops attacked the rebel stronghold of Ostravna.", ["Ostravna"]),
        ("Rebels stormed the P-35 Radar Base on Friday.", ["P-35 Radar Base"]),
        ("Attacks occurred in three villages, including Zumrat and Varnok.", ["Zumrat", "Varnok"]),
        (
            "Rebels shelled the settlements of Ostravna (twice), Zumrat, Varnok and Talmuk.",
            ["Ostravna", "Zumrat", "Varnok", "Talmuk"],
        ),
    ],
)
def test_a_name_stands_where_a_place_stands(text: str, names: list[str], parser: Parser) -> None:
    assert _shown(text, parser) == names


@pytest.mark.parametrize(
    "text",
    [
        "Rebels of the Varnok Brigade shelled the town.",
        "The army captured Ostravna, who had led the revolt.",
        "Ostravna was captured by soldiers in June.",
        "The army captured Ostravna and put him on trial.",
        "Troops attacked a Zumrat rebel base.",
        "The town fell to the Nationalists on Friday.",
        "Troops attacked an Orthodox neighbourhood.",
        "Police arrested six men at the IMF.",
        "The Varnok Agreement ended the fighting.",
        "They shelled a Varnok with mortars.",
        "Fire hit his Varnok and he was killed.",
        "The army captured Varnok, 34, on Friday.",
        "The army captured Varnok Pasha on Friday.",
        "Troops attacked the Red Cross compound.",
        "To the Center: Troops shelled the road.",
    ],
)
def test_other_names_are_no_places(text: str, parser: Parser) -> None:
    assert _shown(text, parser) == []


def test_a_list_goes_on_from_a_known_place(parser: Parser) -> None:
    text = "Shells hit Sirte, Varnok and Talmuk."
    known = (Place(11, 16, "Sirte", name="Sirte", lat=31.2, lon=16.6, kind="settlement"),)
    assert _shown(text, parser, known) == ["Varnok", "Talmuk"]


def test_somebody_known_is_no_place(parser: Parser) -> None:
    text = "The army captured Ostravna on Friday."
    somebody = (Actor(18, 26, "Ostravna", name="Ostravna", kind="person"),)
    assert _shown(text, parser, actors=somebody) == []


def test_a_known_person_is_nowhere_but_in_a_place(parser: Parser) -> None:
    text = "Six soldiers were killed in Sheikh Talmuk on Friday."
    somebody = (Actor(28, 41, "Sheikh Talmuk", name="Talmuk", kind="person"),)
    assert _shown(text, parser, actors=somebody) == ["Sheikh Talmuk"]


def test_the_word_lists_do_not_overlap_where_they_must_not() -> None:
    words = load_place_grammar()
    assert not words.areas & words.bodies and not words.areas & words.sites


def test_what_suffers_by_name_is_a_place_where_the_atlas_has_one(parser: Parser) -> None:
    text = "Kirkenes had been set on fire before the army left. Belzhor had been set on fire before the army left."
    cut = text.index(" Belzhor")
    sentences = [
        Sentence(0, cut, text[:cut], "body", 0),
        Sentence(cut + 1, len(text), text[cut + 1 :], "body", 0),
    ]
    parsed = parser.parse(sentences)
    claims = assemble(Document("d", "0", text), parsed)
    hidden = overlooked(claims, parsed, places=(), actors=(), times=())
    assert {text[slice(*span)]: alone for span, alone in hidden.items()} == {
        "Kirkenes": False,
        "Belzhor": False,
    }
    gazetteer = open_gazetteer()
    shown = find_places(text, gazetteer=gazetteer, given=list(hidden))
    assert [place.text for place in borne_out(shown, hidden, (), gazetteer)] == ["Kirkenes"]
