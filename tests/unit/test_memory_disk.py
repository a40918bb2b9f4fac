"""The folder of temporary files is one in memory only where that serves, and never against the will of a person."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests import memory_disk


@pytest.fixture(autouse=True)
def _the_run_keeps_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", tempfile.gettempdir())


def with_room(monkeypatch: pytest.MonkeyPatch, *, room_bytes: int, flags: int = 0) -> None:
    found = (4096, 4096, room_bytes // 4096, 0, room_bytes // 4096, 0, 0, 0, flags, 255)
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result(found))


def test_a_folder_with_room_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_room(monkeypatch, room_bytes=memory_disk.ROOM_BYTES)
    environ: dict[str, str] = {}
    memory_disk.write_to_memory(environ, str(tmp_path))
    assert environ == {"TMPDIR": str(tmp_path)}


def test_what_a_person_chose_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_room(monkeypatch, room_bytes=memory_disk.ROOM_BYTES)
    environ = {"TMPDIR": "/elsewhere"}
    memory_disk.write_to_memory(environ, str(tmp_path))
    assert environ == {"TMPDIR": "/elsewhere"}


def test_a_folder_that_is_small_or_runs_no_programs_or_is_not_there_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not memory_disk.has_room(str(tmp_path / "nowhere"))
    with_room(monkeypatch, room_bytes=64 << 20)
    assert not memory_disk.has_room(str(tmp_path))
    with_room(monkeypatch, room_bytes=memory_disk.ROOM_BYTES, flags=os.ST_NOEXEC)
    assert not memory_disk.has_room(str(tmp_path))
