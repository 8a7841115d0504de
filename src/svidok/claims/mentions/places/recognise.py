"""Which capitalised words are places: names of the atlas and facilities, judged by their context.

A run of capitalised words is cut into pieces (longest names of the atlas first). Every stretch that
may be a place gets binary features of its own and of its neighbours; their weights are summed
(``data/places/recognition.toml``, fitted by ``benchmarks/fit_recognition.py``) to the log odds that it is
one. People and bodies that carry a place's name are remembered for the rest of the document.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.entry import KINDS
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.words import PlaceWords, load_place_words
from svidok.claims.mentions.places.candidates import candidates_for, is_plain
from svidok.claims.mentions.places.cases import nominatives
from svidok.claims.mentions.places.features import Surroundings
from svidok.claims.mentions.places.mention import Mention
from svidok.claims.mentions.places.misspelt import Speller
from svidok.claims.mentions.places.runs import Run, Word, find_runs, words_of

__all__ = ["Draft", "Piece", "Recogniser"]

Numbers = tuple[tuple[int, int], ...]
_LONGEST = 7
_HOPELESS = -3.5  # no word elsewhere in a document lifts a stretch from here
LEAST = -0.25
"""Log odds from which a stretch counts as a place: a little below even, as later stages can drop it."""
_ENGLISH = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
_ORDER = ("country", "region", "million", "city", "town", "area", "small", "hamlet", "village")
_REGION_WORD = re.compile(
    r"[ \u00a0](region|oblast|province|district|county|raion|governorate|prefecture|parish|hromada)\b"
)
_LIST = re.compile(r"[,.]?\s(?:and|or|&)\s|,?\s|[/;]\s?")
_SMALL = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a run: a name of the atlas, or one other word."""

    first: int
    last: int
    start: int
    end: int
    folded: str
    numbers: Numbers
    link: bool


@dataclass(slots=True)
class Draft:
    """A mention with what speaks for and against it; ``country`` is that of the list it stands in."""

    mention: Mention
    names: list[str]
    person: bool = False
    base: float = -9.0
    counted: int = 0
    country: str | None = None


def size_class(kind: str, feature: str, population: int) -> str:
    """How great a place is, in words: country, region, million, city, town, small, hamlet, village, area.

    >>> size_class("settlement", "PPL", 1_400_000), size_class("settlement", "PPL", 0)
    ('million', 'village')
    """
    if kind == "country" or feature == "CONT":
        return "country"
    if kind == "region":
        return "region" if population > 200_000 and feature == "ADM1" else "area"
    if kind != "settlement":
        return "area"
    for least, name in (
        (700_000, "million"),
        (100_000, "city"),
        (15_000, "town"),
        (2_000, "small"),
        (1, "hamlet"),
    ):
        if population >= least:
            return name
    return "village"


LEAST_AT_HOME = -0.9
"""Log odds from which a town of a country that the text names is taken for that town."""

LEAST_HINT = 0.3
"""How much a great city's or region's name says of where a text is at home when it names a body."""

_AT_HOME = frozenset({"home:town", "home:city", "home:million"})
_DOUBTFUL = (
    "given",
    "common",
    "left:place",
    "left:capital",
    "left-refused",
    "right:place",
    "right:bodies",
    "person",
)


def _is_at_home(draft: Draft) -> bool:
    """Whether a name is that of a town in a country that the text names, and no common word or person's."""
    names = draft.names
    return (
        not draft.person
        and any(name in _AT_HOME for name in names)
        and not any(name.startswith(_DOUBTFUL) for name in names)
    )


