"""Fit where happenings without a place of their own are set: on our tune half and on judged claims.

    python benchmarks/fit_settings.py [--write]

Reads the tune half and the documents of ``readings.py`` with the pipeline's rules and takes, for each
happening that has no place in its clause, every place told so far as a candidate. Prints for each part how
often the right place (or rightly none) is chosen: by the rules alone, by weights fitted on the other parts
(so that each part is unseen), and by weights fitted on all. ``--write`` puts the last into the data.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from logits import Option, Question, fit_logit, write_logit
from readings import documents_of, judged, parts
from svidok.archive import read_jsonl
from svidok.claims import assemble as assembling
from svidok.claims.logit import Logit
from svidok.claims.settings import Candidate, candidates_of
from svidok.pipeline import load_tools, read_all
from svidok.publish.exchange import reading_to_dict
from svidok.records import Claim, Document, Place, Reading
from svidok.scoring import load_lines
from svidok.scoring.claims import cases_of, fit
from svidok.scoring.pairing import pair
from svidok.scoring.sameness import same_place

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests/accuracy/gold"
DATA = ROOT / "src/svidok/atlas/data/settings.toml"
PENALTY = 4.0

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
    fitting = [part for part in cases if part != "held"]
    model = fit_logit([q for part in fitting for q, _ in cases[part]], penalty=options.penalty)
    for part, own in cases.items():
        others = [q for one in fitting if one != part for q, _ in cases[one]]
        unseen = fit_logit(others, penalty=options.penalty) if others else Logit({})
        rates = " ".join(f"{_right(own, one):.3f}" for one in (None, unseen, model))
        print(f"{part:11} happenings {len(own):4}  right by rules, unseen, fitted on all: {rates}")
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


def _question(seen: Seen, right: Callable[[Candidate], bool], *, none: bool) -> tuple[Question, bool]:
    """The question that a happening puts, and whether the rules answer it rightly."""
    _, _, candidates, rule = seen
    options = tuple(Option((one.names,), right(one)) for one in candidates)
    chosen = [right(one) for one in candidates if one.number in rule]
    by_rule = any(chosen) if rule else none
    if not any(option.right for option in options) and not none:
        none = True  # told by no marked place: to abstain is the best that can be done
    return Question(options, none), by_rule


def _of_gold(half: str) -> Iterator[tuple[Question, bool]]:
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
                return any(same_place(p, guess["places"][one.number]) for p in case.places)

            yield _question(seen, right, none=not case.places)


def _seen(trigger: tuple[int, int], type_: str, log: Sequence[Seen]) -> Seen | None:
    return next((one for one in log if one[1] == type_ and trigger[0] <= one[0] < trigger[1]), None)


def _of_readings(part: str) -> Iterator[tuple[Question, bool]]:
    for reading, log in _read(documents_of(part)):
        places = reading.places
        for one in judged(part):
            if one.document != reading.document.id or one.verdict in {"bad", "dup"}:
                continue
            claim = _claim(reading, one.trigger, one.type)
            seen = _seen(claim.trigger, claim.type, log) if claim else None
            if seen is None:
                continue
            keys = {
                _key(place)
                for alternatives in one.places
                for start, end in alternatives
                for place in places
                if place.start < end and start < place.end
            }

            def right(candidate: Candidate, keys: set[str] = keys, places: Sequence[Place] = places) -> bool:
                return _key(places[candidate.number]) in keys

            yield _question(seen, right, none=not one.places or one.place_free)


def _claim(reading: Reading, trigger: tuple[int, int], type_: str) -> Claim | None:
    return next(
        (
            c
            for c in reading.claims
            if c.type == type_ and c.trigger[0] < trigger[1] and trigger[0] < c.trigger[1]
        ),
        None,
    )


def _key(place: Place) -> str:
    return place.key or (place.name or place.text).lower()


def _right(cases: Sequence[tuple[Question, bool]], model: Logit | None) -> float:
    good = 0
    for question, by_rule in cases:
        if model is None:
            good += by_rule
            continue
        scored = [(model.score(one.members[0]), k) for k, one in enumerate(question.options)]
        best = max(scored, default=(float("-inf"), 0))
        good += question.options[best[1]].right if best[0] > model.least else question.none
    return good / max(1, len(cases))


if __name__ == "__main__":
    main()
