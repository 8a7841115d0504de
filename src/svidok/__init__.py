"""Svidok turns reports of a war into a chronicle that can be checked."""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["__version__"]
