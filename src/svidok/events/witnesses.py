"""Who is an independent witness: copies of one report, and reports that cite one voice, count once.

Method: near-copies by MinHash with banding (A. Broder, "On the resemblance and containment of
documents", 1997) over word shingles; passages by the exact words of a sentence.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from svidok.events.atoms import fold
from svidok.records import Claim, Reading, Source

__all__ = ["count_witnesses", "grades_of", "near_copies", "signature", "witness_groups"]

PERMUTATIONS = 64
BANDS = 16
SHINGLE = 5
ALIKE = 0.6
"""Estimated Jaccard similarity of word 5-grams from which two reports are one witness."""
PASSAGE_WORDS = 10

_WORD = re.compile(r"\w+")
_PRIME = np.uint64((1 << 61) - 1)
_RANDOM = np.random.Generator(np.random.PCG64(20220224))
_A = _RANDOM.integers(1, 1 << 31, PERMUTATIONS, dtype=np.uint64)
_B = _RANDOM.integers(0, 1 << 31, PERMUTATIONS, dtype=np.uint64)


def _hashes(text: str) -> npt.NDArray[np.uint64]:
    tokens = _WORD.findall(fold(text))
    size = min(SHINGLE, max(1, len(tokens)))
    grams = {" ".join(tokens[i : i + size]) for i in range(max(1, len(tokens) - size + 1))}
    digests = [int.from_bytes(hashlib.blake2b(g.encode(), digest_size=4).digest(), "big") for g in grams]
    return np.array(sorted(digests), dtype=np.uint64)


def signature(text: str) -> npt.NDArray[np.uint64]:
    """The MinHash signature of a text: 64 numbers; equal texts have equal signatures.

    >>> bool((signature("a b c d e f") == signature("A b c, d e f")).all())
    True
    """
    hashed = _hashes(text)
    marks: npt.NDArray[np.uint64] = ((hashed[None, :] * _A[:, None] + _B[:, None]) % _PRIME).min(axis=1)
    return marks


def near_copies(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of ids whose texts are near-copies, found by banding, never by all pairs.

    >>> text = "the shells fell on the market of the old town at noon and burned it down"
    >>> near_copies({"a": text, "b": text + "!", "c": "nothing of that kind was seen by us there"})
    [('a', 'b')]
    """
    marks = {key: signature(texts[key]) for key in sorted(texts)}
    rows = PERMUTATIONS // BANDS
    buckets: dict[tuple[int, bytes], list[str]] = defaultdict(list)
    for key, mark in marks.items():
        for band in range(BANDS):
            buckets[band, mark[band * rows : (band + 1) * rows].tobytes()].append(key)
    pairs = set()
    for members in buckets.values():
        first = members[0]
        for other in members[1:]:
            if float((marks[first] == marks[other]).mean()) >= ALIKE:
                pairs.add((first, other))
    return sorted(pairs)


def witness_groups(readings: Sequence[Reading]) -> dict[str, str]:
    """For each document id the name of its witness: one name for all reports that are not independent.

    Reports share a witness when they have one source name or are near-copies of each other.
    """
    parent: dict[str, str] = {}

    def find(x: str) -> str:
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    def join(a: str, b: str) -> None:
        a, b = sorted((find(a), find(b)))
        parent[b] = a

    texts = {}
    for reading in readings:
        document = reading.document
        node = f"document:{document.id}"
        find(node)
        texts[document.id] = document.text
        if document.source is not None and document.source.name:
            join(node, f"source:{fold(document.source.name)}")
    for a, b in near_copies(texts):
        join(f"document:{a}", f"document:{b}")
    return {key: find(f"document:{key}") for key in sorted(texts)}


def grades_of(
    documents: Iterable[str], sources: Mapping[str, Source | None], groups: Mapping[str, str]
) -> tuple[str, ...]:
    """The marks that the user gave to the sources of independent reports, the best first.

    Args:
        documents: ids of the reports that tell of one happening.
        sources: the source of each report.
        groups: from ``witness_groups``; of reports that are one witness the best mark counts.
    """
    best: dict[str, str] = {}
    for document in documents:
        source = sources.get(document)
        if source is not None and source.mark:
            home = groups.get(document, document)
            best[home] = min(best.get(home, source.mark), source.mark, key=_rank)
    return tuple(sorted(best.values(), key=_rank))


def _rank(mark: str) -> tuple[bool, str]:
    return mark.startswith("-"), mark


def count_witnesses(claims: Iterable[tuple[Claim, str]], groups: Mapping[str, str]) -> int:
    """How many independent witnesses tell of one happening.

    A claim that a report ascribes to a speaker has that speaker for its witness, wherever it is
    repeated; a report's own claim counts only when the report cites nobody for the same happening;
    claims in the very same words are one.

    Args:
        claims: pairs of a claim and its evidence words.
        groups: from ``witness_groups``.
    """
    voices: dict[str, set[str]] = defaultdict(set)
    passages: dict[str, set[str]] = defaultdict(set)
    for claim, words in claims:
        home = groups.get(claim.document, claim.document)
        voice = f"voice:{fold(claim.speaker)}" if claim.speaker else ""
        voices[home].add(voice)
        tokens = _WORD.findall(fold(words))
        if len(tokens) >= PASSAGE_WORDS:
            passages[" ".join(tokens)].add(home)
    found = set()
    copied: dict[str, str] = {}
    for homes in passages.values():
        first = min(homes)
        for home in homes:
            copied[home] = min(first, copied.get(home, first))
    for home, spoken in voices.items():
        named = spoken - {""}
        found |= named or {copied.get(home, home)}
    return len(found)
