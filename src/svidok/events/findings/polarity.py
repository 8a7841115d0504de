"""One happening told as done by one voice and denied by another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from svidok.events.findings.date import falls
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.elsewhere import elsewhere
from svidok.events.findings.facts import Fact, stem
from svidok.events.findings.sameness import same_happening
from svidok.events.findings.say import capitalised, subject, where
from svidok.events.findings.similar import alike, clearly_apart, contrasted, same_spot, spots_apart
from svidok.events.findings.sites import people_noun
from svidok.events.findings.vocabulary import concept_spans, objects_of, pattern, tables
from svidok.records import Finding, Quantity

__all__ = ["candidates", "check"]

_UNREAL = frozenset({"planned", "possible", "requested"})


def check(dossier: Dossier) -> Iterator[Finding]:
    """Facts of one happening of which one affirms what the other negates."""
    for yes, no, least in candidates(dossier):
        if not (
            _one_happening(yes, no, least)
            or same_happening(yes, no, "polarity", reports=len(dossier.readings))
        ):
            continue
        yield _finding(dossier, yes, no)
    yield from _pointing_back(dossier)


def _finding(dossier: Dossier, yes: Fact, no: Fact) -> Finding:
    noun = subject(yes, no)
    message = f"{capitalised(noun)} is told as a fact in one place and denied in another."
    if _still_there(yes, no):
        message = (
            f"{where(no) or where(yes)} is told as taken back in one place; nobody left it, says another."
        )
    return Finding(
        "polarity",
        "high",
        message,
        (dossier.words(yes, "affirmed"), dossier.words(no, "denied")),
    )


BACK = 6
"""Sentences back to which a denial of "the attack" can point."""
_HARM = frozenset({"kill", "fire", "fight", "harm", "hurt", "destroy"})
_DENIES_IT = re.compile(
    r"\b(?:den(?:ied|ies)|reject(?:ed|s)|dismiss(?:ed|es))\s+(?:this|it|that|all of (?:it|this)|"
    r"the (?:charges?|accusations?|allegations?)|any (?:involvement|responsibility|part|role))"
    r"(?=\s*(?:[.,;]|and\b|$))",
    re.IGNORECASE,
)
_ACCUSES = re.compile(r"\b(?:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing))\b", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:den(?:ied|ies|y)|reject(?:ed|s)|dismiss(?:ed|es))\s+(?:the|this|that|any such)\s+"
    r"(?:\w+\s+)?(?:attacks?|strikes?|shelling|bombing|raid|massacre|killings?|murders?|assault|bombardment)\b",
    re.IGNORECASE,
)
_UNTRUE = re.compile(r"\b(?:accus\w+|alleg\w+|if|rumou?rs?)\b", re.IGNORECASE)


def _pointing_back(dossier: Dossier) -> Iterator[Finding]:
    """ "The ministry denied the attack", some sentences after the attack was told in the same report."""
    for reading in dossier.readings:
        facts = dossier.of_document(reading.document.id)
        for index, no in enumerate(facts):
            charge = _charge(facts[:index], no)
            if charge is not None:
                yield Finding(
                    "polarity",
                    "medium",
                    f"One side is accused of {subject(charge, charge)}, and denies it.",
                    (dossier.words(charge, "accused"), dossier.words(no, "denied")),
                )
            match = _DENIES.search(no.text)
            if match is None or (no.sites and not no.lent) or no.dated:
                continue
            told = [
                f
                for f in facts[:index]
                if 0 < no.sentence - f.sentence <= BACK
                and f.real
                and f.concepts & _HARM - f.denied
                and f.sites
                and not _UNTRUE.search(f.text)
            ]
            if told and told[-1].speaker != no.speaker:
                yield _finding(dossier, told[-1], no)


def _charge(before: Sequence[Fact], no: Fact) -> Fact | None:
    """What somebody is accused of in this sentence or the one before, and denies: "Russia denies this"."""
    if not _DENIES_IT.search(no.text):
        return None
    told = [f for f in before if no.sentence - f.sentence <= 1 and _ACCUSES.search(f.text)]
    return told[-1] if told and told[-1].concepts & _HARM else None


def candidates(dossier: Dossier) -> Iterator[tuple[Fact, Fact, float]]:
    """Pairs of which the first affirms what the second negates, and the likeness the rule asks for."""
    for a, b in dossier.pairs:
        if not (_denies(a) or _denies(b)) or a.modality in _UNREAL or b.modality in _UNREAL:
            continue
        if clearly_apart(a, b):
            continue
        if (a.document == b.document and a.sentence == b.sentence) or spots_apart(a, b) is not None:
            continue
        if elsewhere(a, b) or _two_days(dossier, a, b):
            continue
        for yes, no in ((a, b), (b, a)):
            if _not_yet(yes, no) or no.another or _other_thing(yes, no):
                continue
            if _hurt(yes, no):
                yield yes, no, 0.3
                break
            if _told(yes, no):
                yield yes, no, 0.5
                break


def _two_days(dossier: Dossier, a: Fact, b: Fact) -> bool:
    """Whether two stretches go on with scenes that their own reports date to two days."""
    days = [_day_of_scene(dossier, f) for f in (a, b)]
    return None not in days and days[0] != days[1] and (a.lent or b.lent)


def _day_of_scene(dossier: Dossier, fact: Fact) -> int | None:
    """The day that the words of a fact tell, or those of the scene that it goes on with."""
    told = [f for f in dossier.of_document(fact.document) if f.start == fact.scene] if fact.lent else [fact]
    dated = [f for f in told if f.dated and f.low is not None and f.low == f.high]
    return dated[-1].low if dated else None


def _denies(fact: Fact) -> bool:
    """Whether a fact says of anything that it did not happen, or that nobody was hurt."""
    return bool(fact.denied or fact.denied_words) or fact.spares


def _not_yet(yes: Fact, no: Fact) -> bool:
    """What had not happened when one spoke may have happened since."""
    if not pattern("patterns", "not_yet").search(no.text):
        return False
    early = no.high if no.high is not None else no.published
    late = yes.low if yes.low is not None else yes.published
    return not (yes.dated and no.dated) and None not in (early, late) and early < late  # type: ignore[operator]


_PART_NOT = re.compile(
    r"\W*(?:The|Its|Their)\s+(?:[a-z]+\s+)?(?P<noun>[a-z]+)\s+(?:was|were|is|are|has|have|had)(?:\s+not|n[’']t)\b"
)
"""What a sentence that goes on with a scene denies of one thing in it: "The runway was not damaged"."""


def _other_thing(yes: Fact, no: Fact) -> bool:
    """Whether what was done to one thing is denied of another: the airfield hit, the hospital spared."""
    part = _PART_NOT.match(no.text) if no.lent else None
    if part is not None and stem(part.group("noun")) not in yes.own:
        return True
    if _other_arms(yes.text, no.text) or _other_hour(yes, no) or _only_blasts(yes, no):
        return True
    if pattern("denials", "half").search(no.text) or (
        pattern("denials", "part").search(no.text) and not yes.sides
    ):
        return True
    if _other_people(yes, no):
        return True
    first = pattern("objects", "words").search(yes.text)
    denied = objects_of(no.text)
    spoken_of = yes.objects - objects_of(yes.text)  # in the sentences before
    told = (objects_of(first.group(0)) if first else frozenset()) | spoken_of
    return first is not None and bool(denied) and not told & denied


def _other_hour(yes: Fact, no: Fact) -> bool:
    """Whether what was not done by one hour of a day was done at a later one."""
    early, late = (
        [m.group(0).casefold() for m in pattern("denials", "hours").finditer(f.text)] for f in (no, yes)
    )
    order = tables()["denials"]["hours"]
    return len(early) == len(late) == 1 and order.index(early[0]) < order.index(late[0])


def _only_blasts(yes: Fact, no: Fact) -> bool:
    """Whether an attack is denied of what the other tells only to have burst or burnt."""
    if no.denied & yes.concepts != {"fire"}:
        return False
    blasts = pattern("denials", "blasts")
    told = [yes.text[low:high] for low, high in concept_spans(yes.text, "fire")]
    denied = [no.text[low:high] for low, high in concept_spans(no.text, "fire")]
    return bool(told) and all(map(blasts.fullmatch, told)) and not (denied and blasts.fullmatch(denied[0]))


_ONE_UNHURT = re.compile(
    r"(?:^|[.,;]\s+)\W*(?:The|Our|My|His|Her|Their|No|Not (?:one|an?)|None of the)\s+"
    r"(?:[a-z]+\s+)?(?P<who>[a-z]+)"
    r"(?:\s+of\s+(?:[\w’'-]+\s+){1,3}?|\s+)(?:was|were|had been|has been)\s+(?:not\s+|n[’']t\s+|never\s+)?"
    r"(?:killed|hurt|wounded|injured|shot|harmed|arrested|taken)\b"
)


def _other_people(yes: Fact, no: Fact) -> bool:
    """Whether those of whom a harm is denied are people of one kind, and the harmed of another."""
    match = _ONE_UNHURT.search(no.text)
    if match is None or not people_noun(match["who"]) or pattern("denials", "civil").fullmatch(match["who"]):
        return False
    harmed = {w.casefold() for w in _WORDS.findall(yes.text) if people_noun(w)}
    if not harmed or any(pattern("denials", "anybody").fullmatch(w) for w in (*harmed, match["who"])):
        return False
    return stem(match["who"]) not in {stem(w) for w in harmed}


_WORDS = re.compile(r"[a-z]+")
_NO_ARMS = re.compile(
    r"\b(?:no|not any|never any|without)\s+(?P<what>(?:[\w’'-]+\s+){1,3}?)"
    r"(?:was|were|had been|has been|have been|fell|hit|came|landed|flew|struck|in use|there)\b",
    re.IGNORECASE,
)


_NEVER_USED = re.compile(
    r"\b(?:denie[sd]|never|not|n[’']t|false)\s+(?P<what>[^.;:]{0,70}?\b(?:us(?:e|ed|ing)|employ(?:ed|ing)?|fir(?:ed|ing)|"
    r"dropp(?:ed|ing)|deploy(?:ed|ing)?)\b(?:\s+of)?(?:\s+[\w’'-]+){0,3})",
    re.IGNORECASE,
)


def _other_arms(told: str, denied: str) -> bool:
    """Whether only one make of arms is denied, which the other does not speak of: gas, and not shells."""
    for match in (*_NO_ARMS.finditer(denied), *_NEVER_USED.finditer(denied)):
        kinds = _arms(match["what"])
        if kinds and not kinds & _arms(told):
            return True
    return False


def _arms(text: str) -> frozenset[str]:
    """The makes of arms that a text names; those of one group stand for one another."""
    found = {stem(m.group(0)) for m in pattern("arms", "kinds").finditer(text)}
    return frozenset(next((g[0] for g in tables()["arms"]["same"] if k in g), k) for k in found)


def _still_there(yes: Fact, no: Fact) -> bool:
    """Whether one tells that a place was taken back, and the other that nobody left it."""
    if not (yes.retakes and "withdraw" in no.denied and falls(yes) & no.keys):
        return False
    done = yes.high if yes.high is not None else yes.published
    return done is not None and no.published is not None and done <= no.published


def _narrow(a: Fact, b: Fact) -> bool:
    """Whether two facts name one town, village or building."""
    return same_spot(a, b) and any(p.kind not in {"region", "country"} for p in (*a.places, *b.places))


def _told(yes: Fact, no: Fact) -> bool:
    shared = (no.denied & yes.concepts - yes.denied & set(tables()["nouns"])) or (
        no.denied_words & yes.tokens - yes.denied_words
    )
    if yes.real and _still_there(yes, no):
        return True
    if yes.negated or not yes.real or not shared:
        return False
    if no.spares and not _negated_event(no) and not _spared_of(no) & yes.own:
        return False
    near = yes.document != no.document or abs(yes.sentence - no.sentence) <= 3
    if yes.document == no.document and not (yes.dated and no.dated) and alike(yes, no) < 0.65:
        return False
    return near or (yes.high is not None and no.high is not None)


_SPARED = re.compile(r"\b(?:[Nn]obody|[Nn]o one)\s+(?:was|has been|had been|were)\s+(?:\w+ly\s+)?(\w+)")


def _spared_of(fact: Fact) -> frozenset[str]:
    """The stems of what nobody is said to have suffered: "nobody was flogged"."""
    return frozenset(stem(word) for word in _SPARED.findall(fact.text))


def _hurt(yes: Fact, no: Fact) -> bool:
    """Nobody was hurt against a count of the hurt."""
    if not no.spares or yes.spares or (yes.keys and no.keys and not yes.keys & no.keys):
        return False
    if not any(
        q.kind == "people" and q.fate in {"killed", "wounded", "injured", "missing"} and (q.low or 0) > 0
        for q in yes.quantities
    ):
        return False
    nobody = pattern("patterns", "nobody").search(no.text)
    if nobody is None:
        return False
    told = no.text[nobody.start() : nobody.end() + 40]
    if re.search(r"\bcivilians?\b", told, re.IGNORECASE) and any(_armed(q) for q in yes.quantities):
        return False
    return _same_fate(told, yes)


def _armed(q: Quantity) -> bool:
    """Whether a count is of people under arms, whom "no civilians" does not speak of."""
    return q.kind == "people" and q.what in _ARMED


_ARMED = frozenset({"soldier", "officer", "fighter", "police"})


def _same_fate(words: str, yes: Fact) -> bool:
    """Whether what befell nobody is what befell the counted: "no casualties" is against both."""
    fates = {q.fate for q in yes.quantities if q.kind == "people" and (q.low or 0) > 0}
    if re.search(r"\b(?:casualt|victim|loss)", words, re.IGNORECASE):
        return bool(fates & {"killed", "wounded", "injured"})
    if re.search(r"\b(?:injur|hurt|wound|harm)", words, re.IGNORECASE):
        return bool(fates & {"wounded", "injured", "killed"})
    if re.search(r"\b(?:kill|die|dead|death|fatalit)", words, re.IGNORECASE):
        return "killed" in fates
    return False


def _negated_event(fact: Fact) -> bool:
    return (
        re.search(
            r"\b(did not|was not|were not|has not|have not|had not|didn't|wasn't|weren't|never|denied|"
            r"denies|had been no|was no|were no)\b",
            fact.text,
            re.I,
        )
        is not None
    )


_NONE = re.compile(r"^\W*(?:[Oo]n [^,]{4,30},?\s+)?(?:[Nn]o|[Nn]ot (?:one|a(?: single)?)|[Nn]one of the)\s")


def _none_at_all(yes: Fact, no: Fact) -> bool:
    """Whether of a day's things one is told to have met what "no such thing" met on that day."""
    one_day = no.dated and no.low is not None and no.low == no.high == yes.low == yes.high
    met = no.denied & yes.concepts - yes.denied
    return bool(one_day and met and no.objects & yes.objects and _NONE.search(no.text)) and not contrasted(
        yes, no
    )


