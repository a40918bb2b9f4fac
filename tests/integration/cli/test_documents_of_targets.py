"""A run on many databases as a client of it reads it: one document for each target that was reached, in their order."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.integration.cli.directory_world import World

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = """
env "all" {
  for_each = ["a", "b", "c"]
  url      = "sqlite://${each.value}.db"
  src      = "file://${each.value}.sql"
  dev      = "sqlite://dev?mode=memory"
  migration {
    dir = "file://${each.value}"
  }
}
"""
JSON = ("--format", "{{ json . }}")
ONE, TWO = "CREATE TABLE one (id integer);\n", "CREATE TABLE two (id integer);\n"


@pytest.fixture
def fleet(tmp_path: Path) -> World:
    """Three databases, each with a directory and a desired state of its own."""
    made = World(tmp_path, {"HOME": str(tmp_path)})
    (tmp_path / "atlas.hcl").write_text(PROJECT)
    for name in "abc":
        (tmp_path / name).mkdir()
        (tmp_path / name / "1_one.sql").write_text(ONE)
        (tmp_path / name / "2_two.sql").write_text(TWO)
        (tmp_path / f"{name}.sql").write_text(ONE)
        assert made("migrate", "hash", "--dir", f"file://{name}").code == 0
    return made


def read(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def targets(documents: list[dict[str, object]]) -> list[object]:
    return [document["URL"]["Host"] for document in documents]  # type: ignore[index]


def test_what_would_run_is_told_for_each_and_nothing_is_written(fleet: World) -> None:
    answer = fleet("migrate", "apply", "--env", "all", "--dry-run", *JSON)
    documents = read(answer.out)
    assert (answer.code, answer.err) == (0, "")
    assert targets(documents) == ["a.db", "b.db", "c.db"]
    assert [len(document["Applied"]) for document in documents] == [2, 2, 2]  # type: ignore[arg-type]
    assert [fleet.tables(f"{name}.db") for name in "abc"] == [[], [], []]


def test_an_amount_is_of_each_target(fleet: World) -> None:
    first = read(fleet("migrate", "apply", "1", "--env", "all", *JSON).out)
    second = read(fleet("migrate", "apply", "--env", "all", *JSON).out)
    third = read(fleet("migrate", "apply", "--env", "all", *JSON).out)
    assert [document["Target"] for document in first] == ["1"] * 3
    assert [document["Current"] for document in second] == ["1"] * 3
    assert [document["Message"] for document in third] == ["No migration files to execute"] * 3


def test_a_file_that_fails_is_the_last_document_and_has_the_error_in_it(fleet: World) -> None:
    (fleet.folder / "b" / "2_two.sql").write_text("CREATE TABLE one (id integer);\n")
    fleet("migrate", "hash", "--dir", "file://b")
    answer = fleet("migrate", "apply", "--env", "all", *JSON)
    documents = read(answer.out)
    assert (answer.code, answer.err) == (1, "")
    assert targets(documents) == ["a.db", "b.db"]
    assert ["Error" in document for document in documents] == [False, True]
    assert not (fleet.folder / "c.db").exists()


@pytest.mark.parametrize("command", [("migrate", "apply"), ("schema", "apply", "--auto-approve")])
def test_a_target_that_cannot_be_reached_is_told_on_stderr_behind_the_documents_before_it(
    fleet: World, command: tuple[str, ...]
) -> None:
    (fleet.folder / "b.db").mkdir()
    answer = fleet(*command, "--env", "all", *JSON)
    assert answer.code == 1
    assert targets(read(answer.out)) == ["a.db"]
    assert answer.err.startswith("Error: ")
    assert answer.err.count("\n") == 1
    assert not (fleet.folder / "c.db").exists()


def test_a_directory_that_does_not_match_its_sum_ends_the_run_before_its_target_is_opened(
    fleet: World,
) -> None:
    (fleet.folder / "b" / "2_two.sql").write_text("CREATE TABLE other (id integer);\n")
    answer = fleet("migrate", "apply", "--env", "all", *JSON)
    assert answer.code == 1
    assert targets([json.loads(answer.out.splitlines()[0])]) == ["a.db"]
    assert "checksum mismatch" in answer.err
    assert not (fleet.folder / "b.db").exists()


def test_a_state_that_is_there_already_has_a_document_as_well(fleet: World) -> None:
    fleet("schema", "apply", "--env", "all", "--auto-approve")
    answer = fleet("schema", "apply", "--env", "all", "--auto-approve", *JSON)
    assert (answer.code, answer.err) == (0, "")
    assert targets(read(answer.out)) == ["a.db", "b.db", "c.db"]


def test_a_statement_of_a_state_that_fails_is_the_last_document(fleet: World) -> None:
    (fleet.folder / "b.sql").write_text("CREATE TABLE two (id integer UNIQUE);\n")
    fleet("migrate", "apply", "--env", "all")
    (fleet.folder / "a.sql").write_text(ONE + TWO)
    with closing(sqlite3.connect(fleet.folder / "b.db")) as connection, connection:
        connection.execute("INSERT INTO two VALUES (1), (1)")
    answer = fleet("schema", "apply", "--env", "all", "--auto-approve", *JSON)
    documents = read(answer.out)
    assert (answer.code, answer.err) == (1, "")
    assert targets(documents) == ["a.db", "b.db"]
    assert "Error" in documents[1]


@pytest.mark.parametrize(
    "command",
    ["migrate status", "migrate lint", "migrate down", "migrate set 1", "migrate validate", "schema diff"],
)
def test_other_commands_want_one_target_and_print_no_document(fleet: World, command: str) -> None:
    answer = fleet(*command.split(), "--env", "all")
    assert (answer.code, answer.out) == (1, "")
    assert 'multiple envs found for "all"' in answer.err
