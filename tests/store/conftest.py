"""One suite over every backend: a test that takes ``store`` runs on each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from svidok.store import Store, create_store

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "events"))

from cluster import Cluster, find_binaries
from warfare import fill, war

AT = "2022-05-01T10:00:00Z"


BACKENDS = ("sqlite", "postgresql")


class Maker:
    """Makes empty chronicles of one backend and closes them all."""

    def __init__(self, folder: Path, cluster: Cluster | None) -> None:
        self.folder, self.cluster = folder, cluster
        self.made: list[Store] = []

    def __call__(self) -> Store:
        self.made.append(create_store(self.where(), at=AT, who="olena"))
        return self.made[-1]

    def where(self) -> str | Path:
        """An address at which there is nothing yet."""
        return self.cluster.database() if self.cluster else self.folder / f"chronicle{len(self.made)}.svidok"

    def close(self) -> None:
        for one in self.made:
            one.close()


def _maker(request: pytest.FixtureRequest, folder: Path) -> Iterator[Maker]:
    cluster = request.getfixturevalue("cluster") if request.param == "postgresql" else None
    maker = Maker(folder, cluster)
    yield maker
    maker.close()


@pytest.fixture(params=BACKENDS)
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Maker]:
    """Makes empty chronicles, as many as a test wants."""
    yield from _maker(request, tmp_path)


@pytest.fixture(scope="module", params=BACKENDS)
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A chronicle of a small war, for tests that only ask."""
    for maker in _maker(request, tmp_path_factory.mktemp("full")):
        store = maker()
        fill(store, war())
        yield store


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL server of our own on loopback, or a skip where none is installed."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'svidok[postgres]'")
    if (binaries := find_binaries()) is None:
        pytest.skip("no PostgreSQL server is installed: apt-get install postgresql")
    with Cluster(binaries) as running:
        yield running


@pytest.fixture
def store(new_store: Maker) -> Store:
    """An empty chronicle."""
    return new_store()
