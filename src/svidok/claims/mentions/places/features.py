"""What stands around a name: the features of recognition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from svidok.atlas.gazetteer.words import PlaceWords
from svidok.claims.mentions.places.runs import UPPER, Run, Word

__all__ = ["PieceLike", "Surroundings"]

_TITLE = re.compile(r"\b\w+$")
# read from the name backwards: a search for the end of a stretch would try every place in it
_BEFORE = re.compile(r"[\"“‘(\[]?[ \u00a0]*\.?([\w’'-]+)")
_TWO = re.compile(r"[ \u00a0]*[\w’'-]+[ \u00a0]+([\w’'-]+)")
_AFTER = re.compile(r"[ \u00a0]*([\w’'-]+)")


_SETTLEMENTS = r"(?:villages?|towns?|hamlets?|settlements?)"
_TOLD = re.compile(rf"\b{_SETTLEMENTS}(?:\sof)?\s$", re.IGNORECASE)
_TOLD_REACH = 16  # letters of the longest of them
_HELD = re.compile(
    rf"(?:,?(?: and)? [{UPPER}][\w’'-]+){{0,4}},? in (?:the )?(?:[{UPPER}][\w’'-]+ ){{1,3}}"
    r"(?:region|oblast|province|district|governorate|raion|hromada)\b"
)
_HEAD_OF_LIST = re.compile(r"(?:^|\n)[ \t]*(?:[-•*]|\(?\w{1,3}[.)])?[ \t]*\Z")
_END_OF_HEAD = re.compile(r"[ \t]*:?[ \t]*(?:\n|\Z)")


class PieceLike(Protocol):
    """What is needed of a piece of a run."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def folded(self) -> str: ...
    @property
    def numbers(self) -> tuple[tuple[int, int], ...]: ...
    @property
    def link(self) -> bool: ...


