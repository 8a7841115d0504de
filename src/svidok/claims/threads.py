"""What ties a happening to the sentence where a place was told before.

A story that goes on at a place goes on with it: the fight at the town, then the dead of the fight, the same
bridge, the same hospital; and the more towns are told in between, the less it is still there.
:mod:`svidok.claims.settings` weighs these as features.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from svidok.claims.kinds import Mentions
from svidok.claims.parse import Parsed
from svidok.claims.scene import Draft
from svidok.claims.towns import key_of

__all__ = ["Threads"]

FAR = 8  # sentences back from which only the place's own sentence is looked at for what is shared
SHORT = 2  # letters up to which a noun tells nothing
MOST_SHARED, MOST_BETWEEN = 2, 4


class Threads:
    """The threads of one document, from a happening's sentence back to a place's.

    Args:
        groups: its happenings by sentence.
        parsed: its sentences.
        mentions: its places.
        family_of: the family of a type of happening.
    """

    def __init__(
        self,
        groups: Mapping[int, Sequence[Draft]],
        parsed: Sequence[Parsed],
        mentions: Mentions,
        family_of: Callable[[str], str],
    ) -> None:
        self._groups = groups
        self._parsed = parsed
        self._mentions = mentions
        self._family_of = family_of
        self._nouns: dict[int, frozenset[str]] = {}

    def names(self, draft: Draft, number: int, back: int) -> set[str]:
        """What holds between a happening and the place ``number``, told ``back`` sentences before."""
        here, told = draft.sentence, draft.sentence - back
        own = self._family_of(draft.type)
        there = {self._family_of(one.type) for one in self._groups.get(told, ()) if number in one.places} or {
            "nothing"
        }
        names = {f"there {one}" for one in there} | {f"there {one}, then {own}" for one in there}
        if back == 0:
            return names
        places = self._mentions.places
        span = self._parsed[told].sentence.start, self._parsed[here].sentence.start
        between = {key_of(places[n]) for n in self._mentions.within("p", *span)}
        names.add(f"towns between {min(len(between) - 1, MOST_BETWEEN)}")
        shared = self._of(here) & self._of(told)
        names.add(f"shared nouns {min(len(shared), MOST_SHARED)}")
        path = range(told, here) if back < FAR else [told]
        if any(self._of(here) & self._of(one) for one in path):
            names.add("shared nouns on the way")
        return names

    def _of(self, at: int) -> frozenset[str]:
        """The common nouns of a sentence."""
        if at not in self._nouns:
            one = self._parsed[at]
            self._nouns[at] = frozenset(
                token.lemma_.lower()
                for token in (() if one.skipped else one.doc)
                if token.tag_ in {"NN", "NNS"} and len(token.lemma_) > SHORT
            )
        return self._nouns[at]
