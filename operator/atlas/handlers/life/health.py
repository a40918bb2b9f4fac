"""Probes and metrics over HTTP: ``/healthz``, ``/readyz`` and ``/metrics`` on the addresses given."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

from atlas.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import web

_OFF = {"", "0"}
_WORDS = {
    "/metrics": ("metrics", "--metrics-bind-address"),
    "/healthz": ("health probes", "--health-probe-bind-address"),
}


class Health(Protocol):
    """What there is to tell; '' means all is well, any other text why not."""

    def why_not_alive(self) -> str: ...

    def why_not_ready(self) -> str: ...

    def metrics(self) -> bytes: ...


@asynccontextmanager
async def served(health: Health, *, probes: str, metrics: str) -> AsyncIterator[None]:
    """Serve for the block. Addresses are ``host:port`` or ``:port``; '' and ``0`` serve nothing.

    Raises:
        UsageError: An address is not one, or is in use.
    """
    from aiohttp import web

    runners: list[web.AppRunner] = []
    try:
        for address, paths in _by_address(probes, metrics).items():
            runner = web.AppRunner(_app(health, paths), access_log=None)
            runners.append(runner)
            await runner.setup()
            host, port = _split(address)
            try:
                await web.TCPSite(runner, host or None, port).start()
            except OSError as error:
                raise _cannot_listen(address, paths, error) from error
        yield
    finally:
        for runner in runners:
            await runner.cleanup()


def _by_address(probes: str, metrics: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for address, paths in ((probes, {"/healthz", "/readyz"}), (metrics, {"/metrics"})):
        if address not in _OFF:
            found.setdefault(address, set()).update(paths)
    return found


def _cannot_listen(address: str, paths: set[str], error: OSError) -> UsageError:
    """Which of the two it is, and the flag that moves it: other programs like these ports too."""
    # NB: of an error with a number asyncio words the text itself, with the address as Python keeps it
    cause = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror or error)
    names, flags = zip(*(words for path, words in _WORDS.items() if path in paths), strict=True)
    return UsageError(
        f"cannot listen on {address} for {' and '.join(names)}: {cause}: "
        f"choose another with {' and '.join(flags)}, 0 for none"
    )


def _split(address: str) -> tuple[str, int]:
    host, colon, port = address.rpartition(":")
    if not colon or not port.isdigit():
        raise UsageError(f'"{address}" is not an address: expected host:port or :port')
    return host.removeprefix("[").removesuffix("]"), int(port)


def _app(health: Health, paths: set[str]) -> web.Application:
    from aiohttp import web

    async def healthz(_request: web.Request) -> web.Response:
        return _word(health.why_not_alive())

    async def readyz(_request: web.Request) -> web.Response:
        return _word(health.why_not_ready())

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(
            body=health.metrics(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
        )

    app = web.Application()
    routes = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}
    for path in sorted(paths):
        app.router.add_get(path, routes[path])
    return app


def _word(trouble: str) -> web.Response:
    from aiohttp import web

    return web.Response(text=trouble or "ok", status=503 if trouble else 200)
