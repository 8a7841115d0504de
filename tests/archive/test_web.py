"""Addresses: fetched from a server in the test, refused where they lead to this machine or its network."""

from __future__ import annotations

import gzip
import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import samplefiles as make

from svidok.archive import Web, read_path
from svidok.archive.web import is_address, is_public
from svidok.errors import InputError
from svidok.records import Document

PUBLIC = "93.184.216.34"
Answers = dict[str, tuple[int, dict[str, str], bytes]]


@pytest.fixture
def serve() -> Iterator[Callable[[Answers], tuple[Web, list[str]]]]:
    """A server that every public address leads to, and what it was asked for."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(answers: Answers, **more: object) -> tuple[Web, list[str]]:
        asked: list[str] = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(f"{self.headers['Host']}{self.path}")
                status, headers, body = answers.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        hosts = {
            "example.org": (PUBLIC,),
            "inside.example.org": ("10.0.0.7",),
            "both.example.org": (PUBLIC, "127.0.0.1"),
        }

        def resolve(host: str, port: int) -> tuple[str, ...]:
            if host[0].isdigit() or ":" in host:
                return (host,)
            if host not in hosts:
                raise OSError("no such host")
            return hosts[host]

        def connect(address: str, port: int, timeout: float) -> socket.socket:
            assert address == PUBLIC
            return socket.create_connection(server.server_address[:2], timeout)

        web = Web(resolve=resolve, connect=connect, now=lambda: datetime(2022, 3, 8, tzinfo=UTC), **more)  # type: ignore[arg-type]
        return web, asked

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def told(web: Web, address: str, **options: object) -> str:
    (item,) = read_path(address, web=web, **options)  # type: ignore[arg-type]
    assert isinstance(item, InputError), item
    assert item.where == address
    assert item.remedy
    return item.what


def test_a_page_comes_with_its_time_and_its_way(serve) -> None:
    page = (200, {"Content-Type": "text/html; charset=utf-8"}, make.PAGE)
    web, asked = serve({"/a": (301, {"Location": "/b?q=1"}, b""), "/b?q=1": page})
    (document,) = read_path("http://example.org/a", web=web)
    assert isinstance(document, Document), document
    assert make.WORDS in document.text
    assert document.url == "http://example.org/b?q=1"
    assert document.custody is not None
    assert (document.custody.how, document.custody.origin) == ("http", "http://example.org/a")
    assert document.custody.retrieved == document.retrieved == "2022-03-08T00:00:00Z"
    assert document.custody.notes == ("redirected to http://example.org/b?q=1",)
    assert asked == ["example.org/robots.txt", "example.org/a", "example.org/b?q=1"]


def test_any_format_may_lie_at_an_address(serve, tmp_path: Path) -> None:
    body = gzip.compress(make.pdf([make.MORE]))
    web, _ = serve({"/x": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, body)})
    (document,) = read_path("http://example.org/x", web=web)
    assert isinstance(document, Document)
    assert document.media_type == "application/pdf"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://10.1.2.3/", "http://192.168.0.1/", "http://172.16.0.1/", "http://0.0.0.0/",
        "http://169.254.169.254/latest", "http://[fe80::1]/", "http://[fc00::1]/", "http://100.64.0.1/", "http://224.0.0.1/",
        "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://inside.example.org/",
        "http://both.example.org/",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(serve, address: str) -> None:
    web, asked = serve({"/": (200, {}, b"secret words")})
    assert "not on the public internet" in told(web, address)
    assert asked == []


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("http://inside.example.org/", "not on the public internet"),
        ("//127.0.0.1/x", "not on the public internet"),
        ("file:///etc/passwd", "no http or https address"),
        ("http://user:word@example.org/", "user name"),
        ("/a", "more than 5 redirections"),
        ("http://exa mple/", "cannot be found"),
        ("http://example.org:0/", "no http or https address"),
        ("http://example.org:99999/", "broken"),
    ],
)
def test_redirections_are_checked_like_addresses(serve, target: str, what: str) -> None:
    web, asked = serve({"/a": (302, {"Location": target}, b"")})
    assert what in told(web, "http://example.org/a")
    assert all(request.startswith("example.org/") for request in asked)


def test_a_robots_file_that_leads_inside_is_not_followed(serve) -> None:
    web, _ = serve({"/robots.txt": (302, {"Location": "http://inside.example.org/robots.txt"}, b"")})
    assert "not on the public internet" in told(web, "http://example.org/a")


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ((200, {}, b"User-agent: *\nDisallow: /private"), True),
        ((200, {}, b"User-agent: *\nDisallow: /*.html$"), False),
        ((200, {}, b"User-agent: svidok\nDisallow: /\n\nUser-agent: *\nAllow: /"), False),
        ((404, {}, b""), True),
        ((503, {}, b""), False),
    ],
)
def test_robots_are_respected(serve, robots: tuple[int, dict[str, str], bytes], allowed: bool) -> None:
    web, asked = serve({"/robots.txt": robots, "/a.html": (200, {"Content-Type": "text/html"}, make.PAGE)})
    if allowed:
        (document,) = read_path("http://example.org/a.html", web=web)
        assert isinstance(document, Document)
    else:
        assert "robots" in told(web, "http://example.org/a.html")
        assert "example.org/a.html" not in asked


def test_size_and_time_are_bounded(serve) -> None:
    from dataclasses import replace

    from svidok.archive import LIMITS

    small = replace(LIMITS, office=1000)
    bomb = gzip.compress(b"word " * 1_000_000)
    web, _ = serve(
        {
            "/big": (200, {}, b"word " * 1000),
            "/bomb": (200, {"Content-Encoding": "gzip"}, bomb),
            "/torn": (200, {"Content-Length": "900"}, b"word"),
        }
    )
    assert "more than 0.001 MB" in told(web, "http://example.org/big", limits=small)
    assert "more than 0.01 MB" in told(web, "http://example.org/bomb", limits=replace(LIMITS, office=10_000))
    assert "connection" in told(web, "http://example.org/torn")
    clock = iter(range(0, 1000, 16))
    web, _ = serve({"/a": (200, {}, b"words")}, clock=lambda: float(next(clock)))
    assert "more than 30 s" in told(web, "http://example.org/a")


def test_a_server_that_drips_is_cut_off(serve) -> None:
    ours, theirs = socket.socketpair()

    def drip() -> None:
        try:
            while True:
                theirs.sendall(b"X")
                threading.Event().wait(0.02)
        except OSError:
            theirs.close()

    threading.Thread(target=drip, daemon=True).start()
    web, _ = serve({})
    dripping = Web(resolve=web.resolve, connect=lambda *_: ours, seconds=0.3)
    assert "connection failed" in told(dripping, "http://example.org/a")


def test_a_connection_that_breaks_off(serve) -> None:
    def refuse(address: str, port: int, timeout: float) -> socket.socket:
        raise ConnectionRefusedError("refused")

    web, _ = serve({})
    assert "connection failed" in told(Web(resolve=web.resolve, connect=refuse), "http://example.org/a")
    assert "answered 404" in told(web, "http://example.org/a")
    assert "cannot be found" in told(web, "http://nowhere.example.org/a")
    (item,) = read_path("http://example.org/a")
    assert "not fetched here" in str(item)


def test_what_an_address_is() -> None:
    assert is_address("HTTPS://example.org")
    assert not is_address("ftp://example.org")
    assert not is_public("no address")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")
