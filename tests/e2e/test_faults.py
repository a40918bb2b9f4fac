"""Faults from outside: killed processes, servers that go and come back, other writers, a lock in other hands."""

from __future__ import annotations

import subprocess
import threading
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from atlas.drivers.postgres.lock import lock_key
from atlas.engine.apply import LOCK_NAME

from tests.e2e.conftest import BIN, resource
from tests.e2e.databases import OnMariaDB, OnPostgres
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.controlplane.cluster import ControlPlane
    from tests.e2e.conftest import Namespace, Process, RegistryServer
    from tests.e2e.databases import Database
    from tests.servers.mariadb import MariaDBServer
    from tests.servers.postgres import PostgresServer

FILES = 40
ONE = {"1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY);"}
TWO = ONE | {"2_b.sql": "CREATE TABLE b (id integer PRIMARY KEY);"}
FROM_SECRET = {"urlFrom": {"secretKeyRef": {"name": "db", "key": "url"}}}


def many_files(database: Database) -> dict[str, str]:
    """Each makes a table and adds a row to a table that takes every row; the one in the middle takes its time."""
    files = {"00_log.sql": "CREATE TABLE log (number integer);\n"}
    for number in range(1, FILES):
        lines = [f"CREATE TABLE t{number} (id integer);", f"INSERT INTO log VALUES ({number});"]
        lines += [f"{database.sleep(1)};"] if number == FILES // 2 else []
        files[f"{number:02d}_t.sql"] = "\n".join(lines) + "\n"
    return files


def applied(database: Database) -> int:
    """How many files are recorded as complete."""
    if "atlas_schema_revisions" not in database.tables():
        return 0
    asked = "SELECT count(*) FROM atlas_schema_revisions WHERE applied = total AND version NOT LIKE '.%'"
    return int(database.query(asked)[0][0])


