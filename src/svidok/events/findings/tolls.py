"""Counts without a noun: "the death toll stood at 8,796", "put the number killed at 61"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from svidok.atlas.units import Counted, load_counts
from svidok.events.atoms import fold
from svidok.events.findings.numbers import CARDINAL, cardinal
from svidok.events.findings.vocabulary import counts_on, pattern, tables
from svidok.records import Quantity

__all__ = ["tolls"]


@lru_cache(maxsize=1)
def _toll() -> re.Pattern[str]:
    lists = {name: "|".join(listed) for name, listed in tables()["tolls"].items()}
    return re.compile(
        rf"\b(?:(?P<dead>{lists['dead']})|(?P<hurt>{lists['hurt']}))\b[^.;]{{0,70}}?\b(?:{lists['verbs']})\s+"
        rf"(?:(?P<bound>at least|more than|over|about|around|some)\s+)?(?P<number>{CARDINAL})\b"
        rf"(?!\s*(?:%|[:/.]\d|(?:{lists['no_count']})\b))",
        re.IGNORECASE,
    )


_BROUGHT = re.compile(
    rf"\b(?:br(?:ings?|ought|inging)|rais(?:es?|ed|ing))\s+(?:up\s+)?to\s+(?P<number>{CARDINAL})\s+the\s+(?:total\s+)?"
    r"(?:number|total|count|tally|sum)\s+of\s+(?:the\s+)?(?P<noun>[a-z]+)",
    re.IGNORECASE,
)
"""A sum told before what it sums up: "brings to 9,400 the number of sick"."""
_ILL = re.compile(
    rf"\b(?P<number>{CARDINAL})\s+(?P<noun>sick|wounded|injured|infirm)(?=,|\s+and\b)", re.IGNORECASE
)
""" "7,900 sick, wounded and their relatives"."""
_PERSONS = frozenset({"sick", "wounded", "injured", "infirm", "those", "people", "persons", "dead", "killed"})


def _noun(word: str) -> Counted | None:
    """What a noun counts: people, or a thing of the table."""
    word = word.casefold()
    if word in _PERSONS:
        return Counted("person", "people")
    nouns = load_counts().nouns
    return next(
        (nouns[w] for w in (word, word.removesuffix("s"), word.removesuffix("es")) if w in nouns), None
    )


_BOUNDS = {"at least": "at_least", "more than": "at_least", "over": "at_least", "about": "about"}


def tolls(text: str, start: int, known: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Counts of dead or wounded that stand without a noun in a stretch of text.

    Args:
        text: the stretch; ``start`` its offset in the document.
        known: quantities already read, which are not told twice.

    >>> [(q.low, q.fate) for q in tolls("the death toll stood at 8,796", 0, ())]
    [(8796.0, 'killed')]
    """
    out = []
    total = counts_on(text)
    for match in _toll().finditer(text):
        value = cardinal(match.group("number"))
        at = start + match.start("number")
        if value is None or 1900 <= value <= 2100 or any(q.start <= at < q.end for q in known):
            continue
        bound = _BOUNDS.get((match.group("bound") or "").casefold(), "exact")
        out.append(
            Quantity(
                at,
                at + len(match.group("number")),
                match.group("number"),
                "person",
                "people",
                float(value),
                None if bound == "at_least" else float(value),
                bound="at_least" if bound == "at_least" else "about" if bound == "about" else "exact",
                fate="wounded" if match.group("hurt") else "killed",
                cumulative=total or None,
            )
        )
    for match in (*_BROUGHT.finditer(text), *_ILL.finditer(text)):
        value = cardinal(match.group("number"))
        at = start + match.start("number")
        if value is None or any(q.start <= at < q.end for q in (*known, *out)):
            continue
        counted = _noun(match.group("noun"))
        if counted is None:
            continue
        out.append(
            Quantity(
                at, at + len(match.group("number")), match.group("number"), counted.what, counted.kind,
                float(value), float(value), cumulative=total or None,
            )
        )  # fmt: skip
    for match in _listed().finditer(text):
        value = cardinal(match.group("number"))
        at = start + match.start("number")
        if value is None or any(q.start <= at < q.end for q in (*known, *out)):
            continue
        words = text[match.start() : match.end()]
        out.append(
            Quantity(
                start + match.start(),
                start + match.end(),
                words,
                fold(match.group("thing")).rstrip("s"),
                "equipment",
                float(value),
                float(value),
                cumulative=total or None,
            )
        )
    out += (q for q in _totals(text, start) if not any(r.start <= q.start < r.end for r in (*known, *out)))
    return tuple(out)


