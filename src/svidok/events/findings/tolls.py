"""Counts without a noun: "the death toll stood at 8,796", "put the number killed at 61"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from svidok.events.findings.numbers import CARDINAL, cardinal
from svidok.events.findings.vocabulary import pattern
from svidok.records import Quantity

__all__ = ["tolls"]

_TOLL = re.compile(
    r"\b(?:(?P<dead>death toll|number of (?:dead|deaths|killed|victims|those killed|people killed)|"
    r"number killed|toll|"
    r"deaths?|dead)|(?P<hurt>number (?:of )?(?:wounded|injured)))\b[^.;]{0,70}?\b(?:stood at|"
    r"stands at|stands now at|"
    r"reached|rose to|has risen to|had risen to|was|is|at|to|passed|climbed to|came to)\s+"
    rf"(?:(?P<bound>at least|more than|over|about|around|some)\s+)?(?P<number>{CARDINAL})\b"
    r"(?!\s*(?:%|per cent|years?|days?|am|pm|o'clock|[:/.]\d|January|February|March|April|May|June|"
    r"July|August|"
    r"September|October|November|December))",
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
    for match in _TOLL.finditer(text):
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
    return tuple(out)
