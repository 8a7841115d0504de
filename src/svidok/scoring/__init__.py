"""Score what was read against a gold set: places, times, attributions, claims and findings.

Both sides are JSON Lines in the exchange format (``svidok/1``). A layer is scored only where the gold line
has it; a document missing from the predictions counts as one in which nothing was found. Counts are
kept (:class:`Counts`, :class:`Share`), so scores of parts can be added up without loss.

What is right:

* a place is *recognised* when the spans overlap, *resolved* within 161 km (100 miles) of the gold point; gold
  places marked ``metonym`` (a seat that stands for a government) are neither asked for nor wrong;
* a time follows TempEval-3: relaxed (overlap), strict (same span) and value (the same TIMEX3 value
  on a relaxed match);
* an attribution matches when the contents overlap by half or more (Jaccard), then its source is compared;
* a claim matches one of the same type whose trigger overlaps, else whose evidence overlaps; claims of one
  trigger on several places are one; gold claims, places and numbers marked optional are neither asked for
  nor wrong. The pairing is a maximum matching, so order never matters and leaving
  a prediction out never raises recall. Among matched claims: polarity, modality, place, time, speaker,
  quantities, and whether one of the gold's actors and one of its targets is there, where it names any;
  *all right* means polarity, modality, place and time together;
* a finding matches one of the same kind that points at two of its spans (or at its only one).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from svidok.errors import InputError
from svidok.scoring.layers import LAYERS, score_findings
from svidok.scoring.lines import load_lines
from svidok.scoring.tally import Counts, Scorecard, Share

__all__ = ["Counts", "Scorecard", "Share", "load_lines", "score", "score_by", "score_files"]

Line = Mapping[str, Any]


def score_files(gold: Path, predictions: Path) -> Scorecard:
    """Score one file against another: :func:`load_lines` and :func:`score`."""
    return score(load_lines(gold), load_lines(predictions))


def score(gold: Iterable[Line], predictions: Iterable[Line]) -> Scorecard:
    """Score predicted lines against gold lines, paired by document id.

    Args:
        gold: documents (and findings) in the exchange format; layers that a document lacks are not scored.
        predictions: the same, as ``svidok extract`` and ``svidok check`` write them; documents that the
            gold does not know are passed over.

    Raises:
        InputError: an id stands twice, or a prediction was made on another text.

    >>> line = {"id": "a", "times": [{"start": 0, "end": 4, "value": "1995"}]}
    >>> score([line], [line]).figure("times value F1"), score([line], []).figure("times relaxed R")
    (1.0, 0.0)
    """
    gold_documents, gold_findings = _parted(gold, "gold")
    documents, findings = _parted(predictions, "predictions")
    total = Scorecard()
    for id_, document in sorted(gold_documents.items()):
        guess = documents.get(id_, {"id": id_})
        _same_text(document, guess)
        for layer, rule in LAYERS.items():
            if layer in document:
                total += rule(document, guess)
    return total + score_findings(gold_findings, findings) if gold_findings else total


def score_by(gold: Iterable[Line], predictions: Iterable[Line], *, key: str) -> dict[str, Scorecard]:
    """Score apart for each value of a field of the gold documents, such as ``style`` or ``war``.

    Raises:
        InputError: no gold document has this field; or as :func:`score`.

    >>> gold = [{"id": "a", "style": "post", "times": []}, {"id": "b", "style": "news", "times": []}]
    >>> sorted(score_by(gold, [], key="style"))
    ['news', 'post']
    """
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in gold:
        if "spans" not in line:
            groups[str(line.get(key, "(none)"))].append(line)
    if set(groups) == {"(none)"}:
        raise InputError(f"no gold document has a field {key!r}", remedy="try type, style, war or source")
    guesses = list(predictions)
    return {name: score(lines, guesses) for name, lines in sorted(groups.items())}


def _parted(lines: Iterable[Line], side: str) -> tuple[dict[str, Line], list[Line]]:
    documents: dict[str, Line] = {}
    findings: list[Line] = []
    for line in lines:
        if "spans" in line:
            findings.append(line)
        elif line["id"] in documents:
            raise InputError(
                f"the document {line['id']!r} stands twice in the {side}", remedy="score one run at a time"
            )
        else:
            documents[line["id"]] = line
    return documents, findings


def _same_text(gold: Line, guess: Line) -> None:
    one, other = gold.get("text_sha256"), guess.get("text_sha256")
    if one and other and one != other:
        raise InputError(
            f"the prediction for {gold['id']!r} was made on another text",
            remedy="read the gold's own text again",
        )
