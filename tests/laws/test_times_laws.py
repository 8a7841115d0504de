"""Laws of times: what is rendered is read back, ranges never invert, bounds contain the value."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from svidok.claims.mentions.times import find_times, languages
from svidok.claims.mentions.times.calendar import day_number, from_day_number, julian_lag
from svidok.claims.mentions.times.counting import coarsen, shift, step
from svidok.claims.mentions.times.language import load_language
from svidok.claims.mentions.times.moment import Grain, Moment, read_value
from svidok.claims.mentions.times.resolve import MAKES

DAYS = st.dates(date(1000, 1, 1), date(2199, 12, 31))
MONTHS = (
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ],
)
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split(" ")  # noqa: SIM905
ENGLISH = {
    "day month year": lambda d: f"{d.day} {MONTHS[0][d.month - 1]} {d.year}",
    "month day, year": lambda d: f"{MONTHS[0][d.month - 1]} {d.day}, {d.year}",
    "short month": lambda d: f"{d.day} {MONTHS[0][d.month - 1][:3]} {d.year}",
    "ordinal": lambda d: f"the {d.day}{ORDINALS.get(d.day, 'th')} of {MONTHS[0][d.month - 1]}, {d.year}",
    "month ordinal": lambda d: f"{MONTHS[0][d.month - 1]} {d.day}{ORDINALS.get(d.day, 'th')}, {d.year}",
    "weekday": lambda d: f"{WEEKDAYS[d.weekday()]}, {d.day} {MONTHS[0][d.month - 1]} {d.year}",
    "weekday first": lambda d: f"{WEEKDAYS[d.weekday()]}, {MONTHS[0][d.month - 1]} {d.day}, {d.year}",
    "capitals": lambda d: f"{d.day} {MONTHS[0][d.month - 1].upper()} {d.year}",
    "iso": lambda d: d.isoformat(),
    "dots": lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
    "dashes": lambda d: f"{d.day}-{MONTHS[0][d.month - 1][:3]}-{d.year}",
    "roman month": lambda d: f"{d.day}.{ROMAN[d.month - 1]}.{d.year}",
    "two lines": lambda d: f"{d.day}\n{MONTHS[0][d.month - 1]}\n{d.year}",
}
UKRAINIAN = {
    "day month year": lambda d: f"{d.day} {MONTHS[1][d.month - 1]} {d.year}",
    "with the word": lambda d: f"{d.day} {MONTHS[1][d.month - 1]} {d.year} року",
    "dots": lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
    "iso": lambda d: d.isoformat(),
}
GENITIVES_RU = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" ")  # noqa: SIM905
)
RUSSIAN = {
    "day month year": lambda d: f"{d.day} {GENITIVES_RU[d.month - 1]} {d.year}",
    "with the word": lambda d: f"{d.day} {GENITIVES_RU[d.month - 1]} {d.year} года",
    "dots": lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
}
MONTHS_ES = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" ")  # noqa: SIM905
)
SPANISH = {
    "day month year": lambda d: f"{d.day} de {MONTHS_ES[d.month - 1]} de {d.year}",
    "day month del year": lambda d: f"{d.day} de {MONTHS_ES[d.month - 1]} del {d.year}",
    "dots": lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
}
FORMS = {"en": ENGLISH, "uk": UKRAINIAN, "ru": RUSSIAN, "es": SPANISH}
RENDERED = [(language, form) for language, forms in FORMS.items() for form in forms]
PLAIN = st.text(alphabet="bcdfghjklmnpqrstvwxz", min_size=3, max_size=9)
WORDS = [
    "between",
    "from",
    "since",
    "until",
    "by",
    "March",
    "May",
    "4",
    "10",
    "24",
    "February",
    "2022",
    "1943",
    "the",
    "first",
    "days",
    "of",
    "two",
    "weeks",
    "later",
    "last",
    "year",
    "night",
    "morning",
    "5:30",
    "pm",
    "–",
    "-",
    "/",
    ",",
    ".",
    "(",
    ")",
    "and",
    "to",
    "or",
    "31",
    "32",
    "13",
    "0",
    "'til",
    "'44",
    "BC",
    "century",
    "1990s",
    "every",
    "Monday",
    "Friday",
    "early",
    "late",
    "mid",
    "end",
    "of",
    "quarter",
    "summer",
    "ago",
    "within",
    "invasion",
    "began",
    "day",
    "36",
    "of\n",
    "лютого",
    "березня",
    "року",
    "з",
    "по",
    "до",
    "ніч",
    "на",
    "2021",
    "hasta",
    "marzo",
    "semana",
    "noche",
    "después",
    "недели",
    "спустя",
    "марта",
    "southern",
    "winter",
]


def render(day: date, language: str, form: str) -> str:
    return FORMS[language][form](day)


@pytest.mark.parametrize(("language", "form"), RENDERED)
@settings(max_examples=25, deadline=None)
@given(day=DAYS)
def test_a_rendered_day_is_read_back(language: str, form: str, day: date) -> None:
    words = render(day, language, form)
    (time,) = find_times(words, language=language)
    assert (time.value, time.earliest, time.latest, time.edtf) == (day.isoformat(),) * 4
    assert time.flags == ()


OLD_AND_NEW = st.dates(date(1584, 1, 1), date(1922, 12, 31))
STYLES = {
    "old (new)": "{old.day} {old_month} ({new.day} {new_month}) {new.year}",
    "old style": "{old.day} {old_month} {old.year} (O.S.)",
}


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=40, deadline=None)
@given(new=OLD_AND_NEW)
def test_a_day_of_the_old_calendar_is_read_as_that_of_the_new(style: str, new: date) -> None:
    old = new - timedelta(days=julian_lag(*_julian_month(new)))
    assume(old.year == new.year)
    assume((old.month, old.day) != (2, 28))  # the old calendar may have a 29th where the new has none
    names = {"old_month": MONTHS[0][old.month - 1], "new_month": MONTHS[0][new.month - 1]}
    (time,) = find_times(STYLES[style].format(old=old, new=new, **names))
    assert (time.value, time.earliest, time.latest) == (new.isoformat(),) * 3


def _julian_month(new: date) -> tuple[int, int]:
    """The year and month by which the lag is counted: the old calendar's, some days behind."""
    old = new - timedelta(days=julian_lag(new.year, new.month))
    return old.year, old.month


