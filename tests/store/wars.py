"""Reports that tell of overlapping happenings, drawn alike for one seed."""

from __future__ import annotations

import random

from builders import POINTS, reading
from warfare import hashed

from svidok.records import Reading

TYPES = ("capture", "battle", "strike", "withdraw", "casualties")


def some_war(seed: int, reports: int, *, prefix: str = "r") -> list[Reading]:
    """So many reports of one to four happenings each."""
    draw = random.Random(seed)
    made = []
    for number in range(reports):
        happenings = []
        for _ in range(draw.randint(1, 4)):
            place = draw.choice(sorted(POINTS))
            kind = draw.choice(TYPES)
            day = f"2022-03-{draw.randint(1, 6):02d}"
            count = draw.randint(1, 9)
            happenings.append(
                {
                    "text": f"{kind} told of at {place} on {day} with {count} men, line {draw.random():.6f}.",
                    "type": kind,
                    "place": place,
                    "when": (day, day) if draw.random() < 0.8 else None,
                    "who": [draw.choice(["Ukraine", "Russia"])],
                    "counts": [(f"{count} men", "soldier", "killed", count, count)],
                    "polarity": draw.choice(["affirmed", "affirmed", "negated"]),
                }
            )
        source = draw.choice(["AP", "TASS", None])
        published = f"2022-03-{draw.randint(7, 12):02d}"
        made.append(hashed(reading(f"{prefix}{number}", *happenings, source=source, published=published)))
    return made
