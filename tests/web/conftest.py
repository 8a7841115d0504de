"""A small chronicle, and callers of every role over it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from svidok.store import Store, create_store, open_store
from svidok.web import Settings, create_app

for room in ("web", "store", "events"):
    sys.path.insert(0, str(Path(__file__).parents[1] / room))

from callers import AT, PASSWORD, log_in  # noqa: E402


@dataclass
class Clocks:
    """The moment that acts are dated by, and the seconds that rates are counted in."""

    now: str = AT
    seconds: float = 0.0


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports that agree, deny and confirm, built once."""
    from warfare import fill, war

    path = tmp_path_factory.mktemp("chronicle") / "chronicle.svidok"
    made = create_store(path, at=AT, who="olena")
    fill(made, war())
    return made.backup(path.with_name("whole.svidok"))


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it, to write into."""
    opened = open_store(shutil.copy(built, tmp_path / "chronicle.svidok"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def one_clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def clocks(one_clocks: Clocks) -> Clocks:
    """Both clocks, from their beginning."""
    one_clocks.now, one_clocks.seconds = AT, one_clocks.seconds + 100_000
    return one_clocks


@pytest.fixture(scope="session")
def applications() -> dict[Settings, FastAPI]:
    """Applications by how they are served: making one takes longer than most tests."""
    return {}


@pytest.fixture
def client_of(
    store: Store, clocks: Clocks, applications: dict[Settings, FastAPI]
) -> Callable[..., TestClient]:
    """A client over the chronicle; ``settings`` change how it is served."""

    def make(**settings: Any) -> TestClient:
        chosen = Settings(**{"hosts": ("testserver",), **settings})
        if chosen not in applications:
            applications[chosen] = create_app(
                store, chosen, clock=lambda: clocks.now, ticks=lambda: clocks.seconds
            )
        applications[chosen].state.store = store
        return TestClient(applications[chosen], follow_redirects=False)

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
