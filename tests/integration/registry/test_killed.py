"""A registry that is killed in the middle of pushes has lost nothing that it answered."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from atlas.client.pull import pull_directory
from atlas.client.push import DirectoryPush, push_directory
from atlas.client.transport import Transport
from atlas.errors import Unavailable
from atlas.wire.archive import Entry, pack
from atlas.wire.contract import RegistryAddress
from atlas.wire.reference import Reference

from tests.daemon import free_port
from tests.integration.registry.conftest import directory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROUNDS = 4
PUSHES_BEFORE_THE_KILL = 6


@contextmanager
def started(data: Path, address: str) -> Iterator[subprocess.Popen[str]]:
    """A registry that is killed at the end of the block."""
    command = [sys.executable, "-m", "atlas", "registry", "serve", "--data", str(data)]
    listen = ["--listen", address.removeprefix("http://")]
    with subprocess.Popen([*command, *listen], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline().startswith("Atlas Registry listens on")
            yield process
        finally:
            process.kill()


def test_every_answered_push_survives_a_kill(tmp_path: Path) -> None:
    token = subprocess.run(
        [sys.executable, "-m", "atlas", "registry", "token", "create", "--data", str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    address = f"http://127.0.0.1:{free_port()}"
    answered: dict[str, tuple[Entry, ...]] = {}
    for round_number in range(ROUNDS):
        enough = threading.Event()
        with ThreadPoolExecutor() as pool, started(tmp_path, address):
            pushes = pool.submit(push_until_refused, address, token, round_number, answered, enough)
            assert enough.wait(60)
        pushes.result()
    with started(tmp_path, address) as process:
        with Transport(RegistryAddress(address, token)) as transport:
            for tag, entries in answered.items():
                assert pull_directory(transport, Reference("app", tag)).entries == entries
            assert push_directory(transport, DirectoryPush("app", "sqlite", pack(entries), "last"))
        process.terminate()
        assert process.wait(60) == 0
    assert len(answered) >= ROUNDS * PUSHES_BEFORE_THE_KILL


def push_until_refused(
    address: str,
    token: str,
    round_number: int,
    answered: dict[str, tuple[Entry, ...]],
    enough: threading.Event,
) -> None:
    with Transport(RegistryAddress(address, token)) as transport:
        for number in range(10_000):
            tag = f"{round_number}-{number}"
            entries = directory(*((f"{file}.sql", f"-- {tag} {file}\n") for file in range(5)))
            try:
                push_directory(transport, DirectoryPush("app", "sqlite", pack(entries), tag))
            except Unavailable:
                return
            answered[tag] = entries
            if number + 1 == PUSHES_BEFORE_THE_KILL:
                enough.set()
