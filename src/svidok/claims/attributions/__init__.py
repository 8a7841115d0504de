"""Who says what: cue, source and content of every attribution in a report.

The annotation follows PolNeAR (Newell, Margolin and Ruths 2018): the content is the whole stretch
that the source answers for, direct, indirect or mixed; attributions may nest.
"""

from __future__ import annotations

from collections.abc import Sequence

from svidok.atlas.speech import Speech, load_speech
from svidok.claims.attributions.cues import find_cues
from svidok.claims.attributions.quotes import find_quotes, text_of
from svidok.claims.attributions.speeches import join
from svidok.claims.mentions.tokens import Parsed, Tokens, tokens_of
from svidok.records import Actor, Attribution, Offsets

__all__ = ["find_attributions"]


def find_attributions(
    parsed: Sequence[Parsed],
    *,
    actors: Sequence[Actor] = (),
    speech: Speech | None = None,
    attitudes: bool = False,
) -> tuple[Attribution, ...]:
    """All attributions of a document.

    Args:
        parsed: its sentences in order, each with its dependency parse.
        actors: its actors, by which a source gets the name that it stands for.
        speech: the speech lexicon; English by default.
        attitudes: whether to give what somebody wants or plans, unsaid, as well.

    Returns:
        Attributions ordered by cue; offsets index the document; ``source`` is None when unnamed.
    """
    lexicon = speech or load_speech()
    sentences = [tokens_of(one) for one in parsed]
    if not sentences:
        return ()
    text = text_of(sentences)
    quotes = find_quotes(text, _blocks(sentences))
    named = _names(actors)
    drafts = [(number, draft) for number, t in enumerate(sentences) for draft in find_cues(t, lexicon) if attitudes or not draft.sense.attitude]
    found = [
        Attribution(
            source=speech.source,
            cue=speech.cue,
            content=speech.content,
            speaker=named(speech.source, text) if speech.source else None,
            denies=speech.draft.sense.denies,
            sense=speech.draft.sense.code,
        )
        for speech in join(drafts, sentences, quotes, text)
        if speech.content is not None
    ]
    return tuple(sorted(set(found), key=lambda a: (a.cue, a.content)))


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


def _names(actors: Sequence[Actor]):  # type: ignore[no-untyped-def]
    def name(source: Offsets, text: str) -> str | None:
        best: Actor | None = None
        for actor in actors:
            if (
                actor.start < source[1]
                and source[0] < actor.end
                and (best is None or actor.end - actor.start > best.end - best.start)
            ):
                best = actor
        if best is not None:
            return best.name or best.text
        return text[source[0] : source[1]]

    return name
