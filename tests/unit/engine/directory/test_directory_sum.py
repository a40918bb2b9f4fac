"""``atlas.sum``: what it holds, and what is said when it does not fit."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest
from atlas.engine.directory import (
    Directory,
    MigrationFile,
    compute_sum,
    directory_of,
    hash_of,
    parse_sum,
    statement_hashes,
    validate,
)
from atlas.engine.scan import Statement
from atlas.errors import ChecksumMismatch, DirectoryError

EMPTY = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"


def directory(*names: str, sum_text: str | None = None, **contents: bytes) -> Directory:
    files = [MigrationFile(f"{name}.sql", contents.get(name, name.encode())) for name in names]
    return directory_of(files, sum_text)


def b64(data: bytes) -> str:
    return b64encode(sha256(data).digest()).decode()


def failure(found: Directory) -> tuple[str, str]:
    with pytest.raises(ChecksumMismatch) as raised:
        validate(found)
    return str(raised.value), raised.value.detail


def test_each_hash_covers_everything_before_it():
    found = compute_sum(directory("a", "b", b=b"B"))
    first, second = b64(b"a.sqla"), b64(b"a.sqlab.sqlB")
    assert [entry.hash for entry in found.entries] == [first, second]
    assert found.total == b64(f"a.sql{first}b.sql{second}".encode())
    assert found.text == f"h1:{found.total}\na.sql h1:{first}\nb.sql h1:{second}\n"


def test_an_ignored_file_leaves_only_its_name():
    found = compute_sum(directory("a", "b", a=b"-- atlas:sum ignore\nx"))
    assert [entry.hash for entry in found.entries] == [b64(b"a.sqlb.sqlb")]


def test_line_endings_count():
    assert compute_sum(directory("a", a=b"x\n")) != compute_sum(directory("a", a=b"x\r\n"))


def test_the_sum_of_no_files_is_the_sum_of_nothing():
    assert compute_sum(directory()).text == EMPTY
    assert validate(directory(sum_text=EMPTY)).text == EMPTY


def test_a_written_sum_is_read_back():
    found = compute_sum(directory("a", "ä b"))
    assert parse_sum(found.text) == found
    assert parse_sum(found.text.replace("\n", "\r\n")) == found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "checksum mismatch"),
        ("h1:x\n", "checksum mismatch"),
        (EMPTY + "\n", "checksum file format invalid"),
        (EMPTY + "<<<<<<< HEAD\n", "checksum file format invalid"),
    ],
)
def test_a_broken_sum_file_is_refused(text: str, message: str):
    assert failure(directory("a", sum_text=text)) == (message, "")


def test_files_without_a_sum_are_refused():
    assert failure(directory("a")) == ("checksum file not found", "")


def test_no_files_need_no_sum():
    assert validate(directory()).entries == ()


def test_a_sum_that_fits_is_returned():
    text = compute_sum(directory("a", "b")).text
    assert validate(directory("a", "b", sum_text=text)).text == text


@pytest.mark.parametrize(
    ("before", "after", "detail"),
    [
        (("a", "c"), directory("a", "b", "c"), "L3: b.sql was added"),
        (("a",), directory("a", "b"), "L3: b.sql was added"),
        (("a", "b"), directory("a"), "L3: b.sql was removed"),
        (("a", "b", "c"), directory("b", "c"), "L2: a.sql was removed"),
        (("a", "b"), directory("a", "b", a=b"edited"), "L2: a.sql was edited"),
        ((), directory("a"), "L2: a.sql was added"),
    ],
)
def test_the_first_difference_is_named(before: tuple[str, ...], after: Directory, detail: str):
    stored = compute_sum(directory(*before)).text
    assert failure(Directory(after.files, stored)) == ("checksum mismatch", detail)


def test_a_sum_with_a_line_twice_is_refused_in_words():
    found = compute_sum(directory("a"))
    line = found.text.splitlines()[1]
    total = b64((found.entries[0].name + found.entries[0].hash).encode() * 2)
    assert failure(directory("a", sum_text=f"h1:{total}\n{line}\n{line}\n"))[1] == "L3: a.sql was edited"


def test_the_hash_of_an_ignored_file_is_missed():
    found = compute_sum(directory("a", "b", b=b"-- atlas:sum ignore\n"))
    assert hash_of(found, "a.sql") == b64(b"a.sqla")
    with pytest.raises(DirectoryError) as raised:
        hash_of(found, "b.sql")
    assert str(raised.value) == 'sql/migrate: scanning checksum from "b.sql": checksum not found'


def test_statement_hashes_add_up():
    hashes = statement_hashes([Statement(0, "a;"), Statement(3, "\udce9")])
    assert hashes == (b64(b"a;"), b64(b"a;\xe9"))
