"""Forms that wars other than one's own are written in: each with its value, its bounds, and why."""

from __future__ import annotations

from itertools import pairwise

import pytest

from svidok.claims.mentions.times import find_times
from svidok.claims.mentions.times.counting import on_day
from svidok.claims.mentions.times.feasts import hebrew_day
from svidok.records import Time

WRITTEN = "1993-07-06"  # a Tuesday


def read(text: str, published: str | None = None) -> list[Time]:
    return list(find_times(text, published=published))


def bounds(text: str, published: str | None = None) -> list[tuple[str, str | None, str | None]]:
    return [(time.text, time.earliest, time.latest) for time in read(text, published)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("26-IV-1937", "1937-04-26"),
        ("26.IV.1937", "1937-04-26"),
        ("26 April '37", "1937-04-26"),
        ("060630BJUN44", "1944-06-06T06:30+02:00"),
        ("14/27 July 1914", "1914-07-27"),
        ("October 25 (November 7, N.S.), 1917", "1917-11-07"),
        ("27 June 1709 (O.S.)", "1709-07-08"),
        ("June 27, 1709 (Old Style)", "1709-07-08"),
        ("Yom Kippur 1973", "1973-10-06"),
        ("Passover 1943", "1943-04-20"),
        ("VE Day", "1945-05-08"),
        ("Anzac Day 1916", "1916-04-25"),
        ("Ascension Day 1940", "1940-05-02"),
        ("half a century", "P50Y"),
        ("a quarter of a century", "P25Y"),
        ("a decade and a half", "P15Y"),
        ("a couple of years", "P2Y"),
        ("alternate days", "P2D"),
        ("every other night", "P2D"),
        ("hours later", "XXXX-XX-XXTXX"),
        ("the last quarter of 1944", "1944-Q4"),
        ("H1 2020", "2020-H1"),
        ("2015-W40", "2015-W40"),
        ("2015-W40-3", "2015-09-30"),
        ("the 480s BC", "BC048"),
        ("c.1200", "1200"),
        ("12-07-1941", "1941-XX-XX"),
        ("27-07-1941", "1941-07-27"),
    ],
)
def test_words_alone(words: str, value: str) -> None:
    (time,) = read(words)
    assert (time.text, time.value) == (words, value)


