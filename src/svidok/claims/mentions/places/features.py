"""What a text writes around a name: the features that its run does not tell."""

from __future__ import annotations

import re
from collections.abc import Set

from svidok.atlas.gazetteer.words import PlaceWords
from svidok.claims.mentions.places.runs import UPPER
from svidok.claims.mentions.places.spots import Spot

__all__ = ["Surroundings"]

_TITLE = re.compile(r"\b\w+$")
# read from the name backwards: a search for the end of a stretch would try every place in it
_BEFORE = re.compile(r"[\"“‘(\[]?[ \u00a0]*\.?([\w’'-]+)")
_TWO = re.compile(r"[ \u00a0]*[\w’'-]+[ \u00a0]+([\w’'-]+)")
_AFTER = re.compile(r"[ \u00a0]*([\w’'-]+)")


_SETTLEMENTS = r"(?:villages?|towns?|hamlets?|settlements?)"
_TOLD = re.compile(rf"\b{_SETTLEMENTS}(?:\sof)?\s$", re.IGNORECASE)
_TOLD_REACH = 16  # letters of the longest of them
_TOLD_LAST = tuple("esntf")  # the last of each
_HELD = re.compile(
    rf"(?:,?(?: and)? [{UPPER}][\w’'-]+){{0,4}},? in (?:the )?(?:[{UPPER}][\w’'-]+ ){{1,3}}"
    r"(?:region|oblast|province|district|governorate|raion|hromada)\b"
)
_HEAD_OF_LIST = re.compile(r"(?:^|\n)[ \t]*(?:[-•*]|\(?\w{1,3}[.)])?[ \t]*\Z")
_END_OF_HEAD = re.compile(r"[ \t]*:?[ \t]*(?:\n|\Z)")
_ENDING = ("", " ", "\t", ":", "\n")
_DATELINES = (" (A", ", M", " — ", " – ", " - ")
_DASHES = (" — ", " – ", " - ", "\u2014")
_MARKS_BEFORE = {",": "before:comma", "/": "before:slash", "(": "before:bracket"}
_REACH = 40  # letters that are read before a name
_ARTICLES = ("a", "an", "this", "our", "his", "her", "their", "my")
_AS_THEMSELVES = ("said", "says", "by", "with", "for", "on", "against", "that", "as")
_OFFICES = ("police", "government", "authorities", "officials", "residents")
_SPEAKING = frozenset({"before:in", "before:of-place", "before:to", "before:place-noun"})


