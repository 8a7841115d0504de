"""Distances by PostGIS where it is installed, by the great circle where it is not: the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from cluster import Cluster
from sqlalchemy import select, text
from warfare import AT, fill, war

from svidok.store import Filter, Near, Store, create_store
from svidok.store import tables as t
from svidok.store.postgres import Postgres

SPOTS = (Near(50.55, 30.22, 10), Near(49.99, 36.23, 3), Near(50.5, 30.5, 40), Near(0, 0, 500))


@pytest.fixture(scope="module")
def placed(cluster: Cluster) -> Iterator[Store]:
    """A chronicle in a database that has PostGIS."""
    store = create_store(cluster.database(), at=AT, who="olena")
    fill(store, war())
    try:
        if not base_of(store).has_postgis():
            pytest.skip("PostGIS is not installed: apt-get install postgresql-postgis")
        yield store
    finally:
        store.close()


def base_of(store: Store) -> Postgres:
    return store.database  # type: ignore[attr-defined, no-any-return]


def found(store: Store) -> list[tuple[str, ...]]:
    """What lies near each spot, by every question that takes a distance."""
    asks = (store.events, store.claims, lambda wanted: store.rows("losses", wanted))
    return [
        tuple(getattr(item, "id", None) or item.claim.id for item in ask(Filter(near=spot)).items)  # type: ignore[attr-defined]
        for spot, ask in product(SPOTS, asks)
    ]


@pytest.mark.parametrize("name", ["events", "claims", "rows"])
def test_a_distance_is_asked_of_the_spatial_index(placed: Store, name: str) -> None:
    base, columns = base_of(placed), t.metadata.tables[name].c
    query = select(columns[0]).where(base.within(columns.lat, columns.lon, SPOTS[0]))
    compiled = query.compile(base.engine)
    with base.read() as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        connection.execute(text("SET LOCAL plan_cache_mode = force_generic_plan"))
        plan = connection.exec_driver_sql(f"EXPLAIN {compiled}", compiled.params).scalars().all()
    assert f"{name}_point" in plan[0], plan


def test_without_the_extension_the_answers_are_the_same(placed: Store) -> None:
    by_postgis = found(placed)
    assert sum(map(len, by_postgis)) > 5
    base = base_of(placed)
    with base.write() as connection:
        connection.execute(text("DROP EXTENSION postgis CASCADE"))
    base._postgis = None
    assert not base.has_postgis()
    assert found(placed) == by_postgis
    assert placed.verify() == ()
