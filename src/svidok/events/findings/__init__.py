"""Findings: what does not fit, within one report and across the reports of one dossier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from svidok.records import Event, Finding, Reading

__all__ = ["find_findings"]


def find_findings(
    readings: Sequence[Reading], events: Sequence[Event], *, gazetteer: Any = None
) -> tuple[Finding, ...]:
    """Everything that does not fit in the readings."""
    return ()
