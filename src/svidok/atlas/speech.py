"""The words of saying, thinking and wanting: what a cue means and where its content stands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from svidok.errors import BadData

__all__ = ["FRAMES", "MODALITIES", "Sense", "Speech", "load_speech"]

MODALITIES = ("reported", "announced", "planned", "possible", "requested", "denied")
PREPOSITIONS = ("of", "for", "on", "to", "against", "about", "as", "in", "with", "from", "at", "over")
FRAMES = (
    "clause",
    "direct",
    "infinitive",
    "object",
    "predicate",
    "person",
    "noun",
    "adjective",
    *PREPOSITIONS,
)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a cue does: its kind of statement, PLOVER root and what it makes of its content.

    ``attitude`` marks states of mind (wanting, planning), which say nothing aloud.
    """

    code: str
    modality: str
    statement: str | None = None
    plover: str | None = None
    denies: bool = False
    attitude: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """The speech lexicon of one language.

    ``verbs[lemma][frame]`` is the sense that the verb has with a content of that shape; ``nouns``
    and ``adjectives`` give one sense a lemma; ``according`` the prepositions before a source,
    ``accounts`` the nouns that a source owns behind "by".
    """

    senses: Mapping[str, Sense]
    verbs: Mapping[str, Mapping[str, Sense]]
    nouns: Mapping[str, Sense]
    adjectives: Mapping[str, Sense]
    according: tuple[str, ...] = ()
    accounts: frozenset[str] = frozenset()
    idioms: frozenset[str] = frozenset()
    anonymous: frozenset[str] = frozenset()
    particles: frozenset[str] = field(default_factory=frozenset)
    lemmas: Mapping[str, str] = field(default_factory=dict)


def _check(entry: Mapping[str, object], where: str) -> None:
    unknown = set(entry) - {"code", "modality", "statement", "plover", "denies", "attitude", *FRAMES}
    if unknown:
        raise BadData(f"unknown keys {sorted(unknown)}", where=where, remedy=f"use {', '.join(FRAMES)}")
    if entry.get("modality") not in MODALITIES:
        raise BadData(f"modality {entry.get('modality')!r}", where=where, remedy=f"use one of {MODALITIES}")
    for frame in FRAMES:
        words = entry.get(frame, [])
        if not isinstance(words, list) or any(w != str(w).strip().lower() or not w for w in words):
            raise BadData(f"{frame} must list lower-case lemmas", where=where, remedy="mend the list")


@cache
def load_speech(language: str = "en") -> Speech:
    """The speech lexicon of a language, read once.

    Args:
        language: ISO 639-1 code of a file in ``atlas/data/speech``.

    Raises:
        BadData: the file breaks its schema or does not exist.

    >>> load_speech().verbs["deny"]["clause"].denies
    True
    """
    where = f"speech/{language}.toml"
    source = files("svidok.atlas") / "data" / "speech" / f"{language}.toml"
    if not source.is_file():
        raise BadData("no speech lexicon for this language", where=where, remedy="use en")
    data = tomllib.loads(source.read_text("utf-8"))
    senses: dict[str, Sense] = {}
    verbs: dict[str, dict[str, Sense]] = {}
    nouns: dict[str, Sense] = {}
    adjectives: dict[str, Sense] = {}
    for entry in data["sense"]:
        _check(entry, f"{where} [{entry.get('code')}]")
        sense = Sense(**{k: v for k, v in entry.items() if k not in FRAMES})
        senses[sense.code] = sense
        for frame in FRAMES:
            for lemma in entry.get(frame, []):
                if frame == "noun":
                    nouns.setdefault(lemma, sense)
                elif frame == "adjective":
                    adjectives.setdefault(lemma, sense)
                else:
                    verbs.setdefault(lemma, {}).setdefault(frame, sense)
    return Speech(
        senses=senses,
        verbs=verbs,
        nouns=nouns,
        adjectives=adjectives,
        according=tuple(data["prepositions"]["report"]),
        accounts=frozenset(data["prepositions"]["accounts"]),
        idioms=frozenset(data["prepositions"]["idioms"]),
        anonymous=frozenset(data["anonymous"]["nouns"]),
        lemmas=dict(data.get("lemmas", {})),
        particles=frozenset(lemma.split(" ", 1)[1] for lemma in verbs if " " in lemma),
    )
