"""Unknown names that the atlas holds under other spellings: settlements, regions, two names in one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.russian import latin_adjectives
from svidok.atlas.gazetteer.wars import fought_over
from svidok.claims.mentions.places.drafts import Draft
from svidok.claims.mentions.places.groups import leaders_of
from svidok.claims.mentions.places.known import Known, Numbers
from svidok.claims.mentions.places.mention import Mention
from svidok.claims.mentions.places.misspelt import Speller, nearest_told
from svidok.claims.mentions.places.runs import UPPER
from svidok.claims.mentions.places.weighing import Weights
from svidok.claims.mentions.places.works import Works

__all__ = ["Respeller"]

_WELL_KNOWN = 15_000  # people of a town that a list of a region may name all the same
_HOPELESS = -2.5  # log odds from which no other spelling makes a name that of a place
_FEW = 2  # countries of a text that may speak of their neighbours too
_TOWNS = ("million", "city", "town")
_MANY = 12  # countries of a text that is of none
_HYPHENS = ("-", "‑")
_BEHIND = re.compile(rf"[-‑]([{UPPER}][\w’'ʼ]{{3,}})")
_FOLLOWING = re.compile(rf"[ \u00a0-]([{UPPER}][\w’'ʼ]{{3,}})")
_BEFORE = re.compile(rf"(?<![\w-])([{UPPER}][\w’'ʼ]{{3,}})[-‑]$")
_REACH = 24  # letters of the half before


class Respeller:
    """Looks for unknown names under other spellings, in the countries that their text names."""

    def __init__(self, gazetteer: Gazetteer, known: Known, weights: Weights) -> None:
        self.gazetteer = gazetteer
        self.known = known
        self.words = known.words
        self.weights = weights
        self.works = Works(gazetteer, known)
        self._speller = Speller(gazetteer)
        self._adjectives = latin_adjectives()
        self._theatres = {country for country, _, _ in fought_over()}

    def spell(self, text: str, drafts: Sequence[Draft], countries: set[str]) -> None:
        """Give drafts that the atlas does not hold the entries of other spellings of their names, in place.

        Args:
            text: the document's text.
            drafts: all that may be a place.
            countries: codes of the countries that the text names.
        """
        many = len(countries) > _MANY
        lands, told = self._lands(countries)
        named = {
            d.mention.folded: d.mention.numbers for d in drafts if d.mention.sort == "name" and d.base > 0
        }
        for at, draft in enumerate(drafts):
            if draft.mention.sort == "name":
                self._join(text, draft, lands, told)
                continue
            if draft.mention.sort == "facility" and draft.has("u-works"):
                if told and not any(self.known.home(number) in lands for number, _ in draft.mention.numbers):
                    draft.add(self.weights.of("u-works-abroad"))
                continue
            folded = self._to_look_up(draft, lands)
            if not folded:
                continue
            draft.base = draft.first
            if draft.base < _HOPELESS or (many and draft.country is None):
                continue
            if draft.has("u-held") and (home := self._region_behind(drafts, at)):
                numbers, how = self._speller.look_in_region(folded, *home), "edit"
            else:
                wanted = {draft.country} if draft.country is not None else lands
                numbers, how = self._look(folded, wanted, told, struck=self._may_be_struck(draft))
                if not numbers:
                    numbers, how = nearest_told(folded, named), "edit"
            if numbers:
                draft.mention.numbers = numbers
                draft.mention.base = folded
                draft.add(self.weights.of(f"u-spelt:{how}", f"u-spelt+{draft.parts[-1].names[-1]}"))
                if at + 1 < len(drafts) and self._lies_in(text, draft.mention, drafts[at + 1].mention):
                    draft.add(self.weights.of("u-spelt:held"))

    def _to_look_up(self, draft: Draft, countries: set[str]) -> str:
        """The folded word of an unknown name that may be misspelt; empty where there is none."""
        mention = draft.mention
        head, _, last = mention.folded.rpartition(" ")
        if mention.sort == "facility":
            if mention.numbers or last in self.words.streets:
                return ""  # a street bears a name that is no slip of the town it would be read as
            return mention.folded.split()[0]
        if mention.sort != "unknown":
            return ""
        if not head or head in self._adjectives:
            return mention.folded
        if last in self.words.region_words:
            self._take_region(draft, head, last, countries)
        return ""

    def _take_region(self, draft: Draft, head: str, word: str, countries: set[str]) -> None:
        """Read a name as that of the region that it is spelt like ("Luhanks Oblast"), in place."""
        if numbers := self._speller.look_region(head, word, countries):
            mention = draft.mention
            mention.numbers, mention.base, mention.kind_word = numbers, mention.folded, word
            draft.add(self.weights.of("u-spelt:region"))
            draft.base = draft.first

    def look(self, folded: str, countries: set[str]) -> Numbers:
        """Entries under other spellings of a folded name, in a text that names some countries."""
        return self._look(folded, *self._lands(countries))[0]

    def _lands(self, countries: set[str]) -> tuple[set[str], bool]:
        """The countries where a text may name places, and whether it tells any."""
        if not countries:
            return self._theatres, False  # a text that names no country is of one where war is fought
        if len(countries) > _FEW:
            return countries, True
        return countries | {other for code in countries for other in self.gazetteer.neighbours(code)}, True

    def _look(
        self, folded: str, countries: set[str], told: bool, *, struck: bool = True
    ) -> tuple[Numbers, str]:
        """Entries under another spelling; where the text names no country, those where war was fought.

        Where ``struck``, towns elsewhere in a country at war too: they are struck from afar.
        """
        numbers, how = self._speller.look(folded, countries)
        if not told and how == "edit":
            numbers = tuple(
                item
                for item in numbers
                if self._is_fought_over(item[0]) or (struck and self.known.size(item[0]) in _TOWNS)
            )
        return numbers, how

    def _may_be_struck(self, draft: Draft) -> bool:
        """Whether a name may be that of a town behind the front: no school or hotel is called so for it."""
        return draft.mention.sort != "facility" or draft.mention.folded.split()[-1] in self.words.works

    def _join(self, text: str, draft: Draft, countries: set[str], told: bool) -> None:
        """Read "Kamianka-Buzk" or "Nova Kakhova" as one name where one of its halves is none, in place."""
        mention = draft.mention
        behind = before = None
        if mention.folded in self._adjectives:
            behind = _FOLLOWING.match(text, mention.end)
        elif text.startswith(_HYPHENS, mention.end):
            behind = _BEHIND.match(text, mention.end)
        elif text.startswith(_HYPHENS, mention.start - 1):
            before = _BEFORE.search(text, max(0, mention.start - _REACH), mention.start)
        other = behind or before
        if other is None or draft.person:
            return
        half = fold(other.group(1))
        if half in self.words.common or half in self.words.given or self.known.lookup(half):
            return
        whole = f"{mention.folded} {half}" if behind else f"{half} {mention.folded}"
        numbers, how = self._look(whole, countries, told)
        if numbers:
            draft.add(self.weights.of(f"u-spelt:{how}"))
            mention.numbers, mention.base, mention.folded = numbers, whole, whole
            mention.start, mention.end = min(mention.start, other.start()), max(mention.end, other.end())
            mention.text = text[mention.start : mention.end]

    def _is_fought_over(self, number: int) -> bool:
        """Whether ground war was fought in the region of an entry."""
        return (*self.known.region(number), "") in fought_over()

    def _lies_in(self, text: str, mention: Mention, container: Mention) -> bool:
        """Whether a comma and the region of an entry follow its name: "Izyom, Kharkiv Oblast"."""
        if text[mention.end : container.start].strip() != ",":
            return False
        regions = {
            self.known.region(number) for number, _ in container.numbers if self._is_first_level(number)
        }
        return any(self.known.region(number) in regions for number, _ in mention.numbers)

    def _is_first_level(self, number: int) -> bool:
        layer, local = self.gazetteer.locate(number)
        return layer.feature(local) == "ADM1"

    def _region_behind(self, drafts: Sequence[Draft], at: int) -> tuple[str, str] | None:
        """Country and code of the first-level region that a few names on holds a list of names."""
        for draft in drafts[at + 1 : at + 6]:
            mention = draft.mention
            if mention.kind_word is not None:
                return self._home_of(fold(mention.text)) or self._home_of(mention.base or mention.folded)
        return None

    def _home_of(self, region: str) -> tuple[str, str] | None:
        """Country and code of the one first-level region of a name."""
        held = [self.gazetteer.outline(number) for number, _ in self.known.lookup(region)]
        homes = {(one.country, one.admin1) for one in held if one.feature == "ADM1"}
        return homes.pop() if len(homes) == 1 else None

    def keep_to_leaders(self, text: str, mentions: Sequence[Mention]) -> None:
        """A name in a list that a region leads lies there: under another spelling, or as no known place.

        "In the Kyiv region, Dymer, Hlubivka and Bucha" does not mean a Hlubivka elsewhere.
        """
        for at, leader in leaders_of(text, mentions).items():
            mention = mentions[at]
            home = self._home_of(leader)
            spots = [self.gazetteer.outline(number) for number, _ in mention.numbers]
            if home is None or any((one.country, one.admin1) == home for one in spots):
                continue
            if not spots or any(one.kind != "settlement" or one.population >= _WELL_KNOWN for one in spots):
                continue
            mention.numbers = self._speller.look_in_region(mention.base or mention.folded, *home)
