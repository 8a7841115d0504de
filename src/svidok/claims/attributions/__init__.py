"""Who says what: cue, source and content of every attribution in a report.

The annotation follows PolNeAR (Newell, Margolin and Ruths 2018): the content is the whole stretch
that the source answers for, direct, indirect or mixed; attributions may nest.
"""

from __future__ import annotations

from collections.abc import Sequence

from svidok.atlas.speech import Speech, load_speech
from svidok.claims.attributions.cues import Draft, find_cues
from svidok.claims.attributions.quotes import find_quotes, text_of
from svidok.claims.mentions.tokens import Parsed, Tokens, tokens_of
from svidok.records import Actor, Attribution, Offsets

__all__ = ["find_attributions"]


def find_attributions(
    parsed: Sequence[Parsed], *, actors: Sequence[Actor] = (), speech: Speech | None = None
) -> tuple[Attribution, ...]:
    """All attributions of a document.

    Args:
        parsed: its sentences in order, each with its dependency parse.
        actors: its actors, by which a source gets the name that it stands for.
        speech: the speech lexicon; English by default.

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
    found: list[Attribution] = []
    for number, t in enumerate(sentences):
        for draft in find_cues(t, lexicon):
            content = _content(draft, t, number, sentences, quotes, text)
            if content is None:
                continue
            source = t.span(*draft.source) if draft.source else None
            found.append(
                Attribution(
                    source=source,
                    cue=t.span(*draft.cue),
                    content=content,
                    speaker=named(source, text) if source else None,
                    denies=draft.sense.denies,
                    sense=draft.sense.code,
                )
            )
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


def _content(
    draft: Draft, t: Tokens, number: int, sentences: Sequence[Tokens], quotes: Sequence[Offsets], text: str
) -> Offsets | None:
    content = t.span(*draft.content) if draft.content else None
    if draft.frame != "clause":
        return content
    cue = t.span(*draft.cue)
    left = min(cue[0], t.begin[draft.source[0]]) if draft.source else cue[0]
    right = max(cue[1], t.end[draft.source[1]]) if draft.source else cue[1]
    for q in quotes:
        if q[0] <= cue[0] < q[1]:
            continue
        if content is not None and q[0] < content[1] + 2 and content[0] - 2 < q[1]:
            content = (min(content[0], q[0]), max(content[1], q[1]))
        elif content is None and q[1] <= left and not text[q[1] : left].strip(" ,."):
            content = q
        elif content is None and q[0] >= right and len(text[right : q[0]].strip()) <= 2:
            content = q
    if content is not None and content[1] <= left:
        for q in quotes:
            between = text[right : q[0]] if q[0] >= right else None
            if (
                between is not None
                and q[0] <= t.start + len(t.text) + 2
                and "\n" not in between
                and len(between) < 120
            ):
                content = (content[0], q[1])
    return content


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
