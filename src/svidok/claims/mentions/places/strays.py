"""Namesakes far from all that a text tells of: the atlas lacks the village meant and holds another one.

The atlas has towns of 500 people and more. A hamlet of Tigray that it lacks would be put in the only place
of that name, a village in India. Such a place is alone in its country, far from every other place of the
text and little known: then the name keeps its span and is not in the atlas.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence, Set

from rapidfuzz import fuzz

from svidok.atlas.gazetteer import Entry, Gazetteer, distance_km, fold
from svidok.atlas.gazetteer.wars import fought_over
from svidok.claims.mentions.places.mention import Mention

__all__ = ["leave_missions", "leave_namesakes_of_works", "leave_other_regions", "leave_strays"]

_SURE = 0.4
_KNOWN = 100_000
"""People of a town that a report may name from far away; of a region, twenty times as many."""
_TOWN = 15_000
_MIDDLING = 40_000
"""People of a town that a report on another region of its country names all the same."""
_CLEAR = 1.0  # log odds
_LENT = 0.4  # confidence in a city that was not the first choice
_FAR_KM = 250.0
_WIDE_KM = 400.0  # a river or range as long tells of no one part of its country
_THEATRE = 2  # places at home that outweigh a namesake where war is fought, or in a country that is named
_LIKE = 70.0  # per cent of letters that two spellings of one name share
_VOWELS = str.maketrans("", "", "aeiouy")
"""What a slip swaps most: "Musol" has the consonants of Mosul."""
_SPEAKING = (
    *("before:in", "before:to", "before:of-place", "before:place-noun", "after-opening", "after:place-word"),
    *("list:", "row:", "u-"),
)


def leave_strays(
    mentions: Sequence[Mention], hints: Sequence[Mention], gazetteer: Gazetteer, peoples: Mapping[str, int]
) -> list[Mention]:
    """Take the entries from mentions that were put far off, in place.

    Args:
        mentions: the places of a text, resolved where the atlas holds them.
        hints: names that are no places but tell where the text is at home.
        gazetteer: an open atlas.
        peoples: how often each country's people or adjective is named.

    Returns:
        The mentions without those that only their namesake made places.
    """
    sure = {
        m.chosen: gazetteer.entry_at(m.chosen)
        for m in (*mentions, *hints)
        if m.chosen is not None and m.confidence >= _SURE and m.trust >= _SURE
    }
    homes = {entry.country for entry in sure.values() if _is_known(entry)} | set(peoples)
    kept = []
    for mention in mentions:
        if _is_misread(mention, gazetteer):
            mention.chosen, mention.numbers = None, ()
        elif mention.sort != "noun" and _is_stray(mention, sure, homes, gazetteer):
            _forget(mention, gazetteer)
            if mention.chosen is None and _is_doubtful(mention):
                continue
        kept.append(mention)
    return kept


def leave_namesakes_of_works(
    mentions: Sequence[Mention], gazetteer: Gazetteer, sorts: Container[str]
) -> None:
    """Take small settlements from names of squares, streets and buildings, in place.

    The only Washington Square of the atlas is a quarter in Pennsylvania: in a text that names nothing else
    there, the name is a square's of some other town.

    Args:
        mentions: the places of a text, resolved where the atlas holds them.
        gazetteer: an open atlas.
        sorts: folded words that end the names of streets and buildings.
    """
    own = [m for m in mentions if m.chosen is not None and not m.inner]
    sure = {m.chosen for m in own if m.confidence >= _SURE <= m.trust}
    for mention in own:
        head, _, last = mention.folded.rpartition(" ")
        if mention.chosen is None or not head or last not in sorts:
            continue
        entry = gazetteer.entry_at(mention.chosen)
        if entry.kind != "settlement" or entry.population >= _KNOWN:
            continue
        if not any(
            _is_beside(mention.chosen, one, gazetteer) for one in sure if one not in (None, mention.chosen)
        ):
            mention.chosen, mention.numbers, mention.sort = None, (), "facility"
            mention.confidence = 0.0


def leave_missions(mentions: Sequence[Mention], gazetteer: Gazetteer, words: Container[str]) -> None:
    """Take its own country from the name of an embassy, which lies abroad, in place.

    Args:
        mentions: the places of a text, resolved where the atlas holds them.
        gazetteer: an open atlas.
        words: folded words for embassies and consulates.
    """
    for mention in mentions:
        if mention.chosen is None or not mention.inner or not any(w in words for w in mention.folded.split()):
            continue
        if gazetteer.entry_at(mention.chosen).kind == "country":
            mention.chosen, mention.numbers, mention.sort = None, (), "facility"
            mention.confidence = 0.0


def leave_other_regions(mentions: Sequence[Mention], gazetteer: Gazetteer) -> None:
    """Take little known places from a text that is at home in another region of their country, in place.

    A report from one county of South Carolina does not mean the Surfside of Florida.
    """
    own = [m for m in mentions if m.chosen is not None and not m.inner]
    sure = {m.chosen for m in own if m.confidence >= _SURE <= m.trust}
    held = {number: gazetteer.entry_at(number) for number in sure if number is not None}
    for mention in own:
        if mention.chosen is None:
            continue
        entry = gazetteer.entry_at(mention.chosen)
        if entry.kind != "settlement" or entry.population >= _MIDDLING:
            continue
        others = {
            number: one
            for number, one in held.items()
            if number != mention.chosen and one.country == entry.country and _is_local(one)
        }
        if _has_home(others, gazetteer) and not any(
            _is_beside(mention.chosen, number, gazetteer)
            or (one.radius_km < _WIDE_KM and distance_km(entry.point, one.point) < _FAR_KM + one.radius_km)
            for number, one in others.items()
        ):
            mention.chosen, mention.numbers, mention.confidence = None, (), 0.0


def _has_home(numbers: Collection[int], gazetteer: Gazetteer) -> bool:
    """Whether half of some places and more, and two at least, are of one first-level region."""
    counts: dict[str, int] = {}
    for number in numbers:
        code = gazetteer.outline(number).admin1
        counts[code] = counts.get(code, 0) + 1
    counts.pop("", None)
    most = max(counts.values(), default=0)
    return most >= _THEATRE and 2 * most >= len(numbers)


def _is_local(entry: Entry) -> bool:
    """Whether a place tells where in a country a text is at home: no country, continent or capital."""
    return entry.kind != "country" and entry.feature not in ("PPLC", "CONT")


def _is_beside(one: int, two: int, gazetteer: Gazetteer) -> bool:
    """Whether two places lie in one first-level region, or one of them is that region."""
    a, b = gazetteer.outline(one), gazetteer.outline(two)
    return a.admin1 != "" and (a.country, a.admin1) == (b.country, b.admin1)


def _is_misread(mention: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a name was taken for a slip of the pen in a place's lesser name, and is unlike its first."""
    if mention.chosen is None or "u-spelt:edit" not in mention.reasons:
        return False
    written, name = mention.base or mention.folded, fold(gazetteer.entry_at(mention.chosen).name)
    return fuzz.ratio(written, name) < _LIKE and written.translate(_VOWELS) != name.translate(_VOWELS)


