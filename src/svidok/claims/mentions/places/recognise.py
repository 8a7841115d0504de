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
from svidok.claims.mentions.places.candidates import is_plain
from svidok.claims.mentions.places.drafts import Draft, count_lists
from svidok.claims.mentions.places.features import Surroundings
from svidok.claims.mentions.places.groups import leaders_of
from svidok.claims.mentions.places.known import Known, greatest
from svidok.claims.mentions.places.mention import Mention
from svidok.claims.mentions.places.misspelt import Speller, nearest_told
from svidok.claims.mentions.places.others import called_otherwise, heads_report
from svidok.claims.mentions.places.runs import Run, find_runs
from svidok.claims.mentions.places.spots import Spot, Spotter
from svidok.claims.mentions.places.weighing import Weighed, Weights

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
_IN_WAR = ("u-before:in", "u-before:of-place")
"""Where a name that no atlas holds is a village, in a text of a land where war is fought."""

_GREAT = ("kind:country", "kind:million", "kind:city")
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


def _is_at_home(draft: Draft) -> bool:
    """Whether a name is that of a town in a country that the text names, and no common word or person's."""
    if draft.person:
        return False
    names = draft.names
    return not _AT_HOME.isdisjoint(names) and not any(name.startswith(_DOUBTFUL) for name in names)


