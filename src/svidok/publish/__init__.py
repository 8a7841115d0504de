"""The chronicle as files: JSON Lines, CSV, and one self-contained report page.

Names are loaded on first use, so that a command which only writes JSON never loads the page's templates.
"""

from __future__ import annotations

from importlib import import_module
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
    from svidok.publish.exports import FORMATS, Edition, Export, export
    from svidok.publish.files import write_csv, write_jsonl
    from svidok.publish.report import render_report, write_report

__all__ = [
    "FORMATS",
    "Edition",
    "Export",
    "document_to_dict",
    "event_to_dict",
    "export",
    "finding_to_dict",
    "findings_to_dict",
    "json_line",
    "reading_from_dict",
    "reading_to_dict",
    "render_report",
    "write_csv",
    "write_jsonl",
    "write_report",
]

_HOMES = {
    "exports": ("FORMATS", "Edition", "Export", "export"),
    "files": ("write_csv", "write_jsonl"),
    "report": ("render_report", "write_report"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"svidok.publish.{_HOME.get(name, 'exchange')}"), name)
