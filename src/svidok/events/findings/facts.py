"""Facts: what each sentence tells, in the form in which accounts can be compared.

A fact is a sentence (or, where a sentence tells several dated happenings, one clause of it) with the
places, the interval, the counts and the voice that its claims and mentions give it. Sentences that
bore no claim are read by their words alone, so that captions and fragments are compared too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from svidok.events.atoms import finest, fold
from svidok.events.days import first_day, interval
from svidok.events.findings.counting import counting
from svidok.events.findings.sites import Site, names_weapon, people_noun, sites_of
from svidok.events.findings.tolls import tolls
from svidok.events.findings.vocabulary import (
    another,
    concepts_of_type,
    concepts_of_words,
    counts_on,
    objects_of,
    pattern,
    plain_words,
    tables,
    titles,
)
from svidok.records import Claim, Offsets, Place, Quantity, Quotation, Reading, Sentence, Time

__all__ = ["Fact", "dates_in", "facts_of", "is_date", "quote", "sentence_fact", "stem", "telling", "views_of"]

_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d+[A-Za-z][\w-]*")
SPEAKS = re.compile(
    r"\b(?:sa(?:id|ys|ying)|told|tells|wr[io]tes?|declar\w+|announc\w+|stat(?:ed|es|ing)|add(?:ed|s)|"
    r"insist\w+|warn\w+|"
    r"repl\w+|answer\w+|claim\w+|report\w+|accus\w+|blam\w+|den(?:y|ied|ies)|tweet\w+|post(?:ed|s)|recall\w+|"
    r"according|confirm\w+|admit\w+|acknowledg\w+|inform\w+|argu\w+|explain\w+|not(?:ed|es)|vow\w+|put|puts|"
    r"count(?:ed|s)|testif\w+|remember\w+|estimat\w+|assert\w+|maintain\w+|promis\w+|spoke|speaks?)\b",
    re.IGNORECASE,
)
LENT_REACH = 400
"""Characters back within which a place that a claim inherits is believed."""
_WIDE = frozenset({"region", "country"})
_REGION_WIDE = re.compile(
    r"\b(?:in|across|throughout|over)\s+(?:the\s+)?(?:whole\s+|entire\s+)?"
    r"(?:region|oblast|province|governorate|state|country)\b"
)
_NAME_PART = r"[^\W\d_a-z][\w’'-]+"
_GIVEN = re.compile(
    rf"(?<![\w-])(?=(?P<first>{_NAME_PART})\s+(?P<last>{_NAME_PART})(?![\w-]))|"
    rf"(?<![\w-])(?P<family>{_NAME_PART}),\s+(?P<after>{_NAME_PART}),"
)
_SPELL = re.compile(
    r"\b(?:in|within|over|during)\s+(?:an?|one|two|three|four|five|six|several|\d+|the (?:past|last|first)"
    r"(?:\s+\w+)?)\s+(?:days|weeks?|months?|years?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Fact:
    """What one stretch of one report tells.

    What pairs ask of it again and again is worked out once, so it has no slots.

    ``low``/``high`` are day numbers, ``dated`` tells that the words give them (no scene, no dateline);
    ``time`` the words of the date; ``tokens`` the stems of content words, ``anchors`` those of proper
    names that are neither dates nor the places themselves; ``people`` the stems of the names of persons
    to whom it happened (not of those who only tell of it). ``report_names`` and ``report_words`` are the
    names and the content words of its whole report.
    """

    document: str
    published: int | None
    sentence: int
    start: int
    end: int
    text: str
    concepts: frozenset[str]
    places: tuple[Place, ...]
    low: int | None
    high: int | None
    dated: bool
    time: Offsets | None
    quantities: tuple[Quantity, ...]
    sides: frozenset[str]
    target_sides: frozenset[str]
    negated: bool
    modality: str
    speaker: str | None
    tokens: frozenset[str]
    anchors: frozenset[str]
    objects: frozenset[str] = frozenset()
    sites: tuple[Site, ...] = ()
    types: frozenset[str] = frozenset()
    claims: tuple[str, ...] = ()
    lent: bool = False
    own: frozenset[str] = frozenset()
    scene: int = -1
    denied: frozenset[str] = frozenset()
    denied_words: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    report_names: frozenset[str] = frozenset()
    report_words: frozenset[str] = frozenset()

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all sites."""
        return frozenset(k for site in self.sites for k in site.keys)

    @cached_property
    def narrow(self) -> tuple[Place, ...]:
        """The places without countries, unless it names nothing else."""
        return tuple(p for p in self.places if p.kind != "country") or self.places

    @cached_property
    def real(self) -> bool:
        """Whether it is told as something that happened."""
        return not self.negated and self.modality in {"asserted", "reported", "announced"}

    @cached_property
    def phase(self) -> str:
        """Whether it tells the start or the end of something: "start", "end", "both" or ""."""
        start = pattern("patterns", "start").search(self.text)
        end = pattern("patterns", "end").search(self.text)
        return "both" if start and end else "start" if start else "end" if end else ""

    @cached_property
    def retakes(self) -> bool:
        """Whether it tells that something was taken back."""
        return pattern("order", "regain").search(self.text) is not None

    @cached_property
    def another(self) -> bool:
        """Whether it says that it tells of another happening of its kind."""
        return another(self.text)

    @cached_property
    def spares(self) -> bool:
        """Whether it says that nobody was hurt."""
        return pattern("patterns", "nobody").search(self.text) is not None

    @cached_property
    def region_wide(self) -> bool:
        """Whether it speaks of a whole region or country."""
        return _REGION_WIDE.search(self.text) is not None

    @cached_property
    def of_spell(self) -> bool:
        """Whether it counts over a span of time ("in a month")."""
        return _SPELL.search(self.text) is not None

    @cached_property
    def given(self) -> dict[str, frozenset[str]]:
        """The words that stand as given names before each family name, or behind it and a comma."""
        out: dict[str, set[str]] = {}
        for match in _GIVEN.finditer(self.text):
            first, last = match["first"] or match["after"], match["last"] or match["family"]
            if not {fold(first), fold(last)} & (titles() | plain_words()):
                out.setdefault(stem(last), set()).add(stem(first))
        return {family: frozenset(names) for family, names in out.items()}

    @property
    def spot(self) -> Place | None:
        """The first place that is narrower than a region and has a point."""
        return next((p for p in self.places if p.lat is not None and p.kind not in _WIDE), None)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A crude stem, enough to match forms of one English word.

    >>> stem("bombed") == stem("bombing") == stem("bombs")
    True
    """
    word = fold(word).rstrip("-")
    for ending, shortest in (
        ("'s", 3),
        ("ions", 5),
        ("ion", 5),
        ("ings", 4),
        ("ing", 4),
        ("ied", 3),
        ("ies", 3),
        ("ed", 3),
        ("es", 4),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            word = word[: -len(ending)]
            return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl" else word
    if word.endswith("s") and len(word) > 3 and not word.endswith("ss"):
        return word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def quote(text: str, document: str, span: Offsets, says: str | None) -> Quotation:
    """The exact words of a document at these offsets."""
    return Quotation(document, span[0], span[1], text[span[0] : span[1]], says)


def views_of(reading: Reading) -> list[Reading]:
    """For each sentence the reading with only the mentions that stand in it, so that none is sought twice."""
    starts = [s.start for s in reading.sentences]
    kinds = ("places", "times", "actors", "quantities")
    held: list[dict[str, list[object]]] = [{k: [] for k in (*kinds, "attributions")} for _ in starts]
    for kind in kinds:
        for mention in getattr(reading, kind):
            if starts:
                held[_index(starts, mention.start)][kind].append(mention)
    for spoken in reading.attributions:
        spans = [s for s in (spoken.source, spoken.cue, spoken.content) if s]
        first, last = min(s[0] for s in spans), max(s[1] for s in spans)
        for number in range(
            _index(starts, first), min(_index(starts, max(first, last - 1)) + 1, len(starts))
        ):
            held[number]["attributions"].append(spoken)
    return [
        Reading(reading.document, reading.sentences, **{k: tuple(v) for k, v in own.items()})  # type: ignore[arg-type]
        for own in held
    ]


def facts_of(reading: Reading, views: Sequence[Reading] | None = None) -> list[Fact]:
    """All facts of one reading, in the order of its text.

    Args:
        views: from ``views_of``, when they are at hand.
    """
    views = views_of(reading) if views is None else views
    own: dict[int, list[Claim]] = {}
    starts = [s.start for s in reading.sentences]
    for claim in sorted(reading.claims, key=lambda c: (c.start, c.trigger, c.type, c.id)):
        if claim.time and claim.time.span and _some_day(reading.document.text, claim.time.span):
            claim = replace(claim, time=None)
        if claim.type != "statement":
            own.setdefault(_index(starts, claim.trigger[0]), []).append(claim)
    facts = []
    for number, sentence in enumerate(reading.sentences):
        if sentence.end > sentence.start:
            read = _completed(_of_sentence(reading, views[number], number, own.get(number, [])))
            facts += [_meant(_said_when(f, views[number])) for f in read]
    return _lent(reading, facts)


def _completed(parts: Sequence[Fact]) -> list[Fact]:
    """Give clauses that name no place the sites of the clause before them in their sentence, and its things.

    "The hospital at X has been shut since it was hit on 17 June" tells where the hit fell.
    """
    out: list[Fact] = []
    for fact in parts:
        named = next((f for f in reversed(out) if (f.sites or f.anchors) and f.start <= fact.start), None)
        if named is not None and not fact.sites and not fact.places:
            fact = replace(
                fact,
                sites=named.sites,
                places=named.places,
                anchors=fact.anchors or named.anchors,
                objects=fact.objects or named.objects,
                tokens=fact.tokens if fact.anchors else fact.tokens | named.anchors,
            )
        out.append(fact)
    return out


def _meant(fact: Fact) -> Fact:
    """What was to happen is planned; what is not known is no denial."""
    if fact.real and pattern("patterns", "intended").search(fact.text):
        verbs = [m.end() for m in pattern("patterns", "intended").finditer(fact.text)]
        if concepts_of_words(fact.text[max(0, verbs[0] - 12) : verbs[0] + 40]):
            return replace(fact, modality="planned")
    if (fact.denied or fact.denied_words) and pattern("patterns", "unknown").search(fact.text):
        return replace(fact, denied=frozenset(), denied_words=frozenset(), negated=False, modality="possible")
    return fact


def _said_when(fact: Fact, reading: Reading) -> Fact:
    """A date beside the saying verb dates the saying: what is told happened by then, no one says when."""
    if fact.time is None or not fact.dated:
        return fact
    low, high = fact.time
    for spoken in reading.attributions:
        start, end = spoken.content
        if spoken.cue[0] < fact.start or spoken.cue[1] > fact.end or (start <= low and high <= end):
            continue
        if not SPEAKS.search(reading.document.text[spoken.cue[0] : spoken.cue[1]]):
            continue
        between = (spoken.cue[0], low) if spoken.cue[0] < low else (high, spoken.cue[1])
        if between[1] - between[0] <= 40 and (end <= low or high <= start) and end - start > 12:
            return replace(fact, low=None, dated=False)
    return fact


_BACK = re.compile(
    r"^\W*(?:In all|Altogether|In total|By contrast|Later|Overall|Afterwards|Then)?\W*"
    r"(?:The|This|That|It|They|He|She|Its|Their|His|Her|These|Those)\b|\bthe (?:attack|strike|blast|"
    r"explosion|raid|"
    r"massacre|battle|bombing|shelling|killings?|assault|clash|crash|ambush|siege|disaster|operation)\b|"
    r"^\W*the (?:city|town|village|port|island|fortress|base|airfield)\b|"
    r"^\W*(?:All|Most|Some|Several|Each|Many|Both) of (?:them|us|these)\b|"
    r"^\W*(?:Nobody|No one|None|No (?:casualties|deaths|injuries|victims|civilians|soldiers|people))\b"
)


_OF_HOUR = re.compile(
    r"(?:(?:by|at|before|after|until|that|the same|this|the next|the following|late|early|first)\s+)*"
    r"(?:dusk|dawn|noon|midday|midnight|nightfall|sunset|sunrise|daybreak|evening|morning|afternoon|night|day|light|dark)",
    re.IGNORECASE,
)


def _of_hour(reading: Reading, fact: Fact) -> bool:
    """Whether the time of a fact is only an hour of the day told before, or the day after it."""
    words = reading.document.text[fact.time[0] : fact.time[1]] if fact.time is not None else ""
    return _OF_HOUR.fullmatch(words) is not None


_TOLL_OF = frozenset({"kill", "hurt", "rescue", "destroy"})
_HARM_OF = frozenset({"fire", "destroy", "fight", "kill", "harm"})


def _lent(reading: Reading, facts: Sequence[Fact]) -> list[Fact]:
    """Let sentences that plainly go on with a scene ("The attack killed...") have its place, day "
    "and things."""
    out: list[Fact] = []
    scene: Fact | None = None
    for fact in facts:
        here = fact
        near = scene is not None and 0 <= fact.sentence - scene.sentence <= 2 and fact.start > scene.start
        goes_on = not fact.sites and (fact.lent or _BACK.search(fact.text) is not None)
        goes_on = goes_on or (not fact.sites and scene is not None and _same_thing(fact, scene))
        goes_on = goes_on or (not fact.sites and scene is not None and bool(fact.concepts & scene.concepts))
        if scene is not None and not fact.sites and fact.concepts & _TOLL_OF and scene.concepts & _HARM_OF:
            goes_on = True
        if (
            scene is not None
            and not fact.sites
            and not fact.places
            and fact.dated
            and _of_hour(reading, fact)
        ):
            goes_on = True
        if scene is not None and near and goes_on and (fact.concepts or fact.quantities or fact.sides):
            block = reading.sentences[fact.sentence].block == reading.sentences[scene.sentence].block
            if block:
                here = replace(
                    fact,
                    concepts=fact.concepts or scene.concepts,
                    places=fact.places or scene.places,
                    sites=scene.sites,
                    low=fact.low if fact.dated else scene.low,
                    high=fact.high if fact.dated else scene.high,
                    tokens=fact.tokens | scene.tokens,
                    anchors=fact.anchors | scene.anchors,
                    objects=fact.objects | scene.objects,
                    lent=True,
                    scene=scene.start,
                )
        if out:
            here = _of_town(reading, out[-1], _pronoun(reading, out[-1], here))
        telling_of = fact.concepts or fact.objects or fact.dated or fact.sides
        placed = fact.places or fact.sites or (fact.objects and fact.dated and fact.concepts)
        if placed and telling_of and not fact.lent and not _only_from(fact):
            scene = fact
        out.append(here)
    return _of_report(out)


