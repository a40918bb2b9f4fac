"""Directories on a disk."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from atlas.engine.directory import MigrationFile, compute_sum, validate
from atlas.errors import DirectoryError
from atlas.sources.local import (
    create_directory,
    read_directory,
    write_file,
    write_sum,
)


def test_only_sql_files_at_the_top_are_read(tmp_path: Path):
    (tmp_path / "sub").mkdir()
    for name in ("2_b.sql", "1_ä b.sql", "README.md", "3.SQL", "sub/4.sql", ".hidden.sql"):
        (tmp_path / name).write_bytes(name.encode())
    found = read_directory(tmp_path)
    assert [(file.name, file.content) for file in found.files] == [
        (name, name.encode()) for name in (".hidden.sql", "1_ä b.sql", "2_b.sql")
    ]
    assert found.sum_text is None


def test_what_is_written_is_read_back(tmp_path: Path):
    file = MigrationFile("1_a.sql", b"SELECT '\xe9';\r\n")
    write_file(tmp_path, file)
    write_sum(tmp_path, compute_sum(read_directory(tmp_path)))
    found = read_directory(tmp_path)
    assert found.files == (file,)
    assert validate(found).text == found.sum_text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1_a.sql", "atlas.sum"]


def test_files_are_written_for_everyone_to_read(tmp_path: Path):
    write_file(tmp_path, MigrationFile("1.sql", b""))
    assert stat.S_IMODE((tmp_path / "1.sql").stat().st_mode) == 0o644


def test_a_link_is_written_through(tmp_path: Path):
    (tmp_path / "real").write_bytes(b"")
    (tmp_path / "atlas.sum").symlink_to("real")
    write_sum(tmp_path, compute_sum(read_directory(tmp_path)))
    assert (tmp_path / "atlas.sum").is_symlink()
    assert (tmp_path / "real").read_text().startswith("h1:")


def test_a_missing_directory_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DirectoryError) as raised:
        read_directory(Path("migrations"))
    assert str(raised.value) == "sql/migrate: stat migrations: no such file or directory"


def test_a_file_is_no_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    Path("x").write_bytes(b"")
    with pytest.raises(DirectoryError) as raised:
        read_directory(Path("x"))
    assert str(raised.value) == 'sql/migrate: "x" is not a dir'


def test_a_name_that_is_not_utf8_is_refused(tmp_path: Path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/1_\xff.sql")).write_bytes(b"")
    with pytest.raises(DirectoryError, match=r'"1_\\xff.sql" must have a name in UTF-8'):
        read_directory(tmp_path)


def test_a_folder_that_is_named_like_a_file_is_refused(tmp_path: Path):
    (tmp_path / "1.sql").mkdir()
    with pytest.raises(DirectoryError, match=r'read file "1\.sql": is a directory'):
        read_directory(tmp_path)


def test_a_file_is_never_written_outside(tmp_path: Path):
    with pytest.raises(DirectoryError, match="without '/'"):
        write_file(tmp_path, MigrationFile("../1.sql", b""))


def test_a_failed_write_leaves_nothing(tmp_path: Path):
    (tmp_path / "1.sql").mkdir()
    with pytest.raises(DirectoryError, match="sql/migrate: write "):
        write_file(tmp_path, MigrationFile("1.sql", b"x"))
    assert [path.name for path in tmp_path.iterdir()] == ["1.sql"]


def test_a_directory_is_made_once(tmp_path: Path):
    create_directory(tmp_path / "a" / "b")
    create_directory(tmp_path / "a" / "b")
    assert read_directory(tmp_path / "a" / "b").files == ()


def test_a_directory_cannot_be_made_in_a_file(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(DirectoryError, match="sql/migrate: mkdir "):
        create_directory(tmp_path / "a" / "b")
