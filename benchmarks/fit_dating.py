"""Fit when happenings were: on our tune half and on judged claims.

    python benchmarks/fit_dating.py [--write]

Reads the tune half and the documents of ``readings.py`` with the pipeline's rules and takes, for each
happening, every stretch of days in reach as a candidate. Prints for each part how often the right days (or
rightly none) are chosen: by the rules alone, by weights fitted on other documents (fold by fold; the held
half is never fitted on), and by weights fitted on all. ``--write`` puts the last into the data. Where days
and none are both right, the fit asks for the days; where the right days are no candidate, it asks nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from logits import Case, Option, Question, compare, fit_logit, write_logit
from readings import claim_of, documents_of, judged, parts
from svidok.archive import read_jsonl
from svidok.claims import assemble as assembling
from svidok.claims.calendar import Bounds, bounds_of
from svidok.claims.dating import Dated, dates_of
from svidok.claims.logit import Logit
from svidok.pipeline import load_tools, read_all
from svidok.publish.exchange import reading_to_dict
from svidok.records import Document, Reading, TimeSpan
from svidok.scoring import load_lines
from svidok.scoring.claims import cases_of, fit
from svidok.scoring.pairing import pair
from svidok.scoring.sameness import same_time

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests/accuracy/gold"
DATA = ROOT / "src/svidok/atlas/data/dating.toml"
PENALTY = 4.0
STAY = 1.2  # what must be gained for leaving what the rules chose


@dataclass(frozen=True, slots=True)
class Seen:
    """A happening as it came up: where its trigger stands, its candidates, and what the rules gave it."""

    start: int
    type: str
    rule: TimeSpan | None
    candidates: tuple[Dated, ...]


def main() -> None:
    """Fit, print, and write when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write the weights into the package's data")
    parser.add_argument("--penalty", type=float, default=PENALTY, help="the L2 penalty")
    options = parser.parse_args()
    cases = {half: list(of_gold(half, read(_halves(half)))) for half in ("tune", "held")}
    cases.update({part: list(of_readings(part, read(documents_of(part)))) for part in parts()})
    model = compare(cases, lambda some: fitted(some, options.penalty), unfitted="held")
    if options.write:
        write_logit(model, DATA, "fit_dating.py")


def fitted(cases: Sequence[Case], penalty: float) -> Logit:
    """Weights by the cases whose right answer can be given."""
    asked = [case.question for case in cases if case.free or any(one.right for one in case.question.options)]
    weights = dict(fit_logit(asked, penalty=penalty).weights)
    for kind in ("own", "carried", "post", "so far"):
        weights[f"rule {kind}"] = round(weights.get(f"rule {kind}", 0.0) + STAY, 3)
    weights["rule other none"] = round(weights.get("rule other none", 0.0) - STAY, 3)
    return Logit(weights)


def _halves(half: str) -> list[Document]:
    return [item for item in read_jsonl(GOLD / f"{half}.jsonl") if isinstance(item, Document)]


def read(documents: Iterable[Document]) -> Iterator[tuple[Reading, list[Seen]]]:
    """Readings by the rules alone, with the candidates of every happening."""
    log: list[Seen] = []

    def record(drafts: Any, document: Any, parsed: Any, mentions: Any, _: Any, lexicon: Any) -> None:
        log.clear()
        for draft, rule, candidates in dates_of(drafts, document, parsed, mentions, lexicon):
            draft.time = rule
            log.append(Seen(draft.scope.tree.start[draft.token], draft.type, rule, tuple(candidates)))

    assembling.settle_dates = record
    tools = replace(load_tools(), trust=None)
    for document in documents:
        for reading in read_all([document], tools):
            yield reading, list(log)


def _case(seen: Seen, right: Callable[[TimeSpan], bool], *, none: bool, document: str) -> Case:
    options = tuple(Option((one.names,), right(one.span)) for one in seen.candidates)
    by_rule = none if seen.rule is None else right(seen.rule)
    told = any(option.right for option in options)
    return Case(Question(options, not told), none, by_rule, document)


def of_gold(half: str, read: Iterable[tuple[Reading, Sequence[Seen]]]) -> Iterator[Case]:
    """The questions of our gold, by the claims of its documents as read."""
    gold = {line["id"]: line for line in load_lines(GOLD / f"{half}.jsonl")}
    for reading, log in read:
        line = gold[reading.document.id]
        wanted = [case for case in cases_of(line, line["text"]) if not case.optional]
        made = cases_of(reading_to_dict(reading), line["text"])
        for i, j in pair(wanted, made, fit):
            seen = _seen(made[j].trigger, made[j].type, log)
            if seen is None:
                continue
            times = (wanted[i].time, *wanted[i].time_also)

            def right(span: TimeSpan, times: Any = times) -> bool:
                given = {"earliest": span.earliest, "latest": span.latest}
                return any(time is not None and same_time(time, given) for time in times)

            none = None in times or wanted[i].time_optional
            yield _case(seen, right, none=none, document=line["id"])


def _seen(trigger: tuple[int, int], type_: str, log: Sequence[Seen]) -> Seen | None:
    return next((one for one in log if one.type == type_ and trigger[0] <= one.start < trigger[1]), None)


def of_readings(part: str, read: Iterable[tuple[Reading, Sequence[Seen]]]) -> Iterator[Case]:
    """The questions of one set of judged claims, by the claims of its documents as read."""
    for reading, log in read:
        for one in judged(part):
            if one.document != reading.document.id or one.verdict in {"bad", "dup"}:
                continue
            claim = claim_of(reading, one.trigger, one.type)
            seen = _seen(claim.trigger, claim.type, log) if claim else None
            if seen is None:
                continue
            asked: Bounds | None = None
            if one.time is not None:
                asked = one.time[0] and one.time[0][:10], one.time[1] and one.time[1][:10]

            def right(span: TimeSpan, asked: Bounds | None = asked) -> bool:
                return bounds_of(span) == asked

            yield _case(seen, right, none=asked is None or one.time_free, document=one.document)


if __name__ == "__main__":
    main()
