"""How a caller comes in, and what the pages' forms carry."""

from __future__ import annotations

import re
from typing import Any

from starlette.testclient import TestClient

AT = "2022-05-01T10:00:00Z"
PASSWORD = "correct horse battery"
ROLES = ("viewer", "contributor", "reviewer", "admin")


def token_in(html: str) -> str:
    """The token of the forms on a page."""
    found = re.search(r'name="csrf" (?:value|content)="([^"]+)"', html)
    assert found, "no token on the page"
    return found[1]


def log_in(client: TestClient, name: str, password: str, next: str = "/") -> Any:
    """Fill in the form."""
    token = re.search(r'name="csrf" value="([^"]+)"', client.get("/login").text)
    assert token
    return client.post("/login", data={"name": name, "password": password, "csrf": token[1], "next": next})
