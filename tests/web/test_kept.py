"""Pages are kept until the chronicle changes: shown again at once, never to another, never too long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest
from callers import AT, token_in
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Message

from svidok.store import Filter, FindingView, Page, Paging, Store
from svidok.web import Settings, create_app

PAGES = ("/", "/findings", "/ledger/losses", "/api/v1/points", "/search?q=Bucha")


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Store], None]:
    """Lets a store answer nothing any more but its mark."""

    def close(store: Store) -> None:
        for name in ("events", "findings", "rows", "points", "search", "status"):
            monkeypatch.setattr(type(store), name, None)

    return close


@pytest.mark.parametrize("path", PAGES)
def test_a_second_reader_gets_the_page_without_a_question(
    local: TestClient, store: Store, closed: Callable[[Store], None], path: str
) -> None:
    first = local.get(path)
    closed(store)
    again = local.get(path)
    assert (again.status_code, again.text) == (200, first.text)
    assert again.headers["content-type"] == first.headers["content-type"]


def test_what_was_judged_shows_at_once(local: TestClient, store: Store) -> None:
    claim = store.claims().items[0]
    path = f"/reports/{claim.document}"
    before = local.get(path)
    store.act("comment", "claim", claim.claim.id, who="olena", at=AT, detail={"text": "seen on a film"})
    assert "seen on a film" not in before.text
    after = local.get(path, headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200 and after.headers["etag"] != before.headers["etag"]


def test_a_browser_of_this_machine_is_not_sent_what_it_has(local: TestClient) -> None:
    first = local.get("/")
    assert first.headers["cache-control"] == "private, no-cache"
    again = local.get("/", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    part = local.get("/events", headers={"if-none-match": first.headers["etag"], "hx-request": "true"})
    assert part.status_code == 200 and "<html" not in part.text


def test_where_people_log_in_nothing_stays_in_their_browsers(as_role: Callable[[str], TestClient]) -> None:
    answer = as_role("viewer").get("/")
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_everybody_gets_their_own_page(as_role: Callable[[str], TestClient]) -> None:
    viewer, admin = as_role("viewer"), as_role("admin")
    pages = [client.get("/").text for client in (viewer, admin, viewer)]
    assert pages[0] == pages[2] != pages[1]
    assert token_in(pages[0]) != token_in(pages[1])
    assert viewer.get("/review").status_code == 403
    assert admin.get("/review").status_code == 200
    assert viewer.get("/review").status_code == 403


def test_each_language_is_kept_apart(local: TestClient) -> None:
    for language in ("en", "uk", "en"):
        assert f'lang="{language}"' in local.get("/about", headers={"accept-language": language}).text


def test_errors_and_files_are_not_kept(local: TestClient, store: Store) -> None:
    missing = local.get("/events/none")
    assert missing.status_code == 404 and "etag" not in missing.headers
    assert local.get("/originals/a").headers["cache-control"] == "no-store"


def test_one_who_reads_no_gzip_gets_it_plain(local: TestClient) -> None:
    plain = local.get("/", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    squeezed = local.get("/")
    assert (squeezed.headers["content-encoding"], squeezed.text) == ("gzip", plain.text)


def test_no_page_asks_for_each_of_its_rows(
    local: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    settlement = store.control(store.status().held_until or "")[0].settlement
    for name in ("event", "claim", "row"):
        monkeypatch.setattr(type(store), name, None)
    for path in ("/compare?a=AP&b=Suspilne", "/ledger/settlements", f"/control/{settlement}"):
        assert local.get(path).status_code == 200


async def ask(app: FastAPI, address: str) -> int:
    """The status of an answer, asked for past any client, so that many can ask at once."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    told: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            told.append(message["status"])

    await app(scope, receive, send)
    return told[0]


def test_pages_are_worked_out_in_turn_and_each_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = type(store).findings
    asked: list[int] = []
    busy: set[int] = set()
    most: list[int] = []

    def slowly(self: Store, filter: Filter, paging: Paging) -> Page[FindingView]:
        asked.append(paging.number)
        busy.add(paging.number)
        most.append(len(busy))
        time.sleep(0.02)
        busy.discard(paging.number)
        return whole(self, filter, paging)

    monkeypatch.setattr(type(store), "findings", slowly)
    app = create_app(store, Settings(local=True, hosts=("localhost",)))

    async def crowd() -> list[int]:
        pages = [number for number in range(1, 9) for _ in range(3)]
        return await asyncio.gather(*(ask(app, f"/findings?page={number}") for number in pages))

    assert asyncio.run(crowd()) == [200] * 24
    assert sorted(asked) == list(range(1, 9))
    assert max(most) <= 3


def test_a_row_shows_a_judgement_at_once(local: TestClient, store: Store) -> None:
    event = store.events().items[0].id
    assert "judged-accepted" not in local.get("/").text
    store.act("accept", "event", event, who="olena", at=AT)
    assert local.get("/").text.count("judged-accepted") == 1
    assert local.get("/", headers={"accept-language": "uk"}).text.count("judged-accepted") == 1
