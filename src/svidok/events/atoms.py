"""Claims made comparable: one atom for each happening at each place that a claim names.

"Regained control of A, B and C" is three happenings; "marched from A to B" is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from svidok.events.days import Interval, first_day, interval
from svidok.records import Claim, Offsets, Place, Quantity, Reading, content_id

__all__ = [
    "FAMILIES",
    "Atom",
    "expand",
    "finest",
    "fold",
    "is_firm",
    "named_place",
    "other_names",
    "place_key",
    "words",
]

SPREADING = frozenset(
    [
        *["air_strike", "alert", "base", "battle", "bomb", "capture"],
        *["chemical", "protest", "siege", "strike", "withdraw"],
    ]
)
"""Types of which one sentence may report one happening at each of several places."""

FAMILIES = {
    "battle": "fight", "siege": "siege", "strike": "fire", "air_strike": "fire", "bomb": "fire",
    "chemical": "fire", "attack_civilians": "harm", "sexual_violence": "harm", "abduct": "custody",
    "detain": "custody", "capture": "capture", "withdraw": "withdraw",
}  # fmt: skip
"""Types that two witnesses may use for the same happening; other types stand alone."""

KIN = {"harm": "harm", "casualties": "harm"}
"""Families between which no witness draws a line: an attack on civilians, and those who died in it."""

_NAMED = re.compile(
    r"\b(?:[Bb]attle|[Ss]iege|[Mm]assacre|[Ff]all|[Aa]mbush|[Ll]iberation|[Oo]ffensive|[Uu]prising|[Bb]ombing|"
    r"[Rr]aid|[Oo]peration|[Ii]nvasion)\s+(?:of|for|at|in|on)\s+(?:the\s+)?((?:[\w’'-]+\s+){0,2}?[\w’'-]*[^\W\d_])"
)
_OPERATION = re.compile(r"\bOperation\s+([A-Z][\w-]+(?:\s+[A-Z][\w-]+)?)")
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)?")
_STOP = frozenset(
    """the a an of in on at to and or for by from with as that this was were is are be been had has have it
    its their his her they he she who which after before during into near over under about said says
    not""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Atom:
    """One claim at one place, with all that the judge weighs.

    ``low``/``high`` are day numbers (None is open); ``place`` None when the claim names none;
    ``names`` are proper names of the happening ("battle brovary"); ``firm`` tells that both its
    place and its time are narrow enough to tell it from its neighbours. From the scene (``scenes``) come
    ``things`` and ``anchors`` (nouns of things, stems of proper names), the stems of its ``own`` content
    words, its ``sentence`` and ``block``, the stem of its ``trigger``, whether it ``regains`` what was
    lost, whether its place or time is the scene's (``lent_place``, ``lent_time``), the keys of all
    ``spots`` that its stretch names, also of those that nobody can locate, the families of happenings
    that its trigger names (``deeds``), and the ``home`` of its report: the place that it is about.
    """

    id: str
    claim: Claim
    document: str
    published: int | None
    place: Place | None
    others: tuple[Place, ...]
    low: int | None
    high: int | None
    family: str
    sides: frozenset[str]
    target_sides: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]
    firm: bool
    things: frozenset[str] = frozenset()
    anchors: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    sentence: int = -1
    block: int = -1
    trigger: str = ""
    regains: bool = False
    lent_place: bool = False
    lent_time: bool = False
    spots: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()
    home: Place | None = None
    people: frozenset[str] = frozenset()
    heading: bool = False
    back: bool = False
    by_way: Offsets | None = None

    @property
    def kin(self) -> str:
        """Its family, or the one name of families that are akin."""
        return KIN.get(self.family, self.family)

    @property
    def day_told(self) -> bool:
        """Whether its own words give its time, not the scene and not the report's date."""
        return not self.lent_time and self.claim.time is not None and not self.claim.time.inherited

    @property
    def when(self) -> Interval:
        """Both bounds as day numbers."""
        return self.low, self.high


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without diacritics and quote marks, to compare names.

    >>> fold("Hostómel")
    'hostomel'
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’`ʼ\"“”")


def words(text: str) -> frozenset[str]:
    """The content words of a stretch of text, folded.

    >>> sorted(words("The fall of Mosul"))
    ['fall', 'mosul']
    """
    return frozenset(w for w in _WORD.findall(fold(text)) if w not in _STOP)


def place_key(place: Place) -> str:
    """What identifies the place that a mention means: atlas key, GeoNames id, point, or folded name."""
    if place.relation:
        return f"area:{place.lat}:{place.lon}:{place.relation}"
    if place.key:
        return place.key
    if place.geonameid is not None:
        return f"geonames:{place.geonameid}"
    if place.lat is not None and place.lon is not None:
        return f"point:{place.lat:.3f}:{place.lon:.3f}"
    return f"name:{fold(place.name or place.text)}"


def finest(places: Sequence[Place]) -> tuple[Place, ...]:
    """Leave out places that contain another of the same claim ("Bucha in the Kyiv region" is Bucha)."""
    rank = {"facility": 0, "settlement": 1, "area": 2, "water": 2, "district": 3, "region": 4, "country": 5}
    out = []
    for place in places:
        names = {fold(n) for n in (place.name, place.text) if n}
        inside = any(
            other is not place
            and rank.get(other.kind or "", 2) < rank.get(place.kind or "", 2)
            and (
                names & {fold(w) for w in other.within}
                or (place.kind == "country" and place.country and place.country == other.country)
            )
            for other in places
        )
        if not inside:
            out.append(place)
    return tuple(out)


_SEVERAL = re.compile(r"\b[Bb]attles\s+(?:of|for|in|at)\b")


def _peoples(word: str) -> bool:
    """Whether a word names a people and no place."""
    from svidok.atlas.actors import load_actors

    return load_actors().demonym(word) is not None


def other_names(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two happenings bear names of one kind that differ: the battles of Brovary and of Kyiv.

    >>> other_names(frozenset({"battle brovary"}), frozenset({"battle kyiv"}))
    True
    >>> other_names(frozenset({"battle kyiv"}), frozenset({"operation storm"}))
    False
    """
    kinds = {n.split()[0] for n in a} & {n.split()[0] for n in b}
    return bool(kinds) and not a & b


NAMED_AFTER = {"fight": "battle", "siege": "siege"}
"""What a happening of a family is called that bears the name of its place."""


def named_place(atom: Atom) -> str | None:
    """The key of the settlement that a battle or siege is named after, where the claim tells it there."""
    place, kind = atom.place, NAMED_AFTER.get(atom.family)
    if place is None or place.kind != "settlement" or kind is None:
        return None
    return place_key(place) if f"{kind} {proper(place)}" in atom.names else None


def proper(place: Place) -> str:
    """The name under which what happened at a place is known, folded: a town's own, however it is spelled."""
    return fold(place.name or place.text) if place.kind == "settlement" else fold(place.text)


def _names(claim: Claim, reading: Reading, place: Place | None) -> frozenset[str]:
    """The proper names that a claim calls its happening by: that of its own trigger, or else those beside it
    in its own words. A date is no name ("a battle on 9 March")."""
    text, (start, end) = reading.document.text, claim.trigger
    begin = max(0, start - 30, min(claim.start, start))
    around = text[begin : min(end + 40, max(claim.end, end) + 1)]
    found = set()
    if place is not None and place.kind == "settlement" and _SEVERAL.search(around):
        found.add(f"battle {proper(place)}")
    named = [m for m in _NAMED.finditer(around) if not _dated(reading, begin + m.end(1))]
    of_trigger = [m for m in named if m.start() < end - begin and m.end() > start - begin]
    for match in of_trigger or named:
        kind = match.group(0).split()[0].casefold()
        written = match.group(1).split()[-1]
        whole = _place_at(reading, begin + match.start(1), begin + match.end(1))
        if _peoples(written):  # "the battle for the Ukrainian capital, Kyiv"
            if place is not None and place.kind == "settlement":
                found.add(f"{kind} {proper(place)}")
        elif whole is not None:
            found.add(f"{kind} {proper(whole)}")
        elif written[:1].isupper() or (place is not None and fold(written) == fold(place.text)):
            found.add(f"{kind} {fold(written)}")
    for match in _OPERATION.finditer(around):
        found.add(f"operation {fold(match.group(1))}")
    return frozenset(found)


def _place_at(reading: Reading, start: int, end: int) -> Place | None:
    """The place that the words from ``start`` on write, beyond ``end`` too: "Dien" of "Dien Bien Phu"."""
    return next((p for p in reading.places if start <= p.start < end <= p.end), None)


def _dated(reading: Reading, end: int) -> bool:
    """Whether the word that ends here is a date's."""
    return any(time.start < end <= time.end for time in reading.times)


def _sides(actors: Iterable[object]) -> frozenset[str]:
    return frozenset(a.side for a in actors if getattr(a, "side", None))  # type: ignore[attr-defined]


def is_firm(place: Place | None, when: Interval) -> bool:
    """Whether a place and a time are narrow enough to tell a happening from its neighbours."""
    low, high = when
    if place is None or place.lat is None or low is None or high is None:
        return False
    return high - low <= 10 and (place.radius_km or 0.0) <= 30 and place.kind not in {"region", "country"}


def _atom(claim: Claim, place: Place | None, others: tuple[Place, ...], reading: Reading) -> Atom:
    text = reading.document.text
    low, high = interval(claim.time.earliest, claim.time.latest) if claim.time else (None, None)
    key = place_key(place) if place else "-"
    return Atom(
        id=content_id(claim.id, key),
        claim=claim,
        document=reading.document.id,
        published=first_day(reading.document.published),
        place=place,
        others=others,
        low=low,
        high=high,
        family=FAMILIES.get(claim.type, claim.type),
        sides=_sides(claim.actors),
        target_sides=_sides(claim.targets),
        names=_names(claim, reading, place),
        words=words(text[claim.start : claim.end]),
        firm=is_firm(place, (low, high)) and not claim.places_inherited,
        lent_place=place is not None and claim.places_inherited,
    )


def expand(readings: Iterable[Reading]) -> tuple[Atom, ...]:
    """Every claim of every reading as atoms, in an order that depends on their content only."""
    atoms: dict[str, Atom] = {}
    for reading in readings:
        for claim in reading.claims:
            places = finest([reading.places[i] for i in claim.places])
            if claim.type in SPREADING and len(places) > 1 and not _joint(claim.quantities):
                for place in places:
                    atom = _atom(claim, place, (), reading)
                    atoms.setdefault(atom.id, atom)
                if _counts_places(claim.quantities):
                    atom = _atom(claim, None, places, reading)
                    atoms.setdefault(atom.id, atom)
            else:
                atom = _atom(claim, places[0] if places else None, places[1:], reading)
                atoms.setdefault(atom.id, atom)
    return tuple(
        sorted(atoms.values(), key=lambda a: (a.document, a.claim.start, a.claim.trigger, a.claim.type, a.id))
    )


def _joint(quantities: Sequence[Quantity]) -> bool:
    """A count of people over several places is one happening's count, not each one's."""
    return any(q.fate for q in quantities)


def _counts_places(quantities: Sequence[Quantity]) -> bool:
    """ "More than thirty towns were liberated: A, B, C" tells of each, and of all of them at once."""
    return any(q.kind == "places" and (q.low or 0) > 1 for q in quantities)
