"""What the store answers with: frozen records that a page, a command or a table can show as they are.

Days in questions and answers are ISO strings, degrees are WGS 84, distances kilometres. Everything the
machine made stands apart from what people judged: the latter is always in a ``ReviewState``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, NamedTuple, TypeVar

from svidok.records import Claim, Event, Finding, Judgement, Place, Severity

__all__ = [
    "VIEWS",
    "Act",
    "ActKind",
    "Added",
    "Agreement",
    "Box",
    "ClaimView",
    "Columns",
    "ControlSpan",
    "Count",
    "CustodyEntry",
    "DocumentView",
    "EventDetail",
    "EventView",
    "Fault",
    "Filter",
    "FindingView",
    "Hit",
    "Holder",
    "LedgerRow",
    "Near",
    "Order",
    "Page",
    "Paging",
    "Point",
    "QueueItem",
    "Quote",
    "ReviewState",
    "Role",
    "Session",
    "Spot",
    "Standing",
    "Status",
    "Subject",
    "User",
]

T = TypeVar("T")

Subject = Literal["claim", "event", "finding", "document", "source"]
"""What an act is about; its id is a claim id, event id, finding id, document id or source name."""

ActKind = Literal[
    "accept", "correct", "reject", "merge", "split", "grade", "comment", "undo", "adjudicate",
    "init", "add", "remove", "build", "publish", "user", "sources",
]  # fmt: skip
"""The first nine are judgements of people; the rest is what was done to the chronicle."""

Standing = Literal["unreviewed", "accepted", "corrected", "rejected", "disputed", "changed"]
"""How something stands after review. "disputed": reviewers differ and nobody has adjudicated;
"changed": it was reviewed, and a later build changed what it is made of, so it wants another look."""

Role = Literal["viewer", "contributor", "reviewer", "admin"]
"""viewer reads; contributor also adds reports and comments; reviewer also judges; admin also
adjudicates, publishes and keeps the users."""

Order = Literal["time", "-time", "relevance", "severity", "confidence", "added", "-added"]
"""How a page is sorted; every order ends with the id, so that pages never overlap."""

VIEWS = (
    "chronology", "control", "settlements", "losses", "statements", "harm",
    "humanitarian", "civil_defence", "explanations",
)  # fmt: skip
"""The views of the ledger that are kept as rows; findings have questions of their own."""


@dataclass(frozen=True, slots=True)
class Near:
    """Within so many kilometres of a point."""

    lat: float
    lon: float
    km: float


@dataclass(frozen=True, slots=True)
class Box:
    """A box of degrees. ``west`` above ``east`` means that it crosses the 180th meridian."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to show. Every field that is given must hold; several values of one field are alternatives.

    Attributes:
        text: words that must all stand there; "quoted words" stand together; a last ``*`` is any ending.
        place: a place by name, however it is spelt in the atlas (letters and accents folded).
        near, box: by point; what has no point is left out.
        earliest, latest: ISO days, months or years; kept is what can have happened between them.
        types: codes of the ontology (events, claims), or kinds of findings.
        sides, sources, speakers, documents: names and ids.
        also_sources, not_sources: sources that each tell it too, and such as do not tell it.
        known_by: an ISO day; only what some report published on or before that day tells.
        statuses: how it stands after review.
        severities: of findings.
        modalities: of claims and rows (asserted, planned, denied ...).
        happened: True leaves out what is only planned, feared, asked for, denied.
        dated, placed: True leaves out what has no time, no point; False leaves only that.
        min_witnesses: at least so many independent witnesses (events).
        min_confidence: 0 to 1 (claims).
        dossier: only documents of this dossier, and what rests on them.
    """

    text: str | None = None
    place: str | None = None
    near: Near | None = None
    box: Box | None = None
    earliest: str | None = None
    latest: str | None = None
    types: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    also_sources: tuple[str, ...] = ()
    not_sources: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    known_by: str | None = None
    statuses: tuple[Standing, ...] = ()
    severities: tuple[Severity, ...] = ()
    modalities: tuple[str, ...] = ()
    happened: bool | None = None
    dated: bool | None = None
    placed: bool | None = None
    min_witnesses: int | None = None
    min_confidence: float | None = None
    dossier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Which page: ``number`` from 1, ``size`` 1 to 1,000 rows."""

    number: int = 1
    size: int = 50
    order: Order = "time"


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of an answer, and how much there is in all."""

    items: tuple[T, ...]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1.

        >>> Page((), 101, 1, 50).pages
        3
        """
        return max(1, -(-self.total // self.size))


# --- what people judged ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReviewState:
    """How one thing stands after review.

    Attributes:
        status: see ``Standing``.
        grade: Admiralty grade: A-F of a source or document, 1-6 of a claim or event, or None.
        corrections: field -> value, in place of what the machine found (never written over it).
        reviewers: who has judged it, in order.
        comments: how many comments.
        act: number of the act that decided, or None.
    """

    status: Standing = "unreviewed"
    grade: str | None = None
    corrections: tuple[tuple[str, object], ...] = ()
    reviewers: tuple[str, ...] = ()
    comments: int = 0
    act: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the audit log: who did what to what, and when. Entries are never changed.

    ``hash`` is the SHA-256 of the entry with ``previous``, the hash of the entry before it.
    ``undone_by`` is the number of the act that undid this one.
    """

    number: int
    at: str
    who: str
    kind: ActKind
    subject: Subject | None
    target: str | None
    detail: dict[str, object]
    previous: str
    hash: str
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing that waits for review, why it comes so early, and what to show."""

    subject: Subject
    id: str
    label: str
    reason: str
    weight: float
    state: ReviewState


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far reviewers agree on what more than one of them judged.

    ``kappa`` is Cohen's, for each pair of reviewers with what they both judged; ``alpha`` is
    Krippendorff's (nominal) over all. None where too little was judged to tell.
    """

    items: int
    reviewers: tuple[str, ...]
    alpha: float | None
    kappa: tuple[tuple[str, str, int, float | None], ...]


# --- what the pages show ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CustodyEntry:
    """One entry of a document's custody log: how it came in. Entries are chained as acts are.

    ``origin`` is the path or URL, ``container`` the SHA-256 of the kept bytes it was taken from
    (its own, or that of the archive or JSON Lines file), ``version`` of the program that read it,
    ``detail`` all that the reader told of it, as JSON.
    """

    number: int
    document: str
    at: str
    who: str
    how: str
    origin: str | None
    sha256: str
    container: str
    version: str
    detail: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One report in a list: what it is, and how much was found in it.

    ``name`` is what to call it (title, file name, first words). ``read`` is False until a build.
    """

    id: str
    name: str
    title: str | None
    source: str | None
    side: str | None
    published: str | None
    language: str | None
    url: str | None
    dossier: str | None
    characters: int
    claims: int
    read: bool
    state: ReviewState


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim with its exact words, its places, its report, and what people judged.

    ``claim`` is what the machine found; ``effective`` is that with reviewers' corrections.
    ``before``/``after`` are the words around, inside the same sentences. ``events`` it stands in.
    """

    claim: Claim
    effective: Claim
    places: tuple[Place, ...]
    words: str
    before: str
    after: str
    document: str
    name: str
    source: str | None
    published: str | None
    events: tuple[str, ...]
    state: ReviewState


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words of one claim, and whose they are."""

    claim: str
    document: str
    name: str
    source: str | None
    published: str | None
    words: str


@dataclass(frozen=True, slots=True)
class EventView:
    """One event in a list, on the map or the time line.

    ``quote`` are the first words of its first claim where it is called after its type alone: a statement
    without a place is known by what was said.
    """

    id: str
    type: str
    label: str
    earliest: str | None
    latest: str | None
    edtf: str | None
    place: str | None
    place_kind: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    sides: tuple[str, ...]
    actors: tuple[str, ...]
    sources: tuple[str, ...]
    witnesses: int
    claims: int
    happened: bool
    standing: str
    counts: tuple[tuple[str, float | None, float | None, float | None], ...]
    disputes: tuple[str, ...]
    part_of: str | None
    known: str | None
    state: ReviewState
    quote: str = ""


@dataclass(frozen=True, slots=True)
class EventDetail:
    """One event with all its witnesses: every claim in its words, why they were joined, its parts."""

    view: EventView
    event: Event
    claims: tuple[ClaimView, ...]
    judgements: tuple[Judgement, ...]
    parts: tuple[EventView, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding, with the names of the documents its words stand in, in the order of its spans."""

    id: str
    finding: Finding
    names: tuple[str, ...]
    sources: tuple[str | None, ...]
    claims: tuple[str, ...]
    state: ReviewState


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row of a view of the ledger.

    ``row`` is the row's own record (``svidok.ledger``): ``ChronologyRow``, ``LossRow`` ...
    """

    id: str
    view: str
    row: object
    names: tuple[str, ...]
    status: Standing


class Point(NamedTuple):
    """One event as small as a map or time line needs it: days are numbers since 1970-01-01."""

    id: str
    type: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    first: int | None
    last: int | None
    side: str | None
    witnesses: int
    happened: bool
    status: Standing


Spot = tuple[float, float, float | None]
"""Latitude, longitude and radius in km, rounded as finely as a map shows them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The same events a field at a time, in order of time: so many are told in a breath.

    ``type``, ``side`` and ``spot`` are indexes into ``types``, ``sides`` and ``spots``, which hold those
    that occur; what is not known is None.
    """

    types: tuple[str, ...]
    sides: tuple[str, ...]
    id: Sequence[str]
    type: Sequence[int]
    side: Sequence[int | None]
    spots: tuple[Spot, ...]
    spot: Sequence[int | None]
    first: Sequence[int | None]
    last: Sequence[int | None]
    happened: Sequence[int]


@dataclass(frozen=True, slots=True)
class ControlSpan:
    """Who held one settlement, unchanged, from one day to another (inclusive), and by which claims.

    ``shares`` are side -> probability, rounded to whole twentieths so that a span lasts.
    """

    settlement: str
    name: str
    lat: float
    lon: float
    first: str
    last: str
    side: str
    probability: float
    shares: tuple[tuple[str, float], ...]
    evidence: tuple[str, ...]


class Holder(NamedTuple):
    """Who held one settlement on a day, how surely, and since when: a ``ControlSpan`` in a few words."""

    settlement: str
    name: str
    side: str
    probability: float
    first: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that a search found: which words of which document, and what stands on them."""

    document: str
    name: str
    source: str | None
    published: str | None
    start: int
    end: int
    words: str
    marks: tuple[tuple[int, int], ...]
    claims: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many things have one value of a field ("side": "Ukraine": 1204)."""

    value: str
    number: int


@dataclass(frozen=True, slots=True)
class Added:
    """What became of adding reports: new ids, those that were there already, and why others failed."""

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """What a chronicle holds and what waits; the days of its events, and those that control is told of."""

    path: str
    backend: str
    schema: int
    version: str
    documents: int = 0
    unread: int = 0
    sentences: int = 0
    claims: int = 0
    events: int = 0
    findings: int = 0
    rows: tuple[tuple[str, int], ...] = ()
    reviewed: int = 0
    waiting: int = 0
    disputed: int = 0
    orphaned: int = 0
    stale: bool = False
    built: str | None = None
    acts: int = 0
    head: str = ""
    earliest: str | None = None
    latest: str | None = None
    held_from: str | None = None
    held_until: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that ``verify`` found: what is wrong, with what, and what to do."""

    kind: str
    target: str
    message: str


# --- people ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may use the web pages. The password is kept as an argon2 hash only."""

    name: str
    role: Role
    active: bool = True
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A login: ``token`` is given once, to the browser; the store keeps only its SHA-256.

    ``csrf`` belongs into every form of this session. ``expires`` is an ISO instant.
    """

    user: User
    token: str = field(repr=False)
    csrf: str = field(repr=False)
    expires: str
