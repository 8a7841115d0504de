"""What the grammar shows of a proper noun: called a place, standing as one, or listed with one."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from svidok.atlas.gazetteer.words import load_place_words
from svidok.claims.mentions.tokens import Tokens
from svidok.errors import BadData

__all__ = [
    "NAMED",
    "PlaceGrammar",
    "Run",
    "called",
    "happens",
    "joined",
    "load_place_grammar",
    "stands",
    "top_of",
]

Run = tuple[int, int]
"""First and last word of a name."""

NAMED = frozenset({"compound", "nmod", "amod"})
LISTED = frozenset({"conj", "appos", "npadvmod", "nmod"})
SUFFERING = frozenset({"capture", "withdraw", "siege", "strike", "air_strike", "destroy", "battle", "detain"})
"""Types of what is done to a town by name; "held by the rebels" is a prisoner's until it is known for one."""
LEAVING = frozenset({"move", "withdraw", "displace"})
NAMINGS = frozenset({"including", "like", "as", "such", "namely", "known", "called", "named"})
INSIDE = frozenset({"in", "inside"})
AMONG = frozenset({"among", "including", "amongst"})
WITHIN_GROUP = 12  # words between the noun of a group of places and its members
WITHIN_NAME = 2  # words between a name and the noun that it names: "X Palestinian refugee camp"


@dataclass(frozen=True, slots=True)
class PlaceGrammar:
    """Words by what they show of the name beside them; see ``data/toponyms.toml``."""

    areas: frozenset[str]
    sites: frozenset[str]
    parts: frozenset[str]
    owners: frozenset[str]
    where: frozenset[str]
    whither: frozenset[str]
    bodies: frozenset[str]
    particles: frozenset[str]
    held: frozenset[str]
    taken: frozenset[str]
    entered: frozenset[str]
    going: frozenset[str]
    suffered: frozenset[str]


@cache
def load_place_grammar() -> PlaceGrammar:
    """Read the word lists once.

    Raises:
        BadData: the file cannot be read or lacks a list.

    >>> "suburb" in load_place_grammar().areas
    True
    """
    where = "atlas/data/toponyms.toml"
    text = resources.files("svidok.atlas").joinpath("data/toponyms.toml").read_text(encoding="utf-8")
    try:
        return PlaceGrammar(**{key: frozenset(value.split()) for key, value in tomllib.loads(text).items()})
    except (tomllib.TOMLDecodeError, AttributeError, TypeError) as error:
        raise BadData(f"a word list cannot be read: {error}", where=where) from error


def top_of(t: Tokens, run: Run) -> int:
    """The word of a run that governs the others."""
    inside = range(run[0], run[1] + 1)
    tops = [i for i in reversed(inside) if t.head[i] not in inside or t.head[i] == i]
    return next((i for i in tops if not t.word[i].islower()), tops[0] if tops else run[1])


def called(t: Tokens, run: Run, words: PlaceGrammar, *, somebody: bool) -> bool:
    """Whether a name is called a place outright: "X district", "the village of X", "X, a suburb".

    Args:
        t: the sentence.
        run: the name.
        words: the word lists.
        somebody: whether an actor covers the name, who may own a base or a farm without naming it.
    """
    first, last = run
    if _is_body(t, run, words):
        return False
    top = top_of(t, run)
    nouns = words.areas | words.sites
    if last > first and t.lower[last] in nouns and t.lower[first] not in nouns:
        return t.dep[top] in {"pobj", "dobj", "nsubjpass", "conj", "appos"} or t.dep[top] in NAMED
    if _names_the_noun_behind(t, run, words, somebody=somebody):
        return True
    governor = t.head[top]
    if t.dep[top] == "pobj" and t.lower[governor] == "of" and t.head[governor] == governor - 1:
        named = t.word[governor - 1]
        if named.lower() in words.areas:
            return True
        if not somebody and first == governor + 1 and named in words.parts | words.sites:
            return not _is_person(t, run, words)
    before = first - 1
    if before >= 0 and t.tag[before] == "NN" and t.lower[before] in nouns and t.dep[top] in {"appos", "pobj"}:
        return True
    told = words.areas if somebody else nouns
    return any(t.lower[kid] in told and kid > last for kid in t.kids(top, "appos")) or (
        not somebody and (_exampled(t, top, words) or _grouped(t, run, words))
    )


