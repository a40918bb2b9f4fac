"""One MariaDB server for tests, with passwords on and no anonymous users."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest

from tests.daemon import Daemon, as_user, free_port
from tests.servers.programs import find_program, server_user

HOW_TO_GET = (
    "apt-get install mariadb-server, or set ATLAS_TEST_MARIADB_URL to a server that tests may write to"
)

GONE_WITHIN_S = 60


@dataclass(frozen=True, slots=True)
class MariaDBServer:
    """A running server and a user who may do everything; ``daemon`` is None for a server that is not ours to stop."""

    host: str
    port: int
    user: str
    password: str
    daemon: Daemon | None = None

    @classmethod
    def start(
        cls, *, fsync: bool = False, settings: tuple[str, ...] = (), within: str | None = None
    ) -> MariaDBServer:
        """Start a server in a new folder, below ``within``; ``settings`` are more options of mariadbd, without the dashes.

        Without ``fsync`` what is committed outlives the death of the server, but not that of the machine.

        Raises:
            ProgramError: MariaDB is not installed.
        """
        mariadbd, owner = mariadb_program("mariadbd"), server_user("mysql")
        directory = Path(tempfile.mkdtemp(prefix="atlas-mariadb-", dir=within))
        try:
            port, password = free_port(), secrets.token_hex(12)
            write_first_sql(directory, password)
            if owner:
                shutil.chown(directory, owner)
                shutil.chown(directory / "first.sql", owner)
            make_data(directory, owner)
            server = cls("127.0.0.1", port, "atlas", password)
            options = [*configuration(port, directory, fsync=fsync), *settings]
            command = [str(mariadbd), "--no-defaults", *(f"--{option}" for option in options)]
            daemon = Daemon(command, directory, server.answers, user=owner)
            daemon.start()
        except BaseException:
            shutil.rmtree(directory, ignore_errors=True)
            raise
        return cls("127.0.0.1", port, "atlas", password, daemon)

    @classmethod
    def at(cls, url: str) -> MariaDBServer:
        """Return the server of a URL; it is used and never stopped."""
        parts = urlsplit(url)
        host, user = parts.hostname or "127.0.0.1", unquote(parts.username or "root")
        return cls(host, parts.port or 3306, user, unquote(parts.password or ""))

    def url(self, database: str = "", *, scheme: str = "maria") -> str:
        """Return the URL of a database, of the whole server without a name; ``scheme`` may be mysql or mariadb."""
        return f"{scheme}://{quote(self.user)}:{quote(self.password)}@{self.host}:{self.port}/{database}"

    def answers(self) -> bool:
        """Tell whether the server takes our password."""
        import pymysql

        try:
            self._connect("").close()
        except pymysql.OperationalError:
            return False
        return True

    def query(self, database: str, sql: str) -> list[tuple[Any, ...]]:
        """Run SQL in its own connection and return the rows of the last result, none if it has none."""
        with self._connect(database) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            rows = list(cursor.fetchall())
            while cursor.nextset():
                rows = list(cursor.fetchall())
            return rows

    def create_database(self) -> str:
        """Make a database with a new name and return the name."""
        name = f"test_{secrets.token_hex(6)}"
        self.query("", f"CREATE DATABASE `{name}`")
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database once nobody is connected to it any more; it may be gone already.

        Locks of GET_LOCK are of the whole server, and a server notices a client that died only after its statement.
        """
        deadline = time.monotonic() + GONE_WITHIN_S
        while left := self.query("", f"SELECT id FROM information_schema.processlist WHERE db = '{name}'"):
            assert time.monotonic() < deadline, f"sessions {left} do not leave the database {name}"
            for (session,) in left:
                self.end_session(session)
        self.query("", f"DROP DATABASE IF EXISTS `{name}`")

    def end_session(self, number: int) -> None:
        """End the connection of somebody; it may be gone already."""
        import pymysql

        with suppress(pymysql.OperationalError):  # 1094: there is no such session
            self.query("", f"KILL CONNECTION {number}")

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
        import pymysql
        from pymysql.constants import CLIENT

        return pymysql.connect(
            host=self.host,
            port=self.port,
            user=self.user,
            password=self.password,
            database=database or None,
            connect_timeout=5,
            charset="utf8mb4",
            autocommit=True,
            ssl_disabled=True,  # reading the certificates of the machine takes 75 ms a connection
            client_flag=CLIENT.MULTI_STATEMENTS,
        )

    def _ours(self) -> Daemon:
        if self.daemon is None:
            pytest.skip("the server of ATLAS_TEST_MARIADB_URL is not ours to kill")
        return self.daemon


def mariadb_program(name: str) -> Path:
    return find_program(name, patterns=("/usr/sbin", "/usr/libexec"), how_to_get=HOW_TO_GET)


def write_first_sql(directory: Path, password: str) -> None:
    """Write what the server runs at each start: our user is there; nobody comes by TCP without a password."""
    path = directory / "first.sql"
    path.touch(mode=0o600)
    # NB: an anonymous user of localhost comes before 'atlas'@'%' and would refuse our password.
    path.write_text(
        "DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> 'localhost');\n"
        "FLUSH PRIVILEGES;\n"
        f"CREATE USER IF NOT EXISTS 'atlas'@'%' IDENTIFIED BY '{password}';\n"
        "GRANT ALL PRIVILEGES ON *.* TO 'atlas'@'%' WITH GRANT OPTION;\n"
    )


def make_data(directory: Path, owner: str | None) -> None:
    """Make the folder ``data`` with the system tables."""
    options = ["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"]
    subprocess.run(
        [
            mariadb_program("mariadb-install-db"),
            "--no-defaults",
            f"--datadir={directory / 'data'}",
            f"--tmpdir={directory}",
            *options,
        ],
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=True,
        **as_user(owner),
    )


def configuration(port: int, directory: Path, *, fsync: bool) -> list[str]:
    return [
        "bind-address=127.0.0.1",
        f"port={port}",
        f"datadir={directory / 'data'}",
        # NB: a server that starts deletes all temporary tables in its tmpdir, those of its neighbours too.
        f"tmpdir={directory}",
        f"socket={directory / 'server.sock'}",
        f"pid-file={directory / 'server.pid'}",
        f"init-file={directory / 'first.sql'}",
        f"innodb-flush-log-at-trx-commit={1 if fsync else 2}",
        f"innodb-doublewrite={1 if fsync else 0}",
        "innodb-buffer-pool-size=64M",
        "innodb-log-file-size=32M",
        "character-set-server=utf8mb4",
        "collation-server=utf8mb4_general_ci",
        "max-connections=200",
        "skip-name-resolve",
    ]