def _of_report(facts: Sequence[Fact]) -> list[Fact]:
    """Lend the one town that a report speaks of to what it tells without a place, and its one day."""
    placed = [f for f in facts if f.sites and not f.lent and not f.region_wide]
    shared = frozenset.intersection(*(f.keys for f in placed)) if placed else frozenset()
    if not shared:
        return list(facts)
    days = {(f.low, f.high) for f in facts if f.dated}
    low, high = days.pop() if len(days) == 1 else (None, None)
    out = []
    for fact in facts:
        if not (fact.sites or fact.places or fact.anchors) and (
            fact.concepts or fact.quantities or fact.denied_words
        ):
            home = min(placed, key=lambda f: (f.sentence > fact.sentence, abs(f.sentence - fact.sentence)))
            sites = tuple(s for s in home.sites if s.keys & shared)
            spots = tuple(s.place for s in sites if s.place is not None)
            fact = replace(fact, sites=sites, places=spots, lent=True)
            if fact.low is None and fact.high is None:
                fact = replace(fact, low=low, high=high)
        out.append(fact)
    return out


@lru_cache(maxsize=1)
def _origin() -> re.Pattern[str]:
    came = pattern("places", "came").pattern
    return re.compile(rf"{came}[^.;]{{0,40}}?\bfrom\s+(?:the\s+)?$", re.IGNORECASE)


