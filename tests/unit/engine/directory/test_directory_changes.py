"""Moving files to the end, taking them out, and giving them other content."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from atlas.engine.directory import (
    Directory,
    MigrationFile,
    chosen_files,
    compute_sum,
    moved_to_end,
    validate,
    with_change,
    with_content,
    without_files,
)
from atlas.engine.migrate_plan import version_after
from atlas.errors import DirectoryError, UsageError

from tests.fakes.directories import directory_with

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
BRANCH = directory_with(
    {
        "20260101000000_a.sql": "a;",
        "20260102000000_mine.sql": "b;",
        "20260103000000.sql": "c;",
        "20260104000000_theirs_too.sql": "d;",
    }
)


def following(directory: Directory, description: str) -> str:
    return version_after(directory, NOW, description)


def moved(directory: Directory, *words: str) -> Directory:
    change = moved_to_end(directory, chosen_files(directory, words), following)
    return with_change(directory, change)


def names(directory: Directory) -> list[str]:
    return [file.name for file in directory.files]


def test_files_move_behind_all_others_and_keep_order_name_and_content() -> None:
    after = moved(BRANCH, "20260103000000", "20260102000000_mine.sql")
    assert names(after) == [
        "20260101000000_a.sql",
        "20260104000000_theirs_too.sql",
        "20260304050607_mine.sql",
        "20260304050608.sql",
    ]
    assert [file.content for file in after.files] == [b"a;", b"d;", b"b;", b"c;"]
    validate(after)


def test_a_version_of_the_future_is_passed() -> None:
    after = moved(
        directory_with({"20260101000000.sql": "a;", "20990101000000_b.sql": "b;"}), "20260101000000"
    )
    assert names(after) == ["20990101000000_b.sql", "20990101000001.sql"]


def test_the_last_file_gets_a_new_version_as_well() -> None:
    # Its name would be free only after it is gone, and a change may be carried out twice.
    assert names(moved(BRANCH, "20260104000000"))[-1] == "20260304050607_theirs_too.sql"


def test_a_checkpoint_does_not_move() -> None:
    directory = directory_with({"1.sql": "-- atlas:checkpoint\n\na;\n", "2.sql": "b;"})
    with pytest.raises(DirectoryError, match=r'"1\.sql" is a checkpoint'):
        moved(directory, "1")


def test_files_are_taken_out_and_changed() -> None:
    out = with_change(
        BRANCH, without_files(BRANCH, chosen_files(BRANCH, ["20260101000000", "20260103000000.sql"]))
    )
    assert names(out) == ["20260102000000_mine.sql", "20260104000000_theirs_too.sql"]
    validate(out)
    other = with_change(BRANCH, with_content(BRANCH, MigrationFile("20260103000000.sql", b"other;")))
    assert [file.content for file in other.files] == [b"a;", b"b;", b"other;", b"d;"]
    validate(other)


def test_the_last_file_that_goes_leaves_a_sum_of_nothing() -> None:
    directory = directory_with({"1.sql": "a;"})
    empty = with_change(directory, without_files(directory, directory.files))
    assert empty == Directory((), compute_sum(Directory(())).text)


def test_a_change_that_is_done_already_changes_nothing() -> None:
    change = moved_to_end(BRANCH, BRANCH.files[:2], following)
    once = with_change(BRANCH, change)
    assert with_change(once, change) == once


def test_older_clients_send_all_names_as_one_word() -> None:
    files = chosen_files(BRANCH, ["20260101000000_a.sql 20260103000000"])
    assert [file.version for file in files] == ["20260101000000", "20260103000000"]


def test_a_name_with_a_blank_is_one_word() -> None:
    directory = directory_with({"1_a b.sql": "a;", "1_a.sql": "b;"})
    assert [file.name for file in chosen_files(directory, ["1_a b.sql"])] == ["1_a b.sql"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["2026"], 'no file of the directory has the name or the version "2026"; some of its files are'),
        (["20260101000000_b.sql"], 'some of its files are "20260101000000_a.sql"'),
        (["20260101000000", "20260101000000_a.sql"], '"20260101000000_a.sql" is named twice'),
        ([""], 'the version ""'),
    ],
)
def test_a_word_that_means_no_file_is_refused(words: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        chosen_files(BRANCH, words)


def test_a_version_of_two_files_is_not_enough() -> None:
    directory = directory_with({"1_a.sql": "a;", "1_b.sql": "b;"})
    with pytest.raises(UsageError, match=r'version "1" is that of "1_a\.sql", "1_b\.sql": name one of them'):
        chosen_files(directory, ["1"])
    assert names(Directory(chosen_files(directory, ["1_b.sql"]))) == ["1_b.sql"]
