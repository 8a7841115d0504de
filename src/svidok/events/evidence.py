"""What is seen of two atoms that could tell of one happening: the observations that the judge weighs."""

from __future__ import annotations

from svidok.events.apart import ONCE, gap_days, one_thing, places_apart, width_days
from svidok.events.atoms import Atom, fold
from svidok.events.findings.facts import stem

__all__ = ["at_home", "copied", "counts_alike", "evidence", "later_done", "overlap", "shared_words"]

TOLD_TOGETHER_DAYS = 45
"""Reports this close in publication, that date nothing, can tell of one taking of a town."""


def evidence(a: Atom, b: Atom) -> dict[str, float]:
    """What is seen of two atoms that could be of one happening, by name."""
    apart = not (a.document == b.document and a.sentence == b.sentence >= 0)
    wording = overlap(a.words, b.words) if apart else 0.0
    own = shared_words(a, b)
    one_report = a.document == b.document
    seen = {
        "same type": float(a.claim.type == b.claim.type),
        "wording": wording,
        "copied": float(apart and copied(a, b)),
        "own words": own if apart else 0.0,
        "named": float(bool(a.names & b.names)),
        "other names": float(bool(a.names and b.names and not a.names & b.names)),
        "anchors": min(2, len(_spoken(a, b, a.anchors & b.anchors))),
        "one thing": float(one_thing(a, b)),
        "things": min(2, len(_spoken(a, b, a.things & b.things))),
        "one report": float(one_report),
        "near in report": float(one_report and abs(a.sentence - b.sentence) <= 1),
        "retaken": float(a.family == "capture" and a.regains != b.regains),
        "two acts": float(_two_acts(a, b)),
        "two deeds": float(_two_acts(a, b) and a.family != "casualties" and _other_deeds(a, b)),
        "other deeds": float(_other_deeds(a, b)),
        "one deed": float(bool(a.deeds & b.deeds)),
        "other acts": float(_other_acts(a, b)),
        "one paragraph": float(one_report and a.block == b.block >= 0),
        "lent place": float(a.lent_place) + float(b.lent_place),
        "lent time": float(a.lent_time) + float(b.lent_time),
        "trigger": float(bool(a.trigger) and a.trigger == b.trigger),
        "one fate": float(bool(_fates(a) & _fates(b))),
        "other fates": float(bool(_fates(a) and _fates(b) and not _fates(a) & _fates(b))),
        "once": float(a.family in ONCE),
        "polarity": float(a.claim.polarity != b.claim.polarity),
        "both denied": float(a.claim.polarity == b.claim.polarity == "negated"),
        "later done": float(later_done(a, b)),
        "sides": float(bool(a.sides & b.sides)),
        "other sides": float(bool(a.sides and b.sides and not a.sides & b.sides)),
        "targets": float(bool(a.target_sides & b.target_sides)),
        **_seen_place(a, b),
        **_seen_time(a, b),
        **counts_alike(a, b),
    }
    return {name: value for name, value in seen.items() if value}


def _spoken(a: Atom, b: Atom, shared: frozenset[str]) -> frozenset[str]:
    """What two atoms share; in one report only what both say themselves, not what one scene lends to both."""
    if a.document != b.document:
        return shared
    return frozenset(word for word in shared if stem(word) in a.own & b.own)


def shared_words(a: Atom, b: Atom) -> float:
    """How much of the smaller stretch's own content words stand in the other, 0..1."""
    return len(a.own & b.own) / max(3.0, min(len(a.own), len(b.own)))


def _fates(atom: Atom) -> frozenset[tuple[str | None, str | None]]:
    return frozenset((q.fate, q.kind) for q in atom.claim.quantities if q.fate)


def _seen_place(a: Atom, b: Atom) -> dict[str, float]:
    named = {"spot named": 1.0} if a.spots & b.spots else {}
    if a.place is None or b.place is None:
        return {"no place": 1.0, "at home": float(at_home(a, b)), **named}
    how, _ = places_apart(a.place, b.place)
    if how in {"apart", "unknown", "beside"} and named:
        return {f"place {how}": 1.0, **named}
    wide = a.place.kind in {"region", "country"} or b.place.kind in {"region", "country"}
    return {f"wide {how}" if wide else f"place {how}": 1.0}


