"""The shop of examples/ on every kind of database that its README names, by the command a reader would type."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.servers.mariadb import MariaDBServer
    from tests.servers.postgres import PostgresServer

SHOP = Path(__file__).parents[2] / "examples" / "shop"
FILES = 12


def atlas(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).parent / "atlas"), *words],
        cwd=SHOP,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


def applied(url: str) -> dict[str, Any]:
    answer = atlas("migrate", "apply", "--dir", "file://migrations", "--url", url, "--format", "{{ json . }}")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    report: dict[str, Any] = json.loads(answer.stdout)
    return report


def test_all_files_apply_once_and_then_none_is_pending(url: str) -> None:
    assert len(applied(url)["Applied"]) == FILES
    assert "Applied" not in applied(url)
    status = atlas(
        "migrate", "status", "--dir", "file://migrations", "--url", url, "--format", "{{ json . }}"
    )
    assert json.loads(status.stdout)["Status"] == "OK"


def test_a_thousand_customers_come_over_from_the_old_shop(url: str, request: pytest.FixtureRequest) -> None:
    applied(url)
    assert counted(url, "SELECT count(DISTINCT email), sum(loyalty_points) FROM customers", request) == (
        1_000,
        100_000,
    )


def counted(url: str, sql: str, request: pytest.FixtureRequest) -> tuple[int, ...]:
    scheme, _, rest = url.partition("://")
    name = rest.rpartition("/")[2].partition("?")[0]
    if scheme == "sqlite":
        import sqlite3

        connection = sqlite3.connect(rest)
        try:
            [row] = connection.execute(sql)
        finally:
            connection.close()
    else:
        server: PostgresServer | MariaDBServer = request.getfixturevalue(
            "postgres" if scheme == "postgres" else "mariadb"
        )
        [row] = server.query(name, sql)
    return tuple(int(cell) for cell in row)