def _only_from(fact: Fact) -> bool:
    """Whether a fact names a place only as that which people came from: nothing after it plays there."""
    spots = [s.start - fact.start for s in fact.sites]
    return bool(spots) and all(_origin().search(fact.text[: max(0, at)]) for at in spots)


_PRONOUN = re.compile(r"^\W*(?:It|They)\b")
_TOWNS_OWN = re.compile(r"\bthe (?:city|town|village|port|island)['’]s\b", re.IGNORECASE)


def _pronoun(reading: Reading, before: Fact, fact: Fact) -> Fact:
    """A sentence that begins with "it" speaks of the thing that the sentence before spoke of."""
    if fact.objects or not before.objects or not _PRONOUN.match(fact.text):
        return fact
    return replace(fact, objects=before.objects) if _next_to(reading, before, fact) else fact


def _of_town(reading: Reading, before: Fact, fact: Fact) -> Fact:
    """ "The city's market" is that of the one town which the sentence before named."""
    if fact.sites or before.lent or len(before.sites) != 1 or not _TOWNS_OWN.search(fact.text):
        return fact
    if not _next_to(reading, before, fact):
        return fact
    return replace(fact, places=fact.places or before.places, sites=before.sites, lent=True)


def _next_to(reading: Reading, before: Fact, fact: Fact) -> bool:
    """Whether a fact stands in the sentence after another, or the same, in one paragraph."""
    here, there = reading.sentences[fact.sentence], reading.sentences[before.sentence]
    return fact.sentence - before.sentence <= 1 and here.block == there.block


