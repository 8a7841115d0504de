"""The contract: what every chronicle on disk can do, whichever database is behind it.

Read this file to know the store. ``open_store`` gives one; both backends pass the same tests.
Questions never change anything and see one complete state. Every write is one transaction: after a
kill at any moment the last complete state is there. A clock never hides inside: whoever writes says
``at``, an ISO instant in UTC, and ``who``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from svidok.store.views import (
    Act,
    Added,
    Agreement,
    Box,
    ClaimView,
    Columns,
    ControlSpan,
    Count,
    CustodyEntry,
    DocumentView,
    EventDetail,
    EventView,
    Fault,
    Filter,
    FindingView,
    Hit,
    Holder,
    LedgerRow,
    Page,
    Paging,
    Point,
    QueueItem,
    Quote,
    ReviewState,
    Role,
    Session,
    Status,
    Subject,
    User,
)

if TYPE_CHECKING:
    from pathlib import Path

    from svidok.atlas.gazetteer import Gazetteer
    from svidok.records import Document, Event, Finding, Judgement, Reading, Source

__all__ = ["Store"]


@runtime_checkable
class Store(Protocol):
    """A chronicle on disk.

    Everything raises ``StoreError`` (``svidok.errors``): ``Missing`` for an id that is not there,
    ``Busy`` when another writer holds the chronicle, ``Refused`` for what a rule forbids.
    """

    # --- what it holds -------------------------------------------------------------------------

    def status(self) -> Status:
        """Counts of everything, what waits for reading and review, the head of the audit log."""

    def mark(self) -> str:
        """The state of the chronicle in a few letters: while it is the same, so are all answers."""

    def warm(self) -> None:
        """Bring into memory what lists are drawn from, so that the first who ask need not wait for it."""

    def settings(self) -> Mapping[str, str]:
        """What was chosen at ``init`` and is used by every build: near, model, title, language."""

    def documents(self, filter: Filter = ..., paging: Paging = ...) -> Page[DocumentView]:
        """Reports by filter: text, source, sides, known_by, dossier, earliest/latest of publication."""

    def document(self, id: str) -> Document:
        """One report with its text."""

    def original(self, sha256: str) -> bytes:
        """Original bytes, checked against their hash."""

    def custody(self, document: str) -> tuple[CustodyEntry, ...]:
        """How a report came in, entry by entry."""

    def reading(self, document: str) -> Reading:
        """All that the machine found in one report: sentences, places, times, claims ..."""

    def readings(self) -> Iterator[Reading]:
        """Every reading, in the order of document ids, as the machine made them."""

    def effective(self) -> tuple[tuple[Reading, ...], tuple[Judgement, ...]]:
        """Every reading with reviewers' corrections applied and rejected claims left out, and the
        reviewers' same/different verdicts: what events are joined from."""

    def claims(self, filter: Filter = ..., paging: Paging = ...) -> Page[ClaimView]:
        """Claims by filter; order "time", "confidence" (least sure first) or "relevance"."""

    def claim(self, id: str) -> ClaimView:
        """One claim."""

    def claims_of(self, document: str) -> tuple[ClaimView, ...]:
        """All claims of one report in the order of its words: what the reader lights up."""

    def claims_by_id(self, ids: Sequence[str]) -> tuple[ClaimView, ...]:
        """Several claims in the order of their ids given; those that are not there are left out."""

    def quotes(
        self, events: Sequence[str], *, sources: Sequence[str] = ()
    ) -> Mapping[str, tuple[Quote, ...]]:
        """The words of the claims of several events, by event; only those of ``sources`` where some are."""

    def events(self, filter: Filter = ..., paging: Paging = ...) -> Page[EventView]:
        """Events by filter; order "time", "-time" or "relevance"."""

    def event(self, id: str) -> EventDetail:
        """One event with all its witnesses. An id that a later build replaced leads to the event
        that holds most of its claims."""

    def points(self, filter: Filter = ..., *, limit: int = 50_000) -> tuple[Point, ...]:
        """Events as the map and the time line draw them, in order of time, without paging."""

    def columns(self, filter: Filter = ..., *, limit: int = 50_000) -> Columns:
        """The same a field at a time, for a page that draws tens of thousands."""

    def days(self, filter: Filter = ...) -> tuple[Count, ...]:
        """How many events begin in each month ("2022-03"), in order; undated ones are left out."""

    def counts(self, field: str, filter: Filter = ..., *, limit: int = 50) -> tuple[Count, ...]:
        """The commonest values of "type", "side", "source", "speaker" or "place" among events."""

    def findings(self, filter: Filter = ..., paging: Paging = ...) -> Page[FindingView]:
        """Findings by filter; order "severity" (gravest first) or "time" (of the documents)."""

    def finding(self, id: str) -> FindingView:
        """One finding."""

    def rows(self, view: str, filter: Filter = ..., paging: Paging = ...) -> Page[LedgerRow]:
        """Rows of one view of the ledger by filter (see ``VIEWS``)."""

    def row(self, id: str) -> LedgerRow:
        """One row of any view."""

    def rows_by_id(self, ids: Sequence[str]) -> tuple[LedgerRow, ...]:
        """Several rows in the order of their ids given; those that are not there are left out."""

    def control(self, day: str, *, box: Box | None = None) -> tuple[ControlSpan, ...]:
        """Who held each settlement on a day."""

    def holders(self, day: str) -> tuple[Holder, ...]:
        """The same in a few words, for a page of thousands."""

    def control_of(self, settlement: str) -> tuple[ControlSpan, ...]:
        """Who held one settlement, from first to last."""

    def search(self, text: str, filter: Filter = ..., paging: Paging = ...) -> Page[Hit]:
        """Sentences that hold these words, with what was found in them."""

    def identify(self, id: str, *, limit: int = 5) -> tuple[tuple[Subject, str], ...]:
        """What an id, or the beginning of one, can mean: "document", "event", "claim" or "finding"."""

    def all_events(self) -> Iterator[Event]:
        """Every event as a record, in order of time."""

    def all_findings(self) -> Iterator[Finding]:
        """Every finding as a record, in their order."""

    # --- what the machine writes ---------------------------------------------------------------

    def add(
        self,
        documents: Iterable[Document],
        *,
        originals: Mapping[str, bytes | Path] | None = None,
        containers: Mapping[str, str] | None = None,
        at: str,
        who: str,
        how: str = "file",
    ) -> Added:
        """Keep reports with their original bytes and a custody entry each, in one transaction.

        A report whose id and text are there already is not added again; a second text under one id is
        called "id~2". ``originals`` are bytes, or files of them, by their SHA-256, checked;
        ``containers`` tell for a document id which of them it was taken from (its own if absent).
        """

    def unread(self, reader: str) -> Iterator[Document]:
        """Reports that this reader (a version of program, model and theatre) has not read yet."""

    def save_readings(self, readings: Iterable[Reading], *, reader: str) -> int:
        """Keep readings, each replacing that of its document, in one transaction; how many."""

    def describe(self, source_of: Callable[[Document], Source | None], *, at: str, who: str) -> int:
        """Give each report the source that this tells; how many changed. The log keeps that it was done.

        A report whose side or kind of source changed counts as unread: whose voice it is has changed.
        """

    def remove(self, document: str, *, at: str, who: str, why: str) -> None:
        """Take a report out of the chronicle; its original, custody and judgements stay, the log says why."""

    def derive(
        self,
        *,
        gazetteer: Gazetteer | None = None,
        at: str,
        who: str,
        tell: Callable[[str], None] | None = None,
    ) -> Status:
        """Join effective readings into events, findings and rows, and write only what changed.

        The result equals a build from scratch over the same documents and judgements.
        """

    def building(self) -> AbstractContextManager[None]:
        """Hold the one right to build; ``Busy`` with who holds it when another process builds."""

    # --- what people write ---------------------------------------------------------------------

    def act(
        self,
        kind: str,
        subject: Subject,
        target: str,
        *,
        who: str,
        at: str,
        detail: Mapping[str, object] | None = None,
    ) -> Act:
        """Record one judgement, and show it at once in the status of what it is about.

        Kinds and their ``detail``:

        * accept: {} · reject: {"why": str}
        * correct: {"set": {field: value}}: of a claim type, polarity, modality, speaker, time
          ({"earliest","latest","edtf"}), place ({"name","lat","lon","kind","radius_km"}),
          actors/targets ([{"name","side"}]), quantities; of an event label, type, time, place
        * merge: {"with": [ids]} of claims or events: they tell of one happening
        * split: {"from": [ids]}, claims that do not belong to the others of the event, or to the target
        * grade: {"grade": "B"} · comment: {"text": str}
        * adjudicate: {"verdict": "accept|correct|reject", ...} by an admin, over differing reviewers
        * undo: {"act": number} of an own act, or of anybody's by an admin

        Judgements that change what events are made of (correct, reject, merge, split) take effect on
        events at the next ``derive``; ``status().stale`` says so.
        """

    def note(self, kind: str, *, who: str, at: str, detail: Mapping[str, object]) -> Act:
        """Log what was done to the chronicle as a whole, such as a publication."""

    def acts(
        self,
        *,
        subject: Subject | None = None,
        target: str | None = None,
        who: str | None = None,
        kinds: Sequence[str] = (),
        paging: Paging = ...,
    ) -> Page[Act]:
        """The audit log, newest first."""

    def state(self, subject: Subject, target: str) -> ReviewState:
        """How one thing stands after review."""

    def queue(
        self, *, subject: Subject | None = None, reviewer: str | None = None, paging: Paging = ...
    ) -> Page[QueueItem]:
        """What waits for review, what matters most first: severity, reach, doubt. With ``reviewer``,
        without what that person has judged already."""

    def orphans(self) -> tuple[Act, ...]:
        """Judgements on claims, events or findings that the present build no longer makes."""

    def agreement(self) -> Agreement:
        """How far reviewers agree."""

    # --- trust ---------------------------------------------------------------------------------

    def verify(self, *, tell: Callable[[str], None] | None = None) -> tuple[Fault, ...]:
        """Hash everything again: originals, texts, spans, custody, the audit log; what is wrong."""

    def has_head(self, beginning: str) -> bool:
        """Whether some entry of the audit log has a hash that begins so."""

    def backup(self, path: Path) -> Path:
        """Write a whole, consistent copy of the chronicle while others go on working."""

    # --- users of the web pages ----------------------------------------------------------------

    def users(self) -> tuple[User, ...]:
        """Everybody, by name."""

    def save_user(
        self, name: str, *, role: Role, password: str | None = None, active: bool = True, who: str, at: str
    ) -> User:
        """Make or change a user; the change (never the password) goes into the audit log."""

    def login(self, name: str, password: str, *, at: str, hours: float = 12.0) -> Session | None:
        """A new session, or None for a wrong name or password (taking the same time for both)."""

    def session(self, token: str, *, at: str) -> Session | None:
        """The session that a token stands for, or None when it is unknown, over, or its user inactive."""

    def logout(self, token: str) -> None:
        """End a session."""

    def close(self) -> None:
        """Let go of the database."""
