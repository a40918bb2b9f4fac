"""``migrate apply`` and ``schema apply`` on an env that is many databases; flags that an env fills; programs."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.integration.cli.conftest import Shell

PROJECT = """
variable "names" {
  type    = list(string)
  default = ["a", "b", "c"]
}
env "all" {
  for_each = toset(var.names)
  url      = "sqlite://${each.value}.db"
  src      = "file://schema.sql"
  dev      = "sqlite://dev?mode=memory"
  migration {
    dir = "file://migrations"
  }
}
env "named" {
  url    = env_url
  second = "sqlite://second.db"
  chain  = "env://second"
  migration {
    dir = "file://migrations"
  }
}
"""
TABLE = "CREATE TABLE t (id integer);\n"


@pytest.fixture
def many(atlas: Shell) -> Shell:
    (atlas.folder / "atlas.hcl").write_text(PROJECT.replace("env_url", '"sqlite://first.db"'))
    (atlas.folder / "schema.sql").write_text(TABLE)
    atlas.write({"1_t.sql": TABLE})
    return atlas


def tables(atlas: Shell, database: str) -> list[str]:
    with closing(sqlite3.connect(atlas.folder / database)) as connection:
        return [
            row[0]
            for row in connection.execute("select name from sqlite_schema where type = 'table' order by 1")
        ]


def break_target(atlas: Shell, database: str) -> None:
    """The table of the first file is there already, and nothing says that it was applied."""
    with closing(sqlite3.connect(atlas.folder / database)) as connection:
        connection.execute("create table t (id integer)")


def documents(text: str) -> list[dict[str, object]]:
    decoder, found, at = json.JSONDecoder(), [], 0
    while at < len(text.rstrip()):
        document, end = decoder.raw_decode(text, at)
        found.append(document)
        at = end + len(text[end:]) - len(text[end:].lstrip())
    return found


def test_every_target_is_brought_up_to_date_and_has_its_header(many: Shell) -> None:
    out = many.ok("migrate", "apply", "--env", "all")

    assert out.startswith(
        "Start migration for 3 targets\n\nRun migration: 1\n  -- Target URL: sqlite://a.db\n\nMigrating"
    )
    assert "\nRun migration: 3\n  -- Target URL: sqlite://c.db\n" in out
    assert all("t" in tables(many, f"{name}.db") for name in "abc")


def test_documents_follow_one_another_without_headers(many: Shell) -> None:
    answer = many("migrate", "apply", "--env", "all", "--format", "{{ json . }}")

    assert (answer.code, answer.err) == (0, "")
    assert [document["Target"] for document in documents(answer.out)] == ["1", "1", "1"]


def test_the_first_target_that_fails_ends_the_run_and_the_rest_is_named(many: Shell) -> None:
    break_target(many, "b.db")

    answer = many("migrate", "apply", "--env", "all", "--allow-dirty")

    assert answer.code == 1
    assert answer.out.count("Run migration: ") == 2
    assert "Not run, since the target before failed: sqlite://c.db\n" in answer.err
    assert "t" in tables(many, "a.db")
    assert not (many.folder / "c.db").exists()


def test_a_failing_document_is_the_last_and_stderr_stays_empty(many: Shell) -> None:
    break_target(many, "b.db")

    answer = many("migrate", "apply", "--env", "all", "--allow-dirty", "--format", "{{ json . }}")

    first, second = documents(answer.out)
    assert (answer.code, answer.err) == (1, "")
    assert "Error" not in first
    assert "already exists" in str(second["Error"])


def test_after_the_cure_only_what_is_left_runs(many: Shell) -> None:
    break_target(many, "b.db")
    many("migrate", "apply", "--env", "all", "--allow-dirty")
    (many.folder / "b.db").unlink()

    out = many.ok("migrate", "apply", "--env", "all")

    assert "No migration files to execute" in out
    assert all("t" in tables(many, f"{name}.db") for name in "abc")


def test_a_wrong_flag_is_told_before_anything_runs(many: Shell) -> None:
    answer = many("migrate", "apply", "--env", "all", "--tx-mode", "never")

    assert answer.code == 1
    assert not (many.folder / "a.db").exists()


def test_a_schema_is_applied_to_every_target(many: Shell) -> None:
    answer = many("schema", "apply", "--env", "all", "--auto-approve", "--format", "{{ json . }}")

    assert (answer.code, answer.err) == (0, "")
    assert len(documents(answer.out)) == 3
    assert [tables(many, f"{name}.db") for name in "abc"] == [["t"]] * 3
    assert many.ok("schema", "apply", "--env", "all", "--auto-approve").count("Schema is synced") == 3


@pytest.mark.parametrize("command", [("migrate", "status"), ("schema", "inspect"), ("migrate", "down")])
def test_other_commands_run_on_one_target(many: Shell, command: tuple[str, ...]) -> None:
    answer = many(*command, "--env", "all")

    assert answer.code == 1
    assert 'Error: multiple envs found for "all": atlas.hcl:' in answer.err


def test_no_target_is_no_env(many: Shell) -> None:
    answer = many("migrate", "apply", "--env", "none", "--config", "file://empty.hcl")
    assert 'config file "empty.hcl" was not found' in answer.err
    (many.folder / "empty.hcl").write_text('env "none" {\n  for_each = []\n}\n')

    answer = many("migrate", "apply", "--env", "none", "--config", "file://empty.hcl")

    assert (answer.code, answer.err) == (
        1,
        'Error: env "none" not defined in config file: its for_each at empty.hcl:2:3 is empty, expected at least one element\n',
    )


@pytest.mark.parametrize(
    ("url", "database"), [("env://url", "first.db"), ("env://second", "second.db")], ids=["url", "attribute"]
)
def test_a_url_may_be_that_of_an_attribute(many: Shell, url: str, database: str) -> None:
    many.ok("migrate", "apply", "--env", "named", "--url", url)

    assert "t" in tables(many, database)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("env://nosuch", "env://nosuch (attribute) not found in env.named"),
        ("env://chain", 'invalid env:// variable "env://second": env://chain is another env:// URL'),
        ("env://", 'invalid env:// variable "env://": expected the name of an attribute'),
        ("env://dev", 'env://dev: no dev attribute defined in env "named"'),
    ],
)
def test_a_url_of_nothing_says_so(many: Shell, url: str, message: str) -> None:
    answer = many("migrate", "status", "--env", "named", "--url", url)

    assert answer.code == 1
    assert message in answer.err


def test_programs_run_only_where_they_are_allowed(many: Shell) -> None:
    (many.folder / "atlas.hcl").write_text(
        'data "external" "url" {\n  program = ["cat", "url.txt"]\n}\n'
        'env "e" {\n  url = trimspace(data.external.url)\n  migration {\n    dir = "file://migrations"\n  }\n}\n'
    )
    (many.folder / "url.txt").write_text("sqlite://printed.db\n")

    refused = many("migrate", "status", "--env", "e")

    assert refused.code == 1
    assert "--allow-programs" in refused.err
    assert "ATLAS_ALLOW_PROGRAMS=1" in refused.err
    assert '  data "external" "url" {\n  ^' in refused.err
    assert "PENDING" in many.ok("migrate", "status", "--env", "e", "--allow-programs")
    assert "PENDING" in many.ok("--allow-programs", "migrate", "status", "--env", "e")
    assert "PENDING" in many.ok("migrate", "status", "--env", "e", ATLAS_ALLOW_PROGRAMS="1")


def test_several_files_are_read_together(many: Shell) -> None:
    (many.folder / "one.hcl").write_text('env "e" {\n  url = local.url\n}\n')
    (many.folder / "two.hcl").write_text('locals {\n  url = "sqlite://two.db"\n}\n')

    for words in (
        ["-c", "file://one.hcl,file://two.hcl"],
        ["-c", "file://one.hcl", "--config", "file://two.hcl"],
    ):
        assert "PENDING" in many.ok("migrate", "status", "--env", "e", *words)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-c", ""], "--config is empty: expected --config file://path"),
        (["-c", "atlas.hcl"], 'missing scheme for config file. Did you mean "file://atlas.hcl"?'),
        (["-c", "s3://x/atlas.hcl"], 'unsupported config file driver "s3": expected file://path'),
        (
            ["-c", "file://nope.hcl"],
            'config file "nope.hcl" was not found: expected it in the working directory',
        ),
        (
            ["-c", "file://migrations"],
            'config file "migrations" is a directory: expected a file, as --config file://',
        ),
        (["-c", "file://latin.hcl"], 'config file "latin.hcl" is not UTF-8: save it as UTF-8'),
        (["--var", "names"], 'invalid variable "names": expected --var name=value'),
    ],
)
def test_a_file_that_cannot_be_read_says_what_was_expected(
    many: Shell, words: list[str], message: str
) -> None:
    (many.folder / "latin.hcl").write_bytes(b"# \xe9\n")

    answer = many("migrate", "status", "--env", "named", *words)

    assert (answer.code, answer.out) == (1, "")
    assert f"Error: {message}" in answer.err
