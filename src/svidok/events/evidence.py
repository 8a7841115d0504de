"""What is seen of two atoms that could tell of one happening: the observations that the judge weighs."""

from __future__ import annotations

from svidok.events.apart import ONCE, gap_days, one_thing, places_apart, width_days
from svidok.events.atoms import Atom, fold
from svidok.events.findings.facts import stem

__all__ = ["at_home", "copied", "counts_alike", "evidence", "later_done", "overlap", "shared_words"]

TOLD_TOGETHER_DAYS = 45
"""Reports this close in publication, that date nothing, can tell of one taking of a town."""

AT_ONCE_DAYS = 4
"""Reports this close mostly speak of the same days."""

_WIDTHS = (("same day", 1), ("same days", 10), ("same month", 31), ("can overlap", float("inf")))

SELDOM = frozenset({"negotiate", "protest", "defect", "custody", "chemical"})
"""Families of which one place sees few, though more than one."""

LASTING = frozenset({"deprive", "siege"})
"""Families of states, which reports tell long after they began."""

STEPS = frozenset({"move", "displace", "aid", "prepare", "capture"})
"""Families that a report tells step by step: what it tells next is mostly the next one."""


def evidence(a: Atom, b: Atom) -> dict[str, float]:
    """What is seen of two atoms that could be of one happening, by name.

    A cell that the words do not give (a place or a day of the scene, the day of the report) is softer
    evidence than one that is told, and bears another name: "place same lent", "same day lent".
    """
    seen = {
        **_seen_kind(a, b),
        **_seen_words(a, b),
        **_seen_sides(a, b),
        **_seen_place(a, b),
        **_seen_time(a, b),
        **counts_alike(a, b),
        **(_seen_in_report(a, b) if a.document == b.document else {}),
    }
    return {name: value for name, value in seen.items() if value}


HEADED = 6
"""How many sentences under a title or heading still tell what it tells."""


def _one_clause(a: Atom, b: Atom) -> bool:
    return a.document == b.document and a.sentence == b.sentence >= 0


def _seen_kind(a: Atom, b: Atom) -> dict[str, float]:
    """What kinds of happenings they are."""
    return {
        "same type": float(a.claim.type == b.claim.type),
        "kin": float(a.family != b.family),
        "once": float(a.family in ONCE),
        "seldom": float(a.family in SELDOM),
        "lasting": float(a.family in LASTING),
        "one deed": float(bool(a.deeds & b.deeds)),
        "other deeds": float(_other_deeds(a, b)),
        "retaken": float(a.family == "capture" and a.regains != b.regains),
        "both regain": float(a.family == "capture" and a.regains and b.regains),
        "polarity": float(a.claim.polarity != b.claim.polarity),
        "both denied": float(a.claim.polarity == b.claim.polarity == "negated"),
        "denied": float((a.claim.modality == "denied") != (b.claim.modality == "denied")),
        "later done": float(later_done(a, b)),
    }


def _seen_words(a: Atom, b: Atom) -> dict[str, float]:
    """What names, things and words they share; in one clause they share all words."""
    apart = not _one_clause(a, b)
    own = shared_words(a, b)
    anchors = _spoken(a, b, a.anchors & b.anchors)
    return {
        "named": float(bool(a.names & b.names)),
        "other names": float(bool(a.names and b.names and not a.names & b.names)),
        "anchors": min(2, len(anchors)),
        "other anchors": float(bool(a.anchors and b.anchors and not a.anchors & b.anchors)),
        "one person": float(bool(a.people & b.people)),
        "other people": float(bool(a.people and b.people and not a.people & b.people)),
        "one thing": float(one_thing(a, b) and bool(anchors)),
        "things": min(2, len(_spoken(a, b, a.things & b.things))),
        "other things": float(a.family == "destroy" and _other_things(a, b)),
        "trigger": float(bool(a.trigger) and a.trigger == b.trigger),
        "echoed": float(a.trigger in b.own or b.trigger in a.own),
        "new words": float(not own),
        "own words": own if apart else 0.0,
        "shared words": min(4, len(a.own & b.own)) if apart else 0.0,
        "wording": overlap(a.words, b.words) if apart else 0.0,
        "copied": float(apart and copied(a, b)),
    }


