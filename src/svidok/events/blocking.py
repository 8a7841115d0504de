"""Candidate pairs without looking at all pairs: near-linear in the number of claims.

Atoms meet in a block when they share family and place cell, family and proper name, family and the name of
a place that nobody can locate, family, day and a name or a count, family and wording, family and a few
sentences of one report, or, where the place is not their own, family and a count. An atom without a place
stands in the cell of its report's home. Inside a block they are ordered by time and each meets only those
whose interval it can touch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import cos, floor, radians

from svidok.events.apart import DISPUTED_DAYS, MOVABLE
from svidok.events.atoms import NAMED_AFTER, Atom, fold, place_key

__all__ = ["CELL_DEGREES", "block_keys", "candidate_pairs"]

CELL_DEGREES = 0.25
NEIGHBOURS = 24
"""At most so many partners for one atom inside one block: enough to join all that belong together
(joining is transitive inside firm clusters), few enough to stay linear when a block is crowded."""


def _cells(atom: Atom) -> list[str]:
    place = atom.place or atom.home
    if place is None or place.lat is None or place.lon is None:
        return []
    if place.kind in {"region", "country"} or (place.radius_km or 0) > 60:
        return [f"k:{place_key(place)}"]
    reach = ((place.radius_km or 3.0) + 5.0) / 111.0
    wide = reach / max(0.2, cos(radians(place.lat)))
    rows = range(floor((place.lat - reach) / CELL_DEGREES), floor((place.lat + reach) / CELL_DEGREES) + 1)
    cols = range(floor((place.lon - wide) / CELL_DEGREES), floor((place.lon + wide) / CELL_DEGREES) + 1)
    return [f"c:{r}:{c}" for r in rows for c in cols]


def block_keys(atom: Atom) -> list[str]:
    """Every block that an atom stands in."""
    keys = [f"{atom.kin}|{cell}" for cell in _cells(atom)]
    if atom.place is not None and not keys:
        keys.append(f"{atom.kin}|k:{place_key(atom.place)}")
    keys += [f"{atom.kin}|n:{name}" for name in sorted(atom.names)]
    if atom.family in NAMED_AFTER and atom.place is not None and not atom.lent_place:
        keys.append(f"{atom.kin}|n:{atom.document}:{place_key(atom.place)}")
    keys += [f"{atom.kin}|a:{name}" for name in sorted(atom.anchors) if any(c.isdigit() for c in name)]
    if atom.block >= 0:
        keys.append(f"{atom.kin}|d:{atom.document}:{atom.sentence // 4}")
        keys.append(f"{atom.kin}|d:{atom.document}:{(atom.sentence + 2) // 4}h")
    if atom.place is not None and (atom.place.lat is None or atom.place.kind == "area"):
        keys.append(f"{atom.kin}|p:{fold(atom.place.text)}")
    if atom.place is None or atom.lent_place:
        keys += [f"{atom.kin}|s:{spot}" for spot in sorted(atom.spots)]
    elif atom.block >= 0:
        keys.append(f"{atom.kin}|s:n:{fold(atom.place.text)}")
    if atom.low is not None and atom.high is not None and atom.high - atom.low <= 1:
        named = sorted(
            atom.anchors
            | atom.spots
            | {f"{q.fate} {q.low:g}" for q in atom.claim.quantities if q.fate and q.low}
        )
        keys += [f"{atom.kin}|t:{atom.low}:{name}" for name in named]
    if atom.place is None or atom.lent_place:
        keys += [f"{atom.kin}|q:{q.what}:{q.low:g}" for q in atom.claim.quantities if q.what and q.low]
    if len(atom.words) >= 6:
        keys.append(f"{atom.kin}|w:{' '.join(sorted(atom.words))}")
    return keys


def candidate_pairs(atoms: Sequence[Atom]) -> Iterator[tuple[int, int]]:
    """Index pairs (i < j) worth judging, each once, in a fixed order.

    Args:
        atoms: in the order of ``expand``.
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, atom in enumerate(atoms):
        for key in block_keys(atom):
            blocks[key].append(index)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks):
        members = blocks[key]
        if len(members) < 2:
            continue
        lasting = key.split("|", 1)[0] in MOVABLE or "|a:" in key
        reach = 190 if "|n:" in key else DISPUTED_DAYS + 1 if lasting else 1
        members.sort(key=lambda i: (_start(atoms[i]), atoms[i].id))
        for position, i in enumerate(members):
            high = atoms[i].high
            for j in members[position + 1 : position + 1 + NEIGHBOURS]:
                low = atoms[j].low
                if high is not None and low is not None and low > high + reach:
                    break
                pair = (i, j) if i < j else (j, i)
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _start(atom: Atom) -> float:
    """Open or unknown beginnings come first: they can touch anything."""
    return float("-inf") if atom.low is None else float(atom.low)
