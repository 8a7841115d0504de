"""Where a happening is set that names no place: headings, scenes, and what a place is only spoken of for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svidok.archive import segment
from svidok.atlas.lexicon import load_lexicon
from svidok.claims.assemble import assemble
from svidok.claims.kinds import Mentions
from svidok.claims.logit import Logit, load_logit
from svidok.claims.parse import Parser
from svidok.claims.settings import family_of, settle_scenes
from svidok.claims.stage import stages_of
from svidok.claims.threads import Threads
from svidok.errors import BadData
from svidok.records import Claim, Document, Place

TOWNS = "Derna|Sirte|Tobruk|Homs|Palmyra|Hun"


def _places(text: str) -> tuple[Place, ...]:
    return tuple(
        Place(m.start(), m.end(), m[0], name=m[0], key=m[0], lat=1.0, lon=1.0, kind="settlement")
        for m in re.finditer(rf"\b({TOWNS})\b", text)
    )


def _told(text: str, parser: Parser, *, settings: Logit | None = None) -> dict[str, list[str]]:
    """Trigger words of each claim to the names of its places."""
    document = Document("d", "0", text, language="en")
    places = _places(text)
    parsed = parser.parse(segment(document))
    claims: tuple[Claim, ...] = assemble(document, parsed, places=places, settings=settings)
    return {text[slice(*one.trigger)]: [places[n].text for n in one.places] for one in claims}


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Rebels entered Derna on Monday. Two of them were killed in the town.", "killed", "Derna"),
        (
            "Shells fell on Sirte all morning. Four people were killed and nine were wounded.",
            "killed",
            "Sirte",
        ),
    ],
)
def test_a_scene_is_carried_to_what_follows(text: str, trigger: str, place: str, parser: Parser) -> None:
    assert _told(text, parser)[trigger] == [place]


def test_a_place_of_its_own_is_kept(parser: Parser) -> None:
    told = _told("Shells fell on Sirte. Rebels captured Derna.", parser)
    assert told["captured"] == ["Derna"]


def test_a_statement_is_set_nowhere(parser: Parser) -> None:
    assert _told("Shells fell on Sirte. The mayor said that he would stay.", parser)["said"] == []


def _firmness(text: str, parser: Parser) -> dict[str, int]:
    document = Document("d", "0", text, language="en")
    mentions = Mentions(_places(text), (), (), ())
    parsed = parser.parse(segment(document))
    stages = stages_of({len(parsed) - 1: ()}, parsed, mentions, load_lexicon())
    parts = stages[len(parsed) - 1].parts
    return {mentions.places[part.number].text: part.firm for part in parts}


def test_where_people_come_from_and_roads_lead_is_no_scene(parser: Parser) -> None:
    firm = _firmness("In Derna a man from Homs was shot. The road to Tobruk is closed. Nobody came.", parser)
    assert firm["Derna"] > firm["Homs"] and firm["Derna"] > firm["Tobruk"]


def test_a_heading_governs_what_stands_under_it(parser: Parser) -> None:
    text = "Sirte\n\nThe market was hit on Friday.\n\nDerna\n\nThe hospital was hit on Friday.\n"
    document = Document("d", "0", text, language="en")
    parsed = parser.parse(segment(document))
    mentions = Mentions(_places(text), (), (), ())
    last = len(parsed) - 1
    stage = stages_of({last: ()}, parsed, mentions, load_lexicon())[last]
    heads = [mentions.places[part.number].text for part in stage.parts if "is heading" in part.names]
    assert heads == ["Derna"]


def test_a_paragraph_that_sets_its_scene_leaves_the_heading(parser: Parser) -> None:
    text = (
        "News of the week\n\nSirte\n\nShells fell on the market in Derna. The hospital was hit on Friday.\n"
    )
    document = Document("d", "0", text, language="en")
    parsed = parser.parse(segment(document))
    mentions = Mentions(_places(text), (), (), ())
    last = len(parsed) - 1
    stage = stages_of({last: ()}, parsed, mentions, load_lexicon())[last]
    named = {mentions.places[part.number].text: part.names for part in stage.parts}
    assert "is scene" in named["Derna"] and "is heading" not in named["Sirte"]


NOTHING = Logit({}, least=1.0)


def _features(text: str, parser: Parser) -> dict[str, frozenset[str]]:
    """What the stage says at the last sentence of each town told so far."""
    document = Document("d", "0", text, language="en")
    parsed = parser.parse(segment(document))
    mentions = Mentions(_places(text), (), (), ())
    last = len(parsed) - 1
    stage = stages_of({last: ()}, parsed, mentions, load_lexicon())[last]
    return {mentions.places[part.number].text: part.names for part in stage.parts}


@pytest.mark.parametrize(
    "text",
    [
        "News of the week\n\nDerna\n\nThe market was shelled on Friday.\n",
        "News of the week\n\nDerna (Sirte)\n\nThe market was shelled on Friday.\n",
    ],
)
def test_a_heading_that_is_a_name_tells_where_whatever_the_weights(text: str, parser: Parser) -> None:
    assert _told(text, parser, settings=NOTHING)["shelled"] == ["Derna"]


def test_a_heading_that_says_more_leaves_it_to_the_weights(parser: Parser) -> None:
    text = "News of the week\n\nNotes of a teacher from Derna\n\nThe market was shelled on Friday.\n"
    assert _told(text, parser, settings=NOTHING)["shelled"] == []
    assert "is in the heading" in _features(text, parser)["Derna"]


def test_a_paragraph_that_names_a_place_leaves_its_heading(parser: Parser) -> None:
    text = (
        "News of the week\n\nDerna\n\nA bus came from Sirte to the camp. The market was shelled on Friday.\n"
    )
    assert _told(text, parser, settings=NOTHING)["shelled"] == []


def test_how_far_back_a_heading_stands_is_nothing(parser: Parser) -> None:
    text = "News of the week\n\nDerna\n\nIt rained. It rained again. The market was shelled on Friday.\n"
    assert not any(name.startswith(("back", "blocks")) for name in _features(text, parser)["Derna"])


def test_the_town_that_a_text_opens_with_stays_in_mind(parser: Parser) -> None:
    idle = "\n\n".join(f"Nobody came on the {day}th." for day in range(4, 20))
    text = f"Shells fell on Derna.\n\nIt rained in Sirte.\n\n{idle}\n\nThe market was hit on Friday.\n"
    told = _features(text, parser)
    assert "is lead" in told["Derna"] and "Sirte" not in told


def test_a_town_that_was_fired_into_is_a_scene(parser: Parser) -> None:
    text = "Troops fired rockets into Derna on Monday."
    document = Document("d", "0", f"{text} The market was shelled on Friday.", language="en")
    places = _places(document.text)
    seen = []

    class Watched(Logit):
        def score(self, names: Iterable[str]) -> float:
            seen.append(frozenset(names))
            return 0.0

    assemble(document, parser.parse(segment(document)), places=places, settings=Watched({}))
    assert seen and all("firm 2" in names for names in seen)


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("We lived in Derna. I saw my brother at the gate. Then the shells fell.", "narrated"),
        ("The market of Derna stood empty. Nobody saw the column. Then the shells fell.", "told"),
    ],
)
def test_a_witness_is_told_from_a_reporter(text: str, voice: str, parser: Parser) -> None:
    assert voice in _features(text, parser)["Derna"]


def test_seats_towns_abroad_and_lists_of_towns_are_known(parser: Parser) -> None:
    text = "Rebels took Derna, Sirte, Tobruk and Homs. A minister spoke in Cairo. Nobody came."
    document = Document("d", "0", text, language="en")
    parsed = parser.parse(segment(document))
    start = text.index("Cairo")
    cairo = Place(start, start + 5, "Cairo", name="Cairo", key="Cairo", kind="settlement", country="EG")
    towns = tuple(replace(place, country="LY", confidence=0.9) for place in _places(text))
    mentions = Mentions((*towns, cairo), (), (), ())
    last = len(parsed) - 1
    stage = stages_of({last: ()}, parsed, mentions, load_lexicon())[last]
    named = {mentions.places[part.number].text: part.names for part in stage.parts}
    assert {"seat", "abroad", "doubtful"} <= named["Cairo"]
    assert "in a crowd" in named["Derna"] and not {"seat", "abroad", "doubtful"} & named["Derna"]


def test_no_weight_no_place(parser: Parser) -> None:
    """A model that prefers nothing carries nothing."""
    text = "Rebels entered Derna. Two were killed in the town."
    document = Document("d", "0", text, language="en")
    claims = assemble(
        document, parser.parse(segment(document)), places=_places(text), settings=Logit({}, least=1.0)
    )
    assert [one.places for one in claims if text[slice(*one.trigger)] == "killed"] == [()]


def test_without_places_nothing_is_asked() -> None:
    settle_scenes([], [], Mentions((), (), (), ()), Logit({}), load_lexicon())


@given(st.dictionaries(st.sampled_from("abc"), st.floats(-5, 5)), st.sets(st.sampled_from("abcd")))
def test_a_score_is_the_sum_of_what_holds(weights: dict[str, float], names: set[str]) -> None:
    assert Logit(weights).score(names) == pytest.approx(sum(weights.get(name, 0.0) for name in names))


def test_a_model_that_is_not_there_is_told() -> None:
    with pytest.raises((BadData, FileNotFoundError)):
        load_logit("nowhere")


def test_the_capital_is_the_seat_of_the_country_told_of(parser: Parser) -> None:
    text = (
        "The army held Khartoum. Rebels entered Derna. A minister flew to Cairo. Shells fell on the capital."
    )
    document = Document("d", "0", text, language="en")
    places = tuple(
        Place(m.start(), m.end(), m[0], m[0], m[0], lat=1.0, lon=1.0, kind="settlement", country=country)
        for m in re.finditer("Khartoum|Derna|Cairo", text)
        for country in ("EG" if m[0] == "Cairo" else "SD",)
    )
    claims = assemble(document, parser.parse(segment(document)), places=places, settings=NOTHING)
    fell = next(
        one for one in claims if text[slice(*one.trigger)] == "fell" or one.start > text.index("Cairo") + 5
    )
    assert [places[n].text for n in fell.places] == ["Khartoum"] and fell.places_inherited


def test_a_place_of_its_own_sentence_that_the_grammar_nearly_ties_is_left_to_the_story(
    parser: Parser,
) -> None:
    text = "Two men from a village outside Derna were arrested in the night."
    document = Document("d", "0", text, language="en")
    parsed = parser.parse(segment(document))
    found = [
        assemble(document, parsed, places=_places(text), settings=model)[0]
        for model in (Logit({}, least=0.0), Logit({"own": 1.0}, least=0.0))
    ]
    assert [(one.places, one.places_inherited) for one in found] == [((), False), ((0,), False)]


def test_what_was_told_there_and_what_stands_between_are_threads(parser: Parser) -> None:
    text = "Shells fell on the bridge in Sirte. A bus came from Derna. The bridge was shelled again."
    document = Document("d", "0", text, language="en")
    parsed = parser.parse(segment(document))
    mentions = Mentions(_places(text), (), (), ())
    strike = SimpleNamespace(type="strike", sentence=0, places={0: "in"})
    again = SimpleNamespace(type="casualties", sentence=2, places={})
    threads = Threads({0: [strike], 2: [again]}, parsed, mentions, family_of)  # type: ignore[list-item]
    told = threads.names(again, 0, 2)  # type: ignore[arg-type]
    assert {"there force", "there force, then harm", "towns between 1", "shared nouns 1"} <= told
    nothing = threads.names(again, 1, 1)  # type: ignore[arg-type]
    assert {"there nothing", "towns between 0", "shared nouns 0"} <= nothing
    assert "shared nouns on the way" in told and "shared nouns on the way" not in nothing
