"""Stories of wars from antiquity to our days, in our own words: dates carried from sentence to sentence."""

from __future__ import annotations

import pytest

from svidok.claims.mentions.times import find_times

STORIES = [
    (
        "en",
        None,
        "The war began in 218 BC. In 211 he marched on the city; five years later they landed in Spain. "
        "By the end of the year 206 the coast was lost. In September 204 the fleet sailed, and early in 201 "
        "peace was signed.",
        ["BC0218", "BC0211", "BC0206", "BC0206", "BC0204-09", "BC0201"],
    ),
    (
        "en",
        None,
        "The Thirty Years' War began on 23 May 1618. Two and a half years later the Bohemians were beaten.",
        ["1618-05-23", "1620-11"],
    ),
    (
        "en",
        None,
        "On 24 June 1812 they crossed the river. On 7 September (26 August O.S.) the armies met. A week later "
        "the capital was entered.",
        ["1812-06-24", "1812-09-07", "1812-09-14"],
    ),
    (
        "en",
        None,
        "The fort was shelled at 4:30 a.m. on April 12, 1861. The campaign opened on May 4 the following year "
        "and ran until mid-November '64.",
        ["1861-04-12T04:30", "1862-05-04", "1864-11"],
    ),
    (
        "en",
        None,
        "It opened on 1 July 1916. Verdun went on from 21 February to 18 December of the same year.",
        ["1916-07-01", "1916-02-21", "1916-12-18"],
    ),
    (
        "en",
        None,
        "They lay in the trenches through the winter of 1854/55 and in the southern winter of 1933.",
        ["1854-WI", "1933-WI"],
    ),
    (
        "uk",
        None,
        "16 (26) травня 1648 року військо було розбито. 8 (18) січня 1654 року зібралася рада. "
        "Узимку 1654/55 років почалися бої.",
        ["1648-05-26", "1654-01-18", "1654-WI"],
    ),
    (
        "uk",
        None,
        "7 вересня 1812 року була битва. В останні дні листопада вони відступили. За два тижні до того "
        "скінчився хліб. Через півроку, 30 травня, усе почалося знову.",
        ["1812-09-07", "1812-11", "XXXX-WXX", "1813-05", "1813-05-30"],
    ),
    (
        "uk",
        None,
        "22 червня 1941 р. о 3:30 ночі впали бомби. Увечері 5 листопада танки вийшли до міста, а вранці 6-го "
        "його взяли.",
        ["1941-06-22T03:30", "1941-11-05TEV", "1941-11-06TMO"],
    ),
    (
        "uk",
        "2022-05-17",
        "Двічі на тиждень привозять воду. З четверга по суботу світла не було. У понеділок зустрінуться делегації.",
        ["P1W", "2022-05-12", "2022-05-14", "2022-05-23"],
    ),
    (
        "ru",
        None,
        "12 (24) июня 1812 года армия перешла реку. 26 августа (7 сентября) было сражение, а спустя неделю "
        "они вошли в город. В последних числах ноября всё кончилось.",
        ["1812-06-24", "1812-09-07", "1812-09-14", "1812-11"],
    ),
    (
        "ru",
        None,
        "22 июня 1941 года в 4 часа утра началась война. Спустя ещё три недели пал Смоленск. За два дня до этого "
        "штаб уехал. Вечером 5 ноября вышли танки, а утром 6-го город был взят.",
        ["1941-06-22", "1941-06-22T04:00", "1941-07-13", "1941-07-11", "1941-11-05TEV", "1941-11-06TMO"],
    ),
    (
        "es",
        None,
        "La guerra empezó el 17 de julio de 1936. A principios de noviembre de ese año llegaron a Madrid. "
        "Guernica fue bombardeada el 26 de abril de 1937, a las cuatro y media de la tarde. Dos meses más tarde "
        "cayó Bilbao.",
        ["1936-07-17", "1936-11", "1937-04-26T16:30", "1937-06"],
    ),
    (
        "es",
        None,
        "En el 218 a. C. cruzó los Alpes. En 211 marchó sobre Roma; cinco años después todo había acabado.",
        ["BC0218", "BC0211", "BC0206"],
    ),
    (
        "es",
        "2022-05-17",
        "El próximo lunes se reunirán las delegaciones. El miércoles atacaron el puente. Al día siguiente volvieron.",
        ["2022-05-23", "2022-05-11", "2022-05-12"],
    ),
    (
        "ru",
        "2022-05-17",
        "За последние двое суток ранены 14 человек. Два раза в неделю привозят воду. В прошлый вторник в пять "
        "утра взорвали мост. Полтора года назад тут сеяли. В понедельник встретятся делегации.",
        ["P2D", "P1W", "2022-05-10T05:00", "2020-11", "2022-05-23"],
    ),
]


