"""Find the expressions of time in a text: one pass over its words, the longest pattern wins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from svidok.claims.mentions.times.atoms import ANY, COUNTING
from svidok.claims.mentions.times.calendar import julian_lag
from svidok.claims.mentions.times.forms import TOKEN, Pattern, Value, shape
from svidok.claims.mentions.times.language import Language

__all__ = ["Expression", "scan"]

NEXT_WORD = re.compile(r"[^\S\n]?-?([^\W\d_]+)")
SURNAME = re.compile(r"[^\S\n]([^\W\d_][^\W\d_]{1,20})(?!\w)")
LAST_WORD = re.compile(r"([^\W\d_]+\.?)[^\S\n]?$")
FRACTION = re.compile(r"[.,]\d")
YEAR_NOUN = re.compile(r"(?<!\d)(1\d{3}|20\d\d|21\d\d)[^\S\n](?:рок|рік|роц|год|лет)\w{0,3}")
PLURAL = re.compile(r"[a-z]{3,}[^s]s")
MORE_ORDINALS = re.compile(r"(?:(?:,| and| or|,? and the| or the) \d{1,3}(?:st|nd|rd|th)\b){1,3}")
NAME_WORD = re.compile(r"[^\S\n]([^\W\d_]{2,20})(?!\w)")
NAME_WORDS = 3  # words of a name behind an ordinal: the 1st Ukrainian Front
SLASHED_DAYS = re.compile(r"(\d\d?)/(\d\d?)\D+(\d{4})$")


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that tell a time, not yet anchored: what the pattern makes, and of what.

    ``group`` is shared by the expressions of one form ("14-24 August"), ``rule`` names it.
    """

    start: int
    end: int
    make: str
    rule: str
    group: int
    fields: dict[str, Value] = field(default_factory=dict)


def scan(text: str, language: Language) -> list[Expression]:
    """All expressions of a text, left to right, none overlapping.

    Time grows with the length of the text: each word starts at most one attempt at each of the
    patterns that can begin with it, and each attempt is bounded.
    """
    found: list[Expression] = []
    lower = fold(text)
    index = language.index
    ancient = language.ancient.search(lower) is not None
    at = groups = 0
    tokens = TOKEN.finditer(lower)
    following = next(tokens, None)
    while following is not None:
        token, following = following, next(tokens, None)
        start = token.start()
        if start < at:
            continue
        key = token.group()
        seconds = index.get(key)
        if seconds is None:
            if key[0].isalpha():
                continue
            key = shape(key)
            seconds = index.get(key)
            if seconds is None or (key[0] == "#" and _inside(text, start, at)):
                continue
        second = shape(following.group()) if following is not None else ANY
        patterns = seconds.get(second)
        if patterns is None and second in language.counting:
            patterns = seconds.get(COUNTING)
        patterns = patterns or seconds.get(ANY)
        if patterns is None:
            continue
        best = _longest(text, lower, start, patterns if ancient else _modern(patterns))
        if best is None:
            continue
        pattern, match = best
        at = match.end()
        if pattern.make == "year" and not _is_year(text, match.start(), match.end(), language):
            continue
        if "bare" in pattern.constants and _is_name(text, match.start(), match.end(), language):
            continue
        if "ordinal" in pattern.constants and _is_numbered(text, match.end(), language):
            continue
        if pattern.make != "nothing":
            found.extend(_expressions(pattern, match, language, groups))
            groups += 1
    return found


