"""Places that a happening has by what is told beside it: its twin, its cause, a fight, a predicate."""

from __future__ import annotations

import re

import pytest

from svidok.claims.assemble import assemble
from svidok.claims.parse import Parser
from svidok.records import Document, Place, Sentence


@pytest.mark.parametrize(
    ("text", "type_", "place"),
    [
        (
            "Soldiers killed four unarmed civilians, and later tortured a woman in Lutsk.",
            "casualties",
            "Lutsk",
        ),
        ("About 6 dead and 16 wounded were found as a result of shelling of Lutsk.", "casualties", "Lutsk"),
        ("More than 600 rockets were fired from the territory of Kovel over Lutsk.", "strike", "Lutsk"),
        ("The heroes were killed by the invaders during the defence of Lutsk.", "casualties", "Lutsk"),
        (
            "Lutsk is only a cultural heritage of Kovel, which is mercilessly destroyed by the aggressors.",
            "destroy",
            "Lutsk",
        ),
    ],
)
def test_what_is_told_together_happened_together(text: str, type_: str, place: str, parser: Parser) -> None:
    places = tuple(
        Place(m.start(), m.end(), m[0], name=m[0], lat=50.7, lon=25.3, kind="settlement")
        for m in re.finditer("Lutsk|Kovel", text)
    )
    parsed = parser.parse([Sentence(0, len(text), text, "body", 0)])
    claims = assemble(Document("d", "0", text), parsed, places=places)
    told = [[places[n].text for n in one.places] for one in claims if one.type == type_]
    assert told
    assert all(one == [place] for one in told)
