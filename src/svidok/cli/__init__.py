"""The ``svidok`` command: one thin file a command.

A command reads its arguments, calls the rooms, and prints. Exit status: 0 done, 1 findings were
found (``check``), 2 nothing could be read or the arguments are wrong, 130 interrupted.
"""

from __future__ import annotations

import gc
import importlib
import sys

import typer

from svidok.errors import SvidokError

__all__ = ["COMMANDS", "app", "collect_seldom", "main"]

COMMANDS = (
    "init",
    "add",
    "build",
    "status",
    "search",
    "show",
    "review",
    "publish",
    "verify",
    "backup",
    "serve",
    "user",
    "report",
    "check",
    "reference",
    "export",
    "extract",
    "claims",
    "places",
    "times",
    "control",
    "atlas",
    "score",
    "doctor",
)
"""The commands in the order of ``svidok --help``; each is a module here with ``register(app)``."""

app = typer.Typer(
    name="svidok",
    help="Turn reports of a war into a chronicle that can be checked.\n\n"
    "Start with:  svidok report article.txt -o report.html",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def _root(
    version: bool = typer.Option(False, "--version", help="Print the version and leave."),
) -> None:
    if version:
        from svidok import __version__

        typer.echo(f"svidok {__version__}")
        raise typer.Exit


for _command in COMMANDS:
    importlib.import_module(f"svidok.cli.{_command}").register(app)


_YOUNG = 20_000
"""Objects made and kept after which a command looks for rubbish among them."""


def collect_seldom() -> None:
    """Look for unreachable cycles more seldom than Python does: a process that reads keeps what it loaded.

    The atlas, the model and what was learnt of names are hundreds of thousands of objects; looking through
    them all again whenever a quarter is new takes a tenth of the time.
    """
    gc.set_threshold(_YOUNG, 20, 100)


def main() -> None:
    """Run the command line; an error of ours is one line on standard error, status 2."""
    collect_seldom()
    try:
        app()
    except SvidokError as error:
        typer.echo(f"svidok: {error}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        typer.echo("svidok: interrupted; what was written is complete up to its last line", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
