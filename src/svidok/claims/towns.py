"""Towns among the places of a text: which are narrow, which is the seat of a government, whose they are."""

from __future__ import annotations

from collections import Counter

from svidok.atlas.actors import load_actors
from svidok.claims.kinds import Mentions
from svidok.records import Place

__all__ = ["NARROW", "home_of", "is_narrow", "is_seat", "key_of", "seats_of"]

NARROW = frozenset({"settlement", "facility", "district"})
AROUND = 25.0  # km up to which an area is a town's surroundings


def is_narrow(place: Place) -> bool:
    """Whether a place is a town or a spot, or the near surroundings of one ("near Hostomel")."""
    near = place.kind == "area" and place.radius_km is not None and place.radius_km <= AROUND
    return place.kind in NARROW or near


def key_of(place: Place) -> str:
    """What tells two mentions of one place: its atlas entry, or its name."""
    return place.key or (place.name or place.text).lower()


def is_seat(place: Place) -> bool:
    """Whether a town is a seat of government, where many reports are written about elsewhere."""
    return any(form == "seat" for _, form in load_actors().entries(place.name or place.text))


def home_of(mentions: Mentions) -> str | None:
    """The country that most of the towns told lie in, by ISO code."""
    countries = Counter(place.country for place in mentions.places if place.country and is_narrow(place))
    return next((home for home, most in countries.most_common(1) if most * 2 > countries.total()), None)


def seats_of(mentions: Mentions) -> tuple[int, ...]:
    """The mentions of the town from which the country is governed that most of the towns told lie in."""
    home = home_of(mentions)
    return tuple(
        number
        for number, place in enumerate(mentions.places)
        if home is not None and place.country == home and not place.metonym and is_seat(place)
    )