@pytest.mark.parametrize(("language", "published", "story", "values"), STORIES)
def test_a_story_is_followed(language: str, published: str | None, story: str, values: list[str]) -> None:
    assert [time.value for time in find_times(story, published=published, language=language)] == values


EVENTS = [
    ("en", "On 24 February 2022 they invaded. Within a week of the invasion a million had fled.", "2022-02-24", "2022-03-03"),
    ("en", "The siege began on 5 April 1992. Two weeks into the siege the water was cut.", "1992-04-19", "1992-04-19"),
    ("en", "The siege began on 5 April 1992. On the third day of the siege the library burned.", "1992-04-07", "1992-04-07"),
    ("en", "Kherson fell on 2 March 2022. Two days before Kherson fell the bridge was open.", "2022-02-28", "2022-02-28"),
    ("en", "On 2 April 1982 troops landed there. Three days after the landing the fleet sailed.", "1982-04-05", "1982-04-05"),
    ("es", "Barcelona cayó el 26 de enero de 1939. Cinco días después de la caída de Barcelona llegaron.", "1939-01-31", "1939-01-31"),
    ("es", "La invasión comenzó el 24 de febrero de 2022. Los primeros 23 días de la invasión fracasó.", "2022-02-24", "2022-03-18"),
    ("ru", "Осада началась 5 апреля 1992 года. Через три дня после начала осады сгорела библиотека.", "1992-04-08", "1992-04-08"),
    ("uk", "Херсон упав 2 березня 2022 року. Через десять днів після падіння Херсона вийшли люди.", "2022-03-12", "2022-03-12"),
    ("uk", "Вторгнення почалося 24 лютого 2022 року. На 82-й день вторгнення вийшли із заводу.", "2022-05-16", "2022-05-16"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "earliest", "latest"), EVENTS)
def test_a_happening_dated_in_another_sentence(language: str, text: str, earliest: str, latest: str) -> None:
    time = find_times(text, language=language)[-1]
    assert (time.earliest, time.latest) == (earliest, latest)
    assert time.anchor is not None
    assert time.anchor.startswith("happening dated")


def test_two_days_that_open_their_sentences_date_nothing() -> None:
    text = "On 2 April they landed in the west. On 9 April they landed in the east. Three days after they landed it rained."
    assert find_times(text, published="1982-05-01")[-1].earliest is None


def test_the_hours_of_a_running_report_are_of_its_day() -> None:
    text = "05:40 Sirens in the north.\n06:10 The bridge is hit.\n07:05 The all-clear."
    assert [time.value for time in find_times(text, published="2022-05-17")] == [
        "2022-05-17T05:40",
        "2022-05-17T06:10",
        "2022-05-17T07:05",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "00:00 Opening titles.\n01:25 The square.\n02:10 The tanks.",
        "02:10 The tanks.\n01:25 The square.\n03:05 The end.",
        "01:25 The square.",
    ],
)
def test_places_in_a_video_are_no_hours_of_a_day(text: str) -> None:
    assert {time.earliest for time in find_times(text, published="2022-05-17")} == {None}


