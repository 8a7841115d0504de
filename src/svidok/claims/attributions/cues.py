"""Cues with their sources and contents inside one sentence, read from its dependency tree."""

from __future__ import annotations

from collections.abc import Container, Iterator

from svidok.atlas.speech import Sense, Speech
from svidok.claims.attributions.contents import (
    Words,
    around,
    beside,
    phrase,
    rest_of_clause,
    subtree,
    trimmed,
    without_further_speech,
)
from svidok.claims.attributions.drafts import Draft
from svidok.claims.attributions.nominal import according, adjective, colon, noun
from svidok.claims.attributions.sources import giver_of, source_phrase, subject_before, subject_of
from svidok.claims.mentions.tokens import Tokens

__all__ = ["find_cues"]

_VERBS = ("VERB", "AUX")
_CLAUSAL = (*_VERBS, "ADJ", "NOUN", "ADV", "PROPN", "PRON", "NUM")
_MARKS = ("“", '"', "''", "”")


def find_cues(t: Tokens, speech: Speech, actors: Container[int] = ()) -> list[Draft]:
    """Every attribution whose cue stands in one sentence.

    Args:
        t: the sentence.
        speech: the lexicon of its language.
        actors: offsets at which known actors end.

    Returns:
        Drafts in the order of their cues; a saying verb without content of its own is kept with
        content None, for quotations that stand outside the sentence.
    """
    drafts: list[Draft] = list(colon(t, speech, actors))
    quoting = any(mark in t.text for mark in _MARKS)
    for i in range(t.n):
        pos = t.pos[i]
        if pos in _VERBS:
            drafts.extend(_verb(t, i, speech, quoting=quoting))
        elif pos == "NOUN":
            if t.child(i, "nsubj") is not None and t.child(i, "ccomp") is not None:
                drafts.extend(_verb(t, i, speech, quoting=quoting))
                continue
            drafts.extend(noun(t, i, speech))
        elif pos == "ADJ":
            drafts.extend(adjective(t, i, speech))
    drafts.extend(according(t, speech))
    drafts.extend(_tail(t, speech))
    return drafts


def _tail(t: Tokens, speech: Speech) -> Iterator[Draft]:
    """ "..., local media report.": a closing cue that the tagger takes for a noun."""
    i = t.n - 1
    while i > 4 and not t.word[i][:1].isalpha():
        i -= 1
    if i <= 4 or t.pos[i] != "NOUN" or t.lemma[i] not in _CLOSERS or t.child(i, "nsubj") is not None:
        return
    start = next((k for k in range(i - 1, max(3, i - 9), -1) if t.word[k] == ","), None)
    if start is None or start < 3 or i - start < 2 or t.lower[start + 1] in ("and", "or", "which"):
        return
    content = trimmed(t, 0, start - 1)
    if any(t.pos[k] in _VERBS for k in range(content[0], content[1] + 1)):
        sense = speech.verbs[t.lemma[i]]["clause"]
        yield Draft((i, i), sense, "clause", (start + 1, i - 1), content, i)


_CLOSERS = frozenset(("report", "state", "claim", "post", "note", "comment"))


def _frames(t: Tokens, i: int, speech: Speech) -> tuple[dict[str, Sense], int]:
    """The frames of verb ``i`` with its particle, and the index of the cue's last word."""
    lemma = t.lemma[i].lower()
    lemma = speech.lemmas.get(lemma, lemma)
    particle = t.child(i, "prt")
    if particle is not None:
        phrasal = speech.verbs.get(f"{lemma} {t.lower[particle]}")
        if phrasal:
            return dict(phrasal), max(i, particle)
    return dict(speech.verbs.get(lemma, {})), i


def _cue(t: Tokens, i: int, last: int) -> Words:
    """The verb with its auxiliaries, negation and particle."""
    first = i
    for c in t.children[i]:
        if (
            c < i
            and t.dep[c] in ("aux", "auxpass", "neg")
            and all(t.dep[k] in ("aux", "auxpass", "neg", "advmod") for k in range(c, i))
        ):
            first = min(first, c)
    return first, last


