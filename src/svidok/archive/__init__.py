"""Reports in: formats to documents (original bytes, hash, provenance), documents to sentences."""

from svidok.archive.datelines import read_datelines
from svidok.archive.encodings import decode
from svidok.archive.jsonl import read_jsonl
from svidok.archive.languages import guess_language
from svidok.archive.originals import Originals
from svidok.archive.reading import MAX_BYTES, Batch, gather, read_path, read_paths
from svidok.archive.segment import segment

__all__ = [
    "MAX_BYTES",
    "Batch",
    "Originals",
    "decode",
    "gather",
    "guess_language",
    "read_datelines",
    "read_jsonl",
    "read_path",
    "read_paths",
    "segment",
]
