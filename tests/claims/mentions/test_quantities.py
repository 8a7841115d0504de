"""Quantities: numbers, bounds, what is counted, what befell it, and what is no count at all."""

from __future__ import annotations

import pytest

from svidok.archive import segment
from svidok.claims.mentions.quantities import find_quantities
from svidok.claims.parse import Parser
from svidok.records import Document, Quantity


@pytest.fixture
def find(parser: Parser):
    def run(text: str) -> list[Quantity]:
        found = find_quantities(parser.parse(segment(Document(id="t", sha256="", text=text))))
        assert all(text[q.start : q.end] == q.text for q in found)
        return list(found)

    return run


@pytest.mark.parametrize(
    ("text", "what", "kind", "low", "high", "bound", "fate"),
    [
        ("The blast killed 14 civilians.", "civilian", "people", 14, 14, "exact", "killed"),
        ("More than 5,000 people were wounded.", "person", "people", 5000, None, "at_least", "wounded"),
        ("At least two dozen soldiers died.", "soldier", "people", 24, None, "at_least", "killed"),
        ("Up to 200 hostages are held.", "person", "people", None, 200, "at_most", "detained"),
        ("About 17 300 soldiers were lost.", "soldier", "people", 17300, 17300, "about", "lost"),
        ("Tens of thousands of people fled.", "person", "people", 20000, None, "at_least", "displaced"),
        ("Dozens of children were killed.", "child", "people", 24, None, "at_least", "killed"),
        ("Thousands fled.", "person", "people", 2000, None, "at_least", "displaced"),
        ("Half a million people were displaced.", "person", "people", 500000, 500000, "exact", "displaced"),
        ("Two to three thousand troops entered.", "soldier", "people", 2000, 3000, "between", None),
        ("They destroyed 36 Russian tanks.", "tank", "equipment", 36, 36, "exact", "destroyed"),
        ("Three T-90s burned.", "tank", "equipment", 3, 3, "exact", "destroyed"),
        ("It lost 1,723 armoured personnel carriers.", "armoured vehicle", "equipment", 1723, 1723, "exact", "lost"),
        ("More than 30 cities were liberated.", "settlement", "places", 30, None, "at_least", None),
        ("A 64-kilometre convoy stopped.", "km", "distance", 64, 64, "exact", None),
        ("They hold 2,500 square kilometres.", "km²", "area", 2500, 2500, "exact", None),
        ("Between 20% and 30% of the city fell.", "city", "share", 20, 30, "between", None),
        ("Two thirds of the houses burned.", "house", "share", pytest.approx(66.66), pytest.approx(66.66), "exact", None),
        ("It cost $3.5 million.", "USD", "money", 3.5e6, 3.5e6, "exact", None),
        ("He sent one billion pounds.", "GBP", "money", 1e9, 1e9, "exact", None),
        ("They used 200 pounds of explosives.", "lb", "mass", 200, 200, "exact", None),
        ("The war took the lives of more than 22,000 residents.", "person", "people", 22000, None, "at_least", "killed"),
        ("On 15 April 27 civilians were killed.", "civilian", "people", 27, 27, "exact", "killed"),
        ("No fewer than twenty-five villages were razed.", "settlement", "places", 25, None, "at_least", "destroyed"),
    ],
)  # fmt: skip
def test_counts(find, text, what, kind, low, high, bound, fate) -> None:
    q = find(text)[0]
    assert (q.what, q.kind, q.low, q.high, q.bound, q.fate) == (what, kind, low, high, bound, fate)


def test_fates_in_one_clause(find) -> None:
    found = find("The shelling left 500 dead and 1,500 injured.")
    assert [(q.low, q.fate) for q in found] == [(500, "killed"), (1500, "wounded")]
    found = find("It killed 11 and wounded 25.")
    assert [(q.low, q.fate) for q in found] == [(11, "killed"), (25, "wounded")]


def test_totals_and_rates(find) -> None:
    assert find("The army has lost 500 tanks since the beginning of the war.")[0].cumulative is True
    assert find("They fire 300 shells a day.")[0].cumulative is False
    assert find("They fired 300 shells.")[0].cumulative is None


@pytest.mark.parametrize(
    "text",
    [
        "It happened in 1995.",
        "On March 5, 2022 it rained.",
        "On 5 March it rained.",
        "The T-72 and the Su-34 were seen.",
        "A 155 mm howitzer fired.",
        "The M777 fired.",
        "The 93rd Brigade arrived.",
        "1) Battle of Irpin",
        "Resolution 2202 was adopted.",
        "It began at 5:30 a.m.",
        "A 14-year-old spoke.",
        "No one came, and one of them left.",
    ],
)
def test_no_counts(find, text: str) -> None:
    assert not [q for q in find(text) if q.kind is not None]


def test_tallies_of_losses(find) -> None:
    text = (
        "The total losses of the enemy from 24.02 to 28.02: planes – 29, helicopters – 29, tanks – 191, "
        "armored personnel carriers – 816, personnel – about 5 300."
    )
    assert [(q.what, q.low, q.fate, q.cumulative) for q in find(text)] == [
        ("aircraft", 29, "lost", True),
        ("helicopter", 29, "lost", True),
        ("tank", 191, "lost", True),
        ("armoured vehicle", 816, "lost", True),
        ("soldier", 5300, "lost", True),
    ]


def test_tallies_line_by_line(find) -> None:
    found = find("The combat losses of the enemy were:\n\ntanks ‒ 1077 (+15)\n\nartillery systems – 491")
    assert [(q.what, q.low) for q in found] == [("tank", 1077), ("artillery system", 491)]


def test_another_counts_the_same_things(find) -> None:
    found = find("382 children died, and another 740 were injured.")
    assert [(q.what, q.low, q.fate) for q in found] == [("child", 382, "killed"), ("child", 740, "wounded")]
