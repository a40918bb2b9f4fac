"""AtlasSchemas on a real API server, and databases of each kind that they are for."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tests.e2e.conftest import GROUP, ready_of
from tests.e2e.databases import OnMariaDB, OnPostgres
from tests.waiting import wait_until

if TYPE_CHECKING:
    import pytest

    from tests.e2e.conftest import Namespace
    from tests.servers.mariadb import MariaDBServer
    from tests.servers.postgres import PostgresServer


KINDS = ("sqlite", "postgres", "mariadb")
USERS = "CREATE TABLE users (id integer NOT NULL, name varchar(40) NOT NULL, {more}PRIMARY KEY (id));\n"
NICK = "nick varchar(40), "


class SchemaDatabase(Protocol):
    """A target, and where its schemas are tried out."""

    driver: str

    @property
    def schema(self) -> str:
        """What its tables are in."""

    def url(self) -> str: ...

    def scratch_url(self) -> str:
        """An empty database of the same kind, for the command line and for the operator."""

    def query(self, sql: str) -> list[tuple[Any, ...]]: ...

    def columns(self, table: str) -> list[str]:
        """In order; [] where there is no such table."""

    def dump(self) -> str: ...


@dataclass
class OnSqlite:
    """A file."""

    path: Path
    driver: str = "sqlite"
    schema: str = "main"

    def url(self) -> str:
        return f"sqlite://{self.path}"

    def scratch_url(self) -> str:
        return "sqlite://dev?mode=memory"

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            return connection.execute(sql).fetchall()

    def columns(self, table: str) -> list[str]:
        return [row[1] for row in self.query(f"PRAGMA table_info({table})")]

    def dump(self) -> str:
        with closing(sqlite3.connect(self.path)) as connection:
            return "\n".join(connection.iterdump())


class SchemaOnPostgres(OnPostgres):
    """A database that belongs to a role of its name; the dev database is the superuser's."""

    driver = "postgres"
    schema = "public"
    _dev = ""

    def scratch_url(self) -> str:
        self._dev = self._dev or self.server.create_database()
        return f"{self.server.url(self._dev)}&search_path=public"

    def columns(self, table: str) -> list[str]:
        asked = "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
        return [
            str(name)
            for (name,) in self.query(f"{asked} AND table_name = '{table}' ORDER BY ordinal_position")
        ]


class SchemaOnMariaDB(OnMariaDB):
    """A database that a user of its name may do everything in; the dev database is the superuser's."""

    driver = "mariadb"
    _dev = ""

    @property
    def schema(self) -> str:
        return self.name

    def scratch_url(self) -> str:
        self._dev = self._dev or self.server.create_database()
        return self.server.url(self._dev, scheme="mariadb")

    def columns(self, table: str) -> list[str]:
        asked = f"SELECT column_name FROM information_schema.columns WHERE table_schema = '{self.name}'"
        return [
            str(name)
            for (name,) in self.query(f"{asked} AND table_name = '{table}' ORDER BY ordinal_position")
        ]


def on_postgres(server: PostgresServer) -> SchemaDatabase:
    return SchemaOnPostgres(server)


def on_mariadb(server: MariaDBServer) -> SchemaDatabase:
    return SchemaOnMariaDB(server)


@dataclass(frozen=True)
class Schemas:
    """The AtlasSchema ``app`` of a namespace."""

    namespace: Namespace
    database: SchemaDatabase

    def apply(self, schema: dict[str, Any], **more: Any) -> None:
        self.namespace.secret("db", url=self.database.url())
        spec = {"urlFrom": {"secretKeyRef": {"name": "db", "key": "url"}}, "schema": schema, **more}
        self.namespace.apply(
            {"apiVersion": GROUP, "kind": "AtlasSchema", "metadata": {"name": "app"}, "spec": spec}
        )

    def get(self) -> dict[str, Any]:
        found: dict[str, Any] = self.namespace.kubectl.json(
            "get", "atlasschema", "app", "-n", self.namespace.name
        )
        return found

    def wait_ready(self) -> str:
        """Wait until this generation is Ready; returns the message."""

        def is_so() -> bool:
            found = self.get()
            settled = found["status"].get("observedGeneration") == found["metadata"]["generation"]
            return settled and ready_of(found).get("status") == "True"

        wait_until(is_so, lambda: self.get()["status"])
        return str(ready_of(self.get())["message"])

    def wait_reason(self, reason: str) -> str:
        """Wait until it is not ready for this reason; returns the message."""
        found: dict[str, Any] = {}

        def is_so() -> bool:
            found.update(ready_of(self.get()))
            return found.get("status") == "False" and found["reason"] == reason

        wait_until(is_so, lambda: self.get()["status"])
        return str(found["message"])

    def look_again(self, value: str) -> None:
        """Ask for a look, as the runbook says."""
        annotation = f"db.atlasgo.io/reconcile-requested-at={value}"
        self.namespace.kubectl(
            "annotate", "--overwrite", "atlasschema", "app", "-n", self.namespace.name, annotation
        )

    def stalled(self) -> str:
        conditions = self.get()["status"]["conditions"]
        return next(str(one["status"]) for one in conditions if one["type"] == "Stalled")

    def events(self) -> list[tuple[str, str]]:
        """Reason and message."""
        found = self.namespace.kubectl.json("get", "events", "-n", self.namespace.name)["items"]
        return [(one["reason"], one["message"]) for one in found if one["involvedObject"]["name"] == "app"]


def database_of(request: pytest.FixtureRequest, namespace: Namespace) -> SchemaDatabase:
    """A new database of the kind that is the parameter of a fixture."""
    match request.param:
        case "postgres":
            return on_postgres(request.getfixturevalue("postgres"))
        case "mariadb":
            return on_mariadb(request.getfixturevalue("mariadb"))
        case _:
            return OnSqlite(namespace.folder / "app.db")


def dev_flags(database: SchemaDatabase) -> list[str]:
    """What an operator has to be told to try schemas of this kind out."""
    return [] if database.driver == "sqlite" else ["--dev-url", f"{database.driver}={database.scratch_url()}"]
