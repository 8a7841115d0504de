"""Who published a report, and when, from the lines at its head."""

from __future__ import annotations

import pytest

from svidok.archive import guess_language, read_datelines
from svidok.archive.dates import read_date

BODY = "\n\nThe column stopped on the road to the town, the council said.\n"


@pytest.mark.parametrize(
    ("head", "readings", "source"),
    [
        ("Victory!\n\nLa Marx International 27/4/22", ("2022-04-27",), "La Marx International"),
        ("River Post 3/4/22", ("2022-04-03", "2022-03-04"), "River Post"),
        ("River Post 3/3/22", ("2022-03-03",), "River Post"),
        ("River Post 4/27/2022", ("2022-04-27",), "River Post"),
        ("River Post 2022-04-27 10:15 GMT", ("2022-04-27",), "River Post"),
        ("River Post | Wednesday, 27 April 2022, 10:15", ("2022-04-27",), "River Post"),
        ("April 27, 2022", ("2022-04-27",), None),
        ("Wednesday 27 April 2022", ("2022-04-27",), None),
        ("Kyiv, 27th of April, 2022", ("2022-04-27",), None),
        ("Bila Tserkva, 27 Apr. 2022", ("2022-04-27",), None),
        ("Northern Information Service, 27 April 2022", ("2022-04-27",), "Northern Information Service"),
        ("Title here\n\nKyiv Region Day\nWednesday, 27 April 2022", ("2022-04-27",), "Kyiv Region Day"),
        ("Published: 27 April 2022 at 10:15", ("2022-04-27",), None),
        ("Published 3/4/2022", ("2022-04-03", "2022-03-04"), None),
        ("Posted on 27 April 2022", ("2022-04-27",), None),
        ("By Anna Koval, 27 April 2022", ("2022-04-27",), None),
        ("Source: River Post\nUpdated 27 April 2022", ("2022-04-27",), "River Post"),
        ("Source: River Post, 27 April 2022", ("2022-04-27",), "River Post"),
        ("KYIV, April 27, 2022 (Reuters) - The column stopped.", ("2022-04-27",), "Reuters"),
        ("KYIV, Ukraine (AP) — The column stopped.", (), "AP"),
        ("KYIV, April 27 (Reuters) - The column stopped.", (), "Reuters"),
        ("La Marx Internacional 27 de abril de 2022", ("2022-04-27",), "La Marx Internacional"),
        ("Річкова пошта 27 квітня 2022 р.", ("2022-04-27",), "Річкова пошта"),
        ("River Post 31/4/22", (), None),
        ("By our correspondent in Riverton, 27 April 2022", ("2022-04-27",), None),
        ("RIVERTON, Apr. 27, 2022 — by a staff writer", ("2022-04-27",), None),
        ("Nicosia, Thursday 27 April 2022", ("2022-04-27",), None),
        ("Sana'a, Faj Attan – 27/4/2022", ("2022-04-27",), None),
        (
            "General Command, Guidance Department, 27 April 2022",
            ("2022-04-27",),
            "General Command, Guidance Department",
        ),
        ("River Relief Network, issue 8 (27 April 2022)", ("2022-04-27",), "River Relief Network"),
        ("Ain Zara families group. 27 April 2022", ("2022-04-27",), "Ain Zara families group"),
        ("The Morning Packet, 27th April 2022", ("2022-04-27",), "The Morning Packet"),
        ("Notices of 10 to 12 August 2006", ("2006-08-12",), None),
        ("@river_post · 27 Apr 2022", ("2022-04-27",), "@river_post"),
        ("East River Daily\nWed 27 Apr 2022", ("2022-04-27",), "East River Daily"),
        ("A title\n\nHue, South Vietnam, Feb. 15, 1968.", ("1968-02-15",), None),
        ("A title\n\nHUE, South Vietnam, Feb. 15, 1968. The column stopped.", ("1968-02-15",), None),
        ("A title\n\nALGIERS, Jan. 27, 1957. - The column stopped.", ("1957-01-27",), None),
        ("The town fell on 27 April 2022.", (), None),
        ("On 27 April 2022 the column stopped.", (), None),
        ("The battle of 27 April 2022 and what it meant for the people of the town and region", (), None),
        ("From 24 February 2022 to 27 April 2022", (), None),
        ("Losses 3/4", (), None),
    ],
)
def test_datelines(head: str, readings: tuple[str, ...], source: str | None) -> None:
    text = head + BODY
    found = read_datelines(text, language_code="en")
    assert (found.readings, found.source) == (readings, source)
    if found.span:
        assert read_date(text[slice(*found.span)]) == readings


def test_a_date_deep_in_the_text_is_no_dateline() -> None:
    assert read_datelines("Words of a sentence.\n" * 9 + "River Post 27/4/22\n").readings == ()


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("The generals rose in 1936, and in 1937 the coal ran out.", "1937-04-27"),
        ("The union was founded in 1917 and broke up in 1991; in 2035 the bridge was built.", "2037-04-27"),
        ("The column stopped on the road.", "2037-04-27"),
    ],
)
def test_a_year_of_two_figures_is_of_the_century_of_the_text(body: str, day: str) -> None:
    assert read_datelines(f"Title\n\nRiver Post 27/4/37\n\n{body}\n").readings == (day,)


def test_the_lines_above_a_date_tell_its_order() -> None:
    assert read_datelines(f"Summary of 4 March\nRiver Post 4/3/2022{BODY}").readings == ("2022-03-04",)


def test_byline() -> None:
    assert read_datelines("By Anna Koval and Petro Bilyk" + BODY).author == "Anna Koval and Petro Bilyk"
    assert read_datelines("By Anna Koval, 27 April 2022" + BODY).author == "Anna Koval"
    assert read_datelines("By the river" + BODY).author is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The bridge was blown up in the night.", "en"),
        ("Міст підірвали вночі, і колона стала на дорозі до міста.", "uk"),
        ("Мост взорвали ночью, и колонна встала на дороге к городу.", "ru"),
        ("El puente fue destruido en la noche y la columna se detuvo.", "es"),
        ("Le pont a été détruit dans la nuit et la colonne est arrêtée.", "fr"),
        ("Die Brücke wurde in der Nacht gesprengt und die Kolonne hielt an.", "de"),
        ("Most został wysadzony w nocy, a kolumna się zatrzymała na drodze do miasta.", "pl"),
        ("נכנסו לעיר", "he"),
        ("", None),
        ("12345 !!", None),
        ("Kyiv", None),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert guess_language(text) == code


@pytest.mark.parametrize(
    ("line", "day", "source"),
    [
        ("Open Handbook of the War, revised 3 August 2022", "2022-08-03", "Open Handbook of the War"),
        ("Border Mission, issued on 20 February 2022", "2022-02-20", "Border Mission"),
        (
            "Steppe Archive, recorded in Izium on 21 May 2022, published 3 June 2022",
            "2022-06-03",
            "Steppe Archive",
        ),
        ("Archive of the Road, recorded at Goris on 29 September 2023", "2023-09-29", None),
        ("Letter by M. Vos for the Antwerp Evening Post, 31 January 2025", "2025-01-31", None),
        ("Tripoli, evening posts of 4 July 2019", "2019-07-04", None),
        ("Relief Office, 12 July 2022 (data as of 10 July)", "2022-07-12", "Relief Office"),
    ],
)
def test_a_report_is_dated_by_its_issue_and_not_by_what_it_is_about(line: str, day: str, source: str) -> None:
    found = read_datelines(f"A title\n\n{line}{BODY}", language_code="en")
    assert (found.readings, found.source) == ((day,), source)
