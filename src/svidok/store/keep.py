"""Writing what was given and what was read: reports with their bytes and custody, readings, settings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from svidok.archive import Originals
from svidok.errors import Missing, Refused
from svidok.events.days import first_day
from svidok.publish.wording import document_name
from svidok.records import Document, Reading, Source
from svidok.store import tables as t
from svidok.store.chain import BEGINNING, canonical, link
from svidok.store.codec import pack, unpack
from svidok.store.database import Database
from svidok.store.views import Added
from svidok.store.words import folded, plain

__all__ = [
    "State",
    "bump",
    "describe_documents",
    "get_meta",
    "keep_documents",
    "keep_original",
    "keep_readings",
    "remove_document",
    "set_meta",
    "state",
    "stripped",
    "unread",
]

LARGEST_INSIDE = 900_000_000
"""Bytes of the largest original that a row of either database can hold."""

_STATE = "SELECT key, value FROM meta WHERE key IN ('acts', 'derived', 'drawn', 'revision')"


def get_meta(connection: Connection, key: str) -> str | None:
    """A setting of the chronicle."""
    return connection.execute(select(t.meta.c.value).where(t.meta.c.key == key)).scalar()


class State(NamedTuple):
    """Which state of a chronicle a transaction sees.

    ``mark`` is changed by every write but a login: the same mark, the same answers to all questions.
    ``drawn`` is changed by every build that changed something: the same, and events are made of the same,
    whatever was judged meanwhile.
    """

    mark: str
    drawn: str


def state(connection: Connection) -> State:
    """The state that a transaction sees."""
    told: dict[str, str] = dict(connection.exec_driver_sql(_STATE).all())
    return State(
        " ".join(f"{key} {told[key]}" for key in ("acts", "derived", "revision") if key in told),
        " ".join(f"{key} {told[key]}" for key in ("derived", "drawn") if key in told),
    )


def set_meta(connection: Connection, database: Database, key: str, value: str) -> None:
    """Write a setting of the chronicle."""
    made = database.insert(t.meta).values(key=key, value=value)
    connection.execute(made.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def bump(connection: Connection, database: Database) -> None:
    """Say that what events are made of has changed."""
    set_meta(connection, database, "revision", str(int(get_meta(connection, "revision") or 0) + 1))


def keep_original(
    connection: Connection, database: Database, key: str, given: bytes | Path, folder: Originals | None
) -> None:
    """Keep bytes, or a file's, under their SHA-256, in the chronicle or its folder; those kept already stay.

    Raises:
        Refused: they have another SHA-256, or are too long to lie inside the chronicle.
    """
    if connection.execute(select(t.originals.c.sha256).where(t.originals.c.sha256 == key)).first():
        return
    size = given.stat().st_size if isinstance(given, Path) else len(given)
    if folder is None and size > LARGEST_INSIDE:
        raise Refused(
            f"an original of {size / 1e6:.0f} MB is too large to lie inside the chronicle",
            where=str(given) if isinstance(given, Path) else key,
            remedy="make the chronicle with `svidok init --originals FOLDER`, or split the file",
        )
    data = given.read_bytes() if isinstance(given, Path) else given
    if hashlib.sha256(data).hexdigest() != key:
        raise Refused("the bytes do not have this SHA-256", where=key, remedy="hash them again")
    if folder is not None:
        folder.keep(data)
    inside = data if folder is None else None
    made = database.insert(t.originals).values(sha256=key, size=size, data=inside)
    connection.execute(made.on_conflict_do_nothing(index_elements=["sha256"]))


def keep_documents(
    connection: Connection,
    database: Database,
    documents: Iterable[Document],
    containers: Mapping[str, str],
    *,
    at: str,
    who: str,
    how: str,
) -> Added:
    """Keep reports and a custody entry each.

    Args:
        documents: in order.
        containers: document id -> SHA-256 of the kept bytes it was taken from.
    """
    from svidok import __version__

    c = t.documents.c
    number = connection.execute(select(func.max(c.number))).scalar() or 0
    last = connection.execute(
        select(t.custody.c.number, t.custody.c.hash).order_by(t.custody.c.number.desc()).limit(1)
    ).first()
    entry, previous = (last.number, last.hash) if last else (0, BEGINNING)
    new: list[str] = []
    known: list[str] = []
    for document in documents:
        given, mark = document.id, document.text_sha256
        identity = _identity(connection, given, mark)
        container = containers.get(given) or _container(document)
        told: str | None = identity
        if identity is None:
            told = None
            identity = next(
                key
                for key in _names(given)
                if connection.execute(select(c.text_sha256).where(c.id == key)).scalar() in (None, mark)
            )
        document = replace(document, id=identity)
        if told is None:
            number += 1
            connection.execute(insert(t.documents).values(number=number, **_columns(document)))
            new.append(identity)
        else:
            known.append(identity)
        log = document.custody
        origin = plain(log.origin if log else document.url or document.path)
        if told is not None and _in_custody(connection, identity, origin, container):
            continue
        entry += 1
        fields = {
            "document": identity,
            "at": at,
            "who": who,
            "how": log.how if log else how,
            "origin": origin,
            "sha256": document.sha256,
            "container": container,
            "version": log.version if log else f"svidok {__version__}",
            "detail": canonical(msgspec.to_builtins(log)) if log else "{}",
        }
        made = link(previous, {"number": entry, **fields})
        connection.execute(insert(t.custody).values(number=entry, previous=previous, hash=made, **fields))
        previous = made
    if new:
        bump(connection, database)
    return Added(tuple(new), tuple(known))


def _container(document: Document) -> str:
    """The SHA-256 of the outermost file that a document came in."""
    log = document.custody
    if log is None:
        return document.sha256
    return log.containers[0].sha256 if log.containers else log.sha256


def _identity(connection: Connection, given: str, mark: str) -> str | None:
    """The id under which this very text was kept already for the same given id."""
    for key in _names(given):
        held = connection.execute(select(t.documents.c.text_sha256).where(t.documents.c.id == key)).scalar()
        if held is None:
            return None
        if held == mark:
            return key
    return None


def _names(given: str) -> Iterator[str]:
    yield given
    number = 2
    while True:
        yield f"{given}~{number}"
        number += 1


def _in_custody(connection: Connection, document: str, origin: str | None, container: str) -> bool:
    """Whether the log tells of this document from this origin in these bytes already."""
    c = t.custody.c
    held = select(func.count()).where(
        c.document == document, c.container == container, c.origin == origin if origin else c.origin.is_(None)
    )
    return bool(connection.execute(held).scalar())


def _columns(document: Document) -> dict[str, object]:
    try:
        document.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused(
            f"the text holds half a surrogate pair at character {error.start}, which is no text",
            where=document.path or document.id,
            remedy="mend the export",
        ) from error
    if "\0" in document.id:
        raise Refused("the id holds a NUL character", where=document.path, remedy="give it another id")
    source = document.source
    return {
        "id": document.id,
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "name": plain(document_name(document)) or document.id,
        "title": plain(document.title),
        "source": plain(source.name) if source else None,
        "side": plain(source.side) if source else None,
        "published": document.published,
        "published_day": first_day(document.published),
        "language": document.language,
        "url": plain(document.url),
        "dossier": plain(document.dossier),
        "characters": len(document.text),
        "claims": 0,
        "status": "unreviewed",
        "body": pack(document),
    }


def describe_documents(
    connection: Connection, database: Database, source_of: Callable[[Document], Source | None]
) -> dict[str, str]:
    """Give each report the source that a table of sources tells.

    Returns:
        the marks of the sources ("B2") by the ids of the reports that changed.
    """
    c = t.documents.c
    changed: dict[str, str] = {}
    for key, body in connection.execute(select(c.id, c.body).order_by(c.number)).all():
        document = unpack(body, Document)
        source = source_of(document)
        if source == document.source or source is None:
            continue
        before = document.source
        columns = _columns(replace(document, source=source))
        values = {name: columns[name] for name in ("source", "side", "body")}
        if before is None or (before.side, before.kind) != (source.side, source.kind):
            values["reader"] = None
        connection.execute(update(t.documents).where(c.id == key).values(**values))
        changed[key] = source.mark
    if changed:
        bump(connection, database)
    return changed


def unread(connection: Connection, reader: str) -> list[Document]:
    """Reports that this reader has not read, in the order in which they came."""
    c = t.documents.c
    query = select(c.body).where((c.reader.is_(None)) | (c.reader != reader)).order_by(c.number)
    return [unpack(body, Document) for (body,) in connection.execute(query)]


def stripped(reading: Reading) -> Reading:
    """A reading without its document, which is kept once."""
    return replace(reading, document=Document(reading.document.id, "", ""))


def keep_readings(
    connection: Connection, database: Database, readings: Iterable[Reading], *, reader: str
) -> int:
    """Keep readings and the words of their sentences, each in place of an older one."""
    count = 0
    number = connection.execute(select(func.max(t.sentences.c.number))).scalar() or 0
    for reading in readings:
        key = reading.document.id
        found = connection.execute(
            update(t.documents)
            .where(t.documents.c.id == key, t.documents.c.text_sha256 == reading.document.text_sha256)
            .values(reader=reader, claims=len({claim.id for claim in reading.claims}))
        )
        if found.rowcount == 0:
            raise Missing("the chronicle holds no such report", where=key, remedy="add it first")
        body = pack(stripped(reading))
        made = database.insert(t.readings).values(document=key, reader=reader, body=body)
        connection.execute(
            made.on_conflict_do_update(
                index_elements=["document"], set_={"reader": made.excluded.reader, "body": made.excluded.body}
            )
        )
        connection.execute(delete(t.sentences).where(t.sentences.c.document == key))
        lines = []
        for sentence in reading.sentences:
            number += 1
            lines.append(
                {
                    "number": number,
                    "document": key,
                    "start": sentence.start,
                    "end": sentence.end,
                    "words": folded(sentence.text),
                }
            )
        if lines:
            connection.execute(insert(t.sentences), lines)
        count += 1
    if count:
        bump(connection, database)
    return count


def remove_document(connection: Connection, database: Database, key: str) -> None:
    """Take a report and its reading out; original and custody stay."""
    numbers = select(t.claims.c.number).where(t.claims.c.document == key)
    connection.execute(delete(t.facets).where(t.facets.c.kind == "claim", t.facets.c.ref.in_(numbers)))
    gone = connection.execute(delete(t.documents).where(t.documents.c.id == key))
    if gone.rowcount == 0:
        raise Missing("the chronicle holds no such report", where=key, remedy="see `svidok search`")
    bump(connection, database)
