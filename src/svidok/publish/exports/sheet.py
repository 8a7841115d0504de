"""Write a table as CSV: UTF-8, CRLF, no cell that a spreadsheet would run, unknown left empty."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from svidok.publish.files import safe_cell

__all__ = ["csv_bytes"]


def csv_bytes(
    columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, above: Sequence[Sequence[str]] = ()
) -> bytes:
    """A table of rows by column name.

    Args:
        columns: in order; a row may lack any.
        rows: cells; whole floats are written as whole numbers.
        above: lines to set between the header and the rows.

    >>> csv_bytes(["a", "b"], [{"a": 1.0, "b": None}, {"a": "=1"}])
    b"a,b\\r\\n1,\\r\\n'=1,\\r\\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(above)
    for row in rows:
        writer.writerow([safe_cell(_plain(row.get(column))) for column in columns])
    return out.getvalue().encode("utf-8", "backslashreplace")


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
