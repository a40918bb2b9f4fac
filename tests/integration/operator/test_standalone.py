"""The operator over a folder of manifests: the same turns, real SQLite files, no cluster."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.integration.operator.desk import ONE, OPERATOR, TWO, Desk, environ, resource

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_once_applies_prints_a_table_and_exits_0(desk: Desk) -> None:
    desk.migration("shop", TWO)
    answer = desk.run("--once")
    assert answer.returncode == 0, answer.stderr
    assert [line.split() for line in answer.stdout.splitlines()] == [
        ["NAME", "READY", "REASON", "VERSION"], ["shop", "True", "Applied", "2"],
    ]  # fmt: skip
    assert {"a", "b"} <= desk.tables("shop")


def test_one_resource_that_is_not_ready_makes_it_exit_1_and_says_why(desk: Desk) -> None:
    desk.migration("good", ONE)
    desk.migration("bad", {"1_a.sql": "CREATE TABEL a (id integer);"})
    answer = desk.run("--once")
    assert answer.returncode == 1
    assert "syntax error" in answer.stdout
    assert "a" in desk.tables("good")


def test_a_second_run_writes_nothing(desk: Desk) -> None:
    desk.migration("shop", TWO)
    desk.run("--once")
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in desk.manifests.iterdir()}
    database = (desk.folder / "shop.db").read_bytes()
    assert desk.run("--once").returncode == 0
    assert {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in desk.manifests.iterdir()
    } == before
    assert (desk.folder / "shop.db").read_bytes() == database


def test_secrets_and_config_maps_are_files_too(desk: Desk) -> None:
    desk.write("references.yaml",
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db"}, "stringData": {"url": desk.url("shop")}},
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "files"}, "data": TWO},
    )  # fmt: skip
    spec = {
        "urlFrom": {"secretKeyRef": {"name": "db", "key": "url"}},
        "dir": {"configMapRef": {"name": "files"}},
    }
    desk.write("shop.yaml", resource("shop", spec))
    answer = desk.run("--once")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert desk.status("shop")["source"] == {"url": "configmap/files"}


def test_statuses_go_where_they_are_asked_to(desk: Desk) -> None:
    desk.migration("shop", ONE)
    statuses = desk.folder / "statuses"
    assert desk.run("--once", "--status-dir", str(statuses)).returncode == 0
    assert sorted(path.name for path in statuses.iterdir()) == [
        "atlasmigration.default.shop.migrations.tar.gz",
        "atlasmigration.default.shop.status.yaml",
    ]
    assert [path.name for path in desk.manifests.iterdir()] == ["shop.yaml"]


def test_a_file_that_is_no_manifest_is_named(desk: Desk) -> None:
    desk.manifests.mkdir()
    (desk.manifests / "broken.yaml").write_text("a: [")
    answer = desk.run("--once")
    assert answer.returncode == 1
    assert "broken.yaml is no manifest" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_missing_folder_is_named(desk: Desk) -> None:
    answer = desk.run("--once")
    assert answer.returncode == 1
    assert "expected a folder of manifests" in answer.stderr


def test_a_password_is_neither_printed_nor_stored(desk: Desk) -> None:
    spec = {"url": "postgres://app:s3cret-word@127.0.0.1:1/app?sslmode=disable", "dir": {"local": ONE}}
    desk.write("shop.yaml", resource("shop", spec))
    answer = desk.run("--once")
    assert answer.returncode == 1
    assert "ConnectFailed" in answer.stdout
    assert "s3cret-word" not in answer.stdout + answer.stderr + str(desk.status("shop"))


def test_changed_and_removed_files_of_a_directory_are_refused_in_words(desk: Desk) -> None:
    desk.migration("shop", TWO)
    desk.run("--once")
    desk.migration("shop", ONE)
    answer = desk.run("--once")
    assert answer.returncode == 1
    assert "migrate down is not allowed" in answer.stdout
    assert {"a", "b"} <= desk.tables("shop")


@pytest.fixture
def watching(desk: Desk) -> Iterator[subprocess.Popen[str]]:
    desk.manifests.mkdir()
    words = [OPERATOR, "run", "--standalone", str(desk.manifests)]
    child = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environ()
    )
    yield child
    if child.poll() is None:
        child.kill()
    child.wait(10)
    assert child.stdout is not None
    child.stdout.close()


def wait_version(desk: Desk, version: str) -> None:
    deadline = time.monotonic() + 30
    while desk.status("shop").get("lastAppliedVersion") != version:
        assert time.monotonic() < deadline, desk.status("shop")
        time.sleep(0.05)


def test_a_watched_folder_is_followed_until_a_signal(desk: Desk, watching: subprocess.Popen[str]) -> None:
    desk.migration("shop", ONE)
    wait_version(desk, "1")
    desk.migration("shop", TWO)
    wait_version(desk, "2")
    watching.send_signal(signal.SIGTERM)
    output, _ = watching.communicate(timeout=40)
    assert watching.returncode == 0
    assert [line.split() for line in output.splitlines() if line.startswith("shop")][-1] == [
        "shop", "True", "Applied", "2",
    ]  # fmt: skip


def test_a_watched_secret_is_followed(desk: Desk, watching: subprocess.Popen[str]) -> None:
    spec = {"urlFrom": {"secretKeyRef": {"name": "db", "key": "url"}}, "dir": {"local": ONE}}
    desk.write("shop.yaml", resource("shop", spec))
    deadline = time.monotonic() + 30
    while "not found" not in str(desk.status("shop")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db"}}
    desk.write("secret.yaml", secret | {"stringData": {"url": desk.url("shop")}})
    wait_version(desk, "1")


def test_the_flags_are_checked_before_anything_is_done(desk: Desk) -> None:
    for flags in (["--once"], ["--concurrency", "0"], ["--log-level", "loud"], ["--grace-period", "x"]):
        answer = subprocess.run(
            [OPERATOR, "run", *flags], capture_output=True, text=True, check=False, env=environ()
        )
        assert answer.returncode == 1
        assert answer.stderr.startswith("Error: --")
