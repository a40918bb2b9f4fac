"""What tests of test files begin with: a shell, a schema, a directory, and a dev database of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from tests.integration.cli.conftest import Answer, Shell
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

SCHEMA = """\
CREATE TABLE users (id integer NOT NULL PRIMARY KEY, name varchar(50) NOT NULL);
CREATE VIEW names AS SELECT name FROM users;
"""
MIGRATIONS = {
    "1_users.sql": "CREATE TABLE users (id integer NOT NULL PRIMARY KEY, name varchar(50) NOT NULL);\n",
    "2_first.sql": (
        "ALTER TABLE users ADD COLUMN first_name varchar(50);\nUPDATE users SET first_name = upper(name);\n"
    ),
    "3_broken.sql": "CREATE TABLE fine (id integer);\nINSERT INTO users (id, name) VALUES (1, 'twice');\n",
}
DUPLICATE = {
    "sqlite": "UNIQUE constraint failed: users.id",
    "postgres": 'duplicate key value violates unique constraint "users_pkey" (23505)',
    "mariadb": "Duplicate entry",
}


@dataclass(frozen=True, slots=True)
class Bench:
    """A shell with a schema, a directory, and a dev database of one kind."""

    dialect: str
    dev: str
    shell: Shell
    server: PostgresServer | MariaDBServer | None = None
    before: frozenset[str] = frozenset()

    def schema(self, cases: str, *words: str, **environ: str) -> Answer:
        (self.shell.folder / "schema.sql").write_text(SCHEMA)
        (self.shell.folder / "s.test.hcl").write_text(cases)
        return self.shell(
            *("schema", "test", "--url", "file://schema.sql", "--dev-url", self.dev, "s.test.hcl", *words),
            **environ,
        )

    def migrate(self, cases: str, *words: str, files: Mapping[str, str] = MIGRATIONS) -> Answer:
        self.shell.write(files)
        (self.shell.folder / "m.test.hcl").write_text(cases)
        return self.shell("migrate", "test", "--dev-url", self.dev, "m.test.hcl", *words)

    def rooms(self) -> list[str]:
        """Rooms that are there now, and were not when the test began: another test kills a command."""
        match self.server:
            case PostgresServer():
                rows = self.server.query("postgres", "SELECT datname FROM pg_database")
            case MariaDBServer():
                rows = self.server.query("mysql", "SELECT schema_name FROM information_schema.schemata")
            case _:
                return []
        names = {str(name) for (name,) in rows if str(name).startswith("atlas_dev_")}
        return sorted(names - self.before)


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def bench(request: pytest.FixtureRequest, atlas: Shell) -> Bench:
    kind: str = request.param
    if kind == "sqlite":
        return Bench(kind, "sqlite://dev?mode=memory", atlas)
    url: str = request.getfixturevalue(f"{kind}_url")
    server = request.getfixturevalue(kind)
    found = Bench(kind, f"{url}&search_path=public" if kind == "postgres" else url, atlas, server)
    return replace(found, before=frozenset(found.rooms()))


def lines(answer: Answer) -> list[str]:
    """The report without its durations."""
    return [line.partition(" (")[0] if line.startswith("-- ") else line for line in answer.out.splitlines()]
