"""From text to places: recognise, resolve, say how sure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from weakref import WeakKeyDictionary

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.words import PlaceWords
from svidok.claims.mentions.places.again import told_again
from svidok.claims.mentions.places.context import borrow_places
from svidok.claims.mentions.places.explain import brief, explain
from svidok.claims.mentions.places.facts import Facts
from svidok.claims.mentions.places.given import given_mentions
from svidok.claims.mentions.places.known import Numbers
from svidok.claims.mentions.places.mention import Mention, is_articled, told_water
from svidok.claims.mentions.places.recognise import Recogniser
from svidok.claims.mentions.places.relations import relate
from svidok.claims.mentions.places.resolve import resolve, weight_vector
from svidok.claims.mentions.places.runs import find_runs
from svidok.claims.mentions.places.scene import Floats
from svidok.claims.mentions.places.strays import (
    leave_missions,
    leave_namesakes_of_works,
    leave_other_regions,
    leave_strays,
)
from svidok.claims.mentions.places.told import told_regions, told_settlement, works_behind
from svidok.records import Offsets, Place, Sentence

__all__ = ["LEAST_CONFIDENCE", "find_places"]

LEAST_CONFIDENCE = 0.08
"""Below this share of belief no candidate is chosen: the name keeps its span and has no point."""


@cache
def load_weights(part: str) -> dict[str, dict[str, float]]:
    """Tables of the weights of the features of ``recognition`` or ``resolution``, from the data file."""
    text = (resources.files("svidok.atlas.data") / "places" / f"{part}.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text).items()
    return {name: {feature: float(value) for feature, value in table.items()} for name, table in tables}


class _Tools:
    """What is remembered of one open atlas between texts."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        recognition = load_weights("recognition")
        self.recogniser = Recogniser(gazetteer, recognition["recognition"], recognition["first"])
        self.facts = Facts(gazetteer)
        self.weights: Floats = weight_vector(load_weights("resolution")["resolution"])


_tools: WeakKeyDictionary[Gazetteer, _Tools] = WeakKeyDictionary()


def tools_for(gazetteer: Gazetteer) -> _Tools:
    """The recogniser and the resolver's facts of one open atlas."""
    found = _tools.get(gazetteer)
    if found is None:
        found = _tools[gazetteer] = _Tools(gazetteer)
    return found


def find_places(
    text: str,
    *,
    gazetteer: Gazetteer,
    language: str | None = "en",
    near: str | None = None,
    given: Sequence[Offsets] | None = None,
    sentences: Sequence[Sentence] | None = None,
    published: str | None = None,
    explained: bool = False,
    least_confidence: float = LEAST_CONFIDENCE,
) -> tuple[Place, ...]:
    """Find the toponyms of a text and resolve them against the atlas.

    Args:
        text: the document's text; every offset of the result indexes it.
        gazetteer: an open atlas.
        language: ISO code of the text's language, or None.
        near: a place that the reader declares as the theatre ("Ukraine").
        given: spans to resolve instead of recognising any.
        sentences: the document's sentences, where known.
        published: the ISO day that the document appeared, where known: it tells where the front stood.
        explained: give each place all its reasons in ``why`` (slower), not one line.
        least_confidence: below this a place keeps its span and has no point.

    Returns:
        Places in text order. One that is recognised but not resolved has no point.
    """
    tools = tools_for(gazetteer)
    recogniser = tools.recogniser
    theatre = _theatre(near, gazetteer)
    runs = find_runs(text)
    if given is not None:
        mentions, hints = given_mentions(text, given, recogniser, runs=runs, near=theatre)
    else:
        drafts = recogniser.drafts(text, runs=runs, near=theatre)
        mentions, hints = recogniser.judge(drafts)
        again = told_again(text, mentions, drafts, runs)
        mentions = sorted([*mentions, *again], key=lambda mention: mention.start)
    _complete(text, mentions, recogniser)
    _tell_regions_again([*mentions, *hints], recogniser)
    _tell_waters(text, [*mentions, *hints], recogniser)
    recogniser.respeller.keep_to_leaders(text, mentions)
    peoples = recogniser.spotter.peoples(runs)
    home = tools.facts.region_id(theatre, "") if theatre else None
    both = [*mentions, *hints]
    scene = resolve(
        text,
        both,
        facts=tools.facts,
        weights=tools.weights,
        theatre=home,
        demonyms=peoples,
        month=published[:7] if published else None,
    )
    likely = leave_strays(mentions, hints, gazetteer, peoples)
    if given is None:
        mentions = likely
    leave_namesakes_of_works(mentions, gazetteer, recogniser.works)
    leave_other_regions(mentions, gazetteer)
    leave_missions(mentions, gazetteer, recogniser.words.missions)
    borrow_places(text, mentions, hints, gazetteer, recogniser.words.streets)
    places = []
    for mention in mentions:
        if mention.borrowed is None and mention.confidence < least_confidence:
            mention.chosen = None
        if explained:
            why = explain(mention, scene, recogniser, tools.weights, gazetteer)
        else:
            why = brief(mention, gazetteer)
        mention.metonym = given is None and _is_seat(text, mention, gazetteer, recogniser.words)
        places.append(_place(mention, gazetteer, why))
    return relate(text, places, gazetteer.border) if given is None else tuple(places)


