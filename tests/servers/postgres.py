"""One PostgreSQL server for tests, with passwords on."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest

from tests.daemon import Daemon, as_user, free_port
from tests.servers.programs import find_program, server_user

HOW_TO_GET = "apt-get install postgresql, or set ATLAS_TEST_POSTGRES_URL to a server that tests may write to"


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server and its superuser; ``daemon`` is None for a server that is not ours to stop."""

    host: str
    port: int
    user: str
    password: str
    daemon: Daemon | None = None

    @classmethod
    def start(
        cls, *, fsync: bool = False, settings: tuple[str, ...] = (), within: str | None = None
    ) -> PostgresServer:
        """Start a server in a new folder, below ``within``; ``settings`` are more lines of its configuration.

        Without ``fsync`` what is committed outlives the death of the server, but not that of the machine.

        Raises:
            ProgramError: PostgreSQL is not installed.
        """
        postgres, owner = postgres_program("postgres"), server_user("postgres")
        directory = Path(tempfile.mkdtemp(prefix="atlas-postgres-", dir=within))
        try:
            port, password = free_port(), secrets.token_hex(12)
            if owner:
                shutil.chown(directory, owner)
            make_data(directory, password, owner)
            lines = [*configuration(port, directory, fsync=fsync), *settings]
            with (directory / "data" / "postgresql.conf").open("a") as file:
                file.writelines(f"{line}\n" for line in lines)
            server = cls("127.0.0.1", port, "atlas", password)
            daemon = Daemon([str(postgres), "-D", "data"], directory, server.answers, user=owner)
            daemon.start()
        except BaseException:
            shutil.rmtree(directory, ignore_errors=True)
            raise
        return cls("127.0.0.1", port, "atlas", password, daemon)

    @classmethod
    def at(cls, url: str) -> PostgresServer:
        """Return the server of a URL; it is used and never stopped."""
        parts = urlsplit(url)
        host, user = parts.hostname or "127.0.0.1", unquote(parts.username or "postgres")
        return cls(host, parts.port or 5432, user, unquote(parts.password or ""))

    def url(self, database: str = "postgres") -> str:
        """Return the URL of a database in the form that users write, password and all."""
        return f"postgres://{quote(self.user)}:{quote(self.password)}@{self.host}:{self.port}/{database}?sslmode=disable"

    def answers(self) -> bool:
        """Tell whether the server takes our password; while it recovers after a kill it does not."""
        import psycopg

        try:
            self._connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def query(self, database: str, sql: str) -> list[tuple[Any, ...]]:
        """Run SQL in its own connection and return the rows of the last result, none if it has none."""
        with self._connect(database) as connection, connection.cursor() as cursor:
            cursor.execute(sql.encode())
            while cursor.nextset():
                pass
            return cursor.fetchall() if cursor.description else []

    def psql(self, sql: str, *, database: str = "postgres") -> str:
        """Run a script by psql, stopping at the first error, and return its unaligned output."""
        address = ["-h", self.host, "-p", str(self.port), "-U", self.user, "-d", database]
        answer = subprocess.run(
            [postgres_program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *address],
            env={**os.environ, "PGPASSWORD": self.password, "PGSSLMODE": "disable"},
            input=sql,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def create_database(self, *, template: str = "template1", options: str = "") -> str:
        """Make a database with a new name, a copy of ``template``, and return the name."""
        name = f"test_{secrets.token_hex(6)}"
        if self.daemon and not options:
            options = "STRATEGY file_copy"  # PostgreSQL 15; without fsync two thirds of the cost of the other
        self.query("postgres", f'CREATE DATABASE "{name}" TEMPLATE "{template}" {options}')
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, also when somebody is still connected; it may be gone already."""
        self.query("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def kill9(self) -> None:
        """End the server as a power cut does; its clients see a broken connection."""
        self._ours().kill()

    def restart(self) -> None:
        """Bring the server back on the same port with its data, after ``kill9`` or while it runs."""
        daemon = self._ours()
        daemon.kill()
        daemon.start()

    def stop(self) -> None:
        """End the server and delete its data; safe to call twice, and nothing for a server that is not ours."""
        if self.daemon:
            self.daemon.kill()
            shutil.rmtree(self.daemon.directory, ignore_errors=True)

    def _connect(self, database: str) -> Any:
        import psycopg

        return psycopg.connect(
            host=self.host,
            port=self.port,
            user=self.user,
            password=self.password,
            dbname=database,
            connect_timeout=5,
            autocommit=True,
        )

    def _ours(self) -> Daemon:
        if self.daemon is None:
            pytest.skip("the server of ATLAS_TEST_POSTGRES_URL is not ours to kill")
        return self.daemon


def postgres_program(name: str) -> Path:
    """Return a program of the newest installed PostgreSQL; distributions keep the server off PATH."""
    return find_program(
        name, patterns=("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin"), how_to_get=HOW_TO_GET
    )


def make_data(directory: Path, password: str, owner: str | None) -> None:
    """Make the folder ``data`` with a superuser ``atlas`` who has a password, over TCP and over the socket."""
    secret = directory / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if owner:
        shutil.chown(secret, owner)
    options = [
        "--username=atlas",
        "--pwfile=password",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
    ]
    subprocess.run(
        [postgres_program("initdb"), "--pgdata=data", "--no-sync", *options],
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=True,
        **as_user(owner),
    )
    secret.unlink()


def configuration(port: int, directory: Path, *, fsync: bool) -> list[str]:
    to_disk = "on" if fsync else "off"
    return [
        f"fsync = {to_disk}",
        f"full_page_writes = {to_disk}",
        "listen_addresses = '127.0.0.1'",
        f"port = {port}",
        f"unix_socket_directories = '{directory}'",
        "max_connections = 200",
        "shared_buffers = 64MB",
        "wal_level = minimal",
        "max_wal_senders = 0",
        "autovacuum = off",  # its locks would come at any moment of a test
    ]