def _verb(t: Tokens, i: int, speech: Speech, *, quoting: bool) -> Iterator[Draft]:
    frames, last = _frames(t, i, speech)
    if t.dep[i] in ("aux", "auxpass", "amod", "compound"):
        return
    if not frames:
        said = list(_quoting(t, i, speech)) if quoting else []
        yield from said or _that_clause(t, i, speech)
        return
    cue = _cue(t, i, last)
    subject = t.child(i, "nsubjpass")
    passive = subject is not None or t.child(i, "auxpass") is not None
    who = subject_of(t, i)
    if who is not None and t.dep[i] == "acl" and t.lemma[who].lower() in speech.nouns:
        who = giver_of(t, who) or who
    if who is None and not passive and t.tag[i] in ("VBD", "VBZ", "VBP") and t.child(i, "ccomp") is not None:
        who = subject_before(t, i)
    source = source_phrase(t, who, i) if who is not None else None
    if who is not None and t.lower[who] in ("it", "there") and passive:
        source = None

    def draft(content: Words | None, frame: str) -> Draft:
        return Draft(cue, frames[frame], frame, source, content, i)

    if "direct" in frames and "clause" not in frames:
        if quoting and who is not None:
            yield Draft(cue, frames["direct"], "clause", source, beside(t, i, source), i)
        return
    if "clause" in frames and not passive:
        closing = beside(t, i, source) if t.tag[i] != "VBG" or quoting else None  # "some of them crying"
        after = ("ccomp", "xcomp") if "person" in frames else ("ccomp", "xcomp", "dobj")
        if closing is not None and not any(t.dep[c] in after and c > i for c in t.children[i]):
            yield draft(closing, "clause")
            return
    if passive and who is None and any(s.attitude for s in frames.values()):
        return
    made = False
    if (asked := _called_on(t, i, speech)) is not None:
        content, sense = asked
        yield Draft(cue, sense, "infinitive", source, content, i)
        return
    for content, frame in _contents(t, i, frames, who, source, passive=passive, speech=speech):
        if (
            passive
            and subject is not None
            and source is None
            and frame in ("clause", "infinitive", "for", "as")
        ):
            content = (min(subtree(t, subject)[0], content[0]), content[1])
        made = True
        yield draft(without_further_speech(t, content, speech.verbs) if frame == "clause" else content, frame)
    if (
        not made
        and "clause" in frames
        and who is not None
        and ("person" in frames or t.child(i, "dobj") is None)
    ):
        aside = t.dep[i] == "parataxis" and t.tag[i] != "VBG" and t.n > 4
        yield draft(around(t, i, source) if aside else None, "clause")


def _contents(
    t: Tokens,
    i: int,
    frames: dict[str, Sense],
    who: int | None,
    source: Words | None,
    *,
    passive: bool,
    speech: Speech,
) -> Iterator[tuple[Words, str]]:
    """Every complement of verb ``i`` that one of its frames takes as content."""
    clause = t.child(i, "ccomp", "xcomp")
    bare_name = t.dep[i] == "acl" and t.tag[i] == "VBN"
    if "predicate" in frames and not bare_name and (named := _predicate(t, i)) is not None:
        yield named, "predicate"
        return
    for c in t.children[i]:
        dep = t.dep[c]
        if dep in ("ccomp", "xcomp") and t.pos[c] in _CLAUSAL:
            if c < i and any(k > i for k in t.kids(i, "ccomp")):
                continue
            found = _clause(t, i, c, frames, who, source, passive=passive, speech=speech)
            if found is not None:
                yield found
        elif dep in ("dobj", "nsubjpass") and "object" in frames:
            if clause is not None or t.tag[c] in ("PRP", "WP", "WDT") or (passive and who is None):
                continue
            if dep == "dobj" and "person" in frames and t.child(i, "prep") is not None:
                continue
            content = phrase(t, c)
            yield (rest_of_clause(t, i, content) if dep == "dobj" else content), "object"
        elif dep == "prep" and t.lower[c] in frames:
            inner = t.child(c, "pobj", "pcomp")
            if inner is None or (t.lower[c] == "to" and t.child(i, "dobj") is not None):
                continue
            content = rest_of_clause(t, i, phrase(t, inner))
            thing = t.child(i, "dobj")
            if t.lower[c] == "as" and thing is not None and i < thing < c:
                content = (subtree(t, thing)[0], content[1])
            yield content, t.lower[c]


