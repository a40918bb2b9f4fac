"""``atlas schema diff`` and ``atlas schema clean``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Shell
from tests.integration.cli.schema_files import ENTER, at_a_terminal, names, put, sql

DEV = ("--dev-url", "sqlite://dev?mode=memory")
SYNCED = "Schemas are synced, no changes to be made.\n"


def test_a_difference_is_sql_on_one_line_each(atlas: Shell) -> None:
    one, two = put(atlas, "1.sql", ""), put(atlas, "2.sql", "CREATE TABLE t (a int, b int);")
    words = ("schema", "diff", "--from", one, "--to", two, *DEV)
    assert atlas.ok(*words) == '-- Create "t" table\nCREATE TABLE `t` (`a` int NULL, `b` int NULL);\n'
    assert "(\n  `a` int NULL,\n" in atlas.ok(*words, "--format", '{{ sql . "  " }}')
    [change] = json.loads(atlas.ok(*words, "--format", "{{ json . }}"))["Changes"]
    assert change["Reverse"] == ["DROP TABLE `t`"]
    assert atlas.ok("schema", "diff", "--from", one, "--to", one, *DEV) == SYNCED


USERS = 'CREATE TABLE "my users" (id integer PRIMARY KEY, name text);'
LOST = '-- Hazards:\n--   DELETES_DATA column main.my users.name: The values of "name" are deleted.\n'


@pytest.mark.parametrize("format_", [(), ("--format", "{{ json . }}")])
def test_data_that_would_be_gone_is_told_on_stderr_and_what_is_on_stdout_stays(
    atlas: Shell, format_: tuple[str, ...]
) -> None:
    one, two = put(atlas, "1.sql", USERS), put(atlas, "2.sql", USERS.replace("name text", "full_name text"))
    answer = atlas("schema", "diff", "--from", one, "--to", two, *DEV, *format_)
    assert answer.code == 0
    assert answer.err.startswith(
        f"{LOST}-- column main.my users.name to full_name looks like a rename. If it is one"
    )
    assert format_ or answer.out == (
        '-- Drop column "name" from table: "my users"\nALTER TABLE `my users` DROP COLUMN `name`;\n'
        '-- Add column "full_name" to table: "my users"\nALTER TABLE `my users` ADD COLUMN `full_name` text NULL;\n'
    )
    assert atlas("schema", "diff", "--from", one, "--to", one, *DEV).err == ""


def test_a_rename_is_one_when_it_is_written_as_the_hint_says(atlas: Shell) -> None:
    one, text = put(atlas, "1.sql", USERS), USERS.replace("name text", "full_name text")
    words = ("schema", "diff", "--from", one, *DEV, "--to")
    hint = atlas(*words, put(atlas, "2.sql", text)).err
    in_hcl, in_sql = re.search(
        r"state: (renamed_from = .+) in HCL, (-- atlas:rename .+) in SQL$", hint, re.MULTILINE
    ).groups()
    renamed = '-- Rename a column from "name" to "full_name"\n'
    told = atlas(*words, put(atlas, "3.sql", f"{in_sql}\n{text}"))
    assert (told.out.startswith(renamed), told.err) == (True, "")
    hcl = atlas.ok("schema", "inspect", "--url", "file://2.sql", *DEV)
    block = 'column "full_name" {'
    told = atlas(*words, put(atlas, "4.hcl", hcl.replace(block, f"{block}\n    {in_hcl}")))
    assert (told.out.startswith(renamed), told.err) == (True, "")


def test_a_table_that_is_renamed_gets_a_hint_that_works(atlas: Shell) -> None:
    one, text = put(atlas, "1.sql", USERS), USERS.replace("my users", "people")
    words = ("schema", "diff", "--from", one, *DEV, "--to")
    hint = atlas(*words, put(atlas, "2.sql", text)).err
    assert "-- table main.my users to people looks like a rename." in hint
    asked = '-- atlas:rename table "my users" "people"'
    assert asked in hint
    assert "RENAME TO `people`" in atlas.ok(*words, put(atlas, "3.sql", f"{asked}\n{text}"))


def test_a_database_stands_on_either_side(atlas: Shell) -> None:
    sql(atlas.folder / "app.db", "CREATE TABLE t (a int)")
    state = put(atlas, "s.sql", "CREATE TABLE t (a int);")
    assert atlas.ok("schema", "diff", "--from", "sqlite://app.db", "--to", state) == SYNCED
    assert atlas.ok("schema", "diff", "--from", state, "--to", "sqlite://app.db") == SYNCED
    (atlas.folder / "empty.db").touch()
    empty = atlas.ok("schema", "diff", "--from", "sqlite://app.db", "--to", "sqlite://empty.db")
    assert "DROP TABLE `t`" in empty


def test_a_mistyped_file_is_no_empty_database(atlas: Shell) -> None:
    sql(atlas.folder / "app.db", "CREATE TABLE t (a int)")
    words = ("schema", "apply", "--url", "sqlite://app.db", "--auto-approve", "--to")
    answer = atlas(*words, "sqlite://ap.db")
    assert answer.code == 1
    assert "stat ap.db: no such file or directory" in answer.err
    assert names(atlas.folder / "app.db") == ["t"]


def test_patterns_hold_on_both_sides(atlas: Shell) -> None:
    one, two = put(atlas, "1.sql", "CREATE TABLE a (x int);"), put(atlas, "2.sql", "CREATE TABLE b (x int);")
    assert atlas.ok("schema", "diff", "--from", one, "--to", two, *DEV, "--exclude", "a,b") == SYNCED
    only = atlas.ok("schema", "diff", "--from", one, "--to", two, *DEV, "--include", "b")
    assert "DROP" not in only
    assert "CREATE TABLE `b`" in only


def test_a_directory_is_compared_at_a_version(atlas: Shell) -> None:
    url = atlas.write({"1_a.sql": "CREATE TABLE a (x int);", "2_b.sql": "CREATE TABLE b (x int);"})
    shown = atlas.ok("schema", "diff", "--from", f"{url}?version=1", "--to", url, *DEV)
    assert shown.startswith('-- Create "b" table\n')
    answer = atlas("schema", "diff", "--from", f"{url}?version=9", "--to", url, *DEV)
    assert 'migration with version "9" not found' in answer.err


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ((), 'required flag(s) "from", "to" not set'),
        (("--from", "file://a.sql"), 'required flag(s) "to" not set'),
        (("--from", "file://a.sql", "--to", "file://a.sql"), "--dev-url cannot be empty"),
        (("--from", "file://a.sql", "--to", "file://b.hcl,file://a.sql", *DEV), "SQL or HCL, not both"),
    ],
)
def test_what_cannot_be_compared_is_refused(atlas: Shell, words: tuple[str, ...], complaint: str) -> None:
    put(atlas, "a.sql", "")
    put(atlas, "b.hcl", "")
    answer = atlas("schema", "diff", *words)
    assert answer.code == 1
    assert complaint in answer.err


# Cleaning


@pytest.fixture
def app(atlas: Shell) -> Path:
    path = atlas.folder / "app.db"
    sql(
        path,
        "CREATE TABLE t (a int)",
        "CREATE VIEW v AS SELECT a FROM t",
        "CREATE TABLE atlas_schema_revisions (x)",
    )
    return path


def test_everything_is_dropped_the_history_too(atlas: Shell, app: Path) -> None:
    shown = atlas.ok("schema", "clean", "-u", "sqlite://app.db", "--dry-run")
    assert shown.startswith("-- Planned Changes:\n")
    assert names(app) == ["atlas_schema_revisions", "t", "v"]
    assert atlas.ok("schema", "clean", "-u", "sqlite://app.db", "--auto-approve") == shown
    assert names(app) == []
    assert atlas.ok("schema", "clean", "-u", "sqlite://app.db", "--auto-approve") == "Nothing to drop\n"


def test_what_a_project_excludes_is_not_dropped(atlas: Shell, app: Path) -> None:
    put(atlas, "atlas.hcl", 'env "e" {\n  url = "sqlite://app.db"\n  exclude = ["t", "atlas_*"]\n}\n')
    atlas.ok("schema", "clean", "--env", "e", "--auto-approve")
    assert names(app) == ["atlas_schema_revisions", "t"]


def test_a_document_says_what_went_and_one_is_there_when_nothing_did(atlas: Shell, app: Path) -> None:
    words = ("schema", "clean", "-u", "sqlite://app.db", "--auto-approve", "--format", "{{ json . }}")
    document = json.loads(atlas.ok(*words))
    assert "DROP TABLE `t`" in document["Applied"]["Applied"]
    assert {"Driver", "URL", "Start", "End"} <= document.keys()
    assert "Applied" not in json.loads(atlas.ok(*words))


def test_a_person_is_asked_before_everything_goes(atlas: Shell, app: Path) -> None:
    assert atlas("schema", "clean", "-u", "sqlite://app.db").code == 1
    assert names(app) == ["atlas_schema_revisions", "t", "v"]
    typed = at_a_terminal(atlas, ["schema", "clean", "-u", "sqlite://app.db"], [("▸ Apply", ENTER)])
    assert typed.code == 0
    assert names(app) == []
