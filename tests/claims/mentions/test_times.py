"""Expressions of time: what they say, what they are counted from, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

from svidok.claims.mentions.times import find_times, languages
from svidok.claims.mentions.times.language import compile_language, load_language
from svidok.errors import BadData, InputError
from svidok.records import Time

PUBLISHED = "2022-04-27"


def read(text: str, published: str | None = PUBLISHED, language: str = "en") -> list[Time]:
    return list(find_times(text, published=published, language=language))


def one(text: str, published: str | None = PUBLISHED, language: str = "en") -> Time:
    times = read(text, published, language)
    assert len(times) == 1, times
    return times[0]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("24 February 2022", "2022-02-24"),
        ("February 24, 2022", "2022-02-24"),
        ("the 24th of February, 2022", "2022-02-24"),
        ("24 Feb 22", "2022-02-24"),
        ("24.02.2022", "2022-02-24"),
        ("27/4/22", "2022-04-27"),
        ("2022-02-24", "2022-02-24"),
        ("2022/02/24", "2022-02-24"),
        ("8-Mar-2022", "2022-03-08"),
        ("March 2021", "2021-03"),
        ("the summer of 1943", "1943-SU"),
        ("the 1990s", "199"),
        ("the late 19th century", "18"),
        ("the third quarter of 2022", "2022-Q3"),
        ("the second half of 2022", "2022-H2"),
        ("241 BC", "BC0241"),
        ("240500ZFEB22", "2022-02-24T05:00Z"),
        ("2022-03-04T05:30:00Z", "2022-03-04T05:30:00Z"),
        ("24 February 2022 at 5 am", "2022-02-24T05:00"),
        ("the night of 9 March 2022", "2022-03-09TNI"),
        ("25 October (7 November) 1917", "1917-11-07"),
        ("Christmas Day 2021", "2021-12-25"),
        ("Orthodox Easter 2022", "2022-04-24"),
        ("three weeks", "P3W"),
        ("more than two and a half years", "P2.5Y"),
        ("half an hour", "PT0.5H"),
        ("several months", "PXM"),
        ("every night", "P1D"),
        ("three times a week", "P1W"),
        ("every Tuesday", "XXXX-WXX-2"),
        ("nowadays", "PRESENT_REF"),
        ("in those days", "PAST_REF"),
    ],
)
def test_words_alone(words: str, value: str) -> None:
    time = one(words)
    assert (time.text, time.value) == (words, value)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("yesterday", "2022-04-26"),
        ("last night", "2022-04-26TNI"),
        ("this week", "2022-W17"),
        ("last year", "2021"),
        ("two weeks ago", "2022-W15"),
        ("next Monday", "2022-05-02"),
        ("on Friday", "2022-04-22"),
        ("on March 9", "2022-03-09"),
        ("in December", "2021-12"),
        ("earlier this month", "2022-04"),
    ],
)
def test_counted_from_the_day_of_writing(words: str, value: str) -> None:
    assert one(words).value == value


def test_counted_from_the_story() -> None:
    text = "On 9 March 1943 they came. Two days later they left; the next morning it burned. That month ended it."
    assert [time.value for time in read(text, None)] == [
        "1943-03-09",
        "1943-03-11",
        "1943-03-12TMO",
        "1943-03",
    ]


def test_a_vague_base_gives_no_day() -> None:
    assert [time.value for time in read("In May 1943 it began. Four days later it ended.", None)] == [
        "1943-05",
        "XXXX-XX-XX",
    ]


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("between March 4 and 10", "2022-03-04", "2022-03-10"),
        ("from 24 February to 2 April", "2022-02-24", "2022-04-02"),
        ("March 19–20", "2022-03-19", "2022-03-20"),
        ("24/25 February", "2022-02-24", "2022-02-25"),
        ("30 December 2021 to 3 January 2022", "2021-12-30", "2022-01-03"),
        ("1941-45", "1941-01-01", "1945-12-31"),
        ("1904-05", "1904-01-01", "1905-12-31"),
        ("264–241 BC", "-0263-01-01", "-0240-12-31"),
        ("from Monday to Friday", "2022-04-25", "2022-04-29"),
        ("between 10:00 and 12:00 on 5 March", "2022-03-05T10:00", "2022-03-05T12:00"),
        ("from 0500 to 0700 on 24 February", "2022-02-24T05:00", "2022-02-24T07:00"),
    ],
)
def test_both_ends_of_a_range_carry_its_bounds(words: str, earliest: str, latest: str) -> None:
    times = read(words)
    assert len(times) == 2
    assert {(time.earliest, time.latest) for time in times} == {(earliest, latest)}
    assert {time.edtf for time in times if time.edtf} == {times[0].edtf}


@pytest.mark.parametrize(
    ("words", "earliest", "latest", "edtf"),
    [
        ("by March 13", None, "2022-03-13", "../2022-03-13"),
        ("as of 9 March", None, "2022-03-09", "../2022-03-09"),
        ("until June", None, "2022-06-30", "../2022-06"),
        ("since 2014", "2014-01-01", None, "2014/.."),
        ("not before 9 March", "2022-03-09", None, "2022-03-09/.."),
    ],
)
def test_an_open_side(words: str, earliest: str | None, latest: str | None, edtf: str) -> None:
    time = one(words)
    assert (time.earliest, time.latest, time.edtf) == (earliest, latest, edtf)


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("31 February 2022", "impossible_date"),
        ("13/13/2022", "impossible_date"),
        ("2022-13-01", "impossible_date"),
        ("0000-05-05", "impossible_date"),
        ("Friday 24 February 2022", "weekday_mismatch"),
        ("from 9 March 2022 to 4 March 2022", "reversed_range"),
        ("on 3/4/2022", "ambiguous_date"),
    ],
)
def test_what_is_wrong_is_kept_as_written_and_flagged(words: str, flag: str) -> None:
    times = read(words)
    assert times
    assert all(flag in time.flags for time in times)
    assert all(time.text in words for time in times)


def test_an_impossible_day_has_no_bounds() -> None:
    time = one("31 February 2022")
    assert (time.value, time.earliest, time.latest, time.edtf) == ("2022-02-31", None, None, None)


def test_an_ambiguous_day_keeps_both_readings() -> None:
    time = one("on 3/4/2022")
    assert (time.earliest, time.latest, time.edtf) == ("2022-03-04", "2022-04-03", "[2022-03-04,2022-04-03]")


def test_one_plain_slashed_date_tells_the_order_of_the_others() -> None:
    assert [time.value for time in read("On 3/4/2022 and on 27/4/2022")] == ["2022-04-03", "2022-04-27"]


@pytest.mark.parametrize(
    "words",
    [
        "The convoy may be many.",
        "They march on the city.",
        "a second wave of T-72 tanks and 155 mm shells",
        "The Sun said so",
        "Resolution 1973 and Boeing 737",
        "page 1945",
        "1500 soldiers",
        "$1945",
        "version 2.0",
        "a 44-year-old man",
        "3.1945 km",
    ],
)
def test_what_is_no_time(words: str) -> None:
    assert read(words) == []


@pytest.mark.parametrize(
    ("text", "words", "earliest", "latest"),
    [
        (
            "The invasion of Ukraine began on 24 February 2022. In the first 23 days of the invasion it failed.",
            "the first 23 days",
            "2022-02-24",
            "2022-03-18",
        ),
        (
            "The invasion of Ukraine began on 24 February 2022. Within a week of invading Ukraine they stalled.",
            "a week",
            "2022-02-24",
            "2022-03-03",
        ),
        (
            "Girona fell on 5 February 1939. Five days after the fall of Girona it was over.",
            "Five days",
            "1939-02-10",
            "1939-02-10",
        ),
        ("They advanced over the last two days.", "the last two days", "2022-04-25", "2022-04-27"),
    ],
)
def test_durations_counted_from_a_happening(text: str, words: str, earliest: str, latest: str) -> None:
    time = next(time for time in read(text) if time.text == words)
    assert (time.earliest, time.latest) == (earliest, latest)
    assert time.anchor


@pytest.mark.parametrize(
    "text",
    [
        "The first battle began on 17 August 1914. On the first day of the battle of the Somme they fell.",
        "The armistice was signed on 9 December 1917. Two weeks after the storm took the roof they met.",
        "Dien Bien Phu decided the accords that took place on 21 July 1954. One month after Dien Bien Phu it fell.",
        "On 4 January 1951 they took Seoul. Two days after he was killed they left.",
    ],
)
def test_another_happening_dates_nothing(text: str) -> None:
    assert read(text, None)[-1].earliest is None


def test_the_hundredth_day_is_a_day_when_the_first_is_dated() -> None:
    times = read("The war began on 24 February 2022. On the 100th day of the war they spoke.")
    assert times[-1].value == "2022-06-03"


def test_an_hour_belongs_to_its_own_paragraph() -> None:
    text = "On 9 March they came at 05:30.\n\nElsewhere they left at 06:00."
    assert [time.value for time in read(text)] == ["2022-03-09", "2022-03-09T05:30", "XXXX-XX-XXT06:00"]


def test_a_post_without_dates_is_of_its_day() -> None:
    assert one("Explosions in the morning.").value == "2022-04-27TMO"


def test_an_old_year_in_passing_does_not_move_the_story() -> None:
    text = (
        "On 3 May 1917 it began. It was like 1812 again, they said. On 15 May he left. In June 1917 it ended."
    )
    assert [time.value for time in read(text, None)] == ["1917-05-03", "1812", "1917-05-15", "1917-06"]


def test_the_anchor_tells_what_a_value_was_counted_from() -> None:
    assert one("on March 9").anchor == "published 2022-04-27"
    assert read("On 9 March 1943. Two days later.", None)[-1].anchor == "story 1943-03-09"
    assert one("9 March 1943").anchor == "given"


def test_a_line_break_within_a_date() -> None:
    assert one("on 24\nFebruary 2022").value == "2022-02-24"


def test_a_paragraph_break_is_no_range() -> None:
    times = read("It ended in 1943\n\n1944 came")
    assert [time.earliest for time in times] == ["1943-01-01", "1944-01-01"]


@pytest.mark.parametrize(
    ("words", "value", "earliest", "latest"),
    [
        ("24 лютого 2022 року", "2022-02-24", "2022-02-24", "2022-02-24"),
        ("25 квітня", "2022-04-25", "2022-04-25", "2022-04-25"),
        ("у березні 2022-го", "2022-03", "2022-03-01", "2022-03-31"),
        ("на початку березня", "2022-03", "2022-03-01", "2022-03-31"),
        ("станом на 9 березня", "2022-03-09", None, "2022-03-09"),
        ("в ніч на 24 лютого", "2022-02-23TNI", "2022-02-23", "2022-02-24"),
        ("вночі 9 березня", "2022-03-09TNI", "2022-03-09", "2022-03-09"),
        ("восени 1941 року", "1941-FA", "1941-09-01", "1941-11-30"),
        ("учора ввечері", "2022-04-26TEV", "2022-04-26", "2022-04-26"),
        ("241 р. до н. е.", "BC0241", "-0240-01-01", "-0240-12-31"),
        ("двомісячного", "P2M", None, None),
        ("у 80-х роках XX століття", "198", "1980-01-01", "1989-12-31"),
        ("о п’ятій ранку", "2022-04-27T05:00", "2022-04-27T05:00", "2022-04-27T05:00"),
        ("31 лютого 2022 року", "2022-02-31", None, None),
    ],
)
def test_ukrainian(words: str, value: str, earliest: str | None, latest: str | None) -> None:
    time = one(words, language="uk")
    assert (time.value, time.earliest, time.latest) == (value, earliest, latest)


@pytest.mark.parametrize(
    "words", ["з 4 по 10 березня", "між 4 і 10 березня", "4—10 березня 2022", "4–10 березня"]
)
def test_ukrainian_ranges(words: str) -> None:
    bounds = {(time.earliest, time.latest) for time in read(words, language="uk")}
    assert bounds == {("2022-03-04", "2022-03-10")}


@pytest.mark.parametrize(
    ("words", "value", "earliest", "latest"),
    [
        ("24 февраля 2022 года", "2022-02-24", "2022-02-24", "2022-02-24"),
        ("по состоянию на 9 марта", "2022-03-09", None, "2022-03-09"),
        ("в ночь на 24 февраля", "2022-02-23TNI", "2022-02-23", "2022-02-24"),
        ("в прошлом году", "2021", "2021-01-01", "2021-12-31"),
        ("в конце февраля", "2022-02", "2022-02-01", "2022-02-28"),
        ("за последние сутки", "P1D", "2022-04-26", "2022-04-27"),
        ("два месяца назад", "2022-02", "2022-02-01", "2022-02-28"),
    ],
)
def test_russian(words: str, value: str, earliest: str | None, latest: str | None) -> None:
    time = one(words, language="ru")
    assert (time.value, time.earliest, time.latest) == (value, earliest, latest)


@pytest.mark.parametrize(
    ("words", "value", "earliest", "latest"),
    [
        ("el 24 de febrero de 2022", "2022-02-24", "2022-02-24", "2022-02-24"),
        ("el 24 de febrero del año pasado", "2021-02-24", "2021-02-24", "2021-02-24"),
        ("hasta el 13 de marzo", "2022-03-13", None, "2022-03-13"),
        ("a partir del 9 de marzo", "2022-03-09", "2022-03-09", None),
        ("a mediados de abril", "2022-04", "2022-04-10", "2022-04-20"),
        ("en el 218 a. C.", "BC0218", "-0217-01-01", "-0217-12-31"),
        ("en el siglo XIX", "18", "1800-01-01", "1899-12-31"),
        ("los años ochenta", "198", "1980-01-01", "1989-12-31"),
        ("en el invierno de 1937/38", "1937-WI", "1937-12-01", "1938-02-28"),
        ("el invierno austral de 1982", "1982-WI", "1982-06-01", "1982-08-31"),
        ("la madrugada del 21 de mayo de 1982", "1982-05-21TMO", "1982-05-21", "1982-05-21"),
        ("anoche", "2022-04-26TNI", "2022-04-26", "2022-04-26"),
        ("ayer por la mañana", "2022-04-26TMO", "2022-04-26", "2022-04-26"),
        ("la semana pasada", "2022-W16", "2022-04-18", "2022-04-24"),
        ("hace dos meses", "2022-02", "2022-02-01", "2022-02-28"),
        ("en los últimos tres días", "P3D", "2022-04-24", "2022-04-27"),
        ("casi dos años y medio", "P2.5Y", None, None),
        ("cada noche", "P1D", None, None),
        ("dos veces por semana", "P1W", None, None),
        ("actualmente", "PRESENT_REF", None, None),
        ("25 de octubre (7 de noviembre) de 1917", "1917-11-07", "1917-11-07", "1917-11-07"),
        ("31 de febrero de 2022", "2022-02-31", None, None),
    ],
)
def test_spanish(words: str, value: str, earliest: str | None, latest: str | None) -> None:
    time = one(words, language="es")
    assert (time.value, time.earliest, time.latest) == (value, earliest, latest)


@pytest.mark.parametrize(
    "words",
    [
        "del 4 al 10 de marzo",
        "entre el 4 y el 10 de marzo",
        "desde el 4 hasta el 10 de marzo",
        "4–10 de marzo de 2022",
    ],
)
def test_spanish_ranges(words: str) -> None:
    bounds = {(time.earliest, time.latest) for time in read(words, language="es")}
    assert bounds == {("2022-03-04", "2022-03-10")}


@pytest.mark.parametrize(
    "words",
    [
        "un pueblo de 1945 habitantes",
        "la guerra de los Treinta Años",
        "la plaza del 25 de Mayo",
        "a 25 km",
        "dos mil veces",
    ],
)
def test_what_is_no_time_in_spanish(words: str) -> None:
    assert read(words, language="es") == []


def test_the_languages() -> None:
    assert set(languages()) == {"en", "es", "ru", "uk", "und"}


def test_of_an_unknown_language_only_digits_are_read() -> None:
    assert [time.value for time in read("DaHjaj 24.02.2022, Tuesday", language="tlh")] == ["2022-02-24"]


def test_a_missing_folder_is_named() -> None:
    with pytest.raises(BadData, match="'tlh'"):
        load_language("tlh")


@pytest.mark.parametrize(
    "patterns",
    [
        {"pattern": [{"name": "a", "form": "{nothing_here}", "make": "date"}]},
        {"pattern": [{"name": "a", "form": "(the)?", "make": "date"}]},
        {"pattern": [{"name": "a", "form": "(the", "make": "date"}]},
        {"pattern": [{"name": "a", "make": "date"}]},
        {"pattern": [{"name": "a", "form": "day(s|time)", "make": "date"}]},
        {"pattern": [{"name": "a", "form": "the day", "make": "date", "tail": "(?=.*)"}]},
        {"pattern": [{"name": "a", "form": "{A}", "make": "date"}], "macros": {"A": "x{A}"}},
    ],
)
def test_data_that_breaks_the_notation_is_named(patterns: dict[str, Any]) -> None:
    with pytest.raises(BadData, match=r"times/xx/patterns\.toml, pattern 1"):
        compile_language("xx", {}, patterns)


@pytest.mark.parametrize("published", ["27.4.2022", "2022-02-31", "yesterday"])
def test_a_bad_day_of_publication_is_refused(published: str) -> None:
    with pytest.raises(InputError, match="no day of the calendar"):
        find_times("today", published=published)


def test_nothing_in_nothing() -> None:
    assert find_times("") == ()
    assert find_times("\n \n") == ()
