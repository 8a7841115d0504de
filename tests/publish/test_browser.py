"""The report page in a real browser: every tab, the map, the time line, the reader, keys, phone and dark."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from svidok.publish import write_report

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("patience")]


@pytest.fixture(scope="module")
def browser(chromium: Any) -> Any:
    return chromium.open()


@pytest.fixture(scope="module")
def file(sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(tmp_path_factory.mktemp("page") / "report.html", title="Two weeks", **sample.parts())


class Desk:
    """A page that logs its troubles; one plain page serves every test that asks for nothing special."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.troubles: list[str] = []
        self.plain = self.fresh()

    def fresh(self, *, init_script: str = "", **options: Any) -> Any:
        chosen = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **options}
        page = self.browser.new_context(**chosen).new_page()
        page.add_init_script(init_script)
        tell = self.troubles.append
        page.on("console", lambda m: tell(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: tell(str(error)))
        page.on("dialog", lambda dialog: tell(f"dialog {dialog.message}") or dialog.dismiss())
        page.on("request", lambda r: None if r.url.startswith(("file:", "about:")) else tell(r.url))
        return page


@pytest.fixture(scope="module")
def desk(browser: Any) -> Desk:
    return Desk(browser)


@pytest.fixture
def open_page(desk: Desk, file: Path) -> Iterator[Any]:
    """Opens the page; at the end nothing may have been logged as an error or asked of the network."""
    special: list[Any] = []

    def opened(hash: str = "", *, path: Path = file, **options: Any) -> Any:
        page = desk.fresh(**options) if options else desk.plain
        if options:
            special.append(page)
        else:
            page.goto("about:blank")
        page.goto(f"{path.as_uri()}{hash}")
        page.wait_for_selector("html.alive", state="attached")
        return page

    yield opened
    desk.plain.emulate_media(media="null")
    for page in special:
        page.context.close()
    found, desk.troubles[:] = list(desk.troubles), []
    assert found == []


def rows(page: Any) -> Any:
    return page.locator("#table tbody tr")


def until(page: Any, condition: str, seconds: float = 40.0) -> None:
    """Waits for a condition (the page's content policy forbids the browser driver's own way)."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"never came true: {condition}"
        page.wait_for_timeout(30)


def drawn(page: Any) -> None:
    """Waits until what was asked for is drawn, however long the browser takes for a frame."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_every_tab_shows_its_rows(open_page: Any, sample) -> None:
    page = open_page()
    for key in (
        "findings",
        "settlements",
        "losses",
        "statements",
        "harm",
        "humanitarian",
        "civil_defence",
        "explanations",
        "chronology",
    ):
        page.click(f"#tab-{key}")
        assert page.get_attribute(f"#tab-{key}", "aria-selected") == "true"
        assert rows(page).count() == len(getattr(sample.ledger, key)) == int(page.inner_text(f"#count-{key}"))
    page.click("#tab-reports")
    assert rows(page).count() == len(sample.readings)


def test_a_row_lights_up_its_exact_words(open_page: Any, sample) -> None:
    page = open_page()
    for key in ("chronology", "losses", "statements", "harm", "findings"):
        page.click(f"#tab-{key}")
        for number, row in enumerate(getattr(sample.ledger, key)):
            rows(page).nth(number).locator("button.quote").first.click()
            lit = "".join(page.locator("#text .lit").all_text_contents())
            assert lit == row.evidence[0].text
            assert page.locator("#text .lit").first.is_visible()
    title = next(r.document for r in sample.readings if r.document.id == "bulletin").title
    assert "🛰" in title, "offsets must hold beyond letters that are two units wide"


def test_both_sides_of_a_finding_lead_to_their_words(open_page: Any, sample) -> None:
    page = open_page("#tab=findings")
    quotes = rows(page).first.locator("button.quote")
    assert quotes.count() == 2
    assert "3 days apart" in rows(page).first.inner_text()
    for number, span in enumerate(sample.findings[0].spans):
        quotes.nth(number).click()
        assert "".join(page.locator("#text .lit").all_text_contents()) == span.text
        assert span.says in quotes.nth(number).inner_text()


def test_words_in_the_text_lead_to_what_was_read_from_them(open_page: Any) -> None:
    page = open_page()
    page.locator("#text .mark", has_text="fought").click()
    assert page.locator("tr.picked").inner_text().count("Fighting at Hostomel") == 1
    assert "made by hand" in page.inner_text("#card")
    page.locator("#text .mark", has_text="captured").click()
    assert "denied" in page.inner_text("#card")
    page.click("#card >> text=Chronology")
    assert page.locator("tr.picked").count() == 1


def test_the_weightiest_findings_stand_beside_the_title(open_page: Any) -> None:
    page = open_page()
    page.click("#lede button")
    assert page.get_attribute("#tab-findings", "aria-selected") == "true"
    assert page.locator("tr.picked").count() == 1
    assert page.locator("#card .witness").count() == 2


def test_words_can_be_copied_with_their_source(open_page: Any) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    rows(page).first.locator("button.quote").click()
    page.click("#card >> text=Copy words with source")
    until(page, "document.querySelector('.copy').textContent === 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“On 4 March 2022 Russian columns entered Irpin.” (The Harbour Bulletin")
    assert "document bulletin, characters" in copied


def test_denied_and_planned_are_marked(open_page: Any) -> None:
    page = open_page()
    planned = rows(page).filter(has_text="Offensive on Sumy")
    assert "not-done" in planned.get_attribute("class")
    assert "planned" in planned.inner_text()
    assert planned.locator(".glyph.hollow").count() == 1
    assert page.locator("#text .mark-not").count() == 2
    page.select_option("#standing", "done")
    assert rows(page).filter(has_text="Offensive on Sumy").count() == 0
    page.select_option("#standing", "not")
    assert sorted(rows(page).locator(".status").all_inner_texts()) == ["denied", "planned"]


def test_filters_reach_every_view_and_can_be_cleared(open_page: Any, sample) -> None:
    page = open_page()
    everything = len(sample.ledger.chronology)
    page.fill("#words", "hostomel")
    until(page, "document.querySelectorAll('#table tbody tr').length === 1")
    assert page.inner_text("#count-losses") == "0"
    page.click("#clear")
    assert rows(page).count() == everything
    page.select_option("#source", "North Courier")
    assert page.inner_text("#count-settlements") == "1"
    page.select_option("#kind", "withdraw")
    assert rows(page).count() == 1
    page.click("#clear")
    page.click("#sides button:has-text('Ukraine')")
    assert rows(page).count() == 1
    assert page.get_attribute("#sides button:has-text('Ukraine')", "aria-pressed") == "true"
    page.click("#groups button:has-text('Ground')")
    assert rows(page).count() == 0
    page.click("#table >> text=Clear the filters")
    assert rows(page).count() == everything


def test_sorting_tells_its_direction_and_keeps_the_unknown_last(open_page: Any) -> None:
    page = open_page()
    page.click("[data-column=when]")
    assert page.get_attribute("th:has([data-column=when])", "aria-sort") == "ascending"
    assert rows(page).first.inner_text().startswith("4 Mar")
    assert rows(page).last.inner_text().startswith("undated")
    page.click("[data-column=when]")
    assert page.get_attribute("th:has([data-column=when])", "aria-sort") == "descending"
    assert rows(page).first.inner_text().startswith("May 2022")
    assert rows(page).last.inner_text().startswith("undated")
    page.click("[data-column=when]")
    assert page.get_attribute("th:has([data-column=when])", "aria-sort") == "none"


def test_the_slider_filters_and_tells_what_it_hides(open_page: Any) -> None:
    page = open_page()
    before = rows(page).count()
    page.focus("#to-day")
    press(page, "Home")
    assert rows(page).count() < before
    assert "undated hidden" in page.inner_text("#count")
    page.check("#undated")
    assert "undated hidden" not in page.inner_text("#count")
    press(page, "ArrowRight")
    page.click("#window-clear")
    assert rows(page).count() == before


def test_play_moves_the_window_and_stops(open_page: Any) -> None:
    page = open_page(reduced_motion="no-preference")
    page.click("#play")
    assert page.inner_text("#play") == "Pause"
    first = page.inner_text("#window-words")
    until(page, f"document.querySelector('#window-words').textContent !== {first!r}")
    page.click("#play")
    assert page.inner_text("#play") == "Play"


def test_the_map_opens_places_with_the_mouse_and_with_keys(open_page: Any) -> None:
    page = open_page()
    page.focus("#map")
    for _ in range(8):
        page.evaluate("document.querySelector('#live').textContent = ''")
        press(page, "n")
        until(page, "document.querySelector('#live').textContent !== ''")
        if "Hostomel" in page.inner_text("#live") or "Brovary" in page.inner_text("#live"):
            break
    press(page, "Enter")
    if page.locator("#picker").count():
        press(page, "ArrowDown", "Enter")
    assert page.locator("tr.picked").count() == 1
    assert page.locator("#text .lit").count() > 0
    before = page.evaluate("location.hash")
    page.focus("#map")
    press(page, "+", "ArrowLeft")
    until(page, f"location.hash !== {before!r}")
    page.click("#zoom-all")
    drawn(page)
    spot = page.evaluate(FIND_SPOT)
    assert spot, "nothing on the map answers to the mouse"
    page.locator("#map").click(position=spot)
    assert page.locator("#picker").count() or page.locator("tr.picked").count()


FIND_SPOT = """() => { const map = document.querySelector('#map'), box = map.getBoundingClientRect();
  for (let x = 60; x < box.width; x += 7) for (let y = 10; y < box.height; y += 7) {
    map.dispatchEvent(new PointerEvent('pointermove', { clientX: box.left + x, clientY: box.top + y, pointerId: 1 }));
    if (document.querySelector('#map-tip').textContent) return { x, y };
  } return null; }"""


STALL = """() => { window.requestAnimationFrame = () => 1; window.cancelAnimationFrame = () => undefined; }"""


@pytest.mark.parametrize(("name", "key"), [("timeline", "ArrowRight"), ("map", "n")])
def test_keys_work_before_the_first_frame_is_drawn(open_page: Any, name: str, key: str) -> None:
    page = open_page(init_script=f"({STALL})()")
    page.focus(f"#{name}")
    press(page, *(("+", "-") if name == "map" else ()), key)
    until(page, "document.querySelector('#live').textContent.includes('Enter opens')")


def test_the_time_line_forgets_where_it_was_when_the_filters_change(open_page: Any) -> None:
    page = open_page()
    page.focus("#timeline")
    press(page, "ArrowRight")
    page.fill("#words", "hostomel")
    until(page, "document.querySelectorAll('#table tbody tr').length === 1")
    page.focus("#timeline")
    press(page, "Enter")
    assert page.locator("tr.picked").count() == 0
    press(page, "ArrowRight", "Enter")
    assert page.locator("tr.picked").inner_text().count("Hostomel") > 0


def test_the_time_line_opens_happenings_with_keys(open_page: Any) -> None:
    page = open_page()
    page.focus("#timeline")
    press(page, "ArrowRight")
    until(page, "document.querySelector('#live').textContent.includes('Enter opens')")
    press(page, "Enter")
    assert page.locator("tr.picked").count() == 1


def test_tables_and_tabs_by_keyboard_alone(open_page: Any) -> None:
    page = open_page()
    page.focus("#tab-chronology")
    press(page, "ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-findings"
    press(page, "End")
    assert page.get_attribute("#tab-reports", "aria-selected") == "true"
    press(page, "Home")
    page.locator("#table button.quote").first.focus()
    press(page, "ArrowDown", "Enter")
    assert "picked" in rows(page).nth(1).get_attribute("class")
    assert page.evaluate("document.activeElement.classList.contains('quote')")
    assert page.locator("#table button.quote[tabindex='0']").count() == 1
    page.locator("#text .mark[tabindex='0']").focus()
    press(page, "ArrowRight", "Enter")
    assert page.locator("#text .core").count() > 0


def test_the_address_brings_the_view_back(open_page: Any) -> None:
    page = open_page()
    page.click("#tab-harm")
    rows(page).first.locator("button.quote").click()
    page.click("[data-column=where]")
    page.fill("#words", "bucha")
    until(page, "location.hash.includes('words=bucha') && location.hash.includes('row=')")
    again = open_page(page.evaluate("location.hash"))
    assert again.get_attribute("#tab-harm", "aria-selected") == "true"
    assert again.input_value("#words") == "bucha"
    assert again.locator("tr.picked").count() == 1
    assert again.get_attribute("th:has([data-column=where])", "aria-sort") == "ascending"
    assert (
        "".join(again.locator("#text .lit").all_text_contents())
        == "More than 200 civilians were killed in Bucha."
    )


def test_a_strange_address_does_no_harm(open_page: Any) -> None:
    page = open_page("#tab=nothing&row=harm.zzz.9&from=x&sides=%3Cb%3E&page=99&map=a,b,c&document=77")
    assert rows(page).count() > 0


def test_a_phone_has_cards_and_a_sheet(open_page: Any) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not page.locator("#reader").is_visible()
    quote = rows(page).first.locator("button.quote")
    quote.scroll_into_view_if_needed()
    quote.tap()
    assert page.locator("#reader").is_visible()
    assert page.locator("#text .lit").first.is_visible()
    assert page.evaluate("document.activeElement.id") == "sheet-close"
    press(page, "Escape")
    assert not page.locator("#reader").is_visible()
    for key in ("findings", "losses", "reports"):
        page.locator(f"#tab-{key}").tap()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, key


def test_on_a_phone_the_way_to_the_text_covers_neither_map_nor_legend(open_page: Any) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for seen in ("#map-box", ".legend", ".colophon"):
        page.locator(seen).evaluate("node => node.scrollIntoView({ block: 'end' })")
        way, place = page.locator("#sheet-open").bounding_box(), page.locator(seen).bounding_box()
        assert way["y"] + way["height"] <= place["y"] or way["y"] >= place["y"] + place["height"], seen
    page.locator("#sheet-open").tap()
    assert page.locator("#reader").is_visible()


def test_the_words_of_a_wide_table_are_not_cut_beside_the_text(open_page: Any) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    for key in ("chronology", "harm", "losses"):
        page.locator(f"#tab-{key}").click()
        assert page.locator(".table-box").evaluate("box => box.scrollWidth <= box.clientWidth"), key


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")[:3]]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


READ = """names => { const box = document.createElement('span'); document.body.append(box);
  const out = {}; for (const name of names) { box.style.color = `var(--${name})`; out[name] = getComputedStyle(box).color; }
  box.remove(); return out; }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_stand_out_in_light_and_dark(open_page: Any, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    sides = [f"side-{number}" for number in range(7)] + ["side-none"]
    colours = page.evaluate(
        READ, ["paper", "panel", "ink", "muted", "link", "warn", "lit", "lit-core", "land", *sides]
    )
    assert (luminance(colours["paper"]) < 0.2) is (scheme == "dark")
    for ground in ("paper", "panel"):
        for name in ("ink", "muted", "link", "warn"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
    for ground in ("lit", "lit-core"):
        assert contrast(colours["ink"], colours[ground]) >= 4.5, ground
    for side in sides:
        for ground in ("paper", "land"):
            assert contrast(colours[side], colours[ground]) >= 3, (side, ground)


def test_the_theme_button_goes_round_and_is_remembered(open_page: Any) -> None:
    page = open_page(color_scheme="light")
    for choice in ("light", "dark"):
        page.click("#theme")
        assert page.get_attribute("#theme", "data-choice") == choice
    assert page.get_attribute("html", "data-theme") == "dark"
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") is None


def test_landmarks_names_and_headings(open_page: Any) -> None:
    page = open_page()
    assert page.locator("main").count() == page.locator("h1").count() == page.locator("header").count() == 1
    nameless = page.evaluate("""() => [...document.querySelectorAll('button, input, select, [role=application], [role=region]')]
      .filter((node) => !(node.getAttribute('aria-label') || node.textContent.trim() || node.labels?.[0]?.textContent.trim()))
      .map((node) => node.outerHTML)""")
    assert nameless == []
    twice = page.evaluate("""() => { const seen = new Set(); return [...document.querySelectorAll('[id]')].map((n) => n.id)
      .filter((id) => seen.has(id) || !seen.add(id)); }""")
    assert twice == []


def test_print_leaves_the_controls_out(open_page: Any) -> None:
    page = open_page()
    page.emulate_media(media="print")
    assert not page.locator(".filters").is_visible()
    assert page.locator("#table table").is_visible()
    assert page.locator("#text").is_visible()


def test_one_empty_report_makes_a_page(open_page: Any, tmp_path: Path) -> None:
    from svidok.ledger import Ledger
    from svidok.records import Document, Reading

    reading = Reading(Document("d", "", "Nothing happened."))
    path = write_report(
        tmp_path / "empty.html", title="Empty", readings=[reading], events=[], findings=[], ledger=Ledger()
    )
    page = open_page(path=path)
    assert "say nothing of this" in page.inner_text("#table")
    assert page.text_content("#text").strip() == "Nothing happened."


WHEN = [
    ("2022-03-31", "2022-03-31", "31 Mar 2022"),
    ("2022-03-01", "2022-03-31", "March 2022"),
    ("2022-01-01", "2022-12-31", "2022"),
    ("1990-01-01", "1999-12-31", "1990–1999"),
    ("2022-03-04", "2022-03-10", "4–10 Mar 2022"),
    ("2022-02-24", "2022-03-10", "24 Feb – 10 Mar 2022"),
    ("2021-12-30", "2022-01-02", "30 Dec 2021 – 2 Jan 2022"),
    (None, "2022-03-13", "by 13 Mar 2022"),
    ("2022-02-24", None, "from 24 Feb 2022"),
    ("2022-02-24T05:00", "2022-02-24T05:00", "24 Feb 2022, 05:00"),
    ("-0240-01-01", "-0240-12-31", "241 BC"),
    (None, None, "undated"),
]


def test_days_are_told_as_exactly_as_they_are_known(open_page: Any, sample, tmp_path: Path) -> None:
    from dataclasses import replace

    from svidok.ledger import Ledger

    first = sample.ledger.chronology[0]
    days = [replace(first, id=f"w{i}", earliest=a, latest=b) for i, (a, b, _) in enumerate(WHEN)]
    parts = sample.parts() | {"ledger": Ledger(chronology=tuple(days))}
    page = open_page(path=write_report(tmp_path / "days.html", title="Days", **parts))
    assert page.locator("td.at-when").all_inner_texts() == [words for _, _, words in WHEN]


def test_five_thousand_claims_in_four_hundred_reports(open_page: Any, large_sample, tmp_path: Path) -> None:
    path = write_report(tmp_path / "large.html", title="Large", **large_sample.parts())
    page = open_page(path=path)
    assert rows(page).count() == 100
    page.click("#pager >> text=Next")
    assert "Page 2 of" in page.inner_text("#pager")
    page.click("[data-column=what]")
    assert "Page 1 of" in page.inner_text("#pager")
    page.select_option("#kind", "battle")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows(page).count() == 600, "paper has no pages to turn"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    rows(page).nth(60).locator("button.quote").click()
    assert page.locator("#text .lit").count() > 0
