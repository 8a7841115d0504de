"""Each side blames the other for one happening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from svidok.events.atoms import fold
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.elsewhere import elsewhere
from svidok.events.findings.facts import Fact, stem
from svidok.events.findings.sameness import same_happening
from svidok.events.findings.say import capitalised, subject
from svidok.events.findings.similar import alike, contrasted, disjoint, one_day, same_spot, spots_apart
from svidok.events.findings.sites import people_noun
from svidok.events.findings.vocabulary import (
    camp,
    concepts_of_words,
    pattern,
    plain_words,
    tables,
    vague_actors,
)
from svidok.records import Actor, Finding

__all__ = ["candidates", "check"]

_WORK = re.compile(
    r"\b(?:(?:the )?(?:work|handiwork|doing|deed|crime) of|carried out by|committed by|"
    r"perpetrated by|at the hands of|"
    r"(?:fired|shot|launched|planted|laid|dropped|blown up|caused|staged|begun|started|opened|"
    r"provoked) by)\s+"
    r"(?:the\s+)?(?P<who>[^,.;:]{2,50})"
)
_BY = re.compile(
    r"\b(?:was|were|been)\s+"
    r"(?:attacked|bombed|shelled|struck|hit|raided|stormed|burned|burnt|looted|blown up)\b"
    r"[^,.;:]{0,30}?\sby\s+(?:the\s+)?(?P<who>[^,.;:]{2,50})"
)
_BY_WEAPON = re.compile(
    r"\b(?:rockets?|missiles?|shells?|bombs?|drones?|mortars?|mines?|gunners?|aircraft|jets?|planes?)\s+"
    r"(?:\w+ )?(?:of|from|by|fired by|launched by|belonging to)\s+(?:the\s+)?(?P<who>[^,.;:]{2,50})"
)
_BLAME = re.compile(
    r"\b(?:(?P<said>said|says)|accus(?:ed|es|ing)|blam(?:ed|es|ing)|held|holds|charg(?:ed|es))\s+(?:the\s+)?"
    r"(?P<who>.{2,60}?)\s+"
    r"(?(said)(?:was|were) (?:behind|responsible)|"
    r"(?:of|for|responsible for|with|(?:was|were) (?:behind|responsible)))\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:they|he|she|it|who|that|which|them|we|i|you)", re.IGNORECASE)
_SUFFERS = re.compile(r"\b(?:suffer|los[et]|sustain|incur|endur)", re.IGNORECASE)
"""Verbs whose subject is harmed and does no harm."""
_POINTING = re.compile(r"(?:this|these|that|those|such)\s", re.IGNORECASE)
"""Words that point back to somebody named before: they name no other."""
_NAMELESS = re.compile(r"(?:[Ww]e|us|I|(?:[Oo]ur|[Mm]y)(?:\s+own)?(?:\s+[a-z-]+)+)\b(?!\s+[A-Z])")
"""One's own people, of whom only the teller's side would tell who they were to others."""
_HARM = frozenset({"fire", "kill", "destroy", "harm", "fight", "detain", "hurt", "displace"})
_DEEDS = _HARM - {"fight", "detain", "displace"}


@dataclass(frozen=True, slots=True)
class Blame:
    """A side that is said to have done a harm, by which fact."""

    side: str
    fact: Fact


def check(dossier: Dossier) -> Iterator[Finding]:
    """Facts of one harm that name different sides as its author."""
    for a, b, left, right, sided in candidates(dossier):
        spoken = bool(a.speaker and b.speaker and a.speaker != b.speaker)
        ruled = _one_harm(a, b) and (sided or (spoken and alike(a, b) >= 0.34))
        if not (ruled or same_happening(a, b, "actor", reports=len(dossier.readings))):
            continue
        noun = subject(a, b)
        yield Finding(
            "actor",
            "high",
            f"{capitalised(noun)} is laid to {left} by one account and to {right} by another.",
            (dossier.words(a, left), dossier.words(b, right)),
        )


def candidates(dossier: Dossier) -> Iterator[tuple[Fact, Fact, str, str, bool]]:
    """Pairs of facts of a harm with different authors: both authors, and whether both are sides."""
    blames = {id(f): _blamed(dossier, f) for f in dossier.facts}
    words = {id(f): _authors(dossier, f) for f in dossier.facts}
    for a, b in dossier.pairs:
        one, two = blames[id(a)], blames[id(b)]
        sided = bool(one and two)
        apart = not one & two if sided else _told_apart(words[id(a)], words[id(b)])
        if not apart and (sided or not _state_and_rebels(dossier, a, b)):
            continue
        if (a.document, a.sentence) == (b.document, b.sentence) or not a.concepts & b.concepts & _HARM:
            continue
        if disjoint(a, b) or a.negated or b.negated or spots_apart(a, b) is not None or elsewhere(a, b):
            continue
        if a.target_sides and b.target_sides and not a.target_sides & b.target_sides:
            continue
        if _also_called(words[id(a)], b) or _also_called(words[id(b)], a):
            continue
        if not sided and (_named_in(words[id(a)], b) or _named_in(words[id(b)], a)):
            continue
        tied = _names(a) & _names(b) or a.objects & b.objects or _same_words(a, b)
        if bool(a.sites) != bool(b.sites) and not tied:
            continue  # what one tells of no place can be another place
        if sided:
            yield a, b, sorted(one)[0], sorted(two)[0], True
        else:
            left, right = (" ".join(sorted(words[id(f)].values())) for f in (a, b))
            yield a, b, left, right, False


SAME_WORDS = 4
"""Content words that two accounts of one day share, from which they can be of one harm without a name."""


def _same_words(a: Fact, b: Fact) -> bool:
    return one_day(a, b) and len(a.own & b.own) >= SAME_WORDS


def _one_harm(a: Fact, b: Fact) -> bool:
    if contrasted(a, b):
        return False
    score = alike(a, b)
    spoken = bool(a.speaker and b.speaker and a.speaker != b.speaker)
    if same_spot(a, b):
        if a.dated and b.dated:
            return score >= (0.25 if spoken else 0.5)
        return score >= 0.25 if spoken else score >= 0.7 and a.document != b.document
    return bool(a.anchors & b.anchors) and score >= 0.5 and spoken


def _blamed(dossier: Dossier, fact: Fact) -> frozenset[str]:
    """The sides that a fact names as authors of a harm."""
    if fact.modality in {"planned", "possible", "requested"} or not fact.concepts & _HARM:
        return frozenset()
    reading = dossier.by_document[fact.document]
    blamed = (e.search(fact.text) for e in (_BLAME, _WORK, _BY, _BY_WEAPON))
    for match in (*(m for m in blamed if m), *_doers(dossier, fact)):
        start, end = fact.start + match.start("who"), fact.start + match.end("who")
        named = {_side(a) for a in reading.actors if a.start < end and start < a.end}
        found = frozenset(s for s in named if s)
        if found:
            return found
    told = _wielders(fact)
    return told | frozenset(
        a.side
        for c in fact.claims
        for claim in [dossier.claims[c]]
        if claim.type not in {"capture", "displace", "withdraw", "aid", "negotiate"}
        and not _SUFFERS.search(reading.document.text[claim.trigger[0] : claim.trigger[1]])
        for a in claim.actors
        if a.side and not _PRONOUN.fullmatch(a.text)
    )


def _authors(dossier: Dossier, fact: Fact) -> dict[str, str]:
    """The words that name the authors of a harm, by their stems, when no side is known."""
    words: dict[str, str] = {}
    blamed = _BLAME.search(fact.text)
    if blamed is None and fact.low is not None and fact.low == fact.high:
        blamed = _WORK.search(fact.text) or _BY.search(fact.text)
    if blamed is None and fact.concepts & _HARM and fact.modality != "planned":
        blamed = next(_doers(dossier, fact), None)
    if blamed is not None:
        return {} if _NAMELESS.match(blamed.group("who")) else _content(blamed.group("who"))
    for claim_id in fact.claims:
        claim = dossier.claims[claim_id]
        if claim.type in {
            "attack_civilians",
            "strike",
            "air_strike",
            "bomb",
            "chemical",
            "destroy",
            "casualties",
        }:
            if _SUFFERS.search(fact.text[max(0, claim.trigger[0] - fact.start) :][:12]):
                continue
            for actor in claim.actors:
                if _acts(actor) and not (_POINTING.match(actor.text) or _NAMELESS.match(actor.text)):
                    words.update(_content(actor.text))
    return words


def _acts(actor: Actor) -> bool:
    """Whether an actor's words are of people or their arms, and not of what they did: "the strikes"."""
    if actor.side or actor.kind or actor.name or camp(actor.text):
        return True
    return pattern("authors", "doers").search(actor.text) is not None or any(
        people_noun(word) for word in actor.text.split()
    )


