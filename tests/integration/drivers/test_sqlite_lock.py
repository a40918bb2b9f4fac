"""The lock of a SQLite file, between us and between us and the Go tools."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from atlas.drivers.sqlite.lock import FileLock

from tests.waiting import wait_until

NAME = "atlas_migrate_execute"
SECOND = 1_000_000_000
MARK = 1_000_000
"""The last digits of an expiry say that it is one of ours, so it may be later than the clock says by as much."""


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The Go tools' lock file of every database of this machine."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path / f"{NAME}.lock"


@pytest.fixture
def lock(tmp_path: Path, shared: Path) -> Iterator[FileLock]:
    held = FileLock(str(tmp_path / "a.db"))
    yield held
    held.release()


def expiry(shared: Path) -> int:
    return int(shared.read_text())


def test_the_go_tools_see_our_lock(lock: FileLock, shared: Path):
    assert lock.try_acquire(NAME)
    assert time.time_ns() < expiry(shared) <= time.time_ns() + 5 * SECOND + MARK


def test_nothing_is_left_of_a_lock_that_was_let_go(lock: FileLock, tmp_path: Path, shared: Path):
    lock.try_acquire(NAME)
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_of_a_go_tool_is_respected(lock: FileLock, shared: Path):
    theirs = str(time.time_ns() + 60 * SECOND // 7)
    shared.write_text(theirs)
    assert not lock.try_acquire(NAME)
    assert shared.read_text() == theirs


def test_after_a_refusal_the_lock_can_be_taken_once_it_is_free(lock: FileLock, shared: Path):
    shared.write_text(str(time.time_ns() + 60 * SECOND // 7))
    lock.try_acquire(NAME)
    shared.unlink()
    assert lock.try_acquire(NAME)


def test_an_expired_lock_of_a_go_tool_is_taken_over(lock: FileLock, shared: Path):
    shared.write_text(str(time.time_ns() - 1))
    assert lock.try_acquire(NAME)
    assert expiry(shared) > time.time_ns()


@pytest.mark.parametrize("text", ["", "not a number"])
def test_a_broken_lock_file_is_taken_over(lock: FileLock, shared: Path, text: str):
    shared.write_text(text)
    assert lock.try_acquire(NAME)


def test_one_of_us_that_died_is_taken_over_at_once(tmp_path: Path, lock: FileLock, shared: Path):
    died = FileLock(str(tmp_path / "b.db"))
    died.try_acquire(NAME)
    left = shared.read_text()
    died.release()
    shared.write_text(left)
    assert lock.try_acquire(NAME)


def test_two_of_us_work_on_two_databases_at_once(tmp_path: Path, lock: FileLock, shared: Path):
    other = FileLock(str(tmp_path / "b.db"))
    assert lock.try_acquire(NAME)
    assert other.try_acquire(NAME)
    lock.release()
    assert shared.exists()
    other.release()


def test_a_held_lock_is_renewed(tmp_path: Path, shared: Path):
    lock = FileLock(str(tmp_path / "a.db"), renewal_s=0.01)
    lock.try_acquire(NAME)
    try:
        first = expiry(shared)
        wait_until(lambda: expiry(shared) > first)
    finally:
        lock.release()


def test_a_lock_can_be_asked_for_twice(lock: FileLock):
    assert lock.try_acquire(NAME)
    assert lock.try_acquire(NAME)


def test_a_machine_without_a_folder_for_the_go_tools_has_a_lock_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    first, second = FileLock(str(tmp_path / "a.db")), FileLock(str(tmp_path / "a.db"))
    assert first.try_acquire(NAME)
    assert not second.try_acquire(NAME)
    first.release()
    assert second.try_acquire(NAME)
    second.release()


def test_many_of_us_begin_at_once_at_many_databases(tmp_path: Path, shared: Path):
    """Whoever is second to make the Go tools' file finds that the first is one of us, not a Go tool."""
    for turn in range(20):
        locks = [FileLock(str(tmp_path / f"{turn}-{number}.db")) for number in range(8)]
        together = threading.Barrier(len(locks))

        def take(lock: FileLock, together: threading.Barrier = together) -> bool:
            together.wait()
            return lock.try_acquire(NAME)

        with ThreadPoolExecutor(len(locks)) as pool:
            assert list(pool.map(take, locks)) == [True] * len(locks)
        for lock in locks:
            lock.release()
        shared.unlink(missing_ok=True)
