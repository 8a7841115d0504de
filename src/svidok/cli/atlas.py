"""``svidok atlas``: what is known of places, and imports of GeoNames dumps."""

from __future__ import annotations

from pathlib import Path

import typer

__all__ = ["register"]


def _say(step: str) -> None:
    typer.echo(f"atlas: {step}", err=True)


def register(app: typer.Typer) -> None:
    """Add ``svidok atlas`` and its commands to the application."""
    atlas = typer.Typer(
        help="What is known of places: look up names, import and remove GeoNames dumps.",
        epilog="Example:  svidok atlas show Bakhmut",
        no_args_is_help=True,
    )

    @atlas.command("import", epilog="Example:  svidok atlas import UA.zip")
    def import_(
        path: Path = typer.Argument(..., help="A dump of GeoNames: UA.zip, allCountries.zip."),
        replace: bool = typer.Option(
            False, "--replace", help="Put an older dump in the place of a newer one."
        ),
    ) -> None:
        """Import a dump of a country or the world; a killed import goes on where it was."""
        from svidok.atlas.gazetteer.dumps import import_dump

        done = import_dump(path, replace=replace, progress=_say)
        typer.echo(
            f"{done.name}: {done.entries:,} places imported, {done.known:,} known before, "
            f"{done.skipped:,} of other kinds left out; newest row {done.newest}"
        )

    @atlas.command("list", epilog="Example:  svidok atlas list")
    def list_() -> None:
        """List the default atlas and the imports."""
        from svidok.atlas.gazetteer import open_gazetteer
        from svidok.atlas.gazetteer.dumps import list_imports, pending

        typer.echo(f"default  {open_gazetteer(progress=_say, imports=False).describe()}")
        for found in list_imports():
            typer.echo(f"{found.name}  {found.entries:,} places, newest row {found.newest}, {found.path}")
        for name in pending():
            typer.echo(f"{name}  begun and not finished: import it again to go on")

    @atlas.command("show", epilog="Example:  svidok atlas show Gostomel")
    def show(name: str = typer.Argument(..., help="A name in any spelling, or a key (gn:703448).")) -> None:
        """Show every place of a name, the likeliest first."""
        from svidok.atlas.gazetteer import open_gazetteer

        gazetteer = open_gazetteer(progress=_say)
        entry = gazetteer.entry(name)
        found = (entry,) if entry else gazetteer.lookup(name)
        for one in found:
            about = "  (point of its community)" if one.approximate else ""
            typer.echo(
                f"{one.key:22}  {one.name}, {', '.join(one.containers)}  {one.lat:.4f} {one.lon:.4f} "
                f"± {one.radius_km:g} km  {one.kind} {one.feature}  {one.population:,} people{about}"
            )
        if not found:
            typer.echo(f"no place is called {name!r}", err=True)
            raise typer.Exit(1)

    @atlas.command("remove", epilog="Example:  svidok atlas remove UA")
    def remove(
        name: str = typer.Argument(..., help="The name of an import, as `svidok atlas list` shows it."),
    ) -> None:
        """Remove an import; the default atlas stays."""
        from svidok.atlas.gazetteer.dumps import remove_import

        gone = remove_import(name)
        typer.echo(f"{gone.name}: {gone.entries:,} places removed")

    app.add_typer(atlas, name="atlas")
