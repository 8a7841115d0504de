"""All checks, run over one dossier; repeats of one clash are told once."""

from __future__ import annotations

from svidok.events.findings import (
    actor,
    arrival,
    attribution,
    before,
    calendar,
    cause,
    control,
    cumulative,
    date,
    distance,
    extent,
    identity,
    list_count,
    order,
    outcome,
    place,
    polarity,
    quantity,
    rival,
    share,
    stay,
    weekday,
    whole_part,
)
from svidok.events.findings.corrected import settled
from svidok.events.findings.dossier import Dossier
from svidok.records import Finding

__all__ = ["CHECKS", "run"]

CHECKS = (
    *(
        weekday,
        calendar,
        attribution,
        list_count,
        distance,
        cumulative,
        order,
        arrival,
        cause,
        outcome,
        whole_part,
        share,
        stay,
    ),
    *(control, polarity, actor, date, before, quantity, extent, rival, place, identity),
)
"""In order of trust: when two kinds clash at the same words, the first is kept."""


def run(dossier: Dossier) -> tuple[Finding, ...]:
    """Every finding of a dossier, each clash once, in the order of the text."""
    kept: dict[frozenset[tuple[str, int]], Finding] = {}
    said: set[tuple[str, frozenset[str | None]]] = set()
    for check in CHECKS:
        for finding in sorted(check.check(dossier), key=_order):
            words = frozenset((s.id, s.start) for s in finding.spans)
            what = (finding.kind + finding.message, frozenset(s.says for s in finding.spans))
            if words in kept or what in said or settled(dossier, finding):
                continue
            kept[words] = finding
            said.add(what)
    return tuple(sorted(kept.values(), key=_order))


def _order(finding: Finding) -> tuple[str, int, str, tuple[tuple[str, int, int], ...]]:
    first = min((s.id, s.start) for s in finding.spans)
    return first[0], first[1], finding.kind, tuple((s.id, s.start, s.end) for s in finding.spans)