@pytest.mark.parametrize(
    ("words", "value", "earliest", "latest"),
    [
        ("Shells fell during the night.", "2022-05-16TNI", "2022-05-16", "2022-05-17"),
        ("Overnight two drones came.", "2022-05-16TNI", "2022-05-16", "2022-05-17"),
        ("On Monday the talks open.", "2022-05-16", "2022-05-16", "2022-05-16"),
        ("The conference opens on Friday.", "2022-05-20", "2022-05-20", "2022-05-20"),
        ("It was nearly two weeks ago.", "2022-W18", "2022-05-02", "2022-05-08"),
        ("The deal was struck a year and a half ago.", "2020-11", "2020-11-01", "2020-11-30"),
    ],
)
def test_counted_from_the_writing(words: str, value: str, earliest: str, latest: str) -> None:
    (time,) = find_times(words, published="2022-05-17")
    assert (time.value, time.earliest, time.latest) == (value, earliest, latest)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In March 300 people fled.", ["March"]),
        ("Since the start of the year 140 civilians have died.", ["the start of the year"]),
        ("They fled in the summer, 500 of them.", ["the summer"]),
    ],
)
def test_three_digits_are_a_year_only_where_years_before_the_common_era_are_told(
    text: str, words: list[str]
) -> None:
    assert [time.text for time in find_times(text, published="2022-05-17")] == words


def test_a_distance_told_behind_a_day_is_of_that_day() -> None:
    text = "It fell on 18 December 2023 and was retaken on 11 January 2025, more than a year later."
    assert [time.value for time in find_times(text)] == ["2023-12-18", "2025-01-11", "2025"]


def test_what_will_be_held_lies_ahead() -> None:
    assert (
        find_times("A day of mourning will be held on Thursday.", published="2024-04-17")[-1].value
        == "2024-04-18"
    )


def test_a_date_time_group_without_its_month() -> None:
    (time,) = find_times("At 220415Z a drone was lost.", published="2024-04-22")
    assert (time.value, time.earliest) == ("2024-04-22T04:15Z", "2024-04-22T04:15Z")


def test_a_weekday_of_the_julian_calendar_is_no_mismatch() -> None:
    assert find_times("on Tuesday, 29 May 1453")[0].flags == ()
    assert find_times("on Wednesday, 29 May 1453")[0].flags == ("weekday_mismatch",)


def test_a_season_of_the_south() -> None:
    (time,) = find_times("in the southern winter of 1982")
    assert (time.value, time.earliest, time.latest, time.edtf) == (
        "1982-WI",
        "1982-06-01",
        "1982-08-31",
        "1982-32",
    )


@pytest.mark.parametrize(
    "name", ["the Thirty Years' War", "the Six-Day War", "the Winter War", "the October Revolution"]
)
def test_names_of_wars_are_no_times(name: str) -> None:
    assert find_times(f"He had fought in {name}.") == ()


DIARY = (
    "Printed on 9 May 1921.\n\n28 December. Guns all night.\n\n30 December. Snow. Yesterday the bridge fell.\n\n"
    "2 January 1919. They came today.\n\n5 January, 14:30. The mill burned this morning."
)


def test_entries_of_a_diary_lend_one_another_their_years_and_are_today() -> None:
    values = [time.value for time in find_times(DIARY)][1:]
    assert [value for value in values if value[0] == "1"] == [
        "1918-12-28", "1918-12-30", "1918-12-29", "1919-01-02", "1919-01-02", "1919-01-05T14:30",
        "1919-01-05TMO",
    ]  # fmt: skip


def test_two_dated_lines_are_no_diary() -> None:
    times = find_times("28 December. Guns.\n\n2 January 1919. They came today.")
    assert [time.value for time in times][-1] == "PRESENT_REF"


@pytest.mark.parametrize(
    ("aside", "day"),
    [
        ("Veterans of the camps of 1918 came. They marched on 14 December.", "1939-12-14"),
        ("In 1918 they had lost.\n\nThey marched on 14 December.", "1939-12-14"),
        ("In 1918 they had lost. They marched on 14 December.", "1918-12-14"),
        ("In 1945 they came back.\n\nThey marched on 14 December.", "1945-12-14"),
    ],
)
def test_a_year_far_back_leads_the_story_away_for_a_paragraph(aside: str, day: str) -> None:
    assert find_times(f"On 30 November 1939 the war began. {aside}")[-1].value == day


