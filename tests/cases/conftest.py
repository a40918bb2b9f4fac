"""Where cases are proved: servers of their own, one of a kind a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.servers import GROUNDS
from tests.servers.programs import ProgramError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cases.servers import Ground


def ground_of(driver: str) -> Ground:
    try:
        return GROUNDS[driver]()
    except ProgramError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def postgres_ground() -> Iterator[Ground]:
    ground = ground_of("postgres")
    yield ground
    ground.stop()


@pytest.fixture(scope="session")
def mariadb_ground() -> Iterator[Ground]:
    ground = ground_of("mariadb")
    yield ground
    ground.stop()


@pytest.fixture(scope="session")
def sqlite_ground() -> Iterator[Ground]:
    ground = ground_of("sqlite")
    yield ground
    ground.stop()


@pytest.fixture(scope="session")
def mysql_ground() -> Iterator[Ground]:
    ground = ground_of("mysql")
    yield ground
    ground.stop()