_ANY_NUMBER = re.compile(rf"\b{CARDINAL}\b", re.IGNORECASE)
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"


@lru_cache(maxsize=1)
def _summed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A sum by name ("the number of those who"), and a plural that a number ends ("the landings come to")."""
    verbs = "|".join(tables()["tolls"]["sums"])
    ends = (
        rf"(?P<thing>(?:(?!(?!one\b){CARDINAL}\s+(?!{_MONTHS})[a-z])[^.;:]){{3,110}}?),?\s+"
        rf"(?:(?:now|then|already|thus)\s+)?(?:{verbs})\s*(?:,[^,.;]{{3,30}},\s*)?"
        rf"(?:(?:now|already|about|some|exactly)\s+)?(?P<number>{CARDINAL})\b"
        rf"(?=\s*(?:[,;](?!\d)|\.(?!\d)|$|(?:{'|'.join(tables()['tolls']['after'])})\b))"
    )
    named = rf"\b(?P<sum>{'|'.join(tables()['tolls']['names'])})\s+(?:\w+\s+)?(?:of|for|who|that)\s+"
    return (
        re.compile(named + ends, re.IGNORECASE),
        re.compile(r"\b(?P<sum>)(?:the|our|their|all)\s+" + ends, re.IGNORECASE),
    )


def _totals(text: str, start: int) -> Iterator[Quantity]:
    """ "Our total of destroyed houses now stands at 1,087": a thing, and its number at the end."""
    if not _ANY_NUMBER.search(text):
        return
    counts = load_counts()
    said = counts_on(text)
    by_name, by_plural = _summed()
    for match in [*by_name.finditer(text)] or by_plural.finditer(text):
        words = re.findall(r"[^\W\d_][\w’'-]*", match.group("thing").casefold())
        value = cardinal(match.group("number"))
        counted = _first_thing(words, named=bool(match.group("sum")))
        if counted is None or value is None or value < 2 or _year(match.group("number")):
            continue
        fates = [counts.fates.get(form) for w in words for form in (w, w[:-1], w[:-2])]
        fates += [f for f in sorted(tables()["fates"]) if pattern("fates", f).search(match.group("thing"))]
        at = start + match.start("number")
        yield Quantity(
            at,
            at + len(match.group("number")),
            match.group("number"),
            counted.what,
            counted.kind or None,
            float(value),
            float(value),
            fate=next((f for f in fates if f), None),
            cumulative=True if said or match.group("sum").casefold() == "total" else None,
        )


def _year(number: str) -> bool:
    """Whether a number can be a year: four digits without a comma."""
    return number.isdigit() and 1500 <= int(number) <= 2100


def _first_thing(words: Sequence[str], *, named: bool) -> Counted | None:
    """What a sum is of: its first noun that is counted in war, else the plural that heads it.

    ``named`` tells that the words speak of a number or total; else only the first words can be its noun.
    """
    counts = load_counts()
    near = words if named else words[:3]
    things = (counts.nouns.get(form) for w in near for form in (w, w.removesuffix("s")))
    found = next((c for c in things if c is not None), None)
    if found is not None or not near:
        return found
    if near[0] in {"those", "dead"} or (named and "who" in near) or near[0] in {"went", "came", "fell"}:
        return Counted("person", "people")
    plural = next((w for w in near[:2] if w.endswith("s") and len(w) > 4), None)
    return Counted(plural.removesuffix("s"), "") if plural else None


@lru_cache(maxsize=1)
def _listed() -> re.Pattern[str]:
    """ "tanks 1,026", "aircraft – 190": a thing and its count in a list of losses."""
    things = "|".join(sorted(tables()["counted_losses"]["words"], key=lambda w: (-len(w), w)))
    return re.compile(
        rf"\b(?P<thing>{things})(?:\s*[:–—-]\s*|\s+)(?P<number>\d{{1,3}}(?:[, ]\d{{3}})+|\d{{1,6}})"
        r"(?!\s*(?:%|km|[a-z]|\d))(?=\s*(?:[,;.(+]|$))",
        re.IGNORECASE,
    )
