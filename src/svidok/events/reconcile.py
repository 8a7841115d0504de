"""Claims in, events out: expand, pair, judge, join, agree; one line a stage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from svidok.events.atoms import Atom, expand, proper
from svidok.events.battles import told_on
from svidok.events.clusters import cluster
from svidok.events.consensus import best_place, best_time, estimates
from svidok.events.findings.vocabulary import pattern
from svidok.events.parts import CONTAINERS, ends_only, find_parts
from svidok.events.scenes import situated
from svidok.events.witnesses import count_witnesses, grades_of, witness_groups
from svidok.records import Event, Judgement, Quantity, Reading, Sentence, Source, content_id

__all__ = ["reconcile"]

_DONE = frozenset({"asserted", "reported", "announced"})


def reconcile(readings: Sequence[Reading], *, judgements: Sequence[Judgement] = ()) -> tuple[Event, ...]:
    """Join the claims of all readings into events.

    Args:
        readings: in any order; the answer does not depend on it.
        judgements: a reviewer's verdicts on pairs of claim ids, which overrule the rules.

    Returns:
        Events ordered by time, then place, then id. A claim that names several places may stand in
        several events; no claim is left out.
    """
    readings = sorted(_unique(readings), key=lambda r: (r.document.id, r.document.text))
    texts = {r.document.id: r.document.text for r in readings}
    sources = {r.document.id: r.document.source for r in readings}
    told = {r.document.id: r.sentences for r in readings}
    groups = witness_groups(readings)
    atoms = told_on(situated(expand(readings), readings), readings)
    members: dict[str, tuple[Atom, ...]] = {}
    events = []
    for indexes, links in cluster(atoms, judgements).groups():
        inside = tuple(atoms[i] for i in indexes)
        event = _event(inside, tuple(links), groups, texts, sources, told)
        if event.id in members:
            continue
        members[event.id] = inside
        events.append(event)
    parts = find_parts(events, members, texts)
    events = [replace(e, part_of=parts.get(e.id)) for e in events]
    return tuple(sorted(events, key=_order))


def _unique(readings: Sequence[Reading]) -> list[Reading]:
    """One reading a document: an exact repeat of id and text adds nothing."""
    kept: dict[tuple[str, str], Reading] = {}
    for reading in readings:
        key = (reading.document.id, reading.document.text)
        held = kept.get(key)
        if held is None or repr(reading) < repr(held):
            kept[key] = reading
    return list(kept.values())


def _event(
    atoms: tuple[Atom, ...],
    links: tuple[Judgement, ...],
    groups: dict[str, str],
    texts: dict[str, str],
    sources: dict[str, Source | None],
    told: dict[str, tuple[Sentence, ...]],
) -> Event:
    claims = tuple(dict.fromkeys(a.claim.id for a in atoms))
    place = best_place(atoms, groups)
    time, rule = best_time(atoms)
    if time is not None and time.latest is not None and ends_only(atoms, texts):
        time, rule = (
            replace(time, earliest=None, edtf=f"../{time.latest.partition('T')[0]}"),
            "only its end is told",
        )
    types: dict[str, int] = {}
    for atom in atoms:
        types[atom.claim.type] = types.get(atom.claim.type, 0) + 1
    kind = min(types, key=lambda t: (-types[t], t))
    done = [a for a in atoms if a.claim.polarity == "affirmed" and a.claim.modality in _DONE]
    witnesses = count_witnesses(
        ((a.claim, texts[a.document][a.claim.start : a.claim.end]) for a in done or atoms), groups
    )
    return Event(
        id=content_id("event", tuple(sorted(a.id for a in atoms))),
        type=kind,
        claims=claims,
        time=time,
        place=place,
        quantities=_quantities(atoms),
        actors=tuple(sorted({x.name or x.text for a in atoms for x in a.claim.actors})),
        sides=tuple(sorted({s for a in atoms for s in a.sides})),
        witnesses=witnesses,
        happened=bool(done),
        label=_label(atoms, kind, place.name or place.text if place else None),
        judgements=links,
        estimates=estimates(atoms, groups),
        time_rule=rule,
        disputes=(*_disputes(atoms), *_corrections(atoms, texts, told)),
        grades=grades_of([a.document for a in done or atoms], sources, groups),
    )


def _quantities(atoms: Sequence[Atom]) -> tuple[Quantity, ...]:
    seen: dict[str, Quantity] = {}
    for atom in atoms:
        for q in atom.claim.quantities:
            seen.setdefault(f"{atom.claim.id}:{q.start}:{q.end}", q)
    return tuple(seen[k] for k in sorted(seen))


def _label(atoms: Sequence[Atom], kind: str, place: str | None) -> str:
    names = sorted(n for a in atoms for n in a.names if kind in CONTAINERS or n.split()[0] not in CONTAINERS)
    if names:
        common = max(sorted(set(names)), key=names.count)
        word, _, rest = common.partition(" ")
        if word == "operation":
            return f"Operation {rest.title()}"
        return f"{word} of {_called(atoms, rest)}"
    word = kind.replace("_", " ")
    return f"{word} at {place}" if place else word


def _called(atoms: Sequence[Atom], name: str) -> str:
    """The place that a happening is named after, as the atlas or else the report writes it."""
    own = sorted(a.place.name or a.place.text for a in atoms if a.place and proper(a.place) == name)
    return max(own, key=own.count) if own else name.title()


def _disputes(atoms: Sequence[Atom]) -> tuple[str, ...]:
    out = []
    denied = [a for a in atoms if a.claim.polarity == "negated" or a.claim.modality == "denied"]
    if denied and len(denied) < len(atoms):
        who = sorted({a.claim.speaker for a in denied if a.claim.speaker})
        out.append("denied" + (f" by {', '.join(who)}" if who else ""))
    for kind in sorted({(q.what, q.fate) for a in atoms for q in a.claim.quantities}, key=str):
        counts = sorted(
            {
                q.low
                for a in atoms
                for q in a.claim.quantities
                if (q.what, q.fate) == kind and q.low is not None and q.low == q.high
            }
        )
        if len(counts) > 1:
            out.append(f"{kind[0] or 'count'}: {' or '.join(f'{n:.15g}' for n in counts)}")
    return tuple(out)


def _corrections(
    atoms: Sequence[Atom], texts: dict[str, str], told: dict[str, tuple[Sentence, ...]]
) -> tuple[str, ...]:
    """What a report says it takes back or counts anew, in its own words; the first claim stays beside it."""
    out = set()
    for atom in atoms:
        at = atom.claim.trigger[0]
        sentences = told[atom.document]
        number = bisect_right(sentences, at, key=lambda s: s.start) - 1
        whole = sentences[number].text if number >= 0 and at < sentences[number].end else ""
        words = whole or texts[atom.document][atom.claim.start : atom.claim.end]
        if pattern("patterns", "revised").search(words):
            out.add(f"corrected: “{' '.join(words.split())}”")
    return tuple(sorted(out))


def _order(event: Event) -> tuple[str, str, str, str]:
    time = event.time
    when = (time.earliest or time.latest or "9999") if time else "9999"
    return (
        when,
        (time.latest or "9999") if time else "9999",
        (event.place.name or "") if event.place else "",
        event.id,
    )
