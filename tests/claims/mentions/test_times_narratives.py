"""Which year, day and night a narrative means: heads, looks back, days without a month, parts of a month."""

from __future__ import annotations

import pytest

from svidok.claims.mentions.times import find_times

HEADED = "Sedan and Metz, 1870\nUniversal History, London 1898\n\nFrance declared war on the 19th of July."


def values(text: str, published: str | None = None) -> list[str | None]:
    """The values told in a text."""
    return [time.value for time in find_times(text, published=published)]


def bounds(text: str, published: str | None = None) -> list[tuple[str | None, str | None]]:
    """The bounds told in a text."""
    return [(time.earliest, time.latest) for time in find_times(text, published=published)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (HEADED, "1870-07-19"),
        ("The siege, 1912-1913\n\nBy the end of November they were shut in.", "1912-11"),
        ("Sheets of memory\nrecorded Feb. 2021\n\nOn 19 November we heard the guns.", "2020-11-19"),
        ("A history\nLondon 1987\n\nThe town had fallen on 5 May 1950. On 6 June it burned.", "1950-06-06"),
    ],
)
def test_a_story_begins_with_the_earliest_year_of_its_head_and_ends_before_its_imprint(
    text: str, last: str
) -> None:
    assert values(text)[-1] == last


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The attack began on 3 December 1971. Behind it lay the terror of 25 March, when the army had shot "
            "students. On 11 December troops landed.",
            ["1971-12-03", "1971-03-25", "1971-12-11"],
        ),
        (
            "Port Harcourt fell in May 1968. Enugu itself had been lost on 4 October. In June the road was cut.",
            ["1968-05", "1967-10-04", "1968-06"],
        ),
        (
            "On 22 April 1969 they took the town. Troops who had held the fort since December gave it up. "
            "Three days later it burned.",
            ["1969-04-22", "1968-12", "1969-04-25"],
        ),
        (
            "On 7 April 1994 the news came. They fled to the church, as their parents had done in 1963. "
            "On the 15th he came.",
            ["1994-04-07", "1963", "1994-04-15"],
        ),
        (
            "On 1 November 1956 ships were sunk; the canal was closed until April. On 5 November men landed.",
            ["1956-11-01", "1957-04", "1956-11-05"],
        ),
        ("By June 1863 they had won. By August they had left.", ["1863-06", "1863-08"]),
        (
            "On 15 February 1968 they held out. The town is theirs since Jan. 31. It was cleared on the 17th.",
            ["1968-02-15", "1968-01-31", "1968-02-17"],
        ),
    ],
)
def test_what_had_been_lies_behind_the_story_and_does_not_move_it(text: str, told: list[str]) -> None:
    assert values(text) == told


def test_the_first_assault_that_had_been_planned_lies_ahead() -> None:
    text = "They landed on 20 November 1953. The first assault had been planned for 25 January."
    assert values(text)[-1] == "1954-01-25"


def test_a_story_told_by_days_of_another_year_goes_on_in_it() -> None:
    text = "On 15 July 1974 officers rose. On the 20th troops landed.\n\nThe town fell on 6 August."
    assert values(text, "2014-07-20")[-1] == "1974-08-06"
    report = "On 15 July 1974 officers rose. On the 20th troops landed.\n\nThe town fell on 6 July."
    assert values(report, "2014-07-20")[-1] == "2014-07-06"  # shortly before the writing


@pytest.mark.parametrize(
    ("head", "words", "value"),
    [
        ("TEHRAN, May 25 - ", "Troops retook the port yesterday.", "1982-05-24"),
        ("PERPIGNAN, Tuesday night. — ", "Planes came this morning.", "1982-05-25TMO"),
        ("HUE, South Vietnam, May 24. ", "They hold it since yesterday.", "1982-05-23"),
        ("Tehran was quiet on May 25 - ", "Troops retook the port yesterday.", "1982-05-25"),
    ],
)
def test_yesterday_is_counted_from_the_dateline(head: str, words: str, value: str) -> None:
    times = find_times(f"The port is ours\n\n{head}{words}", published="1982-05-26")
    assert times[-1].value == value


def test_a_dateline_dates_a_report_whose_issue_is_unknown() -> None:
    times = find_times("ALGIERS, Jan. 27, 1957. - Bombs went off in three cafes yesterday.")
    assert [(time.value, time.anchor) for time in times][-1] == ("1957-01-26", "dateline 1957-01-27")


@pytest.mark.parametrize(
    "words",
    [
        "On the 26th fighting was heard.",
        "On the 26th MiGs came.",
        "On the morning of the 26th twelve guns fired.",
        "On the evening of the twenty-sixth they left.",
        "They left on Sunday the 26th in boats.",
    ],
)
def test_a_day_without_its_month_is_of_the_story(words: str) -> None:
    assert bounds(f"They came on 22 November 1950. {words}")[-1] == ("1950-11-26", "1950-11-26")


def test_two_days_without_their_month() -> None:
    assert (
        bounds("It fell on 11 July 1995. Between the 12th and the 13th women were driven off.")[1:]
        == [("1995-07-12", "1995-07-13")] * 2
    )
    assert values("It fell on 11 July 1995. On the 12th and 15th men were shot.")[1:] == [
        "1995-07-12",
        "1995-07-15",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "the fire fell on the 5th and 7th Marines",
        "they marched on the 1st Ukrainian Front",
        "shells fell on the 7th armoured division",
        "on the 21st-century battlefield",
        "they lived on the 4th floor",
    ],
)
def test_an_ordinal_of_a_unit_is_no_day(words: str) -> None:
    assert values(f"It began on 3 March 1951; {words}.") == ["1951-03-03"]