class Surroundings:
    """Reads the neighbours of a name into features."""

    def __init__(self, words: PlaceWords) -> None:
        self.words = words
        self._prepositions = words.prepositions

    def opens(self, text: str, start: int) -> bool:
        """Whether a sentence, line or quotation begins here."""
        at = start - 1
        while at >= 0 and text[at] in " \u00a0\"'“”‘’«»([*_":
            at -= 1
        if at >= 0 and text[at] == ".":
            title = _TITLE.search(text, max(0, at - 12), at)
            return title is None or title.group().lower() not in self.words.titles
        return at < 0 or text[at] in "!?:;\n\r\t•·…|"

    def left(
        self,
        text: str,
        run: Run,
        words: Sequence[Word],
        pieces: Sequence[PieceLike],
        at: int,
        opening: bool,
        small: set[str],
    ) -> list[str]:
        """Features of what stands before a name."""
        piece = pieces[at]
        beside = at > 0 and pieces[at - 1].end < piece.start
        if beside and text[run.start + pieces[at - 1].end] in "’'":
            return ["left:possessive"]
        if beside and not pieces[at - 1].link and text[run.start + pieces[at - 1].end] != "-":
            before = pieces[at - 1]
            if before.folded in self.words.titles:
                return ["left:title"]
            if at == 1 and opening and self._plain(before.folded, words[0].text.lower(), small):
                return ["after-opening"]
            if before.folded in self.words.never:
                return ["left:never"]
            return [self._left(before, text, run)]
        if at and pieces[at - 1].end < piece.start and not pieces[at - 1].link:
            return ["left:hyphen"]
        return self.before(text, run.start + piece.start, opening and at == 0)

    def _plain(self, folded: str, word: str, small: set[str]) -> bool:
        """Whether the first word of a sentence is capitalised for that alone."""
        return (
            folded in self.words.never
            or word in small
            or word in self._prepositions
            or word in self.words.in_words
            or (len(word) > 4 and word.endswith(("ed", "ing", "ly", "tion", "ment", "age")))
        )

    def _left(self, left: PieceLike, text: str, run: Run) -> str:
        lists, word = self.words, left.folded
        if word in lists.titles:
            return "left:title"
        if word in lists.directions:
            return "left:direction"
        if word in lists.demonyms:
            return "left:demonym"
        if word in lists.given:
            return "left:given"
        if len(word) == 1 or (
            len(word) == 2 and text[run.start + left.start : run.start + left.end].isupper()
        ):
            return "left:initial"
        if word in lists.bodies:
            return "left:body"
        if word in lists.facilities or word in lists.places:
            return "left:type-word"
        if left.numbers:
            return "left:place"
        return "left:capital"

    def before(self, text: str, start: int, opening: bool) -> list[str]:
        """Features of the words written small before a name."""
        if opening:
            return ["opens"]
        before = text[max(0, start - 40) : start]
        match = _BEFORE.match(before[::-1])
        if match is None:
            tail = before.rstrip()[-1:]
            return {",": ["before:comma"], "/": ["before:slash"], "(": ["before:bracket"]}.get(
                tail, ["before:none"]
            )
        word = match.group(1)[::-1].lower()
        if word == "of":
            two = _TWO.match(before[::-1])
            noun = two.group(1)[::-1].lower() if two else ""
            if noun in self.words.body_nouns:
                return ["before:of-body"]
            return ["before:of-place" if noun in self.words.of_nouns else "before:of"]
        if word == "the":
            two = _TWO.match(before[::-1])
            word = two.group(1)[::-1].lower() if two else ""
            return ["before:in-the" if word in self.words.in_words else "before:the"]
        if word in self.words.in_words:
            return ["before:in"]
        if word in self._prepositions:
            return ["before:to"]
        if word in self.words.titles:
            return ["left:title"]
        if word in ("a", "an", "this", "our", "his", "her", "their", "my"):
            return ["before:article"]
        if word in ("and", "or"):
            return ["before:and"]
        if word in ("said", "says", "by", "with", "for", "on", "against", "that", "as"):
            return [f"before:{word}"]
        if word in self.words.directions:
            return ["left:direction"]
        if word in self.words.of_nouns or word in self.words.places:
            return ["before:place-noun"]
        return ["before:word"]

    def right(self, text: str, run: Run, pieces: Sequence[PieceLike], at: int) -> list[str]:
        """Features of what stands after a name."""
        piece = pieces[at]
        if at + 1 < len(pieces):
            after = pieces[at + 1]
            if text[run.start + piece.end : run.start + after.start] in ("-", "‑"):
                return ["right:hyphen"]
            if text[run.start + piece.end] in "’'":
                return ["after:possessive"]
            if not after.link:
                word = after.folded
                for sort in ("facilities", "places", "bodies", "titles", "demonyms", "given", "never"):
                    if word in getattr(self.words, sort):
                        return [f"right:{sort}"]
                if after.numbers:
                    return ["right:word" if word in self.words.common else "right:place"]
                return ["right:capital"]
        return self.after(text, run.start + piece.end)

    def after(self, text: str, end: int) -> list[str]:
        """Features of the words written small after a name."""
        tail = text[end : end + 30]
        if tail[:2] in ("'s", "’s"):
            return ["after:possessive"]
        first = tail[:1]
        if first == ",":
            return ["after:comma-number" if tail[1:4].strip()[:1].isdigit() else "after:comma"]
        if first == ".":
            return ["after:stop"]
        if tail[:2] == " (" or tail[:3] in (" — ", " – ", " - ", "\u2014"):
            return ["after:dash"]
        if first == "-":
            return ["after:hyphen"]
        match = _AFTER.match(tail)
        if match is None:
            return ["after:none"]
        word = match.group(1).lower()
        if word in self.words.speech_verbs:
            return ["after:speech"]
        if word in self.words.places:
            return ["after:place-word"]
        if word in self.words.facilities or word in (
            "police",
            "government",
            "authorities",
            "officials",
            "residents",
        ):
            return ["after:facility-word"]
        if word.isdigit():
            return ["after:number"]
        if word in ("and", "or"):
            return ["after:and"]
        if word in ("in", "near", "outside"):
            return ["after:in"]
        if word in ("is", "was", "has", "had", "will", "would", "are", "were"):
            return ["after:is"]
        return ["after:word"]

    def shape(
        self, text: str, start: int, end: int, words: Sequence[Word], kind: str, small: set[str]
    ) -> list[str]:
        """Features of the letters of a name and of what else the text does with them."""
        out: list[str] = []
        word = text[start:end]
        if word.isupper() and len(word) > 1:
            if "." in word:
                out.append("dotted")
            elif kind != "kind:country":
                out.append("acronym" if len(word) <= 4 else "capitals")
            if (
                len(word) > 2
                and self.opens(text, start)
                and text[end : end + 3] in (" (A", ", M", " — ", " – ", " - ")
            ):
                out.append("dateline")
        if len(words) == 1 and word.lower() in small and word.lower() != word:
            out.append("also-small")
        if text[end : end + 1] == "." and text[end + 1 : end + 2] not in ("", "\n"):
            out.append("dot-after")
        if text[max(0, start - 2) : start] == ", ":
            out.append("comma-before")
        if text[end : end + 1] == "$" or text[max(0, start - 1) : start] in ("@", "$"):
            out.append("sign")
        if text[max(0, start - 1) : start] == "#":
            out.append("hashtag")
        if _HEAD_OF_LIST.search(text, max(0, start - 8), start) and _END_OF_HEAD.match(text, end):
            out.append("whole-line")
        return out

    def extent(self, pieces: Sequence[PieceLike], at: int) -> tuple[int, str | None]:
        """How far an unknown name runs from here, and of what sort: name, street or facility."""
        words = self.words
        if pieces[at].folded in words.never or (
            pieces[at].folded in words.demonyms and at + 1 == len(pieces)
        ):
            return at, None
        if at + 1 < len(pieces) and pieces[at + 1].folded == "of" and self._happens(pieces[at].folded):
            return at, None  # "Shelling of Gorky Park"
        last, best, sort = at, -1, "name"
        while last < len(pieces):
            piece = pieces[last]
            if piece.link:
                if last + 1 < len(pieces) and piece.folded in (
                    "of",
                    "the",
                    "de",
                    "la",
                    "des",
                    "du",
                    "del",
                    "d",
                ):
                    last += 1
                    continue
                break
            if piece.folded in words.streets and last > at:
                best, sort = last, "street"
                break
            if piece.folded in words.facilities and (last > at or len(pieces) > at + 1):
                best, sort = last, "facility"
            last += 1
        if best > at:
            return best, sort
        if pieces[at].numbers or pieces[at].folded in words.titles or pieces[at].folded in words.given:
            return at, None
        end = at
        while end + 1 < len(pieces) and not pieces[end + 1].link and not pieces[end + 1].numbers:
            end += 1
        return (end, "name") if end - at <= 2 else (at, None)

    def _happens(self, folded: str) -> bool:
        """Whether a word before "of" and a place's name tells what befell the place, not what it is."""
        words = self.words
        named = (words.places, words.facilities, words.of_types, words.bodies, words.titles, words.directions)
        return folded in words.of_nouns and not any(folded in sort for sort in named)

    def far_facility(self, pieces: Sequence[PieceLike], at: int) -> int | None:
        """The facility word that ends a name some words on: "Bakhmut Industrial Vocational College"."""
        for last in range(at + 1, min(at + 5, len(pieces))):
            piece = pieces[last]
            if piece.link or piece.folded in self.words.titles or piece.folded in self.words.given:
                return None
            if piece.folded in self.words.facilities:
                return last if last > at + 1 else None
        return None

    def unknown(
        self,
        text: str,
        run: Run,
        pieces: Sequence[PieceLike],
        at: int,
        last: int,
        sort: str,
        opening: bool,
        small: set[str],
    ) -> list[str] | None:
        """Features of a name that the atlas does not hold, or None when nothing speaks for it."""
        start, end = run.start + pieces[at].start, run.start + pieces[last].end
        left = (
            self.before(text, start, opening and at == 0)
            if at == 0 or pieces[at - 1].link
            else ["left:capital"]
        )
        if at and not pieces[at - 1].link:
            opener = pieces[at - 1].folded if at == 1 and opening else ""
            opens = opener in self.words.in_words  # "In Sevare, ..."
            left = ["before:in" if opens else self._left(pieces[at - 1], text, run)]
        right = self.after(text, end) if last + 1 == len(pieces) else ["right:capital"]
        if last + 1 < len(pieces) and pieces[last + 1].link:
            right = self.after(text, end)
        told = sort == "name" and _TOLD.search(text, max(0, start - _TOLD_REACH), start) is not None
        held = sort == "name" and _HELD.match(text, end) is not None
        speaks = (
            left[0] in ("before:in", "before:of-place", "before:to", "before:place-noun")
            or right[0] == "after:place-word"
            or told
            or held
        )
        listed = left[0] in ("before:comma", "before:and") or right[0] == "after:comma"
        kinds = self._kinds(pieces, at, last) if sort == "name" else []
        if sort == "name" and not (speaks or kinds or (listed and at == 0)):
            return None
        size = last - at + 1
        names = [f"u-{sort}", f"u-{sort}-words:{min(size, 4)}", *kinds]
        names += [f"u-{sort}+{name}" for name in (*left, *right)]
        names += [f"u-{name}" for name in (*left, *right)]
        if sort == "name":
            names.append(f"u-pair:{left[0]}+{right[0]}")
            if told:
                names.append("u-told")
            if held:
                names.append("u-held")
            if text[start:end].isupper():
                names.append("u-capitals")
            if text[start:end].lower() in small:
                names.append("u-also-small")
            if pieces[last].folded in self.words.bodies:
                names.append("u-body")
        else:
            names.append(f"u-word:{pieces[last].folded}")
            if any(piece.numbers for piece in pieces[at:last]):
                names.append(f"u-{sort}-holds-name")
        return names

    def _kinds(self, pieces: Sequence[PieceLike], at: int, last: int) -> list[str]:
        """Features of the words of an unknown name that tell its kind: "Mount Longdon", "Toktong Pass"."""
        if last == at:
            return []
        first, final = pieces[at].folded, pieces[last].folded
        out = []
        if first in self.words.heights and final not in self.words.bodies:
            out.append("u-head")
        natural = final in self.words.places and final not in self.words.region_words
        if natural and first not in self.words.directions:
            out.append("u-place-word")
        return out
