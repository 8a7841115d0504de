"""A count against its own list: "more than 30 cities", and fifteen names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import stem
from svidok.events.findings.numbers import CARDINAL, cardinal
from svidok.events.findings.vocabulary import either, pattern, tables
from svidok.records import Finding, Offsets, Reading

__all__ = ["check", "listed_names"]

_WORD = r"[\w’'-]+"
_TAKING = r"(?:taking|seizing|regaining|capturing|entering|occupying|liberating|recapturing|freeing|retaking)"
_LEAD = re.compile(
    rf"^\s*(?:\([^)]*\)\s*)?[^:.;—–(]{{0,110}}?(?P<mark>:|\s[—–-]\s|—|–|,\s*(?:namely|viz\.|to wit|"
    rf"i\.e\.)\s*[:,]?|\(|"
    rf",\s*{_TAKING}(?:\s+control\s+of)?|(?<=\s)(?:were|are)\s(?=[A-ZÀ-ÞŽŠČĐŚŻŁ])|,(?=\s*[A-ZÀ-ÞŽŠČĐŚŻŁ]))\s*"
)
_JOINT = re.compile(
    r"\s*(?:,\s*(?:and|as well as)\s+|;\s*(?:and\s+)?|,|\.?\s+and\s+|\s+as well as\s+|\s*&\s*)\s*"
)
_END = re.compile(
    r"[:!?)]|\s[—–-]\s|—|\.(?=\s*$)|"
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|St|Lt|Fr|Br|Sr|Jr))(?<!\b(?:Mrs|Sgt|Cpl|Pte|Col|Gen|Maj|Rev|Mme))\.\s+(?!and\b)|;\s+(?=[a-z])|"
    r",?\s+(?:and|but|while|so|then)\s+(?=(?:it|they|he|she|we|I|there|this|that|these|those)\s)"
)
_NAME_START = re.compile(r"[^\W\d_a-z]")
_VERB = re.compile(r"\b(?:was|were|is|are|had|has|have|killed|the)\b|['’]s\b", re.IGNORECASE)
_MARKED = re.compile(
    r"[^,;]{0,60}?(?::|\s[—–-]\s|\b(?:namely|were|are|taking|regaining|recapturing))", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"\s*[a-z]+(?:ed|ew|ought|ook|ell|ent|et)?\s+(?:in|on|at|to|for|from|with|by|over|through|until|had|has|have|"
    r"was|were|is|are|no|up|down|out|off|back)\b"
)
"""What goes on after a list: "talked in Minsk", "had no water"."""
_OPEN = re.compile(
    r"\b(?:others?|many more|several|some|elsewhere|dozens|the rest|smaller|so on|more|etc|further|"
    r"surrounding|nearby)\b",
    re.IGNORECASE,
)
_ROUGH = frozenset({"about", "around", "nearly", "almost", "some", "roughly", "approximately"})
_BOUNDS = (
    r"more than|over|at least|no fewer than|"
    r"no less than|fewer than|less than|up to|about|around|nearly|almost|some|roughly|approximately"
)


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    things = "|".join(sorted(tables()["listed"]["words"], key=lambda w: (-len(w), w)))
    return re.compile(
        rf"(?P<bound>{_BOUNDS})?\s*\b(?P<number>{CARDINAL})\s+(?:of\s+(?:(?:the|its|their|his|our)\s+|(?=(?:us|them)\b)))?"
        rf"(?P<middle>(?:{_WORD}\s+){{0,4}}?)(?P<thing>{things}|us|them|[a-z]{{3,}}s)\b(?!['’])",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _next() -> re.Pattern[str]:
    things = "|".join(sorted(tables()["listed"]["words"], key=lambda w: (-len(w), w)))
    return re.compile(
        rf"\s*(?:They|We|These|Those|Their names|(?:The|These|Those)(?:\s+{_WORD}){{0,3}}?\s+(?:{things})"
        rf"(?:\s+{_WORD}){{0,3}}?)\s+(?:were|are|was|is|being)\s*:?\s*|\s*(?:He|She|They|It)\s+(?:named|listed)\s+",
        re.IGNORECASE,
    )


def check(dossier: Dossier) -> Iterator[Finding]:
    """Counts followed by a full list of another length."""
    for reading in dossier.readings:
        yield from _of_reading(dossier, reading)


def _of_reading(dossier: Dossier, reading: Reading) -> Iterator[Finding]:
    text = reading.document.text
    for number, sentence in enumerate(reading.sentences):
        for match in _counted().finditer(sentence.text):
            value = cardinal(match.group("number"))
            if value is None or value < 2 or value > 300:
                continue
            start, end = sentence.start + match.start(), sentence.start + match.end()
            thing = match.group("thing").casefold()
            if thing in tables()["listed"]["no"]:
                continue
            if _VERB.search(match.group("middle")):
                continue
            listed = _following(text, end, sentence.end, known=_known().fullmatch(thing) is not None)
            if listed is None and number + 1 < len(reading.sentences):
                after = reading.sentences[number + 1]
                listed = _next_sentence(text, after.start, after.end, match.group("thing"))
            if listed is None:
                continue
            names, span = listed
            least, most = _heads(names, thing)
            if any(_fits(value, n, (match.group("bound") or "").casefold()) for n in range(least, most + 1)):
                continue
            if len(names) * 2 < value and len(names) < WHOLE_LIST and not _MARKED.match(text[end : span[0]]):
                continue  # examples, not the list
            while text[start].isspace():
                start += 1
            stated = " ".join(text[start:end].split())
            yield Finding(
                "list_count",
                "medium",
                f"The text speaks of {stated}, but its own list has {most} names.",
                (
                    dossier.quote(reading.document.id, (start, end), stated),
                    dossier.quote(reading.document.id, span, f"{most} names"),
                ),
                f"{abs(value - most)}",
            )


def _fits(value: int, listed: int, bound: str) -> bool:
    if bound in {"more than", "over"}:
        return listed > value
    if bound in {"at least", "no fewer than", "no less than"}:
        return listed >= value
    if bound in {"fewer than", "less than"}:
        return listed < value
    if bound == "up to":
        return listed <= value
    if bound in _ROUGH:
        return abs(listed - value) <= max(1, 0.25 * value)
    return listed == value


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    return either(tables()["listed"]["words"])


def _following(text: str, end: int, limit: int, *, known: bool) -> tuple[list[str], Offsets] | None:
    """The list that follows a count in its own sentence."""
    lead = _LEAD.match(text[end:limit])
    if lead is None or pattern("patterns", "subset_list").search(lead.group(0)):
        return None
    mark = lead.group("mark")
    taking = re.search(_TAKING, mark) is not None
    strict = mark.strip() != "," and not taking
    if not known and (not strict or lead.group(0).count(" ") > 4):
        return None
    if not strict and not taking and lead.group(0).count(" ") > 7:
        return None
    if (
        re.search(r"\b(?:said|says|told|wrote|because|when|while|which|who|as)\b", lead.group(0))
        and not taking
        and mark.strip() != ":"
    ):
        return None
    return listed_names(text, end + lead.end(), limit, least=2 if strict else 3)


def _next_sentence(text: str, start: int, end: int, thing: str) -> tuple[list[str], Offsets] | None:
    """The list in the sentence after a count: "The towns freed were A, B and C"."""
    lead = _next().match(text[start:end])
    if lead is None or pattern("patterns", "subset_list").search(lead.group(0)):
        return None
    said = lead.group(0).casefold().split()
    words = {stem(w) for w in said} | set(said)
    if _NAMED_BY.match(lead.group(0)):
        return listed_names(text, start + lead.end(), end, least=WHOLE_LIST)
    if stem(thing) not in words and not words & {"they", "we", "these", "those", "names"}:
        return None
    return listed_names(text, start + lead.end(), end, least=2)


_NAMED_BY = re.compile(r"\s*(?:He|She|They|It)\s+(?:named|listed)\b")
WHOLE_LIST = 8
"""From so many names on, what somebody named is thought to be the whole list and no examples."""


_NOTE = re.compile(r"\s\((?:[^\W\d_A-Z][\w-]*(?:\s[\w-]+)?|\d{1,3})\)")
"""A note in brackets after a name of a list: "Mr Bolya (defence)", "Ruben (23)"."""
_OFFICE = re.compile(r"\s*(?:the|a|an|his|her|their)\s+[a-z]+(?:\s+[a-z]+){0,2}\s*")


_ASIDE = re.compile(r"\s*(?:which|who|[a-z]+(?:ed|en|nk|st))\s+[a-z][^A-Z]*$")
"""What a list says of a name just told: "Canberra, scuttled after sunrise, and Quincy"."""


def _with_offices(items: list[str]) -> list[str]:
    """Items without those that only say what the next one is: "the driver, Jun Bacus" is one name."""
    last = len(items) - 1
    return [
        i
        for n, i in enumerate(items)
        if not (_OFFICE.fullmatch(i) and n < last and _NAME_START.match(items[n + 1]))
    ]


def _listed(item: str) -> bool:
    """Whether a stretch between commas is an item of a list: a short one with a name, or whoever has none."""
    if _CLAUSE.match(item):
        return False
    if _NAME_START.search(item) and len(item.split()) <= 6:
        return True
    return _NAMELESS.fullmatch(item.strip(" .")) is not None and not _FINITE.search(item)


_NAMELESS = re.compile(
    r"(?:the|an?|his|her|their|our|my|one|another|old|young|some)\s+(?!(?:last|first|latter|former|second|third)\b)"
    r"[a-z][\w’'-]*(?:\s+[\w’'-]+){0,5}|myself|himself|I",
)
"""An item without a name of its own: "a brother of the curate's", "myself"."""
_FINITE = re.compile(
    r"\b(?:was|were|is|are|had|has|have|who|which|that|when|where|went|came|said|left|took|fled|ran|stood|got|made)\b"
)
_SEVERAL = re.compile(
    rf"(?:the|his|her|their|our|my|both)?\s*(?:(?P<number>{CARDINAL})|(?P<pair>both|brothers|sisters|twins))\s",
    re.IGNORECASE,
)
_ONE_OF = re.compile(
    r"\b(?:of|between)\s+(?:the\s+)?(?:two|three|four|five|six)\b|\b(?:one|eldest|younger|elder)\s+of\b"
)


def _heads(items: Sequence[str], thing: str) -> tuple[int, int]:
    """The fewest and the most that the items of a list can be.

    "The two Coopers" are two; "the doctor" may be the one named before or behind, unless the list is of
    doctors; "the brothers Ali" may be one of whom the next item names the other.
    """
    least = most = 0
    for number, item in enumerate(items):
        several = None if _ONE_OF.search(item) else _SEVERAL.match(item.strip())
        count = (cardinal(several["number"]) or 1) if several and several["number"] else 1
        own = stem(thing) in {stem(w) for w in item.split()}
        beside = not own and _OFFICE.fullmatch(item) is not None and 0 < number < len(items) - 1
        least += 0 if beside else count
        most += 2 if several and several["pair"] else count
    return least, most


def listed_names(text: str, start: int, limit: int, *, least: int) -> tuple[list[str], Offsets] | None:
    """The items of a list of names that begins at ``start``, with the span of the list.

    Every item must be short and hold a name; a list that ends in "and others" is no full list, and
    items after which the sentence goes on with a verb end it.
    """
    bare = _NOTE.sub(lambda note: " " * len(note.group()), text[:limit])
    stop = _END.search(bare, start, limit)
    end = stop.start() if stop else limit
    items = _with_offices([i for i in _JOINT.split(bare[start:end]) if i.strip(" .")])
    items = [i for i in items if not _ASIDE.match(i)]
    if len(items) < least or _OPEN.search(items[-1]) or any(_OPEN.fullmatch(i.strip()) for i in items):
        return None
    if not any(_NAME_START.search(i) for i in items[: max(2, least)]):
        return None
    named = 0
    for item in items:
        if not _listed(item):
            break
        named += 1
    if named < len(items):
        trailing = items[named:]
        if named < least or any(_NAME_START.search(i) for i in trailing[1:]) or len(trailing) > 2:
            return None
        if not _CLAUSE.match(trailing[0]) and not re.match(
            r"\s*(?:all|each|both|every|where|which|who|as|in|on|after|before|the)\b", trailing[0]
        ):
            return None
        items = items[:named]
    if least > 2 and re.search(r"\b(?:was|were|had|has|have|is|are|will|said)\b", items[-1]):
        return None
    last = text.find(items[-1], start)
    return items, (start, max(last + len(items[-1].rstrip(" .")), start + 1))
