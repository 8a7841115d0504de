"""When a happening was: which of the days that its clause, its sentence and the story tell, or none.

"They left on the 30th; the bridge had been blown up": which of the two the 30th dates, and what dates the
other, grammar alone does not say. :mod:`svidok.claims.calendar` gathers the days told; each in reach is a
candidate, named features say how it hangs on the happening, how it is told and what the rules of grammar and
story made of it (:mod:`svidok.claims.reach`), and the weights decide. They are data, made by
``benchmarks/fit_dating.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svidok.atlas.lexicon import Lexicon
from svidok.claims.calendar import Calendar, bounds_of, span_of, until
from svidok.claims.distances import counted_span
from svidok.claims.kinds import Mentions
from svidok.claims.logit import Logit
from svidok.claims.parse import Parsed
from svidok.claims.posts import date_of_post, is_now, is_so_far
from svidok.claims.reach import Dated, Rule, Story
from svidok.claims.scene import Draft
from svidok.records import Document, TimeSpan

__all__ = ["dates_of", "settle_dates"]


def settle_dates(
    drafts: Sequence[Draft],
    document: Document,
    parsed: Sequence[Parsed],
    mentions: Mentions,
    model: Logit,
    lexicon: Lexicon,
) -> None:
    """Let the model say when each happening was, in place.

    Args:
        drafts: the happenings of one document in the order of its text, with what the rules gave them.
        document: for its day of publication.
        parsed: its parsed sentences.
        mentions: its times.
        model: the weights.
        lexicon: for the kinds of nouns.
    """
    for draft, rule, candidates in dates_of(drafts, document, parsed, mentions, lexicon):
        best, highest = None, model.least
        for candidate in candidates:
            score = model.score(candidate.single, candidate.crossings)
            if score > highest:
                best, highest = candidate.span, score
        draft.time = best
        if bounds_of(rule) != bounds_of(best):
            draft.notes.append("time by the story" if best else "no time by the story")


def dates_of(
    drafts: Sequence[Draft],
    document: Document,
    parsed: Sequence[Parsed],
    mentions: Mentions,
    lexicon: Lexicon,
) -> Iterator[tuple[Draft, TimeSpan | None, list[Dated]]]:
    """Each happening, the time that the rules gave it, and the stretches of days that it may have."""
    today = date_of_post(document)
    rules = {id(draft): _rule(draft, today, document.published, lexicon) for draft in drafts}
    groups: dict[int, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(draft.sentence, []).append(draft)
    kind = "in a post" if today else "in a dated text" if document.published else "in an undated text"
    story = Story(parsed, mentions, Calendar(document, parsed, mentions), lexicon, groups, rules, kind)
    for draft in drafts:
        yield draft, rules[id(draft)].span, story.candidates(draft)


def _rule(draft: Draft, today: TimeSpan | None, published: str | None, lexicon: Lexicon) -> Rule:
    span = counted_span(draft, published)
    if span is not None:
        return Rule(span, "own")
    span = span_of(draft)
    if span is not None:
        return Rule(span, "carried" if draft.time_inherited else "own")
    if today is not None and is_so_far(draft, lexicon):
        return Rule(until(today), "so far")
    if today is not None and is_now(draft):
        return Rule(today, "post")
    return Rule(None, "none")
