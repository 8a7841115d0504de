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
from dataclasses import replace
from itertools import pairwise

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.wars import fought_over
from svidok.atlas.gazetteer.words import PlaceWords, load_place_words
from svidok.claims.mentions.places.candidates import is_plain
from svidok.claims.mentions.places.drafts import Draft, count_lists
from svidok.claims.mentions.places.features import Surroundings
from svidok.claims.mentions.places.known import Known, greatest
from svidok.claims.mentions.places.lowered import Lowered
from svidok.claims.mentions.places.mention import Mention, take_region_word
from svidok.claims.mentions.places.others import called_otherwise, heads_report
from svidok.claims.mentions.places.respell import Respeller
from svidok.claims.mentions.places.runs import Run, find_runs
from svidok.claims.mentions.places.spots import Spot, Spotter
from svidok.claims.mentions.places.weighing import Weighed, Weights
from svidok.claims.mentions.places.wholes import Whole, Wholes

__all__ = ["LEAST", "LEAST_AT_HOME", "LEAST_HINT", "Recogniser"]

_HOPELESS = -3.5  # no word elsewhere in a document lifts a stretch from here
LEAST = -0.25
"""Log odds from which a stretch counts as a place: a little below even, as later stages can drop it."""
_BEHIND = re.compile(r"[ \u00a0]([a-z]+)\b")
_SMALL = re.compile(r"[^\W\d_]{3,}")
_LETTERS = bytes(code if code > 127 or chr(code).isalpha() else 32 for code in range(256))
"""Bytes of UTF-8 with a space for every sign of ASCII that is no letter."""


LEAST_AT_HOME = -0.9
"""Log odds from which a town of a country that the text names is taken for that town."""

LEAST_HINT = 0.3
"""How much a great city's or region's name says of where a text is at home when it names a body."""

_AT_HOME = frozenset(
    f"{where}:{size}" for where in ("home", "theatre") for size in ("town", "city", "million")
)
_HIDING = frozenset({"home:area", "theatre:area"})
"""Where a river or range has the name, and perhaps villages too."""
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
    """All stretches of letters; of those that are not plain, three letters and more."""
    plain = text.encode("utf-8", "surrogatepass").translate(_LETTERS).decode("utf-8", "surrogatepass")
    words = set(plain.split())
    if not plain.isascii():
        other = [word for word in words if not word.isascii()]
        words.difference_update(other)
        words.update(_SMALL.findall(" ".join(other)))
    return words


def _is_at_home(draft: Draft, known: Known) -> bool:
    """Whether a name is that of a town in a country that the text names, and no common word or person's.

    The village of a land at war whose name a river has too is one as well.
    """
    if draft.person:
        return False
    names = draft.names
    if any(name.startswith(_DOUBTFUL) for name in names):
        return False
    if not _AT_HOME.isdisjoint(names):
        return True
    return not _HIDING.isdisjoint(names) and any(
        known.is_settlement(number) and (*known.region(number), "") in fought_over()
        for number, _ in draft.mention.numbers
    )


