"""The static site: the same pages from disk, every link relative and kept, nothing that needs a server."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from test_browser import browser  # noqa: F401  (a fixture)
from warfare import war

from svidok import ledger
from svidok.events import find_findings, reconcile
from svidok.web.site import LINKS, write_site

HREF = re.compile(r'(?:href|src|action)="([^"]*)"')


def parts(readings: list[Any]) -> dict[str, Any]:
    events = reconcile(readings)
    findings = find_findings(readings, events)
    built = ledger.build(readings, events, findings)
    return {"readings": readings, "events": events, "findings": findings, "ledger": built}


@pytest.fixture(scope="module")
def given() -> dict[str, Any]:
    return parts(war())


@pytest.fixture(scope="module")
def site(given: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, title="Two weeks", **given)
    return folder


def test_there_is_a_page_for_everything(site: Path, given: dict[str, Any]) -> None:
    assert len(list((site / "events").iterdir())) == len(given["events"])
    assert len(list((site / "reports").iterdir())) == len(given["readings"])
    assert {path.stem for path in (site / "ledgers").iterdir()} >= {"settlements", "losses", "harm"}
    assert (site / "index.html").exists()
    beside = re.findall(r'<a href="([^"]*)"', (site / "index.html").read_text().partition("<main")[0])
    assert [address for _, address in LINKS] == [link for link in beside if (site / link).is_file()]
    assert "took Bucha back" in "".join(p.read_text() for p in (site / "events").iterdir())


def test_links_are_relative_and_lead_somewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        if page.name == "index.html":
            continue
        text = page.read_text()
        assert "<form" not in text
        assert 'type="module"' not in text
        for link in HREF.findall(text):
            target, _, anchor = unquote(link).partition("#")
            assert not link.startswith(("/", "http:", "file:")), (page, link)
            path = (page.parent / target).resolve() if target else page
            assert path.is_file(), (page, link)
            if anchor:
                assert f'id="{anchor}"' in path.read_text(), (page, link)


def test_the_same_chronicle_makes_the_same_bytes(site: Path, given: dict[str, Any], tmp_path: Path) -> None:
    again = write_site(tmp_path, title="Two weeks", **given)
    assert {p.relative_to(tmp_path) for p in again} == {
        p.relative_to(site) for p in site.rglob("*") if p.is_file()
    }
    assert all(p.read_bytes() == (site / p.relative_to(tmp_path)).read_bytes() for p in again)


def test_what_is_not_given_is_not_linked_or_told(given: dict[str, Any], tmp_path: Path) -> None:
    fewer = parts(war()[:2])
    write_site(tmp_path, title="Fewer", **{**given, **{k: fewer[k] for k in ("readings", "ledger")}})
    told = "".join(path.read_text() for path in tmp_path.rglob("*.html") if path.name != "index.html")
    assert "Suspilne" not in told
    assert "on Saturday" not in told


def test_text_of_reports_and_ids_are_never_markup(tmp_path: Path) -> None:
    first = war()[0]
    text = first.document.text.replace("Villagers built", '<b onx="">built ')[: len(first.document.text)]
    evil = replace(first.document, title='"><script>alert(1)</script>', text=text)
    write_site(tmp_path, title="<i>", **parts([replace(first, document=evil), *war()[1:]]))
    for path in tmp_path.rglob("*.html"):
        if path.name != "index.html":
            assert "<script>alert" not in path.read_text()
            assert "<i>" not in path.read_text()


@pytest.mark.browser
def test_it_opens_from_disk(site: Path, browser: Any) -> None:  # noqa: F811
    page = browser.new_context(viewport={"width": 390, "height": 800}, is_mobile=True).new_page()
    troubles: list[str] = []
    page.on("console", lambda m: troubles.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith("file:") else troubles.append(r.url))
    page.goto((site / "events.html").as_uri())
    page.locator(".event a").first.click()
    page.wait_for_url("**/events/*.html")
    page.locator(".claim .from a").first.click()
    page.wait_for_url("**/reports/*.html#c-*")
    assert page.locator(".words.lit").count() > 0
    page.locator("[data-light]").last.click()
    assert page.locator("li.chosen").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".rooms a").first.click()
    page.wait_for_url("**/index.html")
    assert troubles == []
    page.context.close()
