"""Ukrainian names in Latin letters, in the spellings that reports use.

The Ukrainian national system (Cabinet of Ministers, resolution 55 of 2010) gives the main name;
BGN/PCGN 1965, habits over Russian, and west European ones give variants.
"""

from __future__ import annotations

import re

__all__ = ["in_russian_letters", "national", "same_sounds", "skeleton", "variants"]

_BASE = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "y",
    "і": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ы": "y", "э": "e", "ъ": "", "ё": "yo",
    "'": "", "’": "", "ʼ": "", "`": "",
}  # fmt: skip
_NATIONAL = _BASE | {"є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia"}
_NATIONAL_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_BGN = _BASE | {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_RUSSIAN = _BASE | {"г": "g", "и": "i", "є": "e", "ї": "i", "й": "y", "ю": "yu", "я": "ya"}
_WEST = _BASE | {"є": "je", "ї": "ji", "й": "j", "ю": "ju", "я": "ja", "в": "w"}
_RUSSIAN_ENDINGS = (
    ("ivka", "ovka"), ("yivka", "evka"), ("iyivka", "ievka"), ("ove", "ovo"), ("eve", "evo"), ("ne", "noe"),
    ("iv", "ov"), ("ivske", "ovskoe"), ("ivtsi", "ovtsy"), ("yne", "ino"), ("ske", "skoe"),
    ("ka", "ka"), ("tsi", "tsy"),
    ("ohrad", "ograd"), ("hirsk", "gorsk"), ("pil", "pol"), ("sil", "sol"),
)  # fmt: skip


_RUSSIAN_HEADS = (("Oleks", "Aleks"), ("Mikola", "Nikola"), ("Katerin", "Ekaterin"))
_NEUTER = re.compile(r"(i?)(zh|ch|sh|[lntdsz])\2[iy]a$")
"""A neuter ending ("Vysokopillia") that is "-ye" in Russian ("Vysokopolye")."""


_SKELETON = (
    (re.compile("[^a-z]"), ""), (re.compile("shch|sch|sh"), "s"), (re.compile("tch|cz|ch"), "c"),
    (re.compile("zh"), "z"),
    (re.compile("kh|gh|g"), "h"), (re.compile("ts|tz"), "c"), (re.compile("w|f"), "v"),
    (re.compile("[yij]+(?=[aou])"), ""),
    (re.compile("[yij]+e|e"), "e"), (re.compile("[yij]+"), "i"),
    (re.compile("(?:i|o|e)(v(?:ka|ske|skoe|c|ci|e|o)?)$"), r"\1"),
    (re.compile("(?:oe|e|o)$"), ""), (re.compile(r"(.)\1+"), r"\1"), (re.compile("q|ck"), "k"),
    (re.compile("x"), "h"),
)  # fmt: skip


_SOUNDS = (
    (re.compile("[^a-z]"), ""), (re.compile("shch|sch"), "q"), (re.compile("kh"), "x"),
    (re.compile("w"), "v"), (re.compile("[yij]+(?=[aou])"), ""), (re.compile("[yij]+e"), "e"),
    (re.compile("[yij]+"), "i"), (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip


def same_sounds(one: str, two: str) -> bool:
    """Whether two Latin spellings write the same Ukrainian letters in different systems.

    >>> same_sounds("Kam'yanka", "Kamianka"), same_sounds("Novoselovka", "Novoselivka")
    (True, False)
    """
    heard = _reduce(one, _SOUNDS)
    return heard != "" and heard == _reduce(two, _SOUNDS)


def _reduce(latin: str, steps: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    out = latin.lower()
    for pattern, plain in steps:
        out = pattern.sub(plain, out)
    return out


def skeleton(latin: str) -> str:
    """What is left of a Ukrainian name in Latin letters when the habits of transliteration go.

    >>> skeleton("Hulyaipole") == skeleton("Huliaipole"), skeleton("Novoselovka") == skeleton("Novoselivka")
    (True, True)
    """
    return _reduce(latin, _SKELETON)


def _write(name: str, table: dict[str, str], initial: dict[str, str] | None = None) -> str:
    out: list[str] = []
    start = True
    lowered = name.lower()
    for position, letter in enumerate(lowered):
        if letter == "з" and lowered[position + 1 : position + 2] == "г" and table["г"] == "h":
            latin = "z"
            out.append(latin.upper() if name[position].isupper() else latin)
            start = False
            continue
        if letter == "г" and position and lowered[position - 1] == "з" and table["г"] == "h":
            out.append("gh")
            continue
        latin = initial[letter] if start and initial and letter in initial else table.get(letter, letter)
        out.append(latin.capitalize() if name[position].isupper() else latin)
        start = not (letter.isalpha() or letter in "'’ʼ`")
    return "".join(out)


def national(name: str) -> str:
    """Write a Ukrainian name in the national system of 2010.

    >>> national("Лукашівка"), national("Згурівка"), national("Ягідне")
    ('Lukashivka', 'Zghurivka', 'Yahidne')
    """
    return _write(name, _NATIONAL, _NATIONAL_INITIAL)


def in_russian_letters(name: str) -> str:
    """Write a Russian name, or a Ukrainian one as if it were Russian, in Latin letters.

    >>> in_russian_letters("Гостомель"), in_russian_letters("Вторая")
    ('Gostomel', 'Vtoraya')
    """
    return _write(name, _RUSSIAN)


def variants(name: str) -> tuple[str, ...]:
    """Other Latin spellings of a Ukrainian name that reports use, without the national one.

    >>> "Sofiyivka" in variants("Софіївка") and "Gostomel" in variants("Гостомель")
    True
    """
    main = national(name)
    bgn = _write(name, _BGN)
    found = [bgn, in_russian_letters(name), _write(name, _WEST)]
    russian = found[1]
    for head, other in _RUSSIAN_HEADS:
        if russian.startswith(head):
            russian = other + russian[len(head) :]
            found.append(russian)
    for ending, other in _RUSSIAN_ENDINGS:
        if russian.endswith(ending):
            found.append(russian[: -len(ending)] + other)
        if main.endswith(ending):
            found.append(main[: -len(ending)] + other)
    for written in (main, russian):
        if (neuter := _NEUTER.search(written)) is not None:
            head = written[: neuter.start()]
            vowels = ("o", "e", "i") if neuter.group(1) else ("",)
            found += [f"{head}{v}{neuter.group(2)}{end}" for v in vowels for end in ("ye", "ie")]
    found += [spelling.replace("osel", "osyol") for spelling in found if "osel" in spelling]
    if bgn.endswith("yi"):
        found += [bgn[:-1], bgn[:-2] + "y", bgn[:-2] + "yy"]
    out: list[str] = []
    for spelling in found:
        if spelling != main and spelling not in out:
            out.append(spelling)
    return tuple(out)