class Surroundings:
    """Reads what stands around a name into features."""

    def __init__(self, words: PlaceWords) -> None:
        self.words = words
        sorts_before = (
            ((*words.of_nouns, *words.places), "before:place-noun"),
            (words.directions, "left:direction"),
            *(((word,), f"before:{word}") for word in _AS_THEMSELVES),
            (("and", "or"), "before:and"),
            (_ARTICLES, "before:article"),
            (words.titles, "left:title"),
            (words.prepositions, "before:to"),
            (words.in_words, "before:in"),
        )
        sorts_after = (
            (("is", "was", "has", "had", "will", "would", "are", "were"), "after:is"),
            (("in", "near", "outside"), "after:in"),
            (("and", "or"), "after:and"),
            ((*words.facilities, *_OFFICES), "after:facility-word"),
            (words.places, "after:place-word"),
            (words.speech_verbs, "after:speech"),
        )
        self._before = {word: name for held, name in sorts_before for word in held}  # what is later wins
        self._after = {word: name for held, name in sorts_after for word in held}

    def opens(self, text: str, start: int) -> bool:
        """Whether a sentence, line or quotation begins here."""
        at = start - 1
        if at > 0 and text[at] == " " and text[at - 1].isalnum():
            return False
        while at >= 0 and text[at] in " \u00a0\"'“”‘’«»([*_#":
            at -= 1
        if at >= 0 and text[at] == ".":
            title = _TITLE.search(text, max(0, at - 12), at)
            return title is None or title.group().lower() not in self.words.titles
        return at < 0 or text[at] in "!?:;\n\r\t•·…|"

    def before(self, text: str, start: int) -> str:
        """The feature of the words written small before a name."""
        if text[start - 1 : start] == "#":
            start -= 1
        near = max(0, start - _REACH)
        gap = text.rfind(" ", near, start - 1) if text[start - 1 : start] == " " else -1
        word = text[gap + 1 : start - 1].lower() if gap >= 0 else ""
        if word.isalpha() and word not in ("of", "the"):  # most words: they need no pattern
            return self._before.get(word, "before:word")
        before = text[near:start][::-1]
        match = _BEFORE.match(before)
        if match is None:
            return _MARKS_BEFORE.get(before.lstrip()[:1], "before:none")
        word = match.group(1)[::-1].lower()
        if word == "of":
            noun = self._second(before)
            if noun in self.words.body_nouns:
                return "before:of-body"
            return "before:of-place" if noun in self.words.of_nouns else "before:of"
        if word == "the":
            return "before:in-the" if self._second(before) in self.words.in_words else "before:the"
        return self._before.get(word, "before:word")

    @staticmethod
    def _second(before: str) -> str:
        """The last word but one of a stretch that is read backwards."""
        two = _TWO.match(before)
        return two.group(1)[::-1].lower() if two else ""

    def after(self, text: str, end: int) -> str:
        """The feature of the words written small after a name."""
        if text[end : end + 1] == " ":
            gap = text.find(" ", end + 1, end + 30)
            if gap >= 0 and (word := text[end + 1 : gap]).isalpha():
                return self._after.get(word.lower(), "after:word")
        tail = text[end : end + 30]
        first = tail[:1]
        if first == ",":
            return "after:comma-number" if tail[1:4].strip()[:1].isdigit() else "after:comma"
        if first == ".":
            return "after:stop"
        if tail[:2] in ("'s", "’s"):
            return "after:possessive"
        if tail[:2] == " (" or tail[:3] in _DASHES:
            return "after:dash"
        if first == "-":
            return "after:hyphen"
        match = _AFTER.match(tail)
        if match is None:
            return "after:none"
        word = match.group(1).lower()
        return self._after.get(word) or ("after:number" if word.isdigit() else "after:word")

    def shape(self, text: str, start: int, end: int, spot: Spot, small: Set[str]) -> list[str]:
        """Features of the signs beside a name and of what else the text does with its letters."""
        out = []
        behind, before = text[end : end + 1], text[start - 1] if start else ""
        if spot.shouted and text[end : end + 3] in _DATELINES and self.opens(text, start):
            out.append("dateline")
        if spot.small and spot.small in small:
            out.append("also-small")
        if behind == "." and text[end + 1 : end + 2] not in ("", "\n"):
            out.append("dot-after")
        if before == " " and text[start - 2 : start] == ", ":
            out.append("comma-before")
        if behind == "$" or before == "@" or before == "$":
            out.append("sign")
        if before == "#":
            out.append("hashtag")
        closes = behind == "\n" or (behind in _ENDING and not text[end + 1 : end + 2].isalnum())
        if closes and _END_OF_HEAD.match(text, end) and _HEAD_OF_LIST.search(text, max(0, start - 8), start):
            out.append("whole-line")
        return out

    def told(self, text: str, start: int) -> bool:
        """Whether the words before an unknown name call it a village or town."""
        if text[start - 2 : start - 1].lower() not in _TOLD_LAST:
            return False  # a search for the end of a stretch is slow
        return _TOLD.search(text, max(0, start - _TOLD_REACH), start) is not None

    def held(self, text: str, end: int) -> bool:
        """Whether the words behind an unknown name, or its list, put it into a region."""
        behind = text[end : end + 2]
        if behind[1:].islower() and behind not in (" a", " i"):
            return False  # neither "and" nor "in" follows
        return _HELD.match(text, end) is not None

    @staticmethod
    def speaks(spot: Spot, left: str, right: str) -> bool:
        """Whether anything speaks for an unknown name but what it is told or held to be."""
        listed = left in ("before:comma", "before:and") or right == "after:comma"
        return spot.telling or left in _SPEAKING or right == "after:place-word" or (listed and spot.opens_run)
