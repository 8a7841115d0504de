"""The API answers as it is described, in plain JSON, and refuses what makes no sense."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from svidok.store import Store
from svidok.web.asked import Asked
from svidok.web.rendering import palette


def test_the_description_names_every_answer_and_role(local: TestClient) -> None:
    schema = local.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.")
    for path, methods in schema["paths"].items():
        assert path.startswith("/api/v1/")
        for operation in methods.values():
            assert operation["description"]
            assert operation["x-role"] == "viewer"
            assert {"200", "401", "404", "429"} <= set(operation["responses"])


def test_events_claims_and_findings_are_the_stores_own(local: TestClient, store: Store) -> None:
    events = local.get("/api/v1/events").json()
    assert events["total"] == store.events().total
    assert [item["id"] for item in events["items"]] == [view.id for view in store.events().items]
    one = local.get(f"/api/v1/events/{events['items'][0]['id']}").json()
    assert {claim["words"] for claim in one["claims"]}
    claims = local.get("/api/v1/claims?size=2&page=2").json()
    assert (claims["number"], claims["size"], len(claims["items"])) == (2, 2, 2)
    assert local.get("/api/v1/findings").json()["total"] == store.findings().total


def test_points_are_columns_of_one_length(local: TestClient, store: Store) -> None:
    points = local.get("/api/v1/points").json()
    columns = ("id", "type", "side", "spot", "first", "last", "happened")
    assert {len(points[name]) for name in columns} == {store.events().total}
    assert "Ukraine" in points["sides"]
    assert {len(spot) for spot in points["spots"]} == {3}
    del points["id"]
    assert local.get("/api/v1/points?ids=no").json() == points


def test_the_base_map_is_geojson_with_borders(local: TestClient) -> None:
    base = local.get("/api/v1/basemap").json()
    layers = {feature["properties"]["layer"] for feature in base["features"]}
    assert {"land", "borders", "regions", "country", "town"} <= layers


def test_a_reading_comes_in_the_exchange_format(local: TestClient) -> None:
    reading = local.get("/api/v1/readings/a").json()
    assert reading["format"] == "svidok/1" and reading["claims"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/events/nothing", 404),
        ("/api/v1/documents/nothing", 404),
        ("/api/v1/search", 422),
        ("/api/v1/control?day=yesterday", 422),
        ("/api/v1/control", 422),
        ("/api/v1/counts/nonsense", 422),
        ("/api/v1/ledger/nonsense", 422),
        ("/api/v1/events?size=0", 422),
    ],
)
def test_nonsense_is_refused(local: TestClient, path: str, status: int) -> None:
    answer = local.get(path)
    assert answer.status_code == status
    assert "detail" in answer.json()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    field=st.sampled_from(sorted(f.alias or name for name, f in Asked.model_fields.items())),
    value=st.text(max_size=40),
    path=st.sampled_from(["/api/v1/events", "/api/v1/claims", "/api/v1/findings", "/api/v1/documents",
                          "/api/v1/points", "/api/v1/search", "/api/v1/ledger/losses", "/"]),
)  # fmt: skip
def test_no_question_breaks_the_server(local: TestClient, path: str, field: str, value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        return
    assert local.get(path, params={field: value}).status_code < 500


@given(
    st.builds(
        Asked,
        q=st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=30),
        since=st.sampled_from(["", "2022", "2022-03", "2022-03-04", "-0240"]),
        side=st.lists(st.sampled_from(["Ukraine", "Russia", "A & B"]), max_size=2),
        happened=st.sampled_from(["", "yes", "no"]),
        page=st.integers(1, 50),
    )
)
def test_an_address_gives_the_question_back(asked: Asked) -> None:
    from urllib.parse import parse_qs

    read = parse_qs(asked.address(), keep_blank_values=True)
    many = {"type", "side", "source", "speaker", "document", "status", "severity", "modality"}
    again = Asked.model_validate({key: value if key in many else value[0] for key, value in read.items()})
    assert again == asked
    assert again.filter() == asked.filter()


def test_control_tells_the_colour_that_the_pages_give_a_side(local: TestClient, store: Store) -> None:
    held = local.get(f"/api/v1/control?day={store.status().held_until}").json()
    assert held
    for span in held:
        assert span["colour"] == palette(span["side"])
