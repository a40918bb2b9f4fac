"""What the Go client of other programs gets where one environment is many databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.clients.sdk import Sdk

PROJECT = """
variable "tenants" {
  type = list(string)
}
env "prod" {
  for_each = toset(var.tenants)
  url      = each.value
  src      = "file://schema.sql"
  migration {
    dir = "file://migrations"
  }
}
"""
USERS = "CREATE TABLE users (id int NOT NULL PRIMARY KEY);\n"
PETS = "CREATE TABLE pets (id int NOT NULL PRIMARY KEY);\n"


@dataclass(frozen=True)
class Tenants:
    """Two empty databases in the order of their names, and one to try states out in."""

    first: str
    second: str
    dev: str


@pytest.fixture(params=["sqlite", "postgres"])
def tenants(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tenants]:
    if request.param == "sqlite":
        yield Tenants(f"sqlite://{tmp_path}/a.db", f"sqlite://{tmp_path}/b.db", "sqlite://dev?mode=memory")
        return
    server = request.getfixturevalue("postgres")
    names = sorted(server.create_database() for _ in range(3))
    yield Tenants(*(f"{server.url(name)}&search_path=public" for name in names))
    for name in names:
        server.drop_database(name)


@pytest.fixture
def params(sdk: Sdk, tenants: Tenants) -> dict[str, Any]:
    """What names the environment; its directory has two files, and its schema the tables of both."""
    sdk.write("atlas.hcl", PROJECT)
    sdk.write("schema.sql", USERS + PETS)
    sdk.write("migrations/1_users.sql", USERS)
    sdk.write("migrations/2_pets.sql", PETS)
    sdk.ok("MigrateHash", DirURL="file://migrations")
    return {"Env": "prod", "Vars": {"tenants": [tenants.first, tenants.second]}}


def tables(sdk: Sdk, url: str) -> list[str]:
    text = sdk.ok("SchemaInspect", URL=url, Exclude=["atlas_schema_revisions"])
    return sorted(line.split('"')[1] for line in text.splitlines() if line.startswith("table "))


def test_files_are_applied_to_each_and_told_in_a_document_of_its_own(
    sdk: Sdk, tenants: Tenants, params: dict[str, Any]
) -> None:
    results = sdk.ok("MigrateApplySlice", **params)
    assert [[file["Version"] for file in each["Applied"]] for each in results] == [["1", "2"]] * 2
    assert len({str(each["URL"]) for each in results}) == 2
    for url in (tenants.first, tenants.second):
        assert tables(sdk, url) == ["pets", "users"]
    only_one = sdk.fails("MigrateApply", **params)
    assert "more than one result" in only_one["Error"]  # says the client, which was asked for one


def test_a_target_that_fails_comes_after_those_that_were_done(
    sdk: Sdk, tenants: Tenants, params: dict[str, Any]
) -> None:
    there = {"To": "file://migrations/2_pets.sql", "DevURL": tenants.dev, "AutoApprove": True}
    sdk.ok("SchemaApply", URL=tenants.second, **there)
    answer = sdk.fails("MigrateApplySlice", **params, AllowDirty=True)
    assert answer["Type"] == "*atlasexec.MigrateApplyError"
    done, failed = answer["Failed"]
    assert "Error" not in done
    assert failed["Error"].startswith("sql/migrate: executing statement ")
    assert tables(sdk, tenants.first) == ["pets", "users"]


def test_a_schema_is_applied_to_each(sdk: Sdk, tenants: Tenants, params: dict[str, Any]) -> None:
    results = sdk.ok("SchemaApplySlice", **params, DevURL=tenants.dev, AutoApprove=True)
    assert [len(each["Changes"]["Applied"]) for each in results] == [2, 2]
    for url in (tenants.first, tenants.second):
        assert tables(sdk, url) == ["pets", "users"]


def test_a_schema_that_a_target_refuses_comes_after_those_that_were_done(
    sdk: Sdk, tenants: Tenants, params: dict[str, Any]
) -> None:
    sdk.write(
        "migrations/1_users.sql",
        "CREATE TABLE users (id int, name text);\nINSERT INTO users (id) VALUES (1);\n",
    )
    sdk.ok("MigrateHash", DirURL="file://migrations")
    sdk.ok("MigrateApply", URL=tenants.second, DirURL="file://migrations")
    sdk.write("schema.sql", "CREATE TABLE users (id int, name text NOT NULL);\n" + PETS)
    answer = sdk.fails("SchemaApplySlice", **params, DevURL=tenants.dev, AutoApprove=True)
    assert answer["Type"] == "*atlasexec.SchemaApplyError"
    done, failed = answer["Failed"]
    assert ("Error" in done, "Error" in failed) == (False, True)
    assert failed["Error"] in answer["Error"]
    assert "name" in failed["Changes"]["Error"]["Text"]
    assert tables(sdk, tenants.first) == ["pets", "users"]