def fold(text: str) -> str:
    """Lower case, letter for letter, so that offsets stay.

    >>> fold("İn MAY")
    'İn may'
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _modern(patterns: tuple[Pattern, ...]) -> list[Pattern]:
    """Without the forms of years before the common era: 300 is a year only where such years are told."""
    return [pattern for pattern in patterns if pattern.make != "old_year" or "worded" in pattern.constants]


def _longest(
    text: str, lower: str, start: int, patterns: Iterable[Pattern]
) -> tuple[Pattern, re.Match[str]] | None:
    best: tuple[Pattern, re.Match[str]] | None = None
    reach = (start, -1)
    for pattern in patterns:
        match = pattern.expression.match(lower, start)
        if match is None or (match.end(), pattern.priority) <= reach:
            continue
        if pattern.make == "year_month" and _runs_on(match):
            continue
        if pattern.make == "double" and _two_days(match):
            continue
        if "uncapped" in pattern.constants and text[match.start(pattern.spans[0][0])].isupper():
            continue
        if not pattern.proper or all(_capital(text, match, group) for group in pattern.proper):
            best, reach = (pattern, match), (match.end(), pattern.priority)
    return best


def _runs_on(match: re.Match[str]) -> bool:
    """Whether 1904-05 are two years: the second runs on from the first; 2022-03 is a month."""
    words = match.group()
    return int(words[-2:]) > int(words[2:4])


def _two_days(match: re.Match[str]) -> bool:
    """Whether 24/25 July are two days: 14/27 July 1914 is one, the calendars were as far apart."""
    found = SLASHED_DAYS.match(match.group())
    return found is not None and int(found[2]) - int(found[1]) != julian_lag(int(found[3]), 6)


def _capital(text: str, match: re.Match[str], group: str) -> bool:
    start = match.start(group)
    return start < 0 or text[start].isupper()


def _inside(text: str, start: int, last: int) -> bool:
    """Whether digits continue a code, a sum or a decimal: T-72, $1945, 1.1945, №5."""
    if start == 0 or (last and start - last <= 1):
        return False
    before = text[start - 1]
    if before in "$€£₴#№@&_=\\":
        return True
    if before in ".,:" and start > 1:
        return text[start - 2].isdigit()
    if before in "-–/" and start > 1:
        return text[start - 2].isalnum()
    return before == "+" and start > 1


def _is_year(text: str, start: int, end: int, language: Language) -> bool:
    """Whether four bare digits are a year, by the words beside them and not by their size alone."""
    after = NEXT_WORD.match(text, end)
    if after is not None and after.group(1).lower() in language.cues.get("year_not_after", frozenset()):
        return False
    if text[end : end + 1] in "%°" and end < len(text):
        return False
    if FRACTION.match(text, end):
        return False
    before = LAST_WORD.search(text, max(0, start - 20), start)
    word = before.group(1).lower() if before is not None else ""
    if word in language.cues.get("year_not_before", frozenset()):
        return False
    plural = (
        after is not None
        and PLURAL.fullmatch(after.group(1)) is not None
        and after.group(1) not in language.cues.get("no_noun", frozenset())
    )
    if after is not None and not plural and not word and after.group(1).islower():  # "1249 armored vehicles"
        second = NEXT_WORD.match(text, after.end())
        plural = (
            second is not None and second.group(1).islower() and PLURAL.fullmatch(second.group(1)) is not None
        )
    return not plural or word in language.cues.get("year_strong", frozenset())


def _is_name(text: str, start: int, end: int, language: Language) -> bool:
    """Whether the name of a month is a person's: April Jones, and not "in April Smith left"."""
    if text[start:end].lower() not in language.cues.get("given_name", frozenset()):
        return False
    after = SURNAME.match(text, end)
    if after is None or not after.group(1)[0].isupper() or after.group(1).isupper():
        return False
    word = after.group(1).lower()
    if word in language.index or word in language.cues.get("month_noun", frozenset()):
        return False
    before = LAST_WORD.search(text, max(0, start - 20), start)
    return before is None or before.group(1).lower() not in language.cues.get("month_before", frozenset())


def _is_numbered(text: str, end: int, language: Language) -> bool:
    """Whether an ordinal counts something other than a day: the 7th Cavalry, the 5th and 7th Marines."""
    also = MORE_ORDINALS.match(text, end)
    at = also.end() if also is not None else end
    if text[at : at + 1] == "-":
        return True
    for _ in range(NAME_WORDS):
        word = NAME_WORD.match(text, at)
        if word is None:
            return False
        lower, capital = word[1].lower(), word[1][0].isupper()
        if lower in language.cues.get("numbered", frozenset()):
            return True
        if capital and lower in language.cues.get("numbered_name", frozenset()):
            return True
        if not capital:
            return False
        at = word.end()
    return False


def _expressions(pattern: Pattern, match: re.Match[str], language: Language, group: int) -> list[Expression]:
    fields: dict[int, dict[str, Value]] = {}
    for name, span, key, kind in pattern.groups:
        words = match.group(name)
        if words is not None and not key.startswith("_"):
            fields.setdefault(span, {})[key] = language.decode(kind, words)
    found = [
        Expression(
            match.start(name),
            match.end(name),
            pattern.make,
            pattern.name,
            group,
            {
                **pattern.constants,
                **(pattern.each[span] if span < len(pattern.each) else {}),
                **fields.get(span, {}),
            },
        )
        for name, span in pattern.spans
        if match.start(name) >= 0 and match.end(name) > match.start(name)
    ]
    return [_year_of(expression, match.string) for expression in found]


def _year_of(expression: Expression, text: str) -> Expression:
    """Where years are counted with the word for year (2014 році), four digits are no duration."""
    fields = expression.fields
    if expression.make != "duration" or fields.get("unit") != "year":
        return expression
    found = YEAR_NOUN.search(text, expression.start, expression.end)
    if found is None or fields.get("n") != int(found[1]):
        return expression
    return Expression(found.start(), found.end(1), "date", "year", expression.group, {"year": found[1]})