SAME_WORDS, SAME_MANY = 0.55, 5
"""How alike two stretches are, and by how many words, that tell and deny one deed without a place."""


def _one_happening(a: Fact, b: Fact, least: float) -> bool:
    if _still_there(a, b) or _still_there(b, a):
        return not contrasted(a, b)
    if (
        a.document == b.document
        and abs(a.sentence - b.sentence) <= 2
        and least <= 0.3
        and not contrasted(a, b)
    ):
        return True
    if _none_at_all(a, b) or _none_at_all(b, a):
        return True
    verbs = a.denied_words & b.tokens | b.denied_words & a.tokens
    if not (a.concepts & b.concepts or verbs) or contrasted(a, b):
        return False
    score = alike(a, b)
    placeless = a.document != b.document and not (a.sites and b.sites)
    if verbs and placeless and score >= SAME_WORDS and len(a.own & b.own) >= SAME_MANY:
        return True
    one_day = a.dated and b.dated and a.low is not None and a.low == b.low and a.high == b.high
    if (
        not same_spot(a, b)
        and (len(a.anchors & b.anchors) < 2 or score < 0.6)
        and not (one_day and score >= 0.6)
    ):
        return False
    if one_day and a.low == a.high and (a.denied & b.concepts | b.denied & a.concepts) and _narrow(a, b):
        return True
    if verbs and one_day and same_spot(a, b):
        least = min(least, 0.3)
    if same_spot(a, b) and a.types & b.types:
        if a.types & b.types & {"capture", "withdraw", "siege"}:
            return a.high is not None and b.high is not None
        least = min(least, 0.34) if a.dated and b.dated else least
    return score >= least
