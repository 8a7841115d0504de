"""Unknown names told again: what was a place once in a text is that place wherever the text names it.

"Its airfield at Sevare" shows a name to be a place; "families were leaving Sevare" shows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from svidok.claims.mentions.places.drafts import Draft
from svidok.claims.mentions.places.mention import Mention
from svidok.claims.mentions.places.runs import Run

__all__ = ["told_again"]

_SHORTEST = 4
_SURE = 0.3  # log odds


def told_again(
    text: str, mentions: Sequence[Mention], drafts: Sequence[Draft], runs: Sequence[Run]
) -> list[Mention]:
    """Mentions of unknown names that stand elsewhere in the text as places.

    Args:
        text: the document's text.
        mentions: its places; those of sort ``unknown`` are looked for again.
        drafts: all that was weighed; a name that is a person's somewhere is left alone.
        runs: the runs of capitals: a part of a longer one is another name.

    Returns:
        New mentions, in text order.
    """
    persons = {draft.mention.folded for draft in drafts if draft.person}
    named = {
        mention.text: mention
        for mention in mentions
        if mention.sort == "unknown"
        and mention.score >= _SURE
        and len(mention.folded) >= _SHORTEST
        and mention.folded not in persons
    }
    if not named:
        return []
    taken = {place for mention in mentions for place in range(mention.start, mention.end)}
    out = []
    for run in runs:
        name = run.text.removesuffix("'s").removesuffix("’s")
        opener = _OPENER.match(name) if name not in named else None
        start = run.start + (opener.end() if opener else 0)
        told = named.get(name[opener.end() :] if opener else name)
        if told is not None and start not in taken:
            end = start + len(told.text)
            out.append(replace(told, start=start, end=end, reasons=["told-again"]))
    return out


_OPENER = re.compile(
    "(?:In|At|Near|From|To|Around|Outside|Inside|The|And|But|After|Before|When|While|Towards|Through)"
    "[ \u00a0]"
)
"""Words that open a sentence and stand in one run with the name behind them."""
