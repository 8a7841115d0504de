"""Fit where happenings without a place of their own are set: on our tune half and on judged claims.

    python benchmarks/fit_settings.py [--write]

Reads the tune half and the documents of ``readings.py`` with the pipeline's rules and takes, for each
happening that has no place in its clause, every place told so far as a candidate. Prints for each part how
often the right place (or rightly none) is chosen: by the rules alone, by weights fitted on other documents
(fold by fold; the held half is never fitted on), and by weights fitted on all. ``--write`` puts the last
into the data. Where a place and none are both right, the fit asks for the place.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from logits import Case, Option, Question, compare, fit_logit, write_logit
from readings import claim_of, documents_of, judged, parts
from svidok.archive import read_jsonl
from svidok.claims import assemble as assembling
from svidok.claims.logit import Logit
from svidok.claims.settings import Candidate, candidates_of
from svidok.claims.stage import key_of
from svidok.pipeline import load_tools, read_all
from svidok.publish.exchange import reading_to_dict
from svidok.records import Document, Place, Reading
from svidok.scoring import load_lines
from svidok.scoring.claims import cases_of, fit
from svidok.scoring.pairing import pair
from svidok.scoring.sameness import same_place

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests/accuracy/gold"
DATA = ROOT / "src/svidok/atlas/data/settings.toml"
PENALTY = 20.0
LEAST = 0.35  # what a place must score: our gold asks for fewer carried places than strict readers do

Seen = tuple[int, str, list[Candidate], frozenset[int]]


def main() -> None:
    """Fit, print, and write when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write the weights into the package's data")
    parser.add_argument("--penalty", type=float, default=PENALTY, help="the L2 penalty")
    options = parser.parse_args()
    cases = {"tune": list(_of_gold("tune")), "held": list(_of_gold("held"))}
    cases.update({part: list(_of_readings(part)) for part in parts()})
    model = compare(cases, lambda some: _fitted(some, options.penalty), unfitted="held")
    if options.write:
        write_logit(model, DATA, "fit_settings.py")


def _read(documents: Iterable[Document]) -> Iterator[tuple[Reading, list[Seen]]]:
    """Readings by the rules alone, with the candidates of every happening without a place of its own."""
    log: list[Seen] = []

    def record(drafts: Any, parsed: Any, mentions: Any, _: Any, lexicon: Any) -> None:
        log.clear()
        for draft, candidates in candidates_of(drafts, parsed, mentions, lexicon):
            start = draft.scope.tree.start[draft.token]
            log.append((start, draft.type, candidates, frozenset(draft.places)))

    assembling.settle_scenes = record
    tools = replace(load_tools(), trust=None)
    for document in documents:
        for reading in read_all([document], tools):
            yield reading, list(log)


def _case(seen: Seen, right: Callable[[Candidate], bool], *, none: bool, document: str) -> Case:
    _, _, candidates, rule = seen
    options = tuple(Option((one.names,), right(one)) for one in candidates)
    chosen = [right(one) for one in candidates if one.number in rule]
    by_rule = any(chosen) if rule else none
    told = any(option.right for option in options)  # else by no marked place: to abstain is best
    return Case(Question(options, not told), none or not told, by_rule, document)


def _of_gold(half: str) -> Iterator[Case]:
    gold = {line["id"]: line for line in load_lines(GOLD / f"{half}.jsonl")}
    documents = [item for item in read_jsonl(GOLD / f"{half}.jsonl") if isinstance(item, Document)]
    for reading, log in _read(documents):
        line = gold[reading.document.id]
        guess = reading_to_dict(reading)
        wanted = [case for case in cases_of(line, line["text"]) if not case.optional]
        made = cases_of(guess, line["text"])
        for i, j in pair(wanted, made, fit):
            seen = _seen(made[j].trigger, made[j].type, log)
            if seen is None:
                continue
            case = wanted[i]

            def right(one: Candidate, case: Any = case, guess: Any = guess) -> bool:
                given = guess["places"][one.number]
                return any(same_place(p, given) for p in (*case.places, *case.places_optional))

            yield _case(seen, right, none=not case.places, document=line["id"])


def _seen(trigger: tuple[int, int], type_: str, log: Sequence[Seen]) -> Seen | None:
    return next((one for one in log if one[1] == type_ and trigger[0] <= one[0] < trigger[1]), None)


def _of_readings(part: str) -> Iterator[Case]:
    for reading, log in _read(documents_of(part)):
        places = reading.places
        for one in judged(part):
            if one.document != reading.document.id or one.verdict in {"bad", "dup"}:
                continue
            claim = claim_of(reading, one.trigger, one.type)
            seen = _seen(claim.trigger, claim.type, log) if claim else None
            if seen is None:
                continue
            keys = {
                key_of(place)
                for alternatives in one.places
                for start, end in alternatives
                for place in places
                if place.start < end and start < place.end
            }

            def right(candidate: Candidate, keys: set[str] = keys, places: Sequence[Place] = places) -> bool:
                return key_of(places[candidate.number]) in keys

            yield _case(seen, right, none=not one.places or one.place_free, document=one.document)


def _fitted(cases: Sequence[Case], penalty: float) -> Logit:
    model = fit_logit([case.question for case in cases], penalty=penalty, rare=8)
    return Logit(model.weights, LEAST)


if __name__ == "__main__":
    main()
