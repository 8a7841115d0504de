"""Bridges, dams, mines and plants: by their own names, or by the adjective of a town that they bear."""

from __future__ import annotations

import re

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.translit import skeleton
from svidok.claims.mentions.places.known import Known, Numbers

__all__ = ["Works"]

_ADJECTIVE = re.compile(r"(?P<stem>[a-z]{3,})sk(?:yi|yy|iy|ij|yj|y|aya|aia|aja|a|oye|oe|oie|e)")
"""A Ukrainian or Russian adjective of a town in Latin letters: "Kakhovska", "Krinichanskaya"."""
_OF_STEM = ("", "a", "e", "ka", "sa", "sia", "sk", "ske")
"""What follows the stem of the adjective in the name of the town: "Irpin", "Kakhovka", "Vinnytsia"."""


class Works:
    """Finds what a name and a word for works mean together; remembers nothing of documents."""

    def __init__(self, gazetteer: Gazetteer, known: Known) -> None:
        self.gazetteer = gazetteer
        self.known = known

    def look(self, folded: str, word: str) -> tuple[Numbers, bool]:
        """Entries for the folded name of works before the word for their sort, and whether it is a town's.

        "Amurskyi bridge" is in an imported dump under another spelling; the "Krinichanskaya mine" is at the
        town whose adjective it bears.
        """
        whole = f"{folded} {word}"
        found = self.known.lookup(whole) or tuple(self.gazetteer.postings("~" + skeleton(whole)))
        if found:
            return found, False
        return self._town(folded), True

    def _town(self, folded: str) -> Numbers:
        """The settlements whose adjective a folded name is."""
        adjective = _ADJECTIVE.fullmatch(folded)
        if adjective is None:
            return ()
        held: dict[int, int] = {}
        for ending in _OF_STEM:
            for number, _ in self.gazetteer.postings("~" + skeleton(adjective["stem"] + ending)):
                if self.known.is_settlement(number):
                    held.setdefault(number, 2)
        return tuple(held.items())
