"""Reference tables of the user: what a report says against them, beyond them, and what it leaves out."""

from __future__ import annotations

from svidok.events.references.compare import Compared, compare
from svidok.events.references.mapping import Mapping, read_mapping
from svidok.events.references.shelf import add_table, list_tables, open_table, remove_table
from svidok.events.references.tables import Row, Table, read_table

__all__ = [
    "Compared",
    "Mapping",
    "Row",
    "Table",
    "add_table",
    "compare",
    "list_tables",
    "open_table",
    "read_mapping",
    "read_table",
    "remove_table",
]
