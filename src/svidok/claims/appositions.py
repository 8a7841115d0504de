"""A person's name right behind an office or a trade is one phrase with it ("the writer Anne Applebaum").

The parser knows "President Joe Biden" as a name with its title, but takes "the writer Anne Applebaum" or
"UN Secretary-General António Guterres" for two nouns side by side: whoever asks who spoke would be told
"the writer". Here the name becomes the head there too, and what stands before it its title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["join_names"]

BESIDE = frozenset({"appos", "nsubj", "nsubjpass"})
PERSONAL = frozenset({"NNP", "NNPS"})
TITLES = PERSONAL | {"NN"}
LONGEST = 4  # words of a name


def join_names(doc: Doc) -> None:
    """Make each name of two words or more the head of the title that it stands right behind, in place."""
    for name in doc:
        if name.dep_ in BESIDE and name.tag_ in PERSONAL and (title := _title(name)) is not None:
            _turn(title, name)


def _title(name: Token) -> Token | None:
    """The noun right before a name that the parser sets beside it, or None."""
    doc, first = name.doc, name.left_edge.i
    if not 1 <= name.i - first < LONGEST or first == 0:
        return None
    if any(token.tag_ not in PERSONAL for token in doc[first : name.i]):
        return None
    title = doc[first - 1]
    above = name.head if name.dep_ == "appos" else title
    same = name.dep_ == "appos" or (title.dep_ == name.dep_ and title.head == name.head)
    return title if same and above == title and title.tag_ in TITLES and title.head != title else None


def _turn(title: Token, name: Token) -> None:
    later = [kid for kid in title.children if kid.i > name.i]
    name.dep_, name.head = title.dep_, title.head
    title.dep_, title.head = "compound", name
    for kid in later:
        kid.head = name
