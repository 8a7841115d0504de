"""Every record of Svidok, in the order in which a report flows through the rooms.

    Source, Custody, Document -> Sentence -> Place, Time, Actor, Quantity -> Attribution -> Claim
    -> Judgement -> Event, Finding -> ControlState

Records are frozen, slotted and hold tuples. Offsets are Python code points into
``Document.text``, half-open, and always slice back to the words: ``document.text[start:end] == text``.
Unknown is ``None``, never an empty string, zero or "unknown". Times are inclusive bounds as ISO
strings (``2022-03-04``, or ``2022-03-04T05:00`` where the text gives the hour); an open side is None.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "Actor",
    "Attribution",
    "Claim",
    "Container",
    "ControlState",
    "Custody",
    "Document",
    "Estimate",
    "Event",
    "Finding",
    "Judgement",
    "Modality",
    "Offsets",
    "Place",
    "Polarity",
    "Quantity",
    "Quotation",
    "Reading",
    "Role",
    "Sentence",
    "Source",
    "Time",
    "TimeSpan",
    "content_id",
]

Offsets = tuple[int, int]
"""Start and end in code points of a document's text, half-open."""
Role = Literal["title", "heading", "dateline", "body", "caption", "list", "footnote", "quote"]
"""What a sentence is on its page."""
Polarity = Literal["affirmed", "negated"]
"""Whether a claim says that something happened, or that it did not."""
Modality = Literal["asserted", "reported", "announced", "planned", "possible", "requested", "denied"]
"""How a claim puts it: by the author (asserted), through a source (reported), not yet (planned)."""
PlaceKind = Literal["settlement", "district", "region", "country", "facility", "water", "area"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Bound = Literal["exact", "at_least", "at_most", "about", "between"]
Verdict = Literal["same", "different", "unsure"]
Severity = Literal["high", "medium", "low"]
How = Literal["file", "stdin", "http", "upload"]


def content_id(*parts: object) -> str:
    """The identity of a record: the first 16 hex digits of the SHA-256 of its content.

    >>> content_id("a", 1) == content_id("a", 1)
    True
    """
    return hashlib.sha256("\x1f".join(map(repr, parts)).encode()).hexdigest()[:16]


# --- archive ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Who published a report.

    ``grade`` (Admiralty A-F, how reliable the source is) and ``credibility`` (1-6, how credible what it
    tells is) are the user's to set, never guessed.
    """

    name: str
    kind: str | None = None
    grade: str | None = None
    side: str | None = None
    credibility: str | None = None

    @property
    def mark(self) -> str:
        """Grade and credibility as one mark ("B2", "C", "-3"), empty when neither is set."""
        if self.grade is None and self.credibility is None:
            return ""
        return f"{self.grade or '-'}{self.credibility or ''}"


@dataclass(frozen=True, slots=True)
class Container:
    """A file that others lie in (an archive, a mail, a feed, an export): its name and its SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Custody:
    """How one document came in, so that anybody can go the way again: what, from where, when, read by what.

    ``sha256`` and ``size`` (bytes) are of the very bytes that the document was made of; ``origin`` is the
    path, the address as it was asked for, or "-" for standard input; ``containers`` lead from the outermost
    file inwards, and ``member`` tells where in the innermost the bytes lay (a name, a message, a row).
    ``retrieved`` is when they were got, only where that is known. ``version`` names this package and the
    library that read the format. ``notes`` tell what a reader should know: a redirection, a forwarded post,
    pages without text, how sure a scan's letters are.
    """

    sha256: str
    size: int
    how: How
    origin: str
    reader: str
    version: str
    retrieved: str | None = None
    member: str | None = None
    containers: tuple[Container, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One report: its original (by hash), its provenance, and the one text that offsets index.

    ``published`` is an ISO day, or None when unknown or ambiguous; an ambiguous dateline keeps
    its readings in ``published_readings`` ("2022-04-03", "2022-03-04") and its words' offsets in
    ``published_span``. ``headings`` are offsets of lines known to be titles (from HTML, Markdown);
    ``marked`` are other spans whose role the page's own markup gives (start, end, role).
    ``encoding`` is the one that the original bytes were decoded by; ``custody`` how they came in.
    """

    id: str
    sha256: str
    text: str
    media_type: str = "text/plain"
    source: Source | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    language: str | None = None
    published: str | None = None
    published_from: str | None = None
    published_readings: tuple[str, ...] = ()
    published_span: Offsets | None = None
    retrieved: str | None = None
    path: str | None = None
    dossier: str | None = None
    headings: tuple[Offsets, ...] = ()
    marked: tuple[tuple[int, int, Role], ...] = ()
    encoding: str | None = None
    given_places: tuple[Offsets, ...] | None = None
    custody: Custody | None = None

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the working text in UTF-8, which offsets are good for."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of one document that is read as a whole, with its role on the page.

    ``block`` numbers the paragraph (or list item, caption...) that it stands in, from 0.
    """

    start: int
    end: int
    text: str
    role: Role
    block: int


# --- claims: mentions ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A toponym in the text and what it resolves to.

    ``lat``/``lon`` in degrees (WGS 84), ``radius_km`` the uncertainty of the point; all None when
    the place was recognised but not resolved. ``relation`` holds an offset expression
    ("30 km north-west of"): the point then describes the area meant. ``metonym`` marks a seat
    that stands for a government ("Moscow said"). ``key`` identifies the atlas entry (one entry,
    however spelt); ``within`` names its containers from small to large.
    """

    start: int
    end: int
    text: str
    name: str | None = None
    key: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    kind: PlaceKind | None = None
    relation: str | None = None
    radius_km: float | None = None
    confidence: float = 0.0
    country: str | None = None
    within: tuple[str, ...] = ()
    metonym: bool = False
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A temporal expression: TIMEX3 type, value and modifier, bounds, and EDTF.

    ``value`` is what the words say by themselves; the bounds (and EDTF) are of the moment that is
    meant: both ends of "between March 4 and 10" carry 4..10, "by March 13" is open to the left.
    ``anchor`` tells what the value was counted from; ``flags`` what is wrong with the words:
    impossible_date, weekday_mismatch, reversed_range, ambiguous_date.
    """

    start: int
    end: int
    text: str
    type: TimeType
    value: str | None = None
    mod: str | None = None
    earliest: str | None = None
    latest: str | None = None
    edtf: str | None = None
    anchor: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """When something happened: inclusive bounds (an open side is None) and EDTF.

    ``inherited`` tells that the words stand outside the clause (scene, or the post's own date).
    """

    earliest: str | None
    latest: str | None
    edtf: str | None
    span: Offsets | None = None
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, suffers or speaks. ``name`` is the canonical name where known.

    ``side`` is the belligerent or state it belongs to ("Russia", "Ukraine", "Hamas"...);
    ``kind`` is one of state, state force, rebel, militia, civilians, organisation, leader, person.
    A pronoun or description ("the invaders") keeps its own span and carries what it stands for.
    """

    start: int
    end: int
    text: str
    name: str | None = None
    side: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts.

    ``what`` is the thing counted in the singular ("tank", "civilian", "km"); ``kind`` its family;
    ``fate`` what befell it (killed, wounded, captured, missing, destroyed, displaced...);
    ``low``/``high`` inclusive; an open side is None. ``cumulative`` is True for totals so far.
    """

    start: int
    end: int
    text: str
    what: str | None
    kind: str | None
    low: float | None
    high: float | None
    unit: str | None = None
    bound: Bound = "exact"
    fate: str | None = None
    cumulative: bool | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: source (None when unnamed), cue ("said") and content, as offsets.

    ``sense`` names what the cue does (say, announce, claim, deny, demand, threaten, want...), a
    code of the speech lexicon, which gives its statement kind, PLOVER root and modality.
    """

    source: Offsets | None
    cue: Offsets
    content: Offsets
    speaker: str | None = None
    denies: bool = False
    sense: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One happening that a report makes, with its witness and its exact words.

    ``start``/``end`` is the evidence (clause or sentence), ``trigger`` the words that name the
    happening, ``places`` indexes into the reading's places. ``type`` is a code of the ontology.
    """

    id: str
    document: str
    start: int
    end: int
    trigger: Offsets
    type: str
    acled: str | None = None
    plover: str | None = None
    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    places: tuple[int, ...] = ()
    time: TimeSpan | None = None
    quantities: tuple[Quantity, ...] = ()
    polarity: Polarity = "affirmed"
    modality: Modality = "asserted"
    speaker: str | None = None
    confidence: float = 0.5
    why: str = ""
    places_inherited: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one document."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    actors: tuple[Actor, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()


# --- events ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two claims tell of one happening, why, and who judged (a rule or a reviewer)."""

    left: str
    right: str
    verdict: Verdict
    reasons: tuple[str, ...]
    judge: str = "rule"


@dataclass(frozen=True, slots=True)
class Estimate:
    """Low, best and high of one thing counted in one event, and the rule that chose "best"."""

    what: str | None
    fate: str | None
    low: float | None
    best: float | None
    high: float | None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Claims about one happening, joined with reasons; nothing of a claim is lost in it.

    ``witnesses`` counts independent sources; ``quantities`` keep every claimed count.
    Only affirmed claims that are asserted or reported or announced as done make ``happened`` True.
    ``estimates`` give low/best/high of what was counted, ``time_rule`` how the interval was chosen,
    ``disputes`` in plain words what its claims do not agree on, ``grades`` the marks that the user gave
    to the sources of its independent witnesses ("B2"), the best first.
    """

    id: str
    type: str
    claims: tuple[str, ...]
    time: TimeSpan | None
    place: Place | None
    quantities: tuple[Quantity, ...] = ()
    actors: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    witnesses: int = 1
    happened: bool = True
    label: str = ""
    judgements: tuple[Judgement, ...] = ()
    part_of: str | None = None
    estimates: tuple[Estimate, ...] = ()
    time_rule: str | None = None
    disputes: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Exact words in one document, and what they say ("1995")."""

    id: str
    start: int
    end: int
    text: str
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit: the words that clash, what each says, and how far apart.

    ``kind``: date, quantity, list_count, whole_part, order, place, distance, control, polarity,
    actor, attribution, identity, weekday or cumulative. At least two spans, or one span and the
    ``reference`` that it was checked against.
    """

    kind: str
    severity: Severity
    message: str
    spans: tuple[Quotation, ...]
    apart: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class ControlState:
    """Who holds a settlement on a day, how probably, on what evidence (claim ids)."""

    settlement: str
    day: str
    side: str
    probability: float
    evidence: tuple[str, ...] = ()
