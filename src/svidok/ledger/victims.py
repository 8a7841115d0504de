"""Who was harmed, by the fields that casualty recorders use: status, sex and age, only as far as told.

The fields follow the Standards for Casualty Recording (Every Casualty Counts, 2016) and the Berkeley Protocol
(OHCHR, 2020): each is read from the words that name the victims, never inferred from anything else.
"""

from __future__ import annotations

from collections.abc import Iterable

from svidok.ledger.vocabulary import pattern

__all__ = ["ages_told", "sexes_told", "status_told"]


def status_told(words: Iterable[str]) -> str | None:
    """ "civilian", "combatant", "both", or None where the words that name the victims tell neither.

    >>> status_told(["two unarmed villagers"]), status_told(["three soldiers"]), status_told(["five people"])
    ('civilian', 'combatant', None)
    """
    named = " ; ".join(words)
    civilian, combatant = pattern("civilian_people").search(named), pattern("combatant").search(named)
    if civilian and combatant:
        return "both"
    return "civilian" if civilian else "combatant" if combatant else None


def sexes_told(words: Iterable[str]) -> tuple[str, ...]:
    """The sexes that the words name.

    >>> sexes_told(["a mother and her two children", "a man who helped them"])
    ('female', 'male')
    """
    named = " ; ".join(words)
    return tuple(sex for sex in ("female", "male") if pattern(sex).search(named))


def ages_told(words: Iterable[str]) -> tuple[str, ...]:
    """Ages in the words of the report, else the groups child and elderly.

    >>> ages_told(["a 6-year-old girl"]), ages_told(["three children"]), ages_told(["two men"])
    (('6-year-old', 'child'), ('child',), ())
    """
    named = " ; ".join(words)
    told = [m.group(0) for m in pattern("age").finditer(named)]
    groups = [
        name for name, table in (("child", "minor"), ("elderly", "elderly")) if pattern(table).search(named)
    ]
    return tuple(dict.fromkeys((*told, *groups)))
