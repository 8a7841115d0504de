"""A small chronicle made by hand, and the same idea at the size of a year of reports."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from svidok.ledger.rows import (
    ChronologyRow,
    CivilDefenceRow,
    ControlRow,
    Count,
    Evidence,
    ExplanationRow,
    FindingRow,
    HarmRow,
    HumanitarianRow,
    Ledger,
    LossRow,
    SettlementRow,
    StatementRow,
)
from svidok.records import (
    Actor,
    Claim,
    Document,
    Event,
    Finding,
    Judgement,
    Place,
    Quotation,
    Reading,
    Sentence,
    Source,
    TimeSpan,
)

HOSTILE = "<script>alert(1)</script> & <img src=x onerror=alert(2)> \u2028 </script>"

TEXTS = {
    "bulletin": (
        "The Harbour Bulletin", "Ukraine", "2022-04-02",
        "Two weeks north of the capital 🛰\n"
        "On 4 March 2022 Russian columns entered Irpin. The bridge at Irpin was blown up on 5 March.\n"
        "Between 4 and 10 March Ukrainian brigades fought at Hostomel and stopped the advance. "
        "The staff denied that Brovary had been captured. A new offensive on Sumy is planned for May.\n"
        "By 31 March 2022 Russian troops had withdrawn from Bucha. More than 200 civilians were killed in Bucha.\n"
        "Volunteers wired loudspeakers in the villages and dug shelters.",
    ),
    "courier": (
        "North Courier", None, "2022-04-03",
        "Russian troops left Bucha on 28 March 2022, residents said. They counted 500 destroyed tanks.\n"
        "Thousands of people fled Chernihiv while the water was cut off.\n"
        "The town was held because its people stood together, the mayor said.",
    ),
    "hostile": (
        HOSTILE, "Russia", None,
        f"{HOSTILE}\nThe ministry announced that its forces had taken Brovary on 9 March 2022.",
    ),
}  # fmt: skip

POINTS = {
    "Irpin": (50.52, 30.25, "settlement", 3.0), "Hostomel": (50.58, 30.26, "settlement", 3.0),
    "Bucha": (50.55, 30.21, "settlement", 3.0), "Brovary": (50.51, 30.79, "settlement", 4.0),
    "Sumy": (50.91, 34.80, "region", 120.0), "Chernihiv": (51.49, 31.29, "area", 25.0),
}  # fmt: skip


@dataclass
class Sample:
    """The arguments of every writer."""

    readings: list[Reading]
    events: list[Event]
    findings: list[Finding]
    ledger: Ledger

    def parts(self) -> dict[str, Any]:
        return {
            "readings": self.readings, "events": self.events, "findings": self.findings, "ledger": self.ledger,
        }  # fmt: skip


@dataclass
class _Pen:
    """Writes claims and keeps the spans right."""

    documents: dict[str, Document]
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)

    def claim(
        self, document: str, words: str, trigger: str, kind: str, *, place: str | None = None, side: str | None = None,
        days: tuple[str | None, str | None] | None = None, modality: Any = "asserted", polarity: Any = "affirmed",
        speaker: str | None = None,
    ) -> Claim:  # fmt: skip
        text = self.documents[document].text
        start = text.index(words)
        first = text.index(trigger, start)
        spots = self.places.setdefault(document, [])
        own: tuple[int, ...] = ()
        if place:
            at = text.index(place)
            lat, lon, sort, radius = POINTS[place]
            spots.append(
                Place(at, at + len(place), place, place, lat=lat, lon=lon, kind=sort, radius_km=radius)
            )  # type: ignore[arg-type]
            own = (len(spots) - 1,)
        time = TimeSpan(days[0], days[1], None) if days else None
        actors = (
            (Actor(start, start + 3, text[start : start + 3], f"Forces of {side}", side),) if side else ()
        )
        claim = Claim(
            f"{document}-{len(self.claims.get(document, []))}", document, start, start + len(words), (first, first + len(trigger)),
            kind, actors=actors, places=own, time=time, modality=modality, polarity=polarity, speaker=speaker,
            confidence=0.8, why="made by hand",
        )  # fmt: skip
        self.claims.setdefault(document, []).append(claim)
        return claim

    def evidence(self, claim: Claim) -> Evidence:
        text = self.documents[claim.document].text
        return Evidence(claim.document, claim.start, claim.end, text[claim.start : claim.end], claim.id)

    def row(self, *claims: Claim, status: Any = None, place: str | None = None) -> dict[str, Any]:
        first = claims[0]
        lat, lon, kind, radius = POINTS[place] if place else (None, None, None, None)
        shown = "denied" if first.modality == "denied" else first.modality
        return {
            "id": f"row-{first.id}", "status": status or shown, "place": place, "place_kind": kind, "lat": lat, "lon": lon,
            "radius_km": radius, "earliest": first.time.earliest if first.time else None,
            "latest": first.time.latest if first.time else None, "speaker": first.speaker,
            "documents": tuple(sorted({c.document for c in claims})), "claims": tuple(sorted(c.id for c in claims)),
            "evidence": tuple(self.evidence(c) for c in claims),
        }  # fmt: skip


def document_of(key: str, source: str, side: str | None, published: str | None, text: str) -> Document:
    sha = hashlib.sha256(text.encode()).hexdigest()
    title = text.split("\n")[0] if key != "courier" else None
    return Document(
        key, sha, text, source=Source(source, kind="press", side=side), title=title, language="en",
        published=published, url="https://example.org/a" if key == "bulletin" else "javascript:alert(3)",
    )  # fmt: skip


def event_row(
    pen: _Pen, label: str, *claims: Claim, place: str | None = None, status: Any = None, **more: Any
) -> ChronologyRow:
    side = claims[0].actors[0].side if claims[0].actors else None
    return ChronologyRow(
        **pen.row(*claims, place=place, status=status), event=f"event-{claims[0].id}", type=claims[0].type, label=label,
        actors=tuple(a.name or a.text for a in claims[0].actors), sides=(side,) if side else (), witnesses=len(claims), **more,
    )  # fmt: skip


def events_of(rows: Sequence[ChronologyRow]) -> list[Event]:
    not_done = {"planned", "possible", "requested", "denied", "negated"}
    return [
        Event(row.id, row.type, row.claims, None, None, happened=row.status not in not_done, label=row.label) for row in rows
    ]  # fmt: skip


def make_sample() -> Sample:
    documents = {key: document_of(key, *parts) for key, parts in TEXTS.items()}
    pen = _Pen(documents)
    enter = pen.claim(
        "bulletin",
        "On 4 March 2022 Russian columns entered Irpin.",
        "entered",
        "move",
        place="Irpin",
        side="Russia",
        days=("2022-03-04", "2022-03-04"),
    )
    bridge = pen.claim(
        "bulletin",
        "The bridge at Irpin was blown up on 5 March.",
        "blown up",
        "destroy",
        place="Irpin",
        days=("2022-03-05", "2022-03-05"),
    )
    fight = pen.claim(
        "bulletin",
        "Between 4 and 10 March Ukrainian brigades fought at Hostomel and stopped the advance.",
        "fought",
        "battle",
        place="Hostomel",
        side="Ukraine",
        days=("2022-03-04", "2022-03-10"),
    )
    denied = pen.claim(
        "bulletin",
        "The staff denied that Brovary had been captured.",
        "captured",
        "capture",
        place="Brovary",
        modality="denied",
        polarity="negated",
        speaker="the staff",
    )
    planned = pen.claim(
        "bulletin",
        "A new offensive on Sumy is planned for May.",
        "offensive",
        "battle",
        place="Sumy",
        modality="planned",
        days=("2022-05-01", "2022-05-31"),
    )
    left = pen.claim(
        "bulletin",
        "By 31 March 2022 Russian troops had withdrawn from Bucha.",
        "withdrawn",
        "withdraw",
        place="Bucha",
        side="Russia",
        days=(None, "2022-03-31"),
    )
    killed = pen.claim(
        "bulletin",
        "More than 200 civilians were killed in Bucha.",
        "killed",
        "attack_civilians",
        place="Bucha",
        side="Russia",
    )
    wired = pen.claim(
        "bulletin", "Volunteers wired loudspeakers in the villages and dug shelters.", "wired", "prepare"
    )
    went = pen.claim(
        "courier",
        "Russian troops left Bucha on 28 March 2022, residents said.",
        "left",
        "withdraw",
        place="Bucha",
        side="Russia",
        days=("2022-03-28", "2022-03-28"),
        modality="reported",
        speaker="residents",
    )
    said = pen.claim(
        "courier",
        "Russian troops left Bucha on 28 March 2022, residents said.",
        "said",
        "statement",
        speaker="residents",
    )
    tanks = pen.claim("courier", "They counted 500 destroyed tanks.", "destroyed", "destroy", side="Russia")
    fled = pen.claim(
        "courier",
        "Thousands of people fled Chernihiv while the water was cut off.",
        "fled",
        "displace",
        place="Chernihiv",
    )
    taken = pen.claim(
        "hostile",
        "The ministry announced that its forces had taken Brovary on 9 March 2022.",
        "taken",
        "capture",
        place="Brovary",
        side="Russia",
        days=("2022-03-09", "2022-03-09"),
        modality="announced",
        speaker="The ministry",
    )
    stood = pen.claim(
        "courier", "The town was held because its people stood together, the mayor said.", "held", "battle"
    )
    chronology = (
        event_row(pen, "Russian columns entered Irpin", enter, place="Irpin"),
        event_row(pen, "Fighting at Hostomel", fight, place="Hostomel"),
        event_row(pen, "Bridge blown up", bridge, place="Irpin"),
        event_row(
            pen,
            f"Brovary taken {HOSTILE}",
            taken,
            denied,
            place="Brovary",
            status="disputed",
            disputes=("the staff denies it",),
        ),
        event_row(
            pen, "Withdrawal from Bucha", left, went, place="Bucha", disputes=("28 March or by 31 March",)
        ),
        event_row(pen, "Offensive on Sumy", planned, place="Sumy"),
        event_row(pen, "Capture of Brovary", denied, place="Brovary"),
        event_row(
            pen,
            "Civilians killed in Bucha",
            killed,
            place="Bucha",
            counts=(Count("civilian", "people", "killed", 200, None, bound="at_least"),),
        ),
        event_row(pen, "Loudspeakers and shelters", wired),
        event_row(pen, "Flight from Chernihiv", fled, place="Chernihiv"),
        event_row(pen, "Tanks destroyed", tanks),
    )
    change = ControlRow(
        **{**pen.row(left, went, place="Bucha"), "id": "change-1"},
        settlement="Bucha",
        change="left",
        side="Russia",
    )
    spans = (
        Quotation("bulletin", left.start, left.end, pen.evidence(left).text, "by 31 March 2022"),
        Quotation("courier", went.start, went.end, pen.evidence(went).text, "28 March 2022"),
    )
    finding = Finding("date", "high", "The withdrawal from Bucha has two dates.", spans, "3 days")
    ledger = Ledger(
        chronology=chronology,
        control=(change,),
        settlements=(SettlementRow(**{**pen.row(left, went, place="Bucha"), "id": "s-1"}, settlement="Bucha", spellings=("Bucha", "Butscha"), within=("Kyiv Oblast",), lost_by="Russia", changes=("change-1",)),),
        losses=(LossRow(**pen.row(tanks), side="Russia", what="tank", kind="equipment", fate="destroyed", low=500, high=500, claimant="residents", text="500 destroyed tanks"),),
        statements=(StatementRow(**pen.row(said), act="report", words="Russian troops left Bucha on 28 March 2022"),),
        harm=(HarmRow(**pen.row(killed, place="Bucha"), type="attack_civilians", victims=("civilians",), counts=(Count("civilian", "people", "killed", 200, None, bound="at_least"),), perpetrator="Forces of Russia", side="Russia"),),
        humanitarian=(HumanitarianRow(**pen.row(fled, place="Chernihiv"), category="displacement", who=("people",), words="fled"),),
        civil_defence=(CivilDefenceRow(**pen.row(wired), category="prepare", who=("Volunteers",), words="wired"),),
        explanations=(ExplanationRow(**pen.row(stood), outcome="The town was held", cause="its people stood together", cue="because"),),
        findings=(
            FindingRow(
                id="f-1", kind="date", severity="high", message=finding.message, apart="3 days", reference=None, documents=("bulletin", "courier"),
                evidence=(pen.evidence(left), pen.evidence(went)), says=("by 31 March 2022", "28 March 2022"), finding=finding,
            ),
        ),
    )  # fmt: skip
    readings = [
        Reading(
            d,
            sentences=(Sentence(0, d.text.index("\n"), d.text.split("\n")[0], "title", 0),),
            places=tuple(pen.places.get(key, ())),
            claims=tuple(pen.claims.get(key, ())),
        )
        for key, d in documents.items()
    ]
    events = events_of(chronology)
    events[4] = Event(
        events[4].id, "withdraw", chronology[4].claims, None, None, judgements=(Judgement(left.id, went.id, "same", ("same place",)),)
    )  # fmt: skip
    return Sample(readings, events, [finding], ledger)


def make_large(reports: int = 400, claims: int = 5000) -> Sample:
    """Reports with many claims each, over the whole sample's places and a hundred days."""
    names = list(POINTS)
    kinds = ["battle", "strike", "capture", "withdraw", "destroy", "casualties", "aid", "statement"]
    each = claims // reports
    documents: dict[str, Document] = {}
    for number in range(reports):
        lines = [
            f"Day {i}: shelling at {names[(number + i) % len(names)]} was reported again."
            for i in range(each)
        ]
        documents[f"d{number}"] = document_of(f"d{number}", f"Paper {number % 30}", None, "2022-05-01", f"Report {number}\n" + "\n".join(lines))  # fmt: skip
    pen = _Pen(documents)
    rows = []
    for number, key in enumerate(documents):
        for i in range(each):
            place = names[(number + i) % len(names)]
            day = f"2022-{3 + (number + i) % 3:02d}-{1 + (number * 7 + i) % 30:02d}"
            claim = pen.claim(
                key, f"Day {i}: shelling at {place} was reported again.", "shelling", kinds[(number + i) % len(kinds)],
                place=place, side=["Russia", "Ukraine", None][i % 3], days=(day, day), modality="planned" if i % 9 == 0 else "asserted",
            )  # fmt: skip
            rows.append(event_row(pen, f"Shelling number {number}.{i}", claim, place=place))
    readings = [
        Reading(d, places=tuple(pen.places[key]), claims=tuple(pen.claims[key]))
        for key, d in documents.items()
    ]
    return Sample(readings, events_of(rows), [], Ledger(chronology=tuple(rows)))


@pytest.fixture(scope="session")
def sample() -> Sample:
    return make_sample()


@pytest.fixture(scope="session")
def large_sample() -> Sample:
    return make_large()
