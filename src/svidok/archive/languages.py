"""Which language a text is written in, by script, tell-tale letters and stop words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from svidok.archive.vocabulary import data_file, language_codes

__all__ = ["count_stop_words", "guess_language"]

_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile("[" + "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges) + "]"))
        for name, ranges in data_file("scripts")["ranges"].items()
    )


@cache
def _stop_words() -> dict[str, tuple[str, ...]]:
    """Each stop word with the languages that have it."""
    words: dict[str, list[str]] = {}
    for code in language_codes():
        for word in data_file(code)["stop_words"]:
            words.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in words.items()}


def guess_language(text: str) -> str | None:
    """The language of a text as an ISO 639-1 code; None when the words do not tell.

    Only the first 20,000 characters are looked at. Deterministic: the commonest script, then stop words
    and letters that only one language of that script has; a tie is no answer.

    >>> guess_language("The column was stopped on the road to Kyiv")
    'en'
    >>> guess_language("Колону зупинили на дорозі до Києва"), guess_language("Kyiv 2022")
    ('uk', None)
    """
    sample = text[:_SAMPLE]
    counts = {name: len(pattern.findall(sample)) for name, pattern in _scripts()}
    script = max(counts, key=lambda name: counts[name])
    if not counts[script]:
        return None
    letters = data_file("scripts")["letters"]
    if script not in ("latin", "cyrillic"):
        if script == "han" and counts["kana"] * 5 > counts["han"]:
            script = "kana"
        if script == "arabic" and sum(sample.count(one) for one in letters["fa"]) * 40 > counts["arabic"]:
            return "fa"
        owner = data_file("scripts")["languages"].get(script)
        return str(owner) if owner else None
    votes = _votes(sample)
    for code, own in letters.items():
        if code in language_codes():
            votes[code] += sum(sample.count(letter) for letter in own)
    best = votes.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]) or best[0][1] < 2:
        return None
    return best[0][0]


def _votes(sample: str) -> Counter[str]:
    """Two votes a stop word for each language that has it."""
    votes: Counter[str] = Counter()
    known = _stop_words()
    for word in _WORD.findall(sample.casefold()):
        for code in known.get(word, ()):
            votes[code] += 2
    return votes


def count_stop_words(text: str) -> int:
    """How many words of a text are stop words of the one language that has most of them there.

    >>> count_stop_words("the end of the road")
    3
    """
    return max(_votes(text[:_SAMPLE]).values(), default=0) // 2
