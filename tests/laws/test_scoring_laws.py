"""Laws of the scorer, over random gold and predictions."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from svidok.scoring import score

FIRST = st.sampled_from([None, "2022-03-01", "2022-02", "1943", "-0240"])
LAST = st.sampled_from([None, "2022-03-01", "2022-03-09", "2022-04", "2023"])
NUMBERS = st.one_of(st.none(), st.integers(0, 900))


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(st.integers(0, 60))
    return start, start + draw(st.integers(1, 12))


@st.composite
def mentions(draw: st.DrawFn, **fields: st.SearchStrategy[Any]) -> dict[str, Any]:
    start, end = draw(spans())
    return {"start": start, "end": end, **{name: draw(field) for name, field in fields.items()}}


PLACES = mentions(text=st.sampled_from(["Kyiv", "Sumy"]), lat=st.floats(-80, 80), lon=st.floats(-180, 180))
TIMES = mentions(value=FIRST, earliest=FIRST, latest=LAST)
COUNTS = mentions(low=NUMBERS, high=NUMBERS, bound=st.sampled_from(["exact", "at_least", "about"]))
ATTRIBUTIONS = st.fixed_dictionaries({"source": st.one_of(st.none(), spans()), "content": spans()})


@st.composite
def documents(draw: st.DrawFn, id_: str) -> dict[str, Any]:
    places = draw(st.lists(PLACES, max_size=3))
    at = st.lists(st.sampled_from(range(len(places))), max_size=2, unique=True) if places else st.just([])
    claims = mentions(
        type=st.sampled_from(["battle", "capture", "statement"]),
        trigger=spans(),
        places=at,
        time=st.one_of(st.none(), st.fixed_dictionaries({"earliest": FIRST, "latest": LAST})),
        quantities=st.lists(COUNTS, max_size=2),
        polarity=st.sampled_from(["affirmed", "negated"]),
        modality=st.sampled_from(["asserted", "reported", "denied"]),
        speaker=st.sampled_from([None, "the mayor", "the army"]),
    )
    return {
        "id": id_,
        "places": places,
        "times": draw(st.lists(TIMES, max_size=4)),
        "attributions": draw(st.lists(ATTRIBUTIONS, max_size=3)),
        "claims": draw(st.lists(claims, max_size=6)),
    }


PAIR = st.tuples(documents("a"), documents("b"))


@settings(max_examples=60, deadline=None)
@given(PAIR)
def test_gold_against_itself_is_perfect(gold: tuple[dict[str, Any], ...]) -> None:
    card = score(gold, gold)
    for name, counts in card.counts.items():
        assert counts.false == counts.missed == 0, name
    for name in ("claim polarity", "claim modality", "claim place", "claim time", "claim speaker"):
        assert card.shares[name].right == card.shares[name].of, name


@settings(max_examples=60, deadline=None)
@given(PAIR, PAIR)
def test_every_figure_lies_between_nought_and_one(gold: Any, guess: Any) -> None:
    for value in score(gold, guess).as_dict().values():
        figures = [v for k, v in value.items() if k != "gold"] if isinstance(value, dict) else [value]
        assert all(figure is None or 0 <= figure <= 1 for figure in figures)


@settings(max_examples=60, deadline=None)
@given(PAIR, PAIR, st.randoms(use_true_random=False))
def test_order_does_not_matter(gold: Any, guess: Any, random: Any) -> None:
    def shuffled(document: dict[str, Any]) -> dict[str, Any]:
        order = random.sample(range(len(document["places"])), len(document["places"]))
        new = {old: place for place, old in enumerate(order)}
        claims = [{**c, "places": [new[i] for i in c["places"]]} for c in document["claims"]]
        mixed = {
            layer: random.sample(document[layer], len(document[layer])) for layer in ("times", "attributions")
        }
        places = [document["places"][i] for i in order]
        return {**document, **mixed, "places": places, "claims": random.sample(claims, len(claims))}

    again = score([shuffled(d) for d in reversed(gold)], [shuffled(d) for d in reversed(guess)])
    assert again.as_dict() == score(gold, guess).as_dict()


@settings(max_examples=60, deadline=None)
@given(PAIR, PAIR, st.data())
def test_taking_predictions_away_never_raises_recall(gold: Any, guess: Any, data: st.DataObject) -> None:
    def thinned(document: dict[str, Any]) -> dict[str, Any]:
        kept = {}
        for layer in ("times", "attributions", "claims"):
            keep = data.draw(
                st.lists(st.booleans(), min_size=len(document[layer]), max_size=len(document[layer]))
            )
            kept[layer] = [item for item, yes in zip(document[layer], keep, strict=True) if yes]
        return {**document, **kept}

    whole, part = score(gold, guess), score(gold, [thinned(d) for d in guess])
    for name, counts in part.counts.items():
        if name in whole.counts:
            assert counts.recall <= whole.counts[name].recall, name
