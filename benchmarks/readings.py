"""Claims of the pipeline that people judged one by one: what they found right, and what should stand instead.

``benchmarks/readings/*.jsonl`` holds one judged claim a line, keyed by the document's id and the offsets of
its trigger (no text): ``verdict`` (ok, weak, dup, bad), the right ``types``, ``polarity``, ``modality``, the
``places`` by offsets of a mention (``place_free``: none is right too) and the ``time`` as bounds
(``time_free``). The documents are those of ``../shared``, of ``examples`` and of ``readings/``, which were
written for this in our own words.

``scenes.jsonl`` says of further happenings only where they are set (``places``: each is right; ``free``: none
is right as well), for the fit of that alone; its documents are also those of the planted dossiers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from svidok.archive import read_jsonl, read_paths
from svidok.records import Claim, Document, Reading

__all__ = ["Judged", "Set", "claim_of", "documents_of", "judged", "parts", "set_happenings"]

HERE = Path(__file__).resolve().parent / "readings"
SHARED = Path(__file__).resolve().parents[2] / "shared"
SOURCES: Mapping[str, tuple[Path, ...]] = {
    "wars": (SHARED / "eval/corpora/wikiwars.docs.jsonl",),
    "news": (SHARED / "eval/corpora/trnews.docs.jsonl", SHARED / "eval/corpora/gwn.docs.jsonl"),
    "captions": (SHARED / "eval/corpora/cir.docs.jsonl",),
    "talk": (SHARED / "eval/corpora/polnear.docs.jsonl",),
    "posts": (SHARED / "input/warline.jsonl",),
    "kyiv": (HERE.parents[1] / "examples/kyiv-2022",),
    **{folder.name: (folder,) for folder in sorted(HERE.iterdir()) if folder.is_dir()},
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One judged claim; no ``places`` and no ``time`` where the text tells none."""

    document: str
    trigger: tuple[int, int]
    type: str
    verdict: str
    types: frozenset[str]
    polarity: frozenset[str]
    modality: frozenset[str]
    places: tuple[tuple[tuple[int, int], ...], ...]
    place_free: bool
    time: tuple[str | None, str | None] | None
    time_free: bool


@dataclass(frozen=True, slots=True)
class Set:
    """Where one happening is set; no ``places`` where the text tells none."""

    trigger: tuple[int, int]
    types: frozenset[str]
    places: tuple[tuple[int, int], ...]
    free: bool


def set_happenings() -> Iterator[tuple[Document, tuple[Set, ...]]]:
    """The documents at hand of which readers said where happenings are set, with their answers."""
    told: dict[tuple[str, str], list[Set]] = {}
    for line in (HERE / f"{SCENES}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        places = tuple((a, b) for a, b in row["places"])
        one = Set((row["trigger"][0], row["trigger"][1]), frozenset(row["types"]), places, row["free"])
        told.setdefault((row["source"], row["document"]), []).append(one)
    for source in sorted({source for source, _ in told}):
        if source != PLANTED and not all(path.exists() for path in SOURCES[source]):
            continue
        for document in planted_documents() if source == PLANTED else _documents(source):
            if (source, document.id) in told:
                yield document, tuple(told[source, document.id])


SCENES = "scenes"
PLANTED = "planted"


def planted_documents() -> Iterator[Document]:
    """The documents of all planted dossiers."""
    for path in sorted((HERE.parents[1] / "tests/events/planted").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for row in json.loads(line)["documents"]:
                yield Document(
                    row["id"],
                    row["id"],
                    row["text"],
                    title=row["title"],
                    language="en",
                    published=row["published"],
                )


def parts() -> list[str]:
    """The names of the sets whose documents and judgements are at hand."""
    return [
        name
        for name, paths in SOURCES.items()
        if (HERE / f"{name}.jsonl").exists() and all(path.exists() for path in paths)
    ]


@cache
def judged(part: str) -> tuple[Judged, ...]:
    """The judged claims of one set, in the order of the file."""
    lines = (HERE / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_judged(json.loads(line)) for line in lines)


def _judged(row: dict[str, Any]) -> Judged:
    return Judged(
        row["document"],
        (row["trigger"][0], row["trigger"][1]),
        row["type"],
        row["verdict"],
        frozenset(row["types"]),
        frozenset(row["polarity"]),
        frozenset(row["modality"]),
        tuple(tuple((a, b) for a, b in one) for one in row["places"]),
        row["place_free"],
        None if row["time"] is None else (row["time"][0], row["time"][1]),
        row["time_free"],
    )


def claim_of(reading: Reading, trigger: tuple[int, int], type_: str) -> Claim | None:
    """The claim of a type that the pipeline makes now of the judged words."""
    alike = (one for one in reading.claims if one.type == type_)
    return next((c for c in alike if c.trigger[0] < trigger[1] and trigger[0] < c.trigger[1]), None)


def documents_of(part: str) -> Iterator[Document]:
    """The documents of one set that hold judged claims."""
    wanted = {one.document for one in judged(part)}
    return (document for document in _documents(part) if document.id in wanted)


def _documents(part: str) -> Iterator[Document]:
    for path in SOURCES[part]:
        items = read_jsonl(path) if path.suffix == ".jsonl" else read_paths([path])
        yield from (item for item in items if isinstance(item, Document))