_DEFINITE = re.compile(r"^\W*(?:The|This|That|These|Those|Its|Their)\s+(?:\w+\s+)?(?P<noun>[a-z]\w+)")


def _same_thing(fact: Fact, scene: Fact) -> bool:
    """Whether a sentence begins with a thing that the scene spoke of: "The column is now..."."""
    match = _DEFINITE.match(fact.text)
    return match is not None and bool({stem(w) for w in match.group(0).split()} & scene.tokens)


def _index(starts: Sequence[int], offset: int) -> int:
    from bisect import bisect_right

    return max(0, bisect_right(starts, offset) - 1)


def sentence_fact(view: Reading, number: int) -> Fact:
    """One whole sentence as a fact, read by its words alone, from its own view."""
    sentence = view.sentences[number]
    return _clause(view, number, sentence, sentence.start, sentence.end)


def _of_sentence(reading: Reading, view: Reading, number: int, claims: Sequence[Claim]) -> list[Fact]:
    sentence = view.sentences[number]
    out = []
    for start, end in _segments(sentence):
        inside = [c for c in claims if start <= c.trigger[0] < end]
        out += _of_segment(reading, view, number, inside, (start, end))
    return out


_SEMICOLON = re.compile(r";\s+(?=\S)|,?\s+and\s+(?=(?:he|she|it|they)\s)")
_ONLY_DATES = re.compile(r"\W*(?:It|That|This) was (?:on |the )?[^,;]{0,30}?(?:,[^,;]*)?\d{1,4}\W*$")
"""A clause that only tells the day of the one joined to it: "It was 15 February, and he signed"."""
LEAST_SEGMENT = 4
"""Words that a stretch between semicolons has at least, to be a clause of its own."""


def _segments(sentence: Sentence) -> list[Offsets]:
    """Cut a sentence at semicolons, and before "and she", between full clauses."""
    cuts = [0]
    for mark in _SEMICOLON.finditer(sentence.text):
        if _ONLY_DATES.match(sentence.text[cuts[-1] : mark.start()]):
            continue
        if min(
            len(sentence.text[cuts[-1] : mark.start()].split()), len(sentence.text[mark.end() :].split())
        ) >= (LEAST_SEGMENT):
            cuts.append(mark.end())
    cuts.append(len(sentence.text))
    return [(sentence.start + a, sentence.start + b) for a, b in pairwise(cuts)]


_NUMBER = re.compile(r"\b(?!(?:1[5-9]|20)\d\d\b)\d{1,3}(?:,?\d{3})+\b|\b\d{3}\b|\b(?:hundred|thousand)\b")
"""A number that a sentence can count up to."""


