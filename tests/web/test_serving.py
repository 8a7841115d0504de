"""Several processes serve one chronicle as one would."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

from callers import token_in

from svidok.store import Store
from svidok.web import Settings
from svidok.web.serving import shared


def test_together_they_let_through_what_one_would() -> None:
    settings = Settings(requests=1200, logins=3, workers=4)
    assert (shared(settings).requests, shared(settings).logins) == (300, 1)


def token_at(address: str) -> str:
    """The token in the forms of a page."""
    with urlopen(address) as answer:
        return token_in(answer.read().decode())


def test_several_processes_share_a_port_and_the_token_of_forms(store: Store) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "svidok", "serve", store.status().path, "--port", str(port)]
    with subprocess.Popen([*command, "--workers", "2"], stderr=subprocess.DEVNULL) as server:
        try:
            tokens: set[str] = set()
            until = time.monotonic() + 90
            while not tokens and time.monotonic() < until:
                try:
                    tokens |= {token_at(f"http://127.0.0.1:{port}/") for _ in range(12)}
                except URLError:
                    time.sleep(0.2)
            assert len(tokens) == 1
        finally:
            server.terminate()
            server.wait(timeout=60)
