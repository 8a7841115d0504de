"""Laws of places: spans slice back, order and unknown names do not matter, areas hold what they state."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svidok.atlas.gazetteer import Gazetteer, fold, open_gazetteer
from svidok.claims.mentions.places import find_places
from svidok.claims.mentions.places.runs import find_runs, words_of

SENTENCES = (
    "Shells fell on Kharkiv, the second city of Ukraine.",
    "Troops moved from Kherson to Mykolaiv.",
    "In Poland, Warsaw took refugees.",
    "The port of Odesa was closed.",
    "Fighting went on near Bakhmut and Soledar.",
    "Aid reached Lviv.",
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(imports=False)


@settings(max_examples=60)
@given(text=st.text(max_size=200))
def test_every_span_slices_back_to_its_words(gazetteer: Gazetteer, text: str) -> None:
    last = -1
    for place in find_places(text, gazetteer=gazetteer):
        assert text[place.start : place.end] == place.text and place.start >= last
        last = place.end
        assert (place.lat is None) == (place.lon is None)


@given(text=st.text(max_size=200))
def test_runs_and_their_words_slice_back(text: str) -> None:
    for run in find_runs(text):
        assert text[run.start : run.end] == run.text
        for word in words_of(run.text):
            assert run.text[word.start : word.end] == word.text


@settings(max_examples=25)
@given(order=st.permutations(SENTENCES))
def test_the_order_of_sentences_does_not_move_a_place(gazetteer: Gazetteer, order: list[str]) -> None:
    def points(sentences: list[str]) -> dict[str, tuple[float | None, float | None]]:
        text = " ".join(sentences)
        return {p.text: (p.lat, p.lon) for p in find_places(text, gazetteer=gazetteer)}

    assert points(order) == points(list(SENTENCES))


@settings(max_examples=25)
@given(name=st.text(alphabet="qxzwk", min_size=6, max_size=10), at=st.integers(0, len(SENTENCES)))
def test_an_unknown_name_never_changes_the_others(gazetteer: Gazetteer, name: str, at: int) -> None:
    sentences = list(SENTENCES)
    sentences.insert(at, f"Smoke rose over {name.capitalize()}.")
    before = {p.text: (p.key, p.lat) for p in find_places(" ".join(SENTENCES), gazetteer=gazetteer)}
    after = {p.text: (p.key, p.lat) for p in find_places(" ".join(sentences), gazetteer=gazetteer)}
    assert {key: value for key, value in after.items() if key in before} == before


@settings(max_examples=40)
@given(
    kilometres=st.integers(1, 50),
    direction=st.sampled_from(["", "north", "south-west", "east", "northwest"]),
    town=st.sampled_from(["Kharkiv", "Sumy", "Bucha", "Aleppo", "Mosul"]),
)
def test_every_area_contains_its_stated_distance(
    gazetteer: Gazetteer, kilometres: int, direction: str, town: str
) -> None:
    from pyproj import Geod

    words = f"{direction} of" if direction else "from"
    (place,) = find_places(f"It lay {kilometres} km {words} {town}.", gazetteer=gazetteer)
    entry = gazetteer.entry(str(place.key))
    assert entry and place.lat is not None and place.lon is not None and place.radius_km
    geod = Geod(ellps="WGS84")
    if direction:
        bearing = {"north": 0, "south-west": 225, "east": 90, "northwest": 315}[direction]
        lon, lat, _ = geod.fwd(entry.lon, entry.lat, bearing, kilometres * 1000)
        assert geod.inv(place.lon, place.lat, lon, lat)[2] / 1000 <= place.radius_km
    else:
        assert place.radius_km >= kilometres


@given(name=st.text(max_size=30))
def test_folding_is_idempotent(name: str) -> None:
    assert fold(fold(name)) == fold(name)