def _of_segment(
    reading: Reading, view: Reading, number: int, claims: Sequence[Claim], span: Offsets
) -> list[Fact]:
    sentence = view.sentences[number]
    dates = telling(dates_in(view, *span))
    voices = {(c.polarity, c.modality, c.speaker) for c in claims}
    spans = {(c.time.earliest, c.time.latest) for c in claims if c.time and not c.time.inherited}
    goes_on = counts_on(view.document.text[span[0] : span[1]])
    one_day = len(dates) <= 1 and len(spans) <= 1
    if (one_day or (goes_on and _NUMBER.search(sentence.text))) and len(voices) <= 1:
        return [_whole(reading, view, number, claims, dates, span)]
    told = [_of_claims(reading, view, number, group, span) for group in _grouped(claims)]
    spoken = {f.time for f in told if f.dated and f.time}
    for start, end in _clauses(sentence, dates, span):
        here = [t for t in dates if start <= t.start and t.end <= end]
        if not any(a < t.end and t.start < b for t in here for a, b in spoken):
            part = _clause(view, number, sentence, start, end)
            own = reading.document.text[span[0] : span[1]]
            told.append(part if part.concepts else replace(part, concepts=concepts_of_words(own)))
    return sorted(told, key=lambda f: (f.start, f.end, f.claims))


def telling(dates: Sequence[Time]) -> list[Time]:
    """Dates without those that only repeat or widen another of the same sentence ("that evening")."""
    spans = [interval(t.earliest, t.latest) for t in dates]
    kept = []
    for index, (low, high) in enumerate(spans):
        narrower = any(
            other != index
            and _within(spans[other], (low, high))
            and (spans[other] != (low, high) or other < index)
            for other in range(len(spans))
        )
        if not narrower:
            kept.append(dates[index])
    return kept


def _within(inner: tuple[int | None, int | None], outer: tuple[int | None, int | None]) -> bool:
    if None in inner or None in outer:
        return False
    return outer[0] <= inner[0] and inner[1] <= outer[1]  # type: ignore[operator]


