"""Targets of the tests of data safety, one of each kind of database."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.cli.conftest import atlas
from tests.integration.schema_safety.stage import IN_MEMORY, Stage
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

__all__ = ["atlas"]


@pytest.fixture
def sqlite_stage(tmp_path: Path) -> Stage:
    return Stage(f"sqlite://{tmp_path / 'app.db'}", IN_MEMORY)


@pytest.fixture
def postgres_stage(postgres: PostgresServer, postgres_url: str) -> Stage:
    """Its dev database is the one that every server has, beside which rooms are made."""
    return Stage(f"{postgres_url}&search_path=public", postgres.url())


@pytest.fixture
def mariadb_stage(mariadb: MariaDBServer, mariadb_url: str) -> Stage:
    return Stage(mariadb_url, mariadb.url())


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def stage(request: pytest.FixtureRequest) -> Stage:
    found: Stage = request.getfixturevalue(f"{request.param}_stage")
    return found
