"""Where a text stands in time while it is read: the day of writing, the day of the story."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from svidok.claims.mentions.times.counting import on_day
from svidok.claims.mentions.times.language import Language
from svidok.claims.mentions.times.moment import Moment
from svidok.errors import InputError

__all__ = ["LOOKS_AHEAD", "Story", "day_of", "looks_back", "month_of", "tense"]

FORWARD, BACK, EARLIER, RECENT, MEMORY, BARE, YEARLY = (
    1.0,
    0.8,
    9.0,
    1.0,
    5,
    1.5,
    4.0,
)  # costs, in months, of a story's turns; ``BARE`` is that of a year told alone and last
PASSING = 3  # years beyond which a bare year is told in passing
UNLIKELY = 24.0  # months that a look back costs where it would lead ahead
LONG_PAST = 12  # years before the writing from which one day told makes a story of its own time
LATELY = 60  # days before the writing within which a day without a year is of its own time
LATE = "18"  # the hour from which a day runs into the next
TOLD = re.compile(r",?\s(?:[a-z]{2,12}ly\s)?(?:[a-z]{2,14}ed|said|told|was|were|had)\b")  # a verb just behind
LOOKS_AHEAD = frozenset({"future", "loose"})
AHEAD, OPENING = 25, 150  # characters within which a cue of the future may follow; of what opens a sentence
STOP = re.compile("[,;:]")
WORDS = re.compile(r"\w+")
SENTENCE_END = re.compile(r"[.!?]['’\")\]]*\s+(?=[^\W\d_a-zа-яіїєґ]|[\"'“«(])|\n")


def day_of(published: str | None) -> Moment | None:
    """The day of an ISO date string (hours after it are left out).

    Raises:
        InputError: it is no day of the calendar.

    >>> day_of("2022-04-27").value
    '2022-04-27'
    """
    if not published:
        return None
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)(?!\d)", published)
    moment = Moment(int(found[1]), "day", int(found[2]), int(found[3])) if found else None
    if moment is None or not moment.possible:
        raise InputError(
            f"the day of publication {published!r} is no day of the calendar",
            where="times",
            remedy="give it as 2022-04-27, or leave it out",
        )
    return moment


@dataclass(slots=True)
class Story:
    """The state that a reader carries along: ``written`` (when known) and ``last`` told moment.

    ``narrative`` tells that partial dates belong to the story, not to the day of writing.
    """

    written: Moment | None
    narrative: bool
    last: Moment | None = None
    quarter: Moment | None = None  # the last quarter told, which "a year earlier" compares with
    recent: list[Moment] = field(default_factory=list)  # the last few moments told
    scene: Moment | None = None  # the last moment told in this paragraph
    hour: Moment | None = None  # the last hour told in it, which "ten minutes later" counts from
    entry: Moment | None = None  # the day of a diary's entry, which "today" is in it
    left: tuple[Moment, list[Moment]] | None = None  # where the story stood before a look far back
    aside: tuple[Moment, list[Moment], Moment | None] | None = None  # and before a sentence's look back
    named: Moment | None = None  # the last moment told, in passing too: "that month"
    limit: Moment | None = None  # the imprint of a text whose day of writing is unknown
    dateline: bool = False  # ``written`` is the day at the head of the report, before that of its issue
    headed: bool = False  # nothing is told yet but in the head of the text
    late: bool = False  # the evening or a night is told last: "four in the morning" is of the day after

    @property
    def of_writing(self) -> str:
        """What the day of writing is known by, as an anchor names it."""
        return "dateline" if self.dateline else "published"

    @property
    def base(self) -> Moment | None:
        """What "two days later" counts from."""
        return self.last or self.written

    @property
    def reference(self) -> Moment | None:
        """What "last year" and "yesterday" count from: where the story stood before a look far back."""
        if self.narrative:
            return (self.left[0] if self.left is not None else self.last) or self.written
        return self.written or self.last

    def turn(self) -> None:
        """Begin a new paragraph: the scene ends, and so does a look far back."""
        self.resume()
        self.scene = self.hour = None
        self.late = False
        if self.left is not None:
            self.last, self.recent = self.left
            self.left = None

    def digress(self, moment: Moment) -> None:
        """Look back for a sentence: what "two days later" counts from in it, and not behind it."""
        if self.last is not None and moment.known:
            if self.aside is None:
                self.aside = self.last, list(self.recent), self.scene
            self.last = self.scene = self.named = replace(moment, part=None, clock=None, zone=None)
            self.recent = [*self.recent[1 - MEMORY :], self.last]

    def resume(self) -> None:
        """Go on where the story stood before it looked back."""
        if self.aside is not None:
            self.last, self.recent, self.scene = self.aside
            self.aside = None

    def behind(self, moment: Moment) -> bool:
        """Whether a moment lies wholly before the one where the story stands."""
        here = self.last.days if self.last is not None else None
        return here is not None and moment.days is not None and moment.days[1] < here[0]

    def far(self, moment: Moment) -> bool:
        """Whether a year alone lies far from the day or month where the story stands."""
        last = self.last
        return (
            moment.grain == "year"
            and last is not None
            and last.month is not None
            and abs((moment.year or 0) - (last.year or 0)) > PASSING
        )

    def tell(self, moment: Moment, *, given: bool = True, ends: bool = False, inside: bool = False) -> None:
        """Go on to a moment of the story; ``given`` tells that the text gives its year.

        A bare year far back ("in 1988") leads the story away for its paragraph only. What is told to
        last until a moment (``ends``) may be gone on from or gone back from, and so may a year that is
        told ``inside`` its sentence ("it was mended in 2005").
        """
        if moment.known:
            if self.left is None and self.last is not None and self.far(moment):
                back = (moment.year or 0) < (self.last.year or 0)
                self.left = (self.last, list(self.recent)) if back else None
            elif given and moment.month is not None:
                self.left = None
            self.last = self.scene = self.named = replace(moment, part=None, clock=None, zone=None)
            self.hour = moment if moment.clock is not None and moment.grain == "day" else None
            back = bool(self.recent) and (ends or (self.last.year or 0) <= (self.recent[-1].year or 0))
            self.late = False
            back = back or (inside and self.last.month is None)
            kept = self.recent[1 - MEMORY :] if MEMORY > 1 and back and not self.headed else []
            self.recent = [*kept, self.last]

    def year_for(
        self, month: int | None, day: int | None, when: str, *, background: bool = False
    ) -> int | None:
        """The year of a date that the text gives without one; ``background`` lies behind the story."""
        if not self.narrative and self.written is not None:
            near = self._year_near(self.written, month, day, "background" if background else when)
            if when == "future" or not (
                self._elsewhere(self.written, near, month, day)
                or (when == "past" and self._of_later(self.written, near, month, day))
            ):
                return near
        elif self.last is None or self.last.year is None:
            return self._year_near(self.written, month, day, when) if self.written is not None else None
        return self._year_told(month, background=background, limited=when != "future")

    def _elsewhere(self, written: Moment, year: int | None, month: int | None, day: int | None) -> bool:
        """Whether the story is told by days of another year, and no day shortly before the writing fits.

        One day is enough where it lies long before the writing.
        """
        told = self.recent[-2:]
        if not told or any(m.grain != "day" or m.year != told[0].year for m in told):
            return False
        if len(told) < 2 and (written.year or 0) - (told[0].year or 0) < LONG_PAST:
            return False
        near = Moment(year, "day", month, day or 1).days
        if told[0].year == written.year or near is None or written.days is None:
            return False
        return not 0 <= written.days[0] - near[0] <= LATELY

    def _of_later(self, written: Moment, year: int | None, month: int | None, day: int | None) -> bool:
        """Whether a day would lie behind the writing, where the story is told of years before."""
        near = Moment(year, "day", month, day or 1).days
        here = self.last.year if self.last is not None else None
        if here is None or near is None or written.days is None or written.year is None:
            return False
        return near[0] > written.days[0] and here < written.year

    def _year_told(self, month: int | None, *, background: bool, limited: bool) -> int | None:
        """The year that continues the story best: a little back is nearer than far ahead."""
        limit = self.limit if limited else None
        best: tuple[float, int] | None = None
        for place, told in enumerate(reversed(self.recent)):
            assert told.year is not None
            here = month_of(told)
            if month is None or here is None:
                options = {told.year: BARE if told.month is None and place == 0 else YEARLY}
            else:
                gaps = {
                    year: (year - told.year) * 12 + month - here
                    for year in range(told.year - 1, told.year + 2)
                }
                earlier, ahead = (0.0, UNLIKELY) if background else (EARLIER, 0.0)
                options = {
                    year: (gap * FORWARD + (ahead if gap else 0) if gap >= 0 else -gap * BACK)
                    + (earlier if year < told.year else 0)
                    for year, gap in gaps.items()
                }
            if month is not None and limit is not None and limit.year is not None:
                last = limit.year * 12 + (limit.month or 12)
                options = {y: cost + max(0, y * 12 + month - last) for y, cost in options.items()}
            for year, cost in options.items():
                cost += place * RECENT
                if best is None or cost < best[0]:
                    best = cost, year
        return best[1] if best is not None else None

    def year_after(self, month: int | None, day: int | None) -> int | None:
        """The year of the second end of a range: not before the first."""
        last = self.last
        if last is None or last.year is None or last.month is None or month is None:
            return None
        if (month, day or 31) >= (last.month, last.day or 1):
            return last.year
        return last.year + 1

    @staticmethod
    def _year_near(written: Moment, month: int | None, day: int | None, when: str) -> int | None:
        year = written.year
        if year is None or month is None or written.number is None or written.day is None:
            return year
        here, there = (written.number, written.day), (month, day if day is not None else written.day)
        ahead = (month - written.number) % 12
        if there >= here:
            far = {"past": 3, "future": 11, "background": 1}.get(when, 5)  # "by November" tells little of it
            return year - 1 if ahead >= far else year
        return year + 1 if when in LOOKS_AHEAD and 0 < ahead <= 6 else year

    def weekday(self, weekday: int, when: str, *, background: bool = False) -> Moment | None:
        """The day of a week's day: at or before the day of writing, at or behind the day of the story.

        ``background`` lies before the story.
        """
        base = self.written if self.written is not None and not self.narrative else self.scene
        if when == "follows":
            base = self.last
        days = base.days if base is not None and base.grain == "day" else None
        if days is None:
            return None
        if when == "follows":
            return on_day(days[0] + (weekday - days[0]) % 7)
        back = (days[0] - weekday) % 7
        goes_on = self.narrative and not background
        if when in LOOKS_AHEAD or goes_on:
            return on_day(days[0] + (7 - back if back else 0))
        return on_day(days[0] - back)


def month_of(moment: Moment) -> int | None:
    """The month of a moment; that in which a week begins."""
    days = moment.days if moment.grain in ("week", "weekend") else None
    return moment.month if days is None else on_day(days[0]).month


def _last_word(lower: str, at: int) -> str:
    words = lower[max(0, at - 12) : at].split()
    return words[-1] if words else ""


def looks_back(text: str, lower: str, start: int, end: int, language: Language) -> bool:
    """Whether what is told of a date lies behind the story: "had been lost on 4 October".

    The verb just before it decides, else that of the clause hung on it ("25 March, when the army had
    shot"). "By June they had taken" goes on, and tells no look back.

    >>> from svidok.claims.mentions.times.language import load_language
    >>> words = "Enugu had been lost on 4 October."
    >>> looks_back(words, words.lower(), 23, 32, load_language("en"))
    True
    """
    had, past = language.cue_patterns.get("pluperfect"), language.cue_patterns.get("past")
    if had is None or past is None or _last_word(lower, start) in language.words("by_then"):
        return False
    left, right = max(0, start - 160), min(len(text), end + 90)
    if had.search(lower, left, right) is None:
        return False
    for mark in SENTENCE_END.finditer(text, left, start + 1):
        left = mark.end()
    near = start - len(_last_word(lower, start)) - 1  # "since" before the date is no verb
    ends = (_participle(lower, verb.end(), language) for verb in had.finditer(lower, left, start))
    verbs = [at for at in ends if at]
    if verbs:
        return not past.search(lower, verbs[-1], near) and not STOP.search(lower, verbs[-1], start)
    if past.search(lower, left, start):
        return False
    hung = language.cue_patterns.get("hung")
    gap = lower[end : end + 2]
    behind = hung.match(lower, end + len(gap) - len(gap.lstrip(", "))) if hung is not None else None
    if behind is None:
        return False
    stop = SENTENCE_END.search(text, end, right)
    verb = had.search(lower, behind.end(), stop.start() if stop else right)
    return verb is not None and past.search(lower, behind.end(), verb.start()) is None


def _participle(lower: str, at: int, language: Language) -> int:
    """Where the participle behind "had" ends; 0 where "had" is a verb by itself: had a flag, had to go."""
    for word in WORDS.finditer(lower, at, at + 60):
        if word[0] in language.cues.get("had_what", frozenset()) or word[0][0].isdigit():
            return 0
        if word[0] not in language.cues.get("had_how", frozenset()):
            return word.end()
    return 0


def tense(text: str, lower: str, start: int, end: int, language: Language, *, strict: bool = False) -> str:
    """Whether the sentence around an expression looks back or ahead, by its cue words.

    Returns "future" or "past" by the last cue before it, else the first after; "" where there is none.
    ``strict`` asks for a plain cue of the future ("will"); without it "by" and "until" tell "loose".
    """
    left = max(0, start - 200)
    right = min(len(text), end + 120)
    for mark in SENTENCE_END.finditer(text, left, start + 1):
        left = mark.end()
    found = SENTENCE_END.search(text, end, right)
    right = found.start() if found else right
    if strict and TOLD.match(lower, end):
        return "past"
    before, after = ("", -1), ("", right)
    ahead = OPENING if strict and start - left <= 4 else AHEAD
    for name in ("future", "past") if strict else ("future", "future_loose", "past"):
        cues = language.cue_patterns.get(name)
        if cues is None:
            continue
        for match in cues.finditer(lower, left, right):
            if name == "past" and _last_word(lower, match.start()) in language.cues.get("auxiliary", ()):
                continue  # "will be held" does not look back
            if match.end() <= start and match.end() > before[1]:
                before = name.removeprefix("future_"), match.end()
            elif end <= match.start() < min(after[1], end + (ahead if name.startswith("f") else 200)):
                after = name.removeprefix("future_"), match.start()
    return before[0] or after[0]
