"""The chronicle in a browser: pages to read, search and review in, and the same as JSON under ``/api/v1``.

``create_app`` makes the FastAPI application over an open store; ``serve`` runs it on this machine.
Every page has an address that restores it; nothing is loaded from another host.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from svidok.web.app import create_app
    from svidok.web.serving import serve
    from svidok.web.settings import Settings

__all__ = ["Settings", "create_app", "serve"]

_HOME = {"create_app": "app", "serve": "serving", "Settings": "settings"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"svidok.web.{_HOME[name]}"), name)