def test_two_days_joined_by_a_slash_are_two() -> None:
    assert [time.value for time in read("on 24/25 July 1914")] == ["1914-07-24", "1914-07-25"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("From March 22 the port was closed.", [("March 22", "1993-03-22", None)]),
        ("The port was closed from 22 March.", [("22 March", "1993-03-22", None)]),
        ("A letter from 22 March came.", [("22 March", "1993-03-22", "1993-03-22")]),
        ("From 1991 onwards they held it.", [("1991", "1991-01-01", None)]),
        ("From 4 May 1982 on, they kept away.", [("4 May 1982", "1982-05-04", None)]),
        ("They came not until August 1944.", [("August 1944", "1944-08-01", None)]),
        ("Since morning the siren howls.", [("morning", WRITTEN, None)]),
        ("Since yesterday evening three died.", [("yesterday evening", "1993-07-05", None)]),
        ("As of 10:00 a.m. 40 were found.", [("10:00 a.m.", WRITTEN, WRITTEN)]),
        ("The road is open until 17:00.", [("17:00", None, "1993-07-06T17:00")]),
        ("At night drones attacked the port.", [("night", "1993-07-05", WRITTEN)]),
        ("The port is dark at night.", [("night", None, None)]),
        ("At night the port is dark.", [("night", None, None)]),
        ("By evening the bridge was down.", [("evening", WRITTEN, WRITTEN)]),
        ("At the end of the day they held it.", [("the end of the day", WRITTEN, WRITTEN)]),
        ("Over the past day 12 came.", [("the past day", "1993-07-05", WRITTEN)]),
        ("A few days ago it held.", [("A few days ago", None, "1993-07-05")]),
        ("Talks will resume in two weeks.", [("two weeks", "1993-07-19", "1993-07-25")]),
        ("Talks will resume in three days.", [("three days", "1993-07-09", "1993-07-09")]),
        ("They come in the next few days.", [("the next few days", WRITTEN, None)]),
        ("It burned over the last few days.", [("the last few days", None, WRITTEN)]),
        ("They met at 14:00 (UTC+3) on 5 May 1991.", [("14:00 (UTC+3) on 5 May 1991", *["1991-05-05T14:00+03:00"] * 2)]),
        ("They will leave within 24 hours.", [("24 hours", WRITTEN, "1993-07-07")]),
        ("They took it in two weeks.", [("two weeks", None, None)]),
        ("They held the first three days of April.", [("the first three days of April", "1993-04-01", "1993-04-03")]),
        ("At 0530 hours on 6 June 1944 they came.", [("0530 hours on 6 June 1944", *["1944-06-06T05:30"] * 2)]),
    ],
)  # fmt: skip
def test_the_bounds_of_what_is_meant(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert bounds(text, WRITTEN) == expected


@pytest.mark.parametrize(
    ("text", "published", "values"),
    [
        ("On the 30th we marched.", "1862-07-02", ["1862-06-30"]),
        ("On the ninth it fell.", "1862-07-12", ["1862-07-09"]),
        ("On the 30th they will meet.", "1862-07-02", ["1862-07-30"]),
        ("On 30 June 1862 we marched. On the 1st we rested; on the 2d it rained.", None, ["1862-06-30", "1862-07-01", "1862-07-02"]),
        ("On 5 March 1862 they left. On the 25th they came back.", None, ["1862-03-05", "1862-03-25"]),
        ("We crossed on the 30th and lay down.", None, ["XXXX-XX-30"]),
        ("On the 7th sappers came. Between the 12th and the 13th men left.", None, ["XXXX-XX-07", "XXXX-XX-12", "XXXX-XX-13"]),
        ("An attack on the 13th failed; on the 18th those of the mill gave up.", None, ["XXXX-XX-13", "XXXX-XX-18"]),
    ],
)  # fmt: skip
def test_a_day_whose_month_is_untold(text: str, published: str | None, values: list[str]) -> None:
    assert [time.value for time in read(text, published)] == values


@pytest.mark.parametrize(
    "words",
    [
        "the night from Friday to Saturday",
        "the night between Friday and Saturday",
        "the night of Friday to Saturday",
        "the night from 25 to 26 February",
        "the night between the 25th and the 26th of February",
        "the night of 25 February to 26 February",
        "the night of February 25 to 26",
    ],
)
def test_a_night_between_two_days_is_no_other_night(words: str) -> None:
    days = {bounded[1:] for bounded in bounds(f"In {words} they came.", "2022-02-28")}
    assert days == {("2022-02-25", "2022-02-26")}


@pytest.mark.parametrize(
    "words",
    ["on the 30th regiment", "of the ninth company", "to the 1st Army", "to the first", "on the 5th floor"],
)
def test_a_number_in_a_row_is_no_day(words: str) -> None:
    assert read(f"They fell {words} there.", WRITTEN) == []


ANCHORED = [
    ("After the fall of Stanley he left. Stanley fell on 14 June 1982.", "the fall of Stanley", "1982-06-14", None),
    ("Until the fall of Stanley he stayed. Stanley fell on 14 June 1982.", "the fall of Stanley", None, "1982-06-14"),
    ("The invasion began on 20 March 2003. Since the start of the invasion 300 died.", "the start of the invasion", "2003-03-20", None),
    ("The war began on 25 June 1950. Three days into the war Seoul fell.", "Three days", "1950-06-28", "1950-06-28"),
    ("The war began on 25 June 1950. On day 45 of the war they stood.", "day 45", "1950-08-08", "1950-08-08"),
    ("Kuwait was invaded on 2 August 1990. In the first 23 days of the invasion thousands fled.", "the first 23 days", "1990-08-02", "1990-08-24"),
    ("The war began on 22 June 1941. In the first week of the war it burned.", "the first week", "1941-06-22", "1941-06-28"),
    ("The war began on 22 June 1941. In the first days of the war it burned.", "the first days", "1941-06-22", None),
    ("The landing was on 7 August 1942. One day after the landing it was theirs.", "One day", "1942-08-08", "1942-08-08"),
    ("The landing was on 7 August 1942. For two days before the landing ships fired.", "two days", "1942-08-05", "1942-08-07"),
    ("The landing was on 7 August 1942. In the two weeks after the landing they dug in.", "the two weeks", "1942-08-07", "1942-08-21"),
    ("The landing was on 7 August 1942. In the last three days before the landing it rained.", "the last three days", "1942-08-04", "1942-08-07"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "earliest", "latest"), ANCHORED)
def test_a_happening_dates_what_is_counted_from_it(
    text: str, words: str, earliest: str | None, latest: str | None
) -> None:
    (time,) = [time for time in read(text) if time.text == words]
    assert (time.earliest, time.latest) == (earliest, latest)
    assert (time.anchor or "").startswith("happening dated")


@pytest.mark.parametrize(
    "text",
    [
        "After the second battle he died. The first battle took place on 11 September 1914.",
        "Until the siege was lifted they starved. The siege began on 5 April 1992.",
        "Stanley fell on 14 June 1982. Goose Green fell on 28 May 1982. After the fall of the town he left.",
        "The day after the fall of Stanley he left. Stanley fell on 14 June 1982.",
        "The port fell on 3 May 1945. The town fell on 5 May 1945. After the fall he left.",
        "After the fall of Saigon on 30 April 1975 they fled. Saigon fell on 30 April 1975.",
    ],
)
def test_no_happening_is_found_where_no_one_day_is_told_for_it(text: str) -> None:
    assert [time.text for time in read(text) if time.value is None and time.type == "DATE"] == []


def test_the_last_week_of_a_war_is_neither_its_first_nor_that_of_the_writing() -> None:
    text = "The war began on 22 June 1941. In the last week of the war it burned."
    assert bounds(text, "1941-08-01")[-1] == ("the last week", None, None)


def test_a_look_back_does_not_move_the_story() -> None:
    text = "On 5 May 1945 it rose. The day before, they had fled. By nightfall it was over."
    assert [time.value for time in read(text)] == ["1945-05-05", "1945-05-04", "1945-05-05TEV"]


def test_a_weekday_of_no_known_week() -> None:
    assert [time.value for time in read("on a Sunday in June 1940")] == ["XXXX-WXX-7", "1940-06"]


@pytest.mark.parametrize(
    "text",
    [
        "April Jones met August Krogh.",
        "They read section 1945 and chapter 1812.",
        "Objective 1968 and hill 1275 were taken.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert read(text, WRITTEN) == []


@pytest.mark.parametrize("text", ["In April Smith left.", "the April Offensive", "By May Day it held."])
def test_a_month_before_a_name_is_a_month(text: str) -> None:
    assert len(read(text, WRITTEN)) == 1


def test_new_years_of_the_hebrew_calendar_fall_on_four_weekdays() -> None:
    days = [hebrew_day(year, 7, 1) for year in range(1500, 2200)]
    assert {(day - 1) % 7 + 1 for day in days} == {1, 2, 4, 6}
    assert {after - before for before, after in pairwise(days)} == {
        353,
        354,
        355,
        383,
        384,
        385,
    }
    assert on_day(days[522]).value == "2022-09-26"


def test_minutes_are_counted_from_the_hour_told_in_the_paragraph() -> None:
    text = (
        "At 23:50 on 17 January 1991 it was hit. Half an hour later it fell. Two hours earlier they had left."
    )
    assert [time.value for time in read(text)][1:] == ["1991-01-18T00:20", "1991-01-17T22:20"]
    assert [time.value for time in read("It was 5 May 1945.\n\nTen minutes later they left.")][1:] == [
        "1945-05-05TXX"
    ]


@pytest.mark.parametrize(
    ("text", "value", "earliest", "latest"),
    [
        ("About an hour ago a shell fell.", f"{WRITTEN}TXX", WRITTEN, WRITTEN),
        ("Half an hour ago a shell fell.", f"{WRITTEN}TXX", WRITTEN, WRITTEN),
        ("A few minutes ago a shell fell.", "PAST_REF", WRITTEN, WRITTEN),
        ("Ten hours ago a shell fell.", f"{WRITTEN}TXX", "1993-07-05", WRITTEN),
        ("Overnight into 5 July a shell fell.", "1993-07-04TNI", "1993-07-04", "1993-07-05"),
        ("Overnight to Monday a shell fell.", "1993-07-04TNI", "1993-07-04", "1993-07-05"),
        ("On 3 July they came. The same hour a shell fell.", "1993-07-03", "1993-07-03", "1993-07-03"),
        ("At 14:10 on 3 July they came. The same hour a shell fell.", "1993-07-03T14:10", "1993-07-03T14:10", "1993-07-03T14:10"),
    ],
)  # fmt: skip
def test_few_hours_lie_within_the_day(text: str, value: str, earliest: str, latest: str) -> None:
    last = read(text, WRITTEN)[-1]
    assert (last.value, last.earliest, last.latest) == (value, earliest, latest)


@pytest.mark.parametrize("words", ["the year 0", "0 BC"])
def test_no_calendar_has_a_year_nought(words: str) -> None:
    (time,) = read(f"It was {words}.")
    assert (time.value, time.earliest, time.flags) == ("0000", None, ("impossible_date",))


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("uk", "на Великдень 2022", "2022-04-24"),
        ("uk", "у День Перемоги 1995 року", "1995-05-09"),
        ("uk", "о пів на п'яту ранку 26 квітня 1937 року", "1937-04-26T04:30"),
        ("uk", "14/27 липня 1914 року", "1914-07-27"),
        ("uk", "чверть століття", "P25Y"),
        ("ru", "на Пасху 2022 года", "2022-04-24"),
        ("ru", "в половине пятого утра 26 апреля 1937 года", "1937-04-26T04:30"),
        ("ru", "14/27 июля 1914 года", "1914-07-27"),
        ("ru", "полвека", "P50Y"),
        ("es", "El Domingo de Pascua de 1916", "1916-04-23"),
        ("es", "medio siglo", "P50Y"),
        ("uk", "кожної ночі", "P1D"),
        ("ru", "каждые три дня", "P3D"),
    ],
)
def test_forms_of_other_languages(language: str, words: str, value: str) -> None:
    (time,) = find_times(words, language=language)
    assert time.value == value


@pytest.mark.parametrize(
    ("language", "text", "words", "earliest", "latest"),
    [
        ("uk", "з учорашнього вечора", "учорашнього вечора", "1993-07-05", None),
        ("uk", "наприкінці дня", "наприкінці дня", WRITTEN, WRITTEN),
        ("uk", "не раніше 3 травня", "3 травня", "1993-05-03", None),
        ("uk", "Війна почалася 22 червня 1941 року. Протягом першого тижня війни.", "першого тижня", "1941-06-22", "1941-06-28"),
        ("ru", "со вчерашнего вечера", "вчерашнего вечера", "1993-07-05", "1993-07-05"),
        ("ru", "в конце дня", "конце дня", WRITTEN, WRITTEN),
        ("ru", "Война началась 22 июня 1941 года. В первые дни войны.", "первые дни", "1941-06-22", None),
        ("es", "desde la mañana", "mañana", WRITTEN, None),
        ("es", "al final del día", "al final del día", WRITTEN, WRITTEN),
    ],
)  # fmt: skip
def test_bounds_in_other_languages(
    language: str, text: str, words: str, earliest: str | None, latest: str | None
) -> None:
    (time,) = [t for t in find_times(text, published=WRITTEN, language=language) if t.text == words]
    assert (time.earliest, time.latest) == (earliest, latest)


def test_an_ambiguous_date_gives_its_year_to_the_story() -> None:
    times = find_times("Letter, 3/4/95\n\nMy brother was shot on 5 March.")
    assert [time.value for time in times] == ["1995-XX-XX", "1995-03-05"]
