"""Addresses in: one page fetched with care, since an address may come from anywhere and lead anywhere.

Only ``http`` and ``https``; every host is resolved first, and an address that is not public (this machine,
the local network, link-local, multicast, reserved) is refused, also after a redirection, by connecting to the
very address that was checked. Redirections are followed by hand, ``robots.txt`` is respected (RFC 9309), size
and time are bounded, no cookie or credential is ever sent.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from urllib.parse import SplitResult, urljoin, urlsplit

from svidok.archive.received import Received, shown
from svidok.errors import UnreadableInput

__all__ = ["Answer", "Web", "is_address", "is_public"]

AGENT = "svidok"
_HEADERS = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
_REDIRECTIONS = frozenset((301, 302, 303, 307, 308))
_MOST_REDIRECTIONS = 5
_ROBOTS_BYTES = 500_000
_CHUNK = 65_536
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], tuple[str, ...]]
Connect = Callable[[str, int, float], socket.socket]


def is_address(text: str) -> bool:
    """Whether a text is an ``http`` or ``https`` address.

    >>> is_address("https://example.org/a"), is_address("report.txt")
    (True, False)
    """
    return text[:8].casefold().startswith(("http://", "https://"))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    >>> [is_public(one) for one in ("93.184.216.34", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1")]
    [True, False, False, False]
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered with."""

    status: int
    headers: Message
    data: bytes


def resolve(host: str, port: int) -> tuple[str, ...]:
    """All addresses of a host.

    Raises:
        OSError: it has none, or there is no network.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(address: str, port: int, timeout: float) -> socket.socket:
    """A connection to one address."""
    return socket.create_connection((address, port), timeout)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Web:
    """How addresses are reached; the resolver, the connection and the clocks can be replaced.

    ``seconds`` bound a whole fetch, redirections included.
    """

    resolve: Resolve = resolve
    connect: Connect = connect
    now: Callable[[], datetime] = _now
    clock: Callable[[], float] = time.monotonic
    seconds: float = 30.0
    _robots: dict[str, object] = field(default_factory=dict)

    def fetch(self, address: str, *, max_bytes: int) -> Received:
        """Fetch one address.

        Args:
            address: ``http`` or ``https``, without user name or password.
            max_bytes: refuse an answer larger than this.

        Returns:
            Its bytes, with the time, the final address and the redirections in the notes.

        Raises:
            UnreadableInput: the address is not public, robots are kept out, the server refuses or
                breaks off, or size or time run out.
        """
        until = self.clock() + self.seconds
        here, notes = address, []
        for _ in range(_MOST_REDIRECTIONS + 1):
            parts = _checked(here, address)
            self._ask_robots(parts, address, until)
            answer = self._get(parts, address, until, max_bytes)
            target = answer.headers.get("Location")
            if answer.status in _REDIRECTIONS and target:
                here = urljoin(here, target)
                notes.append(f"redirected to {shown(here)}")
                continue
            if answer.status != 200:
                raise _refused(f"the server answered {answer.status}", address, "check the address")
            kind = Message()
            kind["Content-Type"] = answer.headers.get("Content-Type") or "application/octet-stream"
            return Received(
                where=shown(address),
                name=parts.path.rpartition("/")[2],
                origin=address,
                how="http",
                data=answer.data,
                retrieved=self.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
                media_type=kind.get_content_type(),
                charset=kind.get_content_charset(),
                url=here,
                notes=tuple(notes),
            )
        raise _refused(f"more than {_MOST_REDIRECTIONS} redirections", address, "check the address")

    def _ask_robots(self, parts: SplitResult, address: str, until: float) -> None:
        """Refuse what the site's ``robots.txt`` keeps robots out of; no answer keeps them out of all."""
        from protego import Protego

        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            answer: Answer | None = None
            here = parts._replace(path="/robots.txt", query="", fragment="")
            for _ in range(_MOST_REDIRECTIONS + 1):
                answer = self._get(here, address, until, _ROBOTS_BYTES)
                target = answer.headers.get("Location")
                if answer.status not in _REDIRECTIONS or not target:
                    break
                here = _checked(urljoin(here.geturl(), target), address)
            assert answer is not None
            if answer.status >= 500:
                raise _refused(
                    f"robots.txt answered {answer.status}, which keeps robots out", address, "try later"
                )
            rules = answer.data.decode("utf-8", "replace") if answer.status == 200 else ""
            self._robots[site] = Protego.parse(rules)
        rules_of_site = self._robots[site]
        assert isinstance(rules_of_site, Protego)
        if not rules_of_site.can_fetch(parts.geturl(), AGENT):
            raise _refused(
                "the site's robots.txt keeps robots out of it", address, "save the page yourself, if you may"
            )

    def _get(self, parts: SplitResult, address: str, until: float, max_bytes: int) -> Answer:
        host = parts.hostname or ""
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise _refused(
                f"the host {shown(host)!r} cannot be found", address, "check the address and the network"
            ) from error
        private = [one for one in found if not is_public(one)]
        if private or not found:
            at = ", ".join(private) or "no address"
            raise _refused(
                f"{shown(host)!r} is at {at}, which is not on the public internet",
                address,
                "give a public address, or the file",
            )
        try:
            return self._exchange(found[0], port, host if secure else None, parts, address, until, max_bytes)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _refused(
                f"the connection failed: {str(error)[:80] or type(error).__name__}", address, "try later"
            ) from error

    def _exchange(
        self,
        ip: str,
        port: int,
        secured: str | None,
        parts: SplitResult,
        address: str,
        until: float,
        max_bytes: int,
    ) -> Answer:
        left = self._left(until, address)
        sock = self.connect(ip, port, left)
        sock.settimeout(left)
        held = [sock]
        alarm = threading.Timer(left, _hang_up, [held])  # a server may drip bytes for ever
        alarm.daemon = True
        alarm.start()
        try:
            if secured is not None:
                context = ssl.create_default_context()
                sock = secure = context.wrap_socket(
                    sock, server_hostname=secured, do_handshake_on_connect=False
                )
                held.append(sock)
                secure.do_handshake()
            link = http.client.HTTPConnection(parts.hostname or "", port)
            link.sock = sock
            path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
            link.request("GET", path if path.startswith("/") else f"/{path}", headers=_HEADERS)
            response = link.getresponse()
            pieces, size = [], 0
            while chunk := response.read1(_CHUNK):
                sock.settimeout(self._left(until, address))
                size += len(chunk)
                if size > max_bytes:
                    raise _too_large(max_bytes, address)
                pieces.append(chunk)
            if response.length:
                raise _refused("the connection broke off midway", address, "try later")
            headers = Message()
            for name, value in response.getheaders():
                headers[name] = value
            data = _unpacked(b"".join(pieces), headers.get("Content-Encoding"), max_bytes, address)
            return Answer(response.status, headers, data)
        finally:
            alarm.cancel()
            sock.close()

    def _left(self, until: float, address: str) -> float:
        left = until - self.clock()
        if left <= 0:
            raise _refused(f"it took more than {self.seconds:g} s", address, "try later")
        return left


