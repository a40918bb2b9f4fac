"""``atlas`` in an empty folder, and one registry on loopback for the cases that need one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.broken.broken_case import BrokenCase
from tests.integration.cli.conftest import atlas
from tests.servers.postgres import PostgresServer
from tests.servers.registry import registry_in

__all__ = ["atlas"]


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """The address of a registry and a token for it, by the names that cases use."""
    with registry_in(tmp_path_factory.mktemp("registry")) as (address, token):
        yield {"registry": address, "token": token}


@pytest.fixture
def placeholders(case: BrokenCase, tmp_path: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    """What stands for words in braces; servers are started for the cases that need them only."""
    found: dict[str, str] = {}
    if case.needs_registry:
        found |= request.getfixturevalue("registry")
    if case.needs_server:
        server: PostgresServer = request.getfixturevalue("postgres")
        found["postgres"] = request.getfixturevalue("postgres_url")
        found["host"] = f"{server.host}:{server.port}"
        found["server"] = found["postgres"].rpartition("/")[0]
        found["password"] = server.password
        found["port"] = str(server.port)
    return {**found, "folder": str(tmp_path)}
