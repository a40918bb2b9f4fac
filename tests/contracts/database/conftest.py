"""The databases that the suite runs on: the fake and every driver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from atlas.drivers import open_driver
from atlas.engine.database_url import parse_database_url
from atlas.engine.ports import Database

from tests.fakes.database import IMPLICIT_COMMIT, TRANSACTIONAL, FakeServer

REAL = ("sqlite", "postgres", "mariadb")
FAKES = {"fake": TRANSACTIONAL, "fake-implicit-commit": IMPLICIT_COMMIT}


@dataclass
class Target:
    """One empty database and as many sessions of it as a test asks for."""

    name: str
    open_session: Callable[[], Database]
    opened: list[Database] = field(default_factory=list)

    def connect(self) -> Database:
        database = self.open_session()
        self.opened.append(database)
        return database


def target_of(name: str, request: pytest.FixtureRequest) -> Target:
    if name in FAKES:
        return Target(name, FakeServer(FAKES[name]).connect)
    url = parse_database_url(bound(request.getfixturevalue(f"{name}_url")))
    return Target(name, lambda: open_driver(url))


def bound(url: str) -> str:
    """The URL of one schema, so that the revisions table lies beside the tables."""
    if not url.startswith("postgres"):
        return url
    return f"{url}{'&' if '?' in url else '?'}search_path=public"


@pytest.fixture(params=[*FAKES, *REAL])
def target(request: pytest.FixtureRequest) -> Iterator[Target]:
    """Every implementation of the ports."""
    yield from closed_after(target_of(request.param, request))


@pytest.fixture(params=REAL)
def real_target(request: pytest.FixtureRequest) -> Iterator[Target]:
    """Every driver, for what a fake cannot do."""
    yield from closed_after(target_of(request.param, request))


def closed_after(target: Target) -> Iterator[Target]:
    yield target
    for database in target.opened:
        database.session.close()
