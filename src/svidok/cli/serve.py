"""``svidok serve``: the chronicle in a browser."""

from __future__ import annotations

import getpass

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok serve`` to the application."""

    @app.command(
        epilog="Examples:  svidok serve kyiv.svidok   |   "
        "svidok serve kyiv.svidok --host 0.0.0.0 --host-name archive.example.org --secure"
    )
    def serve(
        chronicle: str = typer.Argument(help="The chronicle: a .svidok file, or a postgresql:// address."),
        host: str = typer.Option(
            "127.0.0.1", "--host", help="Where to listen; others are reached by login only."
        ),
        port: int = typer.Option(8060, "--port", min=1, max=65535, help="The port."),
        login: bool = typer.Option(False, "--login", help="Ask for a login on this machine too."),
        who: str = typer.Option(
            None, "--as", help="Your name in the audit log when nobody logs in; your account's by default."
        ),
        host_name: list[str] = typer.Option(
            [], "--host-name", help="A name by which the server is called, besides this machine's own."
        ),
        tiles: str = typer.Option(
            None, "--tiles", help="Address of raster tiles with {z}/{x}/{y} to lay under the map."
        ),
        tiles_credit: str = typer.Option(
            None, "--tiles-credit", help="What the owner of the tiles asks to be told."
        ),
        workers: int = typer.Option(
            1,
            "--workers",
            min=1,
            max=64,
            help="Processes that serve; for many readers, one a core.",
        ),
        secure: bool = typer.Option(False, "--secure", help="Cookies only over HTTPS (behind a proxy)."),
    ) -> None:
        """Serve the chronicle in a browser: map, time line, ledgers, reader, search, review."""
        from svidok.errors import InputError
        from svidok.store import open_store
        from svidok.web import Settings
        from svidok.web import serve as run
        from svidok.web.settings import LOOPBACK

        if tiles is not None and not tiles.startswith(("https://", "http://")):
            raise InputError("tiles need an address", where=tiles, remedy="give https://…/{z}/{x}/{y}.png")
        store = open_store(chronicle)
        local = host in LOOPBACK and not login
        settings = Settings(
            local=local,
            who=who or getpass.getuser(),
            hosts=(
                *LOOPBACK,
                *([] if host in ("0.0.0.0", "::") else [host]),
                *(n.lower() for n in host_name),
            ),
            tiles=tiles,
            tiles_credit=tiles_credit,
            secure=secure,
            workers=workers,
        )
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"Svidok serves {chronicle} at http://{shown}:{port}/  (Ctrl-C ends it)", err=True)
        try:
            run(store, settings, host=host, port=port, address=chronicle)
        finally:
            store.close()
