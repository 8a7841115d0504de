"""One suite over every backend: a test that takes ``store`` runs on each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from svidok.store import Store, create_store

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "events"))

AT = "2022-05-01T10:00:00Z"


@pytest.fixture(params=["sqlite"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Makes empty chronicles, as many as a test wants."""
    made: list[Store] = []

    def make() -> Store:
        where = tmp_path / f"chronicle{len(made)}.svidok"
        made.append(create_store(where, at=AT, who="olena"))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    """An empty chronicle."""
    return new_store()
