"""The pages, one file a part of the house."""

from __future__ import annotations

from svidok.web.pages import (
    account,
    chronicle,
    compare,
    control,
    findings,
    ledgers,
    log,
    reports,
    review,
    search,
)

__all__ = ["ROUTERS"]

ROUTERS = tuple(
    part.router
    for part in (chronicle, reports, findings, ledgers, search, control, compare, review, log, account)
)
"""Every router, in the order of the navigation."""
