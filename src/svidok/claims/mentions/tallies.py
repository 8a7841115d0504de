"""Tallies of losses as armies publish them: "tanks – 1048, helicopters – 155, personnel ~ 23800".

The thing stands before its number, behind a dash or colon; many such pairs make a list, or one makes
a line of its own.
"""

from __future__ import annotations

import re

from svidok.atlas.units import Counted, Counts
from svidok.claims.mentions.tokens import Tokens
from svidok.records import Bound, Offsets, Quantity

__all__ = ["is_loss", "read_tally"]

_ANCHOR = re.compile(
    r"(?:\s[-–—‒]+\s*|[-–—‒]+\s+|:\s*)"
    r"(?P<hedge>~|≈|about|approximately|approx\.?|nearly|over|more than|at least)?\s*[-–—‒]?\s*"
    r"(?P<number>\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+|\d+)(?![\d.:/]\d)",
    re.I,
)
_LABEL = re.compile(r"[^\d;:,\n]*$")
_REACH = 70
_LOSS = re.compile(r"\b(?:loss(?:es)?|lost|destroyed|eliminated|liquidated)\b", re.I)
_HEDGES: dict[str, Bound] = {"over": "at_least", "more than": "at_least", "at least": "at_least"}
_LEAST = 3


def is_loss(text: str) -> bool:
    """Whether words speak of losses.

    >>> is_loss("The total combat losses of the enemy:")
    True
    """
    return _LOSS.search(text) is not None


def read_tally(t: Tokens, c: Counts, *, losses: bool) -> tuple[list[Quantity], list[Offsets]]:
    """The entries of a tally in one sentence, and the stretches that they take up.

    Args:
        t: the sentence.
        c: the vocabulary of counting.
        losses: whether the text before speaks of losses.

    Returns:
        Quantities, cumulative and with fate "lost" in a list of losses; nothing where fewer than three
        pairs stand in a sentence that is not one pair alone.
    """
    found: list[tuple[re.Match[str], Counted, int]] = []
    before = 0
    for entry in _ANCHOR.finditer(t.text):
        from_ = max(before, entry.start() - _REACH)
        label = _LABEL.search(t.text, from_, entry.start())
        before = entry.end()
        named = _thing(label.group(), c) if label is not None else None
        if named is not None and label is not None:
            found.append((entry, named[0], label.start() + named[1]))
    alone = len(found) == 1 and found[0][2] <= 2 and len(t.text) - found[0][0].end() <= 12
    if len(found) < _LEAST and not (alone and losses):
        return [], []
    lost = losses or is_loss(t.text)
    quantities, taken = [], []
    for entry, counted, at in found:
        start, end = t.start + at, t.start + entry.end()
        value = float(re.sub(r"\D", "", entry.group("number")))
        hedge = (entry.group("hedge") or "").lower()
        bound: Bound = _HEDGES.get(hedge, "about") if hedge else "exact"
        high = None if bound == "at_least" else value
        fate = "lost" if lost else None
        text = t.text[at : entry.end()]
        quantities.append(
            Quantity(
                start, end, text, counted.what, counted.kind, value, high, None, bound, fate, lost or None
            )
        )
        taken.append((start, end))
    return quantities, taken


def _thing(label: str, c: Counts) -> tuple[Counted, int] | None:
    """What a label counts, by its longest known run of words, and where that begins."""
    words = list(re.finditer(r"[^\W\d_][\w'-]*", label))
    for size in range(min(4, len(words)), 0, -1):
        for k in range(len(words) - size, -1, -1):
            run = " ".join(w.group().lower() for w in words[k : k + size])
            for form in (run, run.removesuffix("s"), run.removesuffix("es")):
                counted = c.nouns.get(form)
                if counted is not None and counted.kind in ("people", "equipment"):
                    return counted, words[k].start()
    return None
