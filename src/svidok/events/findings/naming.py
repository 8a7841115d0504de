"""Names that the reports of one dossier make clear to one another: where one of them tells what a name is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from svidok.events.atoms import fold
from svidok.events.findings.facts import Fact, stem
from svidok.events.findings.sites import Site

__all__ = ["called_alike", "called_short", "in_report", "opened_by_name"]


def opened_by_name(told: Mapping[str, Sequence[Fact]]) -> dict[str, list[Fact]]:
    """Take the first word of a sentence for a name where another sentence of the dossier has it for one."""
    names = frozenset().union(*(f.anchors for facts in told.values() for f in facts))
    return {name: [_opened(f, names) for f in facts] for name, facts in told.items()}


def called_short(told: Mapping[str, Sequence[Fact]]) -> dict[str, list[Fact]]:
    """Take a name that no map holds for the longer one of the dossier of which it is a part: "Urum"."""
    sites = {s for facts in told.values() for f in facts for s in f.sites}
    long = sorted({fold(s.name) for s in sites if " " in s.name.strip() and not _OWNER.search(s.name)})
    keys: dict[str, frozenset[str]] = {}
    for name in sorted({fold(s.name) for s in sites if not s.located}):
        whole = [n for n in long if n != name and set(name.split()) < set(n.split())]
        if len(whole) == 1:
            keys[name] = frozenset(k for s in sites if fold(s.name) == whole[0] for k in s.keys)
    if not keys:
        return {document: list(facts) for document, facts in told.items()}
    return {document: [_in_full(f, keys) for f in facts] for document, facts in told.items()}


_OWNER = re.compile(r"['’]s\b")


def _in_full(fact: Fact, keys: Mapping[str, frozenset[str]]) -> Fact:
    sites = tuple(
        replace(s, keys=s.keys | keys[fold(s.name)]) if fold(s.name) in keys else s for s in fact.sites
    )
    return fact if sites == fact.sites else replace(fact, sites=sites)


def called_alike(told: Mapping[str, Sequence[Fact]]) -> dict[str, list[Fact]]:
    """Take a name for that of a place wherever it stands, when another report has it for one."""
    named: dict[str, Site] = {}
    homes: dict[str, set[str]] = {}
    for document in sorted(told):
        for fact in told[document]:
            for site in fact.sites:
                words = fact.text[max(0, site.start - fact.start) : max(0, site.end - fact.start)]
                if len(words) >= LEAST_NAME and words[0].isupper() and fact.start <= site.start:
                    named.setdefault(words, site)
                    homes.setdefault(words, set()).add(document)
    if not named:
        return {document: list(facts) for document, facts in told.items()}
    listed = "|".join(sorted(map(re.escape, named), key=lambda w: (-len(w), w)))
    names = re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])")
    return {document: [_placed(f, names, named, homes) for f in facts] for document, facts in told.items()}


LEAST_NAME = 4
"""Letters of a name from which it is known again wherever it stands."""


def _placed(
    fact: Fact, names: re.Pattern[str], named: Mapping[str, Site], homes: Mapping[str, set[str]]
) -> Fact:
    if fact.sites and not fact.lent:
        return fact
    own = tuple(
        replace(named[m.group()], start=fact.start + m.start(), end=fact.start + m.end())
        for m in names.finditer(fact.text)
        if homes[m.group()] != {fact.document}
    )
    return replace(fact, sites=own) if own else fact


_OPENS = re.compile(r"\W*(?P<word>[^\W\d_a-z][\w’'-]+)")


def _opened(fact: Fact, names: frozenset[str]) -> Fact:
    match = _OPENS.match(fact.text)
    key = stem(match["word"]) if match else ""
    if key not in names or key in fact.anchors or key not in fact.tokens:
        return fact
    return replace(fact, anchors=fact.anchors | {key})


FEW_REPORTS = 4
"""Reports of a dossier from which on what they all name ties no two of them."""


def in_report(told: Mapping[str, Sequence[Fact]]) -> list[Fact]:
    """Let every fact know the names and words of its whole report, by which two reports are kin.

    What more than a few reports of the dossier have is left out: it ties no two of them.
    """
    names = {name: frozenset().union(*(_names_of(f) for f in facts)) for name, facts in told.items()}
    words = {name: frozenset().union(*(f.own for f in facts)) for name, facts in told.items()}
    rare = [_rare(list(held.values())) for held in (names, words)]
    return [
        replace(f, report_names=names[name] & rare[0], report_words=words[name] & rare[1])
        for name, facts in told.items()
        for f in facts
    ]


def _names_of(fact: Fact) -> frozenset[str]:
    return fact.anchors | {fold(s.name) for s in fact.sites} | {fold(p.name or p.text) for p in fact.places}


def _rare(held: Sequence[frozenset[str]]) -> frozenset[str]:
    """What at most a few of these hold."""
    counted = Counter(x for own in held for x in own)
    return frozenset(x for x, reports in counted.items() if reports <= FEW_REPORTS)
