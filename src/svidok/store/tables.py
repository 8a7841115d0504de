"""The tables of a chronicle, in SQLAlchemy Core: one set for both databases.

Three layers that never write to one another: what was given (originals, documents, custody), what the
machine made of it (readings, and all that ``derive`` draws from them), and what people judged (acts;
``states`` is only their sum, for quick questions). Columns that pages filter by stand in narrow tables;
the full records lie beside them as JSON in a ``body``. Days are whole numbers since 1970-01-01.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

__all__ = [
    "DERIVED", "FAR", "acts", "claims", "control", "custody", "documents", "event_claims",
    "events", "facets", "findings", "meta", "metadata", "originals", "readings", "rows", "sentences",
    "sessions", "states", "users",
]  # fmt: skip

FAR = 10_000_000
"""A day number beyond all days: what has no day is listed last."""

metadata = MetaData()

_Key = String().with_variant(String(collation="C"), "postgresql")
_Words = Text().with_variant(Text(collation="C"), "postgresql")
"""Text is compared by code points in both databases, so that both list it in one order."""


def _where(condition: str) -> dict[str, Any]:
    """For an index over few rows of many: databases think little of one in which nearly all are alike."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


meta = Table("meta", metadata, Column("key", _Key, primary_key=True), Column("value", _Words, nullable=False))

# --- what was given --------------------------------------------------------------------------

originals = Table(
    "originals",
    metadata,
    Column("sha256", _Key, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=True),  # None: it lies in the folder of originals
)