def test_a_day_without_its_month_behind_a_week() -> None:
    assert values("They came on 30 January 1968. In the following week they fought. On the 7th it fell.") == [
        "1968-01-30",
        "1968-W06",
        "1968-02-07",
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("It was hit at half past eleven at night.", "1971-03-25T23:30"),
        ("At half past eleven at night tanks came, and after midnight soldiers.", "1971-03-26T00:00"),
        ("In the evening they came, and it was taken before dawn.", "1971-03-26TMO"),
        ("In the evening they came, and it was taken at four in the morning.", "1971-03-26T04:00"),
        ("In the afternoon they came, and it was taken at 17:00.", "1971-03-25T17:00"),
        ("Two nights later they left.", "1971-03-27TNI"),
        ("Next morning they left.", "1971-03-26TMO"),
        ("They left on the morning after.", "1971-03-26TMO"),
        ("They had been warned the summer before.", "1970-SU"),
        ("They had landed on the eve.", "1971-03-24"),
        ("They had landed in the last days of the preceding December.", "1970-12"),
    ],
)
def test_nights_and_what_is_counted_from_the_story(words: str, value: str) -> None:
    assert values(f"On 25 March 1971 we built walls. {words}")[-1] == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("At two o'clock on Monday afternoon it fell.", "2022-04-25T14:00"),
        ("They took it on friday, we hear.", "2022-04-22"),
        ("Grads fell last nite.", "2022-04-26TNI"),
        ("They came late on Monday afternoon.", "2022-04-25TAF"),
        ("It was hit on the day before Orthodox Easter.", "2022-04-23"),
        ("Buses moved at 2 pm.", "2022-04-27T14:00"),
        ("The last night of March was quiet.", "2022-03-31TNI"),
    ],
)
def test_days_and_hours_of_posts(words: str, value: str) -> None:
    assert values(words, "2022-04-27")[-1] == value


def test_overnight_is_before_the_writing_unless_its_paragraph_tells_a_day() -> None:
    words = "It began on 24 March.\n\nThe attacks went on overnight."
    assert bounds(words, "2022-04-27")[-1] == ("2022-04-26", "2022-04-27")


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("in the second half of October", "2021-10-16", "2021-10-31"),
        ("in the first half of October", "2021-10-01", "2021-10-15"),
        ("in the last week of October", "2021-10-25", "2021-10-31"),
        ("in the second week of October", "2021-10-08", "2021-10-14"),
        ("in mid-October", "2021-10-10", "2021-10-20"),
        ("until the middle of October", None, "2021-10-31"),
        ("in early October", "2021-10-01", "2021-10-31"),
    ],
)
def test_parts_of_a_month(words: str, earliest: str | None, latest: str | None) -> None:
    assert bounds(f"People fled {words}.", "2021-11-04") == [(earliest, latest)]


def test_a_half_of_the_month_told() -> None:
    text = "It fell on 18 April 2024. Villages burned in the first half of that month."
    assert bounds(text)[-1] == ("2024-04-01", "2024-04-15")


@pytest.mark.parametrize(
    "words",
    ["near the Friday mosque", "at the May 22 hospital", "told the Morning Post", "in the Evening Standard"],
)
def test_names_made_of_days_are_no_times(words: str) -> None:
    assert values(f"A mine went off, says a man {words}.", "2018-11-14") == []


def test_the_evenings_of_two_days() -> None:
    text = "Between the evenings of 18 and 19 February, 553 blasts were heard."
    assert bounds(text, "2022-02-20") == [("2022-02-18", "2022-02-19")] * 2


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("The garrison was driven out within a week.", "2011-02-17", "2011-02-24"),
        ("They held it for four days.", "2011-02-17", "2011-02-21"),
        ("Two thousand were killed on the first day.", "2011-02-17", "2011-02-17"),
        ("Two thousand were killed on the third day.", "2011-02-19", "2011-02-19"),
        ("Rifles were handed out in the first two days.", "2011-02-17", "2011-02-18"),
        ("In the following days men were shot.", "2011-02-18", None),
        ("From the next day on aircraft bombed it.", "2011-02-18", None),
        ("No petrol for two weeks.", None, None),
        ("The road has been blocked for two weeks.", None, None),
        ("They will hold it for four days.", None, None),
        ("They had held out for four days.", None, None),
        ("\n\nThe garrison was driven out within a week.", None, None),
    ],
)
def test_spans_run_on_from_the_day_told(words: str, earliest: str | None, latest: str | None) -> None:
    assert bounds(f"The uprising began on 17 February 2011. {words}")[-1] == (earliest, latest)


def test_the_first_day_of_nothing_that_began_is_not_known() -> None:
    assert bounds("They came by on 17 February 2011. Many were killed on the first day.")[-1] == (None, None)


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("It rose at five o'clock on 1 August.", "1944-08-01", "1944-08-01"),
        ("It rose at half past five.", "1944-08-01", "1944-08-01"),
        ("It rose at five o'clock in the afternoon.", "1944-08-01T17:00", "1944-08-01T17:00"),
    ],
)
def test_an_hour_told_by_the_word_is_of_the_morning_or_of_the_evening(
    words: str, earliest: str, latest: str
) -> None:
    assert bounds(f"They armed on 1 August 1944. {words}")[-1] == (earliest, latest)


def test_a_quarter_is_one_of_a_town_where_no_other_is_one_of_a_year() -> None:
    assert values("The quarter had been theirs. It fell.", "2016-12-12") == []
    assert values("In the third quarter sales fell. The quarter was bad.", "2016-12-12")[-1] == "2016-Q3"