class Recogniser:
    """Finds the mentions of places in texts; keeps what it learnt of names, never of documents."""

    def __init__(self, gazetteer: Gazetteer, weights: dict[str, float], first: dict[str, float]) -> None:
        self.gazetteer = gazetteer
        self.words: PlaceWords = load_place_words()
        self.weights = weights
        self.first = first
        self._numbers: dict[str, Numbers] = {}
        self._runs: dict[str, tuple[tuple[Word, ...], tuple[Piece, ...]]] = {}
        self._class: dict[str, tuple[str, ...]] = {}
        self._homes: dict[str, dict[str, str]] = {}
        self._sizes: dict[int, str] = {}
        self._run_peoples: dict[str, tuple[str, ...]] = {}
        self._small_names: dict[str, bool] = {}
        self._not_small: set[str] = set()
        self._around = Surroundings(self.words)
        self._speller = Speller(gazetteer)

    def lookup(self, folded: str) -> Numbers:
        """Gazetteer numbers of a folded name, remembered."""
        found = self._numbers.get(folded)
        if found is None:
            if len(self._numbers) > 300_000:
                self._numbers.clear()
            found = self._numbers[folded] = self._find(folded)
        return found

    def _find(self, folded: str) -> Numbers:
        """Postings of a name, or of its nominative when it is inflected Cyrillic."""
        found = tuple(self.gazetteer.postings(folded)) if folded else ()
        if not found and folded and not folded.isascii() and " " not in folded:
            for nominative in nominatives(folded):
                found = tuple((number, max(how, 1)) for number, how in self.gazetteer.postings(nominative))
                if found:
                    return found
        return found

    def pieces(self, run: str) -> tuple[tuple[Word, ...], tuple[Piece, ...]]:
        """Cut a run into names of the atlas (longest first) and other words."""
        found = self._runs.get(run)
        if found is None:
            if len(self._runs) > 200_000:
                self._runs.clear()
            found = self._runs[run] = self._cut(run)
        return found

    def _cut(self, run: str) -> tuple[tuple[Word, ...], tuple[Piece, ...]]:
        words = words_of(run)
        out: list[Piece] = []
        at = 0
        while at < len(words):
            piece = None if words[at].link else self._longest(run, words, at)
            if piece is None:
                word = words[at]
                piece = Piece(at, at + 1, word.start, word.end, fold(word.text), (), word.link)
            out.append(piece)
            at = piece.last
        return words, tuple(out)

    def _longest(self, run: str, words: Sequence[Word], at: int) -> Piece | None:
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            last = words[at + size - 1]
            if last.link:
                continue
            folded = fold(run[words[at].start : last.end])
            if size == 1 and folded in self.words.never:
                return None
            numbers = self.lookup(folded)
            if numbers and not (folded.startswith("the ") and not self._well_known(numbers)):
                return Piece(at, at + size, words[at].start, last.end, folded, numbers, False)
        return None

    def _well_known(self, numbers: Numbers) -> bool:
        return any(
            self._size(number) in ("country", "region", "area", "million", "city") for number, _ in numbers
        )

    def kind_features(self, folded: str, numbers: Numbers) -> tuple[str, ...]:
        """What the atlas and the word lists say of a name on its own."""
        found = self._class.get(folded)
        if found is None:
            if len(self._class) > 300_000:
                self._class.clear()
            found = self._class[folded] = tuple(self._kind_features(folded, numbers))
        return found

    def _kind_features(self, folded: str, numbers: Numbers) -> Iterator[str]:
        best, standing, country = "village", 2, ""
        rank = 99
        for number, how in numbers:
            kind = self._size(number)
            place = _ORDER.index(kind) + (0, 2, 4, 3)[how]
            if place < rank:
                rank, best, standing = place, kind, how
                layer, local = self.gazetteer.locate(number)
                country = layer.country(local)
        yield f"kind:{best}"
        if standing:
            yield f"standing:{standing}"
        if " " in folded:
            yield "long"
        if "а" <= folded[:1] <= "ґ":
            yield "cyrillic"
        if country in _ENGLISH and best not in ("country", "region"):
            yield "english"
            yield f"english+kind:{best}"
        yield "names:one" if len(numbers) == 1 else "names:few" if len(numbers) < 6 else "names:many"
        for suffix in self.words.suffixes:
            if folded.endswith(suffix) and len(folded) > len(suffix) + 2:
                yield "suffix"
                break
        for name in ("common", "rare", "given", "demonyms", "titles", "bodies", "facilities", "places"):
            if folded in getattr(self.words, name):
                yield name
        if folded in self.words.common:
            yield f"common+kind:{best}"
        if folded in self.words.given:
            yield f"given+kind:{best}"
        if len(folded) <= 3:
            yield "short"

    def _size(self, number: int) -> str:
        found = self._sizes.get(number)
        if found is None:
            layer, local = self.gazetteer.locate(number)
            found = self._sizes[number] = size_class(
                KINDS[layer.kind[local]], layer.feature(local), layer.population[local]
            )
        return found

    def is_region(self, number: int) -> bool:
        """Whether an entry is a region or district."""
        layer, local = self.gazetteer.locate(number)
        return KINDS[layer.kind[local]] in ("region", "district", "area")

    def is_known(self, number: int) -> bool:
        """Whether an entry is no small settlement: a city of 100,000, a region, a country, a sea."""
        return self._size(number) in ("country", "region", "million", "city", "area")

    def country_of(self, folded: str) -> tuple[str, Numbers] | None:
        """The country that an adjective or the name of a people belongs to: a key for it, and its entry."""
        code = self.words.demonyms.get(folded)
        number = self.gazetteer.number(f"country:{code}") if code else None
        return None if number is None else (f"country:{code}", ((number, 1),))

    def homes(self, folded: str, numbers: Numbers) -> dict[str, str]:
        """By country code, how great the greatest candidate of a name is there."""
        found = self._homes.get(folded)
        if found is None:
            if len(self._homes) > 300_000:
                self._homes.clear()
            found = self._homes[folded] = {}
            for number, _ in numbers:
                layer, local = self.gazetteer.locate(number)
                country, kind = layer.country(local), self._size(number)
                if country and (country not in found or _ORDER.index(kind) < _ORDER.index(found[country])):
                    found[country] = kind
        return found

    def countries(self, runs: Sequence[Run], peoples: dict[str, int], near: str | None = None) -> set[str]:
        """Countries that a text names, by themselves, by great places of theirs or by their people."""
        found = set(peoples)
        if near:
            found.add(near)
        for run in runs:
            for piece in self.pieces(run.text)[1]:
                if piece.numbers and len(piece.folded) > 3:
                    for code, kind in self.homes(piece.folded, piece.numbers).items():
                        if kind in ("country", "million", "region"):
                            found.add(code)
        return found

    def peoples(self, runs: Sequence[Run]) -> dict[str, int]:
        """How often each country's people or adjective is named ("Syrian": SY)."""
        counts: dict[str, int] = {}
        for run in runs:
            for country in self._peoples_of(run.text):
                counts[country] = counts.get(country, 0) + 1
        return counts

    def _peoples_of(self, run: str) -> tuple[str, ...]:
        found = self._run_peoples.get(run)
        if found is None:
            if len(self._run_peoples) > 200_000:
                self._run_peoples.clear()
            table = self.words.demonyms
            named = (table.get(word.text.lower()) for word in self.pieces(run)[0])
            found = self._run_peoples[run] = tuple(country for country in named if country)
        return found

    def mentions(
        self, text: str, *, runs: Sequence[Run] | None = None, least: float = LEAST, near: str | None = None
    ) -> list[Mention]:
        """All mentions whose words and neighbours give log odds above ``least``, in order."""
        return self.judge(self.drafts(text, runs=runs, near=near), least=least)[0]

    def judge(self, drafts: Sequence[Draft], *, least: float = LEAST) -> tuple[list[Mention], list[Mention]]:
        """Which drafts are mentions; and hints: known names in what is no place ("the Boston Globe")."""
        out: list[Mention] = []
        hints: list[Mention] = []
        taken = -1
        for draft in drafts:
            mention = draft.mention
            mention.reasons = draft.names
            mention.score = self.total(draft.names) if draft.base > _HOPELESS else draft.base
            mention.trust = 1.0 / (1.0 + math.exp(-max(-20.0, min(20.0, mention.score))))
            enough = min(least, LEAST_AT_HOME) if _is_at_home(draft) else least
            if mention.score > enough and mention.start >= taken:
                out.append(mention)
                taken = mention.end
            elif self._is_hint(draft):
                mention.trust = max(mention.trust, LEAST_HINT)
                hints.append(mention)
        return out, hints

    def _is_hint(self, draft: Draft) -> bool:
        """Whether a name that is no place here still tells where the text is at home."""
        name = draft.mention.base or draft.mention.folded
        if draft.person or draft.mention.sort == "unknown" or "person-elsewhere" in draft.names:
            return False
        if name in self.words.common or name in self.words.given or is_plain(name, self.words):
            return False
        return any(
            how < 2 and self._size(number) in ("region", "million", "city")
            for number, how in draft.mention.numbers
        )

    def drafts(self, text: str, *, runs: Sequence[Run] | None = None, near: str | None = None) -> list[Draft]:
        """Everything that might be a place, with all its features."""
        small = set(_SMALL.findall(text))
        drafts: list[Draft] = []
        if runs is None:
            runs = find_runs(text)
        for run in runs:
            words, pieces = self.pieces(run.text)
            drafts += self._judge(text, run, words, pieces, small)
        countries = self.countries(runs, self.peoples(runs), near)
        self._at_home(drafts, countries)
        lowered = self._written_small(text, small, drafts)
        if lowered:
            drafts = sorted([*drafts, *lowered], key=lambda d: d.mention.start)
        for draft in drafts:
            self._count(draft)
        self._in_lists(text, drafts)
        self._spell(drafts, countries)
        for before, after in pairwise(drafts):
            if (
                after.mention.start - before.mention.end == 1
                and text[before.mention.end] == " "
                and before.mention.sort == "name"
                and before.names[1] in ("kind:country", "kind:million", "kind:city")
                and before.base < 0.0
            ):
                after.names.append("left-refused")
        persons = {d.mention.folded for d in drafts if d.person}
        good: set[str] = set()
        bad: set[str] = set()
        for draft in drafts:
            if draft.mention.sort == "name" and not draft.person:
                self._count(draft)
                score = draft.base
                if score > 1.5:
                    good.add(draft.mention.folded)
                elif score < -1.5:
                    bad.add(draft.mention.folded)
        for draft in drafts:
            folded = draft.mention.folded
            if folded in persons:
                draft.names.append("person-elsewhere")
            if folded in good:
                draft.names.append("good-elsewhere")
            one_sense = folded in good and draft.names[0] == "small"  # no word of the language, no person
            if folded in bad and not one_sense:
                draft.names.append("bad-elsewhere")
        return drafts

    def _at_home(self, drafts: Sequence[Draft], countries: set[str]) -> None:
        """Whether a name has a candidate in a country that the text names, or beside one."""
        if not countries:
            for draft in drafts:
                if draft.mention.sort != "unknown":
                    draft.names.append("home:unknown")
            return
        bordering = {other for code in countries for other in self.gazetteer.neighbours(code)}
        for draft in drafts:
            mention = draft.mention
            if mention.sort == "unknown" or not mention.numbers:
                continue
            homes = self.homes(mention.base or mention.folded, mention.numbers)
            inside = [kind for code, kind in homes.items() if code in countries]
            if inside:
                draft.names.append(f"home:{min(inside, key=_ORDER.index)}")
                continue
            beside = [kind for code, kind in homes.items() if code in bordering]
            draft.names.append(f"border:{min(beside, key=_ORDER.index)}" if beside else "home:away")

    def _count(self, draft: Draft) -> None:
        """Bring the log odds of the first pass up to the features that a draft has now."""
        base = 0.0 if draft.counted == 0 else draft.base
        draft.base = base + self.total(draft.names[draft.counted :], self.first)
        draft.counted = len(draft.names)

    def _in_lists(self, text: str, drafts: Sequence[Draft]) -> None:
        """How many neighbours in an enumeration ("A, B and C") are places on their own account."""
        scores = [d.base if d.mention.sort == "name" else -9.0 for d in drafts]
        good = [score > 1.0 for score in scores]
        beside = [0] * len(drafts)
        first = 0
        for at in range(len(drafts)):
            if at + 1 < len(drafts):
                gap = text[drafts[at].mention.end : drafts[at + 1].mention.start]
                if len(gap) < 8 and _LIST.fullmatch(gap):
                    beside[at] += good[at + 1]
                    beside[at + 1] += good[at]
                    if drafts[at].mention.sort == "unknown" and at and good[at - 1]:
                        beside[at + 1] += 1
                    continue
            if at - first >= 3:
                share = sum(score > -0.5 for score in scores[first : at + 1]) / (at + 1 - first)
                if share >= 0.3:
                    country = self._country_of_list(drafts[first : at + 1])
                    for draft in drafts[first : at + 1]:
                        draft.country = country
                        prefix = "u-" if draft.mention.sort == "unknown" else ""
                        draft.names.append(f"{prefix}row:{'most' if share >= 0.5 else 'some'}")
            first = at + 1
        for draft, count in zip(drafts, beside, strict=True):
            if count:
                prefix = "u-" if draft.mention.sort == "unknown" else ""
                draft.names.append(f"{prefix}list:{min(count, 2)}")

    def _country_of_list(self, drafts: Sequence[Draft]) -> str | None:
        """The country that has a place of most of the names of a list."""
        counts: dict[str, int] = {}
        for draft in drafts:
            mention = draft.mention
            for country in self.homes(mention.base or mention.folded, mention.numbers):
                counts[country] = counts.get(country, 0) + 1
        best = max(sorted(counts), key=counts.__getitem__, default=None)
        return best if best is not None and 2 * counts[best] >= len(drafts) else None

    def _spell(self, drafts: Sequence[Draft], countries: set[str]) -> None:
        """Look for unknown names under other spellings, in the countries that the text names."""
        many = len(countries) > 12
        if len(countries) <= 2:
            countries = countries | {other for code in countries for other in self.gazetteer.neighbours(code)}
        for draft in drafts:
            mention = draft.mention
            folded = mention.folded
            if mention.sort == "facility" and not mention.numbers:
                if folded.split()[-1] in self.words.streets:
                    continue  # a street bears a name that is no slip of the town it would be read as
                folded = folded.split()[0]
            elif mention.sort != "unknown" or " " in folded:
                continue
            self._count(draft)
            if draft.base < -2.5 or (many and draft.country is None):
                continue
            wanted = {draft.country} if draft.country is not None else countries
            numbers, how = self._speller.look(folded, wanted)
            if numbers:
                mention.numbers = numbers
                mention.base = folded
                draft.names += [f"u-spelt:{how}", f"u-spelt+{draft.names[-1]}"]

    def _written_small(self, text: str, small: set[str], drafts: Sequence[Draft]) -> list[Draft]:
        """Names written without a capital ("kharkiv"), where the word is no word of the language."""
        unseen = small - self._not_small
        found = [word for word in unseen if self.is_small_name(word)]
        if len(self._not_small) > 500_000:
            self._not_small.clear()
        self._not_small |= unseen.difference(found)
        out: list[Draft] = []
        for word in sorted(found):
            folded = fold(word)
            numbers = self.lookup(folded)
            for match in re.finditer(rf"(?<![\w@.-]){re.escape(word)}(?![\w@-])", text):
                if any(d.mention.start < match.end() and match.start() < d.mention.end for d in drafts):
                    continue
                left = self._around.before(text, match.start(), self._around.opens(text, match.start()))
                right = self._around.after(text, match.end())
                mention = Mention(match.start(), match.end(), word, folded, numbers)
                names = ["small", *(f"small+{name}" for name in (*left, *right)), *left, *right]
                self._take_region_word(text, mention, right)
                out.append(Draft(mention, names))
        return out

    def is_small_name(self, word: str) -> bool:
        """Whether a name written small means a place all the same: a great one, and no word of English."""
        found = self._small_names.get(word)
        if found is None:
            found = self._small_name(word)
            if found:
                self._small_names[word] = True
        return found

    def _small_name(self, word: str) -> bool:
        if not word.islower() or len(word) < 4 or word in self.words.common or word in self.words.rare:
            return False
        folded = fold(word)
        if folded in self.words.never or folded in self.words.demonyms or folded in self.words.given:
            return False
        for number, standing in self.lookup(folded):
            entry = self.gazetteer.entry_at(number)
            least = {"country": 0, "settlement": 100_000 if standing == 0 else 400_000}.get(entry.kind, 10**9)
            if entry.country == "UA" and entry.kind == "settlement":
                least = 8_000
            if standing < 2 and entry.population >= least:
                return True
        return False

    def total(self, names: Sequence[str], weights: dict[str, float] | None = None) -> float:
        """Log odds of a list of features."""
        get = (self.weights if weights is None else weights).get
        return sum([get(name, 0.0) for name in names])

    def _judge(
        self, text: str, run: Run, words: tuple[Word, ...], pieces: tuple[Piece, ...], small: set[str]
    ) -> Iterator[Draft]:
        opening = self._around.opens(text, run.start)
        done = 0
        for at, piece in enumerate(pieces):
            if piece.link or piece.start < done:
                continue
            draft: Draft | None
            if piece.numbers:
                draft = self._name(text, run, words, pieces, at, opening, small)
            else:
                draft = self._other(text, run, pieces, at, opening, small)
            if draft is not None:
                done = draft.mention.end - run.start
                yield draft

    def _name(
        self,
        text: str,
        run: Run,
        words: tuple[Word, ...],
        pieces: tuple[Piece, ...],
        at: int,
        opening: bool,
        small: set[str],
    ) -> Draft:
        piece = pieces[at]
        start, end = run.start + piece.start, run.start + piece.end
        own = self.kind_features(piece.folded, piece.numbers)
        mention = Mention(start, end, text[start:end], piece.folded, piece.numbers)
        left = self._around.left(text, run, words, pieces, at, opening, small)
        right = self._around.right(text, run, pieces, at)
        names = ["bias", *own, *left, *right]
        kind = own[0]
        names += [f"{kind}+{name}" for name in (*left, *right)]
        if piece.folded in self.words.common:
            names += [f"common+{name}" for name in (*left, *right)]
        if piece.folded in self.words.given:
            names += [f"given+{name}" for name in (*left, *right)]
        names += self._around.shape(text, start, end, words, kind, small)
        person = "left:title" in left or "left:given" in left or "left:initial" in left
        if right[0] == "right:capital" and (last := self._around.far_facility(pieces, at)):
            right = ["right:far-facility"]
            names.append("right:far-facility")
            mention.sort, mention.base, mention.inner = "facility", mention.folded, True
            mention.kind_word = pieces[last].folded
            mention.end = run.start + pieces[last].end
            mention.text = text[start : mention.end]
        self._extend(text, run, pieces, at, mention, right)
        return Draft(mention, names, person)

    def _extend(
        self, text: str, run: Run, pieces: tuple[Piece, ...], at: int, mention: Mention, right: Sequence[str]
    ) -> None:
        """Take a type word after the name into the mention: "Walker County", "Kyiv region"."""
        self._take_region_word(text, mention, right)
        if not right or right[0] not in ("right:places", "right:facilities"):
            return
        last = pieces[at + 1]
        if right[0] == "right:facilities":
            mention.sort = "facility"
            mention.base = mention.folded
            mention.inner = True
        mention.kind_word = last.folded
        mention.end = run.start + last.end
        mention.text = text[mention.start : mention.end]

    @staticmethod
    def _take_region_word(text: str, mention: Mention, right: Sequence[str]) -> None:
        if right and right[0] == "after:place-word":
            match = _REGION_WORD.match(text, mention.end)
            if match:
                mention.kind_word = match.group(1).lower()
                mention.end = match.end()
                mention.text = text[mention.start : mention.end]

    def _other(
        self, text: str, run: Run, pieces: tuple[Piece, ...], at: int, opening: bool, small: set[str]
    ) -> Draft | None:
        """A facility or an unknown name: words that the atlas does not hold."""
        last, sort = self._around.extent(pieces, at)
        if sort is None:
            return None
        start, end = run.start + pieces[at].start, run.start + pieces[last].end
        folded = fold(text[start:end])
        if folded in self.words.never or folded in self.words.demonyms or len(folded) < 3:
            return None
        features = self._around.unknown(text, run, pieces, at, last, sort, opening, small)
        if features is None:
            return None
        mention = Mention(
            start, end, text[start:end], folded, sort="facility" if sort != "name" else "unknown"
        )
        if sort != "name":
            found = candidates_for(mention.text, self.lookup, self.words)
            mention.numbers, mention.base, mention.inner = found.numbers, found.base, True
        person = "u-left:title" in features or "u-left:given" in features
        return Draft(mention, features, person)
