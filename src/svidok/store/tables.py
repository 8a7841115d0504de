"""The tables of a chronicle, in SQLAlchemy Core: one set for both databases.

Three layers that never write to one another: what was given (originals, documents, custody), what the
machine made of it (readings, and all that ``derive`` draws from them), and what people judged (acts;
``states`` is only their sum, for quick questions). Columns that pages filter by stand in narrow tables;
the full records lie beside them as JSON in a ``body``. Days are whole numbers since 1970-01-01.
"""

from __future__ import annotations

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
)

__all__ = [
    "DERIVED", "acts", "claims", "control", "custody", "documents", "event_claims",
    "events", "facets", "findings", "meta", "metadata", "originals", "readings", "rows", "sentences",
    "sessions", "states", "users",
]  # fmt: skip

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

# --- what was given --------------------------------------------------------------------------

originals = Table(
    "originals",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=True),  # None: it lies in the folder of originals
)

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("sha256", String, nullable=False),
    Column("text_sha256", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("source", Text),
    Column("side", Text),
    Column("published", String),
    Column("published_day", Integer),
    Column("language", String),
    Column("url", Text),
    Column("dossier", Text),
    Column("characters", Integer, nullable=False),
    Column("claims", Integer, nullable=False, default=0),
    Column("reader", String),  # which reader has read it; None: not yet
    Column("status", String, nullable=False, default="unreviewed"),
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
    Column("document", String, nullable=False, index=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("how", String, nullable=False),
    Column("origin", Text),
    Column("sha256", String, nullable=False),
    Column("container", String, nullable=False),
    Column("version", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)

# --- what the machine made -------------------------------------------------------------------

readings = Table(
    "readings",
    metadata,
    Column("document", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("reader", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

sentences = Table(
    "sentences",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("document", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("words", Text, nullable=False),  # folded, for full-text search
    Index("sentences_document", "document", "start"),
)

claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("document", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("type", String, nullable=False),
    Column("modality", String, nullable=False),  # "negated" where the text says it did not happen
    Column("happened", Boolean, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("place", Text),  # folded
    Column("lat", Float),
    Column("lon", Float),
    Column("confidence", Float, nullable=False),
    Column("known", Integer),
    Column("weight", Float, nullable=False),  # how much it matters to a reviewer
    Column("status", String, nullable=False, default="unreviewed"),
    Column("digest", String, nullable=False),
    Index("claims_document", "document", "start"),
    Index("claims_time", "first", "id"),
    Index("claims_confidence", "confidence", "id"),
    Index("claims_queue", "status", "weight"),
)

claim_words = Table(
    "claim_words",
    metadata,
    Column("number", ForeignKey("claims.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
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
    Column("id", String, nullable=False, unique=True),
    Column("type", String, nullable=False),
    Column("happened", Boolean, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("sort", Integer, nullable=False),  # the day it is listed under; undated ones last
    Column("place", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("side", Text),
    Column("witnesses", Integer, nullable=False),
    Column("known", Integer),
    Column("part_of", String),
    Column("weight", Float, nullable=False),  # how much it matters to a reviewer
    Column("status", String, nullable=False, default="unreviewed"),
    Column("digest", String, nullable=False),
    Index("events_sort", "sort", "id"),
    Index("events_type", "type", "sort"),
    Index("events_lat", "lat", "lon"),
    Index("events_part", "part_of"),
    Index("events_queue", "status", "weight"),
)

event_words = Table(
    "event_words",
    metadata,
    Column("number", ForeignKey("events.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
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
    Column("claim", String, primary_key=True),
    Column("document", String, nullable=False),
    Column("position", Integer, nullable=False),
    Index("event_claims_claim", "claim"),
    Index("event_claims_document", "document"),
    sqlite_with_rowid=False,
)

findings = Table(
    "findings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("severity", Integer, nullable=False),  # 0 high, 1 medium, 2 low
    Column("sort", Integer, nullable=False),
    Column("known", Integer),
    Column("weight", Float, nullable=False),  # how much it matters to a reviewer
    Column("status", String, nullable=False, default="unreviewed"),
    Column("digest", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("findings_severity", "severity", "sort"),
    Index("findings_queue", "status", "weight"),
)

rows = Table(
    "rows",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("view", String, nullable=False),
    Column("sort", Text, nullable=False),  # place or day, as the view is listed
    Column("claim", String),  # the first, whose words and status it shows
    Column("event", String),
    Column("type", String),
    Column("modality", String, nullable=False),
    Column("happened", Boolean, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("place", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("known", Integer),
    Column("witnesses", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Index("rows_view", "view", "sort"),
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
    Column("kind", String, primary_key=True),  # claim, event, finding, row
    Column("field", String, primary_key=True),  # side, source, speaker, document, dossier, place
    Column("value", Text, primary_key=True),
    Column("ref", Integer, primary_key=True),  # the number of the thing
    Index("facets_ref", "kind", "ref"),
    sqlite_with_rowid=False,
)

control = Table(
    "control",
    metadata,
    Column("settlement", String, primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("side", Text, nullable=False),
    Column("probability", Float, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("control_days", "first", "last"),
)

# --- what people judged ----------------------------------------------------------------------

acts = Table(
    "acts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String),
    Column("target", Text),
    Column("detail", Text, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
    Index("acts_target", "subject", "target"),
    Index("acts_who", "who", "number"),
)

states = Table(
    "states",
    metadata,
    Column("subject", String, primary_key=True),
    Column("target", Text, primary_key=True),
    Column("status", String, nullable=False),
    Column("grade", String),
    Column("orphaned", Boolean, nullable=False, default=False),
    Column("body", LargeBinary, nullable=False),
    Index("states_status", "status"),
)

users = Table(
    "users",
    metadata,
    Column("name", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("language", String),
    Column("password", String),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", String, primary_key=True),  # SHA-256 of the token
    Column("user", ForeignKey("users.name", ondelete="CASCADE"), nullable=False),
    Column("csrf", String, nullable=False),
    Column("expires", String, nullable=False),
)

DERIVED = (
    control, facets, row_bodies, rows, findings, event_claims, event_bodies, event_words, events,
    claim_bodies, claim_words, claims,
)  # fmt: skip
"""Everything that ``derive`` makes, in an order in which it can be emptied."""

__all__ += ["claim_bodies", "claim_words", "event_bodies", "event_words", "row_bodies"]
