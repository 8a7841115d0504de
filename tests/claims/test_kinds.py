"""What kind of thing a noun phrase names."""

from __future__ import annotations

import pytest

from svidok.atlas.lexicon import load_lexicon
from svidok.claims.kinds import Mentions, Scope, kinds_of, look_through
from svidok.claims.parse import Parser
from svidok.claims.tree import Tree
from svidok.records import Actor, Place, Sentence

TEXT = "They came into Luch on Sunday."


@pytest.mark.parametrize(
    ("key", "relation", "settled"),
    [
        ("UA65100170080028965", None, True),  # a village of the codifier whose point is not known
        ("gn:706448", "near", False),
        ("area:donbas", None, False),
        (None, None, False),
    ],
)
def test_a_village_without_a_point_is_a_settlement(
    parser: Parser, key: str | None, relation: str | None, settled: bool
) -> None:
    (parsed,) = parser.parse([Sentence(0, len(TEXT), TEXT, "body", 0)])
    place = Place(15, 19, "Luch", name="Luch", key=key, kind="area", relation=relation)
    scope = Scope(Tree(parsed), Mentions([place], [], [], []))
    (token,) = scope.places
    assert ("settlement" in kinds_of(scope, token, load_lexicon())) is settled


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("The rest fled to the hills.", "rest", "people"),
        ("Everybody was killed.", "everybody", "people"),
        ("She shot herself.", "herself", "people"),
        ("They launched Operation Michael.", "michael", "operation"),
        ("Three C-130s dropped aid.", "c-130s", "aircraft"),
        ("The headmistress was wounded.", "headmistress", "civilians"),
    ],
)
def test_common_words_have_a_kind(parser: Parser, text: str, word: str, kind: str) -> None:
    (parsed,) = parser.parse([Sentence(0, len(text), text, "body", 0)])
    tree = Tree(parsed)
    assert kind in kinds_of(Scope(tree, Mentions([], [], [], [])), tree.low.index(word), load_lexicon())


@pytest.mark.parametrize(("article", "people"), [("an American", True), ("America", False)])
def test_one_of_a_people_is_somebody(parser: Parser, article: str, people: bool) -> None:
    text = f"Paratroopers rescued {article} from the prison."
    (parsed,) = parser.parse([Sentence(0, len(text), text, "body", 0)])
    name = article.split()[-1]
    start = text.index(name)
    actor = Actor(start, start + len(name), name, name="United States", kind="state")
    scope = Scope(Tree(parsed), Mentions([], [], [actor], []))
    assert ("people" in kinds_of(scope, scope.tree.low.index(name.lower()), load_lexicon())) is people


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("His men held the ridge.", True),
        ("About 1,500 men under the general came at noon.", True),
        ("Men of the brigade went home.", True),
        ("The men of the village went home.", False),
    ],
)
def test_men_that_somebody_commands_are_a_force(parser: Parser, text: str, force: bool) -> None:
    (parsed,) = parser.parse([Sentence(0, len(text), text, "body", 0)])
    scope = Scope(Tree(parsed), Mentions([], [], [], []))
    assert ("force" in kinds_of(scope, scope.tree.low.index("men"), load_lexicon())) is force


def test_the_people_of_a_general_are_his_troops(parser: Parser) -> None:
    text = "Roatta's Italians broke through at noon."
    (parsed,) = parser.parse([Sentence(0, len(text), text, "body", 0)])
    actor = Actor(9, 17, "Italians", name="Italy", kind="civilians")
    scope = Scope(Tree(parsed), Mentions([], [], [actor], []))
    assert "force" in kinds_of(scope, scope.tree.low.index("italians"), load_lexicon())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hamedani was killed by gunmen.", True),
        ("Our rota was kept.", False),
    ],
)
def test_an_unknown_word_without_an_article_that_opens_a_sentence_is_a_name(
    parser: Parser, text: str, name: bool
) -> None:
    (parsed,) = parser.parse([Sentence(0, len(text), text, "body", 0)])
    scope = Scope(Tree(parsed), Mentions([], [], [], []))
    subject = next(i for i in range(scope.tree.size) if scope.tree.dep[i].startswith("nsubj"))
    assert (kinds_of(scope, subject, load_lexicon()) == {"name"}) is name


@pytest.mark.parametrize(
    ("text", "word", "through"),
    [
        ("The army cleared three villages of militants.", "villages", "villages"),
        ("The army cleared the village of Bucha.", "village", "bucha"),
        ("Of these divisions, only seven were deployed.", "seven", "divisions"),
        ("Hundreds of women came.", "hundreds", "women"),
    ],
)
def test_what_is_counted_is_looked_through_to(parser: Parser, text: str, word: str, through: str) -> None:
    (parsed,) = parser.parse([Sentence(0, len(text), text, "body", 0)])
    scope = Scope(Tree(parsed), Mentions([], [], [], []))
    found = look_through(scope, scope.tree.low.index(word), load_lexicon())
    assert scope.tree.low[found] == through
