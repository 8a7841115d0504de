"""Names written without a capital: "fighting near kharkiv", "fire in nova kakhovka", "the black sea"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.russian import latin_adjectives
from svidok.claims.mentions.places.drafts import Draft
from svidok.claims.mentions.places.features import Surroundings
from svidok.claims.mentions.places.known import Known, Numbers
from svidok.claims.mentions.places.mention import Mention, take_region_word
from svidok.claims.mentions.places.respell import Respeller
from svidok.claims.mentions.places.weighing import Weights

__all__ = ["Lowered"]

_KEPT = 500_000
_SHORTEST = 7  # letters of a name that its ending tells
_PARTED = re.compile(r"\b[a-z]+s['’ʼ]k(?:[a-z]{1,2})?\b")
"""A word with the apostrophe of a Ukrainian soft sign: "skadovs'k"."""


class Lowered:
    """Finds them; remembers which words are no names, never what texts say."""

    def __init__(self, known: Known, weights: Weights, around: Surroundings, respeller: Respeller) -> None:
        self.known = known
        self.weights = weights
        self.respeller = respeller
        self._around = around
        self._no_names: set[str] = set()
        self._endings = tuple(known.words.telling_endings)
        self._sorts = known.words.great_sorts
        self._plain = known.words.common | known.words.rare

    def drafts(
        self, text: str, small: set[str], drafts: Sequence[Draft], countries: set[str]
    ) -> Iterator[Draft]:
        """Drafts of names written small.

        Args:
            text: the document's text.
            small: its words.
            drafts: what stands there already.
            countries: codes of the countries that the text names.
        """
        for word, numbers, telling in self._names(text, small, countries):
            for match in re.finditer(rf"(?<![\w@.-]){re.escape(word)}(?![\w@-])", text):
                if any(d.mention.start < match.end() and match.start() < d.mention.end for d in drafts):
                    continue
                opens = self._around.opens(text, match.start())
                left = "opens" if opens else self._around.before(text, match.start())
                right = self._around.after(text, match.end())
                mention = Mention(match.start(), match.end(), word, fold(word), numbers)
                if right == "after:place-word":
                    take_region_word(text, mention)
                names = ["small", f"small+{left}", f"small+{right}", left, right]
                yield Draft(mention, [self.weights.of(*names, *telling)], kind="small")

    def _names(
        self, text: str, small: set[str], countries: set[str]
    ) -> Iterator[tuple[str, Numbers, tuple[str, ...]]]:
        """Words that are names, with their entries and the features of what tells so."""
        unseen = small - self._no_names
        lowered = [word for word in unseen if word.islower()]
        great = {word for word in lowered if self.known.is_small_name(word)}
        telling = {word for word in lowered if word.endswith(self._endings)} - great
        if len(self._no_names) > _KEPT:
            self._no_names.clear()
        self._no_names |= unseen - great - telling
        for word in sorted(great):
            yield word, self.known.lookup(fold(word)), ()
        if "s'k" in text or "s’k" in text:
            telling |= set(_PARTED.findall(text))
        for word in sorted(telling):
            if numbers := self._told(word, countries):
                yield word, numbers, ("small-telling",)
        yield from self._of_two(text, small)

    def _of_two(self, text: str, small: set[str]) -> Iterator[tuple[str, Numbers, tuple[str, ...]]]:
        """Names of two words: a settlement behind its adjective, a sea or island of the base atlas."""
        found: dict[str, Numbers] = {}
        for opener in sorted(small & latin_adjectives()):
            for name in re.findall(rf"(?<![\w-]){opener}[ -][a-z’'ʼ]{{3,}}(?![\w-])", text):
                found[name] = tuple(
                    n for n in self.known.lookup(fold(name)) if self.known.is_settlement(n[0])
                )
        for sort in sorted(small & self._sorts):
            for name in re.findall(rf"(?<![\w-])[a-z]{{3,}} {sort}(?![\w-])", text):
                if name.partition(" ")[0] not in self._plain:
                    found[name] = tuple(n for n in self.known.lookup(name) if self._is_area(n))
        for name in sorted(found):
            if found[name]:
                yield name, found[name], ("small-telling",)

    def _is_area(self, item: tuple[int, int]) -> bool:
        """Whether an entry is a sea, island or plain that is known everywhere."""
        layer, local = self.known.gazetteer.locate(item[0])
        return layer.key(local).startswith("area:")

    def _told(self, word: str, countries: set[str]) -> Numbers:
        """Settlements of a word that its ending tells to be a name, also under another spelling."""
        folded = fold(word)
        if len(folded) < _SHORTEST or folded in self._plain:
            return ()
        numbers = self.known.lookup(folded) or self.respeller.look(folded, countries)
        return tuple(item for item in numbers if self.known.is_settlement(item[0]))