def _forget(mention: Mention, gazetteer: Gazetteer) -> None:
    """Take the far place from a mention: it means the great city of its name, or no place of the atlas."""
    assert mention.chosen is not None
    if gazetteer.entry_at(mention.chosen).population >= _TOWN:
        mention.sort = "far"
    mention.chosen, mention.numbers = _great_of_name(mention, gazetteer), ()
    mention.confidence = min(mention.confidence, _LENT)


def _is_doubtful(mention: Mention) -> bool:
    """Whether only the namesake, and nothing beside the name, made it a place."""
    if mention.sort not in ("name", "far"):
        return False
    weak = mention.score < _CLEAR or "before:the" in mention.reasons
    return weak and not any(reason.startswith(_SPEAKING) for reason in mention.reasons)


def _great_of_name(mention: Mention, gazetteer: Gazetteer) -> int | None:
    """The greatest city that bears a name before all others, where a little Santiago is out of question."""
    own = (number for number, standing in mention.numbers if standing == 0)
    great = [(entry.population, number) for number in own if _is_known(entry := gazetteer.entry_at(number))]
    return max(great, default=(0, None))[1]


def _is_known(entry: Entry) -> bool:
    """Whether a place is named in reports from anywhere."""
    if entry.kind == "settlement":
        return entry.feature == "PPLC" or entry.population >= _KNOWN
    small = entry.kind in ("region", "district") and entry.feature != "CONT"
    return not small or entry.population >= 20 * _KNOWN


def _is_fought_over(number: int, gazetteer: Gazetteer) -> bool:
    outline = gazetteer.outline(number)
    return (outline.country, outline.admin1, "") in fought_over()


def _is_stray(
    mention: Mention, sure: Mapping[int, Entry], homes: Set[str | None], gazetteer: Gazetteer
) -> bool:
    """Whether a mention was put in a little known place far from every other place of the text."""
    if mention.chosen is None:
        return False
    entry = gazetteer.entry_at(mention.chosen)
    if _is_known(entry):
        return False
    named = mention.score >= _CLEAR and dict(mention.numbers).get(mention.chosen) == 0
    told = entry.country in homes
    if told and entry.kind != "settlement":
        return False
    if entry.kind == "settlement" and entry.population >= _TOWN and (named or told):
        return False
    others = [one for number, one in sure.items() if number != mention.chosen]
    local = [one for one in others if _is_local(one)]
    needed = _THEATRE if told or _is_fought_over(mention.chosen, gazetteer) else 1
    if len(local) < needed:
        return False
    return not any(
        (one.country and one.country == entry.country)
        or distance_km(one.point, entry.point) < _FAR_KM + one.radius_km
        for one in (local if told else others)
    )
