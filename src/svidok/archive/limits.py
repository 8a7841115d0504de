"""How much one input may ask for: a hostile file is refused before it can fill memory or time."""

from __future__ import annotations

from dataclasses import dataclass

from svidok.errors import UnreadableInput

__all__ = ["LIMITS", "Budget", "Limits", "megabytes"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds that every reader keeps; sizes are bytes.

    ``report`` is the largest single text, ``office`` the largest PDF, office document, mail or picture,
    ``listing`` the largest feed, export or table of posts, ``container`` the largest archive on disk.
    ``unpacked`` bounds all that one archive unpacks to, ``members`` how many files it may hold, ``ratio`` how
    many times larger than packed a member may grow, ``nesting`` how deep archives may lie in archives.
    ``pages`` and ``seconds`` bound the reading of one PDF, ``pixels`` one picture.
    """

    report: int = 20_000_000
    office: int = 200_000_000
    listing: int = 500_000_000
    container: int = 8_000_000_000
    unpacked: int = 2_000_000_000
    members: int = 20_000
    ratio: int = 200
    nesting: int = 4
    pages: int = 2_000
    seconds: float = 120.0
    pixels: int = 100_000_000


LIMITS = Limits()
"""What is kept to unless the caller says otherwise."""


class Budget:
    """What the archives of one input have unpacked to so far.

    >>> budget = Budget(10)
    >>> budget.spend(8, where="a.zip")
    >>> budget.exhausted
    False
    """

    def __init__(self, total: int) -> None:
        self.total = total
        self.spent = 0

    def spend(self, size: int, *, where: str) -> None:
        """Count bytes that were unpacked.

        Raises:
            UnreadableInput: when all together are more than the total.
        """
        self.spent += size
        if self.exhausted:
            raise UnreadableInput(
                f"the archive unpacks to more than {megabytes(self.total)}",
                where=where,
                remedy="unpack it yourself, and give the reports that you want",
            )

    @property
    def exhausted(self) -> bool:
        """Whether more was unpacked than may be."""
        return self.spent > self.total


def megabytes(size: float) -> str:
    """A size for people.

    >>> megabytes(20_000_000)
    '20 MB'
    """
    return f"{size / 1e6:g} MB"
