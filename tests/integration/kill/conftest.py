"""Servers and files of killed runs: on a disk, flushed at every commit, so that a kill meets a server at work as it is in life."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.fixtures import mariadb_of_the_run, postgres_of_the_run
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

DISK = "/var/tmp"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """As the server of the run, but of these tests alone."""
    yield from postgres_of_the_run(fsync=True, within=DISK)


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDBServer]:
    """As the server of the run, but of these tests alone."""
    yield from mariadb_of_the_run(fsync=True, within=DISK)


@pytest.fixture
def folder_on_disk() -> Iterator[Path]:
    """An empty folder for databases that are files."""
    folder = Path(tempfile.mkdtemp(prefix="atlas-kills-", dir=DISK))
    yield folder
    shutil.rmtree(folder)
