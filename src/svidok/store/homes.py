"""Where judged events are now: an event is what its claims are, so it is sought by them after a build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from svidok.errors import Refused
from svidok.records import Event, Place, TimeSpan
from svidok.store.judging import by_target, decide, live
from svidok.store.views import Act, ReviewState

__all__ = ["EVENT_FIELDS", "Home", "correct_events", "corrected_event", "event_homes"]

EVENT_FIELDS = frozenset(["label", "place", "time", "type"])
"""What of an event a reviewer can correct; the rest follows from its claims."""


@dataclass(frozen=True, slots=True)
class Home:
    """The event that stands for a judged one, whether it has the same claims, and how it was judged."""

    event: str
    same: bool
    state: ReviewState


def event_homes(acts: Iterable[Act], events: Sequence[Event], moved: Mapping[str, str]) -> dict[str, Home]:
    """For each judged event id the present event that holds most of its claims.

    Args:
        acts: the audit log.
        events: as they are joined now.
        moved: claim id -> the id it has now, where that changed.
    """
    holding: dict[str, list[str]] = {}
    claims = {event.id: frozenset(event.claims) for event in events}
    for event in events:
        for claim in event.claims:
            holding.setdefault(claim, []).append(event.id)
    found = {}
    for (subject, target), own in by_target(live(acts)).items():
        if subject != "event":
            continue
        state = decide(own)
        was = _claims(own)
        now = frozenset(moved.get(claim, claim) for claim in was)
        if target in claims and (not was or claims[target] == now):
            found[target] = Home(target, True, state)
            continue
        shared = Counter(event for claim in sorted(now) for event in holding.get(claim, ()))
        if shared:
            best = min(shared, key=lambda event: (-shared[event], event))
            found[target] = Home(best, claims[best] == now, state)
    return found


def correct_events(events: Sequence[Event], homes: Mapping[str, Home]) -> tuple[Event, ...]:
    """Events with reviewers' label, type, time and place where they corrected them."""
    changes = {
        home.event: home.state for _, home in sorted(homes.items()) if home.state.status == "corrected"
    }
    return tuple(
        corrected_event(event, dict(changes[event.id].corrections)) if event.id in changes else event
        for event in events
    )


def corrected_event(event: Event, fields: Mapping[str, Any]) -> Event:
    """An event with a reviewer's fields in place of the machine's.

    Raises:
        Refused: a field does not exist or its value does not fit.
    """
    unknown = set(fields) - EVENT_FIELDS
    if unknown:
        raise Refused(
            f"an event has no {sorted(unknown)[0]!r} to correct",
            where=f"event {event.id}",
            remedy=f"give one of {', '.join(sorted(EVENT_FIELDS))}, or correct its claims",
        )
    changes: dict[str, Any] = {}
    try:
        for field, value in fields.items():
            if field == "time" and value is not None:
                changes[field] = msgspec.convert(
                    {"earliest": None, "latest": None, "edtf": None, **value}, TimeSpan
                )
            elif field == "place" and value is not None:
                changes[field] = msgspec.convert({"start": 0, "end": 0, "text": "", **value}, Place)
            else:
                changes[field] = value
        made = replace(event, **changes)
        msgspec.convert(msgspec.to_builtins(made), Event)
    except (msgspec.ValidationError, TypeError) as error:
        raise Refused(
            f"the correction does not fit: {error}", where=f"event {event.id}", remedy="see docs/review.md"
        ) from error
    return made


def _claims(acts: Sequence[Act]) -> list[str]:
    for act in reversed(acts):
        was: Any = act.detail.get("was")
        if was:
            return list(was["claims"])
    return []
