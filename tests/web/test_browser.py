"""The pages in a real browser: every page, the slider, the map, the reader, review by keyboard, login, phone."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tarfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from callers import AT, PASSWORD

from svidok.store import open_store
from svidok.web import Settings, create_app

pytestmark = pytest.mark.browser

AXE = "4.10.3"


class Server:
    """The pages of one chronicle on a loopback port, in a thread."""

    def __init__(self, path: Path, **settings: Any) -> None:
        import uvicorn

        self.store = open_store(path)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        app = create_app(self.store, Settings(**settings))
        self._server = uvicorn.Server(uvicorn.Config(app, port=self.port, log_level="error"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until(lambda: self._server.started)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(20)
        self.store.close()


def until(true: Any, seconds: float = 40.0) -> None:
    """Waits for something to become true (the policy of the pages forbids the browser driver's own way)."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def browser(chromium: Any, patience: None) -> Iterator[Any]:
    """A browser of a test's own: pages that draw maps are not left to others."""
    yield chromium.open()
    chromium.end()


@pytest.fixture(scope="module")
def served(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = shutil.copy(built, tmp_path_factory.mktemp("served") / "chronicle.svidok")
    server = Server(path, local=True, who="olena", requests=100_000)
    yield server
    server.close()


class Desk:
    """Pages that log their troubles: errors, and anything asked of another host."""

    def __init__(self, browser: Any, address: str) -> None:
        self.browser, self.address = browser, address
        self.troubles: list[str] = []

    def fresh(self, **options: Any) -> Any:
        chosen = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
        page = self.browser.new_context(**{"locale": "en", **chosen}).new_page()
        tell = self.troubles.append
        page.set_default_timeout(60_000)
        page.on("console", lambda m: tell(f"{page.url} {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: tell(f"{page.url} {error}"))
        page.on("dialog", lambda dialog: tell(f"dialog {dialog.message}") or dialog.dismiss())
        page.on(
            "request", lambda r: None if r.url.startswith((self.address, "blob:", "data:")) else tell(r.url)
        )
        return page


@pytest.fixture
def desk(browser: Any, served: Server) -> Iterator[Desk]:
    made = Desk(browser, served.address)
    yield made
    assert [told for told in made.troubles if "GPU stall" not in told] == []


def addresses(server: Server) -> list[str]:
    store = server.store
    event = store.events().items[0].id
    report = store.documents().items[0].id
    findings = store.findings().items
    settlement = store.control(store.status().held_until or "")[0].settlement
    return [
        "/events", f"/events/{event}", "/ledger/losses", "/ledger/harm", "/ledger/settlements", "/findings",
        *(f"/findings/{one.id}" for one in findings[:1]),
        "/reports", f"/reports/{report}", f"/control/{settlement}", "/compare?a=Source%20a&b=Source%20b",
        "/search?q=Bucha", "/review", "/review?subject=claim", "/log", "/about",
    ]  # fmt: skip


def drawn(page: Any) -> None:
    """Waits for the map."""
    until(lambda: page.evaluate("!!window.svidokMap && svidokMap.loaded()"))


def address_of(page: Any) -> str:
    """Where a page is now: the driver hears of it only while it is asked something."""
    page.wait_for_timeout(1)
    return str(page.url)


def asked(page: Any) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(address_of(page)).query).items()}


@pytest.fixture(scope="session")
def axe() -> str | None:
    """The script of axe-core, of one version, fetched through npm; None where that is not possible."""
    own = os.environ.get("SVIDOK_AXE")
    if own:
        return Path(own).read_text(encoding="utf-8")
    if not shutil.which("npm"):
        return None
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "svidok-tests"
    kept = folder / f"axe-{AXE}.js"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        line = ["npm", "pack", f"axe-core@{AXE}", "--silent", "--pack-destination", str(folder)]
        try:
            subprocess.run(line, check=True, capture_output=True, timeout=60)
            packed = folder / f"axe-core-{AXE}.tgz"
            with tarfile.open(packed) as tar:
                member = tar.extractfile("package/axe.min.js")
                if member is None:
                    return None
                kept.write_bytes(member.read())
        except (subprocess.SubprocessError, OSError, KeyError, tarfile.TarError):
            return None
        packed.unlink()
    return kept.read_text(encoding="utf-8")


def violations(page: Any, axe: str) -> list[str]:
    """What axe finds grave; its script is given by the driver, past the policy of the page."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_opens_fits_a_phone_and_is_accessible(
    desk: Desk, served: Server, axe: str | None, scheme: str
) -> None:
    language = "en" if scheme == "light" else "uk"
    page = desk.fresh(
        viewport={"width": 390, "height": 800}, color_scheme=scheme, locale=language, is_mobile=True
    )
    wrong: dict[str, Any] = {}
    every = ["/", "/control", *addresses(served)]
    for address in every:
        page.goto(served.address + address)
        assert page.get_attribute("html", "lang") == language
        assert page.locator("h1").count() == 1, address
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        grave = violations(page, axe) if axe else []
        if wide > 0 or grave:
            wrong[address] = (wide, grave)
    assert wrong == {}
    if axe is None:
        pytest.skip("axe-core could not be fetched; all but the rules of accessibility were looked at")


def test_the_slider_moves_map_list_and_address(desk: Desk, served: Server) -> None:
    page = desk.fresh()
    page.goto(served.address)
    drawn(page)
    everything = int(page.get_attribute("#map", "data-shown"))
    assert everything == served.store.status().events
    page.focus("#last")
    page.keyboard.press("Home")
    until(lambda: "to" in asked(page))
    until(lambda: int(page.get_attribute("#map", "data-shown")) < everything)
    shown = int(page.get_attribute("#map", "data-shown"))
    until(lambda: page.inner_text("#list .total").split()[0] == str(shown))
    again = desk.fresh()
    again.goto(page.url)
    drawn(again)
    assert again.inner_text("#list .total") == page.inner_text("#list .total")
    assert again.inner_text("#span") == page.inner_text("#span")
    page.focus("body")
    page.click("#play")
    assert page.inner_text("#play") == page.get_attribute("#play", "data-stop")


def test_without_a_map_the_time_line_and_the_list_still_work(desk: Desk, served: Server) -> None:
    page = desk.fresh()
    page.add_init_script("""HTMLCanvasElement.prototype.getContext = ((own) => function (kind, ...more) {
      return kind.startsWith("webgl") ? null : own.call(this, kind, ...more); })(HTMLCanvasElement.prototype.getContext);""")
    page.goto(served.address)
    page.wait_for_selector("#map.failed[data-shown]")
    assert page.inner_text("#map") == page.get_attribute("#map", "data-none")
    page.focus("#last")
    page.keyboard.press("Home")
    until(lambda: "to" in asked(page))
    until(lambda: page.inner_text("#list .total").split()[0] == page.get_attribute("#map", "data-shown"))
    page.goto(f"{served.address}/control")
    page.wait_for_selector("#map.failed")
    page.locator("#list a", has_text="Bucha").click()
    page.wait_for_selector("#evidence mark")


def test_a_click_on_the_map_lists_what_happened_there(desk: Desk, served: Server) -> None:
    page = desk.fresh()
    page.goto(served.address)
    drawn(page)
    spot = page.evaluate("""() => { const place = svidokMap.queryRenderedFeatures({ layers: ["events"] })
      .sort((a, b) => b.properties.n - a.properties.n)[0];
      const at = svidokMap.project(place.geometry.coordinates); return { x: at.x, y: at.y, n: place.properties.n }; }""")
    page.locator("#map canvas").click(position={"x": spot["x"], "y": spot["y"]})
    until(lambda: "near" in asked(page))
    until(lambda: page.locator("#list .event").count() == spot["n"])
    page.click("#list .chips a")
    until(lambda: "near" not in asked(page))


def test_control_shows_its_evidence_and_follows_the_days(desk: Desk, served: Server) -> None:
    page = desk.fresh()
    page.goto(f"{served.address}/control")
    drawn(page)
    page.locator("#list a", has_text="Bucha").click()
    until(lambda: page.locator("#evidence mark").count() > 0)
    page.focus("#slide")
    page.keyboard.press("Home")
    page.wait_for_url(f"**/control?day={served.store.status().held_from}*")


def test_the_reader_lights_up_words_and_rows(desk: Desk, served: Server) -> None:
    page = desk.fresh()
    report = next(view for view in served.store.documents().items if view.claims > 2)
    page.goto(f"{served.address}/reports/{report.id}")
    row = page.locator(".claims [data-light]").nth(1)
    row.click()
    claim = served.store.claim(row.get_attribute("data-light"))
    assert "".join(page.locator(".words.lit").all_text_contents()) == claim.words
    assert asked(page)["claim"] == claim.claim.id
    page.locator(".words").first.click()
    assert page.locator(".claims .chosen").count() == 1
    page.reload()
    assert page.locator(".words.lit").count() > 0


def test_ten_things_are_reviewed_by_keyboard(desk: Desk, served: Server) -> None:
    page = desk.fresh()
    page.goto(f"{served.address}/review")
    waiting = served.store.status().waiting
    before = served.store.status().acts
    for number in range(10):
        thing = page.input_value(".judge [name=target]")
        page.keyboard.press("ar"[number % 2])
        until(lambda old=thing: page.locator(".judge [name=target]").first.input_value() != old)
        page.wait_for_load_state()  # its keys work from then on
    assert served.store.status().acts == before + 10
    assert served.store.status().waiting == waiting - 10
    judged = address_of(page)
    page.keyboard.press("u")
    until(lambda: address_of(page) != judged)
    page.wait_for_load_state()
    assert served.store.status().waiting == waiting - 9
    page.goto(f"{served.address}/review?subject=claim")
    target = page.locator(".judge [name=target]").first.input_value()
    page.keyboard.press("c")
    page.select_option("[data-set=polarity]", "negated")
    page.click("form.correct button")
    until(lambda: served.store.claim(target).effective.polarity == "negated")
    page.goto(f"{served.address}/about")
    page.keyboard.press("/")
    assert page.locator("#find:focus").count() == 1


def test_events_are_merged_and_taken_apart(desk: Desk, served: Server) -> None:
    page = desk.fresh()
    one, other = served.store.events().items[:2]
    page.goto(f"{served.address}/events/{one.id}")
    page.locator(".deep summary").first.click()
    page.fill("#with", f"{served.address}/events/{other.id}")
    page.click("[data-merge] button")
    until(lambda: served.store.acts(kinds=["merge"]).total == 1)
    act = served.store.acts(kinds=["merge"]).items[0]
    assert json.loads(json.dumps(act.detail))["with"] == [other.id]
    assert served.store.status().stale


def test_a_team_logs_in_and_out(browser: Any, built: Path, tmp_path: Path) -> None:
    server = Server(shutil.copy(built, tmp_path / "team.svidok"))
    try:
        server.store.save_user("taras", role="viewer", password=PASSWORD, who="olena", at=AT)
        page = Desk(browser, server.address).fresh()
        page.goto(f"{server.address}/findings")
        assert urlsplit(page.url).path == "/login"
        page.fill("[name=name]", "taras")
        page.fill("[name=password]", "wrong")
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=alert]")
        page.fill("[name=name]", "taras")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/findings")
        assert page.locator(".rooms a[href='/review']").count() == 0
        assert page.locator("form.judge").count() == 0
        page.click(".menu summary")
        page.locator(".menu button").click()
        page.wait_for_url("**/login")
    finally:
        server.close()