documents = Table(
    "documents",
    metadata,
    Column("id", _Key, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("sha256", _Key, nullable=False),
    Column("text_sha256", _Key, nullable=False),
    Column("name", _Words, nullable=False),
    Column("title", _Words),
    Column("source", _Words),
    Column("side", _Words),
    Column("published", _Key),
    Column("published_day", Integer),
    Column("language", _Key),
    Column("url", _Words),
    Column("dossier", _Words),
    Column("characters", Integer, nullable=False),
    Column("claims", Integer, nullable=False, default=0),
    Column("reader", _Key),  # which reader has read it; None: not yet
    Column("status", _Key, nullable=False, default="unreviewed"),
    Column("body", LargeBinary, nullable=False),
    Index("documents_published", "published_day", "id"),
    Index("documents_source", "source", "id"),
    Index("documents_reader", "reader"),
    Index("documents_text", "text_sha256"),
)

custody = Table(
    "custody",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document", _Key, nullable=False, index=True),
    Column("at", _Key, nullable=False),
    Column("who", _Key, nullable=False),
    Column("how", _Key, nullable=False),
    Column("origin", _Words),
    Column("sha256", _Key, nullable=False),
    Column("container", _Key, nullable=False),
    Column("version", _Words, nullable=False),
    Column("detail", _Words, nullable=False),
    Column("previous", _Key, nullable=False),
    Column("hash", _Key, nullable=False),
)

# --- what the machine made -------------------------------------------------------------------

readings = Table(
    "readings",
    metadata,
    Column("document", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("reader", _Key, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

sentences = Table(
    "sentences",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("document", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("words", _Words, nullable=False),  # folded, for full-text search
    Index("sentences_document", "document", "start"),
)

claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", _Key, nullable=False, unique=True),
    Column("document", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("type", _Key, nullable=False),
    Column("modality", _Key, nullable=False),  # "negated" where the text says it did not happen
    Column("happened", Boolean, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("place", _Words),  # folded
    Column("lat", Float),
    Column("lon", Float),
    Column("confidence", Float, nullable=False),
    Column("known", Integer),
    Column("weight", Float, nullable=False),  # how much it matters to a reviewer
    Column("status", _Key, nullable=False, default="unreviewed"),
    Column("digest", _Key, nullable=False),
    Index("claims_document", "document", "start"),
    Index("claims_time", "first", "id"),
    Index("claims_confidence", "confidence", "id"),
    Index("claims_queue", "status", "weight"),
)

claim_words = Table(
    "claim_words",
    metadata,
    Column("number", ForeignKey("claims.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("words", _Words, nullable=False),
)

claim_bodies = Table(
    "claim_bodies",
    metadata,
    Column("id", ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", _Key, nullable=False, unique=True),
    Column("type", _Key, nullable=False),
    Column("happened", Boolean, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("sort", Integer, nullable=False),  # the day it is listed under; undated ones last
    Column("place", _Words),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("side", _Words),
    Column("witnesses", Integer, nullable=False),
    Column("known", Integer),
    Column("part_of", _Key),
    Column("weight", Float, nullable=False),  # how much it matters to a reviewer
    Column("status", _Key, nullable=False, default="unreviewed"),
    Column("digest", _Key, nullable=False),
    Index("events_listed", "sort", "id", "first", "last", "known"),
    Index("events_type", "type", "sort"),
    Index("events_counted", "type", "first", "last", "known"),
    Index("events_lat", "lat", "lon"),
    Index("events_parts", "part_of", **_where("part_of IS NOT NULL")),
    Index("events_judged", "id", "status", **_where("status <> 'unreviewed'")),
    Index("events_queue", "status", "weight"),
)

event_words = Table(
    "event_words",
    metadata,
    Column("number", ForeignKey("events.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("words", _Words, nullable=False),
)

event_bodies = Table(
    "event_bodies",
    metadata,
    Column("id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("body", LargeBinary, nullable=False),  # what a list shows
    Column("record", LargeBinary, nullable=False),  # the whole event
)

event_claims = Table(
    "event_claims",
    metadata,
    Column("event", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("claim", _Key, primary_key=True),
    Column("document", _Key, nullable=False),
    Column("position", Integer, nullable=False),
    Index("event_claims_claim", "claim"),
    Index("event_claims_document", "document"),
    sqlite_with_rowid=False,
)

findings = Table(
    "findings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", _Key, nullable=False, unique=True),
    Column("kind", _Key, nullable=False),
    Column("severity", Integer, nullable=False),  # 0 high, 1 medium, 2 low
    Column("sort", Integer, nullable=False),
    Column("known", Integer),
    Column("weight", Float, nullable=False),  # how much it matters to a reviewer
    Column("status", _Key, nullable=False, default="unreviewed"),
    Column("digest", _Key, nullable=False),
    Column("words", _Words, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("findings_listed", "severity", "sort", "id"),
    Index("findings_queue", "status", "weight"),
)

rows = Table(
    "rows",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", _Key, nullable=False, unique=True),
    Column("view", _Key, nullable=False),
    Column("sort", _Words, nullable=False),  # place or day, as the view is listed
    Column("claim", _Key),  # the first, whose words and status it shows
    Column("event", _Key),
    Column("type", _Key),
    Column("modality", _Key, nullable=False),
    Column("happened", Boolean, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("place", _Words),
    Column("lat", Float),
    Column("lon", Float),
    Column("known", Integer),
    Column("witnesses", Integer, nullable=False),
    Column("digest", _Key, nullable=False),
    Index("rows_listed", "view", "sort", "id"),
    Index("rows_claim", "claim"),
)

row_bodies = Table(
    "row_bodies",
    metadata,
    Column("id", ForeignKey("rows.id", ondelete="CASCADE"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

facets = Table(
    "facets",
    metadata,
    Column("kind", _Key, primary_key=True),  # claim, event, finding, row
    Column("field", _Key, primary_key=True),  # side, source, speaker, document, dossier, place
    Column("value", _Words, primary_key=True),
    Column("ref", Integer, primary_key=True),  # the number of the thing
    Index("facets_ref", "kind", "ref"),
    sqlite_with_rowid=False,
)

control = Table(
    "control",
    metadata,
    Column("settlement", _Key, primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    Column("name", _Words, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("side", _Words, nullable=False),
    Column("probability", Float, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("control_days", "first", "last"),
)

# --- what people judged ----------------------------------------------------------------------

acts = Table(
    "acts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", _Key, nullable=False),
    Column("who", _Key, nullable=False),
    Column("kind", _Key, nullable=False),
    Column("subject", _Key),
    Column("target", _Words),
    Column("detail", _Words, nullable=False),
    Column("previous", _Key, nullable=False),
    Column("hash", _Key, nullable=False),
    Index("acts_target", "subject", "target"),
    Index("acts_who", "who", "number"),
)

states = Table(
    "states",
    metadata,
    Column("subject", _Key, primary_key=True),
    Column("target", _Words, primary_key=True),
    Column("status", _Key, nullable=False),
    Column("grade", _Key),
    Column("orphaned", Boolean, nullable=False, default=False),
    Column("body", LargeBinary, nullable=False),
    Index("states_status", "status"),
)

users = Table(
    "users",
    metadata,
    Column("name", _Key, primary_key=True),
    Column("role", _Key, nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("language", _Key),
    Column("password", _Key),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", _Key, primary_key=True),  # SHA-256 of the token
    Column("user", ForeignKey("users.name", ondelete="CASCADE"), nullable=False),
    Column("csrf", _Key, nullable=False),
    Column("expires", _Key, nullable=False),
)

DERIVED = (
    control, facets, row_bodies, rows, findings, event_claims, event_bodies, event_words, events,
    claim_bodies, claim_words, claims,
)  # fmt: skip
"""Everything that ``derive`` makes, in an order in which it can be emptied."""

__all__ += ["claim_bodies", "claim_words", "event_bodies", "event_words", "row_bodies"]
