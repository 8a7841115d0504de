"""Fit where happenings without a place of their own are set: on our tune half and on judged claims.

    python benchmarks/fit_settings.py [--write] [--without SET]

Reads the tune half and the documents of ``readings.py`` with the pipeline's rules and takes, for each
happening that has no place in its clause, every place told so far as a candidate. Prints for each part how
often the right place (or rightly none) is chosen: by the rules alone, by weights fitted on other documents
(fold by fold; the held half is never fitted on), and by weights fitted on all. ``--write`` puts the last
into the data. Where a place and none are both right, the fit asks for the place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from asking import Case, Seen, Verdict, Wanted, case_of, fit_from_gold, read, seen_at
from logits import fit_logit
from readings import SCENES, Judged, set_happenings
from svidok.claims import assemble as assembling
from svidok.claims.logit import Logit
from svidok.claims.settings import Candidate, candidates_of
from svidok.claims.towns import key_of
from svidok.records import Reading
from svidok.scoring.sameness import same_place

UNTOLD = 0.5  # what is left of a judged claim's weight where the place asked for is told nowhere before it
LEAST = 0.45  # what a place must score: our gold asks for fewer carried places than strict readers do
GOLD = 2.0  # what a claim of our gold weighs in the fit, in judged claims


class Settings:
    """Where a happening is set that has no place in its clause."""

    name = "settings"
    penalty = 8.0

    def record(self, log: list[Seen[Candidate]]) -> None:
        """Write down the places that each happening may be set in, and leave it those by the rules."""

        def settle(drafts: Any, parsed: Any, mentions: Any, _: Any, lexicon: Any) -> None:
            log.clear()  # a document that is read a second time has other places, under other numbers
            for draft, candidates in candidates_of(drafts, parsed, mentions, lexicon):
                chosen = tuple(one for one in candidates if one.number in draft.places)
                start = draft.scope.tree.start[draft.token]
                log.append(Seen(start, draft.type, tuple(candidates), chosen if draft.places else None))

        assembling.settle_scenes = settle

    def by_gold(self, wanted: Wanted, guess: Mapping[str, Any]) -> Verdict[Candidate]:
        """The places of the claim, and those that it may have."""
        places = (*wanted.places, *wanted.places_optional)

        def right(one: Candidate) -> bool:
            return any(same_place(place, guess["places"][one.number]) for place in places)

        return Verdict(right, not wanted.places, GOLD)

    def by_reader(self, one: Judged, reading: Reading) -> Verdict[Candidate]:
        """The places whose mentions the reader points at."""
        spans = [span for alternatives in one.places for span in alternatives]
        return _pointed_at(reading, spans, none=not one.places or one.place_free)

    def is_free(self, verdict: Verdict[Candidate], *, told: bool) -> bool:
        """Where no marked place is the right one, to abstain is best."""
        return verdict.none or not told

    def fitted(self, cases: Sequence[Case], penalty: float) -> Logit:
        """Weights, and what a place must score."""
        model = fit_logit([case.question for case in cases], penalty=penalty, rare=8)
        return Logit(model.weights, LEAST)


def _pointed_at(reading: Reading, spans: Sequence[tuple[int, int]], *, none: bool) -> Verdict[Candidate]:
    keys = {
        key_of(place)
        for start, end in spans
        for place in reading.places
        if place.start < end and start < place.end
    }

    def right(candidate: Candidate) -> bool:
        return key_of(reading.places[candidate.number]) in keys

    return Verdict(right, none, untold=UNTOLD)


def _of_scenes() -> Iterator[Case]:
    """The questions of happenings of which readers only said where they are set."""
    maker = Settings()
    answers = dict(set_happenings())
    for reading, log in read(maker, answers):
        for one in answers[reading.document]:
            for type_ in sorted(one.types):
                seen = seen_at(one.trigger, type_, log)
                if seen is not None:
                    verdict = _pointed_at(reading, one.places, none=one.free or not one.places)
                    yield case_of(maker, seen, verdict, reading.document.id)


if __name__ == "__main__":
    fit_from_gold(Settings(), __doc__, {SCENES: _of_scenes})
