"""How many judged claims the pipeline now makes wholly right, and what is wrong with the others.

    python benchmarks/strict.py [PART ...] [--show WHAT]

For every claim that people judged (:mod:`readings`) and that is still made: right in type, polarity,
modality, place and time together, or what fails first in each. ``bad`` and ``dup`` claims count as wrong
as long as they are made. ``--show place`` prints the cases that fail in place, with their words.
"""

from __future__ import annotations

import argparse
from collections import Counter

from readings import Judged, documents_of, judged, parts
from svidok.claims.towns import key_of
from svidok.pipeline import load_tools, read_all
from svidok.records import Claim, Place, Reading

__all__ = ["faults", "near"]


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", help="sets of judged claims; all by default")
    parser.add_argument("--show", help="print the cases with this fault (verdict, type, polarity, ...)")
    options = parser.parse_args()
    tools = load_tools()
    total: Counter[str] = Counter()
    for part in options.parts or parts():
        tally: Counter[str] = Counter()
        for reading in read_all(documents_of(part), tools):
            text = reading.document.text
            for one in judged(part):
                if one.document != reading.document.id:
                    continue
                claim = _now(one, reading)
                tally["judged"] += 1
                tally["judged good"] += one.verdict in {"ok", "weak"}
                if claim is None:
                    continue
                tally["made"] += 1
                wrong = faults(one, claim, reading)
                tally["right"] += not wrong
                tally.update(wrong)
                if options.show in wrong:
                    _print(one, claim, reading, text)
        total.update(tally)
        _line(part, tally)
    _line("all", total)


def _now(one: Judged, reading: Reading) -> Claim | None:
    """The claim that the pipeline makes now of the judged words, of a right type if there is one."""
    near = [c for c in reading.claims if c.trigger[0] < one.trigger[1] and one.trigger[0] < c.trigger[1]]
    near.sort(key=lambda c: (c.type not in one.types, c.type != one.type))
    alike = [c for c in near if c.type in one.types or c.type == one.type]
    return alike[0] if alike else None


def faults(one: Judged, claim: Claim, reading: Reading) -> list[str]:
    """What is wrong with a claim: nothing when it is right in all."""
    if one.verdict in {"bad", "dup"}:
        return ["verdict"]
    wrong = []
    if claim.type not in one.types:
        wrong.append("type")
    if claim.polarity not in one.polarity:
        wrong.append("polarity")
    if claim.modality not in one.modality:
        wrong.append("modality")
    if not _placed(one, [reading.places[n] for n in claim.places], reading.places):
        wrong.append("place")
    if not _timed(one, claim):
        wrong.append("time")
    return wrong


def _placed(one: Judged, given: list[Place], places: tuple[Place, ...]) -> bool:
    """Whether every place asked for is there and no other (what contains or lies in one is no fault)."""
    if not given:
        return not one.places or one.place_free
    asked = [
        {p for p in places if any(p.start < b and a < p.end for a, b in alternatives)}
        for alternatives in one.places
    ]
    for place in given:
        if not any(near(place, right) for right in asked for right in right):
            return False
    return any(any(near(place, p) for p in right for place in given) for right in asked)


def near(one: Place, other: Place) -> bool:
    """Whether two places are one, or one lies in the other (more exactly than in a country)."""
    return key_of(one) == key_of(other) or bool(
        (one.name and one.name in other.within and one.kind != "country")
        or (other.name and other.name in one.within and other.kind not in {"country", "region"})
    )


def _timed(one: Judged, claim: Claim) -> bool:
    if claim.time is None:
        return one.time is None or one.time_free
    if one.time is None:
        return False
    given = (claim.time.earliest, claim.time.latest)
    return all((a or "")[:10] == (b or "")[:10] for a, b in zip(given, one.time, strict=True))


def _print(one: Judged, claim: Claim, reading: Reading, text: str) -> None:
    sentence = next(s for s in reading.sentences if s.start <= claim.trigger[0] < s.end)
    words = text[slice(*claim.trigger)]
    places = [text[reading.places[n].start : reading.places[n].end] for n in claim.places]
    asked = [[text[a:b] for a, b in alternatives] for alternatives in one.places]
    time = (claim.time.earliest, claim.time.latest) if claim.time else None
    print(
        f"{one.verdict} «{words}» {claim.type}/{claim.polarity}/{claim.modality} at {places} on {time}\n"
        f"   asked {sorted(one.types)} {sorted(one.polarity)} {sorted(one.modality)} at {asked}"
        f" on {one.time} | {sentence.text[:240]!r}\n   {claim.why}"
    )


def _line(name: str, tally: Counter[str]) -> None:
    made = max(1, tally["made"])
    rest = ", ".join(
        f"{what} {tally[what]}" for what in ("verdict", "type", "polarity", "modality", "place", "time")
    )
    print(
        f"{name:11} judged {tally['judged']:4} (good {tally['judged good']:4}), made {tally['made']:4},"
        f" right {tally['right']:4} = {tally['right'] / made:.3f}; wrong: {rest}"
    )


if __name__ == "__main__":
    main()
