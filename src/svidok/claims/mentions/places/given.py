"""Spans that someone else marked as places: what each may mean, and how far its words bear that out.

Who marks spans may also mark common nouns ("the parking lot") and adjectives ("Syrian forces"). A noun
written small means a place only where the atlas holds a great one of that name; an adjective means its
country; and a span that its own words speak against has little say in what the others mean.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from svidok.atlas.gazetteer.names import fold
from svidok.claims.mentions.places.candidates import candidates_for, is_sort
from svidok.claims.mentions.places.mention import Mention
from svidok.claims.mentions.places.recognise import Recogniser
from svidok.claims.mentions.places.runs import Run
from svidok.records import Offsets

__all__ = ["given_mentions"]

_UNSEEN = 0.5
"""Trust in a span of which recognition sees nothing: as good as even."""
_NOUN = 0.1


def given_mentions(
    text: str,
    spans: Sequence[Offsets],
    recogniser: Recogniser,
    *,
    runs: Sequence[Run] | None = None,
    near: str | None = None,
) -> tuple[list[Mention], list[Mention]]:
    """One mention for every given span, in the order given; and other names, for what they hint at.

    Args:
        text: the document's text.
        spans: start and end of each span.
        recogniser: what knows the names and weighs their context.
        runs: the text's runs of capitalised words, where found before.
        near: country code of the declared theatre.
    """
    drafts = recogniser.drafts(text, runs=runs, near=near)
    found, hints = recogniser.judge(drafts)
    trust = {draft.mention.start: draft.mention.trust for draft in drafts}
    mentions = [_mention(text, start, end, recogniser, trust) for start, end in spans]
    taken = sorted((start, end) for start, end in spans)
    others = [m for m in (*found, *hints) if not _overlaps(m, taken)]
    return mentions, others


def _overlaps(mention: Mention, spans: Sequence[Offsets]) -> bool:
    at = bisect_left(spans, (mention.end, 0))
    return any(start < mention.end and mention.start < end for start, end in spans[max(0, at - 2) : at])


def _mention(text: str, start: int, end: int, recogniser: Recogniser, trust: dict[int, float]) -> Mention:
    words = text[start:end]
    folded = fold(words)
    if words.islower() and not recogniser.known.is_small_name(words):
        bare = _bare(folded, recogniser)
        if bare is None:
            return Mention(start, end, words, folded, sort="noun", trust=_NOUN)
        return Mention(start, end, words, folded, recogniser.known.lookup(bare), base=bare, trust=_UNSEEN)
    people = recogniser.known.country_of(folded)
    if people is not None:
        return Mention(start, end, words, folded, people[1], base=people[0], trust=_UNSEEN)
    if _is_sort_or_code(words, folded, recogniser):
        return Mention(start, end, words, folded, sort="noun", trust=_NOUN)
    found = candidates_for(words, recogniser.known.lookup, recogniser.words, recogniser.known.is_country)
    seen = trust.get(start, _UNSEEN)
    return Mention(
        start, end, words, folded, found.numbers, base=found.base, inner=found.inner, trust=max(seen, _NOUN)
    )


def _bare(folded: str, recogniser: Recogniser) -> str | None:
    """The name before a type word in a span written small ("kharkiv region"), or None."""
    parts = folded.split()
    if len(parts) < 2 or parts[-1] not in recogniser.words.places:
        return None
    name = " ".join(parts[:-1])
    return name if recogniser.known.is_small_name(name) else None


def _is_sort_or_code(words: str, folded: str, recogniser: Recogniser) -> bool:
    """Whether a word that says a sort ("Church") or capitals ("OAS") are only spelt like a small town."""
    sort = " " not in folded and is_sort(folded, recogniser.words)
    code = words.isupper() and len(words) <= 4
    if not (sort or code):
        return False
    return not any(
        recogniser.known.is_known(number) or how == 3 for number, how in recogniser.known.lookup(folded)
    )
