"""Every error that Svidok raises, one tree.

::

    SvidokError
    ├── InputError            something the user gave cannot be used
    │   ├── UnreadableInput   a file is missing, empty, binary, or in a wrong encoding
    │   ├── NoMainText        a page was read but holds no article
    │   └── BadLine           one line of a JSON Lines file is broken
    ├── AtlasError            the gazetteer or another knowledge file cannot be used
    │   ├── BadData           a data file breaks its schema
    │   └── BadDump           a gazetteer dump is truncated, broken or not a dump
    ├── StoreError            a chronicle on disk cannot be opened, read or written
    │   ├── Missing           nothing of that id is in the chronicle
    │   ├── Busy              another process writes to the chronicle
    │   ├── Refused           a rule forbids this act
    │   └── Damaged           what is stored is not what was stored
    └── MissingPart           an installed part (model, extra) is needed and absent

A message says what is wrong, where (file, line, offset) and what to do next.
"""

from __future__ import annotations

__all__ = [
    "AtlasError",
    "BadData",
    "BadDump",
    "BadLine",
    "Busy",
    "Damaged",
    "InputError",
    "Missing",
    "MissingPart",
    "NoMainText",
    "Refused",
    "StoreError",
    "SvidokError",
    "UnreadableInput",
]


class SvidokError(Exception):
    """Root of all errors of this package.

    Args:
        what: one plain sentence that says what is wrong.
        where: file, file and line, or document and offset.
        remedy: what to do next.

    >>> str(SvidokError("the file is empty", where="a.txt", remedy="check the export"))
    'a.txt: the file is empty (check the export)'
    """

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        message = f"{where}: {what}" if where else what
        super().__init__(f"{message} ({remedy})" if remedy else message)


class InputError(SvidokError):
    """Something the user gave cannot be used; the rest of the batch goes on."""


class UnreadableInput(InputError):
    """A file is missing, empty, binary, too large, or in an encoding that cannot be told."""


class NoMainText(InputError):
    """A page was read but no main text was found in it."""


class BadLine(InputError):
    """One line of a JSON Lines file is broken."""


class AtlasError(SvidokError):
    """A knowledge file (gazetteer, actors, lexicon) cannot be used."""


class BadData(AtlasError):
    """A data file breaks its schema."""


class BadDump(AtlasError):
    """A gazetteer dump is truncated, broken, or not a dump at all."""


class StoreError(SvidokError):
    """A chronicle on disk cannot be opened, read or written."""


class Missing(StoreError):
    """Nothing of that id is in the chronicle."""


class Busy(StoreError):
    """Another process writes to the chronicle at this moment."""


class Refused(StoreError):
    """A rule forbids this act: the role is too low, or what is given does not fit."""


class Damaged(StoreError):
    """What is stored is not what was stored: a hash does not fit, or the file is no chronicle."""


class MissingPart(SvidokError):
    """A part that this job needs is not installed."""
