"""Word lists that decide whether a capitalised word is a place, read from the data files."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from svidok.atlas.gazetteer.names import fold
from svidok.errors import BadData

__all__ = ["PlaceWords", "load_place_words"]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Folded words by what they say about the name beside them; see ``data/places/words.toml``."""

    titles: frozenset[str]
    bodies: frozenset[str]
    facilities: frozenset[str]
    places: frozenset[str]
    heads: frozenset[str]
    directions: frozenset[str]
    prepositions: frozenset[str]
    of_nouns: frozenset[str]
    speech_verbs: frozenset[str]
    never: frozenset[str]
    given: frozenset[str]
    common: frozenset[str]
    rare: frozenset[str]
    suffixes: frozenset[str]
    telling_endings: frozenset[str]
    seat_verbs: frozenset[str]
    streets: frozenset[str]
    great_sorts: frozenset[str]
    works: frozenset[str]
    in_words: frozenset[str]
    body_nouns: frozenset[str]
    of_types: frozenset[str]
    region_words: frozenset[str]
    seats: frozenset[str]
    tails: frozenset[str]
    honours: frozenset[str]
    heights: frozenset[str]
    openers: frozenset[str]
    missions: frozenset[str]
    demonyms: dict[str, str]


def _table(name: str) -> dict[str, frozenset[str]]:
    text = (resources.files("svidok.atlas.data") / "places" / name).read_text(encoding="utf-8")
    try:
        return {key: frozenset(value.split()) for key, value in tomllib.loads(text).items()}
    except (tomllib.TOMLDecodeError, AttributeError) as error:
        raise BadData(f"a word list cannot be read: {error}", where=name) from error


@cache
def load_place_words() -> PlaceWords:
    """Read the word lists once.

    >>> words = load_place_words()
    >>> "airport" in words.facilities, words.demonyms["syrian"]
    (True, 'SY')
    """
    words, common = _table("words.toml"), _table("common.toml")
    demonyms: dict[str, str] = {}
    text = (resources.files("svidok.atlas.data") / "places" / "demonyms.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        for adjective in row["adjectives"].split("|"):
            demonyms[fold(adjective)] = row["country"]
    return PlaceWords(
        **words,
        given=_table("given.toml")["given"],
        common=common["words"],
        rare=common["rare"],
        demonyms=demonyms,
    )
