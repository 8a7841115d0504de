"""Events: claims about one happening joined with reasons, and what does not fit between accounts."""

from __future__ import annotations

from svidok.events.findings import find_findings
from svidok.events.reconcile import reconcile

__all__ = ["find_findings", "reconcile"]
