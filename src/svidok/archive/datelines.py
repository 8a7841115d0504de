"""The lines at the head of a report that tell when, where and by whom it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from svidok.archive.dates import Dated, find_dates, settle
from svidok.archive.vocabulary import language, page
from svidok.records import Offsets

__all__ = ["Dateline", "is_dateline", "is_name_line", "is_outlet", "opening_dateline", "read_datelines"]

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]*[^\s][^\n\r\v\f\x85\u2028\u2029]*")
_LABEL = re.compile(r"([^\W\d_][^:\n]{0,30}?)\s*:\s*(?=\S)")
_CLOCK = re.compile(
    r"(?:\bat\s+)?\b\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*(?:[A-Z]{2,4}\b|\([A-Z]{2,4}\)|[+-]\d{2}:?\d{2}|Z))?"
)
_YEAR_MARK = re.compile(r"^\s*[рг]\.")
_AGENCY = re.compile(r"\(([A-Z][\w .&/-]{1,28})\)")
# "KYIV, March 3 (Reuters) —", "NAIROBI, Kenya (AP) _", "Hanoi (VNA) –"
_THEN = r"(?:\s+(?=[^\Wa-zа-яіїєґ]|[\"“«‘'`])|\s*$)"
_DASH = r"(?:[—–―_]{1,2}|-{1,3})"
_OPENING = re.compile(
    r"(?:[^\W\d_a-z][\w.'’/-]*[,.]?\s+){1,6}?"
    r"(?:(?:[^\W\d_]{3,9}\.?\s+\d{1,2}|\d{1,2}\s+[^\W\d_]{3,9}\.?),?\s+(?:\d{4},?\s+)?)?"
    rf"\([A-Z][\w .&/-]{{1,28}}\)\s*(?:{_DASH}|:|\.){_THEN}"
)
# "KYIV, Ukraine —", "LONDON, March 3 —"
_CAPITALS = re.compile(
    r"[A-ZА-ЯІЇЄҐ][A-ZА-ЯІЇЄҐ'’/-]{2,}(?:[ ,.]+[A-ZА-ЯІЇЄҐ][\w.'’-]*){0,4}(?:,?\s+\d{1,2}(?:,?\s+\d{4})?)?,?"
    rf"\s*(?:[—–―_]|--|\s-{{1,3}}){_THEN}"
)
# "HUE, South Vietnam, Feb. 15, 1968. Marines …", "ALGIERS, Jan. 27, 1957. - Five persons …"
_DATED = re.compile(
    r"[A-ZА-ЯІЇЄҐ][A-ZА-ЯІЇЄҐ'’/-]{2,}(?:[ ,]+[A-ZА-ЯІЇЄҐ][\w'’-]*\.?){0,4}?,\s+"
    r"(?:[^\W\d_]{3,9}\.?\s+\d{1,2}|\d{1,2}\s+[^\W\d_]{3,9}\.?),?\s+\d{4}\s*"
    rf"(?:\.\s*{_DASH}?|{_DASH}){_THEN}"
)
_TOWNS = re.compile(
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?, [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
)  # "Sana'a, Faj Attan"
_NAMED_AS_PAPERS_ARE = re.compile(r"The(?: [A-Z]\w+){2,4}|[A-Z]\w+ of the(?: [A-Z]\w+){1,3}")
_NUMBER_OF_ISSUE = re.compile(r",\s+(?:issue|no\.?|nr\.?|number|volume|vol\.?)\s*\d.*$", re.IGNORECASE)
_RIM = " ,;|·—–-"
_PARTS = re.compile(r"[^,;|·()]+|\([^()]*\)")
_HEAD_LINES = 8
_HEAD_LENGTH = 3000
_LINE_LENGTH = 120
_OTHER_WORDS = 7


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the head of a report tells: the day it was published, or its readings, and by whom.

    ``span`` is where the date stands; all are None or empty when the head does not tell.
    """

    readings: tuple[str, ...] = ()
    span: Offsets | None = None
    source: str | None = None
    author: str | None = None


