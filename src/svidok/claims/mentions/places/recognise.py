"""Which capitalised words are places: names of the atlas and facilities, judged by their context.

A run of capitalised words is cut into pieces (longest names of the atlas first). Every stretch that
may be a place gets binary features of its own and of its neighbours; their weights are summed
(``data/places/recognition.toml``, fitted by ``benchmarks/fit_recognition.py``) to the log odds that it is
one. People and bodies that carry a place's name are remembered for the rest of the document.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.wars import fought_over
from svidok.atlas.gazetteer.words import PlaceWords, load_place_words
from svidok.claims.mentions.places.candidates import candidates_for, is_plain
from svidok.claims.mentions.places.drafts import Draft, count_lists
from svidok.claims.mentions.places.features import Surroundings
from svidok.claims.mentions.places.groups import leaders_of
from svidok.claims.mentions.places.known import Known, Piece, greatest
from svidok.claims.mentions.places.mention import Mention
from svidok.claims.mentions.places.misspelt import Speller
from svidok.claims.mentions.places.others import called_otherwise, heads_report, is_listed
from svidok.claims.mentions.places.runs import Run, Word, find_runs

__all__ = ["LEAST", "LEAST_AT_HOME", "LEAST_HINT", "Recogniser"]

_HOPELESS = -3.5  # no word elsewhere in a document lifts a stretch from here
_WELL_KNOWN = 15_000  # people of a town that a list of a region may name all the same
LEAST = -0.25
"""Log odds from which a stretch counts as a place: a little below even, as later stages can drop it."""
_REGION_WORD = re.compile(
    r"[ \u00a0](region|oblast|province|district|county|raion|governorate|prefecture|parish|hromada)\b"
)
_WORD = re.compile(r"\w{3,}")
_SMALL = re.compile(r"[^\W\d_]{3,}")


LEAST_AT_HOME = -0.9
"""Log odds from which a town of a country that the text names is taken for that town."""

LEAST_HINT = 0.3
"""How much a great city's or region's name says of where a text is at home when it names a body."""

_AT_HOME = frozenset(
    f"{where}:{size}" for where in ("home", "theatre") for size in ("town", "city", "million")
)
_IN_WAR = frozenset({"u-before:in", "u-before:of-place"})
"""Where a name that no atlas holds is a village, in a text of a land where war is fought."""

_WIDE = ("kind:country", "kind:region", "kind:area")
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


def _words_in(text: str) -> set[str]:
    """All stretches of three letters and more; what mixes letters with digits is looked at twice."""
    words = set(_WORD.findall(text))
    mixed = [word for word in words if not word.isalpha()]
    for word in mixed:
        words.remove(word)
        words.update(_SMALL.findall(word))
    return words


class _Weights(dict[str, float]):
    """Log odds by feature; what is not weighed counts nothing."""

    def __missing__(self, name: str) -> float:
        return 0.0


def _is_at_home(draft: Draft) -> bool:
    """Whether a name is that of a town in a country that the text names, and no common word or person's."""
    return (
        not draft.person
        and not _AT_HOME.isdisjoint(draft.names)
        and not any(name.startswith(_DOUBTFUL) for name in draft.names)
    )


