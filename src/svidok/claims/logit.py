"""A choice by added weights: named features, their weights as data, and the least score that is chosen."""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, TypeVar

from svidok.errors import BadData

__all__ = ["JOINT", "Logit", "load_logit", "load_model", "read_logit"]

JOINT = " & "

Model = TypeVar("Model")


@dataclass(frozen=True, slots=True)
class Logit:
    """Weights by feature, and how much a candidate must score to be preferred to none at all."""

    weights: Mapping[str, float]
    least: float = 0.0
    crossed: Mapping[str, Mapping[str, float]] = field(init=False, repr=False, compare=False)
    """The weights of features that name two things ("by rule & past"), by the first and the second."""

    def __post_init__(self) -> None:
        crossed: dict[str, dict[str, float]] = {}
        for name, weight in self.weights.items():
            first, joint, second = name.partition(JOINT)
            if joint:
                crossed.setdefault(first, {})[second] = weight
        object.__setattr__(self, "crossed", crossed)

    def score(self, names: Iterable[str], crossings: Iterable[tuple[str, Iterable[str]]] = ()) -> float:
        """The summed weights of the features that hold; features without a weight count nothing.

        ``crossings`` are features that name two things: the first, and all that come second to it.

        >>> Logit({"rule own": 2.0, "before": -0.5}).score(["rule own", "before", "other"])
        1.5
        >>> Logit({"by rule & past": 2.0}).score([], [("by rule", ["past", "present"])])
        2.0
        """
        summands = [self.weights.get(name, 0.0) for name in names]
        for first, seconds in crossings:
            known = self.crossed.get(first)
            if known:
                summands += [known.get(second, 0.0) for second in seconds]
        return math.fsum(summands)


@functools.cache
def load_logit(name: str) -> Logit:
    """The packaged model of that name (``atlas/data/NAME.toml``).

    Raises:
        BadData: the file lacks its tables, or a weight is not a number.
    """
    return load_model(name, read_logit)


def load_model(name: str, read: Callable[[Mapping[str, Any]], Model]) -> Model:
    """The packaged model of that name, as ``read`` makes it of the file's tables.

    Raises:
        BadData: the file lacks its tables, or a weight is not a number.
    """
    text = resources.files("svidok.atlas").joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
    try:
        return read(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError, ValueError) as error:
        raise BadData(
            f"not a model of choice: {error!r}",
            where=f"atlas/data/{name}.toml",
            remedy=f"make it with benchmarks/fit_{name}.py",
        ) from error


def read_logit(table: Mapping[str, Any]) -> Logit:
    """A model from its tables: ``weights`` by feature, and the ``least`` score.

    >>> read_logit({"least": 0, "weights": {"before": 1}})
    Logit(weights={'before': 1.0}, least=0.0)
    """
    weights = {str(feature): float(value) for feature, value in table["weights"].items()}
    return Logit(weights, float(table["least"]))
