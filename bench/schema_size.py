"""A schema of 1,000 tables: inspecting it, and a diff with three changes, against the dump programs of the servers.

Wall time is of whole commands, ours and theirs in turns. CPU is of our process alone, without the server's.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import Goal, median_of_pairs, seconds_of, tell
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TABLES = 1000
REPEATS = 3
ATLAS = str(Path(sys.executable).parent / "atlas")
_TYPES = {
    "postgres": ("bigint", "text", "numeric(10,2)", "timestamptz"),
    "mariadb": ("bigint", "varchar(80)", "decimal(10,2)", "datetime"),
}
_TYPES["sqlite"] = ("integer", "text", "numeric(10,2)", "datetime")


@dataclass(frozen=True, slots=True)
class Peer:
    """A server with the schema in it, and what its own programs do with it."""

    name: str
    url: str
    dev_url: str
    dump: Callable[[], object]
    load: Callable[[], object]


def main() -> bool:
    """Goals: inspect at most 2 times a dump, diff at most 1.5 times one load and two dumps, CPU 1 s and 3 s."""
    met = []
    with tempfile.TemporaryDirectory() as folder:
        for peer_of in (postgres_peer, mariadb_peer, sqlite_peer):
            with peer_of(Path(folder)) as peer:
                met += measured(peer, Path(folder))
    return all(met)


def script(dialect: str, *, changed: bool = False) -> str:
    """1,000 tables of 10 columns, two indexes each, a foreign key to the table before; three changes on demand."""
    number, text, amount, moment = _TYPES[dialect]
    lines = []
    for n in range(1, TABLES + 1):
        columns = [f"id {number} NOT NULL PRIMARY KEY", f"parent {number}", f"name {text} NOT NULL"]
        columns += [f"note{i} {text}" for i in range(4)]
        columns += [f"total {amount} DEFAULT 0", f"created {moment}", f"state {number} NOT NULL DEFAULT 1"]
        if changed and n == TABLES // 2:
            columns.append(f"added {text}")
        if n > 1:
            columns.append(f"CONSTRAINT t{n}_fk FOREIGN KEY (parent) REFERENCES t{n - 1} (id)")
        lines.append(f"CREATE TABLE t{n} ({', '.join(columns)});")
        lines.append(f"CREATE INDEX t{n}_state ON t{n} (state);")
        if not (changed and n == 1):
            lines.append(f"CREATE INDEX t{n}_created ON t{n} (created, state);")
    if changed:
        lines.append("CREATE INDEX t2_total ON t2 (total);")
    return "\n".join(lines) + "\n"


def measured(peer: Peer, folder: Path) -> list[bool]:
    """The lines of one server."""
    desired = folder / f"{peer.name}.sql"
    desired.write_text(script(peer.name, changed=True))
    inspect = [ATLAS, "schema", "inspect", "--url", peer.url]
    diff = [
        ATLAS,
        "schema",
        "diff",
        "--from",
        peer.url,
        "--to",
        f"file://{desired}",
        "--dev-url",
        peer.dev_url,
    ]
    assert output(inspect).count('table "') == TABLES
    statements = [line for line in output(diff).splitlines() if line and not line.startswith("--")]
    assert len(statements) == 3, statements
    inspect_s, dump_s = median_of_pairs(timed(inspect), lambda: seconds_of(peer.dump), repeats=REPEATS)
    diff_s, load_s = median_of_pairs(timed(diff), lambda: seconds_of(peer.load), repeats=REPEATS)
    inspect_cpu, diff_cpu = cpu_seconds(peer, desired)
    limit = load_s + 2 * dump_s
    return [
        tell(
            f"inspect of {TABLES} tables on {peer.name} / dump",
            inspect_s / dump_s,
            Goal(2, "x"),
            f"[{inspect_s:.2f} s, dump {dump_s:.2f} s]",
        ),
        tell(
            f"diff on {peer.name} / load + 2 dumps",
            diff_s / limit,
            Goal(1.5, "x"),
            f"[{diff_s:.2f} s, load {load_s:.2f} s]",
        ),
        tell(f"CPU of inspect on {peer.name}", inspect_cpu, Goal(1, " s")),
        tell(f"CPU of a diff on {peer.name}", diff_cpu, Goal(3, " s")),
    ]


def cpu_seconds(peer: Peer, desired: Path) -> tuple[float, float]:
    """CPU of our process: one inspection; and a whole diff with loading the desired state."""
    from atlas.drivers import open_driver, schema_driver
    from atlas.engine.database_url import parse_database_url
    from atlas.engine.desired_state import SqlScript, SqlState, normalize
    from atlas.engine.plan import PlanOptions, make_plan
    from atlas.engine.restrict import inspect_realm
    from atlas.engine.scope import Scope

    url = parse_database_url(peer.url)
    driver, scope = schema_driver(peer.name), Scope(bound=url.schema)
    database, dev = open_driver(url), open_driver(parse_database_url(peer.dev_url))
    try:
        start = time.process_time()
        current = inspect_realm(driver, database, scope)
        inspect_cpu = time.process_time() - start
        state = SqlState((SqlScript(desired.name, desired.read_text()),))
        normal = normalize(state, driver=driver, dev=driver.dev(dev), scope=scope, dialect=peer.name)
        plan = make_plan(driver, current, normal.realm, PlanOptions(bound=scope.bound))
        assert len(plan.changes) == 3, plan.changes
        return inspect_cpu, time.process_time() - start
    finally:
        database.session.close()
        dev.session.close()


def output(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def timed(command: list[str]) -> Callable[[], float]:
    return lambda: seconds_of(lambda: output(command))


@contextmanager
def postgres_peer(folder: Path) -> Iterator[Peer]:
    server = PostgresServer.start(fsync=True)
    try:
        name, dev = server.create_database(), server.create_database()
        path = folder / "current.sql"
        path.write_text(script("postgres"))
        environ = {**os.environ, "PGPASSWORD": server.password, "PGSSLMODE": "disable"}
        address = ["-h", server.host, "-p", str(server.port), "-U", server.user]

        def run(*command: str) -> None:
            subprocess.run([*command, *address], check=True, env=environ, stdout=subprocess.DEVNULL)

        def load() -> None:
            scratch = server.create_database()
            run("psql", "-X", "-q", "-f", str(path), "-d", scratch)
            server.drop_database(scratch)

        run("psql", "-X", "-q", "-f", str(path), "-d", name)
        bound = "&search_path=public"
        yield Peer(
            "postgres",
            server.url(name) + bound,
            server.url(dev) + bound,
            lambda: run("pg_dump", "-s", "-d", name),
            load,
        )
    finally:
        server.stop()


@contextmanager
def mariadb_peer(folder: Path) -> Iterator[Peer]:
    server = MariaDBServer.start(fsync=True)
    try:
        name, dev = server.create_database(), server.create_database()
        path = folder / "current.my.sql"
        path.write_text(script("mariadb"))
        address = [
            "-h",
            server.host,
            "-P",
            str(server.port),
            "-u",
            server.user,
            f"-p{server.password}",
            "--protocol=tcp",
        ]

        def run(program: str, *words: str, script: str = "") -> None:
            subprocess.run(
                [program, *address, *words], check=True, input=script, text=True, stdout=subprocess.DEVNULL
            )

        def load() -> None:
            scratch = server.create_database()
            run("mariadb", scratch, script=path.read_text())
            server.drop_database(scratch)

        run("mariadb", name, script=path.read_text())
        yield Peer(
            "mariadb", server.url(name), server.url(dev), lambda: run("mariadb-dump", "--no-data", name), load
        )
    finally:
        server.stop()


@contextmanager
def sqlite_peer(folder: Path) -> Iterator[Peer]:
    """The peer is a Python process that does the same with the library alone."""
    path, text = folder / "current.db", script("sqlite")
    with sqlite3.connect(path) as connection:
        connection.executescript(text)
    (folder / "current.lite.sql").write_text(text)
    start = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "

    def run(code: str, *words: str) -> None:
        subprocess.run([sys.executable, "-c", start + code, *words], check=True, stdout=subprocess.DEVNULL)

    def dump() -> None:
        run("print(*(row[0] for row in c.execute('SELECT sql FROM sqlite_schema')), sep='\\n')", str(path))

    def load() -> None:
        run("c.executescript(open(sys.argv[2]).read())", ":memory:", str(folder / "current.lite.sql"))

    yield Peer("sqlite", f"sqlite://{path}", "sqlite://dev?mode=memory", dump, load)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
