"""What words name a happening, as stems: "the fall of Girona" and "Girona fell" share theirs."""

from __future__ import annotations

import re

from svidok.claims.mentions.times.forms import normal
from svidok.claims.mentions.times.language import Language

__all__ = ["LONGEST", "named", "stems", "stems_of"]

LONGEST = 6  # words of a happening's name
WORDS = re.compile(r"[^\W\d_]{3,}")


def stems(words: str, language: Language) -> frozenset[str]:
    """The first letters of the words that say something, irregular forms brought together.

    >>> from svidok.claims.mentions.times.language import load_language
    >>> sorted(stems("the fall of girona", load_language("en")))
    ['fall', 'giro']
    """
    empty = language.cues.get("empty", frozenset())
    return frozenset(
        language.irregular.get(word, word)[:4] for word in WORDS.findall(words) if word not in empty
    )


def named(words: list[str], language: Language) -> list[str]:
    """The words, as written, that name a happening: up to a stop, or to where the next phrase begins.

    >>> from svidok.claims.mentions.times.language import load_language
    >>> named("the invasion of Kuwait thousands fled".split(), load_language("en"))
    ['the', 'invasion', 'of', 'Kuwait']
    """
    stop, opens = language.cues.get("stop", frozenset()), language.cues.get("determiner", frozenset())
    joint = language.cues.get("joint", frozenset())
    happening = language.cues.get("happening", frozenset())
    verb = language.cue_patterns.get("verb")
    name: list[str] = []
    before, told = "", False  # told: a noun has named it, and only "of Kuwait" may follow
    for written in words:
        word = normal(written)
        if word in stop or word.isdigit() or (before and word in opens and before not in joint):
            break
        if before and verb is not None and verb.fullmatch(word):
            break
        goes_on = word in joint or before in joint or before in opens
        if told and not goes_on and (written[:1].islower() or before.islower()):
            break
        name.append(written)
        told = told or word in happening
        before = written if written[:1].isupper() else word
    while name and normal(name[-1]) in joint | opens:
        name.pop()
    return name


def stems_of(words: list[str], language: Language) -> frozenset[str]:
    """The stems of the happening that some words begin with."""
    return stems(" ".join(named(words, language)).lower(), language)
