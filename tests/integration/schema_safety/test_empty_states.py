"""A desired state that says nothing drops nothing unless a person has looked at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.cli.conftest import Shell
from tests.integration.cli.schema_files import DOWN, ENTER, at_a_terminal, put, sql

REFUSED = "Error: the desired state says nothing at all, and would drop table main.t: "


@pytest.fixture
def app(atlas: Shell) -> Path:
    path = atlas.folder / "app.db"
    sql(path, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
    return path


def words(to: str, *more: str) -> tuple[str, ...]:
    return ("schema", "apply", "-u", "sqlite://app.db", "--to", to, *more)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("s.sql", ""),
        ("s.sql", "-- nothing\n/* yet */\n;\n"),
        ("s.hcl", "# nothing\n"),
        ("s.hcl", 'variable "v" {\n  default = 1\n}\n'),
    ],
)
def test_an_empty_text_drops_nothing_unattended(atlas: Shell, app: Path, name: str, text: str) -> None:
    to = put(atlas, name, text)
    answer = atlas(*words(to, "--auto-approve"))
    assert answer.code == 1
    assert answer.err.startswith(REFUSED)
    assert sql(app, "SELECT a FROM t") == [(1,)]
    assert "DROP TABLE `t`" in atlas.ok(*words(to, "--dry-run"))


def test_the_wrong_database_drops_nothing_unattended(atlas: Shell, app: Path) -> None:
    sql(atlas.folder / "empty.db", "PRAGMA user_version = 1")
    answer = atlas(*words("sqlite://empty.db", "--auto-approve"))
    assert answer.err.startswith(REFUSED)
    assert sql(app, "SELECT a FROM t") == [(1,)]


def test_a_person_may_drop_everything(atlas: Shell, app: Path) -> None:
    shown = at_a_terminal(atlas, words(put(atlas, "s.sql", "")), [("▸ Apply", ENTER)])
    assert shown.code == 0
    assert sql(app, "SELECT name FROM sqlite_master") == []


def test_a_person_may_say_no(atlas: Shell, app: Path) -> None:
    shown = at_a_terminal(atlas, words(put(atlas, "s.sql", "")), [("▸ Apply", DOWN), ("▸ Abort", ENTER)])
    assert shown.code == 0
    assert "DELETES_DATA table main.t" in shown.screen
    assert sql(app, "SELECT a FROM t") == [(1,)]


def test_an_empty_schema_block_says_that_nothing_is_wanted(atlas: Shell, app: Path) -> None:
    atlas.ok(*words(put(atlas, "s.hcl", 'schema "main" {\n}\n'), "--auto-approve"))
    assert sql(app, "SELECT name FROM sqlite_master") == []


def test_nothing_on_nothing_is_no_error(atlas: Shell) -> None:
    assert "synced" in atlas.ok(*words(put(atlas, "s.sql", ""), "--auto-approve"))


def test_a_policy_of_destructive_changes_speaks_as_well(atlas: Shell, app: Path) -> None:
    put(atlas, "atlas.hcl", 'env "e" {\n  lint {\n    destructive {\n      error = true\n    }\n  }\n}\n')
    to = put(atlas, "s.hcl", 'schema "main" {\n}\n')
    answer = atlas(*words(to, "--auto-approve", "--env", "e"))
    assert answer.code == 1
    assert 'Dropping table "t"' in answer.err
    assert sql(app, "SELECT a FROM t") == [(1,)]
