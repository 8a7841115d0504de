"""What is known of places before reading: names, points, containers."""

from svidok.atlas.gazetteer.atlas import Gazetteer, open_gazetteer
from svidok.atlas.gazetteer.entry import Entry, distance_km
from svidok.atlas.gazetteer.names import fold

__all__ = ["Entry", "Gazetteer", "distance_km", "fold", "open_gazetteer"]
