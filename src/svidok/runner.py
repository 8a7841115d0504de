"""Where the reading runs: in this process, or in several on this machine.

Batches are cut here, in document order, and results are given back in that order, so that the
number of processes never changes a byte of what comes out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from svidok.records import Document, Reading

if TYPE_CHECKING:
    from concurrent.futures import Future

    from svidok.pipeline import Tools

__all__ = ["Settings", "read_documents"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What every process must load alike: the model by name, and the theatre of the reports."""

    model: str | None = None
    near: str | None = None


_tools: Tools | None = None


def read_documents(
    documents: Iterable[Document], *, settings: Settings, jobs: int = 1, tools: Tools | None = None
) -> Iterator[Reading]:
    """Read documents in order, in this process or spread over ``jobs`` processes.

    Args:
        documents: any number of documents; only a few batches are held at a time.
        settings: what to load in each process.
        jobs: processes on this machine, 1 or more.
        tools: tools that are loaded already, used when ``jobs`` is 1.

    Yields:
        One reading a document, in the order of the documents.
    """
    from svidok import pipeline

    if jobs <= 1:
        yield from pipeline.read_all(documents, tools or _load(settings))
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(settings,)
    ) as pool:
        running: deque[Future[list[Reading]]] = deque()
        for batch in pipeline.batches(documents):
            running.append(pool.submit(_read_batch, batch))
            if len(running) > 2 * jobs:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()


def _load(settings: Settings) -> Tools:
    from svidok.pipeline import load_tools

    return load_tools(model=settings.model, near=settings.near)


def _begin(settings: Settings) -> None:
    global _tools
    _tools = _load(settings)


def _read_batch(batch: Sequence[Document]) -> list[Reading]:
    from svidok.pipeline import read_all

    assert _tools is not None
    return list(read_all(batch, _tools))
