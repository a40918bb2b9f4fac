"""Who implements which port: the only module that knows every adapter. Entry points ask here and nowhere else.

Adapters are imported when they are asked for: a command that never opens a database loads no driver.
"""

from __future__ import annotations

import secrets
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from atlas.client.schemas import PulledSchema, PushedSchema, SchemaPush
    from atlas.client.transport import Transport
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.directory import Directory
    from atlas.engine.lint import Analyzer
    from atlas.engine.migrate_plan.row_checks import RowProbe
    from atlas.engine.ports import Database
    from atlas.engine.schema_ports import DevDatabase, SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.engine.table_size import TableSize
    from atlas.project import CloudSettings
    from atlas.reconcile.ports import SchemaText
    from atlas.schema import Realm
    from atlas.wire.contract import RegistryAddress, ReportMigrationInput
    from atlas.wire.reference import Reference


@dataclass(frozen=True, slots=True)
class PushOrder:
    """What to call a directory in the registry; ``driver`` '' leaves it to a repository that exists."""

    name: str
    driver: str
    tag: str
    context: Mapping[str, object]


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def open_target(url: DatabaseURL) -> Database:
    """An open connection to the database of ``url``.

    Raises:
        TargetError: It cannot be reached, or refuses us.
    """
    from atlas.drivers import open_driver

    return open_driver(url)


def open_confined_target(url: DatabaseURL) -> Database:
    """As ``open_target``, for files of people who must not reach the other files of this machine.

    Statements of a SQLite session may open no second file: neither ATTACH nor VACUUM INTO. Servers of other
    databases have files of their own, and their own rights.
    """
    from atlas.drivers.sqlite.database import SqliteDatabase

    database = open_target(url)
    if isinstance(database, SqliteDatabase):
        database.session.connection.set_authorizer(_within_one_file)
    return database


def _within_one_file(action: int, name: str | None, *_: object) -> int:
    """An authorizer of SQLite. VACUUM attaches a nameless temporary file, so a limit of 0 would refuse it too."""
    import sqlite3

    is_elsewhere = action == sqlite3.SQLITE_ATTACH and name not in ("", ":memory:")
    moves_files = action == sqlite3.SQLITE_PRAGMA and (name or "").lower() in _PRAGMAS_OF_FOLDERS
    return sqlite3.SQLITE_DENY if is_elsewhere or moves_files else sqlite3.SQLITE_OK


_PRAGMAS_OF_FOLDERS = frozenset({"temp_store_directory", "data_store_directory"})


def read_directory_url(text: str, address: Callable[[], RegistryAddress]) -> Directory:
    """The directory at ``file://path`` or ``atlas://name``; its sum is not checked here.

    ``address`` is asked only when a registry is needed.
    """
    from atlas.engine.directory import parse_directory_url

    url = parse_directory_url(text)
    if url.scheme == "atlas":
        return _pulled(text, address())
    from pathlib import Path

    from atlas.sources.local import read_directory

    return read_directory(Path(url.path))


def resolve_registry(cloud: CloudSettings | None, environ: Mapping[str, str], home: str) -> RegistryAddress:
    """The registry that a project file, the environment or ``atlas login`` names, in this order.

    Raises:
        LoginRequired: None of them does.
    """
    from atlas.client.address import ProjectCloud, resolve_address
    from atlas.client.auth import LoginStore

    named = ProjectCloud(cloud.url, cloud.token, cloud.project) if cloud else None
    return resolve_address(named, environ, LoginStore(home).read())


def _pulled(text: str, address: RegistryAddress) -> Directory:
    from atlas.client.pull import pull_directory
    from atlas.client.transport import Transport
    from atlas.engine.directory import from_entries
    from atlas.wire.reference import parse_reference

    with Transport(address) as transport:
        pulled = pull_directory(transport, parse_reference(text))
    return from_entries((entry.name, entry.content) for entry in pulled.entries)


def push_directory(address: RegistryAddress, directory: Directory, push: PushOrder) -> str:
    """Store a directory in the registry; returns the URL to look at it."""
    from atlas.client.push import DirectoryPush
    from atlas.client.push import push_directory as send
    from atlas.client.transport import Transport
    from atlas.engine.directory import to_entries
    from atlas.wire.archive import Entry, pack

    archive = pack(Entry(name, content) for name, content in to_entries(directory))
    with Transport(address) as transport:
        return send(transport, DirectoryPush(push.name, push.driver, archive, push.tag, push.context))


def report_migration(address: RegistryAddress, report: ReportMigrationInput) -> str:
    """Tell the registry about a run; returns the URL to look at it, '' when it gives none."""
    from atlas.client.report import report_migration as send
    from atlas.client.transport import Transport

    with Transport(address) as transport:
        return send(transport, report)


class OpenedDev(NamedTuple):
    """A dev database for a block: of which kind, bound to which schema ('' for none), its rooms, and itself."""

    dialect: str
    bound: str
    dev: DevDatabase
    database: Database


