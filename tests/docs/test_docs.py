"""The documentation names every command, every option and every public name, and the site builds."""

from __future__ import annotations

import importlib.util
import inspect
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import griffe
import pytest
from typer.main import get_command

from svidok.cli import COMMANDS, app

ROOT = Path(__file__).parents[2]


def _pages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_pages", ROOT / "tools" / "docs_pages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


pages = _pages()


def commands() -> list[tuple[str, object]]:
    group = get_command(app)
    found = []
    for name in COMMANDS:
        command = group.commands[name]  # type: ignore[attr-defined]
        children = getattr(command, "commands", {})
        found += [(f"{name} {child}", sub) for child, sub in children.items()] or [(name, command)]
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_and_option_is_told(name: str, command: object) -> None:
    page = pages.commands_page()
    assert f"# `svidok {name}`\n" in page
    assert command.help, f"svidok {name} has no help"
    for parameter in command.params:
        if parameter.name != "help":
            assert getattr(parameter, "help", None), f"svidok {name}: {parameter.opts} has no help"
            assert parameter.help.replace("|", "\\|") in page


def test_every_group_of_commands_is_told() -> None:
    page = pages.commands_page()
    for name in COMMANDS:
        assert f"`svidok {name}`" in page


@pytest.mark.parametrize("module", pages.MODULES)
def test_every_public_name_has_a_docstring(module: str) -> None:
    read = griffe.load(module, search_paths=[ROOT / "src"], resolve_aliases=True, resolve_external=False)
    names = pages.public_names(module)
    assert names or module == "svidok"
    bare = [name for name in names if not _documented(read, module, name)]
    assert not bare, f"{module}: no docstring for {', '.join(bare)}"


def _documented(read: griffe.Module, module: str, name: str) -> bool:
    value = getattr(importlib.import_module(module), name)
    if inspect.isclass(value) or inspect.isroutine(value):
        return bool(inspect.getdoc(value))
    member = read[name]
    target = member.final_target if member.is_alias else member
    return target.docstring is not None


@pytest.mark.slow
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "--site-dir",
            str(tmp_path / "site"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    commands_page = (tmp_path / "site" / "reference" / "commands" / "index.html").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"svidok {name}" in commands_page
    assert "fonts.googleapis.com" not in commands_page
