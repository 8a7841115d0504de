"""Fit which places a happening has: a conditional logit on evloc, our own gold and judged claims.

    python benchmarks/fit_attachment.py [--write]

Reads the sentences of evloc (``../shared``), our own gold and the documents of the judged claims
(:mod:`readings`, but for the part ``kyiv``) with the pipeline's rules and takes, for each happening that the
gold knows, the features of every place of its sentence. The weights come from gradient ascent of the
likelihood with an L2 penalty: the places of a sentence, list by list, compete with one another and with
"none". The features that tell the most in a first fit weigh in pairs as well in the second. Prints for every
part how often exactly the gold's places are chosen: by the rules alone, by weights fitted on other documents
(fold by fold; our held half and the later judged claims are in no fit), and by weights fitted on all.
``--write`` puts the last into the data.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from logits import Option, Question, fit_logit, write_logit
from readings import Judged, documents_of, judged, parts
from strict import near
from svidok.archive import read_jsonl
from svidok.claims import assemble as assembling
from svidok.claims.attachment import Attachment
from svidok.claims.logit import Logit
from svidok.claims.scene import Draft
from svidok.pipeline import load_tools, read_all
from svidok.publish.exchange import reading_to_dict
from svidok.records import Claim, Document, Reading
from svidok.scoring import load_lines
from svidok.scoring.claims import cases_of, fit
from svidok.scoring.pairing import overlaps, pair
from svidok.scoring.sameness import same_place

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests/accuracy/gold"
EVLOC = ROOT.parent / "shared/eval/corpora"
DATA = ROOT / "src/svidok/atlas/data/attachment.toml"
PENALTY = 16.0
STEPS = 300
HEAVIER = 2.0  # how many times the penalty a pair of features pays
PAIRED = 120  # features that weigh in pairs
SELDOM = 0.02  # the share of places that such a feature holds for, and fails for, at least
SLIGHT = 0.02  # a pair that weighs less is left out
JOINT = " && "
FOLDS = 5
WEIGHTS = {"evloc": 1.0, "own": 2.0, "judged": 1.0, "later": 0.0}  # there are few of our own
ABSENT = frozenset({"kyiv"})  # parts of the judged claims that stay out
UNFITTED = frozenset({"own held", "later"})

Lists = list[tuple[list[frozenset[str]], list[bool], list[int], bool]]


@dataclass
class Case:
    """One happening with its lists of places, and the fold of its document.

    Of each list: features and rightness of every place, what gold it covers, whether the rules chose it.
    """

    part: str
    asked: int
    lists: Lists
    fold: int


class Recorder(Attachment):
    """Chooses what the rules chose, and keeps what it saw."""

    __slots__ = ("log",)

    def __init__(self) -> None:
        super().__init__({})
        object.__setattr__(self, "log", [])

    def choose(self, draft: Draft, seen: Any, lists: Any) -> tuple[int, ...]:
        """The rules' own places, in the order of the text."""
        tree = draft.scope.tree
        chosen = tuple(n for members in lists for n in members if n in draft.places)
        self.log.append((tree.start[draft.token], draft.type, dict(seen), lists, chosen))
        return chosen


