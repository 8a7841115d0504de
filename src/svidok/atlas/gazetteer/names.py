"""Names as they are looked up: one folded key for every spelling of the same letters.

Folding removes case, Latin diacritics, apostrophes, dots and hyphens and writes out "St." and
"Mt."; Cyrillic letters are kept. Two names with one key are spelt alike for our purpose.
"""

from __future__ import annotations

import unicodedata

__all__ = ["ABBREVIATED", "fold"]

_SPECIAL = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
        "ħ": "h",
        "ŋ": "n", "ё": "е", "ə": "a", "'": "", "’": "", "‘": "", "ʼ": "", "ʹ": "", "ʻ": "", "`": "",
        "´": "", "′": "",
        "ʿ": "", "ʾ": "", "ʺ": "", "″": "", ".": "", "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ",
        "_": " ", ",": " ", "/": " ",
    }
)  # fmt: skip
_ASCII = str.maketrans({"'": "", "`": "", ".": "", "-": " ", "_": " ", ",": " ", "/": " "})
ABBREVIATED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "sts": "saints"}
"""Folded words that are written out before others."""
_KEEP = "йїґў"


class _Plain(dict[int, str]):
    """Letters without their marks, decomposed once each."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter not in _KEEP:
            parts = unicodedata.normalize("NFKD", letter)
            letter = "".join(part for part in parts if not unicodedata.combining(part))
        self[code] = letter
        return letter


_PLAIN = _Plain()


def fold(name: str) -> str:
    """Fold a name to the key under which the atlas files it.

    Args:
        name: a toponym in any script and case.

    Returns:
        Lower-case words joined by single spaces; empty when nothing is left.

    >>> fold("Hostómel"), fold("Port-au-Prince"), fold("St. Petersburg"), fold("Slov’yans’k")
    ('hostomel', 'port au prince', 'saint petersburg', 'slovyansk')
    >>> fold("Київ")
    'київ'
    """
    if name.isascii():
        if name.isalnum():  # one word of plain letters: most are
            return name.lower()
        key = name.lower()
        if not key.replace(" ", "").isalnum():
            key = key.translate(_ASCII)
    else:
        key = unicodedata.normalize("NFC", name).casefold().translate(_SPECIAL)
        if not key.isascii():
            key = key.translate(_PLAIN)
    words = key.split()
    if not words:
        return ""
    if words[0] in ABBREVIATED and len(words) > 1:
        words[0] = ABBREVIATED[words[0]]
    return " ".join(words)
