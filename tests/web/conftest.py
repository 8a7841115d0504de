"""A small chronicle, and callers of every role over it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from svidok.store import Store, create_store
from svidok.web import Settings, create_app

for room in ("web", "store", "events"):
    sys.path.insert(0, str(Path(__file__).parents[1] / room))

from callers import AT, PASSWORD, log_in


@dataclass
class Clocks:
    """The moment that acts are dated by, and the seconds that rates are counted in."""

    now: str = AT
    seconds: float = 0.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three reports that agree, deny and confirm."""
    from warfare import fill, war

    made = create_store(tmp_path / "chronicle.svidok", at=AT, who="olena")
    fill(made, war())
    yield made
    made.close()


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def client_of(store: Store, clocks: Clocks) -> Callable[..., TestClient]:
    """A client over the chronicle; ``settings`` change how it is served."""

    def make(**settings: Any) -> TestClient:
        chosen = Settings(**{"hosts": ("testserver",), **settings})
        app = create_app(store, chosen, clock=lambda: clocks.now, ticks=lambda: clocks.seconds)
        return TestClient(app, follow_redirects=False)

    return make


@pytest.fixture
def local(client_of: Callable[..., TestClient]) -> TestClient:
    """Whoever sits at the machine."""
    return client_of(local=True, who="olena")


@pytest.fixture
def nobody(client_of: Callable[..., TestClient]) -> TestClient:
    """Somebody who has not logged in, on a server that asks for it."""
    return client_of()


@pytest.fixture
def as_role(store: Store, client_of: Callable[..., TestClient]) -> Callable[[str], TestClient]:
    """A client logged in with a role."""

    def make(role: str) -> TestClient:
        store.save_user(f"one {role}", role=role, password=PASSWORD, who="olena", at=AT)  # type: ignore[arg-type]
        client = client_of()
        answer = log_in(client, f"one {role}", PASSWORD)
        assert answer.status_code == 303, answer.text
        return client

    return make
