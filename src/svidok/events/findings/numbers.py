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
_UNIT = rf"(?:{_WORDS})(?:[- ](?:{_WORDS}))?"
_MORE = rf"(?:(?: and)? {_UNIT}(?: (?:hundred|thousand)\b)?){{0,3}}"
CARDINAL = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?(?: (?:hundred|thousand)\b)?|"
    rf"{_UNIT}(?:(?: and a half)? (?:hundred|thousand)\b{_MORE})?|"
    rf"a dozen|(?:a )?hundred\b{_MORE}|a thousand\b{_MORE})"
)
"""A pattern for a cardinal number in digits, or in words up to some hundred thousand."""


def cardinal(words: str) -> int | None:
    """The whole number that words or digits name, or None.

    >>> cardinal("thirty-one"), cardinal("2,800"), cardinal("1.5"), cardinal("a dozen")
    (31, 2800, None, 12)
    >>> cardinal("two and a half thousand"), cardinal("five hundred")
    (2500, 500)
    >>> cardinal("one thousand nine hundred and eighty-five")
    1985
    """
    plain = words.casefold().replace(",", "").strip()
    if plain.isdigit():
        return int(plain)
    if plain == "a dozen":
        return 12
    head, _, last = plain.rpartition(" ")
    half = head.removesuffix(" and a half")
    if last in _ROUND and half != head:
        whole = cardinal(half)
        return None if whole is None else int((whole + 0.5) * _ROUND[last])
    return _spelled([p for p in re.split(r"[- ]", plain) if p != "and"])


def _spelled(parts: list[str]) -> int | None:
    """The number that words spell out one after another."""
    total, held, last = 0, 0, 0
    for index, part in enumerate(parts):
        value = _SMALL.get(part, _TENS.get(part))
        if part in _ROUND:
            held = max(held, 1) * _ROUND[part]
            total, held = (total + held, 0) if part == "thousand" else (total, held)
            last = _ROUND[part]
        elif part.isdigit() and index == 0:
            held, last = int(part), 1
        elif part == "a" and index == 0:
            continue
        elif value is None or (last and last < 100 and not (last >= 20 and 0 < value < 10)):
            return None
        else:
            held, last = held + value, value
    return total + held if parts else None
