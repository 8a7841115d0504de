"""Which sentences can hold a claim at all, seen from their words alone, before anything is parsed.

A claim needs a predicate of the lexicon with its companion words ("cut ... off", "car bomb"), or a force or
its equipment shown in a caption. Most sentences of most archives have neither; parsing is what costs time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from svidok.atlas.lexicon import NO_CLAIM, PARTS_OF_SPEECH, Lexicon

__all__ = ["Triage"]

Need = tuple[frozenset[str], frozenset[str] | None]
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
CAPTION = 30  # words up to which a sentence may be a caption
SHOWN = frozenset({"force", "equipment"})
ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ying", "ie"), ("ves", "f"), ("ves", "fe"), ("es", "e"), ("es", ""),
    ("s", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""), ("men", "man"),
)  # fmt: skip


class Triage:
    """Decides whether a sentence is worth a parse.

    Args:
        lexicon: the predicates to look for.
        irregular: lemmas by form that no ending tells ("sank": {"sink"}); those of the parser's lemmatiser.

    >>> from svidok.atlas.lexicon import load_lexicon
    >>> triage = Triage(load_lexicon(), irregular={"fell": frozenset({"fall"})})
    >>> triage.may_hold("The town fell in May."), triage.may_hold("It was a cold morning.")
    (True, False)
    """

    def __init__(self, lexicon: Lexicon, *, irregular: dict[str, frozenset[str]] | None = None) -> None:
        self._lexicon = lexicon
        self._irregular = irregular or {}
        self._needs = _needs(lexicon)
        self._lemmas: dict[str, frozenset[str]] = {}

    def may_hold(self, text: str) -> bool:
        """Whether a sentence has the words of a predicate, or may be a caption that shows a force."""
        found = [match.group() for match in WORD.finditer(text)]
        words = [word.lower() for word in found]
        lemmas = [self._lemmas.get(word) or self._learn(word) for word in words]
        present = frozenset(words).union(*lemmas)
        triggers = [lemma for few in lemmas for lemma in few if lemma in self._needs]
        if not words or (not triggers and len(words) > CAPTION):
            return False
        capital = any(word[0].isupper() for word in found[1:])
        named = capital or words[0] not in STARTERS or bool(OPEN & present)
        numbered = any(char.isdigit() for char in text) or bool(COUNTS & present)
        kinds: frozenset[str] | None = None
        for lemma in triggers:
            for needed, objects in self._needs[lemma]:
                if not needed <= present:
                    continue
                if objects is None or named or (numbered and "number" in objects):
                    return True
                if kinds is None:
                    kinds = frozenset().union(
                        *(self._lexicon.kinds_of(one) for one in _phrases(words, present))
                    )
                if kinds & objects:
                    return True
        if len(words) > CAPTION:
            return False
        return any(self._lexicon.kinds_of(lemma) & SHOWN for few in lemmas for lemma in few)

    def _learn(self, word: str) -> frozenset[str]:
        """All base forms that a word may have, by its ending or by the list of irregular ones."""
        found = {word, *self._irregular.get(word, ())}
        for listed in (self._lexicon.lemmas.get(word), self._lexicon.forms.get(word)):
            if listed:
                found.add(listed)
        for ending, base in ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                stem = word[: len(word) - len(ending)]
                found.add(stem + base)
                if ending in {"ed", "ing"} and len(stem) > 2 and stem[-1] == stem[-2]:
                    found.add(stem[:-1])
        known = frozenset(found)
        if len(self._lemmas) < MOST:
            self._lemmas[word] = known
        return known


OPEN = frozenset({
    "he", "she", "it", "they", "him", "her", "them", "we", "us", "i", "me", "you", "who", "which", "that",
    "this", "these", "those", "all", "some", "many", "most", "both", "several", "everyone", "someone",
    "nobody", "themselves", "himself", "others",
})  # fmt: skip
STARTERS = frozenset({
    "the", "a", "an", "in", "on", "at", "by", "for", "from", "with", "no", "every", "each", "but", "and",
    "as",
    "after", "before", "during", "when", "while", "there", "then", "now", "today", "yesterday", "our",
    "their",
    "his", "its", "my", "another", "such", "over", "under", "to", "of", "if", "not", "only", "even",
    "also",
})  # fmt: skip
COUNTS = frozenset({
    "dozen", "dozens", "hundred", "hundreds", "thousand", "thousands", "million", "one", "two", "three",
    "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "score", "scores", "none",
})  # fmt: skip
FREE = frozenset({"none", "any", "other", "event", "pronoun"})
"""Kinds of an object that no word list tells."""


def _phrases(words: list[str], present: frozenset[str]) -> Iterator[str]:
    """The single words of a sentence in all their forms, and its pairs of words."""
    yield from present
    for first, second in pairwise(words):
        yield f"{first} {second}"


MOST = 200_000  # words remembered


def _needs(lexicon: Lexicon) -> dict[str, tuple[Need, ...]]:
    """By lemma, what each of its senses asks for: words beside it, kinds of its object (None: any)."""
    needs: dict[str, set[Need]] = defaultdict(set)
    for lemma in lexicon.trigger_lemmas:
        for pos in PARTS_OF_SPEECH:
            for companion, sense in lexicon.of(lemma, pos):
                if sense.type != NO_CLAIM:
                    preps = frozenset(sense.prep) if sense.pos == "verb" else frozenset()
                    objects = sense.object if pos == "verb" else None
                    if objects is not None and objects & FREE:
                        objects = None
                    needs[lemma].add((frozenset(_words(companion)) | preps, objects))
    return {
        lemma: tuple(sorted(every, key=lambda need: (sorted(need[0]), sorted(need[1] or ()))))
        for lemma, every in needs.items()
    }


def _words(companion: str | None) -> Iterator[str]:
    for word in (companion or "").removeprefix("<").split():
        if word.isalpha():
            yield word
