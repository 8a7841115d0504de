"""One suite over every backend: a test that takes ``store`` runs on each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from svidok.store import Store, sqlite

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "events"))

from cluster import Cluster, find_binaries
from makers import Maker
from warfare import fill, war

BACKENDS = ("sqlite", "postgresql")


def _maker(request: pytest.FixtureRequest, folder: Path) -> Iterator[Maker]:
    cluster = request.getfixturevalue("cluster") if request.param == "postgresql" else None
    maker = Maker(folder, cluster)
    yield maker
    maker.close()


@pytest.fixture(scope="session", autouse=True)
def _quick_files() -> Iterator[None]:
    """Do not wait for the disk: what these tests are about does not depend on power cuts."""
    before = sqlite.PRAGMAS
    sqlite.PRAGMAS = (*(p for p in before if not p.startswith("synchronous")), "synchronous=OFF")
    yield
    sqlite.PRAGMAS = before


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
