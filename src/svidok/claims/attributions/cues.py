"""Cues with their sources and contents inside one sentence, read from its dependency tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from svidok.atlas.speech import Sense, Speech
from svidok.claims.mentions.tokens import Tokens

__all__ = ["Draft", "find_cues", "noun_phrase", "subject_of"]

_SUBJECTS = ("nsubj", "csubj")
_VERBS = ("VERB", "AUX")
_NOUNS = ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ")
_TRIM = {",", ";", ":", "-", "--", "—", "–", "…", "."}


@dataclass(slots=True)
class Draft:
    """A cue at word ``verb`` of a sentence, with its source and content as word ranges (inclusive)."""

    cue: tuple[int, int]
    sense: Sense
    frame: str
    source: tuple[int, int] | None
    content: tuple[int, int] | None
    head: int


def find_cues(t: Tokens, speech: Speech) -> list[Draft]:
    """Every attribution whose cue and content stand in one sentence.

    Args:
        t: the sentence.
        speech: the lexicon of its language.
    Returns:
        Drafts in the order of their cues; a saying verb without content of its own is kept with
        content None, for quotations that stand outside the sentence.
    """
    drafts: list[Draft] = []
    for i in range(t.n):
        pos = t.pos[i]
        if pos in _VERBS:
            drafts.extend(_verb(t, i, speech))
        elif pos == "NOUN":
            drafts.extend(_noun(t, i, speech))
        elif pos == "ADJ":
            drafts.extend(_adjective(t, i, speech))
    drafts.extend(_according(t, speech))
    return drafts


# --- sources ---------------------------------------------------------------------------------


def noun_phrase(t: Tokens, head: int) -> tuple[int, int]:
    """A noun with what belongs to it, without relative clauses and what follows a comma."""
    first, last = t.left[head], t.right[head]
    for c in t.children[head]:
        if c > head and t.dep[c] in ("relcl", "acl", "appos", "punct", "advcl", "ccomp", "conj", "cc", "dep"):
            if t.dep[c] in ("conj", "cc"):
                continue
            last = min(last, t.left[c] - 1)
    while last > head and (t.word[last] in _TRIM or t.dep[last] == "cc"):
        last -= 1
    while first < head and t.word[first] in _TRIM:
        first += 1
    return first, max(last, head)


def subject_of(t: Tokens, i: int) -> int | None:
    """Head word of whoever does what verb ``i`` says: own, shared or controlled subject."""
    for _ in range(6):
        own = t.child(i, *_SUBJECTS)
        if own is not None:
            return _antecedent(t, own)
        if t.child(i, "nsubjpass") is not None:
            return _agent(t, i)
        dep, head = t.dep[i], t.head[i]
        if dep == "relcl":
            return None
        if dep == "acl":
            return head if t.tag[i] == "VBG" else _agent(t, i)
        if dep in ("conj", "xcomp", "advcl", "aux", "auxpass", "pcomp", "prep", "ccomp") and head != i:
            if dep == "xcomp" and (shared := t.child(head, "dobj")) is not None and t.tag[i] == "VB":
                return shared
            if dep == "advcl" and t.tag[i] == "VBN":
                return _agent(t, i)
            i = head
            continue
        return None
    return None


def _agent(t: Tokens, i: int) -> int | None:
    by = t.child(i, "agent")
    return t.child(by, "pobj") if by is not None else None


def _antecedent(t: Tokens, subject: int) -> int:
    if t.tag[subject] in ("WP", "WDT") or t.lower[subject] in ("who", "which", "that"):
        clause = t.head[subject]
        if t.dep[clause] == "relcl":
            return t.head[clause]
        if t.dep[clause] == "conj" and t.dep[t.head[clause]] == "relcl":
            return t.head[t.head[clause]]
    return subject


# --- contents --------------------------------------------------------------------------------


def _subtree(t: Tokens, i: int, *, lead: str | None = None) -> tuple[int, int]:
    first, last = t.left[i], t.right[i]
    while last > i and t.word[last] in _TRIM:
        last -= 1
    while first < i and t.word[first] in _TRIM:
        first += 1
    return first, last


def _rest(t: Tokens, i: int, source: tuple[int, int] | None) -> tuple[int, int] | None:
    """What stands before ("..., said X") or around an inserted cue clause."""
    first = t.left[i]
    last = t.right[i]
    if source is not None:
        first, last = min(first, source[0]), max(last, source[1])
    before = (0, first - 1)
    after = (last + 1, t.n - 1)
    before = _trimmed(t, *before)
    after = _trimmed(t, *after)
    size_before = before[1] - before[0] + 1
    size_after = after[1] - after[0] + 1
    if size_before >= 3 and size_after >= 3:
        return before[0], after[1]
    if size_before >= 2 and size_before >= size_after:
        return before
    return after if size_after >= 2 else None


def _trimmed(t: Tokens, first: int, last: int) -> tuple[int, int]:
    while last >= first and (t.word[last] in _TRIM):
        last -= 1
    while first <= last and t.word[first] in _TRIM:
        first += 1
    return first, last


def _frames(t: Tokens, i: int, speech: Speech) -> tuple[dict[str, Sense], int]:
    """The frames of verb ``i`` with its particle, and the index of the cue's last word."""
    lemma = t.lemma[i].lower()
    particle = t.child(i, "prt")
    if particle is not None:
        phrasal = speech.verbs.get(f"{lemma} {t.lower[particle]}")
        if phrasal:
            return dict(phrasal), max(i, particle)
    return dict(speech.verbs.get(lemma, {})), i


