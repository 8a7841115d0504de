"""The store over any database that ``Database`` speaks for: each method one transaction, one room's work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from svidok.archive import Originals
from svidok.errors import Busy, Damaged, Missing
from svidok.records import Document, Event, Finding, Judgement, Reading, Source
from svidok.store import derive, keep, people, questions, reviewing, tally, verifying
from svidok.store import tables as t
from svidok.store.agreement import agreement
from svidok.store.codec import unpack
from svidok.store.database import Database
from svidok.store.drawing import FindingBody
from svidok.store.lists import Lists
from svidok.store.memory import Memory
from svidok.store.overlay import overlay
from svidok.store.settle import read_acts
from svidok.store.spans import Spans, load_spans
from svidok.store.sums import Sums
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
)  # fmt: skip

if TYPE_CHECKING:
    from svidok.atlas.gazetteer import Gazetteer

__all__ = ["SqlStore"]

_EVERYTHING = Filter()
_FIRST = Paging()
_RETRIES = 5


class SqlStore:
    """A chronicle in a database (see ``svidok.store.contract.Store`` for what each method does)."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._sums = Sums()
        self._lists = Lists(database, self._sums)
        self._spans = Memory[Spans](1)

    # --- questions -----------------------------------------------------------------------------

    def status(self) -> Status:
        """Counts of everything."""
        with self.database.read() as connection:
            state = keep.state(connection)
            return self._sums.of(state, "status", lambda: tally.status(connection, self.database))

    def mark(self) -> str:
        """The state of the chronicle."""
        with self.database.read() as connection:
            return keep.state(connection).mark

    def warm(self) -> None:
        """Bring into memory what lists are drawn from."""
        for field in ("type", "side", "source"):
            self.counts(field)
            self.counts(field, Filter(dated=True))
        if until := self.status().held_until:
            self.holders(until)

    def settings(self) -> Mapping[str, str]:
        """What was chosen at ``init``."""
        with self.database.read() as connection:
            return tally.settings(connection)

    def documents(self, filter: Filter = _EVERYTHING, paging: Paging = _FIRST) -> Page[DocumentView]:
        """Reports by filter."""
        with self.database.read() as connection:
            return questions.documents(connection, self.database, filter, paging)

    def document(self, id: str) -> Document:
        """One report."""
        with self.database.read() as connection:
            return questions.document(connection, id)

    def original(self, sha256: str) -> bytes:
        """Original bytes, checked."""
        import hashlib

        with self.database.read() as connection:
            row = connection.execute(select(t.originals).where(t.originals.c.sha256 == sha256)).first()
            folder = self._folder(connection)
        if row is None:
            raise Missing(
                "the chronicle keeps no such original", where=sha256[:80], remedy="see `svidok show`"
            )
        if row.data is None:
            if folder is None:
                raise Damaged(
                    "the bytes are not in the chronicle", where=sha256, remedy="run `svidok verify`"
                )
            return folder.get(sha256)
        if hashlib.sha256(row.data).hexdigest() != sha256:
            raise Damaged("the bytes are not what was kept", where=sha256, remedy="run `svidok verify`")
        return bytes(row.data)

    def custody(self, document: str) -> tuple[CustodyEntry, ...]:
        """How a report came in."""
        c = t.custody.c
        with self.database.read() as connection:
            query = select(t.custody).where(c.document == document).order_by(c.number)
            return tuple(CustodyEntry(*row) for row in connection.execute(query))

    def reading(self, document: str) -> Reading:
        """All that the machine found in one report."""
        from dataclasses import replace

        with self.database.read() as connection:
            whole = questions.document(connection, document)
            body = connection.execute(
                select(t.readings.c.body).where(t.readings.c.document == document)
            ).scalar()
        if body is None:
            return Reading(whole)
        return replace(unpack(body, Reading), document=whole)

    def readings(self) -> Iterator[Reading]:
        """Every reading."""
        with self.database.read() as connection:
            held = derive.all_readings(connection)
        return iter(held)

    def effective(self) -> tuple[tuple[Reading, ...], tuple[Judgement, ...]]:
        """Every reading as people judged it, and their verdicts on pairs."""
        with self.database.read() as connection:
            laid = overlay(derive.all_readings(connection), read_acts(connection))
        return laid.readings, laid.judgements

    def claims(self, filter: Filter = _EVERYTHING, paging: Paging = _FIRST) -> Page[ClaimView]:
        """Claims by filter."""
        with self.database.read() as connection:
            return questions.claims(connection, self.database, filter, paging)

    def claim(self, id: str) -> ClaimView:
        """One claim."""
        with self.database.read() as connection:
            found = questions.claims_by_id(connection, [id])
        if id not in found:
            raise Missing("the chronicle holds no such claim", where=id, remedy="see `svidok search`")
        return found[id]

    def claims_of(self, document: str) -> tuple[ClaimView, ...]:
        """All claims of one report."""
        with self.database.read() as connection:
            return questions.claims_of(connection, document)

    def claims_by_id(self, ids: Sequence[str]) -> tuple[ClaimView, ...]:
        """Several claims."""
        with self.database.read() as connection:
            found = questions.claims_by_id(connection, ids)
        return tuple(found[key] for key in ids if key in found)

    def quotes(
        self, events: Sequence[str], *, sources: Sequence[str] = ()
    ) -> Mapping[str, tuple[Quote, ...]]:
        """The words of the claims of several events."""
        with self.database.read() as connection:
            return questions.quotes(connection, events, sources)

    def events(self, filter: Filter = _EVERYTHING, paging: Paging = _FIRST) -> Page[EventView]:
        """Events by filter."""
        with self.database.read() as connection:
            return self._lists.events(connection, keep.state(connection), filter, paging)

    def event(self, id: str) -> EventDetail:
        """One event with all its witnesses."""
        with self.database.read() as connection:
            return questions.event(connection, id)

    def points(self, filter: Filter = _EVERYTHING, *, limit: int = 50_000) -> tuple[Point, ...]:
        """Events as the map draws them."""
        with self.database.read() as connection:
            return self._lists.points(connection, keep.state(connection), filter, limit)

    def columns(self, filter: Filter = _EVERYTHING, *, limit: int = 50_000) -> Columns:
        """Events a field at a time."""
        with self.database.read() as connection:
            return self._lists.columns(connection, keep.state(connection), filter, limit)

    def days(self, filter: Filter = _EVERYTHING) -> tuple[Count, ...]:
        """Events by month."""
        with self.database.read() as connection:
            state = keep.state(connection)
            return self._sums.of(state, ("days", filter), lambda: self._lists.days(connection, state, filter))

    def counts(self, field: str, filter: Filter = _EVERYTHING, *, limit: int = 50) -> tuple[Count, ...]:
        """The commonest values of one field among events."""
        with self.database.read() as connection:
            return self._lists.counts(connection, keep.state(connection), field, filter, limit)

    def findings(self, filter: Filter = _EVERYTHING, paging: Paging = _FIRST) -> Page[FindingView]:
        """Findings by filter."""
        with self.database.read() as connection:
            return questions.findings(connection, self.database, filter, paging)

    def finding(self, id: str) -> FindingView:
        """One finding."""
        with self.database.read() as connection:
            return questions.finding(connection, id)

    def rows(self, view: str, filter: Filter = _EVERYTHING, paging: Paging = _FIRST) -> Page[LedgerRow]:
        """Rows of one view of the ledger."""
        with self.database.read() as connection:
            total = self._sums.of(
                keep.state(connection),
                ("rows", view, filter),
                lambda: questions.rows_total(connection, self.database, view, filter),
            )
            return questions.rows(connection, self.database, view, filter, paging, total)

    def row(self, id: str) -> LedgerRow:
        """One row."""
        with self.database.read() as connection:
            return questions.row(connection, id)

    def rows_by_id(self, ids: Sequence[str]) -> tuple[LedgerRow, ...]:
        """Several rows."""
        with self.database.read() as connection:
            return questions.rows_by_id(connection, ids)

    def control(self, day: str, *, box: Box | None = None) -> tuple[ControlSpan, ...]:
        """Who held each settlement on a day."""
        with self.database.read() as connection:
            return questions.control(connection, day, box)

    def holders(self, day: str) -> tuple[Holder, ...]:
        """Who held each settlement on a day, in a few words."""
        with self.database.read() as connection:
            number = questions.number_of(day)
            drawn = keep.state(connection).drawn
            return self._spans.recall(drawn, lambda: load_spans(connection)).on(number)

    def control_of(self, settlement: str) -> tuple[ControlSpan, ...]:
        """Who held one settlement."""
        with self.database.read() as connection:
            return questions.control_of(connection, settlement)

    def search(self, text: str, filter: Filter = _EVERYTHING, paging: Paging = _FIRST) -> Page[Hit]:
        """Sentences that hold words."""
        with self.database.read() as connection:
            total = self._sums.of(
                keep.state(connection),
                ("passages", text, filter),
                lambda: questions.passages(connection, self.database, text, filter),
            )
            return questions.search(connection, self.database, text, filter, paging, total)

    def identify(self, id: str, *, limit: int = 5) -> tuple[tuple[Subject, str], ...]:
        """What an id, or the beginning of one, can mean."""
        with self.database.read() as connection:
            return questions.identify(connection, id, limit)

    def all_events(self) -> Iterator[Event]:
        """Every event in order of time."""
        c, b = t.events.c, t.event_bodies.c
        query = select(b.record).join(t.events, c.id == b.id).order_by(c.sort, c.id)
        with self.database.read() as connection:
            held = [unpack(record, Event) for (record,) in connection.execute(query)]
        return iter(held)

    def all_findings(self) -> Iterator[Finding]:
        """Every finding."""
        c = t.findings.c
        query = select(c.body).order_by(c.severity, c.sort, c.id)
        with self.database.read() as connection:
            held = [unpack(body, FindingBody).finding for (body,) in connection.execute(query)]
        return iter(held)

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
        """Keep reports with their original bytes and a custody entry each."""
        given = list(documents)
        with self.database.write() as connection:
            folder = self._folder(connection)
            for key, data in sorted((originals or {}).items()):
                keep.keep_original(connection, self.database, key, data, folder)
            added = keep.keep_documents(
                connection, self.database, given, containers or {}, at=at, who=who, how=how
            )
            if added.new:
                self._log(connection, who=who, at=at, kind="add", detail={"documents": list(added.new)})
        return added

    def unread(self, reader: str) -> Iterator[Document]:
        """Reports that this reader has not read."""
        with self.database.read() as connection:
            held = keep.unread(connection, reader)
        return iter(held)

    def save_readings(self, readings: Iterable[Reading], *, reader: str) -> int:
        """Keep readings."""
        made = list(readings)
        with self.database.write() as connection:
            return keep.keep_readings(connection, self.database, made, reader=reader)

    def describe(self, source_of: Callable[[Document], Source | None], *, at: str, who: str) -> int:
        """Give each report the source that this tells."""
        with self.database.write() as connection:
            changed = keep.describe_documents(connection, self.database, source_of)
            if changed:
                detail = {"reports": changed}
                self._log(connection, who=who, at=at, kind="sources", detail=detail)
            return len(changed)

    def remove(self, document: str, *, at: str, who: str, why: str) -> None:
        """Take a report out."""
        with self.database.write() as connection:
            keep.remove_document(connection, self.database, document)
            self._log(
                connection,
                who=who,
                at=at,
                kind="remove",
                subject="document",
                target=document,
                detail={"why": why},
            )

    def derive(
        self,
        *,
        gazetteer: Gazetteer | None = None,
        at: str,
        who: str,
        tell: Callable[[str], None] | None = None,
    ) -> Status:
        """Join effective readings into events, findings and rows."""
        say = tell or _silent
        for _ in range(_RETRIES):
            drawing, laid = derive.draw(self.database, gazetteer=gazetteer, tell=say)
            say("writing what changed")
            with self.database.write() as connection:
                if derive.revision(connection) != drawing.revision:
                    say("something was added or judged meanwhile: once more")
                    continue
                changed = derive.write(connection, self.database, drawing, laid, at=at)
                self._log(connection, who=who, at=at, kind="build", detail={"changed": changed})
            self.database.tidy()
            return self.status()
        raise Busy(
            f"the chronicle changed {_RETRIES} times while its events were being joined",
            where=self.database.place,
            remedy="build again when less is being judged",
        )

    def building(self) -> AbstractContextManager[None]:
        """Hold the one right to build."""
        return self.database.building()

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
        """Record one judgement."""
        with self.database.write() as connection:
            made = reviewing.record(
                connection, self.database, kind, subject, target, who=who, at=at, detail=detail or {}
            )
            keep.set_meta(connection, self.database, "acts", str(made.number))
        return made

    def note(self, kind: str, *, who: str, at: str, detail: Mapping[str, object]) -> Act:
        """Log what was done to the chronicle as a whole, such as a publication."""
        with self.database.write() as connection:
            return self._log(connection, who=who, at=at, kind=kind, detail=detail)

    def acts(
        self,
        *,
        subject: Subject | None = None,
        target: str | None = None,
        who: str | None = None,
        kinds: Sequence[str] = (),
        paging: Paging = _FIRST,
    ) -> Page[Act]:
        """The audit log, newest first."""
        with self.database.read() as connection:
            return reviewing.page_of_acts(
                connection, subject=subject, target=target, who=who, kinds=kinds, paging=paging
            )

    def state(self, subject: Subject, target: str) -> ReviewState:
        """How one thing stands."""
        with self.database.read() as connection:
            return reviewing.state_of(connection, subject, target)

    def queue(
        self, *, subject: Subject | None = None, reviewer: str | None = None, paging: Paging = _FIRST
    ) -> Page[QueueItem]:
        """What waits for review."""
        with self.database.read() as connection:
            state = keep.state(connection)
            standing = self._sums.of(state, "standing", lambda: reviewing.standing(connection))
            return reviewing.queue(
                connection, subject=subject, reviewer=reviewer, paging=paging, standing=standing
            )

    def orphans(self) -> tuple[Act, ...]:
        """Judgements on what the present build no longer makes."""
        with self.database.read() as connection:
            return tally.orphans(connection)

    def agreement(self) -> Agreement:
        """How far reviewers agree."""
        with self.database.read() as connection:
            state = keep.state(connection)
            return self._sums.of(state, "agreement", lambda: agreement(read_acts(connection)))

    # --- trust ---------------------------------------------------------------------------------

    def verify(self, *, tell: Callable[[str], None] | None = None) -> tuple[Fault, ...]:
        """Hash everything again."""
        with self.database.read() as connection:
            folder = self._folder(connection)
        return verifying.verify(self.database, folder, tell or _silent)

    def has_head(self, beginning: str) -> bool:
        """Whether some entry of the audit log has a hash that begins so."""
        with self.database.read() as connection:
            query = select(t.acts.c.number).where(t.acts.c.hash.startswith(beginning, autoescape=True))
            return len(beginning) >= 8 and connection.execute(query.limit(1)).first() is not None

    def backup(self, path: Path) -> Path:
        """Write a whole, consistent copy."""
        self.database.copy(path)
        return path

    # --- users ---------------------------------------------------------------------------------

    def users(self) -> tuple[User, ...]:
        """Everybody, by name."""
        with self.database.read() as connection:
            return people.users(connection)

    def save_user(
        self, name: str, *, role: Role, password: str | None = None, active: bool = True, who: str, at: str
    ) -> User:
        """Make or change a user."""
        with self.database.write() as connection:
            made = people.save_user(
                connection, self.database, name, role=role, password=password, active=active, who=who, at=at
            )
            self._count_acts(connection)
        return made

    def login(self, name: str, password: str, *, at: str, hours: float = 12.0) -> Session | None:
        """A new session, or None."""
        with self.database.write() as connection:
            return people.login(connection, name, password, at=at, hours=hours)

    def session(self, token: str, *, at: str) -> Session | None:
        """The session that a token stands for."""
        with self.database.read() as connection:
            return people.session(connection, token, at=at)

    def logout(self, token: str) -> None:
        """End a session."""
        with self.database.write() as connection:
            people.logout(connection, token)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def _log(self, connection: Any, **fields: Any) -> Act:
        made = reviewing.log(connection, **fields)
        keep.set_meta(connection, self.database, "acts", str(made.number))
        return made

    def _count_acts(self, connection: Any) -> None:
        number = connection.execute(select(func.max(t.acts.c.number))).scalar() or 0
        keep.set_meta(connection, self.database, "acts", str(number))

    def _folder(self, connection: Any) -> Originals | None:
        kept = keep.get_meta(connection, "setting:originals")
        return Originals(Path(kept)) if kept else None


def _silent(_: str) -> None:
    """Tell nobody."""
