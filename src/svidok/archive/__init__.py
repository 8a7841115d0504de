"""Reports in: formats to documents (original bytes, hash, provenance), documents to sentences."""

from svidok.archive.datelines import read_datelines
from svidok.archive.encodings import decode
from svidok.archive.jsonl import read_jsonl
from svidok.archive.languages import guess_language
from svidok.archive.limits import LIMITS, Limits
from svidok.archive.originals import Originals
from svidok.archive.reading import MAX_BYTES, Batch, gather, read_path, read_paths
from svidok.archive.segment import segment
from svidok.archive.sources import SourceTable, read_sources
from svidok.archive.web import Web

__all__ = [
    "LIMITS",
    "MAX_BYTES",
    "Batch",
    "Limits",
    "Originals",
    "SourceTable",
    "Web",
    "decode",
    "gather",
    "guess_language",
    "read_datelines",
    "read_jsonl",
    "read_path",
    "read_paths",
    "read_sources",
    "segment",
]
