"""An import from a registry of another make that ends in the middle, on either side."""

from __future__ import annotations

import signal
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.cli.conftest import ATLAS
from tests.integration.registry.importing import Move, assert_all_whole, filled_twice, meant, moving
from tests.integration.registry.other_make import Gone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    with moving(tmp_path) as imported:
        yield imported


@pytest.mark.parametrize("alive", [3, 5, 7])
def test_a_registry_that_dies_leaves_whole_repositories_and_another_run_goes_on(
    move: Move, alive: int
) -> None:
    filled_twice(move)

    def dies(_field: str, _wanted: dict[str, Any], value: Any) -> Any:
        if len(move.other.requests) > alive:
            raise Gone
        return value

    move.other.answers = dies
    answer = move("--tag", "v1", "--tag", "v2")
    assert answer.code == 1
    assert "cannot be reached" in answer.err or "run the import again to go on" in answer.err
    assert_all_whole(move)
    move.other.answers = lambda _field, _wanted, value: value

    move.lines("--tag", "v1", "--tag", "v2")

    assert {name: meant(index) for name, index in move.here().items()} == {
        name: meant(index) for name, index in move.there().items()
    }


@pytest.mark.parametrize("asked", [4, 7])
def test_an_import_that_is_killed_leaves_whole_repositories_and_another_run_goes_on(
    move: Move, asked: int
) -> None:
    filled_twice(move)
    process: list[subprocess.Popen[bytes]] = []

    def kills(_field: str, _wanted: dict[str, Any], value: Any) -> Any:
        if len(move.other.requests) == asked and process[0].poll() is None:
            process[0].send_signal(signal.SIGKILL)
        return value

    move.other.answers = kills
    environ = {"HOME": str(move.new.parent), "ATLAS_IMPORT_TOKEN": move.left.token}
    words = [str(ATLAS), *move.command("--tag", "v1", "--tag", "v2")]
    with subprocess.Popen(
        words, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as started:
        process.append(started)
    assert started.returncode == -signal.SIGKILL
    assert_all_whole(move)

    move.lines("--tag", "v1", "--tag", "v2")

    assert {name: meant(index) for name, index in move.here().items()} == {
        name: meant(index) for name, index in move.there().items()
    }
