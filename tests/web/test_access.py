"""Nobody gets what their role does not allow, no other site can act, and strangers meet a closed door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from callers import PASSWORD, ROLES, log_in, token_in
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from svidok.errors import InputError
from svidok.store import Store
from svidok.web import Settings
from svidok.web.access import role_of
from svidok.web.app import routers
from svidok.web.serving import checked

OPEN = {"/login", "/language"}
"""What nobody needs a login for: the door itself, and in which language to read it."""

FILL = {"view": "losses", "field": "side"}


def routes() -> Iterator[tuple[str, str, str | None]]:
    """Method, an address, and the least role of every route."""
    found = [(prefix, route) for prefix, router in routers() for route in router.routes]
    for prefix, route in found:
        assert isinstance(route, APIRoute)
        path = prefix + route.path
        for name in route.param_convertors:
            for form in (f"{{{name}:path}}", f"{{{name}}}"):
                path = path.replace(form, FILL.get(name, "some-id"))
        for method in sorted(route.methods or ()):
            yield method, path, role_of(route)


def test_every_route_names_its_role() -> None:
    table = list(routes())
    assert len(table) > 35
    assert {path for _, path, role in table if role is None} == OPEN


def test_a_stranger_gets_nothing(nobody: TestClient) -> None:
    for method, path, role in routes():
        if role is None:
            continue
        answer = nobody.request(method, path)
        if path.startswith("/api/"):
            assert answer.status_code == 401, path
            assert set(answer.json()) == {"detail"}
        elif method == "GET":
            assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login"), path
        else:
            assert answer.status_code == 401, path
        assert "Bucha" not in answer.text and "Kharkiv" not in answer.text


@pytest.mark.parametrize("role", ROLES)
def test_no_role_gets_what_asks_for_a_higher_one(role: str, as_role: Callable[[str], TestClient]) -> None:
    client = as_role(role)
    token = token_in(client.get("/").text)
    for method, path, wanted in routes():
        if wanted is None or path == "/logout":
            continue
        answer = client.request(method, path, headers={"x-csrf-token": token})
        allowed = ROLES.index(role) >= ROLES.index(wanted)
        assert (answer.status_code != 403) == allowed, (method, path, answer.status_code)
        assert answer.status_code < 500


def test_judging_asks_for_more_than_commenting(as_role: Callable[[str], TestClient], store: Store) -> None:
    event = store.events().items[0].id
    client = as_role("contributor")
    form = {"csrf": token_in(client.get("/").text), "subject": "event", "target": event, "back": "/"}
    assert client.post("/review", data={**form, "kind": "comment", "why": "seen"}).status_code == 303
    assert client.post("/review", data={**form, "kind": "accept"}).status_code == 403
    assert client.post("/review", data={**form, "kind": "adjudicate"}).status_code == 403
    assert store.state("event", event).status == "unreviewed"


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ({}, ""),
        ({}, "wrong"),
        ({"origin": "https://elsewhere.example"}, None),
        ({"origin": "null"}, None),
        ({"sec-fetch-site": "cross-site"}, None),
    ],
)
def test_no_other_site_can_act(
    local: TestClient, store: Store, headers: dict[str, str], token: str | None
) -> None:
    event = store.events().items[0].id
    own = token_in(local.get("/").text)
    form = {"csrf": own if token is None else token, "kind": "accept", "subject": "event", "target": event}
    assert local.post("/review", data=form, headers=headers).status_code == 403
    assert store.state("event", event).status == "unreviewed"
    answer = local.post("/review", data={**form, "csrf": own})
    assert answer.status_code == 303
    assert store.state("event", event).status == "accepted"


def test_a_login_ends(as_role: Callable[[str], TestClient], clocks: Any, store: Store) -> None:
    client = as_role("viewer")
    assert client.get("/").status_code == 200
    clocks.now = "2022-05-02T10:00:00Z"
    assert client.get("/").status_code == 303
    clocks.now = "2022-05-01T10:00:00Z"
    store.save_user("one viewer", role="viewer", active=False, who="olena", at=clocks.now)
    assert client.get("/").status_code == 303


def test_logging_out_ends_the_session_on_the_server(as_role: Callable[[str], TestClient]) -> None:
    client = as_role("viewer")
    cookies = dict(client.cookies)
    client.post("/logout", data={"csrf": token_in(client.get("/").text)})
    client.cookies.update(cookies)
    assert client.get("/").status_code == 303


def test_wrong_passwords_have_to_wait(nobody: TestClient, store: Store, clocks: Any) -> None:
    store.save_user("olena", role="viewer", password=PASSWORD, who="olena", at=clocks.now)
    for _ in range(10):
        assert log_in(nobody, "olena", "not it").status_code == 401
    assert log_in(nobody, "olena", PASSWORD).status_code == 429
    clocks.seconds += 300
    assert log_in(nobody, "olena", PASSWORD).status_code == 303


@pytest.mark.parametrize("next", ["//evil.example/", "https://evil.example", "/\\evil.example", "/%5cevil"])
def test_a_login_leads_nowhere_else(nobody: TestClient, store: Store, clocks: Any, next: str) -> None:
    store.save_user("olena", role="viewer", password=PASSWORD, who="olena", at=clocks.now)
    assert log_in(nobody, "olena", PASSWORD, next=next).headers["location"] == "/"


def test_cookies_are_out_of_reach_of_scripts(nobody: TestClient, store: Store, clocks: Any) -> None:
    store.save_user("olena", role="viewer", password=PASSWORD, who="olena", at=clocks.now)
    cookie = log_in(nobody, "olena", PASSWORD).headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie


def test_every_answer_carries_the_policy(local: TestClient) -> None:
    for path in ("/", "/static/js/main.mjs", "/nothing", "/api/v1/status", "/?from=x"):
        headers = local.get(path).headers
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_strange_hosts_floods_and_giants_are_refused(
    client_of: Callable[..., TestClient], clocks: Any
) -> None:
    client = client_of(local=True, requests=40, upload=1000)
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    token = token_in(client.get("/").text)
    big = client.post("/reports", files={"file": ("a.txt", b"x" * 2000)}, headers={"x-csrf-token": token})
    assert big.status_code == 413
    answers = [client.get("/api/v1/status").status_code for _ in range(15)]
    assert answers[0] == 200 and answers[-1] == 429
    clocks.seconds += 60
    assert client.get("/api/v1/status").status_code == 200


def test_pages_are_not_served_open_to_others(store: Store, clocks: Any) -> None:
    with pytest.raises(InputError, match="administrator"):
        checked(store, Settings(local=True), host="0.0.0.0")
    with pytest.raises(InputError, match="nobody can log in"):
        checked(store, Settings(), host="0.0.0.0")
    store.save_user("olena", role="admin", password=PASSWORD, who="olena", at=clocks.now)
    assert checked(store, Settings(), host="0.0.0.0") == Settings()


def test_users_are_kept_by_admins(as_role: Callable[[str], TestClient], store: Store) -> None:
    client = as_role("admin")
    form = {"csrf": token_in(client.get("/users").text), "name": "taras", "role": "reviewer", "active": "yes"}
    assert client.post("/users", data={**form, "password": "short"}).status_code == 400
    assert client.post("/users", data={**form, "password": PASSWORD}).status_code == 303
    assert {user.name: user.role for user in store.users()}["taras"] == "reviewer"
    assert PASSWORD not in str([act.detail for act in store.acts().items])