def _called_on(t: Tokens, i: int, speech: Speech) -> tuple[Words, Sense] | None:
    """ "called on X to stop", "appealed to X to help": the infinitive behind a preposition."""
    for c in t.kids(i, "prep"):
        sense = speech.verbs.get(f"{t.lemma[i]} {t.lower[c]}", {}).get("infinitive")
        thing = t.child(c, "pobj")
        if sense is None or thing is None:
            continue
        for k in (*t.children[i], *t.children[thing], *t.children[c]):
            if k > thing and t.tag[k] == "VB" and any(t.lower[a] == "to" for a in t.kids(k, "aux")):
                return (t.left[thing], subtree(t, k)[1]), sense
    return None


def _predicate(t: Tokens, i: int) -> Words | None:
    """What something is called: "called [the vote a sham]", "declared [the city safe]"."""
    for c in t.children[i]:
        if c < i:
            continue
        if t.dep[c] == "oprd":
            thing = t.child(i, "dobj", "nsubjpass")
            first = subtree(t, thing)[0] if thing is not None else c
            return min(first, t.left[c]), subtree(t, c)[1]
        small = (
            t.dep[c] == "ccomp" and t.pos[c] in ("NOUN", "PROPN", "ADJ") and t.child(c, "nsubj") is not None
        )
        if small and t.child(c, "cop", "aux", "mark") is None:
            return rest_of_clause(t, i, subtree(t, c))
    return None


def _clause(
    t: Tokens,
    i: int,
    c: int,
    frames: dict[str, Sense],
    who: int | None,
    source: Words | None,
    *,
    passive: bool,
    speech: Speech,
) -> tuple[Words, str] | None:
    if c < i and t.tag[i] == "VBG":
        return None  # "they drove on, some of them crying"
    infinitive = t.tag[c] == "VB" and any(t.lower[k] == "to" for k in t.kids(c, "aux"))
    frame = "infinitive" if infinitive and "infinitive" in frames else "clause"
    bare = t.dep[c] == "xcomp" and not infinitive
    if bare and "clause" not in frames:
        frame = "infinitive"
    if infinitive and frame == "clause" and t.dep[c] == "xcomp" and not passive:
        return None
    if frame not in frames or (bare and frame == "clause" and not passive and t.tag[c] != "VBG"):
        return None
    if c < i and (who is None or not t.left[c] <= who <= t.right[c]) and t.right[c] > i:
        content = around(t, i, source, c)
        return (content, frame) if content is not None else None
    return (_continued(t, i, c, speech) if frame == "clause" else subtree(t, c)), frame


def _continued(t: Tokens, i: int, c: int, speech: Speech) -> Words:
    """A content clause with what a colon adds, or a further clause that the parser hung on the cue."""
    first, last = subtree(t, c)
    if c < i:
        return first, last
    for k in t.kids(i, "conj"):
        own = t.child(k, "nsubj")
        if t.left[k] > last and own is not None and t.pos[own] == "PRON" and t.lemma[k] not in speech.verbs:
            last = max(last, subtree(t, k)[1])
    if last + 2 < t.n and t.word[last + 1] == ":":
        last = t.n - 1
        while last > c and t.word[last] in (".", ";"):
            last -= 1
    return first, last


def _quoting(t: Tokens, i: int, speech: Speech) -> Iterator[Draft]:
    """Any verb says something when a comma sets a quotation beside it (", she sings")."""
    who = t.child(i, "nsubj")
    if who is None or t.tag[i] not in ("VBD", "VBZ", "VBP") or t.lemma[i] in ("be", "have", "do"):
        return
    source = source_phrase(t, who, i)
    content = beside(t, i, source)
    if content is None:
        return
    start = min(source[0], i)
    if t.word[start - 1] in ("”", '"', "''") or (
        t.word[start - 1] == "," and t.word[start - 2] in ("”", '"')
    ):
        yield Draft(_cue(t, i, i), speech.senses["say"], "clause", source, content, i)


def _that_clause(t: Tokens, i: int, speech: Speech) -> Iterator[Draft]:
    """An unlisted verb with a that-clause ("he fumed that ...")."""
    if t.lemma[i] in ("be", "have", "do", "make", "mean"):
        return
    for c in t.kids(i, "ccomp"):
        if c > i and any(t.lower[k] in ("that", "whether") for k in t.kids(c, "mark")):
            who = subject_of(t, i)
            if who is None or t.lower[who] in ("it", "this", "that", "there"):
                continue
            source = source_phrase(t, who, i)
            yield Draft(_cue(t, i, i), speech.senses["other"], "clause", source, subtree(t, c), i)
