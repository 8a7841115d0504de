"""Who says what: cue, source and content of every attribution in a report.

The annotation follows PolNeAR (Newell, Margolin and Ruths 2018): the content is the whole stretch
that the source answers for, direct, indirect or mixed; attributions may nest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Sequence

from svidok.atlas.speech import Speech, load_speech
from svidok.claims.attributions.cues import find_cues
from svidok.claims.attributions.quotes import find_quotes, text_of
from svidok.claims.attributions.speeches import Speech as Saying
from svidok.claims.attributions.speeches import join, within
from svidok.claims.attributions.weights import features, likelihood, load_weights, nearby, plain
from svidok.claims.mentions.tokens import Parsed, Tokens, tokens_of
from svidok.records import Actor, Attribution, Offsets

__all__ = ["candidates", "find_attributions"]


def find_attributions(
    parsed: Sequence[Parsed],
    *,
    actors: Sequence[Actor] = (),
    speech: Speech | None = None,
    least: float | None = None,
) -> tuple[Attribution, ...]:
    """All attributions of a document.

    Args:
        parsed: its sentences in order, each with its dependency parse.
        actors: its actors, by which a source gets the name that it stands for.
        speech: the speech lexicon; English by default.
        least: the likelihood to ask for, from 0 (every cue, thoughts and wishes too) to 1; by
            default where precision and recall balance.

    Returns:
        Attributions ordered by cue; offsets index the document; ``source`` is None when unnamed.
    """
    sentences = [tokens_of(one) for one in parsed]
    if not sentences:
        return ()
    weights = load_weights()
    ask = weights["least"] if least is None else least
    found, quotes, text = candidates(sentences, speech or load_speech(), {a.end for a in actors if a.name})
    named = _names(actors)
    kept = [
        Attribution(
            source=one.source,
            cue=one.cue,
            content=one.content,
            speaker=named(one.source, _head(one, sentences), text) if one.source else None,
            denies=one.draft.sense.denies,
            sense=one.draft.sense.code,
        )
        for k, one in enumerate(found)
        if one.content is not None
        and (
            likelihood(features(one, sentences[one.number], nearby(found, k), quotes), weights) >= ask
            or (plain(one, sentences[one.number]) and not within(one.cue, quotes) and ask < _SURE)
        )
    ]
    return tuple(sorted(set(kept), key=lambda a: (a.cue, a.content)))


def candidates(
    sentences: Sequence[Tokens], speech: Speech, actors: Container[int] = ()
) -> tuple[list[Saying], list[Offsets], str]:
    """Every cue with a content, likely or not; the quotations; and the text."""
    text = text_of(sentences)
    quotes = find_quotes(text, _blocks(sentences))
    drafts = [(number, draft) for number, t in enumerate(sentences) for draft in find_cues(t, speech, actors)]
    once = {(s.cue, s.content): s for s in reversed(join(drafts, sentences, quotes, text))}
    return sorted(once.values(), key=lambda s: (s.cue, s.content or s.cue)), quotes, text


def _blocks(sentences: Sequence[Tokens]) -> list[Offsets]:
    blocks: list[Offsets] = []
    last = None
    for t in sentences:
        end = t.start + len(t.text)
        if t.block == last and blocks:
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((t.start, end))
        last = t.block
    return blocks


def _head(one: Saying, sentences: Sequence[Tokens]) -> int:
    """Offset of the main word of a source."""
    t = sentences[one.number]
    first, last = one.draft.source or one.draft.cue
    for k in range(last, first - 1, -1):
        if not first <= t.head[k] <= last or t.head[k] == k:
            if t.tag[k] in ("WP", "WDT") and k > first:
                continue
            return t.begin[k]
    return t.begin[last]


def _names(actors: Sequence[Actor]) -> Callable[[Offsets, int, str], str | None]:
    """A look-up from a source and its main word to whom it stands for: the actor there, else its words."""
    ordered = sorted(actors, key=lambda a: a.start)
    starts = [a.start for a in ordered]

    def name(source: Offsets, head: int, text: str) -> str | None:
        here = [a for a in ordered[: bisect_left(starts, source[1])][-8:] if a.start <= head < a.end]
        if not here:
            words = text[source[0] : source[1]]
            return None if words.lower() in _PRONOUNS else words
        best = max(here, key=lambda a: (a.kind in ("leader", "person"), a.name is not None, a.end - a.start))
        if best.name is None and best.text.lower() in _PRONOUNS:
            return None
        return best.name or best.text

    return name


_SURE = 0.6
_PRONOUNS = frozenset(("he", "she", "they", "it", "i", "we", "you", "who", "which", "that", "this", "one"))
