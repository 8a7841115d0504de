"""The stretch of words that a source answers for, read from the tree and from commas."""

from __future__ import annotations

import re
from collections.abc import Container

from svidok.claims.mentions.tokens import Tokens

__all__ = [
    "Words",
    "around",
    "beside",
    "phrase",
    "rest_of_clause",
    "subtree",
    "trimmed",
    "without_further_speech",
]

Words = tuple[int, int]

_TRIM = frozenset((",", ";", ":", "-", "--", "—", "–", "…", "."))
_CLOSING = frozenset((",", "”", '"', "''", "-", "--", "—", "–", "’", "...", "…", "?", "!"))
_VERBS = ("VERB", "AUX")
_ASIDE = ("relcl", "appos", "acl")


def trimmed(t: Tokens, first: int, last: int) -> Words:
    """A range of words without commas and dashes at its ends; may come out empty (last < first)."""
    while last >= first and t.word[last] in _TRIM:
        last -= 1
    while first <= last and (t.word[first] in _TRIM or (first == 0 and _CLOCK.match(t.word[0]))):
        first += 1
    return first, last


_CLOCK = re.compile(r"^\d{1,2}[:.]\d\d$")


def subtree(t: Tokens, i: int) -> Words:
    """Word ``i`` with everything that depends on it."""
    first, last = trimmed(t, t.left[i], t.right[i])
    return (first, last) if first <= i <= last else (i, i)


def phrase(t: Tokens, i: int) -> Words:
    """A noun with its complements, without an aside that a comma sets off (", which ...")."""
    first, last = subtree(t, i)
    for c in t.children[i]:
        if c > i and t.dep[c] in _ASIDE and t.left[c] > first and t.word[t.left[c] - 1] == ",":
            last = min(last, t.left[c] - 2)
    for k in range(i + 1, last):
        if t.word[k] == "," and t.tag[k + 1] in ("WDT", "WP", "WP$"):
            last = k - 1
            break
    return first, max(last, i)


def without_further_speech(t: Tokens, content: Words, verbs: Container[str]) -> Words:
    """A content cut before a participle of saying that goes on about it (", adding that ...")."""
    for k in range(content[0] + 2, content[1]):
        if t.word[k] == "," and t.tag[k + 1] == "VBG" and t.lemma[k + 1] in verbs and t.dep[k + 1] == "advcl":
            return content[0], k - 1
    return content


def rest_of_clause(t: Tokens, i: int, content: Words) -> Words:
    """A content stretched over the complements of verb ``i`` that follow it ("cited X as a reason").

    Adverbial clauses, further predicates and what a comma sets off are left out.
    """
    last = content[1]
    for c in t.children[i]:
        if c <= last or t.left[c] <= i:
            continue
        if t.left[c] != last + 1:
            break
        if t.dep[c] in ("xcomp", "oprd", "ccomp", "acl") or (
            t.dep[c] == "prep" and t.lower[c] in _COMPLEMENT
        ):
            last = t.right[c]
        else:
            break
    return trimmed(t, content[0], last)


_COMPLEMENT = frozenset(("as", "to", "of", "about", "against", "toward", "towards", "over"))


def around(t: Tokens, i: int, source: Words | None, inner: int | None = None) -> Words | None:
    """What stands before ("..., said X") or around a cue clause inserted between commas.

    ``inner`` is the content's head when the tree makes it depend on the cue.
    """
    if inner is None:
        first, last = t.left[i], t.right[i]
    else:
        own = [c for c in t.children[i] if c != inner and t.dep[c] not in ("punct", "conj", "cc")]
        first = min([i, *(t.left[c] for c in own if t.left[c] > t.left[inner])])
        last = max([i, *(t.right[c] for c in own)])
    if source is not None:
        first, last = min(first, source[0]), max(last, source[1])
    before = trimmed(t, 0, first - 1)
    after = trimmed(t, last + 1, t.n - 1)
    if after[0] <= after[1] and t.tag[after[0]] == "VBG":
        after = (t.n, t.n - 1)
    size_before, size_after = before[1] - before[0] + 1, after[1] - after[0] + 1
    if size_before >= 3 and size_after >= 3:
        return before[0], after[1]
    if size_before >= 2 and size_before >= size_after:
        return before
    return after if size_after >= 2 else None


def beside(t: Tokens, i: int, source: Words | None) -> Words | None:
    """The sentence before a cue clause that closes it ("..., X said on Monday."), or around one
    that commas insert ("The model, he said, works."), or None when the cue stands elsewhere.
    """
    if source is None or (abs(source[0] - i) > 14 and abs(source[1] - i) > 5):
        return None
    start, end = min(source[0], i), max(source[1], i)
    while start > 0 and t.head[start - 1] == i and t.dep[start - 1] in ("aux", "neg", "advmod", "mark"):
        start -= 1
    if start < 2 or t.word[start - 1] not in _CLOSING:
        return None
    if (
        end + 2 < t.n
        and t.word[end + 1] == ","
        and t.word[start - 1] in (",", "”", '"', "''")
        and t.n - end > 4
        and t.tag[end + 2] != "VBG"
        and end - start <= 7
        and not any(t.dep[c] in ("ccomp", "dobj") and c > i for c in t.children[i])
    ):
        return trimmed(t, 0, t.n - 1)
    if start < 4 or t.n - end > 18:
        return None
    if any(t.pos[k] in _VERBS and t.dep[k] in ("ccomp", "xcomp", "ROOT") for k in range(end + 1, t.n)):
        return None
    whole = trimmed(t, 0, start - 1)
    return whole if whole[1] - whole[0] >= 2 else None
