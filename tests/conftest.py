"""What holds for every test: marks by folder, closed sockets in unit tests, and no skips in CI."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.memory_disk import write_to_memory
from tests.order import longest_first

if TYPE_CHECKING:
    from collections.abc import Generator

pytest_plugins = [
    "tests.clients.fixtures",
    "tests.controlplane.fixtures",
    "tests.servers.fixtures",
    "tests.servers.store_fixtures",
]

TESTS = Path(__file__).parent
FOLDERS = {
    "unit": "no I/O, fakes only, milliseconds",
    "contracts": "one suite a port, for its fake and each adapter",
    "cases": "plans of a driver on a real server",
    "broken": "broken input, its message and its cure",
    "integration": "real databases and a registry on loopback",
    "e2e": "a real kube-apiserver",
    "seed": "the document that the project started from",
    "clients": "other programs that speak to us",
    "controlplane": "the test cluster itself",
}


write_to_memory(os.environ)


def pytest_configure(config: pytest.Config) -> None:
    for folder, meaning in FOLDERS.items():
        config.addinivalue_line("markers", f"{folder}: {meaning}")
    config.addinivalue_line("markers", "slow: takes more than ten seconds by its nature")


@pytest.hookimpl(trylast=True)  # after pytest-randomly, which is the last word on everything else
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("PYTEST_XDIST_WORKER"):
        items[:] = longest_first(items, lambda item: item.nodeid.partition("::")[0])
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in FOLDERS:
            item.add_marker(folder)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    refuse_skip(report)
    return report


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Make a skip a failure under ``CI=true``: what CI did not run, nobody has proved."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped, and CI may skip nothing: {reason}"


@pytest.fixture(autouse=True)
def _closed_sockets(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection of a unit test; a pair of sockets inside the process (asyncio) is no connection."""
    if request.node.get_closest_marker("unit"):
        for way_out in ("connect", "connect_ex", "bind", "sendto"):
            monkeypatch.setattr(socket.socket, way_out, refuse_socket)


def refuse_socket(*_: object, **__: object) -> None:
    raise RuntimeError("a unit test has no network: give it a fake, or move it to contracts or integration")
