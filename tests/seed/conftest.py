"""A registry on loopback, and the blocks of the page run by a shell as a reader would paste them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.seed.cut import BLOCKS
from tests.servers.postgres import PostgresServer
from tests.servers.programs import ProgramError
from tests.servers.registry import registry_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROGRAMS = Path(sys.executable).parent
PUBLIC_URL = "https://example.atlasgo.cloud"
"""The address that links on the page start with."""
TAG = "39e7e4e35fce7409bd26d25d8140061695d4ffd5"
VERSION = "20231201182011"
FILES = {
    "20231130090000_create_users.sql": "CREATE TABLE users (id integer NOT NULL, PRIMARY KEY (id));\n",
    f"{VERSION}_add_email.sql": "ALTER TABLE users ADD COLUMN email varchar(120);\n",
}
LATER = {"20240115120000_add_phone.sql": "ALTER TABLE users ADD COLUMN phone varchar(40);\n"}
SCHEMA = "CREATE TABLE users (id integer NOT NULL, email text, PRIMARY KEY (id));\n"


def block(name: str) -> str:
    return (BLOCKS / name).read_text(encoding="utf-8")


def words(text: str) -> list[list[str]]:
    """The lines of a printed table as words: the page lost most of its alignment."""
    return [line.split() for line in text.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who follows the page in a folder of their own."""

    folder: Path
    environ: Mapping[str, str]

    def runs(self, script: str) -> str:
        """Run a script and return what it prints; it must succeed."""
        answer = self.tries(script)
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout

    def tries(self, script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-ec", script],
            cwd=self.folder,
            env=dict(self.environ),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def at(self, folder: Path) -> Reader:
        folder.mkdir(parents=True, exist_ok=True)
        return replace(self, folder=folder)

    def has_directory(self, files: Mapping[str, str]) -> None:
        """Write a sealed migration directory into the folder."""
        migrations = self.folder / "migrations"
        migrations.mkdir(exist_ok=True)
        for name, text in files.items():
            (migrations / name).write_text(text)
        self.runs("atlas migrate hash")


@pytest.fixture
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of an empty registry, and a token for it."""
    with registry_in(tmp_path_factory.mktemp("registry"), "--public-url", PUBLIC_URL) as found:
        yield found


@pytest.fixture
def reader(registry: tuple[str, str], tmp_path: Path) -> Reader:
    """A reader whose atlas speaks to the registry."""
    address, token = registry
    path = f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return Reader(
        tmp_path,
        {
            "PATH": path,
            "HOME": str(tmp_path),
            "ATLAS_CLOUD_URL": address,
            "ATLAS_TOKEN": token,
            "DATABASE_URL": f"sqlite://{tmp_path}/local.db",
        },
    )


@pytest.fixture(scope="module")
def example_port() -> Iterator[int]:
    """A PostgreSQL server as the page has it, user postgres with password pass, on a port of its own."""
    try:
        server = PostgresServer.start()
    except ProgramError as missing:
        pytest.skip(str(missing))
    server.query("postgres", "CREATE ROLE postgres SUPERUSER LOGIN PASSWORD 'pass'")
    yield server.port
    server.stop()


@pytest.fixture
def example(example_port: int) -> Iterator[psycopg.Connection]:
    """The database ``example`` of the page, empty."""
    server = f"postgres://postgres:pass@127.0.0.1:{example_port}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS example WITH (FORCE)")
        admin.execute("CREATE DATABASE example")
        with psycopg.connect(f"{server}/example", autocommit=True) as connection:
            yield connection


def columns_of_users(connection: psycopg.Connection) -> set[str]:
    rows = connection.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'users'")
    return {name for (name,) in rows}
