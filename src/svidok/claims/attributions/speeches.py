"""Which quotation belongs to which cue, and what an attribution's content then is.

A quotation goes to the nearest saying verb of its own sentence; one without a cue continues the
quotation before it in the same paragraph, or in the paragraph before if that was left open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from svidok.claims.attributions.drafts import Draft
from svidok.claims.mentions.tokens import Tokens
from svidok.records import Offsets

__all__ = ["Speech", "join", "within"]

_SHORT = 16
_FAR = 110
_CUE = 320
_NEAR = 40


@dataclass(slots=True)
class Speech:
    """One attribution under way, in document offsets."""

    number: int
    draft: Draft
    cue: Offsets
    source: Offsets | None
    content: Offsets | None
    quotes: list[Offsets] = field(default_factory=list)

    @property
    def extent(self) -> Offsets:
        """From the first to the last word of source and cue."""
        if self.source is None:
            return self.cue
        return min(self.cue[0], self.source[0]), max(self.cue[1], self.source[1])


def join(
    drafts: Sequence[tuple[int, Draft]], sentences: Sequence[Tokens], quotes: Sequence[Offsets], text: str
) -> list[Speech]:
    """Contents of all drafts, with the quotations that belong to them.

    Args:
        drafts: (sentence number, draft) in reading order.
        sentences: the document's sentences.
        quotes: stretches between quotation marks.
        text: the document's text.

    Returns:
        Attributions that have a content, in no order.
    """
    speeches = [_speech(number, draft, sentences[number]) for number, draft in drafts]
    labels = [s for s in speeches if s.draft.frame == "colon"]
    for label in labels:
        _run_on(label, labels, sentences)
    outside = [s for s in speeches if s.draft.frame != "colon" and not within(s.cue, quotes)]
    inside = [s for s in speeches if s.draft.frame != "colon" and within(s.cue, quotes)]
    starts = [t.start for t in sentences]
    by_sentence: dict[int, list[Speech]] = {}
    for s in outside:
        if s.draft.frame in ("clause", "according", "colon"):
            by_sentence.setdefault(s.number, []).append(s)
    previous: tuple[Offsets, Speech] | None = None
    for q in quotes:
        if q[1] - q[0] < _SHORT:
            continue
        first = bisect_right(starts, q[0]) - 1
        last = bisect_right(starts, q[1] - 1) - 1
        near = [s for k in range(max(first, 0), last + 1) for s in by_sentence.get(k, ())]
        owner = _owner(q, near, text)
        if owner is None and first > 0 and sentences[first - 1].text.rstrip()[-1:] == ":":
            before = by_sentence.get(first - 1, [])
            owner = before[-1] if before and before[-1].content is None else None
        if owner is None and first > 0 and sentences[first].block == sentences[first - 1].block:
            posed = [
                s
                for s in by_sentence.get(first - 1, ())
                if s.content is not None and s.content[1] <= s.extent[0] + 1
            ]
            if posed and q[0] - sentences[first].start < 3:
                owner = posed[-1]
        if owner is None and previous is not None:
            p, speaker = previous
            gap = text[p[1] : q[0]]
            same = sentences[max(first, 0)].block == sentences[speaker.number].block
            open_end = text[p[1] - 1 : p[1]] not in "”\"'»’“" and sentences[
                max(first, 0)
            ].block - 1 <= _block(p, sentences, starts)
            if (same and len(gap) < _CUE and _only_cue(gap, p, q, speaker)) or open_end:
                owner = speaker
        if owner is not None:
            owner.quotes.append(q)
            previous = (q, owner)
        else:
            previous = None
    found = []
    for s in [*labels, *outside, *inside]:
        content = _content(s, quotes)
        if content is not None and content[1] > content[0]:
            s.content = content
            found.append(s)
    return found


def _speech(number: int, draft: Draft, t: Tokens) -> Speech:
    return Speech(
        number,
        draft,
        t.span(*draft.cue),
        t.span(*draft.source) if draft.source else None,
        t.span(*draft.content) if draft.content else None,
    )


def _run_on(label: Speech, labels: Sequence[Speech], sentences: Sequence[Tokens]) -> None:
    """A speaker's label at the head of a paragraph holds for the rest of the paragraph."""
    t = sentences[label.number]
    if label.content is None or (label.number and sentences[label.number - 1].block == t.block):
        return
    end = label.content[1]
    for later in sentences[label.number + 1 :]:
        if later.block != t.block or any(sentences[x.number] is later for x in labels):
            break
        end = later.start + len(later.text)
    label.content = (label.content[0], end)


def _block(p: Offsets, sentences: Sequence[Tokens], starts: Sequence[int]) -> int:
    return sentences[bisect_right(starts, p[1] - 1) - 1].block


def within(cue: Offsets, quotes: Sequence[Offsets]) -> bool:
    """Whether a cue stands between quotation marks."""
    k = bisect_right(quotes, (cue[0], 1 << 60)) - 1
    return k >= 0 and quotes[k][0] <= cue[0] and cue[1] <= quotes[k][1] and quotes[k][1] - quotes[k][0] > 3


def _owner(q: Offsets, near: Sequence[Speech], text: str) -> Speech | None:
    best: Speech | None = None
    least = float(_FAR)
    for s in near:
        if s.content is not None and s.content[0] <= q[0] and q[1] <= s.content[1] + 1:
            gap = 0.0
        else:
            a, b = s.extent
            if a >= q[1]:
                gap = a - q[1]
                if any(c in text[q[1] : a] for c in '“".'):
                    continue
            elif q[0] >= b:
                gap = q[0] - b
                if s.draft.content is not None and s.content is not None and s.content[1] <= q[0] - 30:
                    gap += 40
            else:
                continue
            if s.content is None and s.draft.content is None and gap > _NEAR:
                continue
            overlap = s.content is not None and s.content[0] < q[1] and q[0] < s.content[1]
            gap = gap / 4 if overlap else gap
        if gap < least:
            best, least = s, gap
    return best


def _only_cue(gap: str, p: Offsets, q: Offsets, speaker: Speech) -> bool:
    a, b = speaker.extent
    return not gap.strip() or (p[1] <= a and b <= q[0])


def _content(s: Speech, quotes: Sequence[Offsets]) -> Offsets | None:
    content = s.content
    for q in s.quotes:
        if content is None:
            content = q
        elif s.draft.frame == "clause" or (content[0] < q[1] and q[0] < content[1]):
            content = (min(content[0], q[0]), max(content[1], q[1]))
    if content is None:
        return None
    start, end = s.extent
    if s.quotes and content[1] > start and max(q[1] for q in s.quotes) <= start < end:
        content = (content[0], max(q[1] for q in s.quotes))
    k = bisect_right(quotes, (content[1], 1 << 60)) - 1
    if k >= 0 and not within(s.cue, quotes):
        q = quotes[k]
        if content[0] <= q[0] < content[1] < q[1] <= content[1] + 200 and not q[0] <= s.cue[0] < q[1]:
            content = (content[0], q[1])
    return content
