"""Hash everything again: originals, texts, spans, the two logs, and the database's own files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from svidok.archive import Originals
from svidok.errors import Damaged, UnreadableInput
from svidok.records import Document, Reading
from svidok.store import tables as t
from svidok.store.chain import breaks
from svidok.store.codec import unpack
from svidok.store.database import Database
from svidok.store.keep import get_meta
from svidok.store.views import Fault

__all__ = ["check_acts", "check_custody", "check_documents", "check_originals", "verify"]


def verify(database: Database, folder: Originals | None, tell: Callable[[str], None]) -> tuple[Fault, ...]:
    """Everything that is not as it was stored; nothing when all is well.

    Args:
        folder: where originals lie when they are not inside the chronicle.
        tell: told what is being checked.
    """
    faults: list[Fault] = []
    tell("the database")
    faults += [Fault("database", database.place, line) for line in database.check()]
    with database.read() as connection:
        for name, check in (
            ("the originals", lambda c: check_originals(c, folder)),
            ("the texts and their spans", check_documents),
            ("the custody log", check_custody),
            ("the audit log", check_acts),
            ("the derived tables", _check_derived),
        ):
            tell(name)
            faults += check(connection)
    return tuple(faults)


def check_originals(connection: Connection, folder: Originals | None) -> Iterator[Fault]:
    """Original bytes against their SHA-256."""
    query = select(t.originals.c.sha256, t.originals.c.data).execution_options(yield_per=16)
    for key, data in connection.execute(query):
        if data is None:
            try:
                if folder is None:
                    yield Fault("original", key, "its bytes are neither in the chronicle nor in a folder")
                else:
                    folder.get(key)
            except UnreadableInput as error:
                yield Fault("original", key, str(error))
        elif hashlib.sha256(data).hexdigest() != key:
            yield Fault("original", key, "its bytes are not what was kept")


def check_documents(connection: Connection) -> Iterator[Fault]:
    """Texts against their SHA-256, and every span against its text."""
    d, r = t.documents.c, t.readings.c
    query = (
        select(d.id, d.sha256, d.text_sha256, d.body, r.body)
        .outerjoin(t.readings, r.document == d.id)
        .execution_options(yield_per=64)
    )
    for key, sha256, mark, given, made in connection.execute(query):
        try:
            document = unpack(given, Document)
            reading = unpack(made, Reading) if made is not None else None
        except Damaged as error:
            yield Fault("document", key, str(error))
            continue
        if (document.id, document.sha256, document.text_sha256) != (key, sha256, mark):
            yield Fault("text", key, "its text or its hashes are not what was kept")
        elif reading is not None:
            yield from _check_spans(document, reading)


def _check_spans(document: Document, reading: Reading) -> Iterator[Fault]:
    text = document.text
    spans: list[Any] = [
        *reading.sentences,
        *reading.places,
        *reading.times,
        *reading.actors,
        *reading.quantities,
    ]
    wrong = sum(text[item.start : item.end] != item.text for item in spans)
    wrong += sum(not 0 <= claim.start < claim.end <= len(text) for claim in reading.claims)
    if wrong:
        yield Fault("span", document.id, f"{wrong} spans do not slice back to their words")


def check_custody(connection: Connection) -> Iterator[Fault]:
    """The chain of custody, and that each document has an entry whose bytes are kept."""
    c = t.custody.c
    names = ("number", "document", "at", "who", "how", "origin", "sha256", "container", "version", "detail")
    entries = []
    told: dict[str, set[str]] = {}
    kept = set(connection.execute(select(t.originals.c.sha256)).scalars())
    for row in connection.execute(select(t.custody).order_by(c.number)):
        if row.detail != "{}" and row.container not in kept:
            yield Fault(
                "original", row.container, f"the bytes that document {row.document} came in are not kept"
            )
        entries.append((row.number, {name: getattr(row, name) for name in names}, row.previous, row.hash))
        told.setdefault(row.document, set()).add(row.sha256)
    for number, what in breaks(entries):
        yield Fault("custody", str(number), what)
    for key, sha256 in connection.execute(select(t.documents.c.id, t.documents.c.sha256)):
        if sha256 not in told.get(key, set()):
            yield Fault("custody", key, "no entry tells how this document came in with this hash")


def check_acts(connection: Connection) -> Iterator[Fault]:
    """The chain of the audit log, and its recorded length."""
    c = t.acts.c
    names = ("number", "at", "who", "kind", "subject", "target")
    entries = []
    for row in connection.execute(select(t.acts).order_by(c.number)):
        fields = {name: getattr(row, name) for name in names}
        try:
            fields["detail"] = json.loads(row.detail)
        except ValueError:
            fields["detail"] = None
        entries.append((row.number, fields, row.previous, row.hash))
    for number, what in breaks(entries):
        yield Fault("audit", str(number), what)
    kept = int(get_meta(connection, "acts") or 0)
    if len(entries) < kept:
        yield Fault(
            "audit", str(kept), f"the log had {kept} entries, {len(entries)} are left: its end was cut off"
        )


def _check_derived(connection: Connection) -> Iterator[Fault]:
    """Every member of an event is a claim that is there, unless a build waits."""
    if (get_meta(connection, "revision") or "0") != (get_meta(connection, "derived") or "0"):
        return
    e = t.event_claims.c
    lost = (
        select(e.event, e.claim).outerjoin(t.claims, t.claims.c.id == e.claim).where(t.claims.c.id.is_(None))
    )
    for event, claim in connection.execute(lost):
        yield Fault("derived", event, f"it holds claim {claim}, which is not there; run `svidok build --all`")
