"""The rules of the test run hold: no network in unit tests, no skips in CI."""

from __future__ import annotations

import asyncio
import socket

import pytest

from tests.conftest import refuse_skip


def test_a_unit_test_cannot_connect() -> None:
    with socket.socket() as client, pytest.raises(RuntimeError, match="has no network"):
        client.connect(("127.0.0.1", 9))


def test_a_unit_test_cannot_serve() -> None:
    with socket.socket() as server, pytest.raises(RuntimeError, match="has no network"):
        server.bind(("127.0.0.1", 0))


def test_a_unit_test_may_run_an_event_loop() -> None:
    assert asyncio.run(asyncio.sleep(0, "done")) == "done"


def skipped_report() -> pytest.TestReport:
    return pytest.TestReport(
        "tests/x.py::test_x",
        ("tests/x.py", 1, "test_x"),
        keywords={},
        outcome="skipped",
        longrepr=("tests/x.py", 1, "Skipped: no server"),
        when="setup",
    )


def test_a_skip_is_a_failure_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    report = skipped_report()
    refuse_skip(report)
    assert report.failed
    assert "no server" in str(report.longrepr)


def test_a_skip_is_a_skip_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    report = skipped_report()
    refuse_skip(report)
    assert report.skipped


def test_an_expected_failure_is_no_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    report = skipped_report()
    report.wasxfail = "reason: waits for a fix"
    refuse_skip(report)
    assert report.skipped
