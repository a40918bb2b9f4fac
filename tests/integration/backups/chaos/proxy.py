"""An HTTP proxy in front of one server: it delays, refuses, cuts and loses what goes through, as a seed says.

``python -m tests.integration.backups.chaos.proxy PORT SECONDS`` is one that only delays; it prints its own port.
"""

from __future__ import annotations

import http.client
import random
import socket
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FAULTS = (
    "reset",  # the connection breaks before the server hears of it
    "error",  # 503 in the place of the server
    "slow",
    "half",  # the server gets half of the request
    "lost",  # the server did it, and its answer is lost
    "lost-error",  # the same, and the client is told 500
    "cut",  # half of the answer arrives
    "kill-before",  # the client dies with its request under way
    "kill-after",  # or while the server does it
)
_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "expect"}


def nobody() -> None:
    """Kill nobody: who has no client to kill."""


@dataclass
class Weather:
    """What may go wrong at a moment; ``rate`` is the share of requests that meet a fault."""

    chance: random.Random
    rate: float = 0.0
    latency_s: float = 0.0
    out: str = ""
    kill: Callable[[], None] = nobody
    faults: tuple[str, ...] = FAULTS
    met: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def draw(self) -> str:
        """The fault of one request, '' for none."""
        with self.lock:
            fault = self.out or (self.chance.choice(self.faults) if self.chance.random() < self.rate else "")
            self.met[fault] += 1
            return fault


class Proxy(ThreadingHTTPServer):
    """``writing`` is held while a request is with the server: an emulator need not be better than the real store."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, upstream_port: int, weather: Weather, writing: threading.Lock | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream_port = upstream_port
        self.weather = weather
        self.writing = writing or threading.Lock()
        self.is_exclusive = writing is not None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that die are the point."""


@contextmanager
def proxied(upstream_port: int, weather: Weather, writing: threading.Lock | None = None) -> Iterator[Proxy]:
    """A proxy for the block."""
    proxy = Proxy(upstream_port, weather, writing)
    thread = threading.Thread(target=proxy.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Proxy

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        weather = self.server.weather
        fault = weather.draw()
        time.sleep(weather.latency_s + (0.05 + 0.4 * weather.chance.random() if fault == "slow" else 0.0))
        match fault:
            case "reset":
                self._reset()
            case "error":
                self._answer(503, [], b"out of order")
            case "kill-before":
                weather.kill()
                self._reset()
            case "half":
                self._send_half(body)
                self._reset()
            case _:
                self._pass_on(body, fault)

    def __getattr__(self, name: str) -> object:
        """Every method of HTTP is served in one way."""
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def _pass_on(self, body: bytes, fault: str) -> None:
        try:
            status, headers, answer = self._asked(body)
        except (OSError, http.client.HTTPException):
            self._reset()
            return
        match fault:
            case "lost" | "kill-after":
                if fault == "kill-after":
                    self.server.weather.kill()
                self._reset()
            case "lost-error":
                self._answer(500, [], b"lost")
            case "cut":
                self._answer(status, headers, answer, sent=len(answer) // 2)
                self._reset()
            case _:
                self._answer(status, headers, answer)

    def _asked(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        def ask() -> tuple[int, list[tuple[str, str]], bytes]:
            connection = http.client.HTTPConnection("127.0.0.1", self.server.upstream_port, timeout=60)
            try:
                connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                for name, value in self._passed_headers(len(body)):
                    connection.putheader(name, value)
                connection.endheaders(body)
                response = connection.getresponse()
                return response.status, response.getheaders(), response.read()
            finally:
                connection.close()

        if not self.server.is_exclusive:
            return ask()
        with self.server.writing:
            return ask()

    def _passed_headers(self, length: int) -> list[tuple[str, str]]:
        kept = [(name, value) for name, value in self.headers.items() if name.lower() not in _HOP]
        sized = [("Content-Length", str(length))] if self.command in {"PUT", "POST", "PATCH"} else []
        return [*kept, *sized, ("Connection", "close")]

    def _send_half(self, body: bytes) -> None:
        head = f"{self.command} {self.path} HTTP/1.1\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in self._passed_headers(len(body)))
        whole = head.encode() + b"\r\n" + body
        try:
            with socket.create_connection(("127.0.0.1", self.server.upstream_port), 10) as upstream:
                upstream.sendall(whole[: len(whole) - max(len(body) // 2, 4)])
        except OSError:
            return

    def _answer(
        self, status: int, headers: list[tuple[str, str]], body: bytes, *, sent: int | None = None
    ) -> None:
        self.send_response_only(status)
        length = {name.lower(): value for name, value in headers}.get("content-length", str(len(body)))
        for name, value in headers:
            if name.lower() not in _HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", length if self.command == "HEAD" else str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[:sent])

    def _reset(self) -> None:
        """Close as a crash does: the other side sees a reset, not an end."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the method that it replaces
        """Nothing: a run has thousands of them."""


def main(upstream_port: int, latency_s: float) -> None:
    """Delay until the end of the input."""
    with proxied(upstream_port, Weather(random.Random(0), latency_s=latency_s)) as proxy:
        print(proxy.server_port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
