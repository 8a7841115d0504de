"""Which places of a sentence a happening has: a small logistic model over the grammar between them.

Rules alone cannot weigh "captured in a raid on a farm near X, police in Y said": whether a place below
another happening, in a far clause or inside a noun phrase is still the scene depends on many small things
at once. :mod:`svidok.claims.ties` names them, the rules' own answer among them; this stage adds up their
weights, and those of pairs of the most telling ones, and keeps the places that are more likely than not.
The weights are data, made by ``benchmarks/fit_attachment.py``.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from svidok.atlas.lexicon import Lexicon
from svidok.claims.elsewhere import elsewhere
from svidok.claims.kindred import fought_at, predicated, share, whither_fired
from svidok.claims.kinds import Scope
from svidok.claims.logit import Logit, load_model, read_logit
from svidok.claims.rivals import finer_of, lists_of
from svidok.claims.scene import SCENELESS, Draft
from svidok.claims.ties import ties_of
from svidok.claims.ways import Telling

__all__ = ["Attachment", "is_plain", "load_attachment", "settle"]

REAL = frozenset({"asserted", "reported", "announced"})
PLAIN = frozenset(
    f"direct {word}"
    for word in ("in", "at", "near", "inside", "on", "outside", "around", "across", "throughout", "within")
)
SLIGHT = 0.01


@dataclass(frozen=True, slots=True)
class Attachment(Logit):
    """The model of attachment: which list of places a happening has.

    ``pairs`` holds what two features weigh more together than apart, under the one that sorts first.
    """

    pairs: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def tie(self, names: Set[str]) -> float:
        """How well a place with these features belongs to a happening.

        >>> Attachment({"below": 1.0}, pairs={"after": {"below": 0.5}}).tie({"after", "below"})
        1.5
        """
        return math.fsum((self.score(names), *self._joint(names)))

    def _joint(self, names: Set[str]) -> Iterator[float]:
        for one in self.pairs.keys() & names:
            row = self.pairs[one]
            for other in row.keys() & names:
                yield row[other]

    def weigh(
        self, seen: Mapping[int, frozenset[str]], lists: Sequence[tuple[int, ...]]
    ) -> list[tuple[tuple[int, ...], float]]:
        """Each list of places with how well it belongs to a happening; above 0 it is its place.

        Args:
            seen: the features of each place of the sentence that is near enough.
            lists: the places that stand in one list, which a happening has or lacks together.

        >>> Attachment({"rule own": 1.0}).weigh({3: frozenset({"rule own"})}, [(3,)])
        [((3,), 1.0)]
        """
        weighed = []
        for members in lists:
            known = [number for number in members if number in seen]
            if not known:
                continue
            score = math.fsum(self.tie(seen[number]) for number in known) / len(known) - self.least
            if score <= 0 and any(is_plain(seen[number]) for number in known):
                score = SLIGHT  # less than any other place, more than none
            weighed.append((members, score))
        return weighed


def is_plain(names: Set[str]) -> bool:
    """Whether a place hangs on the happening itself by a word that says where: "were killed in Gaza".

    >>> is_plain({"rule own", "direct in"}), is_plain({"rule own", "direct from"})
    (True, False)
    """
    return "rule own" in names and not PLAIN.isdisjoint(names)


@functools.cache
def load_attachment() -> Attachment:
    """The packaged model.

    Raises:
        BadData: ``attachment.toml`` lacks its tables, or a weight is not a number.
    """
    return load_model("attachment", _read)


def _read(table: Mapping[str, Any]) -> Attachment:
    pairs = {
        one: {other: float(weight) for other, weight in row.items()} for one, row in table["pairs"].items()
    }
    plain = read_logit(table)
    return Attachment(plain.weights, plain.least, pairs)


def settle(scope: Scope, drafts: Sequence[Draft], model: Attachment, lexicon: Lexicon) -> None:
    """Let the model say which places of the sentence each happening has, in place.

    Args:
        scope: the sentence.
        drafts: its happenings, with the places that the rules gave them.
        model: the weights.
        lexicon: for the kinds of nouns.
    """
    if not scope.place_tokens:
        return
    tellings = [_telling(draft) for draft in drafts]
    lists = lists_of(scope, lexicon)
    finer = finer_of(scope)
    for which, draft in enumerate(drafts):
        if draft.type in SCENELESS:
            continue
        away = elsewhere(scope, draft, lexicon)
        seen = ties_of(scope, tellings, which, lexicon)
        near = {number: names for number, names in seen.items() if number not in away}
        weighed = model.weigh(near, lists)
        best, highest = max(weighed, key=lambda one: one[1], default=((), 0.0))
        chosen = {finer.get(number, number) for number in best if number in near} if highest > 0 else set()
        called = predicated(scope, draft)
        if called is not None:
            chosen = {called}
        elif not chosen:
            chosen = (whither_fired(scope, draft, away, lexicon) or fought_at(scope, draft, lexicon)) - away
        if not chosen:
            draft.leanings = {n: score for members, score in weighed for n in members if n in near}
        if chosen != set(draft.places):
            draft.notes.append("places by their ties")
        draft.places = {number: draft.places.get(number, "") for number in sorted(chosen)}
    share(scope, drafts)


def _telling(draft: Draft) -> Telling:
    frame = draft.frame
    return Telling(
        type=draft.type,
        token=draft.token,
        pos=frame.pos,
        anchors=frozenset(frame.anchors),
        subjects=frozenset(frame.subjects),
        objects=frozenset(frame.objects),
        passive=frame.passive,
        unsure=draft.standing.modality not in REAL,
        rule={number: draft.ties.get(number, "own") for number in draft.places},
    )
