"""The code lists of other schemes, read from the data beside the room."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from svidok.errors import BadData

__all__ = ["load_codes"]

_FOLDER = Path(__file__).parents[1] / "data" / "exports"


@cache
def load_codes(name: str) -> dict[str, Any]:
    """One file of codes.

    Args:
        name: without ``.toml``.

    Raises:
        BadData: it is missing or no TOML.

    >>> load_codes("acled")["event_type"]["Armed clash"]
    'Battles'
    """
    path = _FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadData(str(error), where=str(path.name), remedy="reinstall svidok") from error
