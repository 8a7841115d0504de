"""Whose voice a report is: the side of its source, as far as the source itself says so."""

from __future__ import annotations

import re

from svidok.atlas.actors import ActorTable
from svidok.records import Source

__all__ = ["voice_of"]


def voice_of(source: Source | None, table: ActorTable, day: str | None = None) -> tuple[str | None, bool]:
    """The side that a source speaks for, and whether it is that side's own government or army.

    A side that the user set counts first. Else the name and kind must tell it ("Ukrainian official",
    "Ministry of Defence of Russia"); a country's name in a newspaper's title tells no side.

    >>> from svidok.atlas.actors import load_actors
    >>> voice_of(Source("Press Desk", kind="Ukrainian official"), load_actors())
    ('Ukraine', True)
    >>> voice_of(Source("The Russian Herald"), load_actors())
    (None, False)
    """
    if source is None:
        return None, False
    told = f"{source.name} {source.kind or ''}"
    words = set(re.findall(r"[a-z]+", told.lower()))
    official = bool(words & table.nouns.official)
    if source.side is not None:
        known = table.match(source.side, day)
        return (known.side if known is not None and known.side else source.side), official
    if not official:
        return None, False
    sides = {
        entry.side
        for _, _, alias in table.scan(told)
        if (entry := table.choose(table.entries(alias), day)) is not None and entry.side
    }
    return (sides.pop(), True) if len(sides) == 1 else (None, False)
