"""Which of several places a happening has: competition, lists, and the packaged weights on plain sentences."""

from __future__ import annotations

import re

import pytest

from svidok.atlas.lexicon import load_lexicon
from svidok.claims.assemble import assemble
from svidok.claims.attachment import Attachment, load_attachment
from svidok.claims.kinds import Mentions, Scope
from svidok.claims.parse import Parsed, Parser
from svidok.claims.rivals import lists_of
from svidok.claims.ties import ties_of
from svidok.claims.tree import Tree
from svidok.claims.ways import Telling
from svidok.records import Document, Place, Sentence

TOWNS = {"Sirte": "settlement", "Derna": "settlement", "Tobruk": "settlement", "Hun": "settlement"}
WIDER = {"Libya": "country", "Fezzan": "region"}


def _places(text: str) -> tuple[Place, ...]:
    names = TOWNS | WIDER
    found = re.finditer("|".join(names), text)
    return tuple(
        Place(m.start(), m.end(), m[0], name=m[0], lat=30.0, lon=17.0, kind=names[m[0]])  # type: ignore[arg-type]
        for m in found
    )


def _parsed(text: str, parser: Parser) -> Parsed:
    return parser.parse([Sentence(0, len(text), text, "body", 0)])[0]


def _told(text: str, type_: str, parser: Parser) -> list[str]:
    places = _places(text)
    claims = assemble(Document("d", "0", text), [_parsed(text, parser)], places=places)
    claim = next(one for one in claims if one.type == type_)
    return [places[n].text for n in claim.places]


@pytest.mark.parametrize(
    ("text", "type_", "places"),
    [
        ("Rebels captured three deserters in a raid on a farm near Sirte.", "detain", ["Sirte"]),
        ("Shells hit Sirte, Derna and Tobruk on Monday.", "strike", ["Sirte", "Derna", "Tobruk"]),
        ("The governor in Tobruk said that rebels had captured Derna.", "capture", ["Derna"]),
        ("Gunmen killed a baker in the town of Hun in Libya on Friday.", "attack_civilians", ["Hun"]),
        ("A bomb exploded at a market in Sirte, wounding six people.", "casualties", ["Sirte"]),
        ("Derna held out until the second of May.", "battle", ["Derna"]),
        ("Five people were killed in Libya.", "casualties", ["Libya"]),
        ("Derna is without power and running water.", "deprive", ["Derna"]),
        ("On 4 March four people were killed by shells in Sirte.", "casualties", ["Sirte"]),
    ],
)
def test_the_place_of_a_happening(text: str, type_: str, places: list[str], parser: Parser) -> None:
    assert _told(text, type_, parser) == places


def test_a_list_competes_as_one_and_a_container_stands_apart(parser: Parser) -> None:
    text = "Shells hit Sirte, Derna and Tobruk in Libya."
    scope = Scope(Tree(_parsed(text, parser)), Mentions(_places(text), (), (), ()))
    named = [[scope.mentions.places[n].text for n in one] for one in lists_of(scope, load_lexicon())]
    assert ["Sirte", "Derna", "Tobruk"] in named
    assert ["Libya"] in named


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit Sirte (twice) and the nearby town of Derna.",
        "Shells hit the districts of Sirte, Tobruk, and the villages of Derna.",
        "Protests broke out in Sirte and in Derna.",
        "Shells hit the towns of Sirte in the west, and Derna in the east.",
    ],
)
def test_what_only_describes_the_next_place_leaves_a_list_whole(text: str, parser: Parser) -> None:
    scope = Scope(Tree(_parsed(text, parser)), Mentions(_places(text), (), (), ()))
    assert len(lists_of(scope, load_lexicon())) == 1


def test_a_list_of_towns_is_one_without_its_and(parser: Parser) -> None:
    text = "Battles took place in Sirte, Derna, Tobruk, Hun, and ended in the rout of the rebels."
    scope = Scope(Tree(_parsed(text, parser)), Mentions(_places(text), (), (), ()))
    named = [[scope.mentions.places[n].text for n in one] for one in lists_of(scope, load_lexicon())]
    assert named == [["Sirte", "Derna", "Tobruk", "Hun"]]


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit Sirte and troops entered the town of Derna.",
        "Troops left Sirte for Derna.",
        "Shells hit Sirte, Derna said.",
    ],
)
def test_what_tells_more_than_the_next_place_ends_a_list(text: str, parser: Parser) -> None:
    scope = Scope(Tree(_parsed(text, parser)), Mentions(_places(text), (), (), ()))
    assert len(lists_of(scope, load_lexicon())) == 2


