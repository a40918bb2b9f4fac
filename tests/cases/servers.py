"""Where cases run: a database for the current state, one for the oracle, and a dev database, for each driver."""

from __future__ import annotations

import os
import sqlite3
from abc import ABC, abstractmethod
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from atlas.drivers import open_driver, schema_driver
from atlas.engine.database_url import parse_database_url

from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.engine.ports import Database
    from atlas.engine.schema_ports import DevDatabase, SchemaDriver


FAST = next((folder for folder in ("/dev/shm",) if os.access(folder, os.W_OK)), None)
"""Where the data of these servers lies: hundreds of databases come and go."""


MYSQL_URL = "ATLAS_TEST_MYSQL_URL"
"""Names a MySQL server that tests may write to; no such server comes with the tests."""


class Ground(ABC):
    """A place for cases of one driver. A database name is a new, empty database; ``schemas`` are for MariaDB's realms."""

    driver: SchemaDriver

    @contextmanager
    @abstractmethod
    def database(self, schemas: Sequence[str] = ()) -> Iterator[str]:
        """The URL of an empty database, unbound when ``schemas`` are given; it is gone afterwards."""

    @contextmanager
    def dev(self) -> Iterator[DevDatabase]:
        with self.opened(self.dev_url()) as database:
            yield self.driver.dev(database)

    @abstractmethod
    def dev_url(self) -> str: ...

    @contextmanager
    def opened(self, url: str) -> Iterator[Database]:
        database = open_driver(parse_database_url(url))
        try:
            yield database
        finally:
            database.session.close()

    @abstractmethod
    def script(self, url: str, sql: str) -> None:
        """Run a script by a program that is not ours."""

    @abstractmethod
    def rows(self, url: str, sql: str) -> list[tuple[object, ...]]:
        """The rows of a query, by a client that is not ours."""

    @abstractmethod
    def stop(self) -> None: ...


class PostgresGround(Ground):
    def __init__(self) -> None:
        self.driver = schema_driver("postgres")
        self.server = PostgresServer.start(within=FAST)
        self._dev = self.server.create_database()

    @contextmanager
    def database(self, schemas: Sequence[str] = ()) -> Iterator[str]:
        name = self.server.create_database(template="template0")
        try:
            yield self.server.url(name) + ("" if schemas else "&search_path=public")
        finally:
            self.server.drop_database(name)

    def dev_url(self) -> str:
        return self.server.url(self._dev)

    def script(self, url: str, sql: str) -> None:
        self.server.psql(sql, database=self.name(url))

    def rows(self, url: str, sql: str) -> list[tuple[object, ...]]:
        return self.server.query(self.name(url), sql)

    def name(self, url: str) -> str:
        return parse_database_url(url).database

    def stop(self) -> None:
        self.server.stop()


class MariaDBGround(Ground):
    """Two servers: a realm on a dev server needs the names that the current one has."""

    def __init__(self) -> None:
        self.driver = schema_driver("mariadb")
        self.server = MariaDBServer.start(within=FAST)
        self._dev = MariaDBServer.start(within=FAST)

    @contextmanager
    def database(self, schemas: Sequence[str] = ()) -> Iterator[str]:
        name = "" if schemas else "app"
        for schema in schemas or (name,):
            self._drop(schema)
        if name:
            self.server.query("", f"CREATE DATABASE `{name}`")
        try:
            yield self.server.url(name)
        finally:
            for schema in schemas or (name,):
                self._drop(schema)

    def dev_url(self) -> str:
        return self._dev.url()

    def _drop(self, schema: str) -> None:
        # Schemas may refer to each other.
        self.server.query("", f"SET foreign_key_checks = 0; DROP DATABASE IF EXISTS `{schema}`")

    def script(self, url: str, sql: str) -> None:
        # PyMySQL has no DELIMITER: cases with bodies are cut by the server's own client where it is there.
        import subprocess

        database = parse_database_url(url).database
        command = ["mariadb", "-h", self.server.host, "-P", str(self.server.port), "-u", self.server.user]
        answer = subprocess.run(
            [*command, f"-p{self.server.password}", "--protocol=tcp", *([database] if database else [])],
            input=sql,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert answer.returncode == 0, answer.stderr

    def rows(self, url: str, sql: str) -> list[tuple[object, ...]]:
        return self.server.query(parse_database_url(url).database, sql)

    def stop(self) -> None:
        self.server.stop()
        self._dev.stop()


class MySQLGround(MariaDBGround):
    """The server of ``ATLAS_TEST_MYSQL_URL``, for both sides: only bound cases fit on one server."""

    def __init__(self) -> None:
        self.driver = schema_driver("mysql")
        self.server = self._dev = MariaDBServer.at(os.environ[MYSQL_URL])

    def dev_url(self) -> str:
        return self.server.url(scheme="mysql")


class SqliteGround(Ground):
    def __init__(self) -> None:
        self.driver = schema_driver("sqlite")
        self._folder = TemporaryDirectory(prefix="atlas-cases-")
        self._count = 0

    @contextmanager
    def database(self, schemas: Sequence[str] = ()) -> Iterator[str]:
        self._count += 1
        path = Path(self._folder.name, f"{self._count}.db")
        try:
            yield f"sqlite://{path}?_fk=1"
        finally:
            path.unlink(missing_ok=True)

    def dev_url(self) -> str:
        return "sqlite://dev?mode=memory&_fk=1"

    def script(self, url: str, sql: str) -> None:
        connection = self._connect(url)
        connection.executescript(sql)
        connection.close()

    def rows(self, url: str, sql: str) -> list[tuple[object, ...]]:
        connection = self._connect(url)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def _connect(self, url: str) -> sqlite3.Connection:
        connection = sqlite3.connect(parse_database_url(url).database, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = on")
        return connection

    def stop(self) -> None:
        self._folder.cleanup()


GROUNDS: dict[str, type[Ground]] = {
    "postgres": PostgresGround,
    "mariadb": MariaDBGround,
    "sqlite": SqliteGround,
    "mysql": MySQLGround,
}
