"""Fit which places a happening has: a conditional logit on evloc, our own gold and judged claims.

    python benchmarks/fit_attachment.py [--write]

Reads the sentences of evloc (``../shared``), the tune half and the documents of the judged claims
(:mod:`readings`, but for the part ``kyiv``) with the pipeline's rules and takes, for each happening that the
gold knows, the features of every place of its sentence. The weights come from gradient ascent of the
likelihood with an L2 penalty: the places of a sentence, list by list, compete with one another and with
"none". Sentences of evloc and judged documents are halved by a hash of their text. Prints for every part how
often exactly the gold's places are chosen: by the rules alone, by weights fitted on the first halves (so that
the second ones and our held half are unseen), and by weights fitted on both. ``--write`` puts the last into
the data.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from logits import Option, Question, fit_logit, write_logit
from readings import Judged, documents_of, judged, parts
from strict import near
from svidok.archive import read_jsonl
from svidok.claims import assemble as assembling
from svidok.claims.attachment import Attachment
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
PENALTY = 8.0
WEIGHTS = {"evloc": 1.0, "own": 2.0, "judged": 1.0}  # of a happening: there are few of our own
UNSEEN = frozenset({"kyiv"})  # parts of the judged claims that stay out

Lists = list[tuple[list[frozenset[str]], list[bool], list[int], bool]]


@dataclass
class Case:
    """One happening with its lists of places.

    Of each list: features and rightness of every place, what gold it covers, whether the rules chose it.
    """

    part: str
    asked: int
    lists: Lists


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
    half = _fitted([case for case in cases if case.part in {"evloc first", "judged first", "own tune"}])
    model = _fitted([case for case in cases if case.part != "own held"])
    for part in sorted({case.part for case in cases}):
        some = [case for case in cases if case.part == part]
        _show(f"{part:13} rules  ", some, lambda lists: [one for one in lists if one[3]])
        _show(f"{part:13} of half", some, lambda lists: _chosen(lists, half))
        _show(f"{part:13} of both", some, lambda lists: _chosen(lists, model))
    if options.write:
        write_logit(model, DATA, "fit_attachment.py")


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
        cases.append(Case(f"evloc {_half(text)}", len(row["places"]), lists))
    return cases


def _half(text: str) -> str:
    return "first" if int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 == 0 else "second"


def _of_judged() -> list[Case]:
    """Judged claims of a right type; a place told in another sentence makes "none" right in the own one."""
    cases = []
    for part in sorted(set(parts()) - UNSEEN):
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
                    cases.append(Case(f"judged {_half(reading.document.text)}", asked, lists))
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

            cases.append(Case(f"own {half}", len(case.places), _lists(record, covers, optional)))
    return cases


def _fitted(cases: list[Case]) -> Attachment:
    questions = [
        Question(
            tuple(Option(tuple(one[0]), any(one[1])) for one in case.lists),
            not any(any(one[1]) for one in case.lists),
            WEIGHTS[case.part.split()[0]],
        )
        for case in cases
    ]
    model = fit_logit(questions, penalty=PENALTY)
    return Attachment(model.weights, model.least)


def _chosen(lists: Lists, model: Attachment) -> Lists:
    scored = [(sum(model.score(names) for names in one[0]) / len(one[0]), k) for k, one in enumerate(lists)]
    best = max(scored, default=(0.0, 0))
    return [lists[best[1]]] if best[0] > model.least else []


def _show(name: str, cases: list[Case], choose: Callable[[Lists], Lists]) -> None:
    exact = hits = false = asked = 0
    for case in cases:
        chosen = choose(case.lists)
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