def _seen_time(a: Atom, b: Atom) -> dict[str, float]:
    gap = gap_days(a, b)
    if gap is None:
        told = a.published is not None and b.published is not None
        near = told and abs((a.published or 0) - (b.published or 0)) <= TOLD_TOGETHER_DAYS
        return {"no time": 1.0, "told together": float(near)}
    if gap > 0:
        far = {"next day": 1.0} if gap == 1 else {"days off": min(7, gap) / 7}
        lent = any(x.lent_time or (x.claim.time is not None and x.claim.time.inherited) for x in (a, b))
        return {f"{name} lent" if lent else name: value for name, value in far.items()}
    width = max(width_days(a), width_days(b))
    return {
        "same day": float(width <= 1),
        "same days": float(1 < width <= 10),
        "can overlap": float(width > 10),
    }


def counts_alike(a: Atom, b: Atom) -> dict[str, float]:
    """How the counts of two atoms stand: alike, other ones of one thing, or of other things."""
    same, other = 0, 0
    for q in a.claim.quantities:
        for r in b.claim.quantities:
            if q.what == r.what and q.fate == r.fate and q.low is not None and r.low is not None:
                alike = q.low == r.low and q.high == r.high
                same += alike
                other += not alike
    differ = other > 0 and not same
    things = [{q.what for q in x.claim.quantities if q.kind not in _MEASURES and q.what} for x in (a, b)]
    return {
        "other things counted": float(bool(things[0] and things[1]) and not things[0] & things[1]),
        "other victims": float(
            _victims(a) | _victims(b) == {"armed", "civil"} and not _victims(a) & _victims(b)
        ),
        "counts": min(2, same),
        "other counts": float(differ),
        "other counts undated": float(differ and gap_days(a, b) is None),
    }


_MEASURES = frozenset({"people", "distance", "area", "share", "duration", "age", "time"})
_ARMED = frozenset({"soldier", "officer", "fighter", "police"})
_CIVIL = frozenset({"civilian", "child", "journalist", "medic"})


def _victims(atom: Atom) -> set[str]:
    """Whether the people that a claim counts bear arms, or are civilians; neither where it does not say."""
    whats = {q.what for q in atom.claim.quantities if q.kind == "people"}
    return {name for name, words in (("armed", _ARMED), ("civil", _CIVIL)) if whats & words}


def at_home(a: Atom, b: Atom) -> bool:
    """Whether one names no place, and its report is about the place of the other."""
    one, two = a.place or a.home, b.place or b.home
    return one is not None and two is not None and places_apart(one, two)[0] in {"same", "near"}


def later_done(a: Atom, b: Atom) -> bool:
    """Whether what had not happened by the one report is told as done by a later one."""
    return _not_by_then(a, b) or _not_by_then(b, a)


def _not_by_then(a: Atom, b: Atom) -> bool:
    if a.claim.polarity == b.claim.polarity or a.claim.polarity != "negated" or a.published is None:
        return False
    return (
        b.published is not None and b.published > a.published and (b.low is None or b.low >= a.published - 1)
    )


def _two_acts(a: Atom, b: Atom) -> bool:
    """One sentence that tells of a killing and a torture tells of two, unless it names them as one."""
    if a.document != b.document or a.sentence < 0 or a.sentence != b.sentence or a.names & b.names:
        return False
    (start, end), (other, last) = a.claim.trigger, b.claim.trigger
    return a.trigger != b.trigger and (end <= other or last <= start)


def _other_deeds(a: Atom, b: Atom) -> bool:
    """Whether the triggers name happenings of two families: a killing, a torture."""
    return bool(a.deeds and b.deeds) and not a.deeds & b.deeds


def _other_acts(a: Atom, b: Atom) -> bool:
    """In one report, another verb and another doer: "the Red Cross delivered", then "volunteers serve"."""
    if a.document != b.document or a.trigger == b.trigger:
        return False
    doers = [{fold(actor.name or actor.text) for actor in x.claim.actors} for x in (a, b)]
    return bool(doers[0] and doers[1]) and not doers[0] & doers[1]


def copied(a: Atom, b: Atom) -> bool:
    """Whether one stretch is all but word for word the other."""
    return len(a.words) >= 6 and overlap(a.words, b.words) >= 0.85


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The part of all words that both have, 0..1."""
    return len(a & b) / len(a | b) if a and b else 0.0
