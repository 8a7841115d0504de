"""How likely a reader would mark a cue as an attribution: a logistic model of a few plain features.

Grammar alone finds more cues than annotators mark (hypothetical, generic, inside quotations). The
features are grammatical, never words of the content; their weights are a data file, fitted to the
development part of PolNeAR by ``benchmarks/attributions.py``.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from svidok.claims.attributions.speeches import Speech, within
from svidok.claims.mentions.tokens import Tokens
from svidok.records import Offsets

__all__ = ["features", "likelihood", "load_weights", "nearby", "plain"]

_GENERIC = frozenset(("you", "one", "anyone", "anybody", "everyone", "nobody"))
_THINGS = frozenset(("it", "this", "that", "which", "there"))
_FIRST = frozenset(("i", "we", "me", "us"))
_AROUND = 40
_LENGTHS = (12, 30, 80, 200)


def _source_kind(s: Speech, t: Tokens) -> str:
    if s.draft.source is None:
        return "none"
    head = s.draft.source[1]
    word = t.lower[head]
    for kind, words in (("first", _FIRST), ("generic", _GENERIC), ("thing", _THINGS)):
        if word in words:
            return kind
    return t.pos[head].lower()


def features(s: Speech, t: Tokens, others: Sequence[Speech], quotes: Sequence[Offsets]) -> list[str]:
    """The names of the features that hold for one attribution.

    Args:
        s: the attribution, with its content.
        t: the sentence of its cue.
        others: the attributions around it in the document.
        quotes: stretches between quotation marks.
    """
    d, i = s.draft, s.draft.head
    content = s.content or s.cue
    quoted = within(s.cue, quotes)
    names = [
        f"frame {d.frame}",
        f"sense {d.sense.code}",
        f"sense {d.sense.code} {d.frame}",
        "attitude" if d.sense.attitude else "statement",
        f"source {_source_kind(s, t)}",
        f"tag {t.tag[i]}",
        f"relation {t.dep[i]}",
        "quoted" if quoted else "unquoted",
        f"length {sum((content[1] - content[0]) >= n for n in _LENGTHS)}",
    ]
    if quoted:
        names.append(f"quoted {d.frame}")
    if t.pos[i] in ("VERB", "AUX"):
        if any(t.tag[k] == "MD" for k in t.kids(i, "aux")):
            names.append("modal")
        if t.child(i, "neg") is not None:
            names.append("negated")
        if t.child(i, "auxpass", "nsubjpass") is not None:
            names.append("passive")
        if any(t.lower[k] == "to" for k in t.kids(i, "aux")):
            names.append("infinitive")
    if s.quotes:
        names.append("quotation")
    if t.text.rstrip("\"”'").endswith("?"):
        names.append("question")
    if _any_holds(others, s):
        names += ["nested", f"nested {d.sense.code}"]
    if any(o is not s and content[0] <= o.cue[0] and o.cue[1] <= content[1] for o in others):
        names.append("holds")
    if t.role in ("title", "heading") or s.number == 0:
        names.append("heading")
    return names


def _any_holds(others: Sequence[Speech], s: Speech) -> bool:
    return any(
        o is not s and o.content is not None and o.content[0] <= s.cue[0] and s.cue[1] <= o.content[1]
        for o in others
    )


def nearby(found: Sequence[Speech], k: int) -> Sequence[Speech]:
    """The attributions around the k-th, by cue: no other can hold it or be held by it."""
    return found[max(0, k - _AROUND) : k + _AROUND + 1]


def plain(s: Speech, t: Tokens) -> bool:
    """Whether somebody named plainly denies, accuses, threatens...: kept however deeply it is nested."""
    d = s.draft
    return (
        d.frame in ("clause", "of")
        and d.sense.statement is not None
        and d.sense.code != "say"
        and d.source is not None
        and t.tag[d.head] in ("VBD", "VBZ", "VBP", "VBN")
        and t.pos[d.source[1]] in ("NOUN", "PROPN")
        and t.child(d.head, "neg") is None
    )


@cache
def load_weights(language: str = "en") -> Mapping[str, float]:
    """The weight of each feature, with ``bias`` and ``least`` (the likelihood to ask for).

    >>> 0 < load_weights()["least"] < 1
    True
    """
    source = files("svidok.atlas") / "data" / "speech" / f"{language}.weights.toml"
    data = tomllib.loads(source.read_text("utf-8"))
    return {"bias": data["bias"], "least": data["least"], **data["weights"]}


def likelihood(names: Sequence[str], weights: Mapping[str, float]) -> float:
    """The model's probability for the features that hold.

    >>> round(likelihood(["a"], {"bias": 0.0, "a": 0.0}), 2)
    0.5
    """
    total = weights["bias"] + sum(weights.get(name, 0.0) for name in names)
    return 1.0 / (1.0 + math.exp(-total))
