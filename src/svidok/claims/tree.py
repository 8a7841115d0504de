"""A dependency parse as plain lists, quick to walk."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from svidok.records import Offsets

if TYPE_CHECKING:
    from svidok.claims.parse import Parsed

__all__ = ["NOUN_RELATIONS", "Tree"]

NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "WP", "DT", "WDT", "EX"})
NOUN_RELATIONS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})


@cache
def _attributes() -> list[int]:
    from spacy.attrs import DEP, HEAD, LEMMA, LENGTH, LOWER, SPACY, TAG

    return [LOWER, LEMMA, TAG, DEP, HEAD, LENGTH, SPACY]


class Tree:
    """One parsed sentence: for each token its lower form, lemma, tag, relation, head and children.

    Indexes are token numbers; ``start``/``end`` are offsets in the document's text.
    """

    __slots__ = ("_edges", "dep", "end", "head", "kids", "lemma", "low", "size", "start", "tag", "text")

    def __init__(self, parsed: Parsed) -> None:
        doc: Any = parsed.doc
        strings: Any = doc.vocab.strings
        rows = doc.to_array(_attributes()).astype("int64")
        lows, lemmas, tags, deps, heads, lengths, spaces = (column.tolist() for column in rows.T)
        text = _texts(strings)
        self.text = parsed.sentence.text
        self.size = len(doc)
        self.low: list[str] = [text(one) for one in lows]
        self.lemma = [text(one).lower() for one in lemmas]
        self.tag: list[str] = [text(one) for one in tags]
        self.dep: list[str] = [text(one) for one in deps]
        self.head: list[int] = [i + step for i, step in enumerate(heads)]
        for i, tag in enumerate(self.tag):  # "Air strikes continued": a subject is no finite verb
            if tag in {"VBZ", "VBP", "VB"} and self.dep[i] in {"nsubj", "nsubjpass"}:
                self.tag[i] = "NNS" if tag == "VBZ" else "NN"
        base = parsed.sentence.start
        self.start = []
        self.end = []
        place = base
        for length, space in zip(lengths, spaces, strict=True):
            self.start.append(place)
            self.end.append(place + length)
            place += length + (1 if space else 0)
        kids: list[list[int]] = [[] for _ in range(self.size)]
        for i, head in enumerate(self.head):
            if head != i:
                kids[head].append(i)
        self.kids = kids
        for i, tag in enumerate(self.tag):  # "treated the wounded": a participle that names people
            if tag in {"VBN", "VBD"} and self.dep[i] in NOUN_RELATIONS and self.of(i, "det", "nummod"):
                self.tag[i], self.lemma[i] = "NNS", self.low[i]
        self._edges: dict[int, tuple[int, int]] = {}

    def word(self, i: int) -> str:
        """The token's text as it stands in the sentence."""
        base = self.start[0]
        return self.text[self.start[i] - base : self.end[i] - base]

    def slice(self, offsets: Offsets) -> str:
        """The words between two offsets of the document."""
        base = self.start[0]
        return self.text[offsets[0] - base : offsets[1] - base]

    def pos(self, i: int) -> str | None:
        """The part of speech in the lexicon's terms: verb, noun, adj, or None."""
        tag = self.tag[i]
        if tag[0] == "V":
            return "verb"
        if tag.startswith("NN"):
            return "noun"
        if tag[0] == "J":
            return "adj"
        return None

    def of(self, i: int, *deps: str) -> list[int]:
        """Children of a token with one of these relations."""
        dep = self.dep
        return [kid for kid in self.kids[i] if dep[kid] in deps]

    def members(self, i: int) -> list[int]:
        """A noun and what is coordinated with it."""
        found = [i]
        for one in found:
            found.extend(kid for kid in self.kids[one] if self.dep[kid] == "conj")
            if len(found) > 40:
                break
        return found

    def up(self, i: int) -> Iterator[int]:
        """The token and its ancestors up to the root."""
        while True:
            yield i
            above = self.head[i]
            if above == i:
                return
            i = above

    def edges(self, i: int) -> tuple[int, int]:
        """First and last token of the subtree."""
        known = self._edges.get(i)
        if known is not None:
            return known
        first = last = i
        stack = [i]
        while stack:
            one = stack.pop()
            if one < first:
                first = one
            elif one > last:
                last = one
            stack.extend(self.kids[one])
        self._edges[i] = (first, last)
        return first, last

    def forget(self) -> None:
        """Drop what is remembered of subtrees, after tokens have been moved."""
        self._edges.clear()

    def is_nominal(self, i: int) -> bool:
        """Whether the token can head a noun phrase."""
        return self.tag[i] in NOUN_TAGS

    def phrase(self, i: int) -> tuple[int, int]:
        """First and last token of a noun phrase without its clauses, coordination and appositions."""
        first = last = i
        for kid in self.kids[i]:
            if kid < i:
                if self.dep[kid] not in {"cc", "conj", "punct", "relcl", "advcl", "appos", "preconj"}:
                    first = min(first, self.edges(kid)[0])
            elif self.dep[kid] == "prep" and self.low[kid] == "of":
                inner = self.of(kid, "pobj")
                if inner:
                    last = max(last, self.phrase(inner[0])[1])
        return first, last

    def offsets(self, first: int, last: int) -> Offsets:
        """Offsets of a run of tokens, both ends included."""
        return self.start[first], self.end[last]


def _texts(strings: Any) -> Any:
    known = _KNOWN

    def text(one: int) -> str:
        found = known.get(one)
        if found is None:
            found = strings[one & 0xFFFFFFFFFFFFFFFF]
            if len(known) < 200_000:
                known[one] = found
        return found

    return text


_KNOWN: dict[int, str] = {}
