"""What recognition hands to resolution."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Mention", "is_articled", "take_region_word", "told_water"]

_WATER = re.compile(
    r"\b(?:(?:banks?|mouth|shores?|coast|bend|delta|side)\s+of|along|across|over|crossed|crossing|cross|up|down|beyond)"
    r"\s+the\s+(?:river\s+)?$|\b(?:the\s+)?(?:rivers?|lake|sea)\s+$",
    re.IGNORECASE,
)

_REGION_WORD = re.compile(
    r"[ \u00a0](region|oblast|province|district|county|raion|governorate|prefecture|parish|hromada)\b"
)

_WATERS = ("the", "river", "rivers", "lake", "sea")


@dataclass(slots=True)
class Mention:
    """A stretch of text that may name a place, while it is being judged.

    ``numbers`` are gazetteer numbers with the standing of the name; ``sort`` is name, facility,
    unknown, noun or far (perhaps a town a long way off); ``container`` and ``hint`` are folded names or
    kinds found beside it; ``trust`` is how much recognition believes that it is a place at all (0 to 1);
    ``water`` that the words around it tell of a river, lake or sea.
    """

    start: int
    end: int
    text: str
    folded: str
    numbers: tuple[tuple[int, int], ...] = ()
    sort: str = "name"
    score: float = 0.0
    reasons: Sequence[str] = ()
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
    water: bool = False


def told_water(text: str, mention: Mention) -> bool:
    """Whether the words before a name tell that it is a river, lake or sea: "along the Dnipro"."""
    before = text[max(0, mention.start - 12) : mention.start].rstrip().lower()
    if not before.endswith(_WATERS):
        return False  # a search backwards is slow, and few names stand behind these
    return _WATER.search(text, max(0, mention.start - 30), mention.start) is not None


_ARTICLE = re.compile(r"\b[Tt]he (?:(?:[Ll]ower|[Uu]pper|[Mm]iddle) )?$")
_LISTED = re.compile(r"(?:(?:, (?:and |or )?| and | or )(?:the )?[^\W\d_a-z][\w'’-]+)*")
_ALONE = re.compile(
    r"\s*(?:[.,;:!?)\]\"”]|$|\n)| [—–-] |\s(?:is|are|was|were|has|had|have|will|would|could|in|on|at|by|to|"
    r"from|with|and|or|but|as|that|which|who|while|when|where|until|before|after|near|into|over|between|against|"
    r"during|since|than|if|then|again|for|not)\b"
)


def is_articled(text: str, mention: Mention) -> bool:
    """Whether a name stands by itself behind an article, as rivers do: "crossed the Desna in boats".

    "The Chernihiv axis" and "the Donetsk and Luhansk regions" do not: there the article is another noun's.
    """
    before = _ARTICLE.search(text, max(0, mention.start - 12), mention.start)
    if before is None:
        return False
    listed = _LISTED.match(text, mention.end)
    assert listed is not None  # it may be empty
    return _ALONE.match(text, listed.end()) is not None


def take_region_word(text: str, mention: Mention) -> None:
    """Take a word for a region after a name into the mention: "Kyiv region"."""
    match = _REGION_WORD.match(text, mention.end)
    if match:
        mention.kind_word = match.group(1).lower()
        mention.end = match.end()
        mention.text = text[mention.start : mention.end]
