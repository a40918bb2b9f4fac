"""Opening a registry on a data folder, and serving it until a signal."""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from atlas.errors import SpecError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import uvicorn

    from atlas.server.store.registry import Registry

_GRACE_S = 20
_KEEP_ALIVE_S = (
    75  # longer than proxies keep a connection (nginx, AWS: 60 s), else a request meets one that just ends
)
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class DataOptions:
    """Where a registry keeps its things.

    ``database`` is a PostgreSQL URL, '' for SQLite in ``folder``; ``content`` is a bucket's URL, '' for the folder
    ``content`` in ``folder``.
    """

    folder: Path
    database: str = ""
    content: str = ""

    @property
    def content_url(self) -> str:
        """The bucket of the content."""
        return self.content or (self.folder.absolute() / "content").as_uri()


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How a registry is served. ``listen`` is ``host:port``; ``public_url`` is what links start with, '' for it."""

    data: DataOptions
    listen: str = "127.0.0.1:8080"
    public_url: str = ""
    tls_cert: str = ""
    tls_key: str = ""
    public_pages: bool = False


@contextmanager
def opened_registry(data: DataOptions, *, public_url: str = "") -> Iterator[Registry]:
    """A registry whose tables are migrated and whose content is there and indexed, closed at the end."""
    from atlas.server.store.reindex import reindex_if_empty

    with opened_unindexed(data, public_url=public_url) as registry:
        reindex_if_empty(registry)
        yield registry


@contextmanager
def opened_unindexed(data: DataOptions, *, public_url: str = "") -> Iterator[Registry]:
    """As ``opened_registry``, for those who build the index themselves."""
    from atlas.server.store.reindex import refuse_lost_content
    from atlas.server.store.reports import list_older_reports
    from atlas.wiring import shown_bucket

    with opened_database(data, public_url=public_url) as registry:
        refuse_lost_content(registry, shown_bucket(data.content_url))
        registry.content.prepare()
        list_older_reports(registry)
        yield registry


@contextmanager
def opened_database(data: DataOptions, *, public_url: str = "") -> Iterator[Registry]:
    """A registry whose tables are migrated and whose content nobody asked for yet: enough for tokens."""
    from atlas.buckets import open_bucket
    from atlas.server.store.content import ContentStore
    from atlas.server.store.database import open_database
    from atlas.server.store.migrate import migrate
    from atlas.server.store.registry import Registry

    _make_folder(data)
    content = ContentStore(open_bucket(data.content_url))
    database = open_database(data.folder, data.database)
    try:
        migrate(database.url)
        yield Registry(database, content, lambda: datetime.now(UTC), public_url.rstrip("/"))
    finally:
        content.close()
        database.close()


def probe_content(data: DataOptions) -> None:
    """Raise ``SpecError`` unless the bucket of the content can be reached and written to, and keeps races apart."""
    from atlas.buckets import open_bucket
    from atlas.server.store.probe import probe
    from atlas.wiring import shown_bucket

    _make_folder(data)
    probe(open_bucket(data.content_url), f"the content store {shown_bucket(data.content_url)}")


def prepare_content(data: DataOptions) -> None:
    """Mark the bucket of the content as one, also where the database knows repositories that it does not have."""
    from atlas.buckets import open_bucket
    from atlas.wire.content_store import BucketContent

    _make_folder(data)
    BucketContent(open_bucket(data.content_url)).prepare()


def serve(options: ServeOptions, announce: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT, then let requests under way end. ``announce`` is given the address once."""
    import uvicorn

    from atlas.server.app import AppOptions, build_app
    from atlas.server.logs import start_logging
    from atlas.server.patience import PatientProtocol

    if bool(options.tls_cert) != bool(options.tls_key):
        raise SpecError("--tls-cert and --tls-key belong together")
    if options.tls_cert:
        _check_certificate(options)
    with _bound(options.listen) as listener:
        scheme = "https" if options.tls_cert else "http"
        host, port = listener.getsockname()[:2]
        address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"
        probe_content(options.data)
        with opened_registry(options.data, public_url=options.public_url or address) as registry:
            app = build_app(registry, AppOptions(public_pages=options.public_pages))
            config = uvicorn.Config(
                app,
                http=PatientProtocol,
                ws="none",
                timeout_keep_alive=_KEEP_ALIVE_S,
                log_config=None,
                access_log=False,
                server_header=False,
                lifespan="off",
                ssl_certfile=options.tls_cert or None,
                ssl_keyfile=options.tls_key or None,
                timeout_graceful_shutdown=_GRACE_S,
            )
            start_logging()
            announce(address)
            _stoppable(uvicorn.Server(config)).run(sockets=[listener])


def _make_folder(data: DataOptions) -> None:
    try:
        data.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SpecError(f"the registry cannot use the folder {data.folder}: {error.strerror}") from error


def _stoppable(server: uvicorn.Server) -> uvicorn.Server:
    """Make a signal end the server and nothing else: uvicorn would raise it again, and skip closing the store."""

    @contextmanager
    def captured() -> Iterator[None]:
        import signal

        before = {
            number: signal.signal(number, server.handle_exit) for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    server.capture_signals = captured  # type: ignore[method-assign]  # the one place uvicorn lets us decide
    return server


def _check_certificate(options: ServeOptions) -> None:
    """Refuse a pair that cannot be served, before anything listens."""
    import ssl

    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(options.tls_cert, options.tls_key)
    except OSError as error:  # ssl.SSLError is one
        raise SpecError(
            f"--tls-cert {options.tls_cert} with --tls-key {options.tls_key} cannot be used: "
            f"{error.strerror or error}"
        ) from error


def _cause(error: OSError) -> str:
    """What the system says of its number: Python adds the address as it keeps it. A name that is none has no such number."""
    return os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror or error)


@contextmanager
def _bound(listen: str) -> Iterator[socket.socket]:
    host, _, port = listen.rpartition(":")
    if not port.isdecimal() or int(port) > _LAST_PORT:
        raise SpecError(f'--listen "{listen}": expected host:port, as 127.0.0.1:8080')
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host.strip("[]"), int(port)), family=family, backlog=2048)
    except OSError as error:
        raise Unavailable(
            f"cannot listen on {listen}: {_cause(error)}: choose another address with --listen"
        ) from error
    with listener:
        yield listener
