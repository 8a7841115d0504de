"""Which of the days that a text tells dates a happening: candidates, their bounds in number, the choice."""

from __future__ import annotations

from typing import Any

import pytest

from svidok.archive import segment
from svidok.claims import assemble as assembling
from svidok.claims.assemble import assemble
from svidok.claims.calendar import Bounds, bounds_of, tense_of
from svidok.claims.dating import dates_of
from svidok.claims.logit import Logit, load_logit
from svidok.claims.mentions.quantities import find_quantities
from svidok.claims.mentions.times import find_times
from svidok.claims.parse import Parser
from svidok.claims.reach import Dated
from svidok.claims.tree import Tree
from svidok.records import Document

DAY = "2022-03-20"
ON_12 = ("2022-03-12", "2022-03-12")


def _told(
    text: str, parser: Parser, model: Logit | None = None, published: str | None = DAY
) -> dict[str, Bounds]:
    """Trigger words of each claim to the bounds of its time."""
    document = Document("d", "0", text, published=published, language="en")
    times = find_times(text, published=published, language="en")
    parsed = parser.parse(segment(document))
    quantities = find_quantities(parsed, times=times, places=())
    claims = assemble(document, parsed, times=times, quantities=quantities, dating=model)
    return {text[slice(*one.trigger)]: bounds_of(one.time) for one in claims}


def _candidates(
    text: str, parser: Parser, monkeypatch: pytest.MonkeyPatch, published: str | None = DAY
) -> list[list[Dated]]:
    """The candidates of each happening, in the order of the text."""
    found: list[list[Dated]] = []

    def record(drafts: Any, document: Any, parsed: Any, mentions: Any, _: Any, lexicon: Any) -> None:
        found.extend(one for _, _, one in dates_of(drafts, document, parsed, mentions, lexicon))

    monkeypatch.setattr(assembling, "settle_dates", record)
    _told(text, parser, published=published)
    return found


def test_no_weight_no_time(parser: Parser) -> None:
    """A model that prefers nothing dates nothing."""
    text = "On 12 March shells hit a school in the town."
    assert _told(text, parser, Logit({}, least=1.0))["hit"] == (None, None)
    assert _told(text, parser)["hit"] == ON_12


def test_weights_on_the_rules_alone_give_what_the_rules_give(parser: Parser) -> None:
    text = "12 March. Shells fell on the port. They hit a school."
    rules = Logit({"rule own": 1.0, "rule carried": 1.0})
    assert _told(text, parser, rules)["hit"] == ON_12


