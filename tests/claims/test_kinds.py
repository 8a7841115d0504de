"""What kind of thing a noun phrase names."""

from __future__ import annotations

import pytest

from svidok.atlas.lexicon import load_lexicon
from svidok.claims.kinds import Mentions, Scope, kinds_of
from svidok.claims.parse import Parser
from svidok.claims.tree import Tree
from svidok.records import Place, Sentence

TEXT = "They came into Luch on Sunday."


@pytest.mark.parametrize(
    ("key", "relation", "settled"),
    [
        ("UA65100170080028965", None, True),  # a village of the codifier whose point is not known
        ("gn:706448", "near", False),
        ("area:donbas", None, False),
        (None, None, False),
    ],
)
def test_a_village_without_a_point_is_a_settlement(
    parser: Parser, key: str | None, relation: str | None, settled: bool
) -> None:
    (parsed,) = parser.parse([Sentence(0, len(TEXT), TEXT, "body", 0)])
    place = Place(15, 19, "Luch", name="Luch", key=key, kind="area", relation=relation)
    scope = Scope(Tree(parsed), Mentions([place], [], [], []))
    (token,) = scope.places
    assert ("settlement" in kinds_of(scope, token, load_lexicon())) is settled
