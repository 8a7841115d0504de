"""The chronicle as files: JSON Lines, CSV, and one self-contained report page.

Names are loaded on first use, so that a command which only writes JSON never loads the page's templates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from svidok.publish.exchange import (
        document_to_dict,
        event_to_dict,
        finding_to_dict,
        findings_to_dict,
        json_line,
        reading_from_dict,
        reading_to_dict,
    )

__all__ = [
    "document_to_dict",
    "event_to_dict",
    "finding_to_dict",
    "findings_to_dict",
    "json_line",
    "reading_from_dict",
    "reading_to_dict",
]

_HOME = dict.fromkeys(__all__, "svidok.publish.exchange")


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
