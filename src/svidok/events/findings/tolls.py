"""Counts without a noun: "the death toll stood at 8,796", "put the number killed at 61"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from svidok.events.atoms import fold
from svidok.events.findings.numbers import CARDINAL, cardinal
from svidok.events.findings.vocabulary import pattern, tables
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
    total = pattern("patterns", "since").search(text) is not None
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
    return tuple(out)


@lru_cache(maxsize=1)
def _listed() -> re.Pattern[str]:
    """ "tanks 1,026", "aircraft – 190": a thing and its count in a list of losses."""
    things = "|".join(sorted(tables()["counted_losses"]["words"], key=lambda w: (-len(w), w)))
    return re.compile(
        rf"\b(?P<thing>{things})(?:\s*[:–—-]\s*|\s+)(?P<number>\d{{1,3}}(?:[, ]\d{{3}})+|\d{{1,6}})"
        r"(?!\s*(?:%|km|[a-z]|\d))(?=\s*(?:[,;.(+]|$))",
        re.IGNORECASE,
    )
