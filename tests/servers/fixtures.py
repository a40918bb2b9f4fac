"""Fixtures of the database servers: one server a run, one database a test."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer
from tests.servers.programs import ProgramError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The PostgreSQL server of the run: that of ``ATLAS_TEST_POSTGRES_URL``, else one of our own."""
    yield from postgres_of_the_run()


def postgres_of_the_run(*, fsync: bool = False, within: str | None = None) -> Iterator[PostgresServer]:
    """Yield a server, and end it if it is ours."""
    given = os.environ.get("ATLAS_TEST_POSTGRES_URL")
    try:
        server = PostgresServer.at(given) if given else PostgresServer.start(fsync=fsync, within=within)
    except ProgramError as missing:
        pytest.skip(str(missing))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDBServer]:
    """The MariaDB server of the run: that of ``ATLAS_TEST_MARIADB_URL``, else one of our own."""
    yield from mariadb_of_the_run()


def mariadb_of_the_run(*, fsync: bool = False, within: str | None = None) -> Iterator[MariaDBServer]:
    """Yield a server, and end it if it is ours."""
    given = os.environ.get("ATLAS_TEST_MARIADB_URL")
    try:
        server = MariaDBServer.at(given) if given else MariaDBServer.start(fsync=fsync, within=within)
    except ProgramError as missing:
        pytest.skip(str(missing))
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """The URL of an empty PostgreSQL database that no other test has."""
    name = postgres.create_database()
    yield postgres.url(name)
    postgres.drop_database(name)


@pytest.fixture
def mariadb_url(mariadb: MariaDBServer) -> Iterator[str]:
    """The URL of an empty MariaDB database that no other test has."""
    name = mariadb.create_database()
    yield mariadb.url(name)
    mariadb.drop_database(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return f"sqlite://{tmp_path / 'test.db'}"
