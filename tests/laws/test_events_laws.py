"""Laws of events and findings: order is nothing, copies are no witnesses, every report can be taken away."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from svidok.events import find_findings, reconcile
from svidok.events.findings.dossier import dossiers
from svidok.events.findings.facts import facts_of
from svidok.events.findings.sameness import MOST, chance, evidence, load_sameness, same_happening
from svidok.ledger import build
from svidok.records import Claim, Document, Place, Quantity, Reading, Sentence, Source, TimeSpan, content_id

TOWNS = (("Irpin", 50.52, 30.25), ("Bucha", 50.55, 30.21), ("Kharkiv", 49.99, 36.23))
TYPES = ("battle", "capture", "strike", "casualties", "withdraw")


@st.composite
def readings(draw: st.DrawFn) -> list[Reading]:
    out = []
    for number in range(draw(st.integers(1, 6))):
        name, lat, lon = draw(st.sampled_from(TOWNS))
        kind = draw(st.sampled_from(TYPES))
        low = draw(st.integers(1, 25))
        wide = draw(st.sampled_from((0, 0, 3)))
        count = draw(st.sampled_from((None, 12, 40)))
        words = f"Report {number} tells of the {kind} at {name} with {count} men, {draw(st.integers(0, 3))}."
        start = words.index(name)
        place = Place(
            start, start + len(name), name, name, f"t:{name}", None, lat, lon, "settlement", None, 3.0, 0.9
        )
        time = TimeSpan(f"2022-03-{low:02d}", f"2022-03-{low + wide:02d}", None, (0, 6))
        at = words.index("with")
        counts = (
            (Quantity(at, at + 4, "with", "person", "people", count, count, fate="killed"),) if count else ()
        )
        doc = f"doc{number}"
        claim = Claim(
            content_id(doc), doc, 0, len(words), (0, 6), kind, places=(0,), time=time, quantities=counts,
            polarity=draw(st.sampled_from(("affirmed", "affirmed", "negated"))),
            speaker=draw(st.sampled_from((None, None, "General Staff"))),
        )  # fmt: skip
        source = Source(draw(st.sampled_from(("AP", "Reuters", "BBC"))))
        out.append(
            Reading(
                Document(doc, doc, words, source=source, published="2022-03-30"),
                (Sentence(0, len(words), words, "body", 0),),
                (place,),
                quantities=counts,
                claims=(claim,),
            )
        )
    return out


LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LAW
@given(readings(), st.randoms(use_true_random=False))
def test_order_of_reports_changes_nothing(given_readings: list[Reading], chance: random.Random) -> None:
    shuffled = given_readings[:]
    chance.shuffle(shuffled)
    one, two = reconcile(given_readings), reconcile(shuffled)
    assert one == two
    assert find_findings(given_readings, one) == find_findings(shuffled, two)
    assert build(given_readings, one, ()) == build(shuffled, two, ())


@LAW
@given(readings())
def test_a_copy_of_a_report_is_no_new_witness(given_readings: list[Reading]) -> None:
    first = given_readings[0]
    copy_claims = tuple(
        Claim(
            **{f: getattr(c, f) for f in c.__dataclass_fields__}
            | {"id": content_id("copy", c.id), "document": "copy"}
        )
        for c in first.claims
    )
    document = Document(
        "copy", "copy", first.document.text, source=first.document.source, published="2022-03-30"
    )
    copy = Reading(document, first.sentences, first.places, quantities=first.quantities, claims=copy_claims)
    before = {c: e.witnesses for e in reconcile(given_readings) for c in e.claims}
    after = {c: e.witnesses for e in reconcile([*given_readings, copy]) for c in e.claims}
    assert all(after[c] == n for c, n in before.items())


@LAW
@given(readings())
def test_every_claim_stands_in_an_event_and_in_no_two(given_readings: list[Reading]) -> None:
    events = reconcile(given_readings)
    claims = [c for e in events for c in e.claims]
    assert sorted(claims) == sorted(c.id for r in given_readings for c in r.claims)


@LAW
@given(readings())
def test_a_report_taken_away_leaves_no_trace(given_readings: list[Reading]) -> None:
    left = given_readings[1:]
    gone = given_readings[0].document.id
    events = reconcile(left)
    assert all(not c.startswith(gone) for e in events for c in e.claims)
    assert gone not in {d for row in build(left, events, ()).chronology for d in row.documents}
    assert reconcile([*left, given_readings[0]]) == reconcile(given_readings)


@LAW
@given(readings(), st.randoms(use_true_random=False))
def test_order_of_claims_in_a_report_changes_nothing(
    given_readings: list[Reading], chance: random.Random
) -> None:
    several = [_with_second_claim(r) for r in given_readings]
    mixed = []
    for reading in several:
        claims = list(reading.claims)
        chance.shuffle(claims)
        mixed.append(replace(reading, claims=tuple(claims)))
    one, two = reconcile(several), reconcile(mixed)
    assert one == two
    assert find_findings(several, one) == find_findings(mixed, two)


def _with_second_claim(reading: Reading) -> Reading:
    first = reading.claims[0]
    at = reading.document.text.index("tells")
    second = replace(
        first, id=content_id("second", first.id), trigger=(at, at + 5), type="destroy", quantities=()
    )
    return replace(reading, claims=(first, second))


@LAW
@given(readings())
def test_findings_of_the_rest_do_not_need_the_report_taken_away(given_readings: list[Reading]) -> None:
    left = given_readings[1:]
    gone = given_readings[0].document.id
    rest = find_findings(left, reconcile(left))
    every = find_findings(given_readings, reconcile(given_readings))
    assert all(span.id != gone for finding in rest for span in finding.spans)
    assert {f.message for f in rest} <= {f.message for f in every}


def test_a_thousand_copies_are_one_witness() -> None:
    words = "Fighting broke out at Bucha on 3 March as the column came down the road from the north."
    at = words.index("Bucha")
    spot = Place(at, at + 5, "Bucha", "Bucha", "t:Bucha", None, 50.55, 30.21, "settlement", None, 3.0, 0.9)
    copies = [
        Reading(
            Document(f"d{n}", f"d{n}", words, source=Source(f"s{n}")),
            (Sentence(0, len(words), words, "body", 0),),
            (spot,),
            claims=(
                Claim(
                    f"c{n}", f"d{n}", 0, len(words), (0, 8), "battle", places=(0,),
                    time=TimeSpan("2022-03-03", "2022-03-03", "2022-03-03"),
                ),
            ),
        )
        for n in range(1000)
    ]  # fmt: skip
    (event,) = reconcile(copies)
    assert event.witnesses == 1
    assert len(event.claims) == 1000


@LAW
@given(readings(), st.sampled_from((1, 3, 40, 400, 10_000)))
def test_no_pair_is_more_alike_than_the_bound_that_spares_looking(own: list[Reading], reports: int) -> None:
    for one, two in combinations(dossiers(own, ())[0].facts, 2):
        for kind, least in load_sameness().least.items():
            likely = chance(one, two, kind, reports=reports) >= least
            assert same_happening(one, two, kind, reports=reports) == likely


def test_each_observation_stays_within_what_the_bound_takes_it_for() -> None:
    words = (
        "Two tanks and 40 soldiers fell in the raid on the Antonov depot near Bucha, General Ivan Koval said."
    )
    place = Place(words.index("Bucha"), words.index("Bucha") + 5, "Bucha", "Bucha", "t:b", None, 50.5, 30.2)
    fact = facts_of(
        Reading(Document("d", "d", words), (Sentence(0, len(words), words, "body", 0),), (place,))
    )
    seen = evidence(fact[0], replace(fact[0], document="e"), "polarity")
    assert seen["names"] == MOST["names"]
    assert all(value <= MOST.get(name, 1.0) for name, value in seen.items())