def is_dateline(block: str, language_code: str | None = None) -> bool:
    """Whether a short line at the head only tells when, where or by whom something was published.

    >>> is_dateline("La Marx International 27/4/22"), is_dateline("By Anna Koval")
    (True, True)
    >>> is_dateline("NAIROBI, Kenya (AP) _")
    True
    >>> is_dateline("On 24 February 2022 Russia invaded Ukraine.")
    False
    """
    line = block.strip()
    if not line or len(line) > _LINE_LENGTH or "\n" in line:
        return False
    return (
        _date_of_line(line, language_code) is not None
        or _labelled(line) is not None
        or _byline(line) is not None
        or any(pattern.fullmatch(line) for pattern in (_OPENING, _CAPITALS, _DATED))
        or _town_and_agency(line)
    )


def opening_dateline(text: str, start: int, end: int, *, first: bool = True) -> int | None:
    """Where the body begins after a dateline in the same paragraph: ``KYIV, March 3 (AP) — …``.

    Args:
        text: the whole text; start, end: the block.
        first: whether it is the first of the body, where a town in capitals is enough.

    Returns:
        The offset after the dateline; None when the block has none.

    >>> words = "HANOI (VNA) – Talks began."
    >>> words[opening_dateline(words, 0, len(words)):]
    'Talks began.'
    """
    stop = min(end, start + 100)
    match = _OPENING.match(text, start, stop)
    if match is None and first:
        match = _CAPITALS.match(text, start, stop) or _DATED.match(text, start, stop)
    if not match or match.end() >= end:
        return None
    return match.end()


def _town_and_agency(line: str) -> bool:
    """``Washington (CNN)``: names, and an agency that is known."""
    agency = _AGENCY.search(line)
    before = line[: agency.start()].split() if agency else []
    return (
        agency is not None
        and agency.end() == len(line)
        and agency.group(1) in page().agencies
        and 1 <= len(before) <= 6
        and all(word[0].isupper() for word in before)
    )


def _byline(line: str) -> str | None:
    """The author in ``By Anna Koval`` or ``By Anna Koval, 4 March 2022``."""
    first, _, rest = line.partition(" ")
    dated = next(find_dates(rest), None)
    names = (rest[: dated.start] if dated else rest).strip(_RIM)
    if first.casefold().rstrip(":") not in page().bylines or not 1 < len(names.split()) <= 9:
        return None
    plain = all(
        word[0].isupper() or word.casefold() in page().name_words for word in re.findall(r"\w+", names)
    )
    return names if plain and not names.endswith((".", "!", "?")) and not re.search(r"\d", names) else None


def _labelled(line: str) -> tuple[str, str] | None:
    """``Source: Suspilne`` as ("source", "Suspilne"); ``Published: today`` as ("published", "today")."""
    match = _LABEL.match(line)
    if not match:
        return None
    label, value = match.group(1).casefold(), line[match.end() :].strip()
    for kind, labels in (
        ("published", page().published),
        ("source", page().source),
        ("author", page().bylines),
    ):
        if label in labels:
            return kind, value
    return None


def _date_of_line(line: str, language_code: str | None) -> tuple[Dated, str] | None:
    """The one date of a line that holds little else, and the other words before it."""
    line = _without_stop(line, language_code)
    if line.endswith(("!", "?")) or (line.endswith(".") and not line.endswith((" р.", " г.", ".m."))):
        return None
    line = _without_occasions(line)
    dates = list(find_dates(line, language_code=language_code))
    if len(dates) != 1:
        return None
    dated = dates[0]
    before, after = line[: dated.start], _CLOCK.sub(" ", _YEAR_MARK.sub("", line[dated.end :]))
    label = _labelled(line)
    rest = before[_LABEL.match(before).end() :] if label and _LABEL.match(before) else before  # type: ignore[union-attr]
    words = language(language_code)
    others = _without_byline(
        [
            w
            for w in re.findall(r"[^\W\d_][\w'’-]*", _CLOCK.sub(" ", f"{_without_label(rest)} {after}"))
            if w.casefold() not in words.weekdays
        ]
    )
    small = sum(word[0].islower() for word in others)
    closing = (
        before.rstrip().endswith(",") and not after.strip()
    )  # "Letter by M. Vos for the Post, 3 May 2025"
    of_issue = any(re.search(rf"\b{word}\s+of\s*$", before, re.IGNORECASE) for word in page().issues)
    labelled = _without_label(rest) != rest.strip(_RIM)
    if len(others) > _OTHER_WORDS + 3 * closing:
        return None
    if small > 1 + (len(others) > 3) + 2 * (closing or of_issue or labelled):
        return None
    name = _CLOCK.sub(" ", rest).strip(_RIM)
    while name and name.split()[-1].casefold() in words.weekdays:
        name = name[: len(name) - len(name.split()[-1])].strip(_RIM)
    return dated, "" if of_issue else _without_label(name)


