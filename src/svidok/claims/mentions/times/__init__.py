"""Times: every date, interval and "two days later", as exact as the text and no more.

Usable alone, without a parser: ``find_times`` reads a text and gives its expressions of time with
TIMEX3 type, value and modifier, inclusive bounds, and EDTF. What a language knows of time is
data (``svidok/atlas/data/times/<language>``).
"""

from svidok.claims.mentions.times.find import find_times
from svidok.claims.mentions.times.language import languages

__all__ = ["find_times", "languages"]