def _hang_up(held: list[socket.socket]) -> None:
    with contextlib.suppress(OSError):
        held[-1].shutdown(socket.SHUT_RDWR)


def _checked(here: str, address: str) -> SplitResult:
    """An address taken apart.

    Raises:
        UnreadableInput: it is not http or https, names a user, or is broken.
    """
    try:
        parts = urlsplit(here)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise _refused(f"the address is broken: {error}", address, "check it") from error
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise _refused(f"{shown(here)!r} is no http or https address", address, "check it")
    if parts.username is not None or parts.password is not None:
        raise _refused("an address with a user name is not fetched", address, "take the name off")
    return parts._replace(path=_quoted(parts.path) or "/", query=_quoted(parts.query))


def _quoted(text: str) -> str:
    """A part of an address with nothing in it but visible ASCII, as servers want it."""
    return "".join(
        char if "!" <= char <= "~" else "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
        for char in text
    )


def _unpacked(data: bytes, encoding: str | None, max_bytes: int, address: str) -> bytes:
    """The body without the compression that a server may put on it unasked."""
    if not encoding or encoding.casefold() == "identity":
        return data
    if encoding.casefold() not in ("gzip", "x-gzip", "deflate"):
        raise _refused(f"the answer is packed as {shown(encoding)!r}", address, "save the page yourself")
    try:
        whole = zlib.decompressobj(wbits=47).decompress(data, max_bytes + 1)
    except zlib.error as error:
        raise _refused("the answer is broken", address, "try later") from error
    if len(whole) > max_bytes:
        raise _too_large(max_bytes, address)
    return whole


def _too_large(max_bytes: int, address: str) -> UnreadableInput:
    return _refused(f"the answer has more than {max_bytes / 1e6:g} MB", address, "save it, and give the file")


def _refused(what: str, address: str, remedy: str) -> UnreadableInput:
    return UnreadableInput(what, where=shown(address), remedy=remedy)
