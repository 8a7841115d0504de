"""Names that the atlas does not place: an area around what they are named with, or nothing.

A church, a street or a hamlet unknown to the atlas lies near the places of its own sentence more
often than not. It gets the nearest sure settlement as an area with a wide radius and low
confidence, or stays without a point.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Mapping, Sequence

from svidok.atlas.gazetteer import Gazetteer, distance_km
from svidok.claims.mentions.places.mention import Mention

__all__ = ["borrow_places"]

_LEAST_TRUST = 0.4
"""A name that is hardly one of a place lends its point to nothing."""


def borrow_places(
    text: str,
    mentions: Sequence[Mention],
    hints: Sequence[Mention],
    gazetteer: Gazetteer,
    streets: Container[str] = (),
) -> None:
    """Give mentions without an entry of their own the area of a sure neighbour, in place.

    Args:
        text: the document's text.
        mentions: all its mentions, resolved where the atlas holds them.
        hints: names that are no places here but tell where the text is at home.
        gazetteer: an open atlas.
        streets: folded words that end a street's name; it lies not in the place it is called after.
    """
    sure = [m for m in (*mentions, *hints) if m.chosen is not None and m.confidence >= 0.4]
    anchors = [m for m in sure if m.trust >= _LEAST_TRUST and _may_lend(m, gazetteer, streets)]
    points = [m for m in anchors if _is_point(m, gazetteer)]
    focus = _support(points, sure, gazetteer)
    holders = {m.start: m for m in anchors if _is_region(m, gazetteer)}
    for mention in mentions:
        if mention.sort in ("noun", "far"):
            continue
        own = mention.chosen
        vague = own is not None and _is_vague(own, gazetteer)
        if own is not None and not mention.inner and not vague:
            continue
        if (
            own is not None
            and mention.inner
            and (_may_lend(mention, gazetteer, streets) or any(m.chosen == own for m in anchors))
        ):
            continue
        fitting = points
        if own is not None and vague:
            fitting = [m for m in points if m.chosen is not None and _shares_region(m.chosen, own, gazetteer)]
        holder = _holder(text, mention, holders) if own is None else None
        if holder is not None:
            mention.borrowed, mention.confidence = holder.chosen, 0.35
            continue
        chosen = _nearest(mention, fitting, focus)
        if chosen is None:
            if own is None:
                wide = _nearest(mention, anchors, {})
                if wide is not None and wide.chosen is not None:
                    mention.borrowed = wide.chosen
                    mention.confidence = 0.15
            continue
        mention.borrowed = chosen.chosen
        mention.confidence = 0.35


_HELD = re.compile(r"(?:\s(?:county|district|province|region|village|town|area))?,?\s(?:in\s(?:the\s)?)?$")


def _holder(text: str, mention: Mention, holders: Mapping[int, Mention]) -> Mention | None:
    """The region that a name is said to lie in: "Maoxian county in Sichuan"."""
    for start in range(mention.end + 2, mention.end + 22):
        found = holders.get(start)
        if found is not None and _HELD.fullmatch(text[mention.end : start]):
            return found
    return None


def _support(points: Sequence[Mention], sure: Sequence[Mention], gazetteer: Gazetteer) -> dict[int, float]:
    """How much of the document lies around each sure place, by entry number."""
    mass: dict[int, float] = {}
    for mention in points:
        assert mention.chosen is not None
        mass[mention.chosen] = mass.get(mention.chosen, 0.0) + mention.confidence * mention.trust
    home: dict[tuple[str, str], float] = {}
    for mention in sure:
        assert mention.chosen is not None
        outline = gazetteer.outline(mention.chosen)
        place = (outline.country, outline.admin1)
        home[place] = home.get(place, 0.0) + mention.confidence * mention.trust
    spots = {number: gazetteer.entry_at(number).point for number in mass}
    out = {}
    for one in mass:
        outline = gazetteer.outline(one)
        near = sum(
            weight * math.exp(-distance_km(spots[one], spots[two]) / 80.0) for two, weight in mass.items()
        )
        out[one] = 0.6 * math.log1p(near) + _AT_HOME * math.log1p(home[outline.country, outline.admin1])
    return out


_AT_HOME = 0.6
"""How much the mass of a region's names speaks for a place in it."""


def _nearest(mention: Mention, anchors: Sequence[Mention], focus: dict[int, float]) -> Mention | None:
    best, score = None, -9.0
    for anchor in anchors:
        gap = anchor.start - mention.end if anchor.start >= mention.end else mention.start - anchor.end
        assert anchor.chosen is not None
        value = (
            1.5 * math.exp(-gap / 120.0)
            + 0.6 * math.exp(-gap / 700.0)
            + focus.get(anchor.chosen, 0.0)
            + 0.4 * math.log(max(anchor.confidence * anchor.trust, 0.05))
        )
        if value > score:
            best, score = anchor, value
    return best


def _may_lend(mention: Mention, gazetteer: Gazetteer, streets: Container[str]) -> bool:
    """Whether a mention is the place itself, or bears the name of a great one and is no street."""
    if not mention.inner:
        return True
    assert mention.chosen is not None
    return _is_great(mention.chosen, gazetteer) and mention.folded.rpartition(" ")[2] not in streets


def _is_point(mention: Mention, gazetteer: Gazetteer) -> bool:
    assert mention.chosen is not None
    return gazetteer.outline(mention.chosen).radius_km <= 60.0


def _is_region(mention: Mention, gazetteer: Gazetteer) -> bool:
    assert mention.chosen is not None
    return gazetteer.outline(mention.chosen).feature in ("ADM1", "ADM2")


def _is_vague(number: int, gazetteer: Gazetteer) -> bool:
    outline = gazetteer.outline(number)
    return outline.approximate and outline.radius_km > 100.0


def _is_great(number: int, gazetteer: Gazetteer) -> bool:
    return gazetteer.outline(number).population >= 100_000


def _shares_region(one: int, two: int, gazetteer: Gazetteer) -> bool:
    a, b = gazetteer.outline(one), gazetteer.outline(two)
    return (a.country, a.admin1) == (b.country, b.admin1)