@pytest.mark.parametrize("kind", ["postgres", "mariadb"])
def test_a_run_that_was_killed_is_completed_and_nothing_ran_twice(
    namespace: Namespace, new_operator: Callable[..., Process], kind: str, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue(kind)
    database = OnPostgres(server) if kind == "postgres" else OnMariaDB(server)
    namespace.secret("db", url=database.url())
    first = new_operator()
    first.start()
    namespace.migration("shop", {**FROM_SECRET, "dir": {"local": many_files(database)}})
    wait_until(database.is_sleeping, first.log.read_text)
    first.kill()
    assert applied(database) == FILES // 2
    new_operator().start()
    namespace.wait_ready("shop", f"{FILES - 1}")
    rows = database.query("SELECT number FROM log ORDER BY number")
    assert [number for (number,) in rows] == list(range(1, FILES))
    assert applied(database) == FILES


def test_a_kill_inside_ddl_stops_mariadb_until_a_person_says_how_to_go_on(
    namespace: Namespace, new_operator: Callable[..., Process], mariadb: MariaDBServer, tmp_path: Path
) -> None:
    database = OnMariaDB(mariadb)
    files = ONE | {
        "2_slow.sql": "CREATE TABLE b AS SELECT SLEEP(3) AS id;\n",
        "3_c.sql": "CREATE TABLE c (id int);\n",
    }
    namespace.secret("db", url=database.url())
    first = new_operator()
    first.start()
    namespace.migration("shop", {**FROM_SECRET, "dir": {"local": files}})
    wait_until(database.is_sleeping, first.log.read_text)
    first.kill()
    second = new_operator()
    second.start()
    message = namespace.wait_reason("shop", "StatementInterrupted")
    for words in ("CREATE TABLE b", "--interrupted applied", "--interrupted rerun", "reconcile-requested-at"):
        assert words in message
    assert namespace.condition("shop", "Stalled")["status"] == "True"
    assert namespace.condition("shop", "Reconciling")["status"] == "False"
    assert not database.is_sleeping()
    assert "b" in database.tables()  # the server ended the statement of the dead client, and told nobody
    go_on(namespace, database, written(tmp_path, files), "applied")
    namespace.wait_ready("shop", "3")
    assert {"a", "b", "c"} <= database.tables()


def written(folder: Path, files: dict[str, str]) -> Path:
    directory = folder / "by-hand"
    directory.mkdir()
    for name, text in files.items():
        (directory / name).write_text(text)
    by_hand("migrate", "hash", "--dir", f"file://{directory}")
    return directory


def go_on(namespace: Namespace, database: Database, directory: Path, way: str) -> None:
    """What the message and the runbook say: the command, then the annotation."""
    words = ("--dir", f"file://{directory}", "--url", database.url(), "--interrupted", way, "--to-version")
    by_hand("migrate", "apply", *words, interrupted_version(database))
    namespace.annotate("shop", "now")


def interrupted_version(database: Database) -> str:
    rows = database.query("SELECT version FROM atlas_schema_revisions WHERE applied < total")
    return str(rows[0][0])


def by_hand(*words: str) -> None:
    answer = subprocess.run(
        [str(BIN / "atlas"), *words], capture_output=True, text=True, check=False, timeout=60
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_database_that_is_away_is_waited_for_without_a_hand(
    namespace: Namespace, operator: Process, postgres: PostgresServer
) -> None:
    database = OnPostgres(postgres)
    namespace.secret("db", url=database.url())
    namespace.migration("shop", {**FROM_SECRET, "dir": {"local": ONE}})
    namespace.wait_ready("shop", "1")
    postgres.kill9()
    try:
        namespace.migration("shop", {**FROM_SECRET, "dir": {"local": TWO}})
        message = namespace.wait_reason("shop", "ConnectFailed")
        assert f"{postgres.host}:{postgres.port}" in message or str(postgres.port) in message
        assert namespace.condition("shop", "Reconciling")["status"] == "True"
        assert namespace.condition("shop", "Stalled")["status"] == "False"
    finally:
        postgres.restart()
    namespace.wait_ready("shop", "2")
    assert namespace.get("shop")["status"]["failed"] == 0


def test_a_restart_of_the_api_server_amid_20_runs_loses_and_doubles_nothing(
    control_plane: ControlPlane, namespace: Namespace, operator: Process, postgres: PostgresServer
) -> None:
    databases = [OnPostgres(postgres) for _ in range(20)]
    slow = ONE | {
        "2_b.sql": "CREATE TABLE b (id integer);\nINSERT INTO b VALUES (1);\nSELECT pg_sleep(1.5);\n"
    }
    names = [f"shop-{number}" for number in range(20)]
    specs = [{"url": database.url(), "dir": {"local": slow}} for database in databases]
    namespace.apply(*(resource(name, spec) for name, spec in zip(names, specs, strict=True)))
    wait_until(lambda: any(database.is_sleeping() for database in databases), operator.log.read_text)
    control_plane.restart_apiserver()
    for name in names:
        namespace.wait_ready(name, "2")
    for database in databases:
        assert database.query("SELECT count(*) FROM b") == [(1,)]


def test_other_writers_of_the_status_and_the_metadata_make_nobody_lose(
    namespace: Namespace, operator: Process
) -> None:
    namespace.migration("shop", {"url": namespace.url("app.db"), "dir": {"local": ONE}})
    over = threading.Event()
    writers = [threading.Thread(target=write_until, args=(over, namespace, number)) for number in range(3)]
    for writer in writers:
        writer.start()
    try:
        for number in range(2, 7):
            files = {f"{n}_t.sql": f"CREATE TABLE t{n} (id integer);" for n in range(1, number)}
            spec = {"url": namespace.url(f"{number}.db"), "dir": {"local": files}}
            namespace.migration("shop", spec)
            namespace.wait_ready("shop", str(number - 1))
    finally:
        over.set()
        for writer in writers:
            writer.join(30)
    assert [line for line in operator.lines() if line["level"] in ("warning", "error")] == []


def write_until(over: threading.Event, namespace: Namespace, number: int) -> None:
    """Patch a status field that is not the operator's, or a label, as fast as kubectl does."""
    words = ("patch", "atlasmigration", "shop", "-n", namespace.name, "--type=merge", "-p")
    count = 0
    while not over.is_set():
        count += 1
        if number:
            status = f'{{"status": {{"approvalUrl": "https://example.com/{number}-{count}"}}}}'
            namespace.kubectl(*words, status, "--subresource=status")
        else:
            namespace.kubectl(*words, f'{{"metadata": {{"labels": {{"seen": "{count}"}}}}}}')


def test_a_registry_that_is_away_is_waited_for(
    namespace: Namespace, operator: Process, registry: RegistryServer
) -> None:
    registry.push("shop", "v1", ONE)
    registry.push("shop", "v2", TWO)
    namespace.secret("registry", token=registry.token)

    def spec(tag: str) -> dict[str, Any]:
        token = {"secretKeyRef": {"name": "registry", "key": "token"}}
        cloud = {"url": registry.url, "tokenFrom": token}
        return {
            "url": namespace.url("app.db"),
            "cloud": cloud,
            "dir": {"remote": {"name": "shop", "tag": tag}},
        }

    namespace.migration("shop", spec("v1"))
    namespace.wait_ready("shop", "1")
    registry.process.kill()
    namespace.migration("shop", spec("v2"))
    assert registry.url.removeprefix("http://") in namespace.wait_reason("shop", "Unavailable")
    assert namespace.condition("shop", "Stalled")["status"] == "False"
    assert "b" not in namespace.tables("app.db")
    registry.process.start()
    namespace.wait_ready("shop", "2")


def test_a_lock_in_other_hands_is_waited_for_and_never_stalls(
    namespace: Namespace, operator: Process, postgres: PostgresServer
) -> None:
    database = OnPostgres(postgres)
    namespace.secret("db", url=database.url())
    with psycopg.connect(database.url().partition("?")[0]) as other:
        other.execute("SELECT pg_advisory_lock(%s)", (lock_key(LOCK_NAME),))
        namespace.migration("shop", {**FROM_SECRET, "dir": {"local": ONE}, "backoffLimit": 1})
        message = namespace.wait_reason("shop", "LockNotAcquired")
        assert LOCK_NAME in message
        wait_until(lambda: namespace.get("shop")["status"]["failed"] == 2, lambda: namespace.get("shop"))
        namespace.annotate("shop", "once")
        wait_until(lambda: locked(operator) >= 3, operator.log.read_text)
        assert namespace.get("shop")["status"]["failed"] == 2  # saturated
        assert namespace.condition("shop", "Stalled")["status"] == "False"
        assert namespace.condition("shop", "Reconciling")["status"] == "True"
    namespace.wait_ready("shop", "1")  # five minutes before the next try: the lock is looked for


def locked(operator: Process) -> int:
    return sum(line.get("reason") == "LockNotAcquired" for line in operator.lines())


@pytest.fixture(autouse=True)
def _server_is_back(request: pytest.FixtureRequest) -> None:
    """A test that fails while the server is away must not take the others with it."""
    if "postgres" in request.fixturenames:
        server: PostgresServer = request.getfixturevalue("postgres")
        if not server.answers():
            server.restart()
