"""Cues that are no verbs: nouns ("the claim that"), adjectives, "according to", and "X: ..."."""

from __future__ import annotations

from collections.abc import Container, Iterator

from svidok.atlas.speech import Speech
from svidok.claims.attributions.contents import Words, phrase, subtree, trimmed
from svidok.claims.attributions.drafts import Draft
from svidok.claims.attributions.sources import noun_phrase, subject_of
from svidok.claims.mentions.tokens import Tokens

__all__ = ["according", "adjective", "colon", "noun"]

_VERBS = ("VERB", "AUX")
_FINITE = ("VBD", "VBZ", "VBP", "MD", "VB")
_NOUN_PREPOSITIONS = frozenset(("of", "for", "about", "against", "on", "over", "at", "to", "in"))
# "the report of X", "the manifesto of X": who made it, not what it says
_BY_OF = frozenset(("say", "announce", "report", "learn", "claim", "confirm", "compare"))
_LABELS = frozenset(
    (
        "left",
        "right",
        "centre",
        "center",
        "top",
        "bottom",
        "source",
        "photo",
        "image",
        "video",
        "note",
        "caption",
    )
)


def noun(t: Tokens, i: int, speech: Speech) -> Iterator[Draft]:
    """A noun of saying with its content: a clause, an infinitive, or "of/for/about X"."""
    sense = speech.nouns.get(t.lemma[i].lower())
    if sense is None:
        return
    content: Words | None = None
    frame = "noun"
    verb = _governor(t, i)
    for c in t.children[i]:
        if c < i:
            continue
        dep = t.dep[c]
        if dep in ("acl", "ccomp", "relcl") and t.pos[c] in _VERBS:
            infinitive = t.tag[c] == "VB" and any(t.lower[k] == "to" for k in t.kids(c, "aux"))
            that = any(t.lower[k] in ("that", "whether") for k in t.kids(c, "mark"))
            if infinitive or that:
                content = subtree(t, c)
                break
        if dep == "prep" and t.lower[c] in _NOUN_PREPOSITIONS:
            inner = t.child(c, "pobj", "pcomp")
            if inner is not None and not (t.lower[c] == "of" and sense.code in _BY_OF):
                content = phrase(t, inner)
                frame = "noun of" if t.lower[c] == "of" else "noun for"
                break
    if content is None and t.dep[i] == "nsubj" and verb is not None and t.lemma[verb] == "be":
        clause = t.child(verb, "ccomp", "xcomp")
        content = subtree(t, clause) if clause is not None and clause > verb else None
    if content is None:
        return
    who = t.child(i, "poss")
    if who is None:
        for c in t.kids(i, "prep"):
            if t.lower[c] in ("by", "from"):
                who = t.child(c, "pobj")
    if who is None and verb is not None and t.dep[i] in ("dobj", "attr", "pobj"):
        who = subject_of(t, verb)
    yield Draft((i, i), sense, frame, noun_phrase(t, who) if who is not None else None, content, i)


def _governor(t: Tokens, i: int) -> int | None:
    if t.dep[i] in ("dobj", "attr", "nsubj"):
        verb = t.head[i]
    elif t.dep[i] == "pobj":
        verb = t.head[t.head[i]]
    else:
        return None
    return verb if t.pos[verb] in _VERBS else None


def adjective(t: Tokens, i: int, speech: Speech) -> Iterator[Draft]:
    """ "X is confident that ...": an adjective with its clause."""
    sense = speech.adjectives.get(t.lemma[i].lower())
    if sense is None or t.dep[i] not in ("acomp", "conj", "advcl", "ROOT", "ccomp"):
        return
    clause = t.child(i, "ccomp", "xcomp")
    frame = "adjective"
    if clause is None:
        about = next(
            (c for c in t.kids(i, "prep") if t.lower[c] in ("of", "about", "to", "with", "by", "at")), None
        )
        clause = t.child(about, "pobj", "pcomp") if about is not None else None
        frame = "adjective of"
    if clause is None:
        return
    verb = t.head[i] if t.dep[i] == "acomp" else i
    who = subject_of(t, verb)
    if who is not None and t.lower[who] == "it":
        who = None
    first = verb if t.lemma[verb] == "be" and verb < i else i
    source = noun_phrase(t, who) if who is not None else None
    yield Draft((first, i), sense, frame, source, subtree(t, clause), i)


def according(t: Tokens, speech: Speech) -> Iterator[Draft]:
    """ "According to X, ..." and "..., according to X"; "by his own account"."""
    for i in range(t.n - 2):
        if t.lower[i] == "according" and t.lower[i + 1] == "to":
            who, end = t.child(i + 1, "pobj") or t.child(i, "pobj"), 0
        elif t.lower[i] == "by" and (account := t.child(i, "pobj")) is not None:
            if t.lower[account] not in speech.accounts:
                continue
            who, end = t.child(account, "poss"), t.right[account]
        else:
            continue
        if who is None or t.lower[who] in speech.idioms:
            continue
        source = noun_phrase(t, who)
        last = max(t.right[who], source[1], end)
        cue = (i, i + 1) if not end else (i, i)
        before = trimmed(t, 0, i - 1)
        after = trimmed(t, last + 1, t.n - 1)
        told = any(t.pos[k] in _VERBS for k in range(before[0], before[1] + 1))
        joined = before[1] >= before[0] and t.dep[before[1]] == "cc"  # "fell and, according to X, burned"
        if after[1] - after[0] >= 1 and (not told or joined):
            content = after  # "that day, according to X, ten died"
        else:
            content = before if before[1] - before[0] >= 2 else after
        if content[1] - content[0] >= 1:
            yield Draft(cue, speech.senses["report"], "according", source, content, i)


def colon(t: Tokens, speech: Speech, actors: Container[int] = ()) -> Iterator[Draft]:
    """ "X: ..." where X is a short name or office: headlines, transcripts, posts.

    ``actors`` holds the offsets at which known actors end.
    """
    limit = min(t.n - 3, 9)
    at = next((k for k in range(1, limit) if t.word[k] == ":"), None)
    if at is None or t.begin[at + 1] == t.end[at]:
        return
    first = 1 if t.word[0] in ('"', "“", "''") else 0
    known = t.end[at - 1] in actors
    head = [k for k in range(first, at) if t.pos[k] in ("NOUN", "PROPN") or (known and k == at - 1)]
    if not head or any(
        t.pos[k] in _VERBS
        or t.word[k] in (",", "(")
        or t.lower[k] in _LABELS
        or t.word[k][:1].isdigit()  # a dated entry of a list
        for k in range(first, at)
    ):
        return
    last = head[-1]
    lemma = t.lemma[last].lower()
    sayer = known or t.pos[last] == "PROPN" or lemma in speech.anonymous or lemma in speech.nouns
    if not sayer or t.n - at < 4:
        return
    if t.word[0] in ("-", "–", "—", "•", "*") and not known:
        return  # an entry of a list, headed by a place or a thing
    content = trimmed(t, at + 1, t.n - 1)
    if any(t.tag[k] in _FINITE for k in range(content[0], content[1] + 1)):
        yield Draft((at, at), speech.senses["say"], "colon", (first, last), content, at)
