"""The rooms stand in flow order and a room imports only rooms before it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "svidok"
ORDER = ["records", "errors", "archive", "atlas", "claims", "events", "ledger", "publish", "store"]
SEES_ALL = {"chronicle", "pipeline", "runner", "cli", "web", "scoring", "__init__", "__main__"}


def room_of(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module == "svidok":
            names = [f"svidok.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        elif isinstance(node, ast.ImportFrom):
            pytest.fail(f"{path}: a relative import hides its room; write it in full")
        else:
            continue
        rooms |= {name.split(".")[1] for name in names if name.startswith("svidok.")}
    return rooms - {"__version__"}


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_imports_only_rooms_before_it(path: Path) -> None:
    room = room_of(path)
    if room in SEES_ALL:
        return
    assert room in ORDER, f"{path}: a new room must be given its place in the order"
    allowed = set(ORDER[: ORDER.index(room) + 1])
    assert imported_rooms(path) <= allowed


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, svidok; print([m for m in ('spacy', 'numpy', 'typer', 'shapely', 'sqlalchemy') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
