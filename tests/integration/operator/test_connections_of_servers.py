"""How many connections a real server has from the operator at once, and who waits for whom."""

from __future__ import annotations

import re
import subprocess
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.integration.operator.desk import OPERATOR, environ
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.postgres import PostgresServer

RESOURCES = 30
AT_MOST = 4
ROLE = "of_the_operator"
COUNT = f"SELECT count(*) FROM pg_stat_activity WHERE usename = '{ROLE}'"


class Most:
    """The most sessions of the operator's role that were seen at one moment."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._over = threading.Event()
        self.seen = 0

    @contextmanager
    def watched(self) -> Iterator[Most]:
        thread = threading.Thread(target=self._watch)
        thread.start()
        try:
            yield self
        finally:
            self._over.set()
            thread.join(10)

    def _watch(self) -> None:
        import psycopg

        with psycopg.connect(self._server.url(), autocommit=True) as connection:
            while not self._over.is_set():
                ((count,),) = connection.execute(COUNT).fetchall()
                self.seen = max(self.seen, count)
                time.sleep(0.005)


@pytest.fixture
def databases(postgres: PostgresServer) -> Iterator[list[str]]:
    """URLs of as many databases as there are resources, for a role of the operator alone; the last is for dev."""
    postgres.query("postgres", f"CREATE ROLE {ROLE} SUPERUSER LOGIN PASSWORD 'pw'")
    names = [postgres.create_database() for _ in range(RESOURCES + 1)]
    yield [re.sub(r"//[^@]*@", f"//{ROLE}:pw@", postgres.url(name)) for name in names]
    for name in names:
        postgres.drop_database(name)
    postgres.query("postgres", f"DROP ROLE {ROLE}")


def bound(url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}search_path=public"


def write(folder: Path, kind: str, specs: list[dict[str, Any]]) -> Path:
    manifests = folder / "manifests"
    manifests.mkdir()
    documents = [
        {
            "apiVersion": "db.atlasgo.io/v1alpha1",
            "kind": kind,
            "metadata": {"name": f"r{number}"},
            "spec": spec,
        }
        for number, spec in enumerate(specs)
    ]
    (manifests / "all.yaml").write_text(yaml.safe_dump_all(documents))
    return manifests


def words(manifests: Path, *flags: str) -> list[str]:
    return [OPERATOR, "run", "--standalone", str(manifests), "--connections-per-server", str(AT_MOST), *flags]


def run_once(manifests: Path) -> None:
    answer = subprocess.run(
        words(manifests, "--once"), capture_output=True, text=True, check=False, timeout=120, env=environ()
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_thirty_migrations_of_one_server_use_what_they_may_and_no_more(
    postgres: PostgresServer, databases: list[str], tmp_path: Path
) -> None:
    files = {
        "1_a.sql": "CREATE TABLE a (id int);\nSELECT pg_sleep(0.1);",
        "2_b.sql": "CREATE TABLE b (id int);",
    }
    specs = [{"url": bound(url), "dir": {"local": files}} for url in databases[:RESOURCES]]
    with Most(postgres).watched() as most:
        run_once(write(tmp_path, "AtlasMigration", specs))
    assert most.seen == AT_MOST


def test_schemas_whose_dev_database_is_on_the_same_server_use_as_many_again(
    postgres: PostgresServer, databases: list[str], tmp_path: Path
) -> None:
    state = {"sql": "CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE TABLE c (id int);"}
    specs = [{"url": bound(url), "devURL": bound(databases[-1]), "schema": state} for url in databases[:6]]
    with Most(postgres).watched() as most:
        run_once(write(tmp_path, "AtlasSchema", specs))
    assert 2 < most.seen <= 2 * AT_MOST


def test_long_statements_of_one_server_delay_nobody_on_another(
    postgres: PostgresServer, databases: list[str], tmp_path: Path
) -> None:
    slow = {"1_a.sql": "SELECT pg_sleep(60);"}
    specs = [
        {"url": bound(url), "dir": {"local": slow}, "allowDirty": True, "revisionsSchema": "slow"}
        for url in databases[:RESOURCES]
    ]
    manifests = write(tmp_path, "AtlasMigration", specs)
    operator = subprocess.Popen(
        words(manifests), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environ()
    )
    try:
        sleeping = f"{COUNT} AND state = 'active' AND query LIKE '%pg_sleep(60)%'"
        wait_until(lambda: postgres.query("postgres", sleeping) == [(AT_MOST,)], every_s=0.1)
        quick = {
            "url": f"sqlite://{tmp_path / 'quick.db'}",
            "dir": {"local": {"1_a.sql": "CREATE TABLE a (id int);"}},
        }
        document = {
            "apiVersion": "db.atlasgo.io/v1alpha1",
            "kind": "AtlasMigration",
            "metadata": {"name": "quick"},
            "spec": quick,
        }
        (manifests / "quick.yaml").write_text(yaml.safe_dump(document))
        status = manifests / "atlasmigration.default.quick.status.yaml"
        wait_until(lambda: status.exists() and "reason: Applied" in status.read_text())
        assert postgres.query("postgres", sleeping) == [(AT_MOST,)]
    finally:
        operator.kill()
        operator.communicate(timeout=10)
        postgres.query(
            "postgres", f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{ROLE}'"
        )
