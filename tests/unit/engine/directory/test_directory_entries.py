"""Order and lookup in a directory, and its way through an archive."""

from __future__ import annotations

import pytest
from atlas.engine.directory import MigrationFile, directory_of, from_entries, to_entries
from atlas.errors import DirectoryError

CHECKPOINT = b"-- atlas:checkpoint\n\n"


def test_files_are_in_byte_order_of_their_names():
    names = ["2.sql", "é.sql", "10.sql", "2.5.sql", "1_x.sql", "1.sql", "B.sql", "a.sql"]
    found = directory_of(MigrationFile(name, b"") for name in names)
    assert [file.name for file in found.files] == sorted(names, key=str.encode)


def test_checkpoints_and_migrations_part_the_files():
    found = directory_of(
        [MigrationFile("1.sql", b""), MigrationFile("2.sql", CHECKPOINT), MigrationFile("3.sql", b"")]
    )
    assert [file.name for file in found.checkpoints] == ["2.sql"]
    assert [file.name for file in found.migrations] == ["1.sql", "3.sql"]


def test_of_two_files_of_a_version_the_last_is_found():
    found = directory_of([MigrationFile("1_a.sql", b""), MigrationFile("1_b.sql", b"")])
    assert found.file_of_version("1") == MigrationFile("1_b.sql", b"")
    assert found.file_of_version("2") is None


def test_entries_come_back_as_they_were():
    entries = (("atlas.sum", b"h1:\xff\n"), ("1.sql", b"\xe9"), ("2.sql", b""))
    assert to_entries(from_entries(reversed(entries))) == entries
    assert to_entries(from_entries(entries[1:])) == entries[1:]


def test_other_entries_are_left_out():
    assert from_entries([("README.md", b""), ("1.SQL", b"")]).files == ()


@pytest.mark.parametrize("name", ["a/1.sql", "../1.sql", "/1.sql", "x/README.md", "1\0.sql", "1\udcff.sql"])
def test_a_name_that_is_not_a_plain_file_is_refused(name: str):
    with pytest.raises(DirectoryError, match="must have a name"):
        from_entries([(name, b"")])


@pytest.mark.parametrize("name", ["1.sql", "atlas.sum"])
def test_a_name_twice_is_refused(name: str):
    with pytest.raises(DirectoryError, match="is there twice"):
        from_entries([(name, b"a"), (name, b"b")])
