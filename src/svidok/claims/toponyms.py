"""Names that only the grammar shows to be places: where a bombing, a capture or a fight is told to be.

Places are looked for without a parse, so a village that no gazetteer knows is passed over unless the words
beside it say "village". But "an air strike on a market in Togoga", "took control of Zamzam camp" and
"shelled Orikhiv" put a proper noun where only a place can stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from svidok.claims.parse import Parsed
from svidok.records import Actor, Claim, Offsets, Place, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["PHYSICAL", "overlooked"]

PHYSICAL = frozenset(
    {
        *(
            "battle",
            "strike",
            "air_strike",
            "bomb",
            "chemical",
            "capture",
            "withdraw",
            "siege",
            "move",
            "base",
        ),
        *("attack_civilians", "sexual_violence", "abduct", "detain", "destroy", "casualties", "displace"),
        *("protest", "prepare", "deprive"),
    }
)
"""Types that happen somewhere."""

HELD = frozenset({"capture", "strike", "air_strike", "siege", "withdraw", "move"})
"""Types whose verb may have the place itself as its object ("liberated Knin")."""

WHERE = frozenset({"in", "at", "near", "around", "outside", "inside"})
STEPS = 3


def overlooked(
    claims: Sequence[Claim],
    parsed: Sequence[Parsed],
    *,
    places: Sequence[Place],
    actors: Sequence[Actor],
    times: Sequence[Time],
) -> tuple[Offsets, ...]:
    """Spans of proper nouns that stand where the place of a happening stands.

    Args:
        claims: of one document; those that have a place already are passed over.
        parsed: the document's sentences with their parses.
        places, actors, times: what is known already; a span that touches one of them is left alone.

    Returns:
        Offsets in the document's text, in order.
    """
    taken = [(place.start, place.end) for place in places]
    taken += [(time.start, time.end) for time in times]
    taken += [(one.start, one.end) for one in actors if one.name is not None or one.kind is not None]
    found: set[Offsets] = set()
    for claim in claims:
        if claim.places or claim.type not in PHYSICAL:
            continue
        for one in parsed:
            if one.sentence.start <= claim.trigger[0] < one.sentence.end:
                for start, end in _shown(one, claim):
                    if not any(start < high and low < end for low, high in taken):
                        found.add((start, end))
    return tuple(sorted(found))


def _shown(one: Parsed, claim: Claim) -> Iterator[Offsets]:
    base = one.sentence.start
    heads = [
        token
        for token in one.doc
        if claim.trigger[0] <= base + token.idx < claim.trigger[1] and token.pos_ in {"VERB", "NOUN", "PROPN"}
    ]
    for head in heads:
        nouns: list[Token] = [head]
        for child in head.children:
            if child.dep_ in {"dobj", "nsubjpass", "nsubj", "pobj"}:
                nouns.append(child)
                direct = child.dep_ == "dobj" or child.dep_ == "nsubjpass"
                if direct and claim.type in HELD:
                    yield from _name(child, base)
        for noun in nouns:
            yield from _within(noun, base, STEPS)


def _within(head: Token, base: int, steps: int) -> Iterator[Offsets]:
    """Names below locative prepositions, and below what a happening is of or on."""
    for prep in head.children:
        if prep.dep_ != "prep":
            continue
        for pobj in prep.children:
            if pobj.dep_ != "pobj":
                continue
            low = prep.lower_
            if low in WHERE:
                yield from _name(pobj, base)
            elif low in {"on", "of"} and pobj.tag_ in {"NN", "NNS"}:
                yield from _name(pobj, base, modifier_only=True)
            if steps and low in {*WHERE, "on", "of"} and pobj.tag_ in {"NN", "NNS"}:
                yield from _within(pobj, base, steps - 1)


def _name(noun: Token, base: int, *, modifier_only: bool = False) -> Iterator[Offsets]:
    """The run of proper nouns that a noun phrase ends in or is named by."""
    proper = [
        token
        for token in (*noun.lefts, noun)
        if token.tag_ == "NNP" and token.dep_ in {"compound", "nmod", noun.dep_} and token.text[:1].isupper()
    ]
    if not proper or (modifier_only and noun in proper):
        return
    last = proper[-1]
    first = last
    for token in reversed(proper[:-1]):
        if token.i != first.i - 1:
            break
        first = token
    if last.i - first.i < 3 and last.text.isalpha():
        yield base + first.idx, base + last.idx + len(last.text)
