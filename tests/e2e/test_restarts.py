"""A new process over resources that are Ready, made by us or by the Go tools: it looks, and moves nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.clients.interchange import HOW_TO, Interchange, build, find_go
from tests.e2e.conftest import resource
from tests.e2e.databases import OnMariaDB, OnPostgres
from tests.servers.postgres import PostgresServer
from tests.servers.programs import ProgramError
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.e2e.conftest import Namespace, Process
    from tests.servers.mariadb import MariaDBServer

FILES = {
    "1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY);\n",
    "2_b.sql": "CREATE TABLE b (id integer PRIMARY KEY);\nINSERT INTO b VALUES (1);\n",
}
ON_SQLITE, ON_POSTGRES = 180, 20
FROM_SECRET = {"secretKeyRef": {"name": "db", "key": "url"}}
WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|TRUNCATE|GRANT|LOCK)\b", re.IGNORECASE)
FOREIGN_HASH = "d" * 64


@pytest.fixture(scope="module")
def talkative() -> Iterator[PostgresServer]:
    """A server whose log has every statement, after the name of its database."""
    settings = ("log_statement = 'all'", "log_line_prefix = '%d|'")
    try:
        server = PostgresServer.start(settings=settings)
    except ProgramError as missing:
        pytest.skip(str(missing))
    yield server
    server.stop()


def statements(server: PostgresServer, begin: int = 0) -> list[tuple[str, str]]:
    """Database and statement of each line of the log after so many bytes."""
    assert server.daemon is not None
    text = server.daemon.log.read_bytes()[begin:].decode().replace("\n\t", " ")  # one line a statement
    parted = [line.partition("|") for line in text.splitlines() if "statement: " in line]
    return [(database, text.partition("statement: ")[2]) for database, _, text in parted]


def log_size(server: PostgresServer) -> int:
    assert server.daemon is not None
    return server.daemon.log.stat().st_size


def passes(operator: Process) -> Counter[str]:
    """How many passes ended in which word."""
    return Counter(str(line.get("reason")) for line in operator.lines() if "seconds" in line)


def all_objects(namespace: Namespace) -> dict[str, dict[str, Any]]:
    found = namespace.kubectl.json("get", "atlasmigrations", "-n", namespace.name)["items"]
    return {one["metadata"]["name"]: one for one in found}


def test_a_restart_over_200_ready_resources_asks_each_database_once_and_writes_nothing(
    namespace: Namespace, new_operator: Callable[..., Process], talkative: PostgresServer
) -> None:
    databases = [talkative.create_database() for _ in range(ON_POSTGRES)]
    urls = [namespace.url(f"{number}.db") for number in range(ON_SQLITE)]
    urls += [f"{talkative.url(name)}&search_path=public" for name in databases]
    specs = [{"url": url, "dir": {"local": FILES}} for url in urls]
    first = new_operator()
    first.start()
    namespace.apply(*(resource(f"shop-{number}", spec) for number, spec in enumerate(specs)))
    wait_until(lambda: passes(first)["Ready"] == len(specs), lambda: passes(first))
    assert first.terminate() == 0
    before, begin = all_objects(namespace), log_size(talkative)

    second = new_operator()
    second.start()
    wait_until(lambda: passes(second).total() == len(specs), lambda: passes(second))
    assert passes(second) == {"Unchanged": len(specs)}
    assert second.terminate() == 0
    assert all_objects(namespace) == before
    asked = Counter(database for database, text in statements(talkative, begin) if "AS r" in text)
    assert asked == dict.fromkeys(databases, 1)
    assert [text for _, text in statements(talkative, begin) if WRITES.search(text)] == []


@pytest.fixture(scope="session")
def go(tmp_path_factory: pytest.TempPathFactory) -> Interchange:
    """The Go program, its SQLite lock files in a folder of its own."""
    found = find_go()
    if found is None:
        pytest.skip(HOW_TO)
    return build(found).with_environment(TMPDIR=str(tmp_path_factory.mktemp("locks")))


@pytest.fixture
def written_by_go(go: Interchange, tmp_path: Path) -> Callable[[str], None]:
    """Let the Go executor apply the files to the database of a URL."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    from atlas.engine.directory import compute_sum, from_entries
    from atlas.sources.local import write_file, write_sum

    directory = from_entries((name, text.encode()) for name, text in FILES.items())
    for file in directory.files:
        write_file(folder, file)
    write_sum(folder, compute_sum(directory))

    def apply(url: str) -> None:
        request = {"url": url, "path": str(folder), "tx_mode": "file", "order": "linear"}
        assert go.ask("apply", request) == {"files": list(FILES), "error": ""}

    return apply