def _cue(t: Tokens, i: int, last: int) -> tuple[int, int]:
    first = i
    for c in t.children[i]:
        if (
            c < i
            and t.dep[c] in ("aux", "auxpass", "neg")
            and all(t.dep[k] in ("aux", "auxpass", "neg", "advmod") for k in range(c, i))
        ):
            first = min(first, c)
    return first, last


def _verb(t: Tokens, i: int, speech: Speech) -> Iterator[Draft]:
    frames, last = _frames(t, i, speech)
    if not frames or t.dep[i] in ("aux", "auxpass", "amod", "compound"):
        return
    cue = _cue(t, i, last)
    passive = t.child(i, "nsubjpass") is not None or t.child(i, "auxpass") is not None
    who = subject_of(t, i)
    source = noun_phrase(t, who) if who is not None else None
    if who is not None and t.lower[who] in ("it", "there") and passive:
        source = None

    def draft(content: tuple[int, int] | None, frame: str) -> Draft:
        return Draft(cue, frames[frame], frame, source, content, i)

    made = False
    if "clause" in frames and (closing := _before(t, i, source)) is not None and not any(
        t.dep[c] in ("ccomp", "xcomp", "dobj") and c > i for c in t.children[i]
    ):
        yield draft(closing, "clause")
        return
    for c in t.children[i]:
        dep = t.dep[c]
        infinitive = t.tag[c] == "VB" and any(t.lower[k] == "to" for k in t.kids(c, "aux"))
        if dep in ("ccomp", "xcomp") and t.pos[c] in (*_VERBS, "ADJ", "NOUN", "ADV", "PROPN", "PRON", "NUM"):
            frame = "infinitive" if infinitive and "infinitive" in frames else "clause"
            if dep == "xcomp" and not infinitive and "clause" not in frames:
                frame = "infinitive"
            if frame not in frames or (
                dep == "xcomp" and frame == "clause" and not infinitive and not passive and t.tag[c] != "VBG"
            ):
                continue
            if c < i and (who is None or not t.left[c] <= who <= t.right[c]) and t.right[c] > i:
                content = _rest(t, i, source)
            else:
                content = _subtree(t, c)
            if content is not None:
                made = True
                yield draft(content, frame)
        elif dep in ("dobj", "nsubjpass") and "object" in frames:
            if dep == "nsubjpass" and t.child(i, "xcomp", "ccomp") is not None:
                continue
            if t.child(i, "ccomp", "xcomp") is not None:
                continue
            if t.tag[c] in ("PRP",) or t.tag[c] in ("WP", "WDT"):
                continue
            if dep == "dobj" and "person" in frames and t.child(i, "prep") is not None:
                continue
            made = True
            yield draft(_subtree(t, c), "object")
        elif dep in ("prep", "agent") and t.lower[c] in frames and t.lower[c] != "by":
            inner = t.child(c, "pobj", "pcomp")
            if inner is not None:
                made = True
                yield draft(_subtree(t, inner), t.lower[c])
    if not made and "clause" in frames:
        if t.dep[i] == "parataxis" or (
            t.dep[i] in ("ccomp", "advcl", "conj", "ROOT", "dep") and who is not None
        ):
            yield draft(_beside(t, i, source), "clause")
        elif who is not None:
            yield draft(None, "clause")


def _beside(t: Tokens, i: int, source: tuple[int, int] | None) -> tuple[int, int] | None:
    """Content that the tree does not give: what stands before "..., said X" or around it."""
    if source is None or t.n < 5:
        return None
    if t.dep[i] == "parataxis" and t.head[i] != i:
        return _rest(t, i, source)
    return _before(t, i, source)


