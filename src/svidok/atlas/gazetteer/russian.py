"""Russian names of Ukrainian settlements, in the Latin spellings that reports use ("Malaya Rogan")."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from itertools import product

from svidok.atlas.gazetteer.translit import in_russian_letters, national, variants

__all__ = ["latin_adjectives", "russian_names"]

_MOST = 24
"""Spellings of one name that are kept."""
_HARD = {"ий": "", "а": "ая", "е": "ое", "і": "ые"}
_SOFT = {"ій": "", "я": "яя", "є": "ее", "і": "ие"}
_LAST = (("yy", ("y", "yi")), ("iy", ("y", "i")))


@cache
def _adjectives() -> dict[str, tuple[str, ...]]:
    """Ukrainian adjectives of names in all genders, with the Russian ones that stand for them."""
    path = resources.files("svidok.atlas.data") / "places" / "russian.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))["stems"]
    out: dict[str, list[str]] = {}
    for ukrainian, others in table.items():
        endings = _SOFT if ukrainian.endswith("ій") else _HARD
        for ending, other in endings.items():
            forms = [word[:-2] + other if other else word for word in others]
            out.setdefault(ukrainian[:-2] + ending, []).extend(forms)
    return {word: tuple(forms) for word, forms in out.items()}


@cache
def latin_adjectives() -> frozenset[str]:
    """Adjectives that Ukrainian names of several words begin with, in Latin letters, small.

    >>> {"velyka", "velikaya", "nyzhnii"} <= latin_adjectives()
    True
    """
    out: set[str] = set()
    for ukrainian, others in _adjectives().items():
        forms = [national(ukrainian), *variants(ukrainian)]
        forms += [latin for other in others for latin in _endings(in_russian_letters(other))]
        out.update(form.lower() for form in forms)
    return frozenset(out)


def russian_names(name: str) -> tuple[str, ...]:
    """Latin spellings of the Russian name of a settlement of several words, one of them an adjective.

    >>> "Malaya Rogan" in russian_names("Мала Рогань"), russian_names("Бахмут")
    (True, ())
    """
    words = name.split()
    known = _adjectives()
    if len(words) < 2 or not any(word.lower() in known for word in words):
        return ()
    forms = [_forms(word, known) for word in words]
    return tuple(dict.fromkeys(" ".join(one) for one in product(*forms)))[:_MOST]


def _forms(word: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if word.lower() not in known:
        return tuple(dict.fromkeys((in_russian_letters(word), national(word), *variants(word))))[:12]
    out = []
    for other in known[word.lower()]:
        out += _endings(in_russian_letters(other.capitalize()))
    return tuple(out)


def _endings(latin: str) -> list[str]:
    """A Russian adjective in Latin letters, and as habit writes its ending."""
    return [latin, *(latin[:-2] + last for end, lasts in _LAST if latin.endswith(end) for last in lasts)]
