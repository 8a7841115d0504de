"""Nominatives that an inflected Ukrainian or Russian name may have: "Харкові" may be "Харків"."""

from __future__ import annotations

__all__ = ["nominatives"]

_ENDINGS = (
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
    """Spellings to try for a folded Cyrillic word that the atlas does not hold as it stands.

    >>> "харків" in nominatives("харкові"), "авдіївка" in nominatives("авдіївкою")
    (True, True)
    >>> nominatives("kyiv")
    ()
    """
    if len(folded) < 4 or (not ("а" <= folded[0] <= "я" or folded[0] in "єіїґ")):
        return ()
    out: list[str] = []
    for ending, others in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= 2:
            stem = folded[: -len(ending)]
            out += [stem + other for other in others if stem + other != folded and stem + other not in out]
    return tuple(out)