def _without_stop(line: str, language_code: str | None) -> str:
    """``Hue, 15 February 1968`` of ``Hue, 15 February 1968.``: names and a date are no sentence."""
    bare = line.rstrip(" .")
    if bare == line or any(word[0].islower() for word in re.findall(r"[^\W\d_][\w'’-]*", bare)):
        return line
    ends = (dated.end for dated in find_dates(bare, language_code=language_code))
    return bare if len(bare) in ends else line


def _without_occasions(line: str) -> str:
    """A line with blanks for what dates the matter and not the report.

    ``River Archive, recorded in Izium on 21 May 2022, published 3 June 2022``; ``(data as of 10 July)``.
    """
    plain = line
    for part in _PARTS.finditer(line):
        said = part[0].strip(" (").casefold()
        if any(said.startswith(words) for words in page().occasions):
            plain = plain[: part.start()] + " " * len(part[0]) + plain[part.end() :]
    return re.sub(r"[(,;]\s+(?=[),;]|$)", lambda match: " " * len(match[0]), plain)


def _without_label(name: str) -> str:
    """``River Mission`` of ``River Mission, issued on``, ``River Archive, recorded in Izium on``."""
    for known in sorted(page().published | page().occasions, key=len, reverse=True):
        label = rf"[,;|·–—(-]\s*{re.escape(known)}(?:\s+\w+){{0,4}}\s*$"
        if match := re.search(label, name, re.IGNORECASE):
            return name[: match.start()].strip(_RIM)
    return name


def _without_byline(words: list[str]) -> list[str]:
    """The words before "by our correspondent in Grozny"."""
    for place, word in enumerate(words):
        behind = words[place + 1 :]
        roles = {one.casefold() for one in behind} & page().byline_words
        if word.casefold() in page().bylines and roles:
            plain = all(one[0].isupper() or one.casefold() in page().byline_words for one in behind)
            return words[:place] if plain else words
    return words


def _head(text: str) -> Iterator[tuple[int, str]]:
    """The first lines that hold words, with their offsets."""
    for number, match in enumerate(_LINE.finditer(text, 0, _HEAD_LENGTH)):
        if number == _HEAD_LINES:
            return
        line = match.group()
        yield match.start() + len(line) - len(line.lstrip()), line.strip()


def read_datelines(text: str, *, language_code: str | None = None) -> Dateline:
    """Read when and by whom a report was published from the lines at its head.

    Args:
        text: the whole text; only its first lines are looked at.
        language_code: decides whether ``3/4/22`` is clear (see :func:`find_dates`).

    Returns:
        What the head tells. A source is taken from before the date only when no comma parts them
        ("Kyiv, 3 March 2022" names a town), from a label, or from an agency in brackets.

    >>> read_datelines("Victory!\\n\\nLa Marx International 27/4/22\\n\\nThe battle ended.")
    Dateline(readings=('2022-04-27',), span=(32, 39), source='La Marx International', author=None)
    """
    readings: tuple[str, ...] = ()
    span: Offsets | None = None
    source = author = None
    above: tuple[int, str] | None = None
    recorded: tuple[int, str] | None = None
    for offset, line in _head(text):
        stop = offset + len(line)
        opening = opening_dateline(text, offset, stop)
        if opening or len(line) > _LINE_LENGTH:
            place = text[offset : opening or offset].strip()
        elif is_dateline(line, language_code):
            place = line
        else:
            above = offset, line
            if recorded is None and line != (plain := _without_occasions(line)) and line[-1] not in ".!?":
                recorded = (offset, line) if not any(find_dates(plain)) else None
            continue
        if not place:
            continue
        if source is None and above and _stands_over(text, above, offset, line, language_code):
            source = above[1]
        plain = _without_occasions(place)
        dated = list(find_dates(plain, language_code=language_code))
        if len(dated) == 1 and not readings:
            written = place[dated[0].start : dated[0].end]
            readings = settle(written, dated[0].readings, text, text[:offset])
            span = offset + dated[0].start, offset + dated[0].end
        source = source or _source_of(place, language_code)
        author = author or _byline(line)
    if recorded and not readings:  # a testimony that tells only the day it was taken
        offset, line = recorded
        for told in find_dates(line, language_code=language_code):
            readings = settle(line[told.start : told.end], told.readings, text, text[:offset])
            span = offset + told.start, offset + told.end
    return Dateline(readings, span, source, author)