def main() -> None:
    """Fit, print, and write when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write the weights into the package's data")
    options = parser.parse_args()
    cases = [*_of_evloc(), *_of_judged(), *_of_own("tune"), *_of_own("held")]
    fitting = [case for case in cases if case.part not in UNFITTED]
    model = _fitted(fitting)
    folds = [_fitted([case for case in fitting if case.fold != fold]) for fold in range(FOLDS)]
    for part in sorted({case.part for case in cases}):
        some = [case for case in cases if case.part == part]
        unseen = [model if part in UNFITTED else folds[case.fold] for case in some]
        _show(f"{part:8} rules  ", some, [[one for one in case.lists if one[3]] for case in some])
        _show(f"{part:8} unseen ", some, [_chosen(c.lists, one) for c, one in zip(some, unseen, strict=True)])
        _show(f"{part:8} all    ", some, [_chosen(case.lists, model) for case in some])
    if options.write:
        write_logit(model, DATA, "fit_attachment.py", pairs=model.pairs)


def _documents(path: Path) -> Iterator[Document]:
    return (document for document in read_jsonl(path) if isinstance(document, Document))


def _read(documents: Iterable[Document]) -> Iterator[tuple[Reading, list[Any]]]:
    """Readings with what the recorder saw in the last assembling of each."""
    recorder = Recorder()
    assembling.load_attachment = lambda: recorder  # type: ignore[assignment]
    tools = replace(load_tools(), trust=None)
    for document in documents:
        recorder.log.clear()
        for reading in read_all([document], tools):
            yield reading, list(recorder.log)


def _seen(claim: Claim, log: list[Any]) -> Any:
    """The last record of a claim."""
    return next(
        (
            one
            for one in reversed(log)
            if one[1] == claim.type and claim.trigger[0] <= one[0] < claim.trigger[1]
        ),
        None,
    )


def _lists(record: Any, covers: Callable[[int], list[int]], skip: Callable[[int], bool]) -> Lists:
    _, _, seen, lists, rules = record
    made: Lists = []
    for members in lists:
        numbers = [n for n in members if not skip(n)]
        if numbers:
            covered = [k for n in numbers for k in covers(n)]
            right = [bool(covers(n)) for n in numbers]
            made.append(([seen[n] for n in numbers], right, covered, any(n in rules for n in numbers)))
    return made


def _of_evloc() -> list[Case]:
    gold = {}
    for line in (EVLOC / "evloc.eventplace.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold[row["id"]] = row
    cases = []
    for reading, log in _read(_documents(EVLOC / "evloc.docs.jsonl")):
        row = gold[reading.document.id]
        claim = next((c for c in reading.claims if overlaps(c.trigger, tuple(row["verb"]))), None)
        record = _seen(claim, log) if claim else None
        if claim is None:
            continue
        text = reading.document.text

        def covers(n: int, reading: Reading = reading, row: Any = row) -> list[int]:
            span = (reading.places[n].start, reading.places[n].end)
            return [k for k, place in enumerate(row["places"]) if overlaps(span, tuple(place))]

        lists = _lists(record, covers, lambda _: False) if record else []
        cases.append(Case("evloc", len(row["places"]), lists, _fold(text)))
    return cases


def _fold(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % FOLDS


def _of_judged() -> list[Case]:
    """Judged claims of a right type; a place told in another sentence makes "none" right in the own one."""
    cases = []
    for part in sorted(set(parts()) - ABSENT):
        rows = [one for one in judged(part) if one.verdict in {"ok", "weak"}]
        for reading, log in _read(documents_of(part)):
            for one in (row for row in rows if row.document == reading.document.id):
                claim = next((c for c in reading.claims if overlaps(c.trigger, one.trigger)), None)
                record = _seen(claim, log) if claim and claim.type in one.types else None
                if record is None:
                    continue

                def covers(n: int, reading: Reading = reading, one: Judged = one) -> list[int]:
                    return _covered(one, reading, n)

                lists = _lists(record, covers, lambda _: False)
                asked = len({k for members in lists for k in members[2]})
                if asked or not one.place_free:
                    name = part if part in UNFITTED else "judged"
                    cases.append(Case(name, asked, lists, _fold(reading.document.text)))
    return cases


def _covered(one: Judged, reading: Reading, n: int) -> list[int]:
    """Which of the places asked for a place of the reading is."""
    return [
        k
        for k, alternatives in enumerate(one.places)
        if any(
            near(reading.places[n], place)
            for place in reading.places
            if any(overlaps((place.start, place.end), span) for span in alternatives)
        )
    ]


def _of_own(half: str) -> list[Case]:
    gold = {line["id"]: line for line in load_lines(GOLD / f"{half}.jsonl")}
    cases = []
    for reading, log in _read(_documents(GOLD / f"{half}.jsonl")):
        line = gold[reading.document.id]
        guess = reading_to_dict(reading)
        wanted = [case for case in cases_of(line, line["text"]) if not case.optional]
        made = cases_of(guess, line["text"])
        for i, j in pair(wanted, made, fit):
            case = wanted[i]
            claim = next(c for c in reading.claims if c.type == made[j].type and c.trigger == made[j].trigger)
            record = _seen(claim, log)
            if record is None:
                continue

            def covers(n: int, case: Any = case, guess: Any = guess) -> list[int]:
                return [k for k, p in enumerate(case.places) if same_place(p, guess["places"][n])]

            def optional(n: int, case: Any = case, guess: Any = guess, covers: Any = covers) -> bool:
                return not covers(n) and any(same_place(p, guess["places"][n]) for p in case.places_optional)

            lists = _lists(record, covers, optional)
            cases.append(Case(f"own {half}", len(case.places), lists, _fold(line["text"])))
    return cases


def _fitted(cases: Sequence[Case]) -> Attachment:
    """Weights of all features, and of the pairs of those that tell the most."""
    plain = fit_logit([_question(case, frozenset()) for case in cases], penalty=PENALTY, steps=STEPS)
    telling = _most_telling(plain, cases)
    joint = fit_logit(
        [_question(case, telling) for case in cases],
        penalty=PENALTY,
        steps=STEPS,
        heavier=lambda name: HEAVIER if JOINT in name else 1.0,
    )
    pairs: dict[str, dict[str, float]] = {}
    for name, weight in joint.weights.items():
        if JOINT in name and abs(weight) >= SLIGHT:
            one, other = name.split(JOINT)
            pairs.setdefault(one, {})[other] = weight
    weights = {name: weight for name, weight in joint.weights.items() if JOINT not in name}
    return Attachment(weights, joint.least, pairs)


def _question(case: Case, paired: Set[str]) -> Question:
    return Question(
        tuple(Option(tuple(_joined(names, paired) for names in one[0]), any(one[1])) for one in case.lists),
        not any(any(one[1]) for one in case.lists),
        WEIGHTS[case.part.split()[0]],
    )


def _joined(names: frozenset[str], paired: Set[str]) -> frozenset[str]:
    """Features with the pairs of those that weigh in pairs."""
    both = combinations(sorted(names & paired), 2)
    return names | {sys.intern(f"{one}{JOINT}{other}") for one, other in both}


def _most_telling(model: Logit, cases: Sequence[Case]) -> frozenset[str]:
    """The features that move the scores the most: by weight, and by how much they vary between places."""
    places = [names for case in cases for one in case.lists for names in one[0]]
    counts = Counter(name for names in places for name in names)
    moved = {}
    for name, weight in model.weights.items():
        share = counts[name] / len(places)
        if SELDOM < share < 1 - SELDOM and " & " not in name:
            moved[name] = abs(weight) * (share * (1 - share)) ** 0.5
    return frozenset(sorted(moved, key=lambda name: (-moved[name], name))[:PAIRED])


def _chosen(lists: Lists, model: Attachment) -> Lists:
    scored = [(sum(model.tie(names) for names in one[0]) / len(one[0]), k) for k, one in enumerate(lists)]
    best = max(scored, default=(0.0, 0))
    return [lists[best[1]]] if best[0] > model.least else []


def _show(name: str, cases: Sequence[Case], choices: Sequence[Lists]) -> None:
    exact = hits = false = asked = 0
    for case, chosen in zip(cases, choices, strict=True):
        covered = {k for one in chosen for k in one[2]}
        wrong = sum(not right for one in chosen for right in one[1])
        exact += len(covered) == case.asked and not wrong
        hits += len(covered)
        false += wrong
        asked += case.asked
    precision, recall = hits / max(1, hits + false), hits / asked
    f1 = 2 * precision * recall / (precision + recall)
    print(
        f"{name} happenings {len(cases):5}  exactly right {exact / len(cases):.3f}"
        f"  places P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
    )


if __name__ == "__main__":
    main()
