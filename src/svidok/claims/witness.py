"""Whose words a claim rests on, and the claims that somebody said something."""

from __future__ import annotations

from collections.abc import Sequence

from svidok.atlas.lexicon import Lexicon
from svidok.claims.kinds import Mentions, Scope
from svidok.claims.parse import Parsed
from svidok.claims.people import actor_at
from svidok.claims.scene import Draft
from svidok.records import Attribution

__all__ = ["attribute", "statements"]


def attribute(
    drafts: Sequence[Draft], parsed: Sequence[Parsed], attributions: Sequence[Attribution], lexicon: Lexicon
) -> None:
    """Give each draft inside attributed content its speaker and standing.

    The innermost attribution wins. Where none covers a draft, the saying verb above it in the parse
    does.
    """
    for draft in drafts:
        tree = draft.scope.tree
        start, end = tree.start[draft.token], tree.end[draft.token]
        if draft.type == "statement":
            draft.standing.speakers = []
            continue
        covering = [
            one
            for one in attributions
            if one.content[0] <= start
            and end <= one.content[1]
            and not (one.cue[0] <= start < one.cue[1])
            and not _author_or_refusal(draft, one, lexicon)
        ]
        if covering:
            inner = _deciding(covering)
            draft.speaker = inner.speaker or (_words(parsed, inner.source) if inner.source else None)
            if inner.denies:
                if draft.standing.modality != "denied":
                    draft.standing.to("denied", "denied")
                    draft.standing.negations += 1
            else:
                draft.standing.to("reported", "attributed")
        elif draft.standing.cue is not None and draft.standing.speakers:
            speaker = actor_at(draft.scope, draft.standing.speakers[0], lexicon)
            draft.speaker = speaker.name or speaker.text
        if draft.speaker is not None and draft.speaker.lower() in lexicon.words["first_person"]:
            draft.speaker = None  # the author's own words
            if draft.standing.modality == "reported":
                draft.standing.modality = "asserted"


def _deciding(covering: Sequence[Attribution]) -> Attribution:
    """The innermost attribution; but who denies "reports that ..." denies what the reports say."""
    inner, *outer = sorted(covering, key=lambda one: (one.content[1] - one.content[0], one.cue))
    for one in outer:
        if one.denies and not inner.denies and inner.source in (None, one.source):
            return one
    return inner


def _author_or_refusal(draft: Draft, attribution: Attribution, lexicon: Lexicon) -> bool:
    """Whether an attribution only points to the author ("we say") or tells of a refusal to act."""
    tree = draft.scope.tree
    first, last = tree.start[0], tree.end[-1]
    source = attribution.source
    if source is not None and first <= source[0] and source[1] <= last:
        words = tree.slice(source)
        if words.lower() in lexicon.words["first_person"]:
            return True
    for i in range(tree.size):
        if attribution.cue[0] <= tree.start[i] < attribution.cue[1]:
            known = lexicon.embedding(tree.lemma[i], tree.pos(i) or "")
            if known is not None and known.effect == "negated":
                return True
    return False


def statements(
    drafts: list[Draft],
    parsed: Sequence[Parsed],
    mentions: Mentions,
    attributions: Sequence[Attribution],
    lexicon: Lexicon,
) -> list[Draft]:
    """Keep the statements that somebody other than the author makes, with that speaker."""
    kept = []
    for draft in drafts:
        if draft.type != "statement":
            kept.append(draft)
            continue
        scope = draft.scope
        subjects = draft.frame.subjects
        if _unsaid(draft) or not subjects or _is_author(scope, subjects, lexicon):
            continue
        start, end = scope.tree.start[draft.token], scope.tree.end[draft.token]
        known = next((one for one in attributions if one.cue[0] < end and start < one.cue[1]), None)
        own = actor_at(scope, subjects[0], lexicon)
        draft.speaker = (known.speaker if known else None) or own.name or own.text
        if draft.standing.modality in {"reported"}:
            draft.standing.modality = "asserted"
        kept.append(draft)
    return kept


def _unsaid(draft: Draft) -> bool:
    """Whether nothing was said: "did not comment", "in order to stress"."""
    plain = draft.match.sense.plover is None
    return draft.standing.purpose or (plain and draft.standing.polarity == "negated")


def _is_author(scope: Scope, subjects: list[int], lexicon: Lexicon) -> bool:
    nobody = lexicon.words["first_person"] | lexicon.words["nobody_in_particular"]
    return all(scope.tree.low[one] in nobody for one in subjects)


def _words(parsed: Sequence[Parsed], offsets: tuple[int, int]) -> str | None:
    for one in parsed:
        sentence = one.sentence
        if sentence.start <= offsets[0] < sentence.end:
            return sentence.text[offsets[0] - sentence.start : offsets[1] - sentence.start] or None
    return None
