"""Fixtures of the tests that run other programs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from atlas.server.run import DataOptions

from tests.clients.interchange import HOW_TO, Interchange, build, find_go
from tests.clients.sdk import Sdk
from tests.clients.terraform import SOURCE, Terraform
from tests.integration.registry.conftest import Served, serving
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer


@pytest.fixture(scope="session")
def interchange() -> Interchange:
    """The Go tools' own code, answering questions."""
    go = find_go()
    if go is None:
        pytest.skip(HOW_TO)
    return build(go)


@dataclass(frozen=True)
class Target:
    """A database that is empty, and the URL of another for trying out."""

    url: str
    dev: str
    driver: str
    schema: str
    query: Callable[[str], object]


@pytest.fixture
def sdk(interchange: Interchange, tmp_path: Path) -> Sdk:
    """The Go client in a folder of its own."""
    folder = tmp_path / "work"
    folder.mkdir()
    return Sdk(interchange, folder)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A registry that holds nothing yet."""
    with serving(DataOptions(tmp_path / "data")) as registry:
        yield registry


@pytest.fixture
def sdk_of_registry(sdk: Sdk, served: Served) -> Sdk:
    """The client of somebody who has a token."""
    return replace(sdk, environ={"ATLAS_CLOUD_URL": served.url, "ATLAS_TOKEN": served.token})


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    """A database of each kind, with a URL that is bound to a schema."""
    if request.param == "sqlite":
        path = tmp_path / "target.db"
        yield Target(f"sqlite://{path}", "sqlite://dev?mode=memory", "sqlite", "main", sqlite_query(path))
        return
    server: PostgresServer | MariaDBServer = request.getfixturevalue(request.param)
    names = [server.create_database() for _ in range(2)]
    bound = "&search_path=public" if request.param == "postgres" else ""
    url, dev = (f"{server.url(name)}{bound}" for name in names)
    schema = "public" if bound else names[0]
    yield Target(url, dev, request.param, schema, partial(server.query, names[0]))
    for name in names:
        server.drop_database(name)


def sqlite_query(path: Path) -> Callable[[str], object]:
    """Runs one statement in a file."""

    def query(sql: str) -> object:
        with closing(sqlite3.connect(path)) as connection, connection:
            return connection.execute(sql).fetchall()

    return query


@pytest.fixture(scope="session")
def provider_program() -> Interchange:
    """The sequences of the Terraform provider, on the SDK that it is built on."""
    go = find_go()
    if go is None:
        pytest.skip(HOW_TO)
    return build(go, SOURCE)


@pytest.fixture
def terraform(provider_program: Interchange, tmp_path: Path) -> Terraform:
    """Terraform in a folder of its own."""
    folder = tmp_path / "module"
    folder.mkdir()
    return Terraform(provider_program, folder)
