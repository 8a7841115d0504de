"""Counts and names in words that a reader takes in at a glance, without saying more than the report says."""

from __future__ import annotations

from svidok.ledger import Count
from svidok.records import Document

__all__ = ["count_words", "document_name", "number_words", "plural"]

_PLURALS = {"person": "people", "man": "men", "woman": "women", "child": "children", "staff": "staff"}
_SAME = ("aircraft", "personnel", "troops", "people", "police", "equipment", "%", "km", "helicopter crew")


def plural(what: str) -> str:
    """The plural of an English noun, as far as counts of a war need it.

    >>> plural("armoured vehicle"), plural("city"), plural("child")
    ('armoured vehicles', 'cities', 'children')
    """
    head, _, last = what.rpartition(" ")
    if last in _SAME or last.endswith("s") or not last.isalpha():
        return what
    if last in _PLURALS:
        grown = _PLURALS[last]
    elif last.endswith(("x", "ch", "sh")):
        grown = f"{last}es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        grown = f"{last[:-1]}ies"
    else:
        grown = f"{last}s"
    return f"{head} {grown}" if head else grown


def number_words(low: float | None, high: float | None, bound: str = "exact") -> str | None:
    """A number or a range, with what is known of its ends.

    >>> number_words(200, None, "at_least"), number_words(20, 30, "between"), number_words(None, 5)
    ('≥ 200', '20–30', '≤ 5')
    >>> number_words(2800, 2800), number_words(2800, 2800, "about"), number_words(None, None) is None
    ('2,800', 'about 2,800', True)
    """
    if low is None and high is None:
        return None
    if low is None:
        return f"≤ {_digits(high)}"
    if high is None:
        return f"≥ {_digits(low)}"
    if low != high:
        return f"{_digits(low)}–{_digits(high)}"
    sign = {"about": "about ", "at_least": "≥ ", "at_most": "≤ "}.get(bound, "")
    return sign + _digits(low)


def count_words(count: Count) -> str:
    """A count with what it counts and what befell it.

    >>> count_words(Count("tank", "equipment", "destroyed", 500, 500))
    '500 tanks destroyed'
    >>> count_words(Count("civilian", "people", "killed", 200, None, bound="at_least"))
    '≥ 200 civilians killed'

    Places are counted by the words of the report, where these do not name the class:

    >>> count_words(Count("building", "places", "destroyed", 63, 63, text="63 hospitals"))
    '63 hospitals destroyed'
    """
    number = number_words(count.low, count.high, count.bound)
    loose = count.kind == "places" and count.what is not None and count.what not in count.text.lower()
    if loose and count.text:
        return " ".join(filter(None, (*count.text.split(), count.fate)))
    if number is None:
        return " ".join(count.text.split()) or " ".join(filter(None, (count.what, count.fate)))
    one = count.low == count.high == 1
    what = count.what and (count.what if one else plural(count.what))
    unit = count.unit if count.unit and count.unit != count.what else None
    return " ".join(filter(None, (number, unit, what, count.fate)))


def document_name(document: Document) -> str:
    """What to call a document: its title, its first words, its file, or its id.

    >>> document_name(Document("a1", "", "Shells fell on Irpin."))
    'Shells fell on Irpin.'
    """
    title = " ".join((document.title or "").split())
    words = title or " ".join(document.text[:200].split())
    if not title and len(words) > 72:
        words = words[:70].rsplit(" ", 1)[0] + "…"
    return words or document.path or document.id


def _digits(value: float | None) -> str:
    number = float(value or 0)
    return f"{int(number):,}" if number.is_integer() else f"{number:,.6g}"