_NEXT_WORD = re.compile(r"\s+(?:has |have |had |also |again |will |would |now |today |yesterday )?(\w+)")
_PLACED = re.compile(r"\b(?:in|at|near|from|to|outside|inside|around|of)\s+(?:the\s+)?$", re.IGNORECASE)


def _is_seat(text: str, mention: Mention, gazetteer: Gazetteer, words: PlaceWords) -> bool:
    """Whether a name stands for those who rule there: "Kyiv rejected the offer"."""
    if mention.chosen is None:
        return False
    follows = _NEXT_WORD.match(text, mention.end)
    if follows is None or follows.group(1).lower() not in words.seat_verbs:
        return False
    if _PLACED.search(text[max(0, mention.start - 20) : mention.start]):
        return False
    entry = gazetteer.entry_at(mention.chosen)
    return entry.kind == "country" or entry.feature == "PPLC" or entry.key in words.seats


def _theatre(near: str | None, gazetteer: Gazetteer) -> str | None:
    """The country of the declared theatre."""
    if not near:
        return None
    if len(near) == 2 and gazetteer.country(near):
        return near.upper()
    found = gazetteer.lookup(near)
    return found[0].country if found else None


def _tell_waters(text: str, mentions: Sequence[Mention], recogniser: Recogniser) -> None:
    """Where the words tell of water, a name may be that of a river: "the Dnipro" is the Dnipro River.

    A settlement is no "the Desna", unless the atlas knows it with its article, or it is a great city that
    shares its name with no river ("near the Kyiv").
    """
    for mention in mentions:
        if mention.sort == "noun":
            continue
        name = mention.base or mention.folded
        articled = mention.sort == "name" and mention.kind_word is None and is_articled(text, mention)
        articled = articled and not any(recogniser.known.is_country(number) for number, _ in mention.numbers)
        mention.water = articled or told_water(text, mention)
        if mention.water:
            held = {number for number, _ in mention.numbers}
            river = recogniser.known.lookup(f"{name} river")
            mention.numbers += tuple(item for item in river if item[0] not in held)
        if articled and not recogniser.known.lookup(f"the {name}"):
            waters = tuple(item for item in mention.numbers if recogniser.known.is_water(item[0]))
            great = any(how == 0 and recogniser.known.is_city(number) for number, how in mention.numbers)
            if waters or not great:
                mention.numbers = waters or tuple(
                    item for item in mention.numbers if not recogniser.known.is_settlement(item[0])
                )


def _complete(text: str, mentions: list[Mention], recogniser: Recogniser) -> None:
    """Prefer the whole of an extended name ("Walker County", "Donetsk and Luhansk regions"), in place."""
    for mention in mentions:
        _take_works(text, mention, recogniser)
        word = mention.kind_word
        if not word and told_settlement(text, mention):
            settled = tuple(item for item in mention.numbers if recogniser.known.is_settlement(item[0]))
            if not any(recogniser.known.is_country(number) and how == 0 for number, how in mention.numbers):
                mention.numbers = settled or mention.numbers  # "the second city of Ukraine" is no Ukraine
        elif word and mention.sort != "unknown":
            _take_region(mention, fold(mention.text), word, recogniser)
    for at, word in told_regions(text, mentions, recogniser.words.region_words).items():
        mention = mentions[at]
        if not mention.kind_word and mention.sort not in ("noun", "facility"):
            _take_region(mention, f"{mention.base or mention.folded} {word}", word, recogniser)


