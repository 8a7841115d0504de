"""Every page shows what it should, restores from its address, and never lets text become markup."""

from __future__ import annotations

import html
import io
import re
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from callers import token_in
from starlette.testclient import TestClient

from svidok.chronicle import Chronicle
from svidok.store import Filter, Quote, Store, create_store
from svidok.web.texts import load_texts

for room in ("store", "archive"):
    sys.path.insert(0, str(Path(__file__).parents[1] / room))

import samplefiles as make  # noqa: E402
from test_hostile import ENTITIES  # noqa: E402

TEMPLATES = Path(__file__).parents[2] / "src" / "svidok" / "web" / "templates"
LEDGERS = (
    "chronology", "settlements", "losses", "statements", "harm", "humanitarian", "civil_defence", "explanations",
)  # fmt: skip


def event_at(store: Store, place: str) -> str:
    return store.events(Filter(place=place)).items[0].id


@pytest.mark.parametrize(
    "path",
    ["/", "/reports", "/findings", "/search", "/search?q=Bucha", "/control", "/compare", "/review",
     "/review?subject=claim", "/log", "/about", "/users", *(f"/ledger/{view}" for view in LEDGERS)],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_page_opens_in_every_language(local: TestClient, path: str, language: str) -> None:
    answer = local.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text


def test_the_list_opened_by_itself_is_the_whole_page(local: TestClient) -> None:
    alone = local.get("/events?place=Bucha")
    assert (alone.status_code, alone.headers["location"]) == (303, "/?place=Bucha")
    part = local.get("/events?place=Bucha", headers={"hx-request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.text


def test_the_front_page_lists_what_its_address_asks_for(local: TestClient) -> None:
    everything = local.get("/").text
    assert "Bucha" in everything and "Kharkiv" in everything
    narrowed = local.get("/?place=Bucha&happened=yes").text
    listed = narrowed[narrowed.index('class="events"') :]
    assert "Bucha" in listed and "Kharkiv" not in listed
    assert 'value="Bucha"' in narrowed


def test_an_event_shows_every_witness_in_its_words(local: TestClient, store: Store) -> None:
    page = local.get(f"/events/{event_at(store, 'Bucha')}").text
    for words in ("Ukrainian troops took Bucha back.", "Bucha was taken by Ukraine on Saturday."):
        assert f"<mark>{words}</mark>" in page
    for source in ("AP", "Suspilne"):
        assert f">{source}</a>" in page
    assert "2 independent witnesses" in page


def test_the_reader_lights_up_the_words_of_a_claim(local: TestClient, store: Store) -> None:
    view = next(c for c in store.claims().items if "Shelling" in c.words)
    page = local.get(f"/reports/{view.document}?claim={view.claim.id}").text
    assert f'data-chosen="{view.claim.id}"' in page
    assert f'id="c-{view.claim.id}"' in page
    text = store.document(view.document).text
    shown = "".join(
        re.sub(r"<[^>]+>", "", block) for block in re.findall(r'<p class="block[^>]*>(.*?)</p>', page, re.S)
    )
    assert shown == text


def test_the_original_comes_as_a_file(local: TestClient, store: Store) -> None:
    answer = local.get("/originals/a")
    assert answer.content == store.document("a").text.encode()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_finding_stands_side_by_side(local: TestClient, store: Store) -> None:
    view = store.findings().items[0]
    page = local.get(f"/findings/{view.id}").text
    for span in view.finding.spans:
        assert span.text in page


def test_search_lights_up_what_was_sought(local: TestClient) -> None:
    page = local.get("/search?q=shelters").text
    assert "<mark>shelters</mark>" in page and "1 passage" in page


def test_two_sources_side_by_side(local: TestClient) -> None:
    page = local.get("/compare?a=AP&b=Suspilne").text
    both = page[page.index("Told by both") : page.index("Told only by AP")]
    assert "took Bucha back" in both and "on Saturday" in both and "Irpin" not in both


def test_side_by_side_words_that_stand_in_a_longer_quotation_are_told_once(
    local: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quotes(self: Store, events: list[str], *, sources: tuple[str, ...]) -> dict[str, tuple[Quote, ...]]:
        words = ("took Bucha", "Troops took Bucha back", "back")
        said = [Quote("1", "a", "", "AP", None, one) for one in words]
        return {key: (*said, Quote("2", "b", "", "Suspilne", None, "took Bucha")) for key in events}

    monkeypatch.setattr(type(store), "quotes", quotes)
    page = local.get("/compare?a=AP&b=Suspilne").text
    both = page[page.index("Told by both") : page.index("Told only by AP")]
    told = re.findall("<mark>(.*?)</mark>", both)
    assert told[:2] == ["Troops took Bucha back", "took Bucha"] and "back" not in told


def test_as_it_was_known_on_a_day(local: TestClient) -> None:
    page = local.get("/?known=2022-04-04").text
    assert "As it was known on 2022-04-04" in page
    late = local.get("/?known=2022-03-01").text
    assert "0 events" in late


def test_judging_goes_on_to_the_next_and_can_be_undone(local: TestClient, store: Store) -> None:
    waiting = store.queue(reviewer="olena").total
    for _ in range(3):
        page = local.get("/review").text
        form = {
            name: re.search(rf'data-judge>.*?name="{name}" value="([^"]*)"', page, re.S)[1]  # type: ignore[index]
            for name in ("csrf", "subject", "target", "back")
        }
        assert local.post("/review", data={**form, "kind": "accept", "detail": "{}"}).status_code == 303
    assert store.queue(reviewer="olena").total == waiting - 3
    last = store.acts(who="olena").items[0]
    page = local.get(f"/review?last={last.number}").text
    assert "Undo act" in page
    undo = {"csrf": token_in(page), "kind": "undo", "subject": last.subject, "target": last.target}
    answer = local.post("/review", data={**undo, "detail": f'{{"act": {last.number}}}'})
    assert answer.status_code == 303
    assert store.queue(reviewer="olena").total == waiting - 2


def test_a_correction_is_shown_beside_what_the_machine_found(local: TestClient, store: Store) -> None:
    view = next(c for c in store.claims().items if "shelters" in c.words)
    form = {
        "csrf": token_in(local.get("/").text),
        "kind": "correct",
        "subject": "claim",
        "target": view.claim.id,
    }
    answer = local.post("/review", data={**form, "detail": '{"set": {"type": "aid"}}'})
    assert answer.status_code == 303
    after = store.claim(view.claim.id)
    assert (after.claim.type, after.effective.type) == ("prepare", "aid")


@pytest.mark.parametrize("detail", ["not json", "[]", '"text"', "[" * 5000])
def test_a_broken_judgement_is_told(local: TestClient, store: Store, detail: str) -> None:
    form = {"csrf": token_in(local.get("/").text), "kind": "correct", "subject": "event", "target": "x"}
    assert local.post("/review", data={**form, "detail": detail}).status_code == 400


def test_an_uploaded_report_is_kept_with_its_original(local: TestClient, store: Store) -> None:
    token = token_in(local.get("/reports").text)
    data = b"Kyiv, 5 March 2022. Shells fell on Irpin."
    answer = local.post("/reports", files={"file": ("../../etc/dispatch.txt", data)}, data={"csrf": token})
    assert answer.status_code == 303, answer.text
    document = store.document(answer.headers["location"].removeprefix("/reports/"))
    assert document.path == "dispatch.txt"
    assert [(e.how, e.origin) for e in store.custody(document.id)] == [("upload", "dispatch.txt")]
    assert store.original(document.sha256) == data
    broken = local.post("/reports", files={"file": ("a.bin", b"\x00\x01\x02" * 50)}, data={"csrf": token})
    assert broken.status_code == 400


def test_an_uploaded_archive_is_kept_as_svidok_add_keeps_it(
    local: TestClient, store: Store, tmp_path: Path
) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.txt", "Shells fell on Irpin on 5 March 2022.")
        archive.writestr("<b>two.txt", "Russian troops left Bucha on 30 March 2022.")
        archive.writestr("../../etc/cron.d/x", "Leads out.")
        archive.writestr("bomb.txt", b"0" * 8_000_000)
    token = token_in(local.get("/reports").text)
    sent = {"file": ("dossier.zip", whole.getvalue())}
    answer = local.post("/reports", files=sent, data={"csrf": token})
    assert answer.status_code == 200, answer.text
    told = html.unescape(answer.text)
    assert "2 new, 0 there already, 2 that could not be read" in told
    assert "dossier.zip!/bomb.txt: it grows" in told and "leads out of the archive" in told
    assert "<b>two" not in answer.text and str(tempfile.gettempdir()) not in answer.text

    file = tmp_path / "dossier.zip"
    file.write_bytes(whole.getvalue())
    other = Chronicle(create_store(tmp_path / "other.svidok", at="2022-05-01T10:00:00Z", who="olena"))
    added = other.add(file)
    for identity in added.new:
        here, there = store.document(identity), other.store.document(identity)
        assert here.text == there.text
        assert store.original(here.sha256) == other.store.original(there.sha256) == here.text.encode()
        (entry,) = store.custody(identity)
        assert entry.origin == "dossier.zip"
        assert store.original(entry.container) == whole.getvalue()
    other.close()
    assert store.verify() == ()
    again = local.post("/reports", files=sent, data={"csrf": token})
    assert "0 new, 2 there already" in again.text


def test_what_has_no_place_is_called_by_its_words(store: Store, client_of: Callable[..., TestClient]) -> None:
    from builders import reading
    from warfare import fill, hashed

    said = "The ministry denied that it had lost <b>a single</b> ship this week."
    made = reading("said", {"text": said, "type": "statement", "trigger": "denied"}, source="AP")
    fill(store, [hashed(made)])
    (event,) = store.events(Filter(types=("statement",))).items
    assert (event.label, event.quote) == ("statement", said)
    local = client_of(local=True)
    for language, title in (("en", f"Statement: “{said}”"), ("uk", f"«{said}»")):
        for path in ("/?type=statement", f"/events/{event.id}", "/review?subject=event"):
            page = local.get(path, headers={"accept-language": language}).text
            assert html.escape(title) in page, path
    for language, act in (("en", "says"), ("uk", "каже")):
        page = local.get("/ledger/statements", headers={"accept-language": language}).text
        assert f">{act}</td>" in page


HOSTILE = {
    "feed.rss": make.RSS.replace("<rss", f"{ENTITIES}<rss").replace("Crossing", "&c; &f;").encode(),
    "letter.odt": make.odt("<text:p>&c; &f;</text:p>", before=ENTITIES),
    "torn.pdf": make.pdf([make.WORDS])[:400],
    "locked.pdf": make.pdf([make.WORDS], password="secret"),
    "scrambled.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 20,
    "torn.docx": make.docx()[:900],
    "bomb.docx": make.packed({"word/document.xml": b"<" * 8_000_000, "[Content_Types].xml": "<Types/>"}),
    "deep.rss": b"<?xml version='1.0'?><rss><channel>" + b"<item>" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_upload_is_refused_in_words_and_the_rest_goes_on(
    local: TestClient, store: Store, name: str
) -> None:
    before = store.status()
    sent = {"csrf": token_in(local.get("/reports").text)}
    answer = local.post("/reports", files={"file": (name, HOSTILE[name])}, data=sent)
    assert answer.status_code == 400, answer.text
    told = html.unescape(answer.text)
    assert name in told and "Traceback" not in told
    assert "root:" not in told and "lollol" not in told and tempfile.gettempdir() not in told
    assert store.status().documents == before.documents
    fine = local.post("/reports", files={"file": ("a.txt", b"Shells fell on Irpin.")}, data=sent)
    assert fine.status_code == 303 and store.verify() == ()


def test_text_is_never_markup(store: Store, client_of: Callable[..., TestClient]) -> None:
    from builders import reading
    from warfare import fill, hashed

    evil = "<script>alert(1)</script> \"onload='x' Ukrainian troops took Bucha."
    made = hashed(
        reading(
            "evil",
            {"text": evil, "type": "capture", "place": "Bucha", "who": ["Ukraine"], "trigger": "took"},
            source='<img src=x onerror="alert(2)">',
            published="2022-04-03",
        )
    )
    fill(store, [made])
    client = client_of(local=True)
    claim = next(c for c in store.claims().items if c.document == "evil")
    pages = ["/", "/reports", "/reports/evil", "/search?q=alert", f"/events/{claim.events[0]}",
             "/ledger/settlements", "/compare", "/?q=%3Cscript%3Ealert(3)%3C/script%3E", "/review?subject=claim",
             "/%3Cscript%3E"]  # fmt: skip
    for path in pages:
        html = client.get(path).text
        assert "<script>alert" not in html and "<img src=x" not in html, path


def test_wrong_questions_are_told(local: TestClient) -> None:
    for query in ("from=31-12-2022", "near=1,2", "page=x", "status=nonsense", "box=90,0,0,0", "q=%00"):
        answer = local.get(f"/?{query}")
        assert answer.status_code == 400, query
        assert "That cannot be asked" in answer.text
    assert local.get("/events/nothing").status_code == 404
    assert local.get("/ledger/nothing").status_code == 404


def test_languages_have_the_same_words() -> None:
    english, ukrainian = (set(load_texts(code)._words) for code in ("en", "uk"))
    assert not english - ukrainian
    own = ("kind.", "column.", "ledger.about.", "label.", "n.")
    assert not {key for key in ukrainian - english if not key.startswith(own)}


def test_every_code_of_the_ledgers_has_its_words_in_ukrainian() -> None:
    file = files("svidok").joinpath("publish/data/kinds.toml")
    labels = tomllib.loads(file.read_text(encoding="utf-8"))["labels"]
    words = load_texts("uk")._words
    for kind in ("category", "act", "period"):
        assert {f"label.{kind}.{code}" for code in labels[kind]} == {
            key for key in words if key.startswith(f"label.{kind}.")
        }


def test_every_word_that_a_template_names_is_there() -> None:
    words = load_texts("en")._words
    for path in sorted(TEMPLATES.glob("*.html")):
        text = path.read_text(encoding="utf-8")
        for key in re.findall(r'\bt\("([a-z0-9_.]+)"(?:\)|,)', text):
            assert key in words, f"{path.name}: {key}"
        for key in re.findall(r't\.count\("([a-z.]+)"', text):
            assert f"{key}.many" in words, f"{path.name}: {key}"


def test_numbers_take_their_form() -> None:
    ukrainian = load_texts("uk")
    assert [ukrainian.count("n.event", n) for n in (1, 3, 11, 25)] == [
        "1 подія",
        "3 події",
        "11 подій",
        "25 подій",
    ]


def test_a_settlement_tells_its_latest_changes_and_how_many_came_before(
    store: Store, client_of: Callable[..., TestClient]
) -> None:
    from builders import reading
    from warfare import TOOK, fill, hashed

    days = [f"2022-04-{day:02d}" for day in range(10, 26)]
    turns = [
        {**TOOK, "text": f"{side} troops took Bucha on {day}.", "when": (day, day), "who": [side]}
        for day, side in zip(days, ("Russia", "Ukraine") * 8, strict=True)
    ]
    fill(store, [hashed(reading("turns", *turns, source="AP"))])
    (row,) = store.rows("settlements", Filter(place="Bucha")).items
    changes = row.row.changes  # type: ignore[attr-defined]
    assert len(changes) > 12
    page = client_of(local=True).get("/ledger/settlements").text
    cells = page[page.index(">Bucha<") :]
    assert f"{len(changes) - 12} earlier, then" in cells
    assert "25 Apr 2022" in cells and "10 Apr 2022</span></div>" not in cells
