"""Whom and what a stretch of text goes on to speak of: the head of an entry, "he", "it took place".

Registers, rolls and dictionaries name their man once ("LARRAIN, Eusebio, officer.") and then tell of him
without a name; letters name a happening and then tell its day and place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from svidok.events.atoms import fold
from svidok.events.findings.facts import Fact, stem
from svidok.events.findings.vocabulary import plain_words, titles
from svidok.records import Reading

__all__ = ["HEAD", "goes_on"]

_NAME = r"[^\W\d_a-z][^\W\d_]*(?:[’'-][^\W\d_]+)*"
HEAD = re.compile(
    rf"^\W*(?:(?:No\.?\s*)?\d[\d/]*\.?\s+)?(?:{_NAME}\.?\s+)?(?P<family>{_NAME}),\s+"
    rf"(?P<given>{_NAME}\.?(?:\s+{_NAME}\.?)?)(?=\s*[,.;:(])"
)
"""The head of an entry: "20417 Cpl Weir, Tobias, 2nd Fusiliers"."""
_OF_HIM = re.compile(
    r"^\W*(?:(?:He|She|His|Her)\b|(?:Shot|Killed|Died|Fell|Wounded|Captured|Taken|Executed|Hanged|Missing|Buried|"
    r"Drowned|Murdered|Arrested)\b)"
)
_OF_IT = re.compile(
    r"^\W*(?:It|This|That|The (?:meeting|talk|deed|affair))\s+(?:was|took place|happened|occurred|fell)\s+"
    r"(?:only\s+|all\s+)?(?:on|in|at|about|early|late|that|the|outside|near|before|\d)\b"
)


def goes_on(reading: Reading, facts: Sequence[Fact]) -> list[Fact]:
    """Facts with the person of their entry, or of the sentence before, and with what "it" was."""
    facts = _answered(reading, facts)
    out: list[Fact] = []
    head: Fact | None = None
    family = given = frozenset[str]()
    for fact in facts:
        entry = HEAD.match(fact.text) if _opens(reading, fact) else None
        if entry is not None and _is_person(entry):
            family = frozenset({stem(entry["family"])})
            given = frozenset(stem(w) for w in entry["given"].split())
            fact = replace(fact, anchors=fact.anchors | family, tokens=fact.tokens | family)
            head = fact = replace(fact, people=(fact.people - given) | family)
        elif head is not None and _block(reading, head) != _block(reading, fact):
            head = None
        elif head is not None and fact.people & given:
            fact = replace(fact, people=(fact.people - given) | family)
        before = out[-1] if out else None
        near = before is not None and fact.sentence - before.sentence <= 1
        if before is not None and near and _block(reading, before) == _block(reading, fact):
            fact = _of_one(fact, head or before)
            fact = _of_it(fact, [f for f in out if f.sentence == fact.sentence - 1])
        out.append(fact)
    return out


def _of_one(fact: Fact, before: Fact) -> Fact:
    """A fact with the one person that it goes on to speak of."""
    if not fact.people and len(before.people) == 1 and _OF_HIM.match(fact.text):
        return replace(
            fact,
            people=before.people,
            anchors=fact.anchors | before.people,
            tokens=fact.tokens | before.people,
        )
    return fact


def _of_it(fact: Fact, told: Sequence[Fact]) -> Fact:
    """A fact that tells only when or where "it" was, with what the sentence before told."""
    concepts = frozenset[str]().union(*(f.concepts for f in told))
    if fact.concepts or not concepts or not _OF_IT.match(fact.text):
        return fact
    anchors = frozenset[str]().union(*(f.anchors for f in told))
    towns = {stem(w) for f in (*told, fact) for site in f.sites for w in site.name.split()}
    return replace(
        fact,
        concepts=concepts,
        people=fact.people.union(anchors - towns - fact.anchors, *(f.people for f in told)),
        anchors=fact.anchors | anchors,
        tokens=fact.tokens.union(*(f.tokens for f in told)),
        objects=fact.objects.union(*(f.objects for f in told)),
    )


def _answered(reading: Reading, facts: Sequence[Fact]) -> list[Fact]:
    """Questions tell nothing; what is answered plays where the question asks."""
    out: list[Fact] = []
    asked: Fact | None = None
    for fact in facts:
        text = reading.sentences[fact.sentence].text.rstrip()
        if text.endswith("?"):
            asked = fact if fact.sites or fact.places or fact.anchors else asked
            fact = replace(fact, modality="possible")
        elif asked is not None and _block(reading, asked) == _block(reading, fact):
            if not (fact.sites or fact.places) and fact.sentence - asked.sentence <= ANSWER:
                fact = replace(
                    fact,
                    sites=asked.sites,
                    places=asked.places,
                    tokens=fact.tokens | asked.tokens,
                    anchors=fact.anchors | asked.anchors,
                    lent=True,
                )
        else:
            asked = None
        out.append(fact)
    return out


ANSWER = 3
"""Sentences behind a question in which it is answered."""


def _opens(reading: Reading, fact: Fact) -> bool:
    """Whether a fact opens its paragraph, or its report."""
    number = fact.sentence
    return fact.start == reading.sentences[number].start and (
        number == 0 or reading.sentences[number - 1].block != reading.sentences[number].block
    )


def _block(reading: Reading, fact: Fact) -> int:
    return reading.sentences[fact.sentence].block


def _is_person(entry: re.Match[str]) -> bool:
    """Whether the words of a head are the names of a person: no titles and no days."""
    known = plain_words() | titles()
    return fold(entry["family"]) not in known and not any(
        fold(w).rstrip(".") in known for w in entry["given"].split()
    )
