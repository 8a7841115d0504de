"""The rows of every view of the ledger: flat, frozen, and each leads back to its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from svidok.records import Finding, Severity

__all__ = [
    "ChronologyRow",
    "CivilDefenceRow",
    "ControlRow",
    "Count",
    "Evidence",
    "ExplanationRow",
    "FindingRow",
    "HarmRow",
    "HumanitarianRow",
    "Ledger",
    "LossRow",
    "Row",
    "SettlementRow",
    "StatementRow",
    "Status",
]

Status = Literal[
    "asserted", "reported", "announced", "planned", "possible", "requested", "denied", "negated", "disputed"
]
"""How a row stands: the modality of its claims, "negated" when the text says it did not happen,
"disputed" when some witness affirms and another denies. Only asserted, reported, announced and
disputed rows tell of something that is said to have happened."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Exact words: ``text == document.text[start:end]`` of the document with this id."""

    document: str
    start: int
    end: int
    text: str
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number with what it counts; ``best`` is given only where witnesses were weighed."""

    what: str | None
    kind: str | None
    fate: str | None
    low: float | None
    high: float | None
    best: float | None = None
    text: str = ""
    bound: str = "exact"
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has: an identity, its standing, when, where, who says so, and the words.

    ``documents`` and ``claims`` are sorted ids; ``earliest``/``latest`` ISO days (None is unknown);
    ``lat``/``lon`` in degrees, ``radius_km`` the uncertainty of the point.
    """

    id: str
    status: Status
    earliest: str | None = None
    latest: str | None = None
    edtf: str | None = None
    place: str | None = None
    place_kind: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    speaker: str | None = None
    documents: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyRow(Row):
    """One event on the time line, with its independent witnesses and its disputes."""

    event: str
    type: str
    label: str
    actors: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    witnesses: int = 1
    part_of: str | None = None
    disputes: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRow(Row):
    """One claim on who took, held, contested or left one place.

    ``change`` is took, left, held, contested, besieged or entered; ``side`` the side that did so.
    """

    settlement: str
    change: str
    side: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementRow(Row):
    """One settlement: its last known holder, since when, and whether it is contested.

    ``holder`` is None where no claim tells; it took the place between ``since`` and ``by`` (ISO days, open
    where None); ``lost_by`` the side that last left or lost it;
    ``changes`` the ids of the control rows in order of time.
    """

    settlement: str
    spellings: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    holder: str | None = None
    since: str | None = None
    by: str | None = None
    lost_by: str | None = None
    contested: bool = False
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LossRow(Row):
    """One claimed count of losses: whose, of what, what befell it, and who claims it.

    ``category`` is the class of the thing ("tanks", "soldiers"), ``fate`` what befell the count as a whole
    ("killed, wounded and captured" where one number covers all three). ``period`` is "cumulative", "daily",
    "event" or None (the text does not tell); ``published`` the ISO day of the report.
    """

    side: str | None
    what: str | None
    kind: str | None
    fate: str | None
    low: float | None
    high: float | None
    bound: str = "exact"
    text: str = ""
    claimant: str | None = None
    period: str | None = None
    category: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow(Row):
    """Who said what: the speaker, the act of saying, and the words.

    ``act`` is a code of the speech lexicon (say, announce, claim, deny, accuse, demand, pledge,
    threaten, ...), ``plover`` the PLOVER root; ``said`` the words of what is said, where they stand
    apart; ``about`` the known actors that it is about.
    """

    act: str | None
    words: str
    about: str | None = None
    plover: str | None = None
    said: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmRow(Row):
    """Harm to people or civilian things, with the fields that casualty recorders use.

    ``perpetrator`` and ``side`` are as alleged by the witness, never inferred; ``means`` the weapon.
    ``victim_status`` is civilian, combatant, both or None; ``sexes`` (female, male) and ``ages``
    ("6-year-old", child, elderly) only as the words that name the victims tell.
    """

    type: str
    victims: tuple[str, ...] = ()
    victim_status: str | None = None
    sexes: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    perpetrator: str | None = None
    side: str | None = None
    means: str | None = None
    witnesses: int = 1
    event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanitarianRow(Row):
    """What people need and get: ``category`` is displacement, corridor, deprivation, supply restored,
    aid or arms."""

    category: str
    who: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilDefenceRow(Row):
    """How people prepare and are warned: ``category`` is the measure (warning, order, shelter, barricade,
    units, arms handed out, power, water, food, kit, organisation, drill)."""

    category: str
    who: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationRow(Row):
    """Who says that an outcome is due to what: explanations are views, not facts."""

    outcome: str
    cause: str
    cue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One finding, with its words as evidence."""

    id: str
    kind: str
    severity: Severity
    message: str
    apart: str | None
    reference: str | None
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    says: tuple[str | None, ...]
    finding: Finding


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every view, as tuples of rows in a fixed order."""

    chronology: tuple[ChronologyRow, ...] = ()
    control: tuple[ControlRow, ...] = ()
    settlements: tuple[SettlementRow, ...] = ()
    losses: tuple[LossRow, ...] = ()
    statements: tuple[StatementRow, ...] = ()
    harm: tuple[HarmRow, ...] = ()
    humanitarian: tuple[HumanitarianRow, ...] = ()
    civil_defence: tuple[CivilDefenceRow, ...] = ()
    explanations: tuple[ExplanationRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()
