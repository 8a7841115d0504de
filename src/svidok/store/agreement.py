"""How far reviewers agree beyond chance.

Methods: J. Cohen, "A coefficient of agreement for nominal scales" (1960), for two; K. Krippendorff,
"Content Analysis" (4th ed., 2018), nominal alpha with missing values, for any number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from svidok.store.judging import VERDICTS, by_target, live
from svidok.store.views import Act, Agreement

__all__ = ["agreement", "alpha", "kappa"]


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two reviewers' verdicts on the same things; None where chance alone fills it.

    >>> kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])
    0.5
    """
    if not pairs:
        return None
    total = len(pairs)
    seen = sum(left == right for left, right in pairs) / total
    lefts, rights = Counter(left for left, _ in pairs), Counter(right for _, right in pairs)
    chance = sum(lefts[value] * rights[value] for value in lefts) / total**2
    return None if chance >= 1 else round((seen - chance) / (1 - chance), 6)


def alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Krippendorff's nominal alpha; each unit holds the verdicts that were given on one thing.

    >>> alpha([("a", "a"), ("b", "b")]), alpha([("a", "a")])
    (1.0, None)
    """
    weights: dict[tuple[str, str], float] = {}
    for unit in units:
        if len(unit) < 2:
            continue
        for at, left in enumerate(unit):
            for other, right in enumerate(unit):
                if at != other:
                    weights[left, right] = weights.get((left, right), 0.0) + 1 / (len(unit) - 1)
    totals: dict[str, float] = {}
    for (left, _), weight in weights.items():
        totals[left] = totals.get(left, 0.0) + weight
    n = sum(totals.values())
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    if n <= 1 or expected == 0:
        return None
    observed = sum(weight for (left, right), weight in weights.items() if left != right)
    return round(1 - (n - 1) * observed / expected, 6)


def agreement(acts: Iterable[Act]) -> Agreement:
    """From the audit log: the last verdict of each reviewer on everything that two or more judged."""
    verdicts: list[Mapping[str, str]] = []
    for own in by_target(live(acts)).values():
        last = {act.who: act.kind for act in own if act.kind in VERDICTS}
        if len(last) > 1:
            verdicts.append(last)
    names = tuple(sorted({name for last in verdicts for name in last}))
    both = []
    for left, right in combinations(names, 2):
        shared = [(last[left], last[right]) for last in verdicts if left in last and right in last]
        if shared:
            both.append((left, right, len(shared), kappa(shared)))
    return Agreement(len(verdicts), names, alpha([tuple(last.values()) for last in verdicts]), tuple(both))
