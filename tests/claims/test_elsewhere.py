"""Places that a sentence names without the happening being there, and exact places before their containers."""

from __future__ import annotations

import re

import pytest

from svidok.claims.assemble import assemble
from svidok.claims.parse import Parser
from svidok.records import Document, Place, Sentence

KINDS = {
    "Belarus": "country",
    "Ukraine": "country",
    "Russia": "country",
    "Iran": "country",
    "Iraq": "country",
    "Basra": "settlement",
    "Lutsk": "settlement",
    "Sumy region": "region",
    "Warsaw": "settlement",
    "Azovstal plant": "facility",
    "Mariupol": "settlement",
}


def _told(text: str, type_: str, parser: Parser) -> list[str]:
    places = tuple(
        Place(m.start(), m.end(), m[0], name=m[0], lat=50.0, lon=30.0, kind=KINDS[m[0]])  # type: ignore[arg-type]
        for m in re.finditer("|".join(KINDS), text)
    )
    parsed = parser.parse([Sentence(0, len(text), text, "body", 0)])
    claims = assemble(Document("d", "0", text), parsed, places=places)
    return [places[n].text for one in claims if one.type == type_ for n in one.places]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The air force shot down a cruise missile launched from the territory of Belarus.", "destroy"),
        ("More than 600 rockets were fired from Belarus.", "strike"),
        ("The house was hit by rockets fired from positions near Basra.", "strike"),
        ("Aircraft from Basra dropped arms at night, and many were shot down.", "destroy"),
        ("On 22 July an agreement was signed between Iran and Iraq.", "negotiate"),
        ("A ceasefire was announced tonight by Russia.", "negotiate"),
        ("According to the general, 1,587 tanks of Ukraine have been destroyed.", "destroy"),
        (
            "The council held an urgent meeting in connection with Russia's launch of an operation.",
            "negotiate",
        ),
        ("The president said in Warsaw that thousands had been killed.", "casualties"),
        ("Troops have repeatedly intervened since the collapse of Iraq.", "move"),
        ("The full-scale offensive of Russia began on Monday.", "battle"),
        ("Russia has inflicted more than 900 strikes on schools and hospitals.", "strike"),
        ("Hundreds of missiles flying from Russia destroyed the houses of farmers.", "destroy"),
    ],
)
def test_whence_whose_by_whom_and_where_said_are_no_scene(text: str, type_: str, parser: Parser) -> None:
    assert _told(text, type_, parser) == []


@pytest.mark.parametrize(
    ("text", "type_", "places"),
    [
        ("Rockets fired from Belarus hit Lutsk, killing two people.", "strike", ["Lutsk"]),
        ("The army withdrew from Basra on Monday.", "withdraw", ["Basra"]),
        ("Thousands fled from Lutsk.", "displace", ["Lutsk"]),
        ("Bodies of soldiers from a failed attack on Basra were found.", "battle", ["Basra"]),
        ("Rockets were fired over Ukraine.", "strike", ["Ukraine"]),
        ("The alliance announced a new military aid package for Ukraine.", "aid", ["Ukraine"]),
    ],
)
def test_whence_people_go_and_where_fire_falls_stay(
    text: str, type_: str, places: list[str], parser: Parser
) -> None:
    told = _told(text, type_, parser)
    assert set(told) == set(places)


@pytest.mark.parametrize(
    ("text", "type_", "place"),
    [
        (
            "The enemy attacked a residential area of the city of Lutsk, Sumy region, with cluster munitions.",
            "strike",
            "Lutsk",
        ),
        ("Rockets hit the Azovstal plant in Mariupol.", "strike", "Azovstal plant"),
    ],
)
def test_the_exact_place_stands_for_its_container(text: str, type_: str, place: str, parser: Parser) -> None:
    assert _told(text, type_, parser) == [place]
