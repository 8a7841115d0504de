"""What the notation of forms can name without a class of words: digits of a day, a year, an hour."""

from __future__ import annotations

__all__ = ["ANY", "BUILT_IN", "COUNTING"]

ANY, COUNTING = "*", "&"  # any second word; one with which a number goes on
SHORT = ("#1", "#2", "#x")
BUILT_IN: dict[str, tuple[str, tuple[str, ...]]] = {
    # digits: regular expression, and the shapes of the words that it can start with
    "d": (r"(?:3[01]|[12]\d|0?[1-9])(?!\d)", SHORT),
    "dd": (r"\d\d?(?!\d)", SHORT),
    "mm": (r"\d\d?(?!\d)", SHORT),
    "dth": (r"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)|[12]?[23]d)\b", ("#x",)),
    "y": (r"(?:1\d{3}|20\d\d|21\d\d)(?!\d)", ("#4", "#x")),
    "y3": (r"[1-9]\d\d(?!\d)", ("#3", "#x")),
    "yyyy": (r"\d{4}(?!\d)", ("#4", "#x")),
    "yy": (r"\d\d(?!\d)", ("#2", "#x")),
    "yany": (r"\d{1,4}(?!\d)", ("#1", "#2", "#3", "#4", "#x")),
    "hh": (r"(?:[01]?\d|2[0-4])(?!\d)", SHORT),
    "hh2": (r"(?:[01]\d|2[0-3])(?!\d)", ("#2", "#x")),
    "min": (r"[0-5]\d(?!\d)", ("#2", "#x")),
    "sec": (r"[0-5]\d(?!\d)", ("#2", "#x")),
    "hhmm": (r"(?:[01]\d|2[0-4])[0-5]\d(?!\d)", ("#4", "#x")),
    "named_time": (r"[a-z]{3,12} (?:standard |daylight |summer )?time(?!\w)", (ANY,)),
    "hhmm0": (r"0\d[0-5]\d(?!\d)", ("#4",)),
    "dd2": (r"(?:0[1-9]|[12]\d|3[01])(?!\d)", ("#2",)),
    "offset": (r"[+-](?:0\d|1[0-4]):?[0-5]\d(?!\d)", ("#2", "#4")),
    "month_digits": (r"(?:0[1-9]|1[0-2])(?!\d)", ("#2",)),
    "iso_week": (r"w(?:0[1-9]|[1-4]\d|5[0-3])(?:-[1-7])?(?![\d-])", (ANY,)),
    "digit": (r"[1-4](?!\d)", ("#1", "#x")),
    "ydecade": (r"(?:1\d|2[01])\d0(?=['’]?s\b)", ("#4", "#x")),
    "dtg": (
        r"(?:3[01]|[12]\d|0[1-9])(?:[01]\d|2[0-4])[0-5]\d ?[a-ik-z] ?[a-z]{3} ?\d\d(?:\d\d)?\b",
        ("#5", "#x"),
    ),
    "dtg6": (r"(?:3[01]|[12]\d|0[1-9])(?:[01]\d|2[0-3])[0-5]\dz(?!\w)", ("#x",)),
    "nth_digits": (r"\d{1,4}(?:st|nd|rd|th)\b", ("#x",)),
    "ayy": (r"['’`]\d\d(?!\w)", ("'",)),
    "ayys": (r"['’`]\d0s\b", ("#x",)),
    "compact": (r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)", ("#5",)),
    "integer": (r"\d{1,4}(?!\d)", ("#1", "#2", "#3", "#4", "#x")),
}