def refuse_target(dev: Database, target: Database) -> None:
    """Refuse a dev database that is the target, by whatever name. Raises ``SpecError``."""
    from atlas.engine.same_place import refuse_target as refuse

    refuse(dev, target, f"atlas_dev_{secrets.token_hex(16)}")


DEFAULT_DEV_URLS: Final = {"sqlite": "sqlite://dev?mode=memory"}
"""Dev databases that need nobody to start them, by dialect."""


def schema_driver(dialect: str) -> SchemaDriver:
    """Declarative schemas of a dialect, by the name that a ``Dialect`` has."""
    from atlas.drivers import schema_driver as driver_of

    return driver_of(dialect)


@contextmanager
def open_dev(url: DatabaseURL) -> Iterator[OpenedDev]:
    """The dev database at ``url``, open for the block.

    Raises:
        TargetError: It cannot be reached, or refuses us.
    """
    database = open_target(url)
    try:
        name = database.dialect.name
        yield OpenedDev(name, url.schema, schema_driver(name).dev(database), database)
    finally:
        database.session.close()


def read_realm(url: DatabaseURL, scope: Scope) -> Realm:
    """What ``scope`` shows of the database at ``url``.

    Raises:
        TargetError: It cannot be reached, or refuses us.
    """
    database = open_target(url)
    try:
        realm = schema_driver(database.dialect.name).inspect(database, scope)
    finally:
        database.session.close()
    from atlas.engine.restrict import restrict  # after the model, which a driver loads while its server works

    return restrict(realm, scope)


def read_table_sizes(url: DatabaseURL, scope: Scope) -> tuple[TableSize, ...]:
    """The sizes of the tables that a scope shows of the database at ``url``."""
    from atlas.drivers import table_sizes
    from atlas.engine.table_size import sizes_within

    database = open_target(url)
    try:
        return sizes_within(table_sizes(database), scope)
    finally:
        database.session.close()


def migrate_down_is_protected(address: RegistryAddress, slug: str) -> bool:
    """Whether the registry wants an approval before a database goes down from this directory."""
    from atlas.client.protected import migrate_down_is_protected as is_protected
    from atlas.client.transport import Transport

    with Transport(address) as transport:
        return is_protected(transport, slug)


def push_schema(address: RegistryAddress, push: SchemaPush) -> PushedSchema:
    """Store a schema in the registry; returns where it can be looked at."""
    from atlas.client.schemas import push_schema as send
    from atlas.client.transport import Transport

    with Transport(address) as transport:
        return send(transport, push)


def pull_schema(address: RegistryAddress, reference: Reference) -> PulledSchema:
    """The schema at a reference. Raises ``RegistryError``."""
    from atlas.client.schemas import pull_schema as read
    from atlas.client.transport import Transport

    with Transport(address) as transport:
        return read(transport, reference)


class WiredDialects:
    """What the drivers know of their kinds of databases, for programs that serve all of them."""

    def schema_driver(self, dialect: str) -> SchemaDriver:
        from atlas.drivers import schema_driver

        return schema_driver(dialect)

    def analyzers(self, dialect: str) -> tuple[Analyzer, ...]:
        from atlas.drivers import lint_analyzers

        return lint_analyzers(dialect)

    def row_probe(self, database: Database) -> RowProbe:
        from atlas.drivers import row_probe

        return row_probe(database)


class RegistryConnections:
    """Connections to registries that outlive a call, for programs that call often; safe to use from threads.

    A new one reads the trust store of the system, which costs more than most calls.
    """

    def __init__(self, limit: int = 32) -> None:
        """``limit`` is how many are kept; the one that was not used for longest is let go first."""
        self._limit = limit
        self._lock = threading.Lock()
        self._open: dict[RegistryAddress, Transport] = {}

    def pull(self, address: RegistryAddress, reference: Reference) -> Directory:
        """The directory at a reference; its sum is not checked here. Raises ``RegistryError``."""
        from atlas.client.pull import pull_directory
        from atlas.engine.directory import from_entries

        pulled = pull_directory(self._to(address), reference)
        return from_entries((entry.name, entry.content) for entry in pulled.entries)

    def pull_schema(self, address: RegistryAddress, reference: Reference) -> SchemaText:
        """The schema at a reference. Raises ``RegistryError``."""
        from atlas.client.schemas import pull_schema as read
        from atlas.reconcile.ports import SchemaText

        pulled = read(self._to(address), reference)
        return SchemaText(pulled.hcl, pulled.digest, pulled.driver)

    def report(self, address: RegistryAddress, report: ReportMigrationInput) -> str:
        """Tell the registry about a run; returns the URL to look at it, '' when it gives none."""
        from atlas.client.report import report_migration as send

        return send(self._to(address), report)

    def _to(self, address: RegistryAddress) -> Transport:
        from atlas.client.transport import Transport

        with self._lock:
            # NB: one that is let go is not closed here, another thread may be using it; it ends with its last user.
            transport = self._open.pop(address, None) or Transport(address)
            self._open[address] = transport
            if len(self._open) > self._limit:
                del self._open[next(iter(self._open))]
            return transport
