"""A few readings made by hand, and short ways to put them into a store."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from builders import reading

from svidok.records import Reading
from svidok.store import Act, Store

AT = "2022-05-01T10:00:00Z"
DAY = ("2022-04-02", "2022-04-02")
TOOK = {
    "text": "Ukrainian troops took Bucha back.",
    "type": "capture",
    "place": "Bucha",
    "when": DAY,
    "who": ["Ukraine"],
    "trigger": "took",
}


def hashed(made: Reading, side: str | None = None) -> Reading:
    """The same reading with true hashes, and its source on a side."""
    document = made.document
    source = replace(document.source, side=side) if document.source else None
    sha256 = hashlib.sha256(document.text.encode()).hexdigest()
    return replace(made, document=replace(document, sha256=sha256, source=source))


def war() -> list[Reading]:
    """Three reports: one of many happenings, one denial, one that confirms."""
    first = reading(
        "a",
        TOOK,
        {
            "text": "Russian forces left Irpin earlier.",
            "type": "withdraw",
            "place": "Irpin",
            "when": ("2022-03-28", "2022-03-28"),
            "who": ["Russia"],
            "trigger": "left",
        },
        {
            "text": "They plan to storm Kharkiv soon.",
            "type": "battle",
            "place": "Kharkiv",
            "modality": "planned",
            "trigger": "storm",
        },
        {
            "text": "Shelling killed 12 civilians in Kharkiv.",
            "type": "casualties",
            "place": "Kharkiv",
            "when": DAY,
            "counts": [("12 civilians", "civilian", "killed", 12, 12)],
            "trigger": "killed",
        },
        {
            "text": "Villagers built shelters in Brovary.",
            "type": "prepare",
            "place": "Brovary",
            "trigger": "built",
        },
        source="AP",
        published="2022-04-03",
    )
    second = reading(
        "b",
        {
            "text": "Moscow says it never lost Bucha.",
            "type": "capture",
            "place": "Bucha",
            "when": DAY,
            "who": ["Ukraine"],
            "polarity": "negated",
            "modality": "denied",
            "speaker": "Moscow",
            "trigger": "lost",
        },
        source="TASS",
        published="2022-04-05",
    )
    third = reading(
        "c",
        {**TOOK, "text": "Bucha was taken by Ukraine on Saturday.", "trigger": "taken"},
        source="Suspilne",
        published="2022-04-06",
    )
    return [hashed(first), hashed(second, "Russia"), hashed(third)]


def fill(store: Store, readings: list[Reading], *, build: bool = True) -> None:
    """Add reports, keep their readings, and build."""
    for made in readings:
        data = made.document.text.encode()
        store.add([made.document], originals={made.document.sha256: data}, at=AT, who="olena")
    store.save_readings(readings, reader="test")
    if build:
        store.derive(at=AT, who="olena")


def judge(store: Store, kind: str, subject: str, target: str, who: str = "olena", **detail: object) -> Act:
    """One act, at the tests' one moment."""
    return store.act(kind, subject, target, who=who, at=AT, detail=detail)  # type: ignore[arg-type]


def claim_named(store: Store, words: str) -> str:
    """The id of the one claim whose words begin so."""
    (found,) = [c.claim.id for c in store.claims().items if c.words.startswith(words)]
    return found


def event_of(store: Store, words: str) -> str:
    """The id of the one event that the claim with these words stands in."""
    (event,) = store.claim(claim_named(store, words)).events
    return event
