"""A chronicle to work with from Python: add reports, build, ask, judge, publish.

>>> import svidok, tempfile
>>> from pathlib import Path
>>> path = Path(tempfile.mkdtemp()) / "kyiv.svidok"
>>> with svidok.create(path, title="The battle of Kyiv") as chronicle:
...     chronicle.status().documents
0
"""

from __future__ import annotations

import getpass
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from svidok.archive import Originals, read_path
from svidok.errors import InputError
from svidok.records import Document
from svidok.store import (
    Act,
    Added,
    Agreement,
    Box,
    ClaimView,
    DocumentView,
    EventDetail,
    EventView,
    Fault,
    Filter,
    FindingView,
    Hit,
    LedgerRow,
    Near,
    Page,
    Paging,
    QueueItem,
    Status,
    Store,
    Subject,
    create_store,
    open_store,
)
from svidok.store.frames import Table

if TYPE_CHECKING:
    from svidok.archive import SourceTable
    from svidok.pipeline import Tools
    from svidok.store.publication import Publication

__all__ = ["Chronicle", "create_chronicle", "now", "open_chronicle", "reader_name"]

T = TypeVar("T")
Point = tuple[float, float, float]
Span = tuple[str | None, str | None]
Words = str | Sequence[str] | None

_BATCH = 100
_ALL = 1000


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def open_chronicle(where: str | Path, *, by: str | None = None) -> Chronicle:
    """Open a chronicle that is there.

    Args:
        where: a ``.svidok`` file, or a ``postgresql://user@host/database`` URL.
        by: who works with it, for the logs; the name you are logged in under by default.

    Raises:
        StoreError: it is not there, damaged, or of a newer program.
    """
    return Chronicle(open_store(where), by=by)


def create_chronicle(
    where: str | Path,
    *,
    title: str | None = None,
    near: str | None = None,
    model: str | None = None,
    originals: Path | None = None,
    by: str | None = None,
) -> Chronicle:
    """Make a new, empty chronicle and open it.

    Args:
        where: a path that is free, or the URL of an empty PostgreSQL database.
        title: of the chronicle and its publications.
        near: the theatre of its reports ("Ukraine").
        model: an installed spaCy model by name.
        originals: a folder for original bytes, in place of the chronicle itself.
        by: who makes it.

    Raises:
        Refused: there is something already.
    """
    chosen = {
        "title": title,
        "near": near,
        "model": model,
        "originals": originals and str(originals.absolute()),
    }
    settings = {key: value for key, value in chosen.items() if value}
    name = by or _myself()
    return Chronicle(create_store(where, settings=settings, at=now(), who=name), by=name)


def reader_name(*, model: str | None, near: str | None) -> str:
    """What readings are marked with: reports read by another reader are read again."""
    from svidok import __version__

    return f"svidok {__version__}, model {model or 'default'}, near {near or 'anywhere'}"


@dataclass(frozen=True, slots=True)
class _Given:
    """Reports on their way in, with where their bytes lie."""

    documents: list[Document]
    originals: dict[str, Path]


