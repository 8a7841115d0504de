"""Several processes serve one chronicle as one would."""

from __future__ import annotations

import asyncio
import gc
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import uvicorn
from callers import token_in
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from svidok.store import Filter, Store, lists
from svidok.web import Settings, serve
from svidok.web.prompt import Fair
from svidok.web.serving import shared


def test_together_they_let_through_what_one_would() -> None:
    settings = Settings(requests=1200, logins=3, workers=4)
    assert (shared(settings).requests, shared(settings).logins) == (300, 1)


def test_a_server_is_warm_before_it_listens_and_answers_leave_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: dict[str, Any] = {}
    monkeypatch.setattr(uvicorn, "run", lambda app, **how: told.update(how, app=app))
    before = gc.get_threshold()
    try:
        serve(store, Settings(local=True), port=0)
        assert gc.get_threshold()[0] > before[0] and gc.get_freeze_count()
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
    monkeypatch.setattr(lists, "load_board", None)
    assert store.counts("source", Filter(happened=True))
    monkeypatch.setattr(AutoHTTPProtocol, "connection_made", lambda self, transport: None)
    with socket.socket() as own:
        transport = asyncio.Transport({"socket": own})
        told["http"].connection_made(object.__new__(told["http"]), transport)
        assert own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_loops_that_share_a_socket_share_a_crowd() -> None:
    taken: dict[int, int] = {0: 0, 1: 0}
    begun: dict[int, list[asyncio.BaseTransport]] = {0: [], 1: []}
    stop, all_there = threading.Event(), threading.Barrier(3)

    class Counted(asyncio.Protocol):
        def __init__(self, number: int) -> None:
            self.number = number

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            taken[self.number] += 1
            begun[self.number].append(transport)

    async def listen(number: int) -> None:
        own = port.dup()
        server = await asyncio.get_running_loop().create_server(lambda: Counted(number), sock=own)
        await asyncio.to_thread(all_there.wait)
        await asyncio.to_thread(stop.wait)
        server.close()
        assert own.fileno() < 0
        for transport in begun[number]:
            transport.close()
        await asyncio.sleep(0)

    def run(number: int) -> None:
        with asyncio.Runner(loop_factory=Fair) as runner:
            runner.run(listen(number))

    with socket.create_server(("127.0.0.1", 0)) as port, ExitStack() as crowd:
        loops = [threading.Thread(target=run, args=(number,)) for number in taken]
        for loop in loops:
            loop.start()
        all_there.wait()
        for _ in range(20):
            crowd.enter_context(socket.create_connection(port.getsockname()))
        until = time.monotonic() + 30
        while sum(taken.values()) < 20 and time.monotonic() < until:
            time.sleep(0.01)
        stop.set()
        for loop in loops:
            loop.join()
    assert sum(taken.values()) == 20 and min(taken.values()) >= 5


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
