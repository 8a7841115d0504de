"""Names that only the grammar shows to be places: where a happening stands, and what is called a village.

Places are looked for without a parse, so a village that no gazetteer knows is passed over. But "an air
strike on a market in Togoga", "took control of Zamzam camp", "shelled Orikhiv" and "Buhriz, a suburb of
Baqubah" put a proper noun where only a place can stand. Such a name becomes a span; whether it has a point
is for the gazetteer to say.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from rapidfuzz import fuzz

from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.words import load_place_words
from svidok.claims.mentions.tokens import Tokens, tokens_of
from svidok.claims.parse import Parsed
from svidok.errors import BadData
from svidok.records import Actor, Claim, Offsets, Place, Time

__all__ = ["PHYSICAL", "PlaceGrammar", "doubted", "load_place_grammar", "overlooked"]

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

LONGEST = 5  # words of a name
GLUE = frozenset("-–'’‘`")
NAMED = frozenset({"compound", "nmod", "amod"})


@dataclass(frozen=True, slots=True)
class PlaceGrammar:
    """Words by what they show of the name beside them; see ``data/toponyms.toml``."""

    areas: frozenset[str]
    sites: frozenset[str]
    where: frozenset[str]
    bodies: frozenset[str]
    particles: frozenset[str]
    held: frozenset[str]


@cache
def load_place_grammar() -> PlaceGrammar:
    """Read the word lists once.

    Raises:
        BadData: the file cannot be read or lacks a list.

    >>> "suburb" in load_place_grammar().areas
    True
    """
    where = "atlas/data/toponyms.toml"
    text = resources.files("svidok.atlas").joinpath("data/toponyms.toml").read_text(encoding="utf-8")
    try:
        return PlaceGrammar(**{key: frozenset(value.split()) for key, value in tomllib.loads(text).items()})
    except (tomllib.TOMLDecodeError, AttributeError, TypeError) as error:
        raise BadData(f"a word list cannot be read: {error}", where=where) from error


def overlooked(
    claims: Sequence[Claim],
    parsed: Sequence[Parsed],
    *,
    places: Sequence[Place],
    actors: Sequence[Actor],
    times: Sequence[Time],
) -> tuple[Offsets, ...]:
    """Spans of proper nouns that the grammar of a sentence with a happening shows to be places.

    Args:
        claims: of one document; only sentences in which one of them tells of something physical are read.
        parsed: the document's sentences with their parses.
        places, actors, times: what is known already; a span that touches one of them is left alone,
            unless it is an actor's and called a place outright ("the Abu Dishir district").

    Returns:
        Offsets in the document's text, in order.
    """
    words = load_place_grammar()
    found: set[Offsets] = set()
    physical = [claim for claim in claims if claim.type in PHYSICAL]
    for one in parsed:
        low, high = one.sentence.start, one.sentence.end
        here = [claim for claim in physical if low <= claim.trigger[0] < high]
        if not here:
            continue
        t = tokens_of(one)
        known = _covered(t, ((place.start, place.end) for place in places))
        closed = known | _covered(t, ((time.start, time.end) for time in times))
        somebody = _covered(t, ((a.start, a.end) for a in actors if a.name is not None or a.kind is not None))
        seats = _covered(t, ((place.start, place.end) for place in places if not place.metonym))
        found.update(_shown(t, here, words, closed=closed, somebody=somebody, seats=seats))
    return tuple(sorted(found))


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
    somebody: set[int],
    seats: set[int],
) -> Iterator[Offsets]:
    runs = list(_runs(t, closed, seats, words))
    triggers = {
        i: claim.type
        for claim in claims
        for i in range(t.n)
        if t.begin[i] < claim.trigger[1] and claim.trigger[0] < t.end[i]
    }
    kept = []
    rest: list[tuple[int, int]] = []
    for run in runs:
        if _called(t, run, words):
            kept.append(run)
        elif somebody.isdisjoint(range(run[0], run[1] + 1)):
            (kept if _stands(t, run, words, triggers) else rest).append(run)
    listed = set(seats)
    for first, last in kept:
        listed.update(range(first, last + 1))
    for _ in rest:
        joined = [run for run in rest if run not in kept and _joined(t, run, listed, words)]
        if not joined:
            break
        for first, last in joined:
            kept.append((first, last))
            listed.update(range(first, last + 1))
    for first, last in kept:
        yield t.span(first, last)


def _runs(t: Tokens, closed: set[int], seats: set[int], words: PlaceGrammar) -> Iterator[tuple[int, int]]:
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
        if apart and last - first < 2 * LONGEST and _names(t, first, last):
            yield first, last
        i = last + 1


def _names(t: Tokens, first: int, last: int) -> bool:
    """Whether a run can name one thing: no adjective of a people, no counted plural, no sum of money."""
    top = _top(t, (first, last))
    if t.dep[top] == "amod" and (t.tag[top][0] in "JV" or t.word[top].islower()):
        return False
    if any(t.dep[kid] == "nummod" for kid in t.children[top]):
        return False
    known = load_place_words()
    if first == last and (t.lower[first] in known.never or t.lower[first] in known.demonyms):
        return False
    return not any(char.isdigit() for char in t.word[first])


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


def _top(t: Tokens, run: tuple[int, int]) -> int:
    """The word of a run that governs the others."""
    inside = range(run[0], run[1] + 1)
    return next((i for i in reversed(inside) if t.head[i] not in inside or t.head[i] == i), run[1])


def _called(t: Tokens, run: tuple[int, int], words: PlaceGrammar) -> bool:
    """Whether a name is called a place outright: "X district", "the village of X", "X, a suburb"."""
    first, last = run
    if _is_body(t, run, words):
        return False
    top = _top(t, run)
    after = last + 1
    nouns = words.areas | words.sites
    if last > first and t.lower[last] in nouns and t.lower[first] not in nouns:
        return t.dep[top] in {"pobj", "dobj", "nsubjpass", "conj", "appos"} or t.dep[top] in NAMED
    if after < t.n and t.lower[after] in nouns and t.pos[after] in {"NOUN", "PROPN"}:
        return t.head[top] == after or (t.dep[top] in NAMED and t.head[top] >= after)
    governor = t.head[top]
    if t.dep[top] == "pobj" and t.lower[governor] == "of" and t.lower[t.head[governor]] in words.areas:
        return t.head[governor] == governor - 1
    before = first - 1
    if before >= 0 and t.tag[before] == "NN" and t.lower[before] in nouns and t.dep[top] in {"appos", "pobj"}:
        return True
    return any(t.lower[kid] in words.areas and kid > last for kid in t.kids(top, "appos"))


def _is_body(t: Tokens, run: tuple[int, int], words: PlaceGrammar) -> bool:
    return any(t.lower[i] in words.bodies for i in range(run[0], min(run[1] + 2, t.n)) if t.pos[i] != "VERB")


def _stands(t: Tokens, run: tuple[int, int], words: PlaceGrammar, triggers: dict[int, str]) -> bool:
    """Whether a name stands where the place of a happening stands."""
    if _is_body(t, run, words) or all(t.word[i].isupper() for i in range(run[0], run[1] + 1)):
        return False
    top = _top(t, run)
    governor = t.head[top]
    if t.dep[top] in {"dobj", "nsubjpass"} or (t.dep[top] == "pobj" and t.dep[governor] == "prt"):
        return triggers.get(governor) in words.held and not _is_person(t, run)
    if t.dep[top] != "pobj" or t.lower[governor] not in words.where:
        return False
    above = t.head[governor]
    if t.lower[governor] in {"on", "into", "toward", "towards"}:
        return triggers.get(above) in words.held
    return any(node in triggers for node in (above, *t.up(above)))


def _is_person(t: Tokens, run: tuple[int, int]) -> bool:
    """Whether a name that was taken or hit looks like somebody's: a given name, a "who", a "he"."""
    first, last = run
    after = [t.lower[i] for i in range(last + 1, min(last + 3, t.n))]
    return (
        t.lower[first] in load_place_words().given
        or "who" in after
        or (t.dep[_top(t, run)] == "nsubjpass" and not PERSONAL.isdisjoint(t.lower))
        or any(word.isdigit() for word in after[1:])
    )


PERSONAL = frozenset({"he", "she", "his", "her", "him", "who", "whose"})


def _joined(t: Tokens, run: tuple[int, int], listed: set[int], words: PlaceGrammar) -> bool:
    """Whether a name is one of a list of places ("Samarra, Balad and Ishaki")."""
    if _is_body(t, run, words):
        return False
    top = _top(t, run)
    if t.dep[top] == "conj" and t.head[top] in listed:
        return t.dep[t.head[top]] != "nsubj"
    return any(kid in listed for kid in t.kids(top, "conj"))