class Recogniser:
    """Finds the mentions of places in texts; keeps what it learnt of names, never of documents."""

    def __init__(
        self, gazetteer: Gazetteer, weights: Mapping[str, float], first: Mapping[str, float]
    ) -> None:
        self.gazetteer = gazetteer
        self.words: PlaceWords = load_place_words()
        self.works = self.words.facilities | self.words.streets
        self.known = Known(gazetteer, self.words)
        self.weights = Weights(first, weights)
        self.spotter = Spotter(self.known, self.weights)
        self._pairs: dict[tuple[tuple[str, ...], str, str], Weighed] = {}
        self._around = Surroundings(self.words)
        self.respeller = Respeller(gazetteer, self.known, self.weights)
        self._wholes = Wholes(self.known)
        self._lowered = Lowered(self.known, self.weights, self._around, self.respeller)
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
            enough = mention.score >= least or (
                mention.score >= LEAST_AT_HOME and _is_at_home(draft, self.known)
            )
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
        mention = draft.mention
        if draft.person or mention.sort == "unknown" or not mention.numbers or draft.has("person-elsewhere"):
            return False
        name = mention.base or mention.folded
        if name in self.words.common or name in self.words.given or is_plain(name, self.words):
            return False
        return any(
            how < 2 and self.known.size(number) in ("region", "million", "city")
            for number, how in mention.numbers
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
        lowered = list(self._lowered.drafts(text, small, drafts, countries))
        if lowered:
            drafts = sorted([*drafts, *lowered], key=lambda d: d.mention.start)
        for draft in drafts:
            draft.base = draft.first
        count_lists(text, drafts, self.known, self.weights)
        self.respeller.spell(text, drafts, countries)
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
            if spot.right is None:
                begin, end = run.start + spot.start, run.start + spot.end
                if self._wholes.may_go_on(text, begin, end, left, right):
                    whole = self._wholes.look(text, begin, end)
                    if whole is not None:
                        spot = self._whole(text, run, spot, whole)
                        right = self._around.after(text, whole.end)
            draft = (self._name if spot.kind else self._other)(text, run, spot, left, right, small)
            if draft is not None:
                done = draft.mention.end - run.start
                yield draft

    def _whole(self, text: str, run: Run, spot: Spot, whole: Whole) -> Spot:
        """The spot of a name whose other words are written small."""
        own = self.known.kind_features(whole.folded, whole.numbers)
        return replace(
            spot,
            start=whole.start - run.start,
            end=whole.end - run.start,
            tail=whole.end - run.start,
            text=text[whole.start : whole.end],
            folded=whole.folded,
            numbers=whole.numbers,
            sort="name",
            cross=(own[0],),
            own=self.weights.of("bias", *own),
            kind=own[0],
            more=(self.weights.of("whole"),),
            small="",
            listed="",
            may_head=False,
        )

    def _name(self, text: str, run: Run, spot: Spot, left: str, right: str, small: set[str]) -> Draft:
        """A name of the atlas among its neighbours."""
        start, end = run.start + spot.start, run.start + spot.end
        assert spot.own is not None  # a name of the atlas is read at once
        parts = [spot.own, self._beside(spot, left, right)]
        if shape := self._around.shape(text, start, end, spot, small):
            parts += map(self.weights.of, shape)
        if spot.listed and called_otherwise(spot.listed, spot.folded, left, right):
            parts.append(self.weights.of(f"listed:{spot.listed}"))
        if spot.may_head and heads_report(text, run):
            parts.append(self.weights.of("in-body"))
        parts += spot.more
        mention = _mention(run, spot)
        if right == "after:place-word":
            take_region_word(text, mention)
        person = spot.person or left in ("left:title", "left:given", "left:initial")
        return Draft(mention, parts, kind=spot.kind, person=person)

    def _other(self, text: str, run: Run, spot: Spot, left: str, right: str, small: set[str]) -> Draft | None:
        """A facility or an unknown name among its neighbours, or None when nothing speaks for it."""
        told = held = False
        if spot.sort == "unknown":
            if right == "after:facility-word" and (works := self._works(text, run, spot)) is not None:
                return works
            told = self._around.told(text, run.start + spot.start)
            word = spot.text.lower()
            plain = left == "opens" and self.spotter.is_plain(word, word)  # "Destroyed X in the Y region"
            held = not plain and self._around.held(text, run.start + spot.end)
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

    def _works(self, text: str, run: Run, spot: Spot) -> Draft | None:
        """A bridge, mine or plant that the atlas knows by name or by the town whose adjective it bears."""
        start, behind = run.start + spot.start, _BEHIND.match(text, run.start + spot.end)
        if behind is None or behind.group(1) not in self.words.works:
            return None
        numbers, of_town = self.respeller.works.look(fold(spot.text), behind.group(1))
        if not numbers:
            return None
        words = text[start : behind.end()]
        mention = Mention(start, behind.end(), words, fold(words), numbers, "facility", inner=of_town)
        return Draft(mention, [self.weights.of("u-works")])

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
            found = self._pairs[key] = self.weights.weigh(tuple(names))
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
