"""Backups of resources in real folders and buckets, and registries that refuse connections, hang or say no."""

from __future__ import annotations

import secrets
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from atlas import wiring
from atlas.engine.backups import Primary, Served, VersionToCopy, read_or_fall_back, store_version
from atlas.engine.directory import to_entries
from atlas.errors import SpecError, Unavailable
from atlas.handlers.ports import Rules, WiredBackups
from atlas.reconcile.ports import BackupRules, TargetRules
from atlas.wire.archive import Entry
from atlas.wire.contract import DIRECTORY, RegistryAddress
from atlas.wire.reference import Reference

from tests.daemon import free_port
from tests.fakes.backups import NO_WAITING
from tests.fakes.directories import directory_with
from tests.integration.operator.desk import Desk, resource
from tests.servers.store_fixtures import KEY_ID, SECRET, make_s3_bucket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.backups import Target

    from tests.servers.stores import Store

FILES = {"1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY);"}
KEYS = {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}
IN_CLUSTER = Rules(TargetRules(("/nowhere",)), BackupRules())


def fill(target: Target) -> None:
    """Push the directory ``shop`` at v1."""
    entries = tuple(Entry(name, content) for name, content in to_entries(directory_with(FILES)))
    version = VersionToCopy(
        type=DIRECTORY,
        slug="shop",
        driver="sqlite",
        entries=entries,
        name="1",
        at="2026-01-05T08:59:56.000000Z",
        tag="v1",
    )
    store_version(target, version, NO_WAITING)


def served_by(target: Target) -> Served | str:
    def out() -> str:
        raise Unavailable("http://registry cannot be reached")

    found, _ = read_or_fall_back(
        Primary("http://registry", out), [lambda: target], DIRECTORY, Reference("shop", tag="v1")
    )
    return found


@contextmanager
def answering(status: int) -> Iterator[str]:
    """A registry that says the same to everybody."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_a_bucket_is_read_with_the_credentials_of_a_secret_and_no_others(
    moto_store: Store, no_clouds: None
) -> None:
    name = f"atlas-{secrets.token_hex(6)}"
    make_s3_bucket(moto_store, name)
    url = f"s3://{name}/shop?region=us-east-1&endpoint={moto_store.url}&use_path_style=true"
    backups = WiredBackups(IN_CLUSTER)
    target = backups.open(url, KEYS, "default")
    fill(target)
    found = served_by(target)
    assert isinstance(found, Served)
    assert {entry.name for entry in found.entries} == {"1_a.sql", "atlas.sum"}
    assert target.url == f"s3://{name}/shop?region=us-east-1"
    assert backups.open(url, dict(KEYS), "default") is target
    assert backups.open(url, {**KEYS, "AWS_SECRET_ACCESS_KEY": "rotated"}, "default") is not target


@pytest.mark.parametrize(
    ("keys", "words"), [({}, "AWS_ACCESS_KEY_ID"), ({**KEYS, "AWS_SECRET": "x"}, "AWS_SECRET")]
)
def test_a_secret_that_lacks_something_is_told_before_the_registry_is_out(
    keys: dict[str, str], words: str
) -> None:
    with pytest.raises(SpecError, match=words) as refused:
        WiredBackups(IN_CLUSTER).open("s3://b/shop?region=us-east-1", keys, "default")
    assert SECRET not in str(refused.value)


def test_a_folder_that_leads_outside_the_allowed_ones_is_refused(tmp_path: Path) -> None:
    allowed, outside = tmp_path / "allowed", tmp_path / "outside"
    allowed.mkdir()
    outside.mkdir()
    (allowed / "link").symlink_to(outside)
    backups = WiredBackups(Rules(TargetRules((str(allowed),)), BackupRules()))
    backups.open((allowed / "inside").as_uri(), None, "default")
    with pytest.raises(SpecError, match="leads outside"):
        backups.open((allowed / "link").as_uri(), None, "default")
    chosen = BackupRules(allowed=((allowed / "link").as_uri(),))
    WiredBackups(Rules(TargetRules((str(allowed),)), chosen)).open(
        (allowed / "link").as_uri(), None, "default"
    )


def test_a_look_finds_nobody_where_nobody_listens_or_answers_and_takes_a_no_for_an_answer() -> None:
    def look(url: str) -> bool:
        return wiring.registry_answers(RegistryAddress(url, "token"))

    assert look(f"http://127.0.0.1:{free_port()}") is False
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        assert look(f"http://127.0.0.1:{silent.getsockname()[1]}") is False
        assert time.monotonic() - begun < 30
    for status, answers in ((401, True), (404, True), (403, True), (500, False), (503, False), (429, False)):
        with answering(status) as url:
            assert look(url) is answers, status


def test_a_silent_registry_is_given_up_after_one_time_limit_and_a_dead_one_at_once() -> None:
    connections = wiring.RegistryConnections()
    begun = time.monotonic()
    with pytest.raises(Unavailable, match="Connection refused"):
        connections.pull(RegistryAddress(f"http://127.0.0.1:{free_port()}", "t"), Reference("shop"))
    assert time.monotonic() - begun < 10
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = RegistryAddress(f"http://127.0.0.1:{silent.getsockname()[1]}", "t")
        begun = time.monotonic()
        with pytest.raises(Unavailable, match="did not answer within 10 s"):
            connections.pull(address, Reference("shop"))
        assert time.monotonic() - begun < 28  # three tries take 30


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def backup(tmp_path: Path) -> str:
    """A backup of a registry that is dead."""
    url = (tmp_path / "backup").as_uri()
    fill(wiring.open_backup(url, "default"))
    return url


def put(desk: Desk, **cloud: Any) -> None:
    directory = {"remote": {"name": "shop", "tag": "v1"}}
    desk.write("shop.yaml", resource("shop", {"url": desk.url("shop"), "dir": directory, "cloud": cloud}))


def run(desk: Desk, *flags: str, **environ: str) -> subprocess.CompletedProcess[str]:
    registry = ("--cloud-url", f"http://127.0.0.1:{free_port()}")
    return desk.run("--once", *registry, *flags, ATLAS_TOKEN="t", **environ)


def test_a_folder_of_manifests_is_served_by_the_backup_of_its_spec(desk: Desk, backup: str) -> None:
    put(desk, backup=[{"url": backup}])
    answer = run(desk)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert desk.status("shop")["source"]["url"] == backup
    assert f"Served from {backup} (age " in answer.stdout


def test_the_backups_of_the_operator_come_from_flags_or_the_environment(desk: Desk, backup: str) -> None:
    put(desk)
    assert run(desk).returncode == 1
    answer = run(desk, ATLAS_BACKUPS=f" file:///nowhere/at-all , {backup}")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    (desk.folder / "shop.db").unlink()
    answer = run(desk, "--backup", backup, ATLAS_BACKUPS="file:///nowhere/at-all")
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_backup_of_the_operator_that_is_none_is_told_when_it_starts(desk: Desk) -> None:
    put(desk)
    answer = run(desk, "--backup", "ftp://b/shop")
    assert answer.returncode != 0
    assert 'unknown bucket scheme "ftp"' in answer.stderr
    assert "Traceback" not in answer.stderr
