"""Attributions: cue, source and content of direct, indirect, mixed and nested speech."""

from __future__ import annotations

import pytest

from svidok.archive import segment
from svidok.atlas.actors import load_actors
from svidok.claims.attributions import find_attributions
from svidok.claims.attributions.quotes import find_quotes
from svidok.claims.mentions.actors import find_actors
from svidok.claims.parse import Parser
from svidok.records import Attribution, Document


@pytest.fixture
def find(parser: Parser):
    def run(text: str, least: float | None = None) -> list[tuple[str | None, str, str, Attribution]]:
        parsed = parser.parse(segment(Document(id="t", sha256="", text=text)))
        actors = find_actors(parsed, table=load_actors())
        return [
            (text[slice(*a.source)] if a.source else None, text[slice(*a.cue)], text[slice(*a.content)], a)
            for a in find_attributions(parsed, actors=actors, least=least)
        ]

    return run


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The mayor said that two people had died.", "The mayor", "that two people had died"),
        ("Two people had died, the mayor said.", "the mayor", "Two people had died"),
        ("“We will never leave this town,” said Olha Moroz.", "Olha Moroz", "“We will never leave this town,”"),
        ("According to the ministry, 40 tanks were destroyed.", "the ministry", "40 tanks were destroyed"),
        ("Forty tanks were destroyed, according to the ministry.", "the ministry", "Forty tanks were destroyed"),
        ("The army, officials said, had withdrawn from the city.", "officials", "The army, officials said, had withdrawn from the city"),
        ("Zelensky: Russia has lost the battle for Kyiv", "Zelensky", "Russia has lost the battle for Kyiv"),
        ("That day alone, according to the ministry, forty soldiers died.", "the ministry", "forty soldiers died"),
        ("He was arrested and, according to his lawyer, he was beaten.", "his lawyer", "he was beaten"),
        ("The raid destroyed, by his own account, a dozen aircraft.", "his", "The raid destroyed"),
        ("The writer Anne Moreau said that the siege was over.", "The writer Anne Moreau", "that the siege was over"),
        ("The army denied that its troops had fired.", "The army", "that its troops had fired"),
        ("The envoy sent letters claiming that the fort had fallen.", "The envoy", "that the fort had fallen"),
        ("The press gives all kinds of explanations claiming that the fleet won.", "The press", "that the fleet won"),
        ("Letters claiming that the fort had fallen were burned.", "Letters", "that the fort had fallen"),
        ("The enemy shelled the town, local media report.", "local media", "The enemy shelled the town"),
    ],
)  # fmt: skip
def test_shapes(find, text: str, source: str, content: str) -> None:
    assert (source, content) in [(s, c) for s, _, c, _ in find(text)]


def test_mixed_quotation_is_one_content(find) -> None:
    (_, _, content, _), *_ = find('Rudskoi said the invaders had "achieved their goals" and were leaving.')
    assert content == 'the invaders had "achieved their goals" and were leaving'


def test_a_quotation_goes_on_after_its_cue(find) -> None:
    text = "“The bridge is gone,” said Ivan Bondar, a farmer. “We cannot cross.”"
    assert [c for _, _, c, _ in find(text)] == [text]


def test_nested(find) -> None:
    found = find("The ministry said that the rebels had denied that they shot the plane down.")
    assert {(s, a.denies) for s, _, _, a in found} == {("The ministry", False), ("the rebels", True)}


@pytest.mark.parametrize(
    ("text", "sense", "denies"),
    [
        ("Moscow denied that it had shelled the hospital.", "deny", True),
        ("Kyiv accused Moscow of shelling the hospital.", "accuse", False),
        ("The president vowed to retake the city.", "pledge", False),
        ("The rebels threatened to blow up the dam.", "threaten", False),
        ("The minister called on the rebels to lay down their arms.", "demand", False),
        ("The general announced that his troops had left the town.", "announce", False),
        ("The group claimed that it had killed ten soldiers.", "claim", False),
    ],
)
def test_senses(find, text: str, sense: str, denies: bool) -> None:
    assert (sense, denies) in [(a.sense, a.denies) for *_, a in find(text)]


def test_speakers_get_their_names(find) -> None:
    assert find("Zelensky said that the city had held.")[0][3].speaker == "Volodymyr Zelenskyy"
    assert find("The Kremlin said that talks had failed.")[0][3].speaker == "Russia"


def test_unlikely_cues_are_given_only_when_asked_for(find) -> None:
    text = "He offered her a coat, and she chose to stay."
    assert not find(text)
    assert find(text, least=0.0)


@pytest.mark.parametrize("text", ["", "“", "”””", "said said said", ": : :", "“a “b “c “d", "- -- — said X"])
def test_noise_does_no_harm(find, text: str) -> None:
    find(text)


def test_open_quotations_run_to_the_end_of_the_paragraph() -> None:
    text = "“One two three four five six.\n“Seven eight nine ten eleven.”"
    assert find_quotes(text, [(0, 29), (30, len(text))]) == [(0, 29), (30, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "- Pulmoddai: the hospital has treated 1,200 people.",
        "8 April: The exhumation of the grave began.",
        "They drove through the village, some of them crying.",
    ],
)
def test_nobody_says_what_a_list_tells(find, text: str) -> None:
    assert find(text) == []
