"""What recognition hands to resolution."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["Mention", "told_water"]

_WATER = re.compile(
    r"\b(?:(?:banks?|mouth|shores?|coast|bend|delta|side)\s+of|along|across|over|crossed|crossing|cross|up|down|beyond)"
    r"\s+the\s+(?:river\s+)?$|\b(?:the\s+)?(?:rivers?|lake|sea)\s+$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Mention:
    """A stretch of text that may name a place, while it is being judged.

    ``numbers`` are gazetteer numbers with the standing of the name; ``sort`` is name, facility,
    unknown, noun, person, body or demonym; ``container`` and ``hint`` are folded names or kinds found
    beside it; ``trust`` is how much recognition believes that it is a place at all (0 to 1).
    """

    start: int
    end: int
    text: str
    folded: str
    numbers: tuple[tuple[int, int], ...] = ()
    sort: str = "name"
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)
    container: int | None = None
    kind_word: str | None = None
    base: str | None = None
    chosen: int | None = None
    confidence: float = 0.0
    candidate: int | None = None
    metonym: bool = False
    inner: bool = False
    borrowed: int | None = None
    trust: float = 1.0


def told_water(text: str, mention: Mention) -> bool:
    """Whether the words before a name tell that it is a river, lake or sea: "along the Dnipro"."""
    return _WATER.search(text, max(0, mention.start - 30), mention.start) is not None