SEASON_NAMES = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
ORDER_WORDS = ["first", "second", "third", "fourth"]
COARSE: dict[Grain, list[Callable[[Moment], str]]] = {
    "year": [lambda m: f"the year {m.year}", lambda m: f"in {m.year}"],
    "month": [lambda m: f"{MONTHS[0][(m.number or 1) - 1]} {m.year}"],
    "quarter": [
        lambda m: f"Q{m.number} {m.year}",
        lambda m: f"the {ORDER_WORDS[(m.number or 1) - 1]} quarter of {m.year}",
    ],
    "half": [
        lambda m: f"H{m.number} {m.year}",
        lambda m: f"the {ORDER_WORDS[(m.number or 1) - 1]} half of {m.year}",
    ],
    "season": [lambda m: f"the {SEASON_NAMES[m.season or 'SP']} of {m.year}"],
    "week": [lambda m: f"{m.year}-W{m.number:02d}"],
    "decade": [lambda m: f"the {m.year}s"],
    "century": [lambda m: f"the {(m.year or 0) // 100 + 1}th century"],
}


@pytest.mark.parametrize(
    ("grain", "form"), [(grain, form) for grain, forms in COARSE.items() for form in forms]
)
@settings(max_examples=25, deadline=None)
@given(day=st.dates(date(1301, 1, 1), date(1999, 12, 31)))
def test_a_rendered_stretch_of_the_calendar_is_read_back(
    grain: Grain, form: Callable[[Moment], str], day: date
) -> None:
    moment = coarsen(Moment(day.year, "day", day.month, day.day), grain)
    assume(moment.grain == grain)
    (time,) = find_times(form(moment))
    assert (time.value, (time.earliest, time.latest), time.edtf) == (moment.value, moment.bounds, moment.edtf)


