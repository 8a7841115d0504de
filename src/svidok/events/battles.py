"""Which battle a fight is told of, where only the sentences around it say.

"In the battle of Hostomel they took the airport, but were ambushed": the ambush is of that battle. "The
fighting went on until May": the fighting is the one told just before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from svidok.events.apart import places_apart
from svidok.events.atoms import Atom, named_place
from svidok.events.findings.vocabulary import pattern
from svidok.records import Reading

__all__ = ["told_on"]

REACH = 3
"""Sentences of one paragraph after which "the fighting" no longer means the fight told before."""


def told_on(atoms: Sequence[Atom], readings: Iterable[Reading]) -> tuple[Atom, ...]:
    """Atoms of which those that tell on of a named or placed fight bear its name and its place.

    Args:
        atoms: from ``situated``, in the order of ``expand``; the answer keeps it.
        readings: the readings that they come from.
    """
    texts = {r.document.id: r.document.text for r in readings}
    out = list(atoms)
    fights = [i for i, a in enumerate(atoms) if a.family == "fight" and a.block >= 0]
    fights.sort(key=lambda i: (atoms[i].document, atoms[i].block, atoms[i].sentence, atoms[i].claim.trigger))
    for _, scene in groupby(fights, key=lambda i: (atoms[i].document, atoms[i].block)):
        last: Atom | None = None
        for _, told in groupby(scene, key=lambda i: atoms[i].claim.id):
            indexes = list(told)
            first = out[indexes[0]]
            if len(indexes) > 1:
                last = None
            elif last is not None and _of_sentence(last, first):
                out[indexes[0]] = replace(first, names=last.names)
            elif last is not None and _means_last(last, first, texts[first.document]):
                last = out[indexes[0]] = replace(first, names=last.names, place=last.place, lent_place=True)
            elif first.place is not None and not first.lent_place:
                last = first
    return tuple(out)


def _of_sentence(last: Atom, fight: Atom) -> bool:
    """Whether a sentence that has named its battle tells of a fight at no other place."""
    if fight.names or fight.sentence != last.sentence or named_place(last) is None or last.place is None:
        return False
    if fight.place is None or fight.lent_place:
        return True
    return places_apart(last.place, fight.place)[0] in {"same", "near", "within"}


def _means_last(last: Atom, fight: Atom, text: str) -> bool:
    """Whether a fight is only pointed at, as the one told before: "the battle", "fighting went on"."""
    if fight.names or not (fight.place is None or fight.lent_place) or fight.others:
        return False
    start = fight.claim.trigger[0]
    words = text[max(0, start - 5) : start + 40]
    near = fight.sentence - last.sentence <= REACH
    return near and any(m.start() <= 5 for m in pattern("patterns", "fights_on").finditer(words))
