"""Pages of the documentation that are made from the code: every command, every public name.

A hook of MkDocs (``mkdocs.yml``); the tests import it to see that nothing is left out.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from mkdocs.structure.files import File, Files

MODULES = (
    "svidok",
    "svidok.records",
    "svidok.errors",
    "svidok.archive",
    "svidok.atlas.gazetteer",
    "svidok.claims.mentions.places",
    "svidok.claims.mentions.times",
    "svidok.events",
    "svidok.ledger",
    "svidok.publish",
    "svidok.store",
    "svidok.web",
    "svidok.pipeline",
    "svidok.scoring",
)
"""The modules whose ``__all__`` is the public interface, in flow order."""


def on_files(files: Files, *, config: Any) -> Files:
    """Add the generated pages to the site."""
    files.append(File.generated(config, "reference/commands.md", content=commands_page()))
    files.append(File.generated(config, "reference/python.md", content=python_page()))
    return files


def commands_page() -> str:
    """One section a command: what it does, its usage, arguments and options, examples."""
    from typer.main import get_command

    from svidok.cli import COMMANDS, app

    group = get_command(app)
    parts = ["# Commands", "", f"{_first_line(group.help)}", ""]
    for name in COMMANDS:
        parts += _command(f"svidok {name}", group.commands[name], level=2)  # type: ignore[attr-defined]
    parts += [
        "## Exit status",
        "",
        "0 done · 1 findings (`check`) or damage (`verify`) · 2 nothing read, or arguments wrong · "
        "130 interrupted.",
        "",
    ]
    return "\n".join(parts)


def python_page() -> str:
    """One section a module: what its docstring says, then its public names with theirs."""
    parts = ["# Python", "", "Stable names are those of each module's `__all__`.", ""]
    for module in MODULES:
        names = ", ".join(f'"{name}"' for name in public_names(module))
        parts += [
            f"## `{module}`",
            "",
            f"::: {module}",
            "    options:",
            "      heading_level: 3",
            f"      members: [{names}]",
            "",
        ]
    return "\n".join(parts)


def public_names(module: str) -> list[str]:
    """The names of a module's ``__all__`` that are no dunders."""
    return [name for name in importlib.import_module(module).__all__ if not name.startswith("__")]


def _command(name: str, command: Any, *, level: int) -> Iterator[str]:
    yield f"{'#' * level} `{name}`"
    yield ""
    yield _first_line(command.help)
    yield ""
    if hasattr(command, "commands"):
        for child in command.commands.values():
            yield from _command(f"{name} {child.name}", child, level=level + 1)
    yield from _rows(command)
    if command.epilog:
        examples = command.epilog.removeprefix("Examples:").removeprefix("Example:")
        yield "```"
        yield from (line.strip() for line in examples.split("   |   "))
        yield "```"
        yield ""


def _rows(command: Any) -> Iterator[str]:
    shown = [p for p in command.params if not getattr(p, "hidden", False) and p.name != "help"]
    if not shown:
        return
    yield "| argument or option | meaning | default |"
    yield "|---|---|---|"
    for parameter in shown:
        words = " ".join(f"`{word}`" for word in (*parameter.opts, *parameter.secondary_opts))
        if parameter.param_type_name == "argument":
            words = f"`{(parameter.metavar or parameter.name).upper()}`"
        default = parameter.default
        told = "" if default is None or default is False or callable(default) else f"`{default}`"
        meaning = (getattr(parameter, "help", None) or "").replace("|", "\\|")
        yield f"| {words} | {meaning} | {told} |"
    yield ""


def _first_line(text: str | None) -> str:
    return " ".join((text or "").split("Examples:")[0].split("Example:")[0].split())