def test_a_day_between_years_alone_is_not_told_in_passing() -> None:
    story = "They took power in 1976. On 30 March 1982 they marched. Their friends had risen in July 1974."
    assert find_times(f"{story} The fleet left on 5 April.")[1].value == "1982-03-30"
    told = find_times(
        "They took power in 1976. On 30 March 1982 they marched; on 5 April they lost. So in 1974."
    )
    assert told[2].value == "1982-04-05"


def test_the_last_day_of_a_month_is_a_day() -> None:
    told = find_times("On 2 February 2024 it began; on the last day of February it was over.")
    assert [time.value for time in told] == ["2024-02-02", "2024-02-29"]
    assert [time.value for time in find_times("on the last day of May")] == ["XXXX-05"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("They took the town, and on the 27th the port.", "2024-05-27"),
        ("The port had been lost on the 27th.", "2024-04-27"),
        ("The port fell on the 27th.", "2024-05-27"),
    ],
)
def test_a_later_day_goes_on_in_its_month_unless_it_had_been(words: str, day: str) -> None:
    joint = "; then " if words.startswith("They") else ". "
    assert find_times(f"On 3 May 2024 they landed{joint}{words}")[-1].value == day


@pytest.mark.parametrize(
    ("words", "month"),
    [
        ("By the end of November thousands slept in the stations.", "1936-11"),
        ("The stations will be closed in November.", "1937-11"),
    ],
)
def test_by_a_month_tells_little_of_its_year(words: str, month: str) -> None:
    assert find_times(words, published="1937-04-27")[0].value == month


def test_last_august_is_that_before_the_story_not_before_a_year_far_back() -> None:
    """ "In 1988 ... last August" in one paragraph of a story of 2014 and 2015."""
    story = "On 26 January 2015 the flag was raised. In 1936 a people armed itself; last August the army withdrew."
    assert [time.value for time in find_times(story)] == ["2015-01-26", "1936", "2014-08"]


def test_a_day_is_not_after_an_imprint_of_two_digits() -> None:
    """The imprint 3/2/15 tells that "November 6" was in 2014, though the story stands in January 2015."""
    story = (
        "A victory of many\n\nThe Link, 3/2/15\n\nOn January 26, 2015, they fled. On November 6 one was shot."
    )
    assert [time.value for time in find_times(story)][-1] == "2014-11-06"


def test_a_day_of_the_past_is_not_behind_the_writing() -> None:
    """A memoir printed in July 2014 that stands in 1975: "On 19 August a crowd attacked"."""
    story = (
        "I was there on 6 August 1974. In the next year they were moved. On 19 August a crowd attacked them."
    )
    assert [time.value for time in find_times(story, published="2014-07-20")][-1] == "1975-08-19"


def test_a_weekday_of_a_story_lies_ahead_of_the_day_told_before_it() -> None:
    """A tale without a day of writing goes on; what had been lies behind."""
    story = (
        "On Saturday the 28th of November 2020 they came up the hill. On Sunday they went from door to door."
    )
    assert [time.value for time in find_times(story)] == ["2020-11-28", "2020-11-29"]
    before = "On 28 November 2020 they came up the hill. The bridge had been blown up on Thursday."
    assert [time.value for time in find_times(before)] == ["2020-11-28", "2020-11-26"]


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("The paper denied it; in 2005 it told the truth.", "2004"),  # told in passing
        ("In 2005 the paper told the truth.", "2005"),
    ],
)
def test_a_year_inside_a_sentence_may_be_told_in_passing(words: str, year: str) -> None:
    """The day behind it stays in the month of the last day told."""
    story = f"On 8 November 2004 they waited. {words} The tower was hit on 10 November."
    assert find_times(story)[-1].value == f"{year}-11-10"


def test_the_first_time_in_a_month_tells_nothing_of_the_next_one() -> None:
    (time,) = find_times("A convoy got through for the first time in a month.", published="1994-02-05")
    assert (time.earliest, time.latest) == (None, None)
