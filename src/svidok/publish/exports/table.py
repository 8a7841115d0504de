"""The table of export formats, and the one function that writes any of them."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from svidok.errors import InputError, MissingPart
from svidok.publish.exports.data import load_codes
from svidok.publish.exports.edition import Edition, Export

__all__ = ["FORMATS", "Format", "export"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its key, what it is, how its files end, who reads it, and the extra it needs."""

    key: str
    title: str
    suffix: str
    media_type: str
    readers: str
    extra: str | None = None


def _load() -> Mapping[str, Format]:
    return MappingProxyType({e["key"]: Format(**e) for e in load_codes("formats")["format"]})


FORMATS: Mapping[str, Format] = _load()
"""Every format by its key, in the order of the documentation."""


def export(key: str, edition: Edition) -> Export:
    """Write a chronicle in one format.

    Args:
        key: one of ``FORMATS``.
        edition: what to write.

    Returns:
        The bytes, the number of rows, and what was left out for which reason. Same edition, same bytes.

    Raises:
        InputError: there is no such format.
        MissingPart: the format needs an extra that is not installed.

    >>> from svidok.ledger import Ledger
    >>> export("geojson", Edition([], [], [], Ledger())).rows
    0
    """
    if key not in FORMATS:
        raise InputError(f"there is no format {key!r}", remedy=f"choose one of {', '.join(FORMATS)}")
    module = importlib.import_module(f"svidok.publish.exports.{key}")
    try:
        made: Export = module.write(edition)
    except ModuleNotFoundError as error:
        extra = FORMATS[key].extra
        if extra is None or error.name is None or error.name.startswith("svidok"):
            raise
        raise MissingPart(
            f"the format {key} needs {error.name}", remedy=f"pip install 'svidok[{extra}]'"
        ) from error
    return made
