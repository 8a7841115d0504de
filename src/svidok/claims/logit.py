"""A choice by added weights: named features, their weights as data, and the least score that is chosen."""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from svidok.errors import BadData

__all__ = ["Logit", "load_logit"]


@dataclass(frozen=True, slots=True)
class Logit:
    """Weights by feature, and how much a candidate must score to be preferred to none at all."""

    weights: Mapping[str, float]
    least: float = 0.0

    def score(self, names: Iterable[str]) -> float:
        """The summed weights of the features that hold; features without a weight count nothing.

        >>> Logit({"rule own": 2.0, "before": -0.5}).score(["rule own", "before", "other"])
        1.5
        """
        return math.fsum(self.weights.get(name, 0.0) for name in names)


@functools.cache
def load_logit(name: str) -> Logit:
    """The packaged model of that name (``atlas/data/NAME.toml``).

    Raises:
        BadData: the file lacks its tables, or a weight is not a number.
    """
    text = resources.files("svidok.atlas").joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
    try:
        table = tomllib.loads(text)
        weights = {str(feature): float(value) for feature, value in table["weights"].items()}
        return Logit(weights, float(table["least"]))
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError, ValueError) as error:
        raise BadData(
            f"not a model of choice: {error!r}",
            where=f"atlas/data/{name}.toml",
            remedy=f"make it with benchmarks/fit_{name}.py",
        ) from error
