"""Who holds a place, against a table of holders by day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from svidok.events.atoms import fold
from svidok.events.days import iso_day
from svidok.events.findings.control import takings
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.holding import Hold, holds_of
from svidok.events.findings.sites import Site
from svidok.events.references.answer import Answer, same_place
from svidok.events.references.mapping import schema
from svidok.events.references.tables import Row, Table
from svidok.records import Place

__all__ = ["check"]


def check(dossier: Dossier, table: Table) -> Iterator[Answer]:
    """Every hold that the reports tell, against the rows of its place and days."""
    taken = [*takings(dossier), *_done(dossier)]
    for fact in dossier.facts:
        for hold in (*holds_of(dossier, fact), *(t for t in taken if t.fact is fact)):
            if hold.side is not None and not hold.part:
                yield _answer(dossier, table, hold)


def _done(dossier: Dossier) -> Iterator[Hold]:
    """What a report tells as taken, without a day, was held by the taker on the report's own day."""
    for fact in dossier.facts:
        if not fact.real or fact.dated or fact.published is None:
            continue
        for claim in (dossier.claims[c] for c in fact.claims):
            sides = {a.side for a in claim.actors if a.side}
            if (
                claim.type != "capture"
                or claim.polarity == "negated"
                or len(sides) != 1
                or claim.places_inherited
            ):
                continue
            day = fact.high if fact.high is not None else fact.published
            places = dossier.by_document[fact.document].places
            for place in (places[i] for i in claim.places):
                if place.kind == "settlement" and not place.relation:
                    site = Site(place.start, place.end, place.name or place.text, frozenset(), place)
                    side = min(sides)
                    yield Hold(site, side, side, frozenset(), day, day, fact, frozenset())


def _answer(dossier: Dossier, table: Table, hold: Hold) -> Answer:
    site = hold.site
    place = site.place or Place(site.start, site.end, site.name)
    here = [r for r in table.rows if same_place(place, r)]
    rows = [r for r in here if r.first <= hold.high and hold.low <= r.last]
    words = (dossier.words(hold.fact, f"held by {hold.name}"),)
    day = iso_day(hold.low)
    if not rows:
        return Answer(
            "beyond",
            "control",
            f"The reference tells nothing of who held {hold.site.name} on {day}; a report says {hold.name}.",
            words,
            (),
            hold.low,
            hold.high,
        )
    fitting = [r for r in rows if _open(r) or _one_side(r.holder or "", hold.side or hold.name)]
    if fitting:
        numbers = tuple(r.number for r in fitting)
        said = fitting[0].holder or "no one"
        return Answer(
            "agrees", "control", f"{hold.site.name} on {day}: {said}.", words, numbers, hold.low, hold.high
        )
    return Answer(
        "against",
        "control",
        f"{hold.site.name} is said to be held by {hold.name} on {day}; the reference says {rows[0].holder}.",
        words,
        tuple(r.number for r in rows),
        hold.low,
        hold.high,
    )


def _open(row: Row) -> bool:
    return fold(row.holder or "") in schema()["holders"]["open"]


@lru_cache(maxsize=4096)
def _one_side(holder: str, side: str) -> bool:
    """Whether a table's word for a holder ("russia", "Russian") means a side ("Russia")."""
    from svidok.atlas.actors import load_actors

    if fold(holder) == fold(side):
        return True
    owner = load_actors().demonym(holder) or load_actors().demonym(holder.capitalize())
    return owner is not None and side in {owner.side, owner.name}
