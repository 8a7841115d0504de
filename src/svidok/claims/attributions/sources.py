"""Who the source of a cue is: own, shared, controlled or relative subjects, and agents."""

from __future__ import annotations

from svidok.claims.mentions.tokens import Tokens

__all__ = ["agent_of", "giver_of", "noun_phrase", "source_phrase", "subject_before", "subject_of"]

_SUBJECTS = ("nsubj", "csubj")
_AFTER = frozenset(("relcl", "acl", "appos", "punct", "advcl", "ccomp", "dep", "parataxis"))
_TRIM = frozenset((",", ";", ":", "-", "--", "—", "–", "…", ".", "“", "”", '"', "''"))


def noun_phrase(t: Tokens, head: int) -> tuple[int, int]:
    """A noun with what belongs to it, without relative clauses and what follows a comma."""
    first, last = t.left[head], t.right[head]
    for c in t.children[head]:
        if c > head and t.dep[c] in _AFTER:
            last = min(last, t.left[c] - 1)
    while last > head and (t.word[last] in _TRIM or t.dep[last] == "cc"):
        last -= 1
    while first < head and t.word[first] in _TRIM:
        first += 1
    return first, max(last, head)


def source_phrase(t: Tokens, head: int, verb: int) -> tuple[int, int]:
    """The source's noun phrase; with its relative pronoun when the cue stands in a relative clause."""
    first, last = noun_phrase(t, head)
    own = t.child(verb, *_SUBJECTS)
    if own is not None and last < own < verb and t.tag[own] in ("WP", "WDT") and own - last <= 4:
        return first, own
    return first, last


def subject_of(t: Tokens, i: int) -> int | None:
    """Head word of whoever does what verb ``i`` says: own, shared or controlled subject."""
    for _ in range(6):
        own = t.child(i, *_SUBJECTS)
        if own is not None:
            return _antecedent(t, own)
        if t.child(i, "nsubjpass") is not None:
            return agent_of(t, i)
        dep, head = t.dep[i], t.head[i]
        if dep == "relcl":
            return None
        if dep == "acl":
            return head if t.tag[i] == "VBG" else agent_of(t, i)
        if dep in ("conj", "xcomp", "advcl", "aux", "auxpass", "pcomp", "prep", "ccomp") and head != i:
            if dep == "xcomp" and (shared := t.child(head, "dobj")) is not None and t.tag[i] == "VB":
                return shared
            if dep == "advcl" and t.tag[i] == "VBN":
                return agent_of(t, i)
            i = head
            continue
        return None
    return None


def subject_before(t: Tokens, i: int) -> int | None:
    """A subject that the tree misses: the noun right before the verb, or before an aside in commas.

    "..., and on 1 April, Oleksandr Pavlyuk, head of the administration, claimed that ..."
    """
    k = i - 1
    while k > 0 and t.pos[k] in ("ADV", "AUX"):
        k -= 1
    if k > 1 and t.word[k] == ",":
        k = next((j for j in range(k - 1, max(k - 16, 0), -1) if t.word[j] == ","), 0) - 1
    if k < 0 or t.pos[k] not in ("PROPN", "NOUN") or t.lower[k] in ("day", "week", "year", "night"):
        return None
    return k


def giver_of(t: Tokens, saying: int) -> int | None:
    """Who gives a saying: the subject of the verb whose object it is ("she sent letters claiming that...").

    "All kinds of explanations" are what is given, not the kinds.
    """
    while t.dep[saying] == "pobj" and t.lower[t.head[saying]] == "of":
        saying = t.head[t.head[saying]]
    return subject_of(t, t.head[saying]) if t.dep[saying] == "dobj" else None


def agent_of(t: Tokens, i: int) -> int | None:
    """Head word of the "by" phrase of a passive."""
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
