"""The servers of ``bench.schema_size``, each with the schema in it, and what their own programs do with it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A disk would take most of the time of both sides, and hide what ours adds.
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A database with the schema in it.

    Attributes:
        dump: Writes the schema out.
        load: Makes the schema in a new database.
        inspect_goal, diff_goal: What our inspection may take of one dump, and our diff of a load and two dumps.
        query_goal: How many queries an inspection may ask.
    """

    name: str
    url: str
    dev_url: str
    dump: Callable[[], object]
    load: Callable[[], object]
    inspect_goal: float = 2
    diff_goal: float = 1.5
    query_goal: int = 12


@contextmanager
def postgres_peer(folder: Path, script: str) -> Iterator[Peer]:
    """``pg_dump -s``, and ``psql -f``."""
    server = PostgresServer.start(fsync=True, within=_MEMORY)
    try:
        name, dev = server.create_database(), server.create_database()
        path = folder / "current.sql"
        path.write_text(script)
        environ = {**os.environ, "PGPASSWORD": server.password, "PGSSLMODE": "disable"}
        address = ["-h", server.host, "-p", str(server.port), "-U", server.user]

        def run(*command: str) -> None:
            subprocess.run([*command, *address], check=True, env=environ, stdout=subprocess.DEVNULL)

        def load() -> None:
            scratch = server.create_database()
            run("psql", "-X", "-q", "-f", str(path), "-d", scratch)
            server.drop_database(scratch)

        run("psql", "-X", "-q", "-f", str(path), "-d", name)
        yield Peer(
            name="postgres",
            url=f"{server.url(name)}&search_path=public",
            dev_url=f"{server.url(dev)}&search_path=public",
            dump=lambda: run("pg_dump", "-s", "-d", name),
            load=load,
        )
    finally:
        server.stop()


@contextmanager
def mariadb_peer(folder: Path, script: str) -> Iterator[Peer]:  # noqa: ARG001 - its program reads from a pipe
    """``mariadb-dump --no-data``, and ``mariadb``."""
    server = MariaDBServer.start(fsync=True, within=_MEMORY)
    try:
        name, dev = server.create_database(), server.create_database()
        address = ["-h", server.host, "-P", str(server.port), "-u", server.user, f"-p{server.password}"]

        def run(program: str, *words: str, text: str = "") -> None:
            command = [program, *address, "--protocol=tcp", *words]
            subprocess.run(command, check=True, input=text, text=True, stdout=subprocess.DEVNULL)

        def load() -> None:
            scratch = server.create_database()
            run("mariadb", scratch, text=script)
            server.drop_database(scratch)

        run("mariadb", name, text=script)
        yield Peer(
            name="mariadb",
            url=server.url(name),
            dev_url=server.url(dev),
            dump=lambda: run("mariadb-dump", "--no-data", name),
            load=load,
            query_goal=16,
        )
    finally:
        server.stop()


@contextmanager
def sqlite_peer(folder: Path, script: str) -> Iterator[Peer]:
    """A Python process that reads the pragmas of all tables by the library alone, or runs the script.

    There is no server: what we do in Python beyond that has nothing to hide behind, and the goals are looser.
    """
    path, text = folder / "current.db", folder / "current.lite.sql"
    with sqlite3.connect(path) as connection:
        connection.executescript(script)
    connection.close()
    text.write_text(script)

    def run(code: str, *words: str) -> None:
        command = [
            sys.executable,
            "-c",
            f"import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); {code}",
            *words,
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    yield Peer(
        name="sqlite",
        url=f"sqlite://{path}",
        dev_url="sqlite://dev?mode=memory",
        dump=lambda: run(f"[print(*row) for sql in {_PRAGMAS} for row in c.execute(sql)]", str(path)),
        load=lambda: run("c.executescript(open(sys.argv[2]).read())", ":memory:", str(text)),
        inspect_goal=2.5,
        diff_goal=2,
    )


_PRAGMAS = (
    "SELECT * FROM sqlite_schema",
    "SELECT * FROM sqlite_schema AS s JOIN pragma_table_xinfo(s.name)",
    "SELECT * FROM sqlite_schema AS s JOIN pragma_index_list(s.name) AS i JOIN pragma_index_xinfo(i.name)",
    "SELECT * FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name)",
)
