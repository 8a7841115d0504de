"""One quotation given to two speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from svidok.events.atoms import fold
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.vocabulary import plain_words, titles
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
_CALLS = r"called|calls|signalled|wired|telegraphed|muttered|whispered|retorted|roared|snapped|growled|yelled"
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
    r"\b(?:in|with) the words of\b(?P<whose2>[^\"“”.;:,]{0,60})|\breads? (?:out|aloud)\b|"
    r"\b(?:read|typed|copied|translated)\s+(?:it|this|them|these)\b"
)
"""What tells that words are another's: "quoting the Prime Minister, he said:"."""


def _last_sentence(text: str) -> str:
    """The last sentence of a stretch of text, which may be cut short by a quotation."""
    return re.split(r"(?<=[a-z\W]{2}[.!?])\s+(?=[A-Z])", text)[-1]


_WORDS = (
    r"(?:answers?|repl(?:y|ies)|retorts?|words?|message|signal|remark|sentence|saying|line|telegram|despatch|"
    r"dispatch|order|call|cry|verdict|comment|toast|warning)"
)
_GIVES = rf"(?:gave|gives|made|makes|sent|returned|had)\s+(?:[\w’'-]+\s+){{0,3}}?{_WORDS}"
_VERB = re.compile(rf"\b(?:{_SPEAKS}|{_CALLS}|puts? it|puts? it this way|{_GIVES})\b")
_NAMED = re.compile(_NAME)
BEFORE = 240
"""Characters before a quotation in which its speaker is told."""
_THEIRS = (
    re.compile(
        rf"(?P<who>[^\"“”.;:]{{0,50}}?)['’]s?\s+(?:[\w-]+\s+){{0,3}}?{_WORDS}\b[^\"“”.;]{{0,70}}[,:]\s*$"
    ),
    re.compile(rf"\b{_WORDS}\s+(?:that|which|of)\s+(?:the\s+)?(?P<who>{_NAME})[^\"“”.;]{{0,70}}[,:]\s*$"),
)
"""Whose words a quotation is, told before it by a noun: "the admiral's last signal read:"."""
_WHO = rf"(?P<who>[^\"“”.;:,]{{0,40}}?{_NAME})"
_OF_WHOM = (
    re.compile(
        rf"^[\s,.]*(?:(?:was|were|is|are)\s+)?(?:all\s+)?(?:the\s+)?(?:[\w-]+\s+)?{_WORDS}\s+of\s+{_WHO}"
    ),
    re.compile(
        r"^[\s,.:]*(?:(?:was|were|is|are|had been)\s+)?(?:spoken|said|uttered|written|painted|chalked|"
        rf"scrawled|carved|shouted|called|cried|first said)\s+(?:[a-z]+\s+){{0,5}}?by\s+{_WHO}"
    ),
    re.compile(rf"^[\s,]*(?:came|comes)\s+from\s+(?:the\s+\w+\s+of\s+)?{_WHO}"),
    re.compile(rf"^[\s,]*(?:With|In)\s+(?:these|those)\s+words,?\s+{_WHO}"),
)
"""Whose words a quotation is, told behind it: "were the words of", "was painted on the wall by"."""
_PRONOUN = re.compile(
    rf"^[\s,]*(?:(?:was|were)\s+(?:all|what|the\s+\w+)\s+(?:that\s+)?)?(?:he|she)\s+(?:had\s+|\w+ly\s+)?"
    rf"(?:{_SPEAKS}|{_CALLS}|gave|sent|returned)\b"
)


def _pointed(before: str, after: str) -> str | None:
    """Who is told by a noun, a passive or a pronoun beside a quotation; "" where that has no name.

    >>> _pointed("Captain Ames was on the wall. ", " was all he told him.")
    'Captain Ames'
    >>> _pointed("", " were the words of the sailor Ivan Lys.")
    'Ivan Lys'
    """
    sentence = _last_sentence(before)
    if _PRONOUN.match(after):
        opening = _OPENS.match(sentence)
        named = opening is not None and fold(opening["who"].split()[-1]) not in plain_words()
        return " ".join(opening["who"].split()) if opening and named else ""
    behind = next((m for m in (words.match(after) for words in _OF_WHOM) if m), None)
    if behind is not None:
        return (_last_name(behind["who"]) or "").rstrip(".")
    ahead = next((m for m in (words.search(sentence) for words in _THEIRS) if m), None)
    if ahead is None:
        return None
    owner = list(_NAMED.finditer(ahead["who"]))
    return " ".join(owner[-1].group().split()) if owner and owner[-1].end() == len(ahead["who"]) else ""


_OPENS = re.compile(rf"\W*(?:It (?:was|is) )?(?:[Tt]he\s+(?:\w+\s+)?)?(?P<who>{_NAME})")


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
    before = text[max(0, start - BEFORE) : start]
    lent = _LENT.search(_last_sentence(before))
    if lent is not None:  # words of somebody else's that are only repeated here
        return _last_name(lent.group("whose") or lent.group("whose2") or "")
    pointed = _pointed(before, after)
    if pointed is not None:
        return pointed or None
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
