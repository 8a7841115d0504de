"""How likely a claim is right: reports are trusted, argument is not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from svidok.claims.trust import Trust, features, load_trust, weigh
from svidok.records import Claim, Sentence, TimeSpan

TEXT = "Shells killed 12 people in Sumy on 4 March. We must never let them win the battle!"
SENTENCES = (
    Sentence(0, 43, TEXT[:43], "body", 0),
    Sentence(44, len(TEXT), TEXT[44:], "body", 0),
)
DAY = TimeSpan("2022-03-04", "2022-03-04", "2022-03-04")
REPORT = Claim("a", "d", 0, 43, (7, 13), "casualties", places=(0,), time=DAY)
AT = TEXT.index("battle")
SLOGAN = Claim("b", "d", 44, len(TEXT), (AT, AT + 6), "battle", modality="planned")


def test_the_packaged_model_trusts_reports_more_than_slogans() -> None:
    trust = load_trust()
    report, *rest = weigh((REPORT, SLOGAN), TEXT, SENTENCES, trust)
    assert report.id == "a" and report.confidence > 0.5
    assert all(claim.confidence < report.confidence for claim in rest)


def test_what_is_seen_of_a_claim() -> None:
    trust = load_trust()
    seen = features(SLOGAN, TEXT, SENTENCES[1], trust)
    assert seen["exclaimed"] == seen["after article"] == 1.0
    assert seen["persons"] > 0 and seen["argument"] > 0
    assert features(REPORT, TEXT, SENTENCES[0], trust)["digits"] == 1.0


def test_claims_below_the_least_are_left_out() -> None:
    trust = Trust({"type battle": -3.0}, {}, least=0.3)
    assert [claim.id for claim in weigh((SLOGAN, REPORT), TEXT, SENTENCES, trust)] == ["a"]


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(["always", "length", "place"]), st.floats(-50, 50)), st.floats(0, 1))
def test_confidence_is_a_probability_and_order_is_kept(weights: dict[str, float], least: float) -> None:
    kept = weigh((SLOGAN, REPORT), TEXT, SENTENCES, Trust(weights, {}, least=least))
    assert [claim.id for claim in kept] in ([], ["a"], ["b"], ["b", "a"])
    assert all(round(least, 3) <= claim.confidence + 0.001 <= 1.002 for claim in kept)


def test_a_sentence_is_not_needed() -> None:
    (claim,) = weigh((REPORT,), TEXT, (), load_trust())
    assert 0 <= claim.confidence <= 1
