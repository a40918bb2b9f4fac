"""What the name and the directives of a migration file say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from atlas.engine.directory import (
    MigrationFile,
    TxMode,
    add_directive,
    checkpoint_file,
    generated_version,
    new_file_name,
)
from atlas.engine.scan import MYSQL
from atlas.errors import DirectoryError


def file_of(text: str, name: str = "1_a.sql") -> MigrationFile:
    return MigrationFile(name, text.encode())


@pytest.mark.parametrize(
    ("name", "version", "description"),
    [
        ("20240101000000_add_users.sql", "20240101000000", "add_users"),
        ("2.10.x-20_description.sql", "2.10.x-20", "description"),
        ("1.a_sub.up.sql", "1.a", "sub.up"),
        ("4.sql", "4", ""),
        ("_x.sql", "", "x"),
    ],
)
def test_a_name_is_version_and_description(name: str, version: str, description: str):
    file = MigrationFile(name, b"")
    assert (file.version, file.description) == (version, description)


@pytest.mark.parametrize(
    "top", ["-- atlas:nolint a\n\n", "# atlas:nolint a\n \t\nx;", "-- b\n-- atlas:nolint a\n"]
)
def test_file_directives_end_with_a_blank_line_or_the_file(top: str):
    assert file_of(top).directives("nolint") == ("a",)


@pytest.mark.parametrize(
    "top",
    ["-- atlas:nolint a\nx;", "-- atlas:nolint a", " -- atlas:nolint a\n\n", "-- atlas:nolint a\r\n\r\nx;"],
)
def test_other_comments_are_no_file_directives(top: str):
    assert file_of(top).directives("nolint") == ()


def test_repeated_directives_are_a_list():
    assert file_of("-- atlas:nolint\n-- atlas:nolint a b\n\n").directives("nolint") == ("", "a b")


def test_a_checkpoint_may_have_a_tag():
    assert file_of("-- atlas:checkpoint v1\n\n").checkpoint_tag == "v1"
    assert file_of("-- atlas:checkpoint\n\n").is_checkpoint
    assert file_of("-- atlas:checkpoint\n\n").checkpoint_tag == ""
    assert not file_of("SELECT 1;").is_checkpoint


def test_a_checkpoint_is_written_with_its_directive():
    assert checkpoint_file("1.sql", "v1", b"SELECT 1;\n").content == b"-- atlas:checkpoint v1\n\nSELECT 1;\n"
    assert checkpoint_file("1.sql", "", b"").content == b"-- atlas:checkpoint\n\n"


def test_a_second_directive_joins_the_first():
    file = add_directive(file_of("-- atlas:nolint\n\nSELECT 1;"), "txmode", "none")
    assert file.text == "-- atlas:txmode none\n-- atlas:nolint\n\nSELECT 1;"


@pytest.mark.parametrize(
    ("directives", "rule", "mode"),
    [
        ("", "file", "file"),
        ("", "all", "all"),
        ("-- atlas:txmode none\n\n", "file", "none"),
        ("-- atlas:txmode file\n\n", "none", "file"),
        ("-- atlas:txmode none\n\n", "none", "none"),
    ],
)
def test_a_file_may_choose_its_transaction(directives: str, rule: TxMode, mode: str):
    assert file_of(directives).tx_mode(rule) == mode


@pytest.mark.parametrize(
    ("directives", "rule", "message"),
    [
        (
            "-- atlas:txmode none\n-- atlas:txmode file\n\n",
            "file",
            'multiple txmode values found in file "1_a.sql": ["none" "file"]',
        ),
        (
            "-- atlas:txmode all\n\n",
            "all",
            'txmode "all" is not allowed in file directive "1_a.sql". Use "file" instead',
        ),
        ("-- atlas:txmode x\n\n", "file", 'unknown txmode "x" found in file directive "1_a.sql"'),
        ("-- atlas:txmode\n\n", "file", 'unknown txmode "" found in file directive "1_a.sql"'),
        (
            "-- atlas:txmode none\n\n",
            "all",
            'cannot set txmode directive to "none" in "1_a.sql" when txmode "all" is set globally',
        ),
        (
            "-- atlas:txmode file\n\n",
            "all",
            'cannot set txmode directive to "file" in "1_a.sql" when txmode "all" is set globally',
        ),
    ],
)
def test_a_wrong_choice_is_named(directives: str, rule: TxMode, message: str):
    with pytest.raises(DirectoryError) as raised:
        file_of(directives).tx_mode(rule)
    assert str(raised.value) == message


def test_the_delimiter_of_a_file_is_obeyed():
    statements = file_of("-- atlas:delimiter //\na;b//c").statements(MYSQL)
    assert [statement.text for statement in statements] == ["a;b", "c"]


def test_a_version_is_the_time_in_utc():
    assert generated_version(datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC)) == "20240203040506"
    assert generated_version(datetime(2024, 1, 1, 1, tzinfo=timezone(timedelta(hours=2)))) == "20231231230000"


def test_a_new_file_is_named_after_its_version():
    assert new_file_name("1", "add_users") == "1_add_users.sql"
    assert new_file_name("1") == "1.sql"


@pytest.mark.parametrize("name", ["../x", "a/b", "a\0b"])
def test_a_name_with_a_folder_is_refused(name: str):
    with pytest.raises(DirectoryError, match="must have a name without '/'"):
        new_file_name("1", name)