class Recogniser:
    """Finds the mentions of places in texts; keeps what it learnt of names, never of documents."""

    def __init__(self, gazetteer: Gazetteer, weights: dict[str, float], first: dict[str, float]) -> None:
        self.gazetteer = gazetteer
        self.words: PlaceWords = load_place_words()
        self.known = Known(gazetteer, self.words)
        self.weights = _Weights(weights)
        self.first = _Weights(first)
        self._not_small: set[str] = set()
        self._around = Surroundings(self.words)
        self._speller = Speller(gazetteer)
        self._theatres = {country for country, _, _ in fought_over()}

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
            how < 2 and self.known.size(number) in ("region", "million", "city")
            for number, how in draft.mention.numbers
        )

    def drafts(self, text: str, *, runs: Sequence[Run] | None = None, near: str | None = None) -> list[Draft]:
        """Everything that might be a place, with all its features."""
        small = _words_in(text)
        drafts: list[Draft] = []
        if runs is None:
            runs = find_runs(text)
        for run in runs:
            words, pieces = self.known.pieces(run.text)
            drafts += self._judge(text, run, words, pieces, small)
        countries = self.known.countries(runs, self.known.peoples(runs), near)
        self._at_home(drafts, countries)
        if countries & self._theatres:
            for draft in drafts:
                if draft.mention.sort == "unknown" and _IN_WAR.intersection(draft.names):
                    draft.names.append("u-in-war")
        lowered = self._written_small(text, small, drafts)
        if lowered:
            drafts = sorted([*drafts, *lowered], key=lambda d: d.mention.start)
        for draft in drafts:
            self._count(draft)
        count_lists(text, drafts, self.known)
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
                    homes = self.known.homes(
                        draft.mention.base or draft.mention.folded, draft.mention.numbers
                    )
                    if homes and self._theatres.issuperset(homes):
                        draft.names.append(f"theatre:{greatest(homes.values())}")
            return
        bordering = {other for code in countries for other in self.gazetteer.neighbours(code)}
        for draft in drafts:
            mention = draft.mention
            if mention.sort == "unknown" or not mention.numbers:
                continue
            homes = self.known.homes(mention.base or mention.folded, mention.numbers)
            inside = [kind for code, kind in homes.items() if code in countries]
            if inside:
                draft.names.append(f"home:{greatest(inside)}")
                continue
            beside = [kind for code, kind in homes.items() if code in bordering]
            draft.names.append(f"border:{greatest(beside)}" if beside else "home:away")

    def _count(self, draft: Draft) -> None:
        """Bring the log odds of the first pass up to the features that a draft has now."""
        base = 0.0 if draft.counted == 0 else draft.base
        draft.base = base + self.total(draft.names[draft.counted :], self.first)
        draft.counted = len(draft.names)

    def _spell(self, drafts: Sequence[Draft], countries: set[str]) -> None:
        """Look for unknown names under other spellings, in the countries that the text names."""
        many = len(countries) > 12
        told = bool(countries)
        if not told:
            countries = self._theatres  # a text that names no country is of one where war is fought
        elif len(countries) <= 2:
            countries = countries | {other for code in countries for other in self.gazetteer.neighbours(code)}
        for at, draft in enumerate(drafts):
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
            if "u-held" in draft.names and (home := self._region_behind(drafts, at)):
                numbers, how = self._speller.look_in_region(folded, *home), "edit"
            else:
                wanted = {draft.country} if draft.country is not None else countries
                numbers, how = self._speller.look(folded, wanted)
                if not told and how == "edit":
                    numbers = tuple(item for item in numbers if self._is_fought_over(item[0]))
            if numbers:
                mention.numbers = numbers
                mention.base = folded
                draft.names += [f"u-spelt:{how}", f"u-spelt+{draft.names[-1]}"]

    def _is_fought_over(self, number: int) -> bool:
        """Whether ground war was fought in the region of an entry."""
        layer, local = self.gazetteer.locate(number)
        return (layer.country(local), layer.admin1(local), "") in fought_over()

    def _region_behind(self, drafts: Sequence[Draft], at: int) -> tuple[str, str] | None:
        """Country and code of the first-level region that a few names on holds a list of names."""
        for draft in drafts[at + 1 : at + 6]:
            mention = draft.mention
            if mention.kind_word is not None:
                return self._home_of(fold(mention.text)) or self._home_of(mention.base or mention.folded)
        return None

    def _home_of(self, region: str) -> tuple[str, str] | None:
        """Country and code of the one first-level region of a name."""
        held = [self.gazetteer.locate(number) for number, _ in self.known.lookup(region)]
        homes = {(layer.country(n), layer.admin1(n)) for layer, n in held if layer.feature(n) == "ADM1"}
        return homes.pop() if len(homes) == 1 else None

    def keep_to_leaders(self, text: str, mentions: Sequence[Mention]) -> None:
        """A name in a list that a region leads lies there: under another spelling, or as no known place.

        "In the Kyiv region, Dymer, Hlubivka and Bucha" does not mean a Hlubivka elsewhere.
        """
        for at, leader in leaders_of(text, mentions).items():
            mention = mentions[at]
            home = self._home_of(leader)
            spots = [self.gazetteer.locate(number) for number, _ in mention.numbers]
            if home is None or any((layer.country(n), layer.admin1(n)) == home for layer, n in spots):
                continue
            if not spots or any(layer.kind[n] or layer.population[n] >= _WELL_KNOWN for layer, n in spots):
                continue
            mention.numbers = self._speller.look_in_region(mention.base or mention.folded, *home)

    def _written_small(self, text: str, small: set[str], drafts: Sequence[Draft]) -> list[Draft]:
        """Names written without a capital ("kharkiv"), where the word is no word of the language."""
        unseen = small - self._not_small
        found = [word for word in unseen if self.known.is_small_name(word)]
        if len(self._not_small) > 500_000:
            self._not_small.clear()
        self._not_small |= unseen.difference(found)
        out: list[Draft] = []
        for word in sorted(found):
            folded = fold(word)
            numbers = self.known.lookup(folded)
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

    def total(self, names: Sequence[str], weights: Mapping[str, float] | None = None) -> float:
        """Log odds of a list of features."""
        held = self.weights if weights is None else weights
        return sum(map(held.__getitem__, names))

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
        own = self.known.kind_features(piece.folded, piece.numbers)
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
        names += called_otherwise(piece.folded, piece.numbers, self.known.size, (*left, *right))
        if kind in _WIDE and heads_report(text, run, words, piece.last, self.words.tails):
            names.append("in-body")
        honoured = self._is_honoured(pieces, at)
        if honoured:
            names.append("right:honour")
        person = honoured or "left:title" in left or "left:given" in left or "left:initial" in left
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
        if (
            folded in self.words.never
            or folded in self.words.demonyms
            or len(folded) < 3
            or is_listed(folded)
        ):
            return None
        features = self._around.unknown(text, run, pieces, at, last, sort, opening, small)
        if features is None:
            return None
        mention = Mention(
            start, end, text[start:end], folded, sort="facility" if sort != "name" else "unknown"
        )
        if sort != "name":
            found = candidates_for(mention.text, self.known.lookup, self.words)
            mention.numbers, mention.base, mention.inner = found.numbers, found.base, True
        honoured = self._is_honoured(pieces, last)
        if honoured:
            features.append("right:honour")
        person = honoured or "u-left:title" in features or "u-left:given" in features
        return Draft(mention, features, person)

    def _is_honoured(self, pieces: Sequence[Piece], at: int) -> bool:
        """Whether a person's honour follows: "Shukri Pasha"."""
        return at + 1 < len(pieces) and pieces[at + 1].folded in self.words.honours
