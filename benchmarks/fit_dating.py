"""Fit when happenings were: on our tune half and on judged claims.

    python benchmarks/fit_dating.py [--write]

Reads the tune half and the documents of ``readings.py`` with the pipeline's rules and takes, for each
happening, every stretch of days in reach as a candidate. Prints for each part how often the right days (or
rightly none) are chosen: by the rules alone, by weights fitted on other documents (fold by fold; the held
half is never fitted on), and by weights fitted on all. ``--write`` puts the last into the data. Where days
and none are both right, the fit asks for the days; where the right days are no candidate, it asks nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from asking import Case, Seen, Verdict, Wanted, fit_from_gold
from logits import fit_logit
from readings import Judged
from svidok.claims import assemble as assembling
from svidok.claims.calendar import bounds_of
from svidok.claims.dating import dates_of
from svidok.claims.logit import Logit
from svidok.claims.reach import Dated
from svidok.records import Reading
from svidok.scoring.sameness import same_time

STAY = 0.6  # what must be gained for leaving what the rules chose


class Dating:
    """Which stretch of days a happening has."""

    name = "dating"
    penalty = 8.0

    def record(self, log: list[Seen[Dated]]) -> None:
        """Write down the stretches in reach of each happening, and leave it the time by the rules."""

        def settle(drafts: Any, document: Any, parsed: Any, mentions: Any, _: Any, lexicon: Any) -> None:
            log.clear()  # a document may be read a second time, with more places
            for draft, rule, candidates in dates_of(drafts, document, parsed, mentions, lexicon):
                draft.time = rule
                chosen = tuple(one for one in candidates if bounds_of(one.span) == bounds_of(rule))
                start = draft.scope.tree.start[draft.token]
                log.append(Seen(start, draft.type, tuple(candidates), chosen if rule else None))

        assembling.settle_dates = settle

    def by_gold(self, wanted: Wanted, guess: Mapping[str, Any]) -> Verdict[Dated]:
        """The time of the claim, or another that it may have."""
        times = (wanted.time, *wanted.time_also)

        def right(one: Dated) -> bool:
            given = {"earliest": one.span.earliest, "latest": one.span.latest}
            return any(time is not None and same_time(time, given) for time in times)

        return Verdict(right, None in times or wanted.time_optional)

    def by_reader(self, one: Judged, reading: Reading) -> Verdict[Dated]:
        """The days that the reader asks for."""
        asked = one.time and tuple(bound and bound[:10] for bound in one.time)
        return Verdict(lambda dated: bounds_of(dated.span) == asked, asked is None or one.time_free)

    def is_free(self, verdict: Verdict[Dated], *, told: bool) -> bool:
        """To abstain is wrong where the text tells days that are no candidate."""
        return verdict.none

    def fitted(self, cases: Sequence[Case], penalty: float) -> Logit:
        """Weights by the cases whose right answer can be given."""
        asked = [case.question for case in cases if case.free or not case.question.none]
        weights = dict(fit_logit(asked, penalty=penalty).weights)
        for kind in ("own", "carried", "post", "so far"):
            weights[f"rule {kind}"] = round(weights.get(f"rule {kind}", 0.0) + STAY, 3)
        weights["rule other none"] = round(weights.get("rule other none", 0.0) - STAY, 3)
        near = "rule other none & own at"  # a day in its own clause needs no rule
        weights[near] = round(weights.get(near, 0.0) + STAY, 3)
        return Logit(weights)


if __name__ == "__main__":
    fit_from_gold(Dating(), __doc__)