@given(moment=st.datetimes(datetime(1970, 1, 1), datetime(2029, 12, 31)))
def test_a_date_time_group_is_read_back(moment: datetime) -> None:
    (time,) = find_times(moment.strftime("%d%H%MZ%b%y").upper())
    assert time.value == moment.strftime("%Y-%m-%dT%H:%MZ")


@pytest.mark.parametrize("form", ENGLISH)
@settings(max_examples=25, deadline=None)
@given(day=DAYS, before=st.lists(PLAIN, max_size=5), after=st.lists(PLAIN, max_size=5))
def test_text_around_does_not_change_a_full_date(
    form: str, day: date, before: list[str], after: list[str]
) -> None:
    alone = find_times(render(day, "en", form))[0]
    head = " ".join(["It", *before, "on "])
    (time,) = find_times(head + alone.text + " ".join(["", *after]) + ".", published="2022-04-27")
    assert (time.start - len(head), time.text, time.value) == (0, alone.text, alone.value)
    assert (time.earliest, time.latest, time.edtf) == (alone.earliest, alone.latest, alone.edtf)


JOINTS = [
    ("en", "from {} to {}"),
    ("en", "between {} and {}"),
    ("en", "{} – {}"),
    ("uk", "з {} по {}"),
    ("uk", "{} — {}"),
    ("ru", "с {} по {}"),
    ("es", "desde el {} hasta el {}"),
    ("es", "entre el {} y el {}"),
]


@settings(max_examples=60, deadline=None)
@given(first=DAYS, days=st.integers(0, 4000), joint=st.sampled_from(JOINTS))
def test_a_rendered_range_is_read_back(first: date, days: int, joint: tuple[str, str]) -> None:
    language, words = joint
    last = min(first + timedelta(days=days), date(2199, 12, 31))
    text = words.format(render(first, language, "day month year"), render(last, language, "day month year"))
    times = find_times(text, language=language)
    assert {(time.earliest, time.latest) for time in times} == {(first.isoformat(), last.isoformat())}


@settings(max_examples=300, deadline=None)
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=14),
    language=st.sampled_from(["en", "uk", "ru", "es"]),
    published=st.sampled_from([None, "2022-04-27"]),
)
def test_whatever_is_written(words: list[str], language: str, published: str | None) -> None:
    text = " ".join(words)
    times = find_times(text, published=published, language=language)
    assert find_times(text, published=published, language=language) == times
    end = 0
    for time in times:
        assert text[time.start : time.end] == time.text != ""
        assert end <= time.start
        end = time.end
        if time.earliest and time.latest:
            assert time.earliest[0] == "-" or time.earliest[:10] <= time.latest[:10]
        value = read_value(time.value) if time.value and time.type in ("DATE", "TIME") else None
        if value is None or value.bounds is None:
            continue
        low, high = day_of(time.earliest), day_of(time.latest)
        inside = value.days
        assert inside is not None
        assert low is None or low <= inside[0]
        assert high is None or inside[1] <= high


@settings(max_examples=300, deadline=None)
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=14),
    language=st.sampled_from(["en", "uk", "ru", "es"]),
    published=st.sampled_from([None, "2022-04-27"]),
)
def test_edtf_tells_the_bounds(words: list[str], language: str, published: str | None) -> None:
    for time in find_times(" ".join(words), published=published, language=language):
        assert (time.edtf is None) == (time.earliest is None and time.latest is None), time
        if time.edtf is not None:
            assert edtf_days(time.edtf) == (day_of(time.earliest), day_of(time.latest)), time