class Chronicle:
    """A chronicle that is open. Use it in a ``with`` statement, or ``close`` it.

    Args:
        store: the chronicle on disk.
        by: who works with it.
        clock: gives the moment of every act as an ISO instant; for tests.
    """

    def __init__(self, store: Store, *, by: str | None = None, clock: Callable[[], str] = now) -> None:
        self.store = store
        self.by = by or _myself()
        self._clock = clock

    def __enter__(self) -> Chronicle:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Chronicle {self.store.status().path}>"

    def close(self) -> None:
        """Let go of the file or the server."""
        self.store.close()

    def status(self) -> Status:
        """What it holds and what waits."""
        return self.store.status()

    # --- reports in ----------------------------------------------------------------------------

    def add(
        self,
        *paths: str | Path,
        documents: Iterable[Document] = (),
        retrieved: str | None = None,
        tell: Callable[[str], None] | None = None,
        **reading: Any,
    ) -> Added:
        """Add reports with their original bytes; those that are there already are known again.

        Args:
            paths: files and folders of any format that Svidok reads, and addresses where ``web`` is given.
            documents: documents made otherwise.
            retrieved: when they were got, such as "2022-04-27T10:00Z".
            tell: told after each portion how many are in.
            reading: passed to ``svidok.archive.read_path``.

        Returns:
            ids of new and of known reports, and a message for each that could not be read.
        """
        added = Added()
        if given := list(documents):
            added = _sum(added, self.store.add(given, at=self._clock(), who=self.by, how="python"))
        with tempfile.TemporaryDirectory(prefix="svidok-") as spool:
            kept = Originals(Path(spool))
            for path in paths:
                failed: list[str] = []
                found = read_path(path, retrieved=retrieved, originals=kept, **reading)
                for portion in _portions(found, kept, failed):
                    added = _sum(
                        added,
                        self.store.add(
                            portion.documents,
                            originals=portion.originals,
                            at=self._clock(),
                            who=self.by,
                        ),
                    )
                    if tell is not None:
                        tell(f"{len(added.new)} new, {len(added.known)} known")
                added = _sum(added, Added(failed=tuple(failed)))
        return added

    def remove(self, document: str, *, why: str) -> None:
        """Take a report out; the log keeps that it was there, and why it went."""
        self.store.remove(document, at=self._clock(), who=self.by, why=why)

    # --- reading and joining -------------------------------------------------------------------

    def build(
        self,
        *,
        everything: bool = False,
        jobs: int = 1,
        tools: Tools | None = None,
        sources: SourceTable | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> Status:
        """Read what has not been read, and join all claims into events, findings and ledgers.

        It can be interrupted at any moment: what was read stays, and the next build goes on from there.

        Args:
            everything: read every report again, also those that this reader has read.
            jobs: processes that read.
            tools: loaded already; the chronicle's own settings decide otherwise.
            sources: what the user says of the sources; kept with the reports, and logged.
            tell: told what is being done.

        Raises:
            Busy: another process builds this chronicle.
        """
        from svidok.pipeline import load_tools
        from svidok.runner import Settings, read_documents

        say = tell or _silent
        chosen = self.store.settings()
        model, near = chosen.get("model"), chosen.get("near")
        reader = reader_name(model=model, near=near)
        with self.store.building():
            if sources is not None:
                told = self.store.describe(sources.source_of, at=self._clock(), who=self.by)
                say(f"the table of sources changed {told} reports")
            waiting = list(self.store.unread("" if everything else reader))
            if waiting or tools is None:
                say("loading the model and the gazetteer")
                tools = tools or load_tools(model=model, near=near)
            done = 0
            read = read_documents(waiting, settings=Settings(model, near), jobs=jobs, tools=tools)
            for portion in _chunks(read, _BATCH):
                done += self.store.save_readings(portion, reader=reader)
                say(f"read {done} of {len(waiting)} reports")
            gazetteer = tools.gazetteer if tools is not None else None
            return self.store.derive(gazetteer=gazetteer, at=self._clock(), who=self.by, tell=say)

    # --- questions -----------------------------------------------------------------------------

    def events(
        self,
        *,
        text: str | None = None,
        near: Point | None = None,
        between: Span | None = None,
        type: Words = None,
        side: Words = None,
        source: Words = None,
        place: str | None = None,
        box: tuple[float, float, float, float] | None = None,
        known_by: str | None = None,
        status: Words = None,
        limit: int | None = None,
        **more: Any,
    ) -> Table[EventView]:
        """Events in order of time.

        Args:
            text: words that must all stand in their claims ("shell*" is any ending).
            near: latitude, longitude, kilometres.
            between: first and last day, each ISO ("2022-03", "2022-03-04") or None.
            type, side, source, status: a value, or several of which one must hold.
            place: the name of a place.
            box: south, west, north, east.
            known_by: only what was published on or before that day.
            limit: at most so many.
            more: other fields of ``svidok.Filter``, such as ``happened=True``.
        """
        wanted = _filter(text, near, between, type, side, source, place, box, known_by, status, more)
        return Table(_all(self.store.events, wanted, limit), EventView)

    def claims(
        self,
        *,
        text: str | None = None,
        near: Point | None = None,
        between: Span | None = None,
        type: Words = None,
        side: Words = None,
        source: Words = None,
        place: str | None = None,
        box: tuple[float, float, float, float] | None = None,
        known_by: str | None = None,
        status: Words = None,
        limit: int | None = None,
        **more: Any,
    ) -> Table[ClaimView]:
        """Claims in order of time, each with its exact words; arguments as for ``events``."""
        wanted = _filter(text, near, between, type, side, source, place, box, known_by, status, more)
        return Table(_all(self.store.claims, wanted, limit), ClaimView)

    def documents(
        self, *, text: str | None = None, between: Span | None = None, source: Words = None, **more: Any
    ) -> Table[DocumentView]:
        """Reports in order of publication; ``between`` are days of publication."""
        wanted = _filter(text, None, between, None, None, source, None, None, None, None, more)
        return Table(_all(self.store.documents, wanted, None), DocumentView)

    def findings(self, *, kind: Words = None, severity: Words = None, **more: Any) -> Table[FindingView]:
        """What does not fit, gravest first."""
        wanted = replace(Filter(**more), types=_several(kind), severities=_several(severity))
        ordered = Paging(size=_ALL, order="severity")
        return Table(_all(self.store.findings, wanted, None, ordered), FindingView)

    def ledger(self, view: str, **more: Any) -> Table[LedgerRow]:
        """Rows of one view: chronology, control, settlements, losses, statements, harm, humanitarian,
        civil_defence or explanations."""

        def ask(wanted: Filter, paging: Paging) -> Page[LedgerRow]:
            return self.store.rows(view, wanted, paging)

        return Table(_all(ask, Filter(**more), None), LedgerRow)

    def event(self, id: str) -> EventDetail:
        """One event with all its witnesses."""
        return self.store.event(id)

    def search(self, text: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """Sentences that hold words, best first."""
        return self.store.search(text, Filter(), Paging(size=min(limit, _ALL), order="relevance")).items

    # --- judgements ----------------------------------------------------------------------------

    def queue(self, *, limit: int = 20, mine: bool = False) -> tuple[QueueItem, ...]:
        """What waits for review, what matters most first; ``mine`` leaves out what I judged already."""
        page = self.store.queue(reviewer=self.by if mine else None, paging=Paging(size=limit))
        return page.items

    def judge(self, kind: str, subject: Subject, id: str, **detail: object) -> Act:
        """Record a judgement: accept, correct, reject, merge, split, grade, comment or adjudicate.

        ``detail`` is as ``svidok.store.Store.act`` tells: ``chronicle.judge("reject", "claim", id,
        why="an opinion")``. A key that is a Python word takes a line below: ``from_=[...]``.
        """
        plain = {key.rstrip("_"): value for key, value in detail.items()}
        return self.store.act(kind, subject, id, who=self.by, at=self._clock(), detail=plain)

    def undo(self, act: int) -> Act:
        """Undo an act by its number."""
        return self.store.act("undo", "claim", "", who=self.by, at=self._clock(), detail={"act": act})

    def agreement(self) -> Agreement:
        """How far reviewers agree."""
        return self.store.agreement()

    # --- publishing ----------------------------------------------------------------------------

    def publish(
        self,
        folder: str | Path,
        *,
        profile: str = "standard",
        unreviewed: bool = False,
        full_texts: bool = False,
        formats: Sequence[str] | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> Publication:
        """Write what was reviewed, redacted, into a new folder: a page, tables, other tools' formats.

        Args:
            folder: new or empty.
            profile: what is withheld: "none", "standard" or "strict".
            unreviewed: also what nobody has judged yet.
            full_texts: whole reports, not only the sentences that claims rest on.
            formats: keys of ``svidok.publish.FORMATS``; all by default.
            tell: told what is being done.
        """
        from svidok.store.publication import publish
        from svidok.web.site import LINKS, write_edition

        return publish(
            self.store,
            Path(folder),
            profile=profile,
            unreviewed=unreviewed,
            full_texts=full_texts,
            formats=formats,
            also=write_edition,
            links=LINKS,
            who=self.by,
            at=self._clock(),
            tell=tell,
        )

    # --- trust ---------------------------------------------------------------------------------

    def verify(self, *, tell: Callable[[str], None] | None = None) -> tuple[Fault, ...]:
        """Hash everything again; nothing when all is well."""
        return self.store.verify(tell=tell)

    def backup(self, path: str | Path) -> Path:
        """Write a whole, consistent copy."""
        return self.store.backup(Path(path))


def _portions(found: Iterable[Document | InputError], kept: Originals, failed: list[str]) -> Iterator[_Given]:
    """Documents in portions, each with the original bytes that it came from."""
    held: list[Document] = []
    for item in found:
        if isinstance(item, InputError):
            failed.append(str(item))
            continue
        held.append(replace(item, given_places=None))
        if len(held) >= _BATCH:
            yield from _portion(held, kept)
            held = []
    if held or any(kept.folder.iterdir()):
        yield from _portion(held, kept)


def _portion(held: list[Document], kept: Originals) -> Iterator[_Given]:
    """One portion, whose spooled bytes go once it is kept."""
    spooled = {
        folder.name + file.name: file for folder in sorted(kept.folder.iterdir()) for file in folder.iterdir()
    }
    yield _Given(held, spooled)
    for file in spooled.values():
        file.unlink()


def _filter(
    text: str | None, near: Point | None, between: Span | None, type: Words, side: Words, source: Words,
    place: str | None, box: tuple[float, float, float, float] | None, known_by: str | None, status: Words,
    more: Mapping[str, Any],
) -> Filter:  # fmt: skip
    earliest, latest = between or (None, None)
    return replace(
        Filter(**more),
        text=text,
        near=Near(*near) if near else None,
        earliest=earliest,
        latest=latest,
        types=_several(type),
        sides=_several(side),
        sources=_several(source),
        place=place,
        box=Box(*box) if box else None,
        known_by=known_by,
        statuses=_several(status),
    )


def _several(value: Words) -> tuple[Any, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _all(
    ask: Callable[[Filter, Paging], Page[T]], wanted: Filter, limit: int | None, paging: Paging | None = None
) -> list[T]:
    """Every page of an answer."""
    paging = paging or Paging(size=_ALL)
    out: list[T] = []
    while True:
        page = ask(wanted, paging)
        out += page.items
        if len(out) >= page.total or not page.items or (limit is not None and len(out) >= limit):
            return out[:limit]
        paging = replace(paging, number=paging.number + 1)


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    held: list[T] = []
    for item in items:
        held.append(item)
        if len(held) >= size:
            yield held
            held = []
    if held:
        yield held


def _sum(left: Added, right: Added) -> Added:
    return Added(left.new + right.new, left.known + right.known, left.failed + right.failed)


def _myself() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def _silent(_: str) -> None:
    """Tell nobody."""
