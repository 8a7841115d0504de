"""Cardinal numbers as words and digits, where a check needs them next to a noun."""

from __future__ import annotations

import re

__all__ = ["CARDINAL", "cardinal"]

_SMALL = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen""".split()  # noqa: SIM905
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)  # noqa: SIM905
}
_WORDS = "|".join(sorted([*_TENS, *_SMALL], key=lambda w: -len(w)))
_ROUND = {"hundred": 100, "thousand": 1000}
CARDINAL = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?(?: (?:hundred|thousand)\b)?|"
    rf"(?:{_WORDS})(?:[- ](?:{_WORDS}))?(?:(?: and a half)? (?:hundred|thousand)\b)?|"
    r"a dozen|a hundred|hundred)"
)
"""A pattern for a cardinal number in digits or in words up to ninety-nine, also of hundreds or thousands."""


def cardinal(words: str) -> int | None:
    """The whole number that words or digits name, or None.

    >>> cardinal("thirty-one"), cardinal("2,800"), cardinal("1.5"), cardinal("a dozen")
    (31, 2800, None, 12)
    >>> cardinal("two and a half thousand"), cardinal("five hundred")
    (2500, 500)
    """
    plain = words.casefold().replace(",", "").strip()
    if plain.isdigit():
        return int(plain)
    if plain in {"a dozen", "a hundred", "hundred"}:
        return 12 if "dozen" in plain else 100
    head, _, last = plain.rpartition(" ")
    if last in _ROUND and head:
        half = head.endswith(" and a half")
        whole = cardinal(head.removesuffix(" and a half"))
        return None if whole is None else int((whole + half / 2) * _ROUND[last])
    parts = re.split(r"[- ]", plain)
    values = [_SMALL.get(p, _TENS.get(p)) for p in parts]
    if any(v is None for v in values):
        return None
    known = [v for v in values if v is not None]
    if len(known) == 1:
        return known[0]
    return known[0] + known[1] if known[0] >= 20 and 0 < known[1] < 10 else None
