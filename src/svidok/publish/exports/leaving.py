"""Count what an export leaves out, by reason, so that no row goes missing in silence."""

from __future__ import annotations

from collections import Counter

from svidok.publish.exports.edition import Edition, Export

__all__ = ["Leaving"]


class Leaving:
    """A tally of what was left out.

    >>> leaving = Leaving()
    >>> leaving.out("no day is known"), leaving.out("no day is known")
    (None, None)
    >>> leaving.export(b"", 0).left_out
    (('no day is known', 2),)
    """

    def __init__(self, edition: Edition | None = None) -> None:
        self.reasons: Counter[str] = Counter()
        if edition is not None:
            reason, number = edition.not_happened
            self.reasons[reason] += number

    def out(self, reason: str) -> None:
        """One more was left out for this reason."""
        self.reasons[reason] += 1

    def export(self, data: bytes, rows: int) -> Export:
        """The file with its tally."""
        return Export(
            data, rows, tuple((reason, number) for reason, number in self.reasons.items() if number)
        )
