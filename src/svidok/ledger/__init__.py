"""The ledger: events, claims and findings as views that a person can read, sort and check."""

from __future__ import annotations

from svidok.ledger.build import build
from svidok.ledger.rows import (
    ChronologyRow,
    CivilDefenceRow,
    ControlRow,
    Count,
    Evidence,
    ExplanationRow,
    FindingRow,
    HarmRow,
    HumanitarianRow,
    Ledger,
    LossRow,
    Row,
    SettlementRow,
    StatementRow,
)

__all__ = [
    "ChronologyRow",
    "CivilDefenceRow",
    "ControlRow",
    "Count",
    "Evidence",
    "ExplanationRow",
    "FindingRow",
    "HarmRow",
    "HumanitarianRow",
    "Ledger",
    "LossRow",
    "Row",
    "SettlementRow",
    "StatementRow",
    "build",
]
