"""What was known on a day: the reports that were published by then."""

from __future__ import annotations

from collections.abc import Iterable

from svidok.errors import InputError
from svidok.records import Document

__all__ = ["known_by"]


def known_by(documents: Iterable[Document], day: str) -> tuple[list[Document], list[InputError]]:
    """Part the reports into those that were out by a day, and why each other one is left out.

    Args:
        documents: in any order; the order is kept.
        day: the last day of publication that counts, such as ``2022-03-05``.

    Returns:
        The reports published on that day or earlier, and an error for each report whose day of
        publication is not known: it cannot be told whether that was out. Later reports are silently
        beyond the horizon, which is what was asked for.

    >>> known_by([Document("a", "a", "x", published="2022-03-06")], "2022-03-05")
    ([], [])
    """
    kept, unsure = [], []
    for document in documents:
        if document.published is None:
            unsure.append(
                InputError(
                    f"left out of what was known by {day}: it bears no clear day of publication",
                    where=document.path or document.id,
                    remedy="give its published day, in the file or in JSON Lines",
                )
            )
        elif document.published[:10] <= day:
            kept.append(document)
    return kept, unsure