def _names_the_noun_behind(t: Tokens, run: Run, words: PlaceGrammar, *, somebody: bool) -> bool:
    """Whether a name is that of a noun behind it: "X district", "X refugee camp", "X and Y suburbs"."""
    top = top_of(t, run)
    nouns = words.areas | words.sites
    after = run[1] + 1
    if after < t.n and t.lower[after] in nouns and t.pos[after] in {"NOUN", "PROPN"}:
        if t.head[top] == after or (t.dep[top] in NAMED and t.head[top] >= after):
            return True
        other = t.head[top]
        return t.dep[top] == "conj" and t.dep[other] in NAMED and t.head[other] == after
    if somebody or t.word[top].isupper():
        return False
    noun = t.head[top]
    if t.dep[top] in NAMED and noun >= after and t.dep[noun] in NAMED:  # "X refugee camp", hung on "refugee"
        noun = t.head[noun]
    if t.dep[top] not in NAMED or noun <= after or t.lower[noun] not in nouns:
        return False
    between = range(after, noun)
    if len(between) <= WITHIN_NAME and all(t.word[i].islower() and t.tag[i][0] in "NJ" for i in between):
        return words.owners.isdisjoint(t.lower[after:noun])
    return any(t.dep[kid] == "conj" for kid in t.children[top]) and all(
        not t.word[i].islower() or t.dep[i] in {"cc", "punct"} for i in between
    )


def _exampled(t: Tokens, top: int, words: PlaceGrammar) -> bool:
    """Whether a name is one of the places told before it: "villages including X", "an area known as X"."""
    node = top
    while t.head[node] != node and t.lower[t.head[node]] in NAMINGS and t.head[node] < node:
        node = t.head[node]
    return node != top and t.lower[t.head[node]] in words.areas


def _grouped(t: Tokens, run: Run, words: PlaceGrammar) -> bool:
    """Whether a name opens the members of a group of places: "twelve villages fell, among them X and Y"."""
    first = run[0]
    among = first >= 2 and t.lower[first - 2] in AMONG and t.lower[first - 1] in {"them", "these"}
    listed = (
        first >= 2 and t.word[first - 1] == ":" and run[1] + 1 < t.n and t.lower[run[1] + 1] in {",", "and"}
    )
    return (among or listed) and any(
        t.tag[i] == "NNS" and t.lower[i] in words.areas for i in range(max(0, first - WITHIN_GROUP), first)
    )


def _is_body(t: Tokens, run: Run, words: PlaceGrammar) -> bool:
    last = run[1]
    if last + 2 < t.n and t.lower[last + 2] in words.sites:  # "X police station"
        last -= 1
    return any(t.lower[i] in words.bodies for i in range(run[0], min(last + 2, t.n)) if t.pos[i] != "VERB")


def stands(t: Tokens, run: Run, words: PlaceGrammar, triggers: Mapping[int, str], *, somebody: bool) -> bool:
    """Whether a name stands where the place of a happening stands.

    Args:
        t: the sentence.
        run: the name.
        words: the word lists.
        triggers: words that tell a happening, with its type.
        somebody: whether a person may be meant, who is nowhere but in a place.
    """
    if _is_body(t, run, words) or all(t.word[i].isupper() for i in range(run[0], run[1] + 1)):
        return False
    top = top_of(t, run)
    governor = t.head[top]
    many = t.tag[top] == "NNPS" and t.lower[top] not in words.areas  # "fell to the Nationalists"
    if t.dep[top] in {"dobj", "nsubjpass"} or (t.dep[top] == "pobj" and t.dep[governor] == "prt"):
        if somebody or many or _is_person(t, run, words):
            return False
        return triggers.get(governor) in words.held or (
            t.dep[top] == "dobj" and governor in triggers and t.lemma[governor] in words.entered
        )
    if t.dep[top] != "pobj" or (somebody and t.lower[governor] not in INSIDE):
        return False
    above = t.head[governor]
    if t.lower[governor] in words.whither:
        gone = t.lemma[above] in words.going and t.lower[governor] != "from"
        return not many and (gone or triggers.get(above) in words.held | LEAVING)
    if t.lower[governor] == "on":
        return triggers.get(above) in words.held
    return t.lower[governor] in words.where and _is_told(t, governor, triggers)