def as_the_go_operator_leaves_it(namespace: Namespace) -> dict[str, Any]:
    """Write its status into ``shop``; returns it."""
    conditions = [
        {
            "type": kind, "status": status, "reason": "Applied", "message": "",
            "lastTransitionTime": "2026-01-01T00:00:00Z", "observedGeneration": 1,
        }
        for kind, status in (("Ready", "True"), ("Reconciling", "False"), ("Stalled", "False"))
    ]  # fmt: skip
    status = {
        "conditions": conditions, "observedGeneration": 1, "lastApplied": 1767225600, "lastAppliedVersion": "2",
        "observed_hash": FOREIGN_HASH, "failed": 0,
    }  # fmt: skip
    words = (
        "patch",
        "atlasmigration",
        "shop",
        "-n",
        namespace.name,
        "--subresource=status",
        "--type=merge",
        "-p",
    )
    namespace.kubectl(*words, json.dumps({"status": status}))
    return status


def take_over(namespace: Namespace, new_operator: Callable[..., Process], url: str) -> None:
    """Start an operator over a resource and a database of the Go tools; nothing but the hash may move."""
    namespace.secret("db", url=url)
    namespace.migration("shop", {"urlFrom": FROM_SECRET, "dir": {"local": FILES}})
    theirs = as_the_go_operator_leaves_it(namespace)
    operator = new_operator()
    operator.start()
    wait_until(lambda: passes(operator).total(), operator.log.read_text)
    status = namespace.get("shop")["status"]
    assert status.pop("observed_hash") != theirs.pop("observed_hash")
    assert status == theirs
    assert passes(operator) == {"Rehashed": 1}
    assert operator.terminate() == 0
    assert namespace.event_reasons("shop") == []


def test_postgres_of_the_go_operator_is_taken_over_without_a_write(
    namespace: Namespace,
    new_operator: Callable[..., Process],
    written_by_go: Callable[[str], None],
    talkative: PostgresServer,
) -> None:
    database = OnPostgres(talkative, password="plain")
    written_by_go(database.url())
    before, begin = (database.revisions(), database.dump()), log_size(talkative)
    take_over(namespace, new_operator, database.url())
    seen = [text for name, text in statements(talkative, begin) if name == database.name]
    assert [text for text in seen if WRITES.search(text)] == []
    assert any("AS r" in text for text in seen)
    assert (database.revisions(), database.dump()) == before


def test_mariadb_of_the_go_operator_is_taken_over_without_a_write(
    namespace: Namespace,
    new_operator: Callable[..., Process],
    written_by_go: Callable[[str], None],
    mariadb: MariaDBServer,
) -> None:
    database = OnMariaDB(mariadb, password="plain")
    written_by_go(database.url())
    before, writes = (database.revisions(), database.dump()), writes_of(mariadb)
    take_over(namespace, new_operator, database.url())
    assert writes_of(mariadb) == writes
    assert (database.revisions(), database.dump()) == before


def writes_of(server: MariaDBServer) -> dict[str, str]:
    """How often the server has run each command that writes."""
    rows = server.query("", "SHOW GLOBAL STATUS LIKE 'Com\\_%'")
    return {name: count for name, count in rows if WRITES.search(name.replace("_", " "))}


def test_sqlite_of_the_go_operator_is_taken_over_without_a_write(
    namespace: Namespace, new_operator: Callable[..., Process], written_by_go: Callable[[str], None]
) -> None:
    written_by_go(namespace.url("app.db"))
    before = (namespace.folder / "app.db").read_bytes()
    take_over(namespace, new_operator, namespace.url("app.db"))
    assert (namespace.folder / "app.db").read_bytes() == before
