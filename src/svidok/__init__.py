"""Svidok turns reports of a war into a chronicle that can be checked.

``svidok.open("kyiv.svidok")`` gives a chronicle to ask, ``svidok.create`` makes one. Names are loaded on
first use, so that ``import svidok`` takes no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from svidok.chronicle import Chronicle
    from svidok.chronicle import create_chronicle as create
    from svidok.chronicle import open_chronicle as open
    from svidok.errors import SvidokError
    from svidok.store.frames import Table
    from svidok.store.views import Box, Filter, Near, Paging

__version__ = "0.1.0"
__all__ = [
    "Box",
    "Chronicle",
    "Filter",
    "Near",
    "Paging",
    "SvidokError",
    "Table",
    "__version__",
    "create",
    "open",
]

_HOMES = {
    "Box": ("svidok.store.views", "Box"),
    "Chronicle": ("svidok.chronicle", "Chronicle"),
    "Filter": ("svidok.store.views", "Filter"),
    "Near": ("svidok.store.views", "Near"),
    "Paging": ("svidok.store.views", "Paging"),
    "SvidokError": ("svidok.errors", "SvidokError"),
    "Table": ("svidok.store.frames", "Table"),
    "create": ("svidok.chronicle", "create_chronicle"),
    "open": ("svidok.chronicle", "open_chronicle"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)
