"""What people judged, laid over what the machine read: the claims that events are joined from.

The machine's readings are never written to. A corrected claim keeps its id and its words and has the
reviewer's fields; a rejected one is left out; an accepted or corrected one that a newer reader no longer
finds is carried on from the copy that the act keeps, so that no build loses a judgement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from svidok.errors import Refused
from svidok.records import Actor, Claim, Judgement, Place, Quantity, Reading, TimeSpan
from svidok.store.judging import by_target, decide, live, pairs
from svidok.store.views import Act, ReviewState

__all__ = ["CLAIM_FIELDS", "Kept", "Overlay", "corrected", "overlay"]

CLAIM_FIELDS = frozenset(
    ["actors", "modality", "place", "polarity", "quantities", "speaker", "targets", "time", "type"]
)
"""What of a claim a reviewer can correct."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The copy of a claim that an act keeps: the claim, its places in order, and its words."""

    claim: Claim
    places: tuple[Place, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """Readings as people judged them.

    Attributes:
        readings: effective readings, in the order given.
        judgements: reviewers' verdicts on pairs of claims.
        machine: claim id -> the claim and its places as the machine found them (or as an act kept them).
        effective: claim id -> the claim with corrections, for those that have any.
        moved: claim id of an act -> id under which a newer reader finds the same words.
        carried: ids of claims that only acts still keep.
        orphaned: ids of judged claims that nothing stands for.
        disputed: pairs of claims on which reviewers differ.
    """

    readings: tuple[Reading, ...]
    judgements: tuple[Judgement, ...]
    effective: Mapping[str, Claim]
    moved: Mapping[str, str]
    carried: frozenset[str]
    orphaned: frozenset[str]
    disputed: frozenset[tuple[str, str]]


def overlay(readings: Sequence[Reading], acts: Iterable[Act]) -> Overlay:
    """Lay all acts over all readings.

    Args:
        readings: as the machine made them.
        acts: the whole audit log, or all of its judgements.
    """
    alive = live(acts)
    said = by_target(alive)
    judged = {target: (decide(own), own) for (subject, target), own in said.items() if subject == "claim"}
    grades = {
        target: decide(own).grade
        for (subject, target), own in said.items()
        if subject in ("source", "document")
    }
    found = {claim.id: reading.document.id for reading in readings for claim in reading.claims}
    documents = {reading.document.id for reading in readings}
    moved, carried, orphaned = _settle(readings, judged, found, documents)
    by_document: dict[str, list[Kept]] = defaultdict(list)
    for kept in carried.values():
        by_document[kept.claim.document].append(kept)
    changes: dict[str, ReviewState] = {}
    for target, (state, _) in judged.items():
        home = moved.get(target, target)
        if home == target or state.status == "corrected":
            changes.setdefault(home, state)
    effective: dict[str, Claim] = {}
    out = [
        _reading(reading, by_document.get(reading.document.id, ()), changes, grades, effective)
        for reading in readings
    ]
    ruled = pairs(alive)
    judgements = tuple(
        replace(j, left=moved.get(j.left, j.left), right=moved.get(j.right, j.right))
        for j in ruled.judgements
    )
    return Overlay(
        tuple(out), judgements, effective, moved, frozenset(carried), frozenset(orphaned), ruled.disputed
    )


def corrected(
    claim: Claim, places: tuple[Place, ...], fields: Mapping[str, Any]
) -> tuple[Claim, tuple[Place, ...]]:
    """A claim with a reviewer's fields in place of the machine's.

    Args:
        claim: as the machine found it.
        places: of its reading; a corrected place is put behind them.
        fields: see ``Store.act``.

    Raises:
        Refused: a field does not exist or its value does not fit.
    """
    unknown = set(fields) - CLAIM_FIELDS
    if unknown:
        raise Refused(
            f"a claim has no {sorted(unknown)[0]!r} to correct",
            remedy=f"give one of {', '.join(sorted(CLAIM_FIELDS))}",
        )
    changes: dict[str, Any] = {}
    try:
        for field, value in fields.items():
            if field == "place":
                if value is None:
                    changes["places"] = ()
                    continue
                place = _place(claim, value)
                changes["places"] = (len(places),)
                places = (*places, place)
            elif field == "time":
                changes[field] = (
                    None
                    if value is None
                    else msgspec.convert({"earliest": None, "latest": None, "edtf": None, **value}, TimeSpan)
                )
            elif field in ("actors", "targets"):
                changes[field] = tuple(_actor(claim, item) for item in value)
            elif field == "quantities":
                changes[field] = tuple(_quantity(claim, item) for item in value)
            else:
                changes[field] = value
        made = replace(claim, **changes)
        msgspec.convert(msgspec.to_builtins(made), Claim)
    except (msgspec.ValidationError, TypeError, ValueError, KeyError) as error:
        raise Refused(
            f"the correction does not fit: {error}",
            where=f"claim {claim.id}",
            remedy="see `svidok review --help`",
        ) from error
    return made, places


def _settle(
    readings: Sequence[Reading],
    judged: Mapping[str, tuple[ReviewState, list[Act]]],
    found: Mapping[str, str],
    documents: set[str],
) -> tuple[dict[str, str], dict[str, Kept], set[str]]:
    """Where judged claims are now: under another id, only in an act, or nowhere."""
    lost = sorted(set(judged) - set(found))
    moved: dict[str, str] = {}
    carried: dict[str, Kept] = {}
    orphaned: set[str] = set()
    if not lost:
        return moved, carried, orphaned
    spots: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for reading in readings:
        for claim in reading.claims:
            spots[claim.document, claim.type].append(claim)
    taken = set(judged) & set(found)
    for target in lost:
        state, own = judged[target]
        kept = _kept(own)
        if kept is None:
            orphaned.add(target)
            continue
        claim = kept.claim
        heirs = [
            other
            for other in spots.get((claim.document, claim.type), ())
            if other.trigger[0] < claim.trigger[1]
            and claim.trigger[0] < other.trigger[1]
            and other.id not in taken
        ]
        if heirs:
            heir = min(heirs, key=lambda other: (abs(other.trigger[0] - claim.trigger[0]), other.id))
            taken.add(heir.id)
            moved[target] = heir.id
        elif state.status in ("accepted", "corrected") and claim.document in documents:
            carried[target] = kept
        else:
            orphaned.add(target)
    return moved, carried, orphaned


def _kept(acts: Sequence[Act]) -> Kept | None:
    for act in reversed(acts):
        if "was" in act.detail:
            return msgspec.convert(act.detail["was"], Kept)
    return None


def _reading(
    reading: Reading,
    carried: Sequence[Kept],
    changes: Mapping[str, ReviewState],
    grades: Mapping[str, str | None],
    effective: dict[str, Claim],
) -> Reading:
    source = reading.document.source
    grade = (grades.get(reading.document.id) or grades.get(source.name)) if source else None
    touched = any(claim.id in changes for claim in reading.claims)
    if not carried and not touched and not grade:
        return reading
    places = reading.places
    claims = list(reading.claims)
    text = reading.document.text
    for kept in carried:
        if text[kept.claim.start : kept.claim.end] == kept.words:
            claims.append(
                replace(kept.claim, places=tuple(range(len(places), len(places) + len(kept.places))))
            )
            places = (*places, *kept.places)
    out = []
    for claim in claims:
        state = changes.get(claim.id)
        if state is not None and state.status == "rejected":
            continue
        if state is not None and state.status == "corrected":
            claim, places = corrected(claim, places, dict(state.corrections))
            effective[claim.id] = claim
        out.append(claim)
    document = reading.document
    if grade and source:
        document = replace(document, source=replace(source, grade=grade))
    return replace(reading, document=document, places=places, claims=tuple(out))


def _place(claim: Claim, value: Mapping[str, Any]) -> Place:
    base = {"start": claim.start, "end": claim.start, "text": "", "confidence": 1.0, "why": "a reviewer"}
    return msgspec.convert({**base, **value}, Place)


def _actor(claim: Claim, value: Mapping[str, Any]) -> Actor:
    return msgspec.convert({"start": claim.start, "end": claim.start, "text": "", **value}, Actor)


def _quantity(claim: Claim, value: Mapping[str, Any]) -> Quantity:
    base = {"start": claim.start, "end": claim.start, "text": "", "what": None, "kind": None}
    return msgspec.convert({**base, "low": None, "high": None, **value}, Quantity)
