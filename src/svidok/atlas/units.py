"""Numbers in words, what they count and in which units: the tables, and conversion through pint."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from svidok.errors import BadData

__all__ = ["Counted", "Counts", "convert", "load_counts"]

_FAMILIES = {
    "people": "people",
    "equipment": "equipment",
    "places": "places",
    "units_of_force": "units",
    "events": "events",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a noun counts: its normal name, family and, for measures, the unit."""

    what: str
    kind: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The vocabulary of counting in one language.

    ``nouns`` maps a lemma (one to three words) to what it counts; ``bounds`` a phrase before a
    number to how it bounds it; ``after`` the same for phrases behind it; ``fates`` a lemma to what
    befell those counted.
    """

    cardinals: Mapping[str, float]
    multipliers: Mapping[str, float]
    plural_multipliers: Mapping[str, float]
    vague: Mapping[str, float]
    fractions: Mapping[str, float]
    bounds: Mapping[str, str]
    after: Mapping[str, str]
    cumulative: tuple[str, ...]
    single: tuple[str, ...]
    fates: Mapping[str, str]
    counted_fates: Mapping[str, str]
    nouns: Mapping[str, Counted]
    labels: frozenset[str]
    periods: frozenset[str]
    months: frozenset[str]
    pint: Mapping[str, str]
    fits: Mapping[str, frozenset[str]]


@cache
def load_counts() -> Counts:
    """The vocabulary of counting, read once.

    Raises:
        BadData: the file breaks its schema.

    >>> load_counts().nouns["armoured personnel carrier"].what
    'armoured vehicle'
    >>> load_counts().vague["dozens"]
    24
    """
    where = "units/counts.toml"
    source = files("svidok.atlas") / "data" / "units" / "counts.toml"
    data: dict[str, Any] = tomllib.loads(source.read_text("utf-8"))
    nouns: dict[str, Counted] = {}
    for table, kind in _FAMILIES.items():
        for what, lemmas in data[table].items():
            for lemma in lemmas:
                nouns.setdefault(lemma, Counted(what, kind))
    for what, models in data["models"].items():
        for model in models:
            nouns.setdefault(model, Counted(what, "equipment"))
            nouns.setdefault(f"{model}s", Counted(what, "equipment"))
    pint: dict[str, str] = {}
    for unit, entry in data["measure"].items():
        if set(entry) != {"pint", "kind", "words"}:
            raise BadData(f"unit {unit!r} needs pint, kind and words", where=where, remedy="mend the entry")
        pint[unit] = entry["pint"]
        for word in entry["words"]:
            nouns[word] = Counted(unit, entry["kind"], unit)
    for code, words in data["money"].items():
        for word in words:
            nouns[word] = Counted(code, "money", code)
    for word in data["shares"]["words"]:
        nouns[word] = Counted("share", "share", "%")
    bounds = {p: b for b in ("at_least", "at_most", "about") for p in data["bounds"][b]}
    after = {p: b for b in ("at_least", "at_most", "about") for p in data["bounds"][f"after_{b}"]}
    for name in ("cardinals", "multipliers", "vague", "fractions"):
        if not all(isinstance(v, int | float) and v >= 0 for v in data[name].values()):
            raise BadData(f"[{name}] must hold numbers", where=where, remedy="mend the table")
    return Counts(
        cardinals=data["cardinals"],
        multipliers=data["multipliers"],
        plural_multipliers=data["plural_multipliers"],
        vague=data["vague"],
        fractions=data["fractions"],
        bounds=bounds,
        after=after,
        cumulative=tuple(data["extent"]["cumulative"]),
        single=tuple(data["extent"]["single"]),
        fates={lemma: fate for fate, lemmas in data["fates"].items() for lemma in lemmas},
        counted_fates=data["counted_fates"],
        nouns=nouns,
        labels=frozenset(data["labels"]["words"]),
        periods=frozenset(data["other"]["time"]),
        months=frozenset(data["months"]["words"]),
        pint=pint,
        fits={kind: frozenset(fates) for kind, fates in data["fits"].items()},
    )


@cache
def _registry() -> Any:
    from pint import UnitRegistry

    return UnitRegistry()


def convert(value: float, unit: str, to: str) -> float:
    """A measure in another unit of the same family.

    Args:
        value: how many.
        unit: our name of its unit ("mile", "km²", "ha").
        to: our name of the unit wanted.

    Raises:
        BadData: a unit is not known, or the two measure different things.

    >>> round(convert(40, "mile", "km"), 1)
    64.4
    """
    table = load_counts().pint
    registry = _registry()
    try:
        one, other = registry(table[unit]), registry(table[to])
        quantity = registry.Quantity(value * one.magnitude, one.units)
        return float(quantity.to(other.units).magnitude / other.magnitude)
    except (KeyError, ValueError, TypeError) as error:
        raise BadData(f"no conversion from {unit} to {to}", remedy="use units of one family") from error
    except registry.DimensionalityError as error:
        raise BadData(
            f"{unit} and {to} measure different things", remedy="use units of one family"
        ) from error
