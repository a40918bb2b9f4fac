"""Rooms on a dev server, in which desired states are tried out and read back.

A state of one schema gets a database of its own beside whatever is there; its random name never leaves this module. Texts
that name the database of the URL are tried out in that one: it has to be empty, and is emptied. A state of several
schemas needs their real names, and so a server without any.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from atlas.drivers.mysql.beside import objects_of_server, read, refuse_to_leave
from atlas.drivers.mysql.catalog import catalog_sql
from atlas.drivers.mysql.inspect import inspect_schemas
from atlas.drivers.mysql.normalize.room import PREFIX, MySQLRoom, empty, quoted
from atlas.engine.rooms.beside import watched, watched_history
from atlas.errors import AtlasError, DevInUse, PlanError, StatementFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.mysql import MySQLDatabase
    from atlas.drivers.mysql.session import MySQLSession
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.scope import Scope

STALE_AFTER_S = 3600
ALONE_WAIT_S = 10
LOCK_LENGTH = 64
"""The server takes no longer names of locks."""
_REALM_LOCK = "atlas_dev_realm"
_NOT_GRANTED = ("Error 1044 ", "Error 1227 ")
_IN_USE = (
    "the dev database is in use by another run that needs its schemas under their own names: try again, or give each "
    "run a server of its own"
)


class MySQLDevDatabase:
    """See ``engine.schema_ports.DevDatabase``."""

    def __init__(self, database: MySQLDatabase, *, binlog: bool = True, may_be_room: bool = True) -> None:
        """Rooms on the server of ``database``.

        Args:
            database: Open; the caller closes it.
            binlog: False keeps rooms out of the binary log where the account may do so, for a server that has
                replicas.
            may_be_room: False where what is there must not change: rooms are databases of their own, or none.
        """
        self._database = database
        self._binlog = binlog
        self._may_be_room = may_be_room

    @contextmanager
    def room(self, scope: Scope, *, said: str = "", replayed: str = "") -> Iterator[MySQLRoom]:
        """See ``engine.schema_ports.DevDatabase``."""
        # Databases are what a state of several schemas is about.
        things = partial(objects_of_server, self._database.session, with_databases=bool(scope.bound))
        run = self._database.session.run
        with (
            watched(said, things, run),
            watched_history(replayed, things, run),
            self._room(scope, f"{said};\n{replayed}") as room,
        ):
            yield room

    @contextmanager
    def _room(self, scope: Scope, said: str) -> Iterator[MySQLRoom]:
        sweep(self._database.session)
        if not scope.bound:
            if not self._may_be_room:
                raise PlanError(
                    "no scratch database beside a target of several schemas, which need their real names: name one "
                    "schema in the URL, or give a dev server of its own"
                )
            with self._realm_room() as room:
                yield room
            return
        own, heard = self._database.session.database, read(said)
        is_own_room = bool(own) and self._may_be_room and heard.uses(own)
        name = None if is_own_room else self._created(scope)
        if name is None:
            if not self._may_be_room:
                raise PlanError(
                    "no scratch database on the server of the target: the account may not make one; give a dev "
                    "database, or the right to CREATE DATABASE"
                )
            refuse_to_leave(self._database.session, heard, own=own)
            with self._given_room(scope) as room:
                yield room
            return
        try:
            refuse_to_leave(self._database.session, heard)
            with self._opened(name) as database:
                yield MySQLRoom(database, scope.bound, name)
        finally:
            self._database.session.run(f"DROP DATABASE IF EXISTS {quoted(name)}")

    def _created(self, scope: Scope) -> str | None:
        """The name of a new database; None where this account may make none."""
        session = self._database.session
        self._hide(session)
        name = f"{PREFIX}{_server_time(session):x}_{secrets.token_hex(6)}"
        try:
            session.run(f"CREATE DATABASE {quoted(name)}{_settings(scope, is_mariadb=session.is_mariadb)}")
        except StatementFailed as refused:
            if refused.text.startswith(_NOT_GRANTED) and session.database:
                return None
            raise
        return name

    @contextmanager
    def _given_room(self, scope: Scope) -> Iterator[MySQLRoom]:
        """The schema that the URL of the dev database is bound to, when it is empty; and emptied again."""
        name = self._database.session.database
        with self._alone(f"{PREFIX}room.{name}"[:LOCK_LENGTH]), self._opened(name) as database:
            for item in inspect_schemas(database.session, (name,)).objects:
                kind = type(item).__name__.lower()
                raise PlanError(
                    f'connected database is not clean: found {kind} "{item.name}" in connected schema'
                )
            try:
                yield MySQLRoom(database, scope.bound, name)
            finally:
                empty(self._database.session, name)

    @contextmanager
    def _realm_room(self) -> Iterator[MySQLRoom]:
        session = self._database.session
        with self._alone(_REALM_LOCK):
            for name in _schemas(session):
                raise PlanError(
                    f'connected database is not clean: found schema "{name}"; a desired state of several schemas needs '
                    "a dev server without any"
                )
            try:
                with self._opened("") as database:
                    yield MySQLRoom(database)
            finally:
                for name in _schemas(session):
                    session.run(f"DROP DATABASE IF EXISTS {quoted(name)}")

    @contextmanager
    def _alone(self, lock: str) -> Iterator[None]:
        """Keep other runs out of a place that is filled and emptied under its own name."""
        session = self._database.session
        if session.query(f"SELECT GET_LOCK({session.literal(lock)}, {ALONE_WAIT_S})") != [("1",)]:
            raise DevInUse(_IN_USE)
        try:
            yield
        finally:
            session.query(f"SELECT RELEASE_LOCK({session.literal(lock)})")

    @contextmanager
    def _opened(self, name: str) -> Iterator[MySQLDatabase]:
        """A session of its own: what a script sets is gone with it."""
        from atlas.drivers.mysql import open_database

        database = open_database(_with_database(self._database.url, name))
        try:
            self._hide(database.session)
            yield database
        finally:
            database.session.close()

    def _hide(self, session: MySQLSession) -> None:
        if not self._binlog:
            with suppress(StatementFailed, AtlasError):
                session.run("SET SESSION sql_log_bin = 0")


def sweep(session: MySQLSession) -> None:
    """Drop the rooms that a run which was killed left behind more than an hour ago."""
    now = _server_time(session)
    for name, _ in session.query(catalog_sql(session, "dev_schemas")) or []:
        made = (name or "").removeprefix(PREFIX).partition("_")[0] if (name or "").startswith(PREFIX) else ""
        with suppress(ValueError, StatementFailed):
            if made and now - int(made, 16) > STALE_AFTER_S:
                session.run(f"DROP DATABASE IF EXISTS {quoted(name or '')}")


def _schemas(session: MySQLSession) -> list[str]:
    """Schemas that are no rooms of others."""
    rows = session.query(catalog_sql(session, "dev_schemas")) or []
    return [name for name, _ in rows if name and not name.startswith(PREFIX)]


def _settings(scope: Scope, *, is_mariadb: bool) -> str:
    """What the schema has on the target; MySQL has no comments of schemas."""
    words = f" CHARACTER SET {scope.charset}" if scope.charset else ""
    words += f" COLLATE {scope.collation}" if scope.collation else ""
    if scope.comment and is_mariadb:
        comment = scope.comment.replace("\\", "\\\\").replace("'", "''")
        words += f" COMMENT '{comment}'"
    return words


def _server_time(session: MySQLSession) -> int:
    """The server's clock: several machines may share one dev server."""
    rows = session.query("SELECT UNIX_TIMESTAMP()") or [("0",)]
    return int(rows[0][0] or 0)


def _with_database(url: DatabaseURL, name: str) -> DatabaseURL:
    if url.is_socket:
        others = tuple(pair for pair in url.query if pair[0] != "database")
        return replace(url, query=(*others, ("database", name)) if name else others)
    return replace(url, path=f"/{name}")
