"""Tables of posts (CSV, TSV): each row that has words is a document."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from svidok.archive.encodings import decode
from svidok.archive.formats.text import encoding_note
from svidok.archive.kinds import column_of, delimiter_of
from svidok.archive.making import make_post
from svidok.archive.pages import Head
from svidok.archive.received import Desk, Item, Received
from svidok.errors import BadLine, UnreadableInput

__all__ = ["map_columns", "read_table"]

_FIELDS = ("id", "text", "title", "published", "source", "author", "url", "language", "dossier", "retrieved")


def map_columns(headers: Sequence[str], given: Mapping[str, str] | None = None) -> dict[str, int]:
    """Which column holds which field: as given, else by the usual words for it.

    Args:
        headers: the first row.
        given: field to header, for columns whose names do not tell.

    Raises:
        ValueError: no column holds the text, or a header that was given is not there.

    >>> map_columns(["Date", "Channel", "Message"])
    {'published': 0, 'source': 1, 'text': 2}
    """
    found: dict[str, int] = {}
    names = [header.strip().removeprefix("\ufeff") for header in headers]
    shown = ", ".join(name[:30] for name in names[:12])
    for field, header in (given or {}).items():
        if field not in _FIELDS:
            raise ValueError(f"{field!r} is no field of a post ({', '.join(_FIELDS)})")
        if header not in names:
            raise ValueError(f"no column is called {header!r}; there are {shown}")
        found[field] = names.index(header)
    for number, name in enumerate(names):
        field_guessed = column_of(name)
        if field_guessed and field_guessed not in found and number not in found.values():
            found[field_guessed] = number
    if "text" not in found:
        raise ValueError(f"no column is known to hold the text; there are {shown}")
    return found


def read_table(received: Received, desk: Desk) -> Iterator[Item]:
    """Read a table whose first row names its columns; the text is taken exactly as it is.

    Yields:
        A document for each row with words, a message for each row that is broken.

    Raises:
        UnreadableInput: no column holds the text, or no row any words.
    """
    decoded = decode(received.read(desk.limits.listing), where=received.where, charset=received.charset)
    first = decoded.text.partition("\n")[0]
    lines = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter_of(first), strict=False)
    rows = _rows(lines, desk.limits.report)
    headers = next(rows, [])
    try:
        columns = map_columns(headers if isinstance(headers, list) else [], desk.columns)
    except ValueError as error:
        raise UnreadableInput(
            str(error), where=received.where, remedy="name the column: --column text=HEADER"
        ) from error
    read = 0
    for number, row in enumerate(chain(rows), 2):
        if isinstance(row, str):
            yield BadLine(row, where=f"{received.where}#row-{number}", remedy="mend the row")
            continue
        cells = {field: row[at].strip() or None for field, at in columns.items() if at < len(row)}
        text = row[columns["text"]] if columns["text"] < len(row) else ""
        if not text.strip():
            continue
        read += 1
        head = Head(
            title=cells.get("title"),
            author=cells.get("author"),
            source=cells.get("source"),
            url=cells.get("url"),
            language=cells.get("language"),
            dossier=cells.get("dossier"),
            published=cells.get("published"),
            published_from="column" if cells.get("published") else None,
        )
        yield make_post(
            received,
            head,
            text,
            reader="table",
            media_type="text/csv",
            record=json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"),
            member=f"row-{number}",
            encoding=encoding_note(decoded),
            notes=(f"id {cells['id']}",) if cells.get("id") else (),
        )
    if not read:
        raise UnreadableInput(
            "no row holds words in the text's column", where=received.where, remedy="check --column"
        )


def _rows(lines: Iterator[list[str]], longest: int) -> Iterator[list[str] | str]:
    """Rows, or what is wrong with one; the csv module's own limit on a cell is too small for reports."""
    before = csv.field_size_limit()
    while True:
        csv.field_size_limit(longest)
        try:
            row = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"the row is broken: {error}"
            continue
        finally:
            csv.field_size_limit(before)
        yield row