def _take_works(text: str, mention: Mention, recogniser: Recogniser) -> None:
    """Read a name with the words behind it as works that the atlas holds: "Kursk power plant"."""
    if mention.sort != "name" or mention.kind_word:
        return
    for ending, end in works_behind(text, mention, recogniser.words.facilities):
        if found := recogniser.known.lookup(f"{mention.base or mention.folded} {ending}"):
            mention.numbers, mention.base, mention.sort = found, None, "facility"
            mention.end, mention.text = end, text[mention.start : end]
            mention.folded = fold(mention.text)
            return


def _tell_regions_again(mentions: Sequence[Mention], recogniser: Recogniser) -> None:
    """What a text names with its sort ("Suffolk County") may be meant by its bare name too, in place.

    Where the region has a settlement of the name, the bare name is the settlement's.
    """
    sorts = recogniser.words.region_words
    told: dict[str, Numbers] = {}
    for mention in mentions:
        head, _, last = (mention.base or mention.folded).rpartition(" ")
        if head and last in sorts and not mention.inner:
            told[head] = mention.numbers
    for mention in mentions:
        more = told.get(mention.base or mention.folded)
        if more and mention.sort == "name":
            held = {number for number, _ in mention.numbers}
            homes = {recogniser.known.region(number) for number in held}
            mention.numbers += tuple(
                (number, 1)
                for number, _ in more
                if number not in held and recogniser.known.region(number) not in homes
            )


_STATES = frozenset({"US", "AU", "IN"})
"""Where "state" stands after a region's name without being a part of it."""


def _take_region(mention: Mention, whole: str, word: str, recogniser: Recogniser) -> None:
    """Read a name as that of a region where the atlas holds the whole of it, or a region of its name."""
    known = recogniser.known
    home = known.home_of_greatest(mention.numbers)
    found = known.lookup(whole)
    if word == "region" and home and not any(known.home(number) == home for number, _ in found):
        found = ()  # every region is called so: a far namesake of a city is not the land around it
    sorts = recogniser.words.region_words if home in _STATES else recogniser.words.region_words - {"state"}
    if not found and word in sorts - {"territory"}:
        regions = (item for item in mention.numbers if known.is_region(item[0]))
        found = tuple(item for item in regions if known.home(item[0]) == home)
    if found:
        mention.numbers, mention.base, mention.inner = found, whole, False


def _place(mention: Mention, gazetteer: Gazetteer, why: str) -> Place:
    if mention.borrowed is not None:
        entry = gazetteer.entry_at(mention.borrowed)
        return Place(
            start=mention.start,
            end=mention.end,
            text=mention.text,
            name=mention.text,
            lat=entry.lat,
            lon=entry.lon,
            kind="facility" if mention.sort == "facility" else "area",
            radius_km=max(60.0, entry.radius_km),
            confidence=round(mention.confidence, 3),
            country=entry.country,
            within=(entry.name, *entry.containers),
            why=f"not in the atlas: an area around {entry.name}, named with it"
            + ("\n" + why if "\n" in why else ""),
        )
    if mention.chosen is None:
        return Place(mention.start, mention.end, mention.text, confidence=0.0, why=why)
    entry = gazetteer.entry_at(mention.chosen)
    return Place(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        name=entry.name,
        key=entry.key,
        geonameid=entry.geonameid,
        lat=entry.lat,
        lon=entry.lon,
        kind="area" if entry.approximate else "facility" if mention.sort == "facility" else entry.kind,
        radius_km=entry.radius_km,
        confidence=round(mention.confidence, 3),
        country=entry.country,
        within=entry.containers,
        metonym=mention.metonym,
        why=why,
    )
