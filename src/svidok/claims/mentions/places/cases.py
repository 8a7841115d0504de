"""Nominatives that an inflected Ukrainian or Russian name may have: "Харкові" may be "Харків"."""

from __future__ import annotations

from itertools import islice, product

__all__ = ["nominatives"]

_WORDS = 3  # of a name whose words are all read in their endings
_MOST = 80
_ENDINGS = (
    ("овим", ("ів",)), ("ового", ("ів", "ов")), ("овому", ("ів", "ов")), ("овым", ("ов",)),
    ("кви", ("ква", "ковь")), ("озі", ("іг",)), ("огу", ("іг", "ог")), ("ога", ("ог",)), ("оге", ("ог",)),
    ("ці", ("ка",)), ("зі", ("га",)), ("сі", ("ха",)), ("ої", ("а",)), ("ій", ("а",)), ("ую", ("ая",)),
    ("ой", ("ая",)), ("ым", ("ый", "ое")), ("им", ("ий", "е")), ("их", ("і", "ие")), ("ых", ("ые",)),
    ("ого", ("ый", "ое")), ("ому", ("ый", "ое")), ("ом", ("ый", "ое")), ("ку", ("ок",)), ("у", ("а",)),
    ("івці", ("івка",)), ("івкою", ("івка",)), ("івку", ("івка",)), ("івки", ("івка",)),
    ("єві", ("їв",)), ("єва", ("їв",)), ("єву", ("їв",)), ("євом", ("їв",)), ("їву", ("їв",)),
    ("ові", ("ів", "ово")), ("ова", ("ів", "ово")), ("овом", ("ів", "ов", "ово")), ("ове", ("ов",)),
    ("ову", ("ів", "ов")), ("ського", ("ський", "ське")), ("ському", ("ський", "ське")),
    ("ской", ("ская",)), ("ського", ("ське",)), ("ську", ("ськ",)), ("ська", ("ськ",)),
    ("ське", ("ськ",)), ("ском", ("ск",)), ("ском", ("ское",)), ("ою", ("а",)), ("ею", ("я", "а")),
    ("єю", ("я",)), ("ой", ("а",)), ("ей", ("я",)), ("ому", ("е", "ий")), ("ого", ("е", "ий")),
    ("ом", ("", "о")), ("ем", ("ь", "е")), ("ем", ("",)), ("ям", ("и",)), ("ам", ("и",)),
    ("ах", ("и",)), ("ях", ("і", "и")), ("і", ("", "а", "ь", "я", "о")), ("ї", ("я",)),
    ("и", ("а", "я", "ь")), ("ы", ("а",)), ("у", ("", "а")), ("ю", ("ь", "я", "")), ("а", ("", "о")),
    ("я", ("ь", "")), ("е", ("", "а", "ь")), ("є", ("я",)),
)  # fmt: skip


def nominatives(folded: str) -> tuple[str, ...]:
    """Spellings to try for a folded Cyrillic name that the atlas does not hold as it stands.

    >>> "харків" in nominatives("харкові"), "авдіївка" in nominatives("авдіївкою")
    (True, True)
    >>> "біла церква" in nominatives("білій церкві")
    True
    >>> nominatives("kyiv")
    ()
    """
    words = folded.split()
    if len(words) == 1:
        return _nominatives(folded, 4)
    if not 1 < len(words) <= _WORDS:
        return ()
    forms = [(*_nominatives(word, 3), word) for word in words]
    return tuple(name for name in islice(map(" ".join, product(*forms)), _MOST) if name != folded)


def _nominatives(word: str, least: int) -> tuple[str, ...]:
    """Spellings of one word of at least so many letters."""
    if len(word) < least or not ("а" <= word[0] <= "я" or word[0] in "єіїґ"):
        return ()
    out: list[str] = []
    for ending, others in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least - 2:
            stem = word[: -len(ending)]
            out += [stem + other for other in others if stem + other != word and stem + other not in out]
    return tuple(out)