def test_days_of_the_sentence_of_the_story_and_of_publication_are_candidates(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Planes came over on 10 March. Shells hit a school on 12 March."
    last = {bounds_of(one.span): one.names for one in _candidates(text, parser, monkeypatch)[-1]}
    assert "rule own" in last[ON_12] and "rel at" in last[ON_12]
    assert "part last here" in last[("2022-03-10", "2022-03-10")]
    assert "part published" in last[(DAY, DAY)]
    assert "until rel at" in last[(None, "2022-03-12")]


def test_what_had_been_lies_before_the_days_of_the_story(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, had = (
        {bounds_of(one.span) for one in _candidates(text, parser, monkeypatch)[-1]}
        for text in (
            "Snow came early on 12 March. Shells destroyed a bridge.",
            "Snow came early on 12 March. Shells had destroyed a bridge.",
        )
    )
    assert ON_12 in told and ON_12 not in had


def test_a_clause_beside_with_its_own_subject_is_told_apart(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Planes bombed the port and the mayor left the town on 12 March."
    features = {bounds_of(one.span): one.names for one in _candidates(text, parser, monkeypatch)[0]}
    assert "cross below conj apart" in features[ON_12]


def test_joined_days_are_one_candidate_beside_each(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Shells hit a school on 12 and 13 March."
    told = {bounds_of(one.span) for one in _candidates(text, parser, monkeypatch)[-1]}
    assert {ON_12, ("2022-03-13", "2022-03-13"), ("2022-03-12", "2022-03-13")} <= told


@pytest.mark.parametrize("days", ["10, 11 and 12", "10, 11, and 12"])
def test_days_of_a_list_are_joined_through_its_commas(
    days: str, parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidates = _candidates(f"Shells hit a school on {days} March.", parser, monkeypatch)
    assert ("2022-03-10", "2022-03-12") in {bounds_of(one.span) for one in candidates[-1]}


def test_a_sentence_looks_back_at_a_bounded_number_of_days(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(f"On {day} January 1943 shells hit a school." for day in range(1, 31))
    counts = [len(one) for one in _candidates(text, parser, monkeypatch, published=None)]
    assert max(counts[10:]) == counts[10] == counts[-1]


def test_a_happening_looks_at_a_bounded_number_of_days_of_its_sentence(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = ", ".join(f"shells hit a school on {day} January 1943" for day in range(1, 29))
    counts = [len(one) for one in _candidates(text, parser, monkeypatch, published=None)]
    assert len(counts) > 20 and max(counts) <= 2 * 10 + 1


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("They had left the town.", "before"),
        ("They have left the town.", "so far"),
        ("They left the town.", "past"),
        ("They leave the town.", "present"),
        ("They will leave the town.", "modal"),
        ("No bread in the town.", "none"),
    ],
)
def test_the_tense_of_a_clause(text: str, tense: str, parser: Parser) -> None:
    (parsed,) = parser.parse(segment(Document("d", "0", text, language="en")))
    tree = Tree(parsed)
    assert tense_of(tree, tree.low.index("town")) == tense


def test_the_weights_know_what_the_rules_chose() -> None:
    """Leaving what the rules chose has its price."""
    weights = load_logit("dating").weights
    assert weights["rule own"] > 0 > weights["rule other none"]


@pytest.mark.parametrize(
    ("text", "word", "bounds"),
    [
        ("The town is quiet, eight days after it was freed.", "freed", ("2022-03-12", "2022-03-12")),
        (
            "They left on 12 March, two days before the army shelled the town.",
            "shelled",
            ("2022-03-14", "2022-03-14"),
        ),
        (
            "They left on 12 March, two days after the army had shelled the town, and the mayor came back on 17 March.",
            "shelled",
            ("2022-03-10", "2022-03-10"),
        ),
        (
            "They burned houses on Tuesday, three days after the ministry announced the results.",
            "announced",
            ("2022-03-12", "2022-03-12"),
        ),
        (
            "A unit entered the town this morning, after two days of fighting at the station.",
            "fighting",
            ("2022-03-18", "2022-03-20"),
        ),
        (
            "Troops recaptured the port yesterday after a battle of two days.",
            "battle",
            ("2022-03-17", "2022-03-19"),
        ),
        (
            "Armour reached the garrison on Saturday which had been besieged in the old city for four weeks.",
            "besieged",
            ("2022-02-19", "2022-03-19"),
        ),
        (
            "Electricity has been shut off since the troops left the town at the end of January.",
            "shut off",
            ("2022-01-01", None),
        ),
        (
            "Volunteers brought ammunition on their shoulders until the army took the road on March 3.",
            "brought",
            (None, "2022-03-03"),
        ),
    ],
)
def test_days_that_another_clause_tells(text: str, word: str, bounds: Bounds, parser: Parser) -> None:
    """A distance, a duration or a limit in one clause dates the happening of the other."""
    assert _told(text, parser, load_logit("dating"))[word] == bounds


def test_a_distance_from_an_untold_day_dates_nothing(parser: Parser) -> None:
    """No day stands above "eight days after it was freed" in a text without a day."""
    told = _told("The town was quiet, eight days after it was freed.", parser, load_logit("dating"), None)
    assert told["freed"] == (None, None)


def test_a_day_before_our_era_is_kept_whole(parser: Parser) -> None:
    text = "Supplies have been cut off since the troops left on 9 August 48 BC."
    told = _told(text, parser, load_logit("dating"), None)
    assert told["cut off"] == ("-0047-08-09", None)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Since the day of the attack, the losses of the army have already exceeded 13,500.", "losses"),
        ("The army has deported thousands of children since the beginning of the invasion.", "deported"),
        ("So far 14 people were killed.", "killed"),
    ],
)
def test_a_sum_of_a_post_ends_on_its_day_and_begins_before(parser: Parser, text: str, word: str) -> None:
    assert _told(text, parser)[word] == (None, DAY)


def test_a_saying_shares_the_day_of_the_verb_that_it_is_joined_to(parser: Parser) -> None:
    text = "On 12 March the minister called off the storm and announced that the plant would be sealed."
    assert _told(text, parser)["announced"] == ON_12
    apart = "The army said a camp was bombed on 12 March, and claimed that it had lost nobody."
    assert _told(apart, parser)["claimed"] == (None, None)


def test_a_happening_with_a_day_of_its_own_is_not_counted_from_another(parser: Parser) -> None:
    text = "A week after fighting broke out in the town on 12 March, 200 people have left it."
    assert _told(text, parser, published="2022-03-21")["fighting broke"] == ON_12


@pytest.mark.parametrize(
    ("text", "word", "dated"),
    [
        ("The rebels who had slept until 12 March clashed with the army.", "clashed", False),
        ("Bodies were found by the wood, where men dug on 12 March.", "found", False),
        ("The battle, which began on 12 March, lasted a week.", "battle", True),
        ("On 12 March the army entered the town, whose church had been burned.", "burned", False),
        ("In the town from which they withdrew on 12 March, two bodies were found.", "found", False),
        ("In the town which they shelled on 12 March, two people were killed.", "killed", True),
    ],
)
def test_a_clause_on_somebody_or_some_place_keeps_its_day(
    parser: Parser, text: str, word: str, dated: bool
) -> None:
    assert (_told(text, parser, Logit({"rule own": 1.0, "rule carried": 1.0}))[word] == ON_12) is dated
