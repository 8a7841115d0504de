"""Laws of actors, quantities and attributions: whatever the text, every span slices back to its words."""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from svidok.archive import segment
from svidok.atlas.actors import load_actors
from svidok.claims.attributions import find_attributions
from svidok.claims.mentions.actors import find_actors
from svidok.claims.mentions.quantities import find_quantities
from svidok.claims.parse import Parser
from svidok.records import Document

WORDS = [
    "The",
    "army",
    "of",
    "Ukraine",
    "said",
    "“that",
    "12",
    "000",
    "Russian",
    "troops",
    "killed",
    "”",
    '"',
    ",",
    ".",
    ":",
    ";",
    "-",
    "—",
    "(",
    ")",
    "General",
    "Putin's",
    "they",
    "he",
    "it",
    "more",
    "than",
    "between",
    "20",
    "%",
    "and",
    "30%",
    "of",
    "cities",
    "According",
    "to",
    "him",
    "denied",
    "dozens",
    "hundreds",
    "IDF",
    "said",
    "''No.''",
    "U.S.",
    "Kyiv",
    "\n\n",
    "3.5",
    "million",
    "T-72",
]


@cache
def parser() -> Parser:
    return Parser()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=30).map(" ".join))
def test_spans_slice_back(text: str) -> None:
    sentences = segment(Document(id="t", sha256="", text=text))
    parsed = parser().parse(sentences)
    actors = find_actors(parsed, table=load_actors())
    quantities = find_quantities(parsed)
    attributions = find_attributions(parsed, actors=actors, least=0.0)
    for one in (*actors, *quantities):
        assert text[one.start : one.end] == one.text and one.text.strip()
    for q in quantities:
        assert q.low is None or q.high is None or q.low <= q.high
    for a in attributions:
        spans = [a.cue, a.content, *([a.source] if a.source else [])]
        assert all(0 <= start < end <= len(text) for start, end in spans)
    assert actors == find_actors(parser().parse(sentences), table=load_actors())
