"""What happenings ask a model of choice: one walk over our tune half and the judged claims.

A :class:`Maker` writes down the candidates of every happening as the pipeline comes to them and says which
of them our gold or a reader finds right; :func:`fit_from_gold` asks, fits, prints and writes. Used by
``fit_dating.py`` and ``fit_settings.py``.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from logits import Option, Question, write_logit
from readings import Judged, claim_of, documents_of, judged, parts
from svidok.archive import read_jsonl
from svidok.claims.logit import Logit
from svidok.pipeline import load_tools, read_all
from svidok.publish.exchange import reading_to_dict
from svidok.records import Document, Reading
from svidok.scoring import load_lines
from svidok.scoring.claims import Case as Wanted
from svidok.scoring.claims import cases_of, fit
from svidok.scoring.pairing import pair

__all__ = [
    "Case",
    "Maker",
    "Named",
    "Seen",
    "Verdict",
    "Wanted",
    "case_of",
    "fit_from_gold",
    "read",
    "seen_at",
]

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests/accuracy/gold"
DATA = ROOT / "src/svidok/atlas/data"
FOLDS = 5
UNFITTED = "held"


class Named(Protocol):
    """A candidate by its features."""

    @property
    def names(self) -> frozenset[str]: ...


T = TypeVar("T", bound=Named)


@dataclass(frozen=True, slots=True)
class Seen(Generic[T]):
    """A happening as it came up: where its trigger stands, its candidates, and which the rules chose.

    ``chosen`` is None where the rules chose none, and empty where what they chose is no candidate.
    """

    start: int
    type: str
    candidates: tuple[T, ...]
    chosen: tuple[T, ...] | None


@dataclass(frozen=True, slots=True)
class Verdict(Generic[T]):
    """Which candidates are right, whether none is right as well, and what the answer weighs in the fit.

    ``untold`` is the share of that weight which is left where the right answer is no candidate: "none" is
    then only the best of the wrong ones.
    """

    right: Callable[[T], bool]
    none: bool
    weight: float = 1.0
    untold: float = 1.0


@dataclass(frozen=True, slots=True)
class Case:
    """The question that a happening puts, whether none is right as well, what the rules make of it."""

    question: Question
    free: bool
    by_rule: bool
    document: str


class Maker(Protocol[T]):
    """What one model asks: ``NAME.toml`` is its data, ``fit_NAME.py`` its maker."""

    name: str
    penalty: float

    def record(self, log: list[Seen[T]]) -> None:
        """Let the pipeline put what the rules made of each document into ``log``, in place of the model."""

    def by_gold(self, wanted: Wanted, guess: Mapping[str, Any]) -> Verdict[T]:
        """What a claim of our gold says of the candidates, by the reading that they are of."""

    def by_reader(self, one: Judged, reading: Reading) -> Verdict[T]:
        """What a judged claim says of them."""

    def is_free(self, verdict: Verdict[T], *, told: bool) -> bool:
        """Whether none is right, where the right answer is among the candidates (``told``) or is not."""

    def fitted(self, cases: Sequence[Case], penalty: float) -> Logit:
        """The weights."""


def fit_from_gold(
    maker: Maker[T],
    description: str | None,
    others: Mapping[str, Callable[[], Iterable[Case]]] = MappingProxyType({}),
) -> None:
    """Ask, fit, print, and write when asked on the command line.

    Args:
        maker: what the model asks.
        description: what ``--help`` says.
        others: further sets of questions by name.
    """
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write the weights into the package's data")
    parser.add_argument("--penalty", type=float, default=maker.penalty, help="the L2 penalty")
    parser.add_argument(
        "--without", nargs="*", default=[], metavar="SET", help="sets of judged claims to leave unseen"
    )
    options = parser.parse_args()
    cases = {half: list(_of_gold(maker, half)) for half in ("tune", UNFITTED)}
    cases.update({part: list(_of_readings(maker, part)) for part in parts() if part not in options.without})
    cases.update({name: list(ask()) for name, ask in others.items() if name not in options.without})
    model = _compare(cases, lambda some: maker.fitted(some, options.penalty))
    if options.write:
        write_logit(model, DATA / f"{maker.name}.toml", f"fit_{maker.name}.py")


def read(maker: Maker[T], documents: Iterable[Document]) -> Iterator[tuple[Reading, list[Seen[T]]]]:
    """Readings by the rules alone, with the candidates of every happening that asks."""
    log: list[Seen[T]] = []
    maker.record(log)
    tools = replace(load_tools(), trust=None)
    for document in documents:
        log.clear()
        for reading in read_all([document], tools):
            yield reading, list(log)


def _of_gold(maker: Maker[T], half: str) -> Iterator[Case]:
    """The questions of our gold, by the claims of its documents as read."""
    gold = {line["id"]: line for line in load_lines(GOLD / f"{half}.jsonl")}
    documents = [item for item in read_jsonl(GOLD / f"{half}.jsonl") if isinstance(item, Document)]
    for reading, log in read(maker, documents):
        line, guess = gold[reading.document.id], reading_to_dict(reading)
        wanted = [case for case in cases_of(line, line["text"]) if not case.optional]
        made = cases_of(guess, line["text"])
        for i, j in pair(wanted, made, fit):
            seen = seen_at(made[j].trigger, made[j].type, log)
            if seen is not None:
                yield case_of(maker, seen, maker.by_gold(wanted[i], guess), reading.document.id)


def _of_readings(maker: Maker[T], part: str) -> Iterator[Case]:
    """The questions of one set of judged claims, by the claims of its documents as read."""
    for reading, log in read(maker, documents_of(part)):
        for one in judged(part):
            if one.document != reading.document.id or one.verdict in {"bad", "dup"}:
                continue
            claim = claim_of(reading, one.trigger, one.type)
            seen = seen_at(claim.trigger, claim.type, log) if claim else None
            if seen is not None:
                yield case_of(maker, seen, maker.by_reader(one, reading), one.document)


def seen_at(trigger: tuple[int, int], type_: str, log: Sequence[Seen[T]]) -> Seen[T] | None:
    return next((one for one in log if one.type == type_ and trigger[0] <= one.start < trigger[1]), None)


def case_of(maker: Maker[T], seen: Seen[T], verdict: Verdict[T], document: str) -> Case:
    options = tuple(Option((one.names,), verdict.right(one)) for one in seen.candidates)
    told = any(option.right for option in options)
    by_rule = verdict.none if seen.chosen is None else any(map(verdict.right, seen.chosen))
    weight = verdict.weight if told or verdict.none else verdict.untold * verdict.weight
    return Case(Question(options, not told, weight), maker.is_free(verdict, told=told), by_rule, document)


def _compare(cases: Mapping[str, Sequence[Case]], fit: Callable[[Sequence[Case]], Logit]) -> Logit:
    """Print for each part how often the right answer is chosen, and return the model fitted on all.

    By the rules alone, by weights fitted on other documents (fold by fold), and by weights fitted on all
    parts but the held half.
    """
    fitting = [case for part, own in cases.items() if part != UNFITTED for case in own]
    model = fit(fitting)
    folds = [fit([case for case in fitting if _fold(case) != fold]) for fold in range(FOLDS)]
    for part, own in cases.items():
        rules = [case.by_rule for case in own]
        all_ = [_answered(case, model) for case in own]
        unseen = all_ if part == UNFITTED else [_answered(case, folds[_fold(case)]) for case in own]
        rates = " ".join(f"{sum(good) / max(1, len(own)):.3f}" for good in (rules, unseen, all_))
        print(f"{part:11} happenings {len(own):4}  right by rules, unseen, fitted on all: {rates}")
    return model


def _fold(case: Case) -> int:
    return int(hashlib.sha256(case.document.encode()).hexdigest(), 16) % FOLDS


def _answered(case: Case, model: Logit) -> bool:
    """Whether a model answers rightly."""
    options = case.question.options
    scored = [(model.score(one.members[0]), k) for k, one in enumerate(options)]
    best = max(scored, default=(float("-inf"), 0))
    return options[best[1]].right if best[0] > model.least else case.free
