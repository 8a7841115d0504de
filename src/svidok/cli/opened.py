"""What the commands on a chronicle share: opening it, naming people and days, showing rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from svidok.errors import InputError

if TYPE_CHECKING:
    from svidok.chronicle import Chronicle
    from svidok.store import ClaimView, EventView, ReviewState, Subject

__all__ = [
    "BY",
    "WHERE",
    "claim_line",
    "dated",
    "event_line",
    "meant",
    "near_of",
    "opened",
    "spaced",
    "span_words",
    "standing_words",
]

WHERE = typer.Argument(..., metavar="CHRONICLE", help="A .svidok file, or postgresql://user@host/database.")
BY = typer.Option(None, "--by", help="Who does this, for the log; your login name by default.")


@contextmanager
def opened(where: str, *, by: str | None = None) -> Iterator[Chronicle]:
    """The chronicle at a path or address, closed afterwards."""
    from svidok.chronicle import open_chronicle

    with open_chronicle(where, by=by) as chronicle:
        yield chronicle


def meant(chronicle: Chronicle, id: str, *, subject: Subject | None = None) -> tuple[Subject, str]:
    """The one thing that an id, or its first letters, means.

    Raises:
        InputError: nothing has such an id, or several have.
    """
    found = [pair for pair in chronicle.store.identify(id) if subject in (None, pair[0])]
    if not found:
        raise InputError(f"nothing has the id {id!r}", remedy="`svidok search` lists ids")
    if len(found) > 1:
        told = ", ".join(f"{kind} {key[:16]}" for kind, key in found)
        raise InputError(f"{id!r} is the beginning of several ids: {told}", remedy="write more of it")
    return found[0]


def near_of(given: str | None) -> tuple[float, float, float] | None:
    """Latitude, longitude and kilometres of ``--near``.

    >>> near_of("50.45,30.52,20")
    (50.45, 30.52, 20.0)
    """
    if given is None:
        return None
    try:
        lat, lon, km = (float(part) for part in given.split(","))
    except ValueError as error:
        raise typer.BadParameter(
            f"{given!r}: write latitude,longitude,kilometres", param_hint="--near"
        ) from error
    return lat, lon, km


def dated(earliest: str | None, latest: str | None, edtf: str | None = None) -> str:
    """When something happened, in few letters.

    >>> dated("2022-03-01", "2022-03-31", "2022-03"), dated(None, "2022-03-13"), dated(None, None)
    ('2022-03', '/2022-03-13', 'undated')
    """
    if edtf:
        return edtf
    if earliest is None and latest is None:
        return "undated"
    return earliest if earliest == latest and earliest else f"{earliest or ''}/{latest or ''}"


def span_words(text: str, *, longest: int = 160) -> str:
    """Words on one line, cut with an ellipsis when they are long."""
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rsplit(" ", 1)[0] + "…"


def standing_words(state: ReviewState) -> str:
    """How something stands after review, with its grade; nothing when nobody judged."""
    parts: list[str] = [state.status] if state.status != "unreviewed" else []
    parts += [f"grade {state.grade}"] if state.grade else []
    parts += [f"{state.comments} comment{'s' * (state.comments != 1)}"] if state.comments else []
    return f"  [{', '.join(parts)}]" if parts else ""


def event_line(event: EventView) -> str:
    """One event on one line."""
    counts = "; ".join(_count(*count) for count in event.counts[:2])
    parts = [event.id, dated(event.earliest, event.latest, event.edtf), event.label]
    parts += [", ".join(event.sides)] if event.sides else []
    parts += [counts] if counts else []
    parts.append(f"{event.witnesses} witness{'es' * (event.witnesses != 1)}")
    parts += [event.standing] if event.standing not in ("asserted", "reported", "announced") else []
    return "  ".join(parts) + standing_words(event.state)


def spaced(code: str) -> str:
    """A code of a type or of a kind of finding as words on a terminal; tables and JSON keep the code.

    >>> spaced("air_strike")
    'air strike'
    """
    return code.replace("_", " ")


def claim_line(claim: ClaimView) -> str:
    """One claim on one line: when, what, by whom, and its words."""
    time: Any = claim.effective.time
    when = dated(time.earliest, time.latest, time.edtf) if time else "undated"
    who = claim.effective.speaker or claim.source or claim.name
    words = span_words(claim.words)
    what = spaced(claim.effective.type)
    return f"{claim.claim.id}  {when}  {what}  {who}: “{words}”{standing_words(claim.state)}"


def _count(what: str, low: float | None, best: float | None, high: float | None) -> str:
    if low is not None and low == high:
        return f"{low:.15g} {what}"
    return f"{'' if low is None else f'{low:.15g}'}–{'' if high is None else f'{high:.15g}'} {what}"
