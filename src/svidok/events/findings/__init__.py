"""Findings: what does not fit, within one report and across the reports of one dossier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from svidok.records import Event, Finding, Reading

if TYPE_CHECKING:
    from svidok.atlas.gazetteer import Gazetteer

__all__ = ["find_findings"]


def find_findings(
    readings: Sequence[Reading], events: Sequence[Event], *, gazetteer: Gazetteer | None = None
) -> tuple[Finding, ...]:
    """Everything that does not fit, in a fixed order that does not depend on that of the readings.

    Args:
        readings: documents with one ``dossier`` are compared with one another; those that name none
            are one dossier, or belong to the only one that the others name.
        events: from ``reconcile`` over the same readings.
        gazetteer: where other places of the same name are looked up before a distance is called false.

    Returns:
        Findings ordered by document, place in the text and kind; of several that clash at the same
        words only the gravest kind is kept.
    """
    from svidok.events.findings import checks
    from svidok.events.findings.dossier import dossiers

    return tuple(f for dossier in dossiers(readings, events, gazetteer) for f in checks.run(dossier))
