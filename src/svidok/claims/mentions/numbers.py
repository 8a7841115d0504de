"""Number expressions over the words of a sentence: digits, words, ranges, bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from svidok.atlas.units import Counts
from svidok.claims.mentions.tokens import Tokens
from svidok.records import Bound

__all__ = ["Number", "read_number"]

_DIGITS = re.compile(
    r"^[~≈+]?(\d{1,3}(?:[,'’\u00a0\u2009\u202f]\d{3})+|\d+)(?:\.(\d+))?(%|k|m|bn|mln|K|M)?\+?$"
)
_DECIMAL_COMMA = re.compile(r"^(\d+),(\d{1,2})(%)?$")
_DATE = re.compile(r"^[0-3]\d\.[01]\d$")
_RANGE = re.compile(r"^(\d[\d,.]*)(%)?[-–—](\d[\d,.]*)(%)?$")
_DASHES = frozenset(("-", "–", "—", "to", "or"))


@dataclass(frozen=True, slots=True)
class Number:
    """A number expression: words ``first``..``last`` (inclusive), its bounds and whether it is a share."""

    first: int
    last: int
    low: float | None
    high: float | None
    bound: Bound
    share: bool = False
    fraction: bool = False
    begins: int = -1


def _value(t: Tokens, i: int, c: Counts) -> tuple[float, int, bool, bool] | None:
    """Value of the plain number at word ``i``: (value, last word, has % sign, is vague)."""
    found = _DIGITS.match(t.word[i]) or None
    if found:
        value = float(re.sub(r"\D", "", found.group(1)) + ("." + found.group(2) if found.group(2) else ""))
        last = i
        # "17 300": groups of three set apart by a space
        while (
            last + 1 < t.n
            and found.group(2) is None
            and not found.group(3)
            and re.fullmatch(r"\d{3}", t.word[last + 1])
            and re.fullmatch(r"\d{1,3}", t.word[i])
            and t.begin[last + 1] - t.end[last] == 1
            and value >= 1
            and not (i and t.lower[i - 1].rstrip(".") in c.months)
        ):
            value = value * 1000 + float(t.word[last + 1])
            last += 1
        suffix = found.group(3)
        if suffix and suffix != "%":
            return value * c.multipliers[suffix.lower()], last, False, False
        share = suffix == "%" or (last + 1 < t.n and t.word[last + 1] == "%")
        if share and suffix != "%":
            last += 1
        return _times(t, value, last, share, c)
    found = _DECIMAL_COMMA.match(t.word[i])
    if found:
        share = bool(found.group(3)) or (i + 1 < t.n and t.word[i + 1] == "%")
        last = i + 1 if share and not found.group(3) else i
        return _times(t, float(f"{found.group(1)}.{found.group(2)}"), last, share, c)
    return _worded(t, i, c)


def _times(t: Tokens, value: float, last: int, share: bool, c: Counts) -> tuple[float, int, bool, bool]:
    while last + 1 < t.n and (factor := c.multipliers.get(t.lower[last + 1].rstrip("."))) is not None:
        if len(t.lower[last + 1]) == 1 and t.lower[last + 1] in "mk":
            break
        value *= factor
        last += 1
    if last + 1 < t.n and (factor := c.plural_multipliers.get(t.lower[last + 1])) is not None:
        value *= factor
        last += 1
    return value, last, share, False


def _worded(t: Tokens, i: int, c: Counts) -> tuple[float, int, bool, bool] | None:
    total = 0.0
    current: float | None = None
    j = i
    last = i - 1
    while j < t.n:
        for part in (t.lower[j],):
            pieces = part.split("-") if "-" in part and part not in ("-",) else [part]
        if all(p in c.cardinals for p in pieces) and pieces:
            current = (current or 0.0) + sum(c.cardinals[p] for p in pieces)
            last = j
        elif t.lower[j] in c.multipliers and (
            current is not None or t.lower[j] in ("hundred", "thousand", "million", "billion", "dozen")
        ):
            if t.lower[j] in ("score", "k", "m") and current is None:
                break
            factor = c.multipliers[t.lower[j]]
            current = (current if current is not None else 1.0) * factor
            if factor >= 1000:
                total += current
                current = None
            last = j
        elif (
            t.lower[j] in ("-", "and")
            and last >= i
            and j + 1 < t.n
            and (
                t.lower[j + 1] in c.cardinals
                and (t.lower[j] == "-" or (last == j - 1 and t.lower[j - 1] in c.multipliers))
            )
        ):
            pass
        else:
            break
        j += 1
    if last < i:
        return None
    return total + (current or 0.0), last, False, False


def _vague(t: Tokens, i: int, c: Counts) -> tuple[float, float | None, int] | None:
    """(low, high, last word) of "dozens", "tens of thousands", "several hundred", "half a million"."""
    word = t.lower[i]
    if word == "half" and i + 2 < t.n and t.lower[i + 1] in ("a", "an") and t.lower[i + 2] in c.multipliers:
        value = 0.5 * c.multipliers[t.lower[i + 2]]
        return value, value, i + 2
    if word not in c.vague:
        return None
    if i + 2 < t.n:
        long = f"{word} {t.lower[i + 1]} {t.lower[i + 2]}"
        if long in c.vague:
            return c.vague[long], None, i + 2
    low = c.vague[word]
    if word in ("several", "few", "couple", "handful") and i + 1 < t.n:
        k = i + 2 if t.lower[i + 1] == "of" and i + 2 < t.n else i + 1
        if t.lower[k] in c.multipliers and t.lower[k] not in ("k", "m", "score"):
            return c.vague.get(f"{t.lower[k]}s", low * c.multipliers[t.lower[k]]), None, k
        if t.lower[k] in ("hundreds", "thousands", "millions", "dozens"):
            return c.vague[t.lower[k]], None, k
    if word in ("both", "couple", "pair"):
        return low, 2.0 if word != "couple" else None, i
    return low, None, i


def _bound(t: Tokens, first: int, c: Counts) -> tuple[Bound, int]:
    """How the words before word ``first`` bound it, and the first of those words."""
    for size in (4, 3, 2, 1):
        k = first - size
        if k < 0:
            continue
        phrase = " ".join(t.lower[k:first])
        if phrase in c.bounds:
            if size == 1 and phrase == "over" and t.dep[k] == "prt":
                continue
            bound = c.bounds[phrase]
            return bound, k  # type: ignore[return-value]
    return "exact", first


def read_number(t: Tokens, i: int, c: Counts) -> Number | None:
    """The number expression that begins at word ``i``, with what bounds it, or None."""
    found = _RANGE.match(t.word[i])
    if found and not t.word[i].count("-") > 1:
        low, high = (float(re.sub(r",", "", found.group(k)).rstrip(".") or 0) for k in (1, 3))
        if low < high and not (1000 <= low <= 2100 and high <= 2100):
            share = bool(found.group(2) or found.group(4)) or (i + 1 < t.n and t.word[i + 1] == "%")
            last = i + 1 if share and not found.group(4) else i
            _, last, _, _ = _times(t, 1.0, last, share, c)
            scale = _times(t, 1.0, last if last == i else i, share, c)[0]
            return Number(i, last, low * scale, high * scale, "between", share, begins=i)
        return None
    begins = i
    vague = _vague(t, i, c)
    if vague is not None:
        least, most, last = vague
        bound, begins = _bound(t, i, c)
        if most is None and bound in ("exact", "at_least", "about"):
            bound = "at_least"
        return Number(i, last, float(least), most, bound, begins=begins)
    fraction = _fraction(t, i, c)
    if fraction is not None:
        value, last = fraction
        article = i > 1 and t.lower[i - 1] in ("a", "an", "one")
        bound, begins = _bound(t, i - 1 if article else i, c)
        begins = min(begins, i - 1) if article else begins
        return _bounded(i, last, value * 100, bound, share=True, fraction=True, begins=begins)
    plain = _value(t, i, c)
    if plain is None:
        return None
    value, last, share, _ = plain
    second = None if _DATE.match(t.word[i]) else _second(t, i, last, value, share, c)
    if second is not None:
        other, end, both_share, scale = second
        start = i - 1 if i and t.lower[i - 1] in ("between", "from") else i
        return Number(i, end, value * scale, other, "between", share or both_share, begins=start)
    bound, begins = _bound(t, i, c)
    if bound == "exact":
        for size in (3, 2, 1):
            phrase = " ".join(t.lower[last + 1 : last + 1 + size])
            if phrase in c.after and last + size < t.n:
                bound = c.after[phrase]  # type: ignore[assignment]
                break
        if t.word[last].endswith("+"):
            bound = "at_least"
    return _bounded(i, last, value, bound, share=share, fraction=False, begins=begins)


def _bounded(
    first: int, last: int, value: float, bound: Bound, *, share: bool, fraction: bool, begins: int
) -> Number:
    low: float | None = value
    high: float | None = value
    if bound == "at_least":
        high = None
    elif bound == "at_most":
        low = None
    return Number(first, last, low, high, bound, share, fraction, begins)


def _second(
    t: Tokens, i: int, last: int, value: float, share: bool, c: Counts
) -> tuple[float, int, bool, float] | None:
    """The upper end of a range: (value, last word, has %, factor for the lower end)."""
    link = last + 1
    if link + 1 >= t.n:
        return None
    between = i > 0 and t.lower[i - 1] == "between"
    word = t.lower[link]
    if not (word in _DASHES or (word == "and" and between)):
        return None
    other = _value(t, link + 1, c)
    if other is None:
        return None
    high, end, both, _ = other
    if word in ("-", "–", "—") and (t.begin[link] - t.end[last] > 1):
        return None
    if word == "to" and not ((i and t.lower[i - 1] in ("from", "of", "by")) or True):
        return None
    scale = 1.0
    if high > value * 20 and value < 1000:
        for factor in (1e9, 1e6, 1e3, 100.0):
            if high % factor == 0 and value < high / factor:
                scale = factor
                break
    if not value * scale < high:
        return None
    if word == "or" and high - value > max(2.0, value):
        return None
    return high, end, both, scale


def _fraction(t: Tokens, i: int, c: Counts) -> tuple[float, int] | None:
    """ "half of", "a third of", "two thirds of", "three-quarters of"."""
    word = t.lower[i]
    last = i
    value: float | None = None
    slash = re.fullmatch(r"([1-9])/([2-9])", word)
    if slash:
        value = int(slash.group(1)) / int(slash.group(2))
    elif word in c.fractions:
        value = c.fractions[word]
    elif word in c.cardinals and i + 1 < t.n:
        k = i + 2 if t.lower[i + 1] == "-" and i + 2 < t.n else i + 1
        if t.lower[k] in c.fractions and t.lower[k].endswith("s"):
            value, last = c.cardinals[word] * c.fractions[t.lower[k]], k
    elif (
        "-" in word
        and len(parts := word.split("-")) == 2
        and parts[0] in c.cardinals
        and parts[1] in c.fractions
    ):
        value = c.cardinals[parts[0]] * c.fractions[parts[1]]
    if value is None or last + 1 >= t.n or value >= 1:
        return None
    after = t.lower[last + 1]
    if after == "of" or (word == "half" and after in ("the", "its", "their", "his")):
        if word in ("second", "fifth", "tenth", "third", "quarter") and (
            i == 0 or t.lower[i - 1] not in ("a", "one")
        ):
            return None
        return value, last
    return None
