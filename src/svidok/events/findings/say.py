"""The plain words of messages."""

from __future__ import annotations

from svidok.events.findings.dossier import Dossier, place_name
from svidok.events.findings.facts import Fact
from svidok.events.findings.similar import apart_days
from svidok.events.findings.vocabulary import tables
from svidok.records import Quantity

__all__ = ["capitalised", "date_words", "dates_apart", "days_apart", "number", "subject", "where"]

_ORDER = (
    *("kill", "destroy", "fire", "capture", "withdraw", "siege", "fight", "release", "detain", "displace"),
    *("deal", "open", "found", "harm", "hurt", "arrive", "protest", "deprive", "aid", "declare"),
)


def subject(a: Fact, b: Fact) -> str:
    """What two facts are both about, such as "the capture at Mosul"."""
    shared = a.concepts & b.concepts or a.concepts
    noun = next((tables()["nouns"][c] for c in _ORDER if c in shared), "the happening")
    things = sorted(a.objects & b.objects)
    if things and not shared & {"kill", "capture", "deal"}:
        noun = f"the {things[0]}"
    place = where(a) or where(b)
    return f"{noun} at {place}" if place else noun


def where(fact: Fact) -> str | None:
    """The first place of a fact by name."""
    spot = fact.spot or next((p for p in fact.places if p.kind != "country"), None)
    if spot is None and fact.sites:
        return fact.sites[0].name
    return place_name(spot) if spot else None


def date_words(dossier: Dossier, fact: Fact) -> str:
    """The words that date a fact."""
    if fact.time is None:
        return "an unknown date"
    return " ".join(dossier.by_document[fact.document].document.text[fact.time[0] : fact.time[1]].split())


def days_apart(days: int) -> str:
    """Days in the unit a reader would use.

    >>> days_apart(1), days_apart(800)
    ('1 day', '2 years')
    """
    if days >= 700:
        return f"{round(days / 365.25)} years"
    if days >= 90:
        return f"{round(days / 30.4)} months"
    return "1 day" if days == 1 else f"{days} days"


def dates_apart(a: Fact, b: Fact) -> str:
    """How far apart two dates are: between their beginnings when both are as wide, else the gap."""
    gap = apart_days(a, b)
    if None not in (a.low, a.high, b.low, b.high):
        assert a.low is not None and a.high is not None and b.low is not None and b.high is not None
        if abs((a.high - a.low) - (b.high - b.low)) <= 3:
            return days_apart(abs(a.low - b.low))
    return days_apart(gap)


def number(quantity: Quantity) -> str:
    """A count in the text's own words, as they stand inside a sentence.

    >>> number(Quantity(0, 6, "Eleven", None, None, 11, 11))
    'eleven'
    """
    words = " ".join(quantity.text.split())
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def capitalised(text: str) -> str:
    """Words as they open a sentence: the first letter large, the others as they are.

    >>> capitalised("the bridge at Irpin")
    'The bridge at Irpin'
    """
    return text[:1].upper() + text[1:]
