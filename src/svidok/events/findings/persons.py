"""One name of a person that is spelt several ways in a report, or of one officer in two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from svidok.events.atoms import fold
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.similar import disjoint, same_spot
from svidok.events.findings.spellings import initial, skeleton, sound
from svidok.events.findings.vocabulary import plain_words, titles
from svidok.records import Finding, Offsets, Reading

__all__ = ["misspelt_officers", "misspelt_persons", "misspelt_titles"]

_PERSON = re.compile(
    r"(?<![\w-])(?=(?P<first>[^\W\d_a-z]\w+)\s+"
    r"(?P<last>(?:(?:al|el|ad|ar|as|ash|at|an|az)-)?[^\W\d_a-z][\w-]{4,})(?![\w-]))"
)
ONE_PERSON = 80
"""How alike, of 100, two family names after one given name are at least, to be one name misspelt."""


def misspelt_persons(dossier: Dossier, reading: Reading) -> Iterator[Finding]:
    """A person of one given name whose family name is written in two ways."""
    text = reading.document.text
    known = [(a.start, a.end) for a in reading.actors if a.kind == "person"]
    written: dict[tuple[str, str], Offsets] = {}
    for match in _PERSON.finditer(text):
        name = match.group("first"), match.group("last")
        if fold(name[0]) not in titles():
            written.setdefault(name, (match.start("first"), match.end("last")))
    for (one, here), (two, there) in combinations(sorted(written.items()), 2):
        if not _misspelt(one, two, said_same=True):
            continue  # nothing that the text says between them could make them one
        said_same = _SAME_MAN.search(text, *sorted((min(here[1], there[1]), max(here[0], there[0]))))
        if not _misspelt(one, two, said_same=said_same is not None):
            continue
        if not any(s < span[1] and span[0] < e for span in (here, there) for s, e in known):
            continue
        yield _two_ways(dossier, *((reading.document.id, span) for span in sorted((here, there))))


_SAME_MAN = re.compile(
    r"\b(?:the|this|that) (?:very )?same\b|\bthe said\b|\b(?:he|she) (?:is|was) also\b", re.IGNORECASE
)
"""What tells between two names that one person bears both."""
SAID_SAME = 60
"""How alike, of 100, two family names are at least of one whom the report calls the same."""


def _misspelt(one: tuple[str, str], two: tuple[str, str], *, said_same: bool) -> bool:
    """Whether two given names with their family names are one person's, written in two ways.

    >>> _misspelt(("Umar", "Shishani"), ("Omar", "Shishany"), said_same=False)
    True
    >>> _misspelt(("Anton", "Petrov"), ("Anton", "Petrenko"), said_same=False)
    False
    """
    from rapidfuzz import fuzz

    given, family = (tuple(fold(n[part]) for n in (one, two)) for part in (0, 1))
    a, b = family
    if a == b or a.startswith(b) or b.startswith(a) or initial(a) != initial(b):
        return False
    if given[0] != given[1] and sound(given[0]) != sound(given[1]):
        close = min(fuzz.ratio(*given), fuzz.ratio(a, b)) >= BOTH_NAMES
        return close and initial(given[0]) == initial(given[1]) and min(map(len, given)) >= LONG_GIVEN
    return sound(a) == sound(b) or fuzz.ratio(a, b) >= (SAID_SAME if said_same else ONE_PERSON)


BOTH_NAMES = 84
"""How alike, of 100, given and family name each are at least, where both are written in two ways."""
LONG_GIVEN = 5
"""Letters of a given name from which two ways to write it are not two short names."""
_TITLED = re.compile(
    r"(?<![\w-])(?P<title>[^\W\d_a-z]\w+)\s+(?P<last>(?:(?:al|el|ad|ar|as|ash|at|an|az)-)?[^\W\d_a-z][\w-]{4,})(?![\w-]|\s+[^\W\d_a-z])"
)


def misspelt_titles(dossier: Dossier, reading: Reading) -> Iterator[Finding]:
    """One who is called by title and family name alone, in two ways: "Commander Ngudjolo"."""
    text = reading.document.text
    written: dict[tuple[str, str], Offsets] = {}
    for match in _TITLED.finditer(text):
        title, last = fold(match["title"]), match["last"]
        if title in titles() - plain_words() and fold(last) not in titles() | plain_words():
            written.setdefault((title, last), (match.start("title"), match.end("last")))
    for (one, here), (two, there) in combinations(sorted(written.items()), 2):
        if one[0] != two[0] or not _one_family(fold(one[1]), fold(two[1])):
            continue
        between = text[min(here[1], there[1]) : max(here[0], there[0])]
        if re.fullmatch(r",?\s*(?:and|or|,|with|to)\s+", between):
            continue
        yield _two_ways(dossier, *((reading.document.id, span) for span in sorted((here, there))))


def _one_family(a: str, b: str) -> bool:
    """Whether two family names behind one title are one name: alike, or of the same letters.

    >>> _one_family("ngudjolo", "ndugyolo"), _one_family("petrenko", "petrov")
    (True, False)
    """
    from rapidfuzz import fuzz

    if a == b or a.startswith(b) or b.startswith(a) or initial(a) != initial(b):
        return False
    letters = fuzz.ratio("".join(sorted(a)), "".join(sorted(b)))
    return sound(a) == sound(b) or fuzz.ratio(a, b) >= ONE_PERSON or letters >= BOTH_NAMES


_RANKED = re.compile(
    r"(?<![\w-])(?P<title>[^\W\d_a-z]\w+)\s+(?P<first>[^\W\d_a-z]\w+)\s+(?P<last>[^\W\d_a-z][\w-]{3,})(?![\w-])"
)
ONE_GIVEN = 75
"""How alike, of 100, two given names before one family name are at least, to be one name misspelt."""


def misspelt_officers(dossier: Dossier) -> Iterator[Finding]:
    """A person of one rank, in one happening, whose name two reports write in two ways."""
    from rapidfuzz import fuzz

    for a, b in dossier.pairs:
        if a.document == b.document or not a.concepts & b.concepts or not same_spot(a, b):
            continue
        if not (a.dated and b.dated) or disjoint(a, b):
            continue
        for one in _RANKED.finditer(a.text):
            for two in _RANKED.finditer(b.text):
                if fold(one["title"]) != fold(two["title"]) or fold(one["title"]) not in titles():
                    continue
                given, family = (fuzz.ratio(fold(one[part]), fold(two[part])) for part in ("first", "last"))
                bones = skeleton(one["last"]) == skeleton(two["last"])
                near = (given == 100 and (bones or family >= ONE_PERSON) and family < 100) or (
                    family == 100 and ONE_GIVEN <= given < 100
                )
                if not near or any(initial(one[p]) != initial(two[p]) for p in ("first", "last")):
                    continue
                spans = (
                    (f, (f.start + m.start("first"), f.start + m.end())) for f, m in ((a, one), (b, two))
                )
                yield _two_ways(dossier, *((f.document, span) for f, span in spans))


def _two_ways(dossier: Dossier, *spans: tuple[str, Offsets]) -> Finding:
    quotes = (dossier.quote(document, span, None) for document, span in spans)
    names = tuple(replace(q, says=q.text) for q in quotes)
    message = f"One name is spelt in 2 ways: {names[0].text}, {names[1].text}."
    return Finding("identity", "low", message, names)
