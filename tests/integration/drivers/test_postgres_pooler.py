"""PostgreSQL behind PgBouncer: a pooler that takes our session away is refused before the first statement."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from atlas.drivers.postgres import open_database
from atlas.engine.database_url import DatabaseURL, parse_database_url
from atlas.errors import Unsupported

from tests.daemon import Daemon, free_port
from tests.servers.postgres import PostgresServer
from tests.servers.programs import ProgramError, find_program, server_user

Pooled = Callable[..., DatabaseURL]


def accepts_connections(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def pooled(postgres: PostgresServer, postgres_url: str) -> Iterator[Pooled]:
    """Starts a pooler in a mode; returns the test's database by its address."""
    try:
        program = find_program("pgbouncer", patterns=("/usr/sbin",), how_to_get="apt-get install pgbouncer")
    except ProgramError as missing:
        pytest.skip(str(missing))
    owner, directory = server_user("postgres"), Path(tempfile.mkdtemp(prefix="atlas-pooler-"))
    started: list[Daemon] = []

    def start(mode: str, *settings: str) -> DatabaseURL:
        port = free_port()
        lines = [
            "[databases]",
            f"* = host={postgres.host} port={postgres.port} user={postgres.user} password={postgres.password}",
            "[pgbouncer]",
            "listen_addr = 127.0.0.1",
            f"listen_port = {port}",
            "unix_socket_dir =",
            "auth_type = any",
            f"pool_mode = {mode}",
            *settings,
        ]
        (directory / "pooler.ini").write_text("\n".join(lines) + "\n")
        if owner:
            shutil.chown(directory, owner)
            shutil.chown(directory / "pooler.ini", owner)
        daemon = Daemon(
            [str(program), "pooler.ini"], directory, lambda: accepts_connections(port), user=owner
        )
        daemon.start()
        started.append(daemon)
        return replace(parse_database_url(postgres_url), port=port)

    yield start
    for daemon in started:
        daemon.kill()
    shutil.rmtree(directory)


@pytest.mark.parametrize(
    "settings", [(), ("default_pool_size = 1",), ("server_round_robin = 1", "min_pool_size = 3")]
)
def test_transaction_mode_is_refused_in_words(pooled: Pooled, settings: tuple[str, ...]) -> None:
    with pytest.raises(Unsupported, match="pooler in transaction mode") as refused:
        open_database(pooled("transaction", *settings))
    assert "pool_mode=session" in str(refused.value)


@pytest.mark.parametrize("settings", [(), ("default_pool_size = 1",)])
def test_session_mode_holds_the_lock(
    pooled: Pooled, settings: tuple[str, ...], postgres: PostgresServer
) -> None:
    database = open_database(pooled("session", *settings))
    try:
        assert database.try_lock("x")
        database.session.execute("CREATE TABLE t (x int)")
        assert database.session.query(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        ) == [("1",)]
    finally:
        database.session.close()
