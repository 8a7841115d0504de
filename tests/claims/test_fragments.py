"""Headlines and captions tell happenings without a finite verb."""

from __future__ import annotations

from dataclasses import replace

import pytest

from svidok import pipeline
from svidok.records import Document


@pytest.fixture(scope="module")
def tools() -> pipeline.Tools:
    return replace(pipeline.load_tools(), trust=None)  # the rules by themselves


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Destroyed school in Huliaipole", "destroy", "Huliaipole"),
        ("Grain terminal in Hodeidah damaged", "destroy", "Hodeidah"),
        ("Strike on a power station near Homs", "strike", "Homs"),
        ("Rebel tanks in the centre of Palmyra", "move", "Palmyra"),
        ("Impact of a rocket in Sderot", "strike", "Sderot"),
        ("Residents protesting against the soldiers in Berdiansk", "protest", "Berdiansk"),
        ("Fire at a fuel depot in Port Sudan", "destroy", "Port Sudan"),
        ("Oil depot on fire, Sirte", "destroy", "Sirte"),
        ("Smoke over the harbour of Hodeidah", "strike", "Hodeidah"),
        ("Bodies in a street of Srebrenica", "casualties", "Srebrenica"),
        ("Damaged school no154 in Kidal", "destroy", "Kidal"),
        ("Video of rebel fighters in Palmyra", "move", "Palmyra"),
        ("Transport plane shot down over Palmyra", "destroy", "Palmyra"),
        ("School no. 12 in Kidal destroyed", "destroy", "Kidal"),
        ("Damaged podium in Sirte", "destroy", "Sirte"),
        ("Damaged Astra cinema in Palmyra", "destroy", "Palmyra"),
        ("Destroyed Association of Miners building in Hodeidah", "destroy", "Hodeidah"),
        ("Rebel trucks in central Palmyra", "move", "Palmyra"),
        ("Government helicopters over Palmyra", "move", "Palmyra"),
        ("Units of the Syrian Arab Army seen in Palmyra", "move", "Palmyra"),
        ("Shelling of Gorky Park, Kharkiv.", "strike", "Kharkiv"),
    ],
)
def test_a_fragment_gives_its_happening_at_its_place(
    tools: pipeline.Tools, text: str, kind: str, place: str
) -> None:
    reading = pipeline.read(Document("a", "", text, language="en"), tools)
    told = {claim.type: [reading.places[i].text for i in claim.places] for claim in reading.claims}
    assert place in told.get(kind, []), told


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers of the old school",
        "The state of the roads in Odesa",
        "Opinion: tanks and their place in modern war",
        "A museum about the fire of Odesa",
        "Missiles of the museum in Odesa",
        "Cars in Odesa",
        "If tanks were in Palmyra, people would know.",
    ],
)
def test_a_fragment_without_a_happening_gives_none(tools: pipeline.Tools, text: str) -> None:
    assert pipeline.read(Document("a", "", text, language="en"), tools).claims == ()
