"""Names that only the grammar shows to be places: where a happening stands, and what is called a village.

Places are looked for without a parse, so a village that no gazetteer knows is passed over. But "an air
strike on a market in Togoga", "took control of Zamzam camp", "shelled Orikhiv" and "Buhriz, a suburb of
Baqubah" put a proper noun where only a place can stand. Such a name becomes a span; whether it has a point
is for the gazetteer to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.words import load_place_words
from svidok.claims.mentions.places.others import is_listed
from svidok.claims.mentions.tokens import Tokens, tokens_of
from svidok.claims.parse import Parsed
from svidok.claims.placing import (
    NAMED,
    PlaceGrammar,
    Run,
    called,
    happens,
    joined,
    load_place_grammar,
    stands,
    top_of,
)
from svidok.records import Actor, Claim, Offsets, Place, Time

__all__ = ["PHYSICAL", "borne_out", "doubted", "overlooked"]

PHYSICAL = frozenset(
    {
        *(
            "battle",
            "strike",
            "air_strike",
            "bomb",
            "chemical",
            "capture",
            "withdraw",
            "siege",
            "move",
            "base",
        ),
        *("attack_civilians", "sexual_violence", "abduct", "detain", "destroy", "casualties", "displace"),
        *("protest", "prepare", "deprive"),
    }
)
"""Types that happen somewhere."""

PERSONS = frozenset({"person", "leader"})
LONGEST = 5  # words of a name
GLUE = frozenset("-–'’‘`")


def overlooked(
    claims: Sequence[Claim],
    parsed: Sequence[Parsed],
    *,
    places: Sequence[Place],
    actors: Sequence[Actor],
    times: Sequence[Time],
) -> dict[Offsets, bool]:
    """Spans of proper nouns that the grammar of a sentence with a happening shows to be places.

    Args:
        claims: of one document; only sentences in which one of them tells of something physical are read.
        parsed: the document's sentences with their parses.
        places, actors, times: what is known already; a span that touches one of them is left alone,
            unless it is an actor's and called a place outright ("the Abu Dishir district").

    Returns:
        Offsets in the document's text, in order, and whether the grammar alone shows a place there; elsewhere
        it only allows one ("Kirkenes was set on fire"), and the atlas has the last word.
    """
    words = load_place_grammar()
    found: dict[Offsets, bool] = {}
    physical = [claim for claim in claims if claim.type in PHYSICAL]
    for one in parsed:
        low, high = one.sentence.start, one.sentence.end
        here = [claim for claim in physical if low <= claim.trigger[0] < high]
        if not here:
            continue
        t = tokens_of(one)
        known = _covered(t, ((place.start, place.end) for place in places))
        closed = known | _covered(t, ((time.start, time.end) for time in times))
        somebody = [a for a in actors if a.name is not None or a.kind is not None]
        persons = _covered(t, ((a.start, a.end) for a in somebody if a.kind in PERSONS))
        owners = _covered(t, ((a.start, a.end) for a in somebody if a.kind not in PERSONS))
        seats = _covered(t, ((place.start, place.end) for place in places if not place.metonym))
        found.update(_shown(t, here, words, closed=closed, persons=persons, owners=owners, seats=seats))
    return dict(sorted(found.items()))


def borne_out(
    shown: Iterable[Place], hidden: Mapping[Offsets, bool], places: Sequence[Place], gazetteer: Gazetteer
) -> Iterator[Place]:
    """The places among overlooked names, once the atlas was asked about them.

    Args:
        shown: what the atlas makes of all spans.
        hidden: of :func:`overlooked`.
        places: what was known before.
        gazetteer: to see whether an entry bears the very name of the text.
    """
    for place in shown:
        alone = hidden.get((place.start, place.end))
        if alone is None:
            continue
        named = place.key is not None and any(e.key == place.key for e in gazetteer.lookup(place.text))
        if named and not (place.metonym and not alone):
            yield replace(place, metonym=False)
        elif alone:
            yield doubted(place, places)


def doubted(place: Place, places: Sequence[Place] = ()) -> Place:
    """A place that only the grammar shows, without its point when the atlas offers one of quite another name.

    The name was no name of the atlas's; what a part of it matches is most likely something else. It then
    stands for an area around the nearest resolved settlement of the text, when one is named close by.

    >>> gorge = Place(0, 12, "Kodori Gorge", name="Vladimirovka", key="gn:1", lat=42.9, lon=41.1)
    >>> doubted(gorge).lat is None
    True
    >>> town = Place(20, 27, "Sokhumi", name="Sokhumi", key="gn:3", lat=43.0, lon=41.0, kind="settlement")
    >>> doubted(gorge, [town]).lat, doubted(gorge, [town]).kind
    (43.0, 'area')
    >>> doubted(Place(0, 8, "Tal Afar", name="Tall Afar", key="gn:2", lat=36.4, lon=42.4)).lat
    36.4
    """
    if place.key is None or place.name is None or fuzz.ratio(fold(place.text), fold(place.name)) >= LIKE:
        return place
    near = min(
        (one for one in places if one.kind == "settlement" and one.lat is not None and not one.metonym),
        key=lambda one: (abs(one.start - place.start), one.start),
        default=None,
    )
    if near is None or abs(near.start - place.start) > CLOSE:
        return Place(place.start, place.end, place.text, why=f"not in the atlas; most like {place.name}")
    return replace(
        place, name=place.text, key=None, geonameid=None, lat=near.lat, lon=near.lon, kind="area",
        radius_km=AROUND_KM, confidence=0.3, country=near.country,
        within=(near.name or near.text, *near.within),
        why=f"not in the atlas: an area around {near.name}, named with it",
    )  # fmt: skip


CLOSE = 200  # characters within which another place is named with it
AROUND_KM = 60.0
LIKE = 70.0  # per cent of letters that two spellings of one name share


def _covered(t: Tokens, spans: Iterable[Offsets]) -> set[int]:
    """Words of a sentence that stretches of the document touch."""
    low, high = t.start, t.start + len(t.text)
    covered: set[int] = set()
    for start, end in spans:
        if start < high and low < end:
            covered.update(i for i in range(t.n) if t.begin[i] < end and start < t.end[i])
    return covered


def _shown(
    t: Tokens,
    claims: Sequence[Claim],
    words: PlaceGrammar,
    *,
    closed: set[int],
    persons: set[int],
    owners: set[int],
    seats: set[int],
) -> Iterator[tuple[Offsets, bool]]:
    runs = list(_runs(t, closed, seats, words))
    triggers = {
        i: claim.type
        for claim in claims
        for i in range(t.n)
        if t.begin[i] < claim.trigger[1] and claim.trigger[0] < t.end[i]
    }
    kept = []
    rest: list[Run] = []
    maybe: list[Run] = []
    for run in runs:
        if _is_something_else(t, run):
            continue
        inside = range(run[0], run[1] + 1)
        person, owner = not persons.isdisjoint(inside), not owners.isdisjoint(inside)
        if called(t, run, words, somebody=person or owner):
            kept.append(run)
        elif not owner:
            if stands(t, run, words, triggers, somebody=person):
                kept.append(run)
            elif not person:
                rest.append(run)
        if run not in kept and happens(t, run, words, triggers, owner=owner):
            maybe.append(run)
    listed = set(seats)
    for first, last in kept:
        listed.update(range(first, last + 1))
        if last + 1 < t.n and t.lower[last + 1] in words.areas:  # "X hilltop, Y and Z"
            listed.add(last + 1)
    for _ in rest:
        more = [run for run in rest if run not in kept and joined(t, run, listed, words)]
        if not more:
            break
        for first, last in more:
            kept.append((first, last))
            listed.update(range(first, last + 1))
    for first, last in kept:
        yield t.span(first, last), True
    for run in maybe:
        if run not in kept:
            yield t.span(*run), False


def _runs(t: Tokens, closed: set[int], seats: set[int], words: PlaceGrammar) -> Iterator[Run]:
    """Runs of capitalised words, with small words and hyphens inside them; none that carries on a place."""
    i = 0
    while i < t.n:
        if i in closed or not _proper(t, i):
            i += 1
            continue
        last = i
        while (after := _next(t, last, words)) is not None and not closed.intersection(
            range(last + 1, after + 1)
        ):
            last = after
        first = i
        if (
            i >= 2
            and t.word[i - 1] in GLUE
            and t.end[i - 1] == t.begin[i]
            and t.lower[i - 2] in words.particles
        ):
            first = i - 2  # "the al-Tarikh area"
        apart = seats.isdisjoint((first - 1, last + 1)) and closed.isdisjoint(range(first, i))
        if apart and last - first < 2 * LONGEST and _names(t, first, last, words):
            yield first, last
        i = last + 1


def _names(t: Tokens, first: int, last: int, words: PlaceGrammar) -> bool:
    """Whether a run can name one thing: no adjective of a people, no counted plural, no sum of money."""
    top = top_of(t, (first, last))
    if t.dep[top] == "amod" and (t.tag[top][0] in "JV" or t.word[top].islower()):
        return False
    if any(t.dep[kid] == "nummod" for kid in t.children[top]):
        return False
    known = load_place_words()
    plain = t.lower[first].replace("'", "")
    if first == last and (plain in known.never or plain in known.demonyms or plain in words.parts):
        return False
    return t.lower[last] in words.sites or not any(char.isdigit() for char in t.word[first])


def _proper(t: Tokens, i: int) -> bool:
    if not t.word[i][:1].isupper() or t.tag[i] in {"PRP", "PRP$", "DT", "IN", "MD", "CC", "WRB", "WP", "UH"}:
        return False
    return t.tag[i] in {"NNP", "NNPS"} or (
        i > 0 and t.role == "body" and t.word[i - 1] not in {'"', "“", ":", "."}
    )


def _next(t: Tokens, i: int, words: PlaceGrammar) -> int | None:
    """The word that carries a name on behind ``i``, over glue and small words; None where it ends."""
    k = i + 1
    if k < t.n and t.word[k] in GLUE and t.begin[k] == t.end[i]:
        return k + 1 if k + 1 < t.n and t.begin[k + 1] == t.end[k] and t.word[k + 1][:1].isalnum() else None
    if k < t.n and _proper(t, k):
        return k
    glued = k + 2 < t.n and t.word[k + 1] in GLUE and t.begin[k + 1] == t.end[k]
    if k < t.n and t.lower[k] in words.particles and t.lower[k] != "the":
        after = k + 2 if glued else k + 1
        if after < t.n and _proper(t, after) and (glued or t.lower[k] not in {"at", "an", "as"}):
            return after
    return None


def _is_something_else(t: Tokens, run: tuple[int, int]) -> bool:
    """Whether a run names one of many ("fired a Kalibr"), a listed body or an honoured person."""
    first, last = run
    owned = first > 0 and (t.lower[first - 1] in ("a", "an") or t.tag[first - 1] == "PRP$")
    if owned and t.dep[top_of(t, run)] not in NAMED:
        return True
    return t.lower[last] in load_place_words().honours or any(
        is_listed(fold(t.slice(t.span(low, last)))) for low in range(first, last + 1)
    )
