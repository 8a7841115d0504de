"""What the parser gets wrong in the same way each time is put right."""

from __future__ import annotations

import pytest

from svidok.archive import segment
from svidok.atlas.lexicon import load_lexicon
from svidok.claims.kinds import Mentions
from svidok.claims.mending import (
    mend_counts,
    mend_fires,
    mend_gerunds,
    mend_lemmas,
    mend_listed_verbs,
    mend_time_phrases,
)
from svidok.claims.parse import Parser
from svidok.claims.tree import Tree
from svidok.records import Document, Time


@pytest.mark.parametrize(
    ("text", "time", "subject", "verb"),
    [
        ("In the afternoon shells fell on the town.", "the afternoon", "shells", "fell"),
        ("That night gunmen killed two farmers.", "That night", "gunmen", "killed"),
    ],
)
def test_a_time_is_parted_from_the_subject_behind_it(
    text: str, time: str, subject: str, verb: str, parser: Parser
) -> None:
    document = Document("d", "0", text, language="en")
    (parsed,) = parser.parse(segment(document))
    start = text.index(time)
    mentions = Mentions((), (Time(start, start + len(time), time, "TIME"),), (), ())
    tree = Tree(parsed)
    mend_time_phrases(tree, mentions)
    noun, head = tree.low.index(subject), tree.low.index(verb)
    assert (tree.head[noun], tree.dep[noun]) == (head, "nsubj")
    assert noun in tree.kids[head]
    assert sum(len(kids) for kids in tree.kids) == tree.size - 1


def test_a_gerund_before_a_bare_noun_describes_it(parser: Parser) -> None:
    (parsed,) = parser.parse(segment(Document("d", "0", "The port has been without running water for days.")))
    tree = Tree(parsed)
    mend_gerunds(tree)
    water = tree.low.index("water")
    assert (tree.low[tree.head[water]], tree.dep[water]) == ("without", "pobj")
    assert tree.dep[tree.low.index("running")] == "amod"
    assert sum(len(kids) for kids in tree.kids) == tree.size - 1


def test_a_gerund_with_an_article_is_a_noun(parser: Parser) -> None:
    (parsed,) = parser.parse(segment(Document("d", "0", "The rising began in 1954.")))
    tree = Tree(parsed)
    mend_lemmas(tree, load_lexicon())
    assert (tree.tag[1], tree.lemma[1]) == ("NN", "rising")


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("The hospital was among the first buildings struck.", "struck", "VBN"),
        ("The last fighters left tonight, a little after eight.", "left", "VBD"),
    ],
)
def test_a_clause_on_a_governed_noun_is_a_participle(text: str, word: str, tag: str, parser: Parser) -> None:
    (parsed,) = parser.parse(segment(Document("d", "0", text)))
    tree = Tree(parsed)
    mend_lemmas(tree, load_lexicon())
    assert tree.tag[tree.low.index(word)] == tag


@pytest.mark.parametrize(
    ("text", "verb", "head"),
    [
        ("The town took in thousands who had fled Homs, lost their homes, slept in cellars.", "lost", "fled"),
        ("The general met villagers who had fled Homs, visited the hospital and left.", "visited", "met"),
    ],
)
def test_a_list_of_verbs_without_and_goes_on_with_the_clause_of_who(
    text: str, verb: str, head: str, parser: Parser
) -> None:
    (parsed,) = parser.parse(segment(Document("d", "0", text, language="en")))
    tree = Tree(parsed)
    mend_listed_verbs(tree, load_lexicon())
    assert tree.low[tree.head[tree.low.index(verb)]] == head
    assert sum(len(kids) for kids in tree.kids) == tree.size - 1


def test_a_gerund_in_a_list_of_gerunds_is_a_verb(parser: Parser) -> None:
    text = (
        "The guild joined in, actively taking part in the defence, building walls with stones, making ropes."
    )
    (parsed,) = parser.parse(segment(Document("d", "0", text, language="en")))
    tree = Tree(parsed)
    mend_listed_verbs(tree, load_lexicon())
    building = tree.low.index("building")
    assert tree.tag[building] == "VBG"
    assert tree.dep[tree.low.index("walls")] == "dobj"
    assert sum(len(kids) for kids in tree.kids) == tree.size - 1


@pytest.mark.parametrize(
    ("text", "noun", "head", "relation"),
    [
        ("Fighters set a police car ablaze.", "car", "set", "dobj"),
        ("They set the oil tanks at Keamari ablaze.", "keamari", "at", "pobj"),
        ("They tied them up and set them alight.", "them", "set", "dobj"),
    ],
)
def test_what_is_set_ablaze_is_no_part_of_the_word(
    text: str, noun: str, head: str, relation: str, parser: Parser
) -> None:
    (parsed,) = parser.parse(segment(Document("d", "0", text)))
    tree = Tree(parsed)
    mend_fires(tree)
    last = tree.size - 1 - tree.low[::-1].index(noun)
    assert (tree.low[tree.head[last]], tree.dep[last]) == (head, relation)
    fire = next(i for i in range(tree.size) if tree.low[i] in {"ablaze", "alight"})
    assert (tree.low[tree.head[fire]], tree.dep[fire]) == ("set", "advmod")
    assert sum(len(kids) for kids in tree.kids) == tree.size - 1


def test_a_number_behind_a_place_is_the_subject_that_is_wanting(parser: Parser) -> None:
    (parsed,) = parser.parse(
        segment(Document("d", "0", "In Belovo district 8,000 were brought out by Monday."))
    )
    tree = Tree(parsed)
    mend_counts(tree)
    number = tree.low.index("8,000")
    assert (tree.low[tree.head[number]], tree.dep[number]) == ("brought", "nsubjpass")
    assert sum(len(kids) for kids in tree.kids) == tree.size - 1


def test_a_word_for_any_happening_tells_of_what_it_carries(parser: Parser) -> None:
    text = "Two rape incidents have occurred in the camp."
    (parsed,) = parser.parse(segment(Document("d", "0", text)))
    tree = Tree(parsed)
    mend_lemmas(tree, load_lexicon())
    assert tree.lemma[tree.low.index("incidents")] == "rape"


@pytest.mark.parametrize(("text", "tag"), [("The pass was fortified.", "VBN"), ("The pass was steep.", "JJ")])
def test_a_verb_of_the_lexicon_after_be_is_a_passive(text: str, tag: str, parser: Parser) -> None:
    (parsed,) = parser.parse(segment(Document("d", "0", text)))
    tree = Tree(parsed)
    mend_lemmas(tree, load_lexicon())
    assert tree.tag[3] == tag


def test_a_share_of_things_is_an_object(parser: Parser) -> None:
    (parsed,) = parser.parse(segment(Document("d", "0", "Air defence downed 30 of 35 drones.")))
    tree = Tree(parsed)
    mend_counts(tree)
    assert tree.dep[3] == "dobj"
