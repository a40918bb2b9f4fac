"""Scratch databases on the server of a dev database: made of template0, dropped in every case, swept when forgotten."""

from __future__ import annotations

import secrets
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.postgres.catalog import catalog_sql
from atlas.errors import AtlasError, StatementFailed, TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres import PostgresDatabase
    from atlas.drivers.postgres.session import PostgresSession
    from atlas.engine.database_url import DatabaseURL

PREFIX = "atlas_dev_"
_SEARCH_PATH = "search_path"


class NoScratchError(Exception):
    """The server makes no database for this role, or lets nobody into it; the text is its reason."""


@contextmanager
def scratch(dev: PostgresDatabase, bound: str) -> Iterator[PostgresDatabase]:
    """A new database with the parameters of the dev URL; bare names mean the schema ``bound``, which it has.

    Raises:
        NoScratchError: There will be none.
    """
    sweep(dev.session)
    name, options = _plan(dev.session)
    try:
        room = _made(dev, name, options, bound)
        try:
            yield room
        finally:
            room.session.close()
    finally:
        _drop(dev, name)


def room_url(url: DatabaseURL, bound: str) -> DatabaseURL:
    """``url`` bound to another schema, or with '' to none."""
    query = tuple(pair for pair in url.query if pair[0] != _SEARCH_PATH)
    return replace(url, query=(*query, (_SEARCH_PATH, bound)) if bound else query)


def sweep(session: PostgresSession) -> None:
    """Drop what a killed process left more than an hour ago; what cannot be dropped is left to others."""
    for (name,) in session.query(catalog_sql(session, "room_stale")) or ():
        with suppress(StatementFailed):
            session.run(f"DROP DATABASE IF EXISTS {session.identifier(name or '')}")


def _plan(session: PostgresSession) -> tuple[str, str]:
    """A name that holds the second of the server's clock, and the options of CREATE DATABASE."""
    rows = session.query(catalog_sql(session, "room_plan")) or []
    ((second, options),) = rows
    return f"{PREFIX}{second}_{secrets.token_hex(6)}", options or ""


def _made(dev: PostgresDatabase, name: str, options: str, bound: str) -> PostgresDatabase:
    from atlas.drivers.postgres import open_database

    url = dev.url.with_database(name)
    try:
        dev.session.run(f"CREATE DATABASE {dev.session.identifier(name)} TEMPLATE template0 {options}")
        if bound and bound != "public":
            _add_schema(room_url(url, ""), bound)
        return open_database(room_url(url, bound))
    except (StatementFailed, TargetError) as refused:
        raise NoScratchError(str(refused)) from refused


def _add_schema(url: DatabaseURL, schema: str) -> None:
    from atlas.drivers.postgres import open_database

    database = open_database(url)
    try:
        database.session.run(f"CREATE SCHEMA IF NOT EXISTS {database.session.identifier(schema)}")
    finally:
        database.session.close()


def _drop(dev: PostgresDatabase, name: str) -> None:
    """Drop the room, by a new connection where ours is broken; when nothing helps, a later sweep will."""
    from atlas.drivers.postgres import open_database

    try:
        dev.session.run(_drop_sql(dev.session, name))
    except AtlasError:
        with suppress(AtlasError):
            other = open_database(dev.url)
            try:
                other.session.run(_drop_sql(other.session, name))
            finally:
                other.session.close()


def _drop_sql(session: PostgresSession, name: str) -> str:
    return f"DROP DATABASE IF EXISTS {session.identifier(name)} WITH (FORCE)"
