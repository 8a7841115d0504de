"""``svidok reference``: tables of the user that reports are checked against."""

from __future__ import annotations

from pathlib import Path

import typer

from svidok.errors import InputError

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok reference`` and its commands to the application."""
    reference = typer.Typer(
        help="Your own tables of events, losses or control, to check reports against.",
        epilog="Example:  svidok reference add losses.csv --as claims --kind losses --map tank=tanks",
        no_args_is_help=True,
    )

    @reference.command(
        "add",
        epilog="Examples:  svidok reference add towns.csv --as towns --kind control   |   "
        "svidok reference add losses.json --as mod --kind losses --map tank=tanks --set side=Russia",
    )
    def add(
        path: Path = typer.Argument(..., help="A CSV file in UTF-8, or a JSON list of objects."),
        name: str = typer.Option(..., "--as", help="What the table is called from now on."),
        kind: str = typer.Option(None, "--kind", help="events, losses or control."),
        maps: list[str] = typer.Option(None, "--map", help="FIELD=COLUMN; again for each field."),
        constants: list[str] = typer.Option(None, "--set", help="FIELD=VALUE for what no column holds."),
        mapping: Path = typer.Option(
            None, "--mapping", help="A TOML file with kind, [columns], [constants]; else FILE.toml if there."
        ),
    ) -> None:
        """Keep a table to check against; columns with usual names (date, place, holder) are found."""
        from svidok.events.days import iso_day
        from svidok.events.references import Mapping, add_table, read_mapping

        beside = path.with_suffix(".toml")
        source = mapping or (beside if beside.exists() and not (kind or maps) else None)
        given = read_mapping(source) if source else Mapping(kind or "")
        wanted = Mapping(
            kind or given.kind,
            {**given.columns, **_pairs(maps, "--map")},
            {**given.constants, **_pairs(constants, "--set")},
        )
        table = add_table(path, name, wanted)
        days = f"{iso_day(table.first)} to {iso_day(table.last)}"
        typer.echo(f"{name}: {len(table.rows):,} rows of {table.kind}, {days}")
        for line in table.unread[:5]:
            typer.echo(f"{name}: not read: {line}", err=True)
        if len(table.unread) > 5:
            typer.echo(f"{name}: not read: {len(table.unread) - 5:,} more rows", err=True)

    @reference.command("list", epilog="Example:  svidok reference list")
    def list_() -> None:
        """List the tables that are kept."""
        from svidok.events.days import iso_day
        from svidok.events.references import list_tables, open_table

        for name in list_tables():
            table = open_table(name)
            days = f"{iso_day(table.first)} to {iso_day(table.last)}"
            typer.echo(f"{name}  {table.kind}  {len(table.rows):,} rows  {days}")

    @reference.command("remove", epilog="Example:  svidok reference remove claims")
    def remove(name: str = typer.Argument(..., help="The name of a table.")) -> None:
        """Remove a table; your own file stays where it is."""
        from svidok.events.references import remove_table

        remove_table(name)
        typer.echo(f"{name}: removed")

    app.add_typer(reference, name="reference")


def _pairs(given: list[str] | None, option: str) -> dict[str, str]:
    out = {}
    for pair in given or ():
        field, mark, column = pair.partition("=")
        if not mark or not field or not column:
            raise InputError(f"{pair!r} is no pair", where=option, remedy="write FIELD=COLUMN")
        out[field] = column
    return out
