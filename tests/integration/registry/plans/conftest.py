"""A shop whose schema is changed by plans: a person, a project file, a database, a dev database and a registry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.registry.person import Person

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.registry.conftest import Served
    from tests.servers.mariadb import MariaDBServer
    from tests.servers.postgres import PostgresServer

USERS = "CREATE TABLE users (id int PRIMARY KEY, name varchar(50));\n"
AFTER = (
    "CREATE TABLE users (id int PRIMARY KEY, name varchar(50), email varchar(50));\n"
    "CREATE TABLE pets (id int PRIMARY KEY, owner int REFERENCES users (id));\n"
)
JSON = ("--format", "{{ json . }}")


@dataclass
class Shop:
    """A person with a project file, a database, a dev database and a registry."""

    person: Person
    query: Callable[[str], list[tuple[Any, ...]]]
    dialect: str

    def types(self, *words: str) -> Any:
        return self.person.types(*words, "--env", "prod")

    def prints(self, *words: str) -> str:
        return self.person.prints(*words, "--env", "prod")

    def fails(self, *words: str) -> str:
        answer = self.types(*words)
        assert answer.returncode == 1
        return str(answer.stderr)

    def answers(self, *words: str) -> Any:
        return json.loads(self.prints(*words, *JSON))

    def plan(self, name: str = "p", *words: str) -> Any:
        return self.answers("schema", "plan", "--name", name, *(words or ("--pending",)))["File"]

    def approve(self, name: str = "p") -> None:
        self.prints("schema", "plan", "approve", "--url", f"atlas://app/plans/{name}")

    def wants(self, text: str) -> None:
        (self.person.home / "schema.sql").write_text(text)

    def tables(self) -> list[str]:
        found = {
            "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table'",
            "postgres": "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
            "mariadb": "SELECT table_name FROM information_schema.tables WHERE table_schema = database()",
        }[self.dialect]
        return sorted(str(row[0]) for row in self.query(found))

    def file(self, name: str, text: str) -> str:
        (self.person.home / name).write_text(text)
        return f"file://{name}"

    def pulled(self, name: str = "p") -> str:
        return self.person.prints("schema", "plan", "pull", "--url", f"atlas://app/plans/{name}")


def _sqlite(path: Path) -> Callable[[str], list[tuple[Any, ...]]]:
    import sqlite3

    def query(text: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(path)) as connection, connection:
            return connection.execute(text).fetchall()

    return query


def _postgres(url: str) -> Callable[[str], list[tuple[Any, ...]]]:
    import psycopg

    def query(text: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(url, autocommit=True) as connection:
            done = connection.execute(text)  # type: ignore[call-overload]  # the tests' own texts
            return done.fetchall() if done.description else []

    return query


def _mariadb(server: MariaDBServer, name: str) -> Callable[[str], list[tuple[Any, ...]]]:
    import pymysql

    def query(text: str) -> list[tuple[Any, ...]]:
        connection = pymysql.connect(
            host=server.host,
            port=server.port,
            user=server.user,
            password=server.password,
            database=name,
            autocommit=True,
        )
        with closing(connection), connection.cursor() as cursor:
            cursor.execute(text)
            return list(cursor.fetchall())

    return query


def _shop(served: Served, home: Path, urls: tuple[str, str], query: Any, dialect: str) -> Shop:
    home.mkdir()
    person = Person(home, {"ATLAS_CLOUD_URL": f"{served.url}/query", "ATLAS_TOKEN": served.token})
    (home / "atlas.hcl").write_text(
        f'env "prod" {{\n  url = "{urls[0]}"\n  dev = "{urls[1]}"\n  schema {{\n    src = "file://schema.sql"\n'
        '    repo {\n      name = "app"\n    }\n  }\n  lint {\n    review = ALWAYS\n  }\n}\n'
    )
    shop = Shop(person, query, dialect)
    shop.wants(USERS)
    person.prints(
        "schema",
        "apply",
        "--url",
        urls[0],
        "--dev-url",
        urls[1],
        "--to",
        "file://schema.sql",
        "--auto-approve",
    )
    shop.prints("schema", "push")
    shop.wants(AFTER)
    return shop


@pytest.fixture
def shop(tmp_path: Path, served: Served) -> Shop:
    home = tmp_path / "home"
    urls = ("sqlite://app.db", "sqlite://dev?mode=memory")
    return _shop(served, home, urls, _sqlite(home / "app.db"), "sqlite")


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def any_shop(request: pytest.FixtureRequest, tmp_path: Path, served: Served) -> Iterator[Shop]:
    if request.param == "sqlite":
        yield request.getfixturevalue("shop")
        return
    server: PostgresServer | MariaDBServer = request.getfixturevalue(request.param)
    names = (server.create_database(), server.create_database())
    try:
        if request.param == "postgres":
            urls = tuple(
                f"{server.url(name)}{'&' if '?' in server.url(name) else '?'}search_path=public"
                for name in names
            )
            query = _postgres(server.url(names[0]))
        else:
            urls = tuple(server.url(name) for name in names)
            query = _mariadb(server, names[0])  # type: ignore[arg-type]  # the parameter says which
        yield _shop(served, tmp_path / "home", (urls[0], urls[1]), query, request.param)
    finally:
        for name in names:
            server.drop_database(name)