def edtf_days(edtf: str) -> tuple[int | None, int | None]:
    """First and last day numbers of the EDTF that times are written in; an open side is None."""
    if edtf.startswith("["):
        days = [edtf_days(day) for day in edtf[1:-1].split(",")]
        return days[0][0], days[-1][1]
    if "/" in edtf:
        left, right = edtf.split("/")
        return (
            None if left == ".." else edtf_days(left)[0],
            None if right == ".." else edtf_days(right)[1],
        )
    found = re.match(r"(-?\d{2,4})(XX?)?(?:-(\d\d))?(?:-(\d\d))?", edtf)
    assert found is not None
    year, unknown, part, day = found.groups()
    if unknown:
        length = 10 ** len(unknown)
        grain: Grain = "decade" if length == 10 else "century"
        moment = Moment(int(year) * length, grain)
    elif part is None:
        moment = Moment(int(year))
    elif day is not None:
        moment = Moment(int(year), "day", int(part), int(day))
    elif int(part) <= 12:
        moment = Moment(int(year), "month", int(part))
    elif int(part) <= 32:
        south = int(part) > 24
        code = ["SP", "SU", "FA", "WI"][(int(part) - (29 if south else 21))]
        moment = Moment(int(year), "season", season=code, south=south)
    elif int(part) <= 36:
        moment = Moment(int(year), "quarter", int(part) - 32)
    else:
        moment = Moment(int(year), "half", int(part) - 39)
    assert moment.days is not None
    return moment.days


def day_of(iso: str | None) -> int | None:
    if iso is None:
        return None
    year, month, day = re.match(r"(-?\d+)-(\d\d)-(\d\d)", iso).groups()  # type: ignore[union-attr]
    return day_number(int(year), int(month), int(day))


@given(st.integers(-2_000_000, 2_000_000))
def test_day_numbers_are_inverted(number: int) -> None:
    assert day_number(*from_day_number(number)) == number


@given(DAYS, st.sampled_from(["week", "month", "quarter", "season", "year", "decade", "century"]))
def test_a_coarser_moment_contains_the_day(day: date, grain: str) -> None:
    moment = Moment(day.year, "day", day.month, day.day)
    coarse = coarsen(moment, grain)  # type: ignore[arg-type]
    assert moment.days and coarse.days
    assert coarse.days[0] <= moment.days[0] <= coarse.days[1]
    assert read_value(coarse.value) == coarse


@given(DAYS, st.integers(-500, 500))
def test_shifts_of_days_are_undone(day: date, count: int) -> None:
    moment = Moment(day.year, "day", day.month, day.day)
    moved = shift(moment, count, "day")
    assert moved is not None
    assert shift(moved, -count, "day") == moment


@given(DAYS, st.integers(0, 300), st.sampled_from(["day", "week", "month", "year"]))
def test_steps_go_forward(day: date, count: int, unit: str) -> None:
    number = day_number(day.year, day.month, day.day)
    far = step(number, count, unit)
    assert far is not None
    assert far >= number


@pytest.mark.parametrize("language", languages())
def test_no_form_repeats_without_end(language: str) -> None:
    """So that an attempt at a form is bounded, and reading is linear in the length of the text."""
    for pattern in load_language(language).patterns:
        unbounded = re.search(
            r"(?<!\\)(?:[*+]|\{\d*,\})(?![\]\-0-9(:\\])", re.sub(r"\[[^\]]*\]", "", pattern.source)
        )
        assert unbounded is None, (pattern.name, unbounded)


@pytest.mark.parametrize("language", languages())
def test_what_a_form_makes_is_known(language: str) -> None:
    for pattern in load_language(language).patterns:
        assert pattern.make == "nothing" or pattern.make in MAKES, pattern.name


@pytest.mark.parametrize("language", languages())
def test_a_megabyte_of_digits_dashes_and_months_ends(language: str) -> None:
    maker = random.Random(5)
    parts = [
        "-",
        "–",
        "/",
        " ",
        ".",
        ",",
        "4",
        "19",
        "2022",
        "March",
        "May",
        "24",
        "to",
        "the",
        "березня",
        "і",
        "\n",
    ]
    size = 1_000_000 if language == "en" else 200_000
    text = "".join(maker.choice(parts) for _ in range(size))[:size]
    assert len(text) == size
    for time in find_times(text, language=language):
        assert text[time.start : time.end] == time.text


def test_a_line_without_an_end_is_read_in_linear_time() -> None:
    """Looks back that no sentence ends leave no more behind than a few moments."""
    words = "they had lost it on 5 May 1942 and on 6 March " * 4000
    assert len(find_times(words)) == 8000
