"""What the Go client of other programs gets from ``schema test`` and ``migrate test``, on every database."""

from __future__ import annotations

import pytest

from tests.clients.conftest import Target
from tests.clients.sdk import Sdk

on_sqlite = pytest.mark.parametrize("target", ["sqlite"], indirect=True)
SCHEMA = "CREATE TABLE users (id int NOT NULL PRIMARY KEY, name varchar(20) NOT NULL);\n"
CASES = """
test "schema" "two users" {
  exec {
    sql = "INSERT INTO users (id, name) VALUES (1, 'a'), (2, 'b')"
  }
  exec {
    sql    = "SELECT count(*) FROM users"
    output = "2"
  }
}
test "schema" "no name" {
  catch {
    sql = "INSERT INTO users (id) VALUES (1)"
  }
}
"""
STEPS = """
test "migrate" "rows stay" {
  migrate {
    to = "1"
  }
  exec {
    sql = "INSERT INTO users (id, name) VALUES (1, 'a')"
  }
  migrate {
    to = "2"
  }
  exec {
    sql    = "SELECT email FROM users"
    output = "a"
  }
}
"""


def test_cases_of_a_schema_pass_in_the_dev_database(sdk: Sdk, target: Target) -> None:
    params = {"URL": sdk.write("schema.sql", SCHEMA), "DevURL": target.dev, "Paths": ["cases.test.hcl"]}
    sdk.write("cases.test.hcl", CASES)
    text = sdk.ok("SchemaTest", **params)
    assert [line.split(" (")[0] for line in text.splitlines()] == [
        "-- PASS: two users",
        "-- PASS: no name",
        "PASS",
    ]
    only = sdk.ok("SchemaTest", **params, Run="^two")
    assert "no name" not in only


@on_sqlite
def test_a_case_that_fails_is_an_error_with_what_was_found(sdk: Sdk, target: Target) -> None:
    sdk.write("cases.test.hcl", CASES.replace('"2"', '"3"'))
    params = {"URL": sdk.write("schema.sql", SCHEMA), "DevURL": target.dev, "Paths": ["cases.test.hcl"]}
    answer = sdk.fails("SchemaTest", **params)
    assert (answer["Type"], answer["Code"]) == ("*atlasexec.Error", 1)
    assert "-- FAIL: two users" in answer["Stdout"]
    assert "-- PASS: no name" in answer["Stdout"]


@pytest.fixture
def directory(sdk: Sdk) -> str:
    """Two files; the second one fills a column of rows that are there."""
    sdk.write("migrations/1.sql", SCHEMA)
    sdk.write(
        "migrations/2.sql",
        "ALTER TABLE users ADD COLUMN email varchar(20);\nUPDATE users SET email = name;\n",
    )
    sdk.ok("MigrateHash", DirURL="file://migrations")
    return "file://migrations"


def test_cases_of_a_directory_pass_in_the_dev_database(sdk: Sdk, target: Target, directory: str) -> None:
    sdk.write("steps.test.hcl", STEPS)
    text = sdk.ok("MigrateTest", DirURL=directory, DevURL=target.dev, Paths=["steps.test.hcl"])
    assert [line.split(" (")[0] for line in text.splitlines()] == ["-- PASS: rows stay", "PASS"]


@on_sqlite
def test_a_case_of_a_directory_that_fails_is_an_error(sdk: Sdk, target: Target, directory: str) -> None:
    sdk.write("steps.test.hcl", STEPS.replace('"a"', '"b"'))
    answer = sdk.fails("MigrateTest", DirURL=directory, DevURL=target.dev, Paths=["steps.test.hcl"])
    assert (answer["Type"], answer["Code"]) == ("*atlasexec.Error", 1)
    assert "-- FAIL: rows stay" in answer["Stdout"]