def _stands_over(
    text: str, above: tuple[int, str], offset: int, line: str, language_code: str | None
) -> bool:
    """Whether the line above a bare date, with no blank line between, names who published: ``Kyiv Day``."""
    start, name = above
    found = _date_of_line(line, language_code)
    return (
        found is not None
        and not found[1]
        and (text[:start].strip() != "" or is_outlet(name))
        and len(re.findall(r"\r\n|[\n\r]", text[start + len(name) : offset])) == 1
        and is_name_line(name)
    )


def is_name_line(line: str) -> bool:
    """Whether a line is a short name and nothing else.

    >>> is_name_line("Kyiv Region Day"), is_name_line("What we found"), is_name_line("It ended.")
    (True, False, False)
    """
    words = line.split()
    return 1 <= len(words) <= 6 and all(word[0].isupper() for word in words) and line[-1].isalnum()


def _source_of(line: str, language_code: str | None) -> str | None:
    label = _labelled(line)
    if label:
        if label[0] != "source":
            return None
        value = label[1]
        for dated in find_dates(value, language_code=language_code):
            value = value[: dated.start]
        return value.strip(_RIM) or None
    agency = _AGENCY.search(line)
    if agency:
        return agency.group(1)
    found = _date_of_line(line, language_code)
    if not found:
        return None
    name = found[1]
    for known in sorted(page().published, key=len, reverse=True):
        if re.match(rf"{re.escape(known)}\b(?:\s+on\b)?", name, re.IGNORECASE):
            name = name[len(known) :].strip(_RIM).removeprefix("on ").strip(_RIM)
            break
    name = _NUMBER_OF_ISSUE.sub("", name)
    first = name.split()[0].casefold() if name else ""
    handle = re.fullmatch(r"@\w{2,}", name)
    if not name or name == "on" or not (handle or name[0].isupper()) or first in page().bylines:
        return None
    name = name.rstrip(".")
    if re.search(r"\d|\s(?:and|of|to)$", name):  # "Notices of 10 to 12 August"
        return None
    towns = _TOWNS.fullmatch(name) or _ends_in_comma(line[: found[0].start], language_code)
    return name if not towns or is_outlet(name) else None


def _ends_in_comma(before: str, language_code: str | None) -> bool:
    """Whether a comma parts a name from its date or the weekday of it: "Nicosia, Thursday 15 August 1974"."""
    words = before.split()
    last = len(words)
    while last and words[last - 1].casefold().strip(",.") in language(language_code).weekdays:
        last -= 1
    return any(word.endswith(",") for word in words[max(0, last - 1) :])


def is_outlet(name: str) -> bool:
    """Whether a short line is certainly the name of an outlet or office: ``River Villages News``.

    >>> is_outlet("Northern Information Service"), is_outlet("Bila Tserkva"), is_outlet("News came late.")
    (True, False, False)
    >>> is_outlet("The Morning Packet"), is_outlet("Voices of the South"), is_outlet("The Hague")
    (True, True, False)
    """
    words = name.split()
    if name in page().agencies or _NAMED_AS_PAPERS_ARE.fullmatch(name):
        return True
    small = sum(word[0].islower() for word in words)
    told = any(word.casefold().strip(",") in page().outlet_words for word in words)
    return 2 <= len(words) <= 8 and small <= 2 and told and name[-1].isalnum()
