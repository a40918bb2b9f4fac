"""Canaries in every place a secret can be: none may sing in a status, an Event, a log, a metric or on a terminal."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.daemon import free_port
from tests.e2e.conftest import BIN, resource, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.conftest import Namespace, Process, RegistryServer
    from tests.servers.mariadb import MariaDBServer
    from tests.servers.postgres import PostgresServer

CANARY = "c4n4ry-t0-k33p"
CREATE_TWICE = {
    "1_a.sql": "CREATE TABLE a (id integer);",
    "2_user.sql": f"CREATE ROLE reporter LOGIN PASSWORD '{CANARY}';\nCREATE ROLE reporter LOGIN PASSWORD '{CANARY}';\n",
}
CREATE_WRONG = {"1_user.sql": f"CREATE USER reporter@localhost IDENTIFIED BY '{CANARY}' WITH NONSENSE;\n"}


def specs(
    postgres: PostgresServer, mariadb: MariaDBServer, registry: RegistryServer
) -> dict[str, dict[str, Any]]:
    """A resource for each way in which a message could repeat a secret."""
    here = {"dir": {"local": {"1_a.sql": "SELECT 1;"}}}
    server = f"127.0.0.1:{postgres.port}"
    token = {"tokenFrom": {"secretKeyRef": {"name": "canary", "key": "token"}}}
    parts = {
        "scheme": "postgres",
        "user": "app",
        "password": CANARY,
        "host": "127.0.0.1",
        "port": postgres.port,
    }
    return {
        "wrong-password": {"url": f"postgres://app:{CANARY}@{server}/app?sslmode=disable", **here},
        "nobody-there": {"url": f"postgres://app:{CANARY}@127.0.0.1:1/app", **here},
        "no-url": {"url": f"postgres://app:{CANARY}@127.0.0.1:port/app", **here},
        "at-sign": {"url": f"postgres://app:{CANARY}@{CANARY}@127.0.0.1:1/app", **here},
        "no-scheme": {"url": f"app:{CANARY}@127.0.0.1:5432/app", **here},
        "unknown-key": {"url": f"postgres://app:{CANARY}@{server}/app?pasword={CANARY}", **here},
        "from-secret": {"urlFrom": {"secretKeyRef": {"name": "canary", "key": "url"}}, **here},
        "in-parts": {"credentials": parts | {"database": "app"}, **here},
        "maria": {"url": f"maria://app:{CANARY}@127.0.0.1:{mariadb.port}/app", **here},
        "statement": {"url": postgres.url(postgres.create_database()), "dir": {"local": CREATE_TWICE}},
        "maria-statement": {"url": mariadb.url(mariadb.create_database()), "dir": {"local": CREATE_WRONG}},
        "token": {"url": "sqlite:///x", "dir": {"remote": {"name": "shop"}}, "cloud": {"url": registry.url, **token}},
        "token-of-nobody": {
            "url": "sqlite:///x", "dir": {"remote": {"name": "shop"}}, "cloud": {"url": "http://127.0.0.1:1", **token},
        },
        "address-with-user": {
            "url": "sqlite:///x", "dir": {"remote": {"name": "shop"}},
            "cloud": {"url": f"http://user:{CANARY}@127.0.0.1:1", **token},
        },
    }  # fmt: skip


@pytest.fixture
def canary(postgres: PostgresServer) -> dict[str, str]:
    """Values of a Secret."""
    return {
        "url": f"postgres://app:{CANARY}@127.0.0.1:{postgres.port}/app?sslmode=disable",
        "token": f"aci_{CANARY}",
    }


def test_no_canary_sings_in_the_cluster(
    namespace: Namespace,
    new_operator: Callable[..., Process],
    registry: RegistryServer,
    postgres: PostgresServer,
    mariadb: MariaDBServer,
    canary: dict[str, str],
) -> None:
    metrics = f"127.0.0.1:{free_port()}"
    operator = new_operator("--metrics-bind-address", metrics, "--log-level", "debug")
    operator.start()
    wanted = specs(postgres, mariadb, registry)
    namespace.secret("canary", **canary)
    namespace.apply(*(resource(name, spec) for name, spec in wanted.items()))

    def failed() -> set[str]:
        found = namespace.kubectl.json("get", "atlasmigrations", "-n", namespace.name)["items"]
        return {one["metadata"]["name"] for one in found if one["status"].get("failed")}

    wait_until(lambda: failed() == set(wanted), lambda: set(wanted) - failed())
    found = namespace.kubectl.json("get", "atlasmigrations", "-n", namespace.name)["items"]
    statuses = json.dumps([one["status"] for one in found])
    assert "reporter" in statuses  # the statement is there, without its secret
    seen = {
        "status": statuses,
        "events": json.dumps(namespace.kubectl.json("get", "events", "-n", namespace.name)["items"]),
        "log": operator.log.read_text(),
        "metrics": urllib.request.urlopen(f"http://{metrics}/metrics", timeout=5).read().decode(),
        "log of the registry": registry.process.log.read_text(),
    }
    assert [place for place, text in seen.items() if CANARY in text] == []
    assert f'name="statement",namespace="{namespace.name}"' in seen["metrics"]


def test_no_canary_sings_without_a_cluster(
    registry: RegistryServer,
    postgres: PostgresServer,
    mariadb: MariaDBServer,
    canary: dict[str, str],
    tmp_path: Path,
) -> None:
    folder = tmp_path / "manifests"
    folder.mkdir()
    wanted = [resource(name, spec) for name, spec in specs(postgres, mariadb, registry).items()]
    secret = {"kind": "Secret", "metadata": {"name": "canary"}, "stringData": canary}
    (folder / "all.yaml").write_text(yaml.safe_dump_all([*wanted, secret]))
    words = [
        str(BIN / "atlas-operator"),
        "run",
        "--standalone",
        str(folder),
        "--once",
        "--log-level",
        "debug",
    ]
    answer = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert answer.returncode == 1
    statuses = "".join(path.read_text() for path in folder.glob("*.status.yaml"))
    assert statuses.count("lastTransitionTime") == 3 * len(wanted)
    assert CANARY not in answer.stdout + answer.stderr + statuses
