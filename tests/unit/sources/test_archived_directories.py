"""Migration directories in archives on a disk: what is read, and what is refused before much of it is in memory."""

from __future__ import annotations

import gzip
import os
import tarfile
from pathlib import Path

import pytest
from atlas.engine.directory import compute_sum, directory_of, validate
from atlas.engine.directory.migration_file import MigrationFile
from atlas.errors import AtlasError, DesiredStateError, DirectoryError, Unsupported
from atlas.sources.archives import is_archive, read_folder_or_archive
from atlas.sources.schema_files import read_schema_files
from atlas.sources.tool_folders import read_directory_as
from atlas.wire import archive as limits_of_archives
from atlas.wire.archive import Limits, pack

ONE = b"CREATE TABLE one (id int);\n"
SEALED = compute_sum(directory_of([MigrationFile("1_one.sql", ONE)])).text
ENTRIES = [("atlas.sum", SEALED.encode()), ("1_one.sql", ONE)]


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["m.tar", "m.tar.gz", "m.tgz"])
def test_an_archive_is_read_as_the_folder_that_it_was_made_of(tmp_path: Path, name: str) -> None:
    content = pack(ENTRIES) if name == "m.tar" else gzip.compress(pack(ENTRIES))
    found = read_folder_or_archive(written(tmp_path / name, content))
    assert [(file.name, file.content) for file in found.files] == [("1_one.sql", ONE)]
    assert validate(found).text == SEALED


def test_what_tar_makes_of_a_folder_is_read_and_other_files_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    for name, content in (*ENTRIES, ("README.md", b"words")):
        written(folder / name, content)
    with tarfile.open(tmp_path / "m.tgz", "w:gz") as tar:
        tar.add(folder, arcname=".")
    assert read_folder_or_archive(tmp_path / "m.tgz") == read_folder_or_archive(folder)


def test_the_folder_itself_in_an_archive_is_refused_with_the_command_that_makes_a_right_one(
    tmp_path: Path,
) -> None:
    (tmp_path / "m").mkdir()
    with tarfile.open(tmp_path / "m.tgz", "w:gz") as tar:
        tar.add(tmp_path / "m", arcname="m")
    with pytest.raises(DirectoryError, match=r"m\.tgz: the archive holds .*'tar -C FOLDER -czf m\.tgz \.'"):
        read_folder_or_archive(tmp_path / "m.tgz")


def test_a_folder_with_the_name_of_an_archive_stays_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "m.tar"
    folder.mkdir()
    written(folder / "1_one.sql", ONE)
    assert not is_archive(folder)
    assert [file.name for file in read_folder_or_archive(folder).files] == ["1_one.sql"]


@pytest.mark.parametrize("name", ["m.zip", "m.tar.xz", "m.tar.bz2", "m.7z"])
def test_archives_of_other_kinds_are_refused_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        Unsupported, match=rf"{name}: archives of this kind .*\.tar\.gz, \.tgz, \.tar or a folder"
    ):
        read_folder_or_archive(written(tmp_path / name, b""))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "m.tar")
    with pytest.raises(DirectoryError, match="is not a dir"):
        read_folder_or_archive(tmp_path / "m.tar")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DirectoryError, match=r"^sql/migrate: open .*m\.tar: no such file or directory$"):
        read_folder_or_archive(tmp_path / "m.tar")


def test_the_limits_are_those_of_archives_that_are_pushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "m.tar", pack(ENTRIES))
    small = Limits(total_bytes=1024, entries=1)
    monkeypatch.setattr(limits_of_archives, "DEFAULT_LIMITS", small)
    written(path, bytes(small.tar_bytes + 1))
    with pytest.raises(DirectoryError, match=f"larger than {small.tar_bytes} bytes"):
        read_folder_or_archive(path)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(pack([("1.sql", bytes(32 * 1024 * 1024))]))
    with pytest.raises(DirectoryError, match="more than its size allows"):
        read_folder_or_archive(written(tmp_path / "m.tgz", bomb))


@pytest.mark.parametrize(
    "content",
    [b"", b"not a tar", gzip.compress(b"nor this"), pack(ENTRIES)[:700]],
    ids=["empty", "text", "zipped text", "cut off"],
)
def test_what_is_no_archive_is_refused_with_its_path(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DirectoryError, match=r"m\.tar: the archive cannot be read"):
        read_folder_or_archive(written(tmp_path / "m.tar", content))


def test_files_of_another_tool_are_read_as_that_tool_has_them(tmp_path: Path) -> None:
    goose = [("1_one.sql", b"-- +goose Up\n" + ONE + b"-- +goose Down\nDROP TABLE one;\n")]
    found = read_directory_as(written(tmp_path / "m.tar", pack(goose)), "goose")
    assert "CREATE TABLE one" in found.files[0].text
    assert "DROP TABLE" not in found.files[0].text


def test_folders_of_flyway_cannot_be_in_an_archive(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "m.tar", "w") as tar:
        tar.addfile(tarfile.TarInfo("v1/V1__one.sql"))
    with pytest.raises(DirectoryError, match="expected a file name without a folder"):
        read_directory_as(tmp_path / "m.tar", "flyway")


def test_an_archive_is_a_desired_state_only_alone_and_with_its_sum(tmp_path: Path) -> None:
    path = written(tmp_path / "m.tar", pack(ENTRIES))
    with pytest.raises(DesiredStateError, match="a desired state of its own"):
        read_schema_files([path, path], variables={})
    unsealed = written(tmp_path / "u.tar", pack(ENTRIES[1:]))
    with pytest.raises(AtlasError, match="checksum file not found"):
        read_schema_files([unsealed], variables={})
