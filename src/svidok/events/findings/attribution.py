"""One quotation given to two speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from svidok.events.atoms import fold
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.vocabulary import titles
from svidok.records import Finding, Offsets, Reading

__all__ = ["Said", "check"]

LEAST_WORDS = 4
ALIKE = 90
_QUOTED = re.compile(r"[“\"«„]\s*([^“”\"«»„]{12,600}?)\s*[”\"»]")
_SPEAKS = (
    r"said|says|told|wrote|writes|declared|announced|stated|added|insisted|warned|shouted|answered|"
    r"replied|asked|"
    r"exclaimed|tweeted|posted|vowed|promised|remarked|noted|claimed|recalled|argued|explained|cried|put it"
)
_NAME = r"[^\W\d_a-z][\w’'.-]*(?:\s+(?:(?:al|el|bin|ibn|abu|von|van|de|der)[ -])?[^\W\d_a-z][\w’'.-]*)*"
_AFTER_NAME = re.compile(
    rf"^[\s,]*(?P<speaker>[^\"“”.;:]{{0,80}}?{_NAME}[^\"“”.;:]{{0,40}}?)\s+(?:{_SPEAKS})\b"
)
_AFTER_VERB = re.compile(rf"^[\s,]*(?:{_SPEAKS})\s+(?P<speaker>[^\"“”.;:]{{0,60}}?{_NAME})")


_QUOTING = re.compile(
    rf"\b(?:quot(?:es?|ed|ing)|cit(?:es|ed|ing)|according to|words of|in the words of|asked|told by|"
    rf"from|by)\s+"
    rf"(?P<speaker>[^\"“”.;:]{{0,40}}?{_NAME})[^\"“”.;:]{{0,20}}[,:]\s*$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """Words in quotation marks and who is said to have spoken them."""

    document: str
    span: Offsets
    words: str
    speaker: str
    names: frozenset[str]


def check(dossier: Dossier) -> Iterator[Finding]:
    """The same quoted words under two names."""
    from rapidfuzz import fuzz

    said = [s for r in dossier.readings for s in _quotations(r)]
    by_start: dict[str, list[Said]] = {}
    for quotation in said:
        tokens = quotation.words.split()
        for gram in {" ".join(tokens[:3]), " ".join(tokens[-3:])}:
            by_start.setdefault(gram, []).append(quotation)
    seen = set()
    for gram in sorted(by_start):
        group = by_start[gram]
        for index, one in enumerate(group):
            for two in group[index + 1 : index + 60]:
                key = (one.document, one.span, two.document, two.span)
                if key in seen or _compatible(one, two):
                    continue
                seen.add(key)
                if fuzz.ratio(one.words, two.words) >= ALIKE:
                    yield Finding(
                        "attribution",
                        "medium",
                        f"The same words are given to {one.speaker} in one place and to {two.speaker} "
                        f"in another.",
                        (
                            dossier.quote(one.document, one.span, one.speaker),
                            dossier.quote(two.document, two.span, two.speaker),
                        ),
                    )


def _compatible(one: Said, two: Said) -> bool:
    """Speakers that can be one person, or of whom one is not named."""
    from rapidfuzz import fuzz

    if not one.names or not two.names:
        return True
    return any(fuzz.ratio(a, b) >= 80 for a in one.names for b in two.names)


def _quotations(reading: Reading) -> Iterator[Said]:
    text = reading.document.text
    for match in _QUOTED.finditer(text):
        words = " ".join(re.findall(r"\w+", fold(match.group(1))))
        if len(words.split()) < LEAST_WORDS:
            continue
        speaker = _speaker(reading, match.span(1), match.start(), match.end())
        if speaker is None:
            continue
        names = frozenset(
            w
            for w in re.findall(r"\w+", fold(speaker))
            if w not in titles() and len(w) > 1 and _capital(speaker, w)
        )
        if re.search(r"\s[a-z]+$", speaker):
            names = frozenset()
        yield Said(reading.document.id, match.span(), words, speaker, names)


def _capital(speaker: str, word: str) -> bool:
    return any(fold(w) == word and w[:1].isupper() for w in re.findall(r"\w+", speaker))


_LENT = re.compile(
    r"\b(?:quot|echo|recit|borrow)(?:e[sd]?|ed|ing|s)?\b(?P<whose>[^\"“”.;:,]{0,60})|"
    r"\b(?:in|with) the words of\b(?P<whose2>[^\"“”.;:,]{0,60})|\breads? (?:out|aloud)\b"
)
"""What tells that words are another's: "quoting the Prime Minister, he said:"."""


def _last_sentence(text: str) -> str:
    """The last sentence of a stretch of text, which may be cut short by a quotation."""
    return re.split(r"(?<=[a-z\W]{2}[.!?])\s+(?=[A-Z])", text)[-1]


_VERB = re.compile(rf"\b(?:{_SPEAKS}|puts? it|puts? it this way)\b")
_NAMED = re.compile(_NAME)


def _leading(before: str) -> str | None:
    """The speaker that the words of the sentence before a quotation name: the last name before the
    last verb of saying ("It was Dalton who stood up and said:").

    >>> _leading("Rain fell. The envoy, Ann Lee, told the council that ")
    'Ann Lee'
    """
    sentence = _last_sentence(before)
    verbs = list(_VERB.finditer(sentence))
    if not verbs or len(sentence) - verbs[-1].end() > 60:
        return None
    return _last_name(sentence[: verbs[-1].start()])


def _last_name(text: str) -> str | None:
    """The last name of a stretch of text that is no office alone."""
    found = [m.group(0) for m in _NAMED.finditer(text)]
    names = [n for n in found if any(fold(w) not in titles() for w in n.split())]
    return " ".join(names[-1].split()) if names else None


def _speaker(reading: Reading, content: Offsets, start: int, end: int) -> str | None:
    """The speaker: what the words beside the quotation say, else the attribution that covers it."""
    text = reading.document.text
    after = text[end : end + 160]
    before = text[max(0, start - 140) : start]
    lent = _LENT.search(_last_sentence(before))
    if lent is not None:  # words of somebody else's that are only repeated here
        return _last_name(lent.group("whose") or lent.group("whose2") or "")
    leading = _leading(before)
    closed = text[max(start, end - 2)] in ".…"
    if closed and leading is not None:  # what follows is a sentence of its own
        return leading
    beside = ((_AFTER_VERB, after), (_AFTER_NAME, after))
    for expression, where in beside:
        match = expression.search(where)
        if match:
            names = list(re.finditer(_NAME, match.group("speaker")))
            if names:
                best = max(names, key=lambda n: (len(n.group(0)), n.start()))
                tail = match.group("speaker")[best.end() :]
                office = re.match(r"\s+([a-z]+)", tail)
                held = office is not None and office.group(1) in titles() - {
                    "of",
                    "in",
                    "at",
                    "the",
                    "for",
                    "on",
                }
                return " ".join((best.group(0) + (office.group(0) if office and held else "")).split())
    if leading is not None:
        return leading
    match = _QUOTING.search(before)
    names = list(_NAMED.finditer(match.group("speaker"))) if match else []
    if names:
        return " ".join(max(names, key=lambda n: (len(n.group(0)), n.start())).group(0).split())
    covering = [
        a.speaker
        for a in reading.attributions
        if a.speaker and a.content[0] < content[1] and content[0] < a.content[1]
    ]
    return covering[0] if covering else None
