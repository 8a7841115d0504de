"""An attribution under way, in word indexes of one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from svidok.atlas.speech import Sense

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """A cue with its source and content as word ranges (inclusive).

    ``frame`` is the shape of the content (clause, infinitive, object, noun, a preposition,
    according, colon); ``head`` the cue's main word; ``content`` is None for a saying verb whose
    words stand outside its sentence.
    """

    cue: tuple[int, int]
    sense: Sense
    frame: str
    source: tuple[int, int] | None
    content: tuple[int, int] | None
    head: int