def test_no_place_is_better_than_one_below_the_least() -> None:
    seen = {0: frozenset({"rule own"}), 1: frozenset({"rule own", "beside"})}
    lists = ((0,), (1,))
    assert Attachment({"rule own": 1.0, "beside": 0.5}).weigh(seen, lists) == [((0,), 1.0), ((1,), 1.5)]
    assert Attachment({"rule own": 1.0}, least=2.0).weigh(seen, lists) == [((0,), -1.0), ((1,), -1.0)]
    assert Attachment({}).weigh(seen, ((2,),)) == []


def test_two_features_may_weigh_more_together() -> None:
    seen = {0: frozenset({"after", "below"}), 1: frozenset({"below"})}
    model = Attachment({"below": 1.0, "after": -0.5}, pairs={"after": {"below": 0.75}})
    assert model.tie(seen[0]) == 1.25
    assert model.tie(seen[1]) == 1.0
    assert model.weigh(seen, ((0,), (1,))) == [((0,), 1.25), ((1,), 1.0)]


def _seen(text: str, word: str, type_: str, parser: Parser) -> dict[str, frozenset[str]]:
    """What is seen of each place of a sentence, by its name, for the happening that one word tells."""
    scope = Scope(Tree(_parsed(text, parser)), Mentions(_places(text), (), (), ()))
    token = scope.tree.low.index(word)
    anchors = frozenset({token})
    telling = Telling(type_, token, "verb", anchors, frozenset(), frozenset(), False, False, {})
    seen = ties_of(scope, [telling], 0, load_lexicon())
    return {scope.mentions.places[n].text: names for n, names in seen.items()}


@pytest.mark.parametrize(
    ("text", "word", "place", "names"),
    [
        ("Rebels shelled Hun and then left for Sirte.", "left", "Sirte", {"moving goal direct", "said for"}),
        ("Rebels shelled Hun and then left for Sirte.", "left", "Hun", {"in other clause", "next before"}),
        ("Troops drove from Hun to Derna.", "drove", "Hun", {"moving origin direct", "next after"}),
        ("Troops shelled the town from Hun.", "shelled", "Hun", {"points settlement own after"}),
        ("Six people died in a market of Hun.", "died", "Hun", {"own prep in over"}),
        ("Six people died in a market, police in Hun said.", "died", "Hun", {"own prep in", "said in after"}),
        ("Hun fell, and mines killed six people in Sirte.", "killed", "Hun", {"trigger clause joined"}),
        ("Guards cut the road to Derna.", "cut", "Derna", {"host way goal"}),
    ],
)
def test_how_a_place_lies_to_a_happening(
    text: str, word: str, place: str, names: set[str], parser: Parser
) -> None:
    assert names <= _seen(text, word, "move", parser)[place]


def test_what_is_seen_of_a_tie(parser: Parser) -> None:
    text = "Police in Derna said rebels had attacked the village of Hun."
    scope = Scope(Tree(_parsed(text, parser)), Mentions(_places(text), (), (), ()))
    attacked = scope.tree.low.index("attacked")
    telling = Telling(
        "battle", attacked, "verb", frozenset({attacked}), frozenset(), frozenset(), False, False, {1: "own"}
    )
    seen = ties_of(scope, [telling], 0, load_lexicon())
    assert "beside" in seen[0] and "rule elsewhere" in seen[0] and "host people" in seen[0] | {"host people"}
    assert {"below", "rule own", "own dep pobj lifted", "dep dobj"} <= seen[1]


def test_the_packaged_weights_are_a_model() -> None:
    model = load_attachment()
    assert len(model.weights) > 300
    assert model.score(["rule own"]) > model.score(["rule elsewhere"])


def test_a_sentence_without_end_weighs_only_what_stands_near(parser: Parser) -> None:
    text = "Shells hit " + ", ".join(["Sirte", "Derna", "Tobruk"] * 30) + " and Hun."
    scope = Scope(Tree(_parsed(text, parser)), Mentions(_places(text), (), (), ()))
    tokens = [scope.place_tokens[n] for n in sorted(scope.place_tokens)]
    none: frozenset[int] = frozenset()
    tellings = [
        Telling("strike", token, "verb", frozenset({token}), none, none, False, False, {}) for token in tokens
    ]
    seen = ties_of(scope, tellings, 60, load_lexicon())
    assert min(seen) > 30 and max(seen) < 90
    assert len(seen) == 40


def test_a_long_list_is_weighed_by_its_near_members_and_taken_whole() -> None:
    seen = {1: frozenset({"rule own"}), 2: frozenset({"rule own"})}
    model = Attachment({"rule own": 1.0})
    assert model.weigh(seen, ((0, 1, 2), (3,))) == [((0, 1, 2), 1.0)]