@lru_cache(maxsize=1)
def _ways() -> tuple[re.Pattern[str], ...]:
    """Ways to name who did a thing: "it was X who", "by X", "came from X positions", "X set it alight"."""
    return tuple(re.compile(words) for words in tables()["authors"]["ways"])


def _doers(dossier: Dossier, fact: Fact) -> Iterator[re.Match[str]]:
    """Every place where a fact names those who did its harm, if its words are of people or of their arms."""
    reading = dossier.by_document[fact.document]
    for expression in _ways():
        for match in expression.finditer(fact.text):
            deed = match.groupdict().get("deed")
            told = re.split(r"[,;:.]", fact.text[: match.end("deed")])[-1] if deed is not None else ""
            if deed is not None and not concepts_of_words(told + deed) & _DEEDS:
                continue  # "the fire was laid" tells of a harm by its subject
            start, end = fact.start + match.start("who"), fact.start + match.end("who")
            acts = any(a.start < end and start < a.end and (a.side or a.kind) for a in reading.actors)
            if acts or camp(match.group("who")) or pattern("authors", "doers").search(match.group("who")):
                yield match


def _content(text: str) -> dict[str, str]:
    """The content words of a text by their stems."""
    found = re.findall(r"[^\W\d_][\w’'-]+", text)
    return {stem(w): w for w in found if fold(w) not in plain_words()}