class Recogniser:
    """Finds the mentions of places in texts; keeps what it learnt of names, never of documents."""

    def __init__(
        self, gazetteer: Gazetteer, weights: Mapping[str, float], first: Mapping[str, float]
    ) -> None:
        self.gazetteer = gazetteer
        self.words: PlaceWords = load_place_words()
        self.known = Known(gazetteer, self.words)
        self.weights = Weights(first, weights)
        self.spotter = Spotter(self.known, self.weights)
        self._pairs: dict[tuple[tuple[str, ...], str, str], Weighed] = {}
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
            score = draft.final if draft.base > _HOPELESS else draft.base
            mention.score = round(score, 6)  # the order of the features is to decide nothing
            mention.trust = 1.0 / (1.0 + math.exp(-max(-20.0, min(20.0, mention.score))))
            enough = mention.score >= least or (mention.score >= LEAST_AT_HOME and _is_at_home(draft))
            if enough and mention.start >= taken:
                mention.reasons = draft.names
                out.append(mention)
                taken = mention.end
            elif self._is_hint(draft):
                mention.trust = max(mention.trust, LEAST_HINT)
                hints.append(mention)
        return out, hints

    def _is_hint(self, draft: Draft) -> bool:
        """Whether a name that is no place here still tells where the text is at home."""
        name = draft.mention.base or draft.mention.folded
        if draft.person or draft.mention.sort == "unknown" or draft.has("person-elsewhere"):
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
        countries = {near} if near else set()
        for run in find_runs(text) if runs is None else runs:
            cut = self.spotter.cut(run.text)
            countries.update(cut.peoples, cut.countries)
            if cut.spots:
                drafts += self._judge(text, run, cut.spots, small)
        self._at_home(drafts, countries)
        if countries & self._theatres:
            for draft in drafts:
                if draft.mention.sort == "unknown" and any(map(draft.has, _IN_WAR)):
                    draft.add(self.weights.of("u-in-war"))
        lowered = self._written_small(text, small, drafts)
        if lowered:
            drafts = sorted([*drafts, *lowered], key=lambda d: d.mention.start)
        for draft in drafts:
            draft.base = draft.first
        count_lists(text, drafts, self.known, self.weights)
        self._spell(drafts, countries)
        for before, after in pairwise(drafts):
            if (
                after.mention.start - before.mention.end == 1
                and text[before.mention.end] == " "
                and before.mention.sort == "name"
                and before.kind in _GREAT
                and before.base < 0.0
            ):
                after.add(self.weights.of("left-refused"))
        persons = {d.mention.folded for d in drafts if d.person}
        good: set[str] = set()
        bad: set[str] = set()
        for draft in drafts:
            if draft.mention.sort == "name" and not draft.person:
                draft.base = draft.first
                if draft.base > 1.5:
                    good.add(draft.mention.folded)
                elif draft.base < -1.5:
                    bad.add(draft.mention.folded)
        for draft in drafts:
            folded = draft.mention.folded
            if folded in persons:
                draft.add(self.weights.of("person-elsewhere"))
            if folded in good:
                draft.add(self.weights.of("good-elsewhere"))
            one_sense = folded in good and draft.kind == "small"  # no word of the language, no person
            if folded in bad and not one_sense:
                draft.add(self.weights.of("bad-elsewhere"))
        return drafts

    def _at_home(self, drafts: Sequence[Draft], countries: set[str]) -> None:
        """Whether a name has a candidate in a country that the text names, or beside one."""
        if not countries:
            for draft in drafts:
                if draft.mention.sort != "unknown":
                    draft.add(self.weights.of("home:unknown"))
                    homes = self.known.homes(
                        draft.mention.base or draft.mention.folded, draft.mention.numbers
                    )
                    if homes and self._theatres.issuperset(homes):
                        draft.add(self.weights.of(f"theatre:{greatest(homes.values())}"))
            return
        bordering = {other for code in countries for other in self.gazetteer.neighbours(code)}
        for draft in drafts:
            mention = draft.mention
            if mention.sort == "unknown" or not mention.numbers:
                continue
            homes = self.known.homes(mention.base or mention.folded, mention.numbers)
            inside = [kind for code, kind in homes.items() if code in countries]
            if inside:
                draft.add(self.weights.of(f"home:{greatest(inside)}"))
                continue
            beside = [kind for code, kind in homes.items() if code in bordering]
            draft.add(self.weights.of(f"border:{greatest(beside)}" if beside else "home:away"))

    def _spell(self, drafts: Sequence[Draft], countries: set[str]) -> None:
        """Look for unknown names under other spellings, in the countries that the text names."""
        many = len(countries) > 12
        told = bool(countries)
        if not told:
            countries = self._theatres  # a text that names no country is of one where war is fought
        elif len(countries) <= 2:
            countries = countries | {other for code in countries for other in self.gazetteer.neighbours(code)}
        named = {
            d.mention.folded: d.mention.numbers for d in drafts if d.mention.sort == "name" and d.base > 0
        }
        for at, draft in enumerate(drafts):
            mention = draft.mention
            folded = mention.folded
            if mention.sort == "facility" and not mention.numbers:
                if folded.split()[-1] in self.words.streets:
                    continue  # a street bears a name that is no slip of the town it would be read as
                folded = folded.split()[0]
            elif mention.sort != "unknown" or " " in folded:
                continue
            draft.base = draft.first
            if draft.base < -2.5 or (many and draft.country is None):
                continue
            if draft.has("u-held") and (home := self._region_behind(drafts, at)):
                numbers, how = self._speller.look_in_region(folded, *home), "edit"
            else:
                wanted = {draft.country} if draft.country is not None else countries
                numbers, how = self._speller.look(folded, wanted)
                if not told and how == "edit":
                    numbers = tuple(item for item in numbers if self._is_fought_over(item[0]))
                if not numbers:
                    numbers, how = nearest_told(folded, named), "edit"
            if numbers:
                mention.numbers = numbers
                mention.base = folded
                draft.add(self.weights.of(f"u-spelt:{how}", f"u-spelt+{draft.parts[-1].names[-1]}"))

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
        found = [word for word in unseen if word.islower() and self.known.is_small_name(word)]
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
                opens = self._around.opens(text, match.start())
                left = "opens" if opens else self._around.before(text, match.start())
                right = self._around.after(text, match.end())
                mention = Mention(match.start(), match.end(), word, folded, numbers)
                if right == "after:place-word":
                    _take_region_word(text, mention)
                names = self.weights.of("small", f"small+{left}", f"small+{right}", left, right)
                out.append(Draft(mention, [names], kind="small"))
        return out

    def _judge(self, text: str, run: Run, spots: Sequence[Spot], small: set[str]) -> Iterator[Draft]:
        """What the text around a run makes of its spots; a mention may take in those behind it."""
        done = 0
        opening: bool | None = None
        for spot in spots:
            if spot.start < done:
                continue
            left = spot.left
            if opening is None and (spot.opens_run or spot.opened or spot.opener):
                opening = self._around.opens(text, run.start)
            if left is None:
                opens = opening and spot.opens_run
                left = "opens" if opens else self._around.before(text, run.start + spot.start)
            elif opening and (spot.opened or spot.opener in small):
                left = spot.opened or "after-opening"
            right = spot.right or self._around.after(text, run.start + spot.end)
            draft = (self._name if spot.kind else self._other)(text, run, spot, left, right, small)
            if draft is not None:
                done = draft.mention.end - run.start
                yield draft

    def _name(self, text: str, run: Run, spot: Spot, left: str, right: str, small: set[str]) -> Draft:
        """A name of the atlas among its neighbours."""
        start, end = run.start + spot.start, run.start + spot.end
        assert spot.own is not None  # a name of the atlas is read at once
        parts = [spot.own, self._beside(spot, left, right)]
        parts += map(self.weights.of, self._around.shape(text, start, end, spot, small))
        if spot.listed and called_otherwise(spot.listed, spot.folded, left, right):
            parts.append(self.weights.of(f"listed:{spot.listed}"))
        if spot.may_head and heads_report(text, run):
            parts.append(self.weights.of("in-body"))
        parts += spot.more
        mention = _mention(run, spot)
        if right == "after:place-word":
            _take_region_word(text, mention)
        person = spot.person or left in ("left:title", "left:given", "left:initial")
        return Draft(mention, parts, kind=spot.kind, person=person)

    def _other(self, text: str, run: Run, spot: Spot, left: str, right: str, small: set[str]) -> Draft | None:
        """A facility or an unknown name among its neighbours, or None when nothing speaks for it."""
        told = held = False
        if spot.sort == "unknown":
            told = self._around.told(text, run.start + spot.start)
            held = self._around.held(text, run.start + spot.end)
            if not (told or held or self._around.speaks(spot, left, right)):
                return None
        if not self.spotter.complete(spot) or spot.own is None:
            return None
        parts = [spot.own, self._beside(spot, left, right)]
        if told:
            parts.append(self.weights.of("u-told"))
        if held:
            parts.append(self.weights.of("u-held"))
        if spot.sort == "unknown" and spot.small in small:
            parts.append(self.weights.of("u-also-small"))
        parts += spot.more
        return Draft(_mention(run, spot), parts, person=spot.person or left in ("left:title", "left:given"))

    def _beside(self, spot: Spot, left: str, right: str) -> Weighed:
        """The features of the neighbours of a name, alone and joined with those of the name."""
        key = (spot.cross, left, right)
        found = self._pairs.get(key)
        if found is None:
            names = [f"{name}+{side}" for name in spot.cross for side in (left, right)]
            if spot.kind:
                names = [left, right, *names]
            else:
                names += [f"u-{left}", f"u-{right}"]
                if spot.sort == "unknown":
                    names.append(f"u-pair:{left}+{right}")
            found = self._pairs[key] = self.weights.of(*names)
        return found


def _mention(run: Run, spot: Spot) -> Mention:
    """The mention that a spot would be."""
    return Mention(
        run.start + spot.start,
        run.start + spot.tail,
        spot.text,
        spot.folded,
        spot.numbers,
        spot.sort,
        kind_word=spot.kind_word,
        base=spot.base,
        inner=spot.inner,
    )


def _take_region_word(text: str, mention: Mention) -> None:
    """Take a word for a region after a name into the mention: "Kyiv region"."""
    match = _REGION_WORD.match(text, mention.end)
    if match:
        mention.kind_word = match.group(1).lower()
        mention.end = match.end()
        mention.text = text[mention.start : mention.end]