def _grouped(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims of one sentence that share time, places and voice are one fact."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        time = (claim.time.earliest, claim.time.latest) if claim.time else None
        key = repr((time, claim.places, claim.polarity, claim.modality, claim.speaker))
        groups.setdefault(key, []).append(claim)
    return list(groups.values())


def _clauses(sentence: Sentence, dates: Sequence[Time], span: Offsets) -> list[Offsets]:
    """Cut a sentence with several dates between them, at the last comma, "and" or semicolon before each."""
    cuts = [span[0]]
    for before, after in pairwise(dates):
        gap = sentence.text[before.end - sentence.start : after.start - sentence.start]
        marks = list(re.finditer(r"(?<!\d)[,:]|[,:](?!\d)|[;—–]|\band\b|\bbut\b|\bwhile\b", gap))
        cuts.append(before.end + (marks[0].start() if marks else 0))
    cuts.append(span[1])
    return [(a, b) for a, b in pairwise(cuts) if b > a]


_TITLE = re.compile(
    r"\s+(?:War|Revolution|Uprising|Offensive|Crisis|Massacre|Days|Campaign|Accords?|Agreement|Coup)\b"
)


def dates_in(reading: Reading, start: int, end: int) -> list[Time]:
    """Dates between two offsets, without those that are part of a name ("the July War")."""
    text = reading.document.text
    inside = [t for t in reading.times if start <= t.start and t.end <= end and is_date(t)]
    inside = [t for t in inside if not any(_runs_on(text, t, then) for then in inside)]
    meant = (t for t in inside if not _TITLE.match(text, t.end) and not _of_whole(text, t))
    meant = (t for t in meant if not _some_day(text, (t.start, t.end)))
    return sorted(meant, key=lambda t: (t.start, t.end))


def _runs_on(text: str, time: Time, then: Time) -> bool:
    """Whether an hour without a day of its own runs on into the day: "that evening of the 19th"."""
    return time.type == "TIME" and then.start > time.end and text[time.end : then.start].strip() == "of"


def _of_whole(text: str, time: Time) -> bool:
    """ "The last winter of the blockade" is not the winter before the report."""
    words = text[time.start : time.end].casefold().removeprefix("the ")
    return words.startswith(("last ", "first ")) and re.match(r"\s+of\s+the\b", text[time.end :]) is not None


_SOME_DAY = re.compile(
    r"\b(?:an?|one|some)\s+(?:(?!(?:week|month|year|few|couple|day and)\b)[\w-]+\s+){0,2}?"
    r"(?:morning|forenoon|noon|afternoon|evening|night|dawn|dusk|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"(?:\s+(?:morning|afternoon|evening|night))?",
    re.IGNORECASE,
)
_COUNTED_FROM = re.compile(r"\s*(?:ago|later|earlier|before|after|,?\s*(?:the\s+)?\d)\b", re.IGNORECASE)
SOME_REACH = 24
"""Characters before a time in which an article makes it any day of its name."""


def _some_day(text: str, span: Offsets) -> bool:
    """Whether a time is any of its name: "late on a Wednesday evening", "after a morning of shelling"."""
    if any(c.isdigit() for c in text[span[0] : span[1]]) or _COUNTED_FROM.match(text, span[1]):
        return False
    found = _SOME_DAY.finditer(text, max(0, span[0] - SOME_REACH), span[1])
    return any(f.start() <= span[0] < f.end() for f in found)


def is_date(time: Time) -> bool:
    """Whether a temporal expression is a date with at least one bound."""
    return time.type in {"DATE", "TIME"} and interval(time.earliest, time.latest) != (None, None)


def _whole(
    reading: Reading,
    view: Reading,
    number: int,
    claims: Sequence[Claim],
    dates: Sequence[Time],
    span: Offsets,
) -> Fact:
    sentence = view.sentences[number]
    fact = _clause(view, number, sentence, *span)
    if not claims:
        return fact
    if not fact.places and not fact.sites:
        lent = _distinct(
            finest(
                [
                    reading.places[i]
                    for c in claims
                    for i in c.places
                    if 0 <= sentence.start - reading.places[i].end <= LENT_REACH
                ]
            )
        )
        fact = replace(fact, places=lent, lent=bool(lent))
    return _voiced(view, _timed(fact, claims, dates), claims)


def _of_claims(reading: Reading, view: Reading, number: int, claims: Sequence[Claim], span: Offsets) -> Fact:
    sentence = view.sentences[number]
    start, end = min(c.start for c in claims), max(c.end for c in claims)
    near = [t for c in claims if c.time and c.time.span for t in [c.time.span]]
    if near and not any(c.time.inherited for c in claims if c.time):
        start, end = min(start, *(s[0] for s in near)), max(end, *(s[1] for s in near))
    start, end = max(start, span[0]), min(max(end, start + 1), span[1])
    fact = _clause(view, number, sentence, start, end)
    places = finest([reading.places[i] for c in claims for i in c.places])
    words = " ".join(reading.document.text[c.trigger[0] : c.trigger[1]] for c in claims)
    concepts = frozenset().union(concepts_of_words(words), *(concepts_of_type(c.type) for c in claims))
    fact = replace(
        fact, places=_distinct(places), concepts=concepts, low=None, high=None, dated=False, time=None
    )
    named = {(p.start, p.end) for p in places}
    if named:
        fact = replace(fact, sites=tuple(s for s in fact.sites if (s.start, s.end) in named))
    quantities = {(q.start, q.end): q for c in claims for q in c.quantities}
    counted = tuple(quantities[k] for k in sorted(quantities))
    fact = replace(fact, quantities=_counts(view, fact.start, fact.end, counted))
    return _voiced(view, _timed(fact, claims, []), claims)


def _distinct(places: Sequence[Place]) -> tuple[Place, ...]:
    seen: dict[tuple[int, int], Place] = {}
    for place in places:
        seen.setdefault((place.start, place.end), place)
    return tuple(seen[k] for k in sorted(seen))


OF_REACH = 8
"""Characters between an hour and the day that it runs on into."""


def _timed(fact: Fact, claims: Sequence[Claim], dates: Sequence[Time]) -> Fact:
    """Take the claims' time unless the fact has its own date in its words."""
    own = next(
        (
            c.time
            for c in claims
            if c.time and not c.time.inherited and c.time.span and c.time.span[0] < fact.end
        ),
        None,
    )
    if own is not None and own.span is not None and any(0 < d.start - own.span[1] <= OF_REACH for d in dates):
        return fact  # "that evening of the 19th"
    if own is not None:
        low, high = interval(own.earliest, own.latest)
        return replace(fact, low=low, high=high, dated=True, time=own.span)
    if dates or fact.dated:
        return fact
    lent = next((c.time for c in claims if c.time), None)
    if lent is None:
        return fact
    low, high = interval(lent.earliest, lent.latest)
    return replace(fact, low=low, high=high, dated=False, time=lent.span)


def _voiced(view: Reading, fact: Fact, claims: Sequence[Claim]) -> Fact:
    first = claims[0]
    gone = [m.span() for m in pattern("gone", "words").finditer(fact.text)]
    denials = [
        c
        for c in claims
        if c.polarity == "negated"
        and "rescue" not in _words_of(c, fact)
        and not any(low <= c.trigger[0] - fact.start < high for low, high in gone)
    ]
    concepts = fact.concepts.union(*(concepts_of_type(c.type) for c in claims))
    counted = {(q.start, q.end): q for q in fact.quantities}
    for claim in claims:
        counted.update({(q.start, q.end): q for q in claim.quantities})
    return replace(
        fact,
        concepts=concepts,
        quantities=_counts(view, fact.start, fact.end, [counted[k] for k in sorted(counted)]),
        sides=frozenset(a.side for c in claims for a in c.actors if a.side),
        target_sides=frozenset(a.side for c in claims for a in c.targets if a.side),
        negated=len(denials) == len(claims),
        denied=fact.denied.union(*(concepts_of_type(c.type) | _words_of(c, fact) for c in denials)),
        modality=first.modality,
        speaker=next((c.speaker for c in claims if c.speaker), None),
        types=frozenset(c.type for c in claims),
        claims=tuple(dict.fromkeys(c.id for c in claims)),
    )


def _words_of(claim: Claim, fact: Fact) -> frozenset[str]:
    """The families that a claim's trigger words name."""
    start, end = claim.trigger[0] - fact.start, claim.trigger[1] - fact.start
    return concepts_of_words(fact.text[start:end]) if 0 <= start < end <= len(fact.text) else frozenset()


_NOT = re.compile(
    r"\b(?:not|never|no|none|nobody|neither|nor|without|denied|denies|deny|failed to|cannot|refuted|"
    r"rejected)\b|n[’']t\b",
    re.IGNORECASE,
)


_NOT_ONE = re.compile(r"\s+(?:one|a single|a soul)\b", re.IGNORECASE)
SUBJECT_REACH = 10
"""Words from "not one" to the verb of which it is the subject: "not one man in the crowd fired"."""
_INTENT = re.compile(r"\s+(?:\w+ly\s+)?(?:intend|mean|want|plan|aim|seek|wish|try)\w*\s+to\b", re.IGNORECASE)
"""Who did not mean to do a thing may have done it."""


def _denied(text: str) -> frozenset[str]:
    """The families of happenings that words negate: those named within a few words after a "not"."""
    out: frozenset[str] = frozenset({"fire"}) if pattern("silence", "words").search(text) else frozenset()
    text = pattern("gone", "words").sub(" ", text)
    for match in _NOT.finditer(text):
        if _INTENT.match(text, match.end()):
            continue
        word = match.group(0).casefold()
        reach = 14 if word in {"denied", "denies", "deny", "rejected", "refuted"} else 5
        after = text[match.end() :]
        if word == "not" and _NOT_ONE.match(after):
            reach, after = SUBJECT_REACH, re.split(r"[,;:.]", after)[0]
        out |= concepts_of_words(" ".join(after.split()[:reach]))
    if re.search(
        r"\bdid not (?:take place|happen|occur)\b|\bnever (?:took place|happened)\b|"
        r"\bthere (?:was|were|had been|has been|have been) none\b",
        text,
        re.IGNORECASE,
    ):
        out |= concepts_of_words(text)
    return out


def _denied_words(text: str) -> frozenset[str]:
    """The stems of verbs that words negate: "was not reopened"."""
    found = re.findall(
        r"\b(?:was|were|has|have|had|did|is|are|does|do)(?:\s+not|n[’']t|\s+never)\s+(?:been\s+|"
        r"yet\s+|\w+ly\s+)*(\w+)",
        text,
        re.IGNORECASE,
    )
    if not pattern("patterns", "nobody").search(text):
        found += _NO_SUBJECT.findall(text)
    found += _NO_OBJECT.findall(text)
    return frozenset(stem(w) for w in found if fold(w) not in plain_words())


_NO_OBJECT = re.compile(r"\b(?:carried|held|bore|brought|took|used|received|had)\s+no\s+([a-z]{3,}s)\b")
"""What somebody is said not to have had: "the ship carried no arms"."""
_NO_SUBJECT = re.compile(
    r"\b[Nn]o\s+(?:[\w-]+\s+){1,4}?(?:was|were|has been|have been|had been)\s+(?:\w+ly\s+)?"
    r"(\w+ed|\w+en|\w+wn|let|hit|shot|cut|brought|sent|held|built|found|lost|sold|kept|told|heard|made|set)\b"
)
"""The verb that a negated subject negates: "no cylinders were dropped"."""


def _clause(reading: Reading, number: int, sentence: Sentence, start: int, end: int) -> Fact:
    """A fact read from the words alone."""
    text = reading.document.text[start:end]
    times = [t for t in reading.times if start <= t.start and t.end <= end]
    dates = telling(dates_in(reading, start, end))
    places = [
        p
        for p in reading.places
        if start <= p.start and p.end <= end and not p.metonym and not _home_of(reading, p)
        if not names_weapon(reading.document.text, p)
    ]
    low, high = (interval(dates[0].earliest, dates[0].latest)) if len(dates) == 1 else (None, None)
    speaker = next(
        (
            a.speaker
            for a in reading.attributions
            if a.speaker and a.content[0] < end and start < a.content[1]
        ),
        None,
    )
    tokens, anchors = _tokens(reading, sentence, start, end, times, places)
    counted = [q for q in reading.quantities if start <= q.start and q.end <= end]
    quantities = _counts(reading, start, end, counted)
    denied = _denied(text)
    return Fact(
        document=reading.document.id,
        published=first_day(reading.document.published),
        sentence=number,
        start=start,
        end=end,
        text=text,
        concepts=concepts_of_words(text) | _fates(quantities),
        places=_distinct(finest(places)),
        low=low,
        high=high,
        dated=len(dates) == 1,
        time=(dates[0].start, dates[0].end) if len(dates) == 1 else None,
        quantities=quantities,
        sides=frozenset(a.side for a in reading.actors if a.side and start <= a.start and a.end <= end),
        target_sides=frozenset(),
        negated=bool(denied) and denied >= concepts_of_words(text) - {"loss"},
        denied=denied,
        denied_words=_denied_words(text),
        modality="reported" if speaker else "asserted",
        speaker=speaker,
        tokens=tokens,
        own=tokens,
        scene=start,
        anchors=anchors,
        objects=objects_of(text),
        people=_people(reading, start, end),
        sites=tuple(s for s in sites_of(reading, start, end) if not _home_of(reading, s)),
    )


def _counts(view: Reading, start: int, end: int, known: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """All counts between two offsets, also those without a noun of their own."""
    text = view.document.text[start:end]
    days = [(t.start, t.end) for t in view.times]
    return counting(text, start, (*known, *tolls(text, start, known)), days)


def _fates(quantities: Sequence[Quantity]) -> frozenset[str]:
    """The families of happenings that befell the counted."""
    families = tables()["fate_of"]
    return frozenset(families[q.fate] for q in quantities if q.fate in families)


def _people(reading: Reading, start: int, end: int) -> frozenset[str]:
    """The stems of the last names of persons between two offsets who do not only speak."""
    voices = [a.source for a in reading.attributions if a.source]
    return frozenset(
        stem(actor.name.split()[-1])
        for actor in reading.actors
        if actor.kind == "person" and actor.name and start <= actor.start and actor.end <= end
        if not any(low < actor.end and actor.start < high for low, high in voices)
    )


_FROM = re.compile(
    r"(?:[,–—(]\s*(?:\w+\s+)?|\bby\s+(?:the\s+)?(?:\w+\s+)?)(?P<who>[\w-]+),?\s+"
    r"(?:who came |who were )?from\s+(?:the\s+)?$"
)


_VOICE_IN = re.compile(
    r"\b(?:videos?|embassy|consulate|ministry|agency|newspapers?|channel|broadcaster|statements?|briefing)\s+"
    r"(?:in|from|of)\s+$"
)
"""Where a voice speaks from: "the embassy in Kyiv said" does not play in Kyiv."""
_CAME_FROM = re.compile(
    r"\b(?:jets?|planes?|aircraft|helicopters?|bombers?|drones?|gunboats?|batter(?:y|ies))\s+(?:flying\s+)?from\s+$"
)
VOICE_REACH = 60
"""Characters behind the place of a voice in which it speaks."""


def _home_of(reading: Reading, place: Place | Site) -> bool:
    """Whether a place only tells where somebody comes from ("boys from Samara") or speaks from."""
    near = max(0, place.start - 40)
    text = reading.document.text
    if _CAME_FROM.search(text, near, place.start):
        return True
    if _VOICE_IN.search(text, near, place.start) and SPEAKS.search(text, place.end, place.end + VOICE_REACH):
        return True
    match = _FROM.search(reading.document.text, near, place.start)
    return match is not None and people_noun(match.group("who"))


_CODE = re.compile(
    r"\b(?:(?:[Ff]light|School|Hospital|Block|Building|Camp|Prison|Point|[Rr]oute|Highway|Column|"
    r"Resolution|Checkpoint|Squadron|Unit)\s+(?:(?:[Nn]o|[Nn]umber)\.?\s*)?|"
    r"(?:school|hospital|block|building|camp|prison|unit)\s+(?:[Nn]o\.?|[Nn]umber)\s*)\d+\b"
)


def _tokens(
    reading: Reading, sentence: Sentence, start: int, end: int, times: Sequence[Time], places: Sequence[Place]
) -> tuple[frozenset[str], frozenset[str]]:
    hidden = [(t.start, t.end) for t in times]
    hidden += [
        span
        for a in reading.attributions
        for span in (a.source, a.cue)
        if span and SPEAKS.search(reading.document.text[a.cue[0] : a.cue[1]])
    ]
    located = [
        (p.start, p.end)
        for p in places
        if p.lat is not None
        and not objects_of(p.text)
        and (p.kind in {"settlement", "region", "country", "water"} or p.key)
        and p.kind not in {"facility", "district"}
    ]
    sided = [
        (a.start, a.end)
        for a in reading.actors
        if a.kind in {"state", "state force", "civilians"} and a.end > a.start
    ]
    tokens, anchors = set(), set()
    for match in _WORD.finditer(reading.document.text, start, end):
        word = match.group(0)
        low = fold(word)
        at = match.start()
        if low in plain_words() or len(low) < 2 or any(a <= at < b for a, b in hidden):
            continue
        if any(a <= at < b for a, b in located):
            continue
        key = stem(word)
        tokens.add(key)
        proper = word[0].isupper() and (
            at > sentence.start or word[1:2].isupper() or any(c.isdigit() for c in word)
        )
        coded = any(c.isdigit() for c in word)
        if proper and (coded or not any(a <= at < b for a, b in sided)):
            anchors.add(key)
    for match in _CODE.finditer(reading.document.text, start, end):
        code = " ".join(match.group(0).casefold().split())
        tokens.add(code)
        anchors.add(code)
    return frozenset(tokens), frozenset(anchors)
