"""What all acts on one thing come to: pure functions from the log to how the thing stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svidok.records import Judgement, Verdict
from svidok.store.chain import canonical
from svidok.store.views import Act, ReviewState, Standing

__all__ = ["VERDICTS", "by_target", "decide", "live", "pairs"]

VERDICTS = frozenset({"accept", "correct", "reject"})
_STANDING: dict[str, Standing] = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}


def live(acts: Iterable[Act]) -> list[Act]:
    """Acts that nobody has undone, in order; undoing is itself an act that can be undone.

    Args:
        acts: the log, or the part of it on some targets with the undoing acts.
    """
    ordered = sorted(acts, key=lambda act: act.number)
    undone: set[int] = set()
    for act in reversed(ordered):
        if act.kind == "undo" and act.number not in undone:
            undone.add(int(str(act.detail["act"])))
    return [act for act in ordered if act.kind != "undo" and act.number not in undone]


def by_target(acts: Iterable[Act]) -> dict[tuple[str, str], list[Act]]:
    """Live acts of people on each thing, keyed by what it is and its id."""
    found: dict[tuple[str, str], list[Act]] = defaultdict(list)
    for act in acts:
        if act.subject is not None and act.target is not None:
            found[act.subject, act.target].append(act)
    return dict(found)


def decide(acts: Sequence[Act]) -> ReviewState:
    """How one thing stands after these live acts on it.

    Of each reviewer the last verdict counts. Where all agree it holds; where they differ the thing is
    disputed, until an adjudicator decides; an adjudication holds over everything.
    """
    verdicts: dict[str, Act] = {}
    ruling: Act | None = None
    grade: str | None = None
    comments = 0
    who: list[str] = []
    for act in acts:
        if act.kind in VERDICTS:
            verdicts.pop(act.who, None)
            verdicts[act.who] = act
        elif act.kind == "adjudicate":
            ruling = act
        elif act.kind == "grade":
            grade = str(act.detail["grade"])
        elif act.kind == "comment":
            comments += 1
        if act.kind not in ("comment", "grade") and act.who not in who:
            who.append(act.who)
    status: Standing = "unreviewed"
    decided: Act | None = None
    if ruling is not None:
        decided, status = ruling, _STANDING[str(ruling.detail["verdict"])]
    elif verdicts:
        said = {(act.kind, canonical(act.detail.get("set", {}))) for act in verdicts.values()}
        if len(said) == 1:
            decided = next(reversed(verdicts.values()))
            status = _STANDING[decided.kind]
        else:
            status = "disputed"
    fields: Any = decided.detail.get("set", {}) if decided and status == "corrected" else {}
    return ReviewState(
        status=status,
        grade=grade,
        corrections=tuple(sorted(fields.items())),
        reviewers=tuple(who),
        comments=comments,
        act=decided.number if decided else None,
    )


@dataclass(frozen=True, slots=True)
class Pairs:
    """Reviewers' verdicts on pairs of claims, and the pairs on which they differ."""

    judgements: tuple[Judgement, ...]
    disputed: frozenset[tuple[str, str]]


def pairs(acts: Iterable[Act]) -> Pairs:
    """Same/different verdicts from live acts of merging and splitting.

    A merge says that all claims of one event tell of what all claims of the other tell; a split says
    that each claim taken out tells of something else than each claim that stays. Of one reviewer the
    last word on a pair counts. Where reviewers differ on any pair, the acts that differ are suspended as a
    whole, unless an admin's act is among them (``detail["adjudicated"]``), which then decides.
    """
    said: dict[tuple[str, str], dict[str, Act]] = defaultdict(dict)
    for act in acts:
        if act.kind in ("merge", "split"):
            for pair in _pairs_of(act):
                said[pair][act.who] = act
    disputed = {pair: _ruling(voices) for pair, voices in said.items() if _differ(_ruling(voices))}
    suspended = {act.number for voices in disputed.values() for act in voices}
    judgements = []
    for (left, right), voices in sorted(said.items()):
        counted = [act for act in _ruling(voices) if act.number not in suspended]
        if counted:
            last = max(counted, key=lambda act: act.number)
            who = ", ".join(sorted({act.who for act in counted}))
            verdict: Verdict = "same" if last.kind == "merge" else "different"
            done = "merged" if last.kind == "merge" else "parted"
            judgements.append(Judgement(left, right, verdict, (f"{done} {last.at}",), f"reviewer {who}"))
    return Pairs(tuple(judgements), frozenset(disputed))


def _ruling(voices: Mapping[str, Act]) -> list[Act]:
    """The acts on a pair that count: an admin's over all others."""
    return [act for act in voices.values() if act.detail.get("adjudicated")] or list(voices.values())


def _differ(acts: Sequence[Act]) -> bool:
    return len({act.kind for act in acts}) > 1


def _pairs_of(act: Act) -> list[tuple[str, str]]:
    """Pairs of claim ids, each in order of its ids, that an act joins or parts."""
    groups: Any = act.detail.get("groups", [])
    found = set()
    for at, group in enumerate(groups):
        for other in groups[at + 1 :]:
            if act.kind == "split":
                found |= {(min(a, b), max(a, b)) for a in group for b in other if a != b}
            elif group and other:
                first, second = min(group), min(other)
                found |= {(min(first, b), max(first, b)) for b in other if b != first}
                found |= {(min(second, a), max(second, a)) for a in group if a != second}
    return sorted(found)