def _before(t: Tokens, i: int, source: tuple[int, int] | None) -> tuple[int, int] | None:
    """The sentence up to a cue clause that closes it ("..., X said on Monday."), or None."""
    if source is None:
        return None
    start, end = min(source[0], i), max(source[1], i)
    while start > 0 and t.head[start - 1] == i and t.dep[start - 1] in ("aux", "neg", "advmod"):
        start -= 1
    if start < 4 or abs(source[0] - i) > 12 and abs(source[1] - i) > 4:
        return None
    if t.word[start - 1] not in _CLOSING:
        return None
    tail = [k for k in range(end + 1, t.n) if t.pos[k] in ("VERB", "AUX") and t.dep[k] in ("ccomp", "xcomp", "ROOT")]
    if tail or t.n - end > 18:
        return None
    whole = _trimmed(t, 0, start - 1)
    return whole if whole[1] - whole[0] >= 2 else None


_CLOSING = frozenset((",", "”", '"', "''", "-", "--", "—", "–", "’", "...", "…", "?", "!"))


# --- nouns, adjectives, according to ----------------------------------------------------------


def _noun(t: Tokens, i: int, speech: Speech) -> Iterator[Draft]:
    sense = speech.nouns.get(t.lemma[i].lower())
    if sense is None:
        return
    content = None
    frame = "noun"
    for c in t.children[i]:
        if c < i:
            continue
        dep = t.dep[c]
        if dep in ("acl", "ccomp", "relcl") and t.pos[c] in _VERBS:
            infinitive = t.tag[c] == "VB" and any(t.lower[k] == "to" for k in t.kids(c, "aux"))
            that = any(t.lower[k] in ("that", "whether") for k in t.kids(c, "mark"))
            if infinitive or that:
                content = _subtree(t, c)
                break
        if dep == "prep" and t.lower[c] in ("of", "for", "about", "against") and sense.code in _NOUN_OBJECTS:
            inner = t.child(c, "pobj", "pcomp")
            if inner is not None and not (t.lower[c] == "of" and sense.code not in _OF_NOUNS):
                content = _subtree(t, inner)
                break
    if content is None:
        return
    who = t.child(i, "poss")
    if who is None:
        for c in t.children[i]:
            if t.dep[c] == "prep" and t.lower[c] in ("by", "from"):
                who = t.child(c, "pobj")
    if who is None and t.dep[i] in ("dobj", "attr", "pobj"):
        v = t.head[i] if t.dep[i] != "pobj" else t.head[t.head[i]]
        if t.pos[v] in _VERBS:
            who = subject_of(t, v)
    yield Draft((i, i), sense, frame, noun_phrase(t, who) if who is not None else None, content, i)


_NOUN_OBJECTS = {"demand", "accuse", "praise", "reject", "deny", "fear", "warn", "threaten", "want", "pledge"}
_OF_NOUNS = {"accuse", "reject", "deny", "fear", "warn", "threaten", "pledge"}


def _adjective(t: Tokens, i: int, speech: Speech) -> Iterator[Draft]:
    sense = speech.adjectives.get(t.lemma[i].lower())
    if sense is None or t.dep[i] not in ("acomp", "conj", "advcl", "ROOT", "ccomp"):
        return
    c = t.child(i, "ccomp", "xcomp")
    if c is None:
        return
    v = t.head[i] if t.dep[i] == "acomp" else i
    who = subject_of(t, v)
    if who is not None and t.lower[who] == "it":
        who = None
    first = v if t.lemma[v] == "be" and v < i else i
    yield Draft(
        (first, i), sense, "adjective", noun_phrase(t, who) if who is not None else None, _subtree(t, c), i
    )


def _according(t: Tokens, speech: Speech) -> Iterator[Draft]:
    """ "According to X, ..." and "..., according to X"."""
    for i in range(t.n - 2):
        if t.lower[i] != "according" or t.lower[i + 1] != "to":
            continue
        who = t.child(i + 1, "pobj") or t.child(i, "pobj")
        if who is None:
            continue
        source = noun_phrase(t, who)
        end = t.right[who]
        before = _trimmed(t, 0, i - 1)
        after = _trimmed(t, max(end, source[1]) + 1, t.n - 1)
        content = before if before[1] - before[0] >= 2 else after
        if content[1] - content[0] < 1:
            continue
        yield Draft((i, i + 1), speech.senses["report"], "according", source, content, i)