def _seen_sides(a: Atom, b: Atom) -> dict[str, float]:
    """Who acted, and what befell whom."""
    one, two = _fates(a), _fates(b)
    return {
        "sides": float(bool(a.sides & b.sides)),
        "other sides": float(bool(a.sides and b.sides and not a.sides & b.sides)),
        "targets": float(bool(a.target_sides & b.target_sides)),
        "one fate": float(bool(one & two)),
        "other fates": float(bool(one and two) and not one & two),
        "two voices": float(a.claim.speaker != b.claim.speaker and bool(one & two)),
    }


def _seen_in_report(a: Atom, b: Atom) -> dict[str, float]:
    """How they stand in their one report: as a title and its text, a list, a way and a deed, two steps."""
    clause = _one_clause(a, b)
    one, two = _fates(a), _fates(b)
    later = max(a, b, key=lambda x: (x.sentence, x.claim.trigger))
    return {
        "one paragraph": float(a.block == b.block >= 0),
        "next sentence": float(abs(a.sentence - b.sentence) == 1),
        "restated": float(a.heading != b.heading and abs(a.sentence - b.sentence) <= HEADED),
        "points back": float(later.back and not _other_things(a, b)),
        "a step": float(a.family in STEPS),
        "one clause": float(clause),
        "one trigger": float(clause and a.claim.trigger == b.claim.trigger),
        "one list": float(clause and bool(one and two) and not one & two),
        "by way": float(clause and (a.by_way == b.claim.trigger or b.by_way == a.claim.trigger)),
        "two acts": float(_two_acts(a, b)),
        "two deeds": float(_two_acts(a, b) and a.family != "casualties" and _other_deeds(a, b)),
        "other acts": float(_other_acts(a, b)),
    }


def _other_things(a: Atom, b: Atom) -> bool:
    """Whether both name things, in their own words or with their scenes, and not one that is the same."""
    own = [frozenset(t for t in x.things if stem(t) in x.own) for x in (a, b)]
    return any(one and two and not one & two for one, two in (own, (a.things, b.things)))


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
    return {"lent place": float(a.lent_place) + float(b.lent_place), **_place_apart(a, b)}


def _place_apart(a: Atom, b: Atom) -> dict[str, float]:
    named = {"spot named": 1.0} if a.spots & b.spots else {}
    if a.place is None or b.place is None:
        return {"no place": 1.0, "at home": float(at_home(a, b)), **named}
    how, _ = places_apart(a.place, b.place)
    if how in {"apart", "unknown", "beside"} and named:
        return {f"place {how}": 1.0, **named}
    wide = a.place.kind in {"region", "country"} or b.place.kind in {"region", "country"}
    soft = " lent" if a.lent_place or b.lent_place else ""
    return {f"wide {how}{soft}" if wide else f"place {how}{soft}": 1.0}


def _seen_time(a: Atom, b: Atom) -> dict[str, float]:
    return {"lent time": float(a.lent_time) + float(b.lent_time), **_days_apart(a, b)}


def _days_apart(a: Atom, b: Atom) -> dict[str, float]:
    gap = gap_days(a, b)
    if gap is None:
        told = a.published is not None and b.published is not None
        near = told and abs((a.published or 0) - (b.published or 0)) <= TOLD_TOGETHER_DAYS
        at_once = told and abs((a.published or 0) - (b.published or 0)) <= AT_ONCE_DAYS
        both = a.when == b.when == (None, None)
        return {
            "no time": 1.0,
            "both undated": float(both),
            "told together": float(near),
            "told at once": float(at_once),
        }
    if gap > 0:
        far = {"next day": 1.0} if gap == 1 else {"days off": min(7, gap) / 7}
        lent = not (a.day_told and b.day_told)
        return {f"{name} lent" if lent else name: value for name, value in far.items()}
    width = max(width_days(a), width_days(b))
    name = next(name for name, most in _WIDTHS if width <= most)
    return {name if a.day_told and b.day_told else f"{name} lent": 1.0}


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