def happens(t: Tokens, run: Run, words: PlaceGrammar, triggers: Mapping[int, str], *, owner: bool) -> bool:
    """Whether a name may be a place that something happens to, if the atlas knows one of that name.

    Args:
        t: the sentence.
        run: the name.
        words: the word lists.
        triggers: words that tell a happening, with its type.
        owner: whether an actor that is no person covers the name, as a state may.
    """
    top = top_of(t, run)
    if _is_body(t, run, words) or t.tag[top] == "NNPS" or _is_called_somebody(t, run):
        return False
    governor = t.head[top]
    if t.dep[top] == "dobj":
        return t.lemma[governor] in words.entered or (not owner and triggers.get(governor) in SUFFERING)
    if owner or (run[0] > 0 and t.lower[run[0] - 1] in {"the", "a", "an"}):
        return False
    if t.dep[top] == "nsubjpass":
        return triggers.get(governor) in SUFFERING or t.lemma[governor] in words.suffered
    if t.dep[top] == "nsubj":
        return t.lemma[governor] in words.suffered
    return (
        t.dep[top] == "pobj"
        and t.lower[governor] in words.where | words.whither
        and _is_told(t, governor, triggers)
    )


def _is_told(t: Tokens, token: int, triggers: Mapping[int, str]) -> bool:
    return any(node in triggers for node in (t.head[token], *t.up(t.head[token])))


def _is_person(t: Tokens, run: Run, words: PlaceGrammar) -> bool:
    """Whether a name that was taken or hit looks like somebody's: a given name, a "who", a "he".

    What "was captured" without being called a town is as a rule somebody.
    """
    top = top_of(t, run)
    return _is_called_somebody(t, run) or (t.dep[top] == "nsubjpass" and t.lemma[t.head[top]] in words.taken)


def _is_called_somebody(t: Tokens, run: Run) -> bool:
    """Whether a given name, a "who", a "he" or an age shows a name to be somebody's."""
    first, last = run
    after = [t.lower[i] for i in range(last + 1, min(last + 3, t.n))]
    suffers = t.dep[top_of(t, run)] == "nsubjpass"
    return (
        t.lower[first] in load_place_words().given
        or "who" in after
        or not (PERSONAL if suffers else OF_ONE).isdisjoint(t.lower)
        or (after[:1] in ([","], ["("]) and after[-1].isdigit())  # "X, 34"
    )


PERSONAL = frozenset({"he", "she", "his", "her", "him", "who", "whose"})
OF_ONE = frozenset({"he", "she", "him"})


def joined(t: Tokens, run: Run, listed: Collection[int], words: PlaceGrammar) -> bool:
    """Whether a name is one of a list of places ("Samarra, Balad and Ishaki").

    Args:
        t: the sentence.
        run: the name.
        listed: words of the places known so far.
        words: the word lists.
    """
    if _is_body(t, run, words):
        return False
    top = top_of(t, run)
    above = t.head[top]
    if t.dep[top] == "conj" and any(i in listed for i in (above, *t.kids(above, "compound"))):
        return t.dep[above] != "nsubj"
    return any(kid in listed for kid in t.kids(top, "conj")) or _in_commas(t, run, listed)


def _in_commas(t: Tokens, run: Run, listed: Collection[int]) -> bool:
    """Whether a name stands in a list of places by its commas, wherever the parser hung it."""
    first, last = run
    top = top_of(t, run)
    behind = t.lower[last + 1] if last + 1 < t.n else "."
    if t.dep[top] in NAMED and behind == "," and last + 2 in listed:
        return True
    i = first - 1
    if i >= 0 and t.lower[i] == "the":
        i -= 1
    if i < 1 or t.dep[top] not in LISTED or t.lower[i] not in {",", "and"}:
        return False
    if t.dep[t.head[top]] in {"nsubj", "nsubjpass"}:
        return False
    ends = behind in {",", "and", ".", ";", "("} or (t.dep[top] == "conj" and t.lower[i] == "and")
    i -= 1
    if t.word[i] == ",":
        i -= 1
    if i > 0 and t.word[i] == ")":  # "X (twice), Y"
        i = next((k - 1 for k in range(i, 0, -1) if t.word[k] == "("), -1)
    return ends and i in listed
