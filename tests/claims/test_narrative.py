"""Days that a story hands on: stamps, lists led in by a date, totals so far, and what came before or after."""

from __future__ import annotations

import pytest

from svidok.archive import segment
from svidok.claims.assemble import assemble
from svidok.claims.mentions.quantities import find_quantities
from svidok.claims.mentions.times import find_times
from svidok.claims.parse import Parser
from svidok.records import Document

DAY = "2022-03-20"


def _days(text: str, parser: Parser) -> dict[str, str | None]:
    """Type of each claim to the first day of its time."""
    document = Document("d", "0", text, published=DAY, language="en")
    parsed = parser.parse(segment(document))
    times = find_times(text, published=DAY, language="en")
    quantities = find_quantities(parsed, times=times, places=())
    claims = assemble(document, parsed, times=times, quantities=quantities)
    return {one.type: one.time.earliest[:10] if one.time and one.time.earliest else None for one in claims}


@pytest.mark.parametrize(
    ("text", "type_", "day"),
    [
        ("Rebel troops have crossed the border.", "move", DAY),
        ("More than 3,000 people have fled the town.", "displace", None),
        ("The ministry has demanded that the talks go on.", "statement", None),
        ("12 March, 14:20: Shells hit a school.", "strike", "2022-03-12"),
        ("12 March. Shells fell. They hit a school. Ten people died.", "casualties", "2022-03-12"),
        ("1. Riverton, 12 March: a mill burnt out.", "destroy", "2022-03-12"),
        ("12 March. Planes came. The bridge had been destroyed.", "destroy", None),
        (
            "Photo 8: A crowd at the hall of Riverton, 12 March. A man was wounded.",
            "casualties",
            "2022-03-12",
        ),
        ("Six ships were sunk there, and the canal remained closed until 12 March.", "destroy", None),
        ("The enemy had held the town since 12 March. They burned six trucks.", "destroy", None),
        ("12 March. The mayor spoke to the crowd and demanded bread.", "statement", None),
        (
            "12 March\n\nSnow.\n\n13 March\n\nShells hit a school.\n\n14 March\n\nRain.",
            "strike",
            "2022-03-13",
        ),
        ("12 March\n\nShells hit a school.", "strike", None),
        ("The loss on 12 March:\n40 people were killed\n12 houses were destroyed", "destroy", "2022-03-12"),
        ("The loss on 12 March:\n40 people were killed\n\n12 houses were destroyed", "destroy", None),
        ("Soldiers shelled the town on 12 March, the mayor said.", "strike", "2022-03-12"),
    ],
)
def test_the_day_of_a_happening(text: str, type_: str, day: str | None, parser: Parser) -> None:
    assert _days(text, parser)[type_] == day


def test_a_day_in_what_is_said_is_not_the_day_of_the_saying(parser: Parser) -> None:
    days = _days("The mayor announced that soldiers shelled the town on 12 March.", parser)
    assert days["strike"] == "2022-03-12" and days["statement"] is None


def test_the_day_of_the_leaving_is_not_that_of_the_killing(parser: Parser) -> None:
    days = _days("Soldiers killed three farmers before they withdrew from the village on 12 March.", parser)
    assert days["withdraw"] == "2022-03-12" and days["attack_civilians"] is None


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("The town has been silent since Friday, when shells hit a school.", ("2022-03-18", "2022-03-18")),
        ("No ship came until January, when rockets struck the port.", ("2022-01-01", "2022-01-31")),
        ("They lost at Riverton on 12 March, when shells hit a school.", ("2022-03-12", "2022-03-12")),
    ],
)
def test_a_clause_with_when_is_dated_by_the_time_before_it(
    text: str, bounds: tuple[str, str], parser: Parser
) -> None:
    document = Document("d", "0", text, published=DAY, language="en")
    times = find_times(text, published=DAY, language="en")
    claims = assemble(document, parser.parse(segment(document)), times=times)
    (struck,) = [one for one in claims if one.type == "strike"]
    assert struck.time is not None and (struck.time.earliest, struck.time.latest) == bounds
