"""Toponyms: found in the words, resolved against the atlas, with a measure of doubt."""

from svidok.claims.mentions.places.find import find_places

__all__ = ["find_places"]
