"""``atlas`` in an empty folder, and one registry on loopback for the cases that need one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.broken.broken_case import BrokenCase
from tests.daemon import Daemon, free_port
from tests.integration.cli.conftest import ATLAS, Shell
from tests.nursery import run_atlas
from tests.seed.conftest import answers
from tests.servers.postgres import PostgresServer


@pytest.fixture
def atlas(tmp_path: Path) -> Shell:
    """``atlas`` in an empty folder that is also its HOME."""
    return Shell(
        tmp_path,
        {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "TMPDIR": str(tmp_path), "LANG": "C.UTF-8"},
    )


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """The address of a registry and a token for it, by the names that cases use."""
    folder = tmp_path_factory.mktemp("registry")
    nobody = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    created = run_atlas(("registry", "token", "create", "--data", "data"), folder=folder, environ=nobody)
    [token] = set(re.findall(r"aci_\S+", created.stdout))
    listen = f"127.0.0.1:{free_port()}"
    address = f"http://{listen}"
    command = [str(ATLAS), "registry", "serve", "--data", "data", "--listen", listen]
    daemon = Daemon(command, folder, lambda: answers(address))
    daemon.start()
    yield {"registry": address, "token": token}
    daemon.terminate()


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