def _also_called(authors: dict[str, str], other: Fact) -> bool:
    """Whether the other account says that its author goes by this name too ("whom they call...")."""
    names = {key for key, word in authors.items() if word[0].isupper()}
    return bool(names & other.tokens) and pattern("actors", "alias").search(other.text) is not None


def _names(fact: Fact) -> frozenset[str]:
    """The stems of the proper names of a fact, with those of its places."""
    return fact.anchors | {stem(word) for site in fact.sites for word in site.name.split()}


def _named_in(authors: dict[str, str], other: Fact) -> bool:
    """Whether the other account names this author too, and lays the harm to nobody in so many words."""
    names = (word for word in authors.values() if word[0].isupper())
    return not _BLAME.search(other.text) and any(name in other.text for name in names)


def _told_apart(one: dict[str, str], two: dict[str, str]) -> bool:
    if not one or not two or one.keys() & two.keys():
        return False
    camps = [camp(" ".join(words.values())) for words in (one, two)]
    if None not in camps:
        return camps[0] != camps[1]
    return bool(one.keys() - vague_actors()) and bool(two.keys() - vague_actors())


_REBELS = frozenset({"rebel", "militia"})


def _state_and_rebels(dossier: Dossier, a: Fact, b: Fact) -> bool:
    """Whether one lays a harm to the government's arms and the other to those who fight it."""
    told = [_by_state(f) for f in (a, b)]
    if told[0] == told[1]:
        return False
    other = b if told[0] else a
    by = [actor for c in other.claims for actor in dossier.claims[c].actors]
    return any(x.kind in _REBELS for x in by) and all(x.kind in _REBELS for x in by if x.kind)


def _by_state(fact: Fact) -> bool:
    match = pattern("actors", "state").search(fact.text)
    return match is not None and _AIMED.search(fact.text[: match.start()]) is None


_WIELDED = re.compile(
    r"(?P<before>(?:\b[\w-]+\W+){0,2})\b(?P<word>[A-Z][\w-]+)\s+(?:[a-z-]+\s+){0,2}?(?:interceptors?|"
    r"missiles?|rockets?|"
    r"shells?|air ?strikes?|strikes?|jets?|drones?|artillery|bombs?|warplanes?|aircraft|gunners?|fire|"
    r"shelling|bombing|"
    r"raids?|gunboats?|helicopters?|snipers?|mortars?|mines?)\b"
)
_AIMED = re.compile(
    r"\b(?:on|at|against|hit|struck|destroyed|downed|shot|killed|towards?|intercepted)\W+(?:\w+\W+)?$", re.I
)


def _wielders(fact: Fact) -> frozenset[str]:
    """The sides whose weapons do the harm: "an Israeli interceptor killed", not "on a Syrian jet"."""
    from svidok.atlas.actors import load_actors

    out = set()
    for match in _WIELDED.finditer(fact.text):
        if _AIMED.search(match.group("before")):
            continue
        owner = load_actors().demonym(match.group("word"))
        if owner is not None and owner.side:
            out.add(owner.side)
    return frozenset(out)


def _side(actor: Actor) -> str | None:
    return actor.side or actor.name
