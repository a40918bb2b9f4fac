"""What the Go client of other programs gets from commands about the program, the account and the repositories."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.clients.sdk import Sdk
from tests.integration.registry.conftest import Served

REPO = {"Name": "payments", "Type": "migration_directory", "Driver": "postgres"}


def test_the_version_is_one_that_the_client_can_parse(sdk: Sdk) -> None:
    version = sdk.ok("Version")
    assert version["Version"].startswith("1.")
    assert version["Version"].count(".") == 2


def test_what_answers_otherwise_is_no_version_to_the_client(sdk: Sdk) -> None:
    other = sdk.folder / "other"
    other.write_text('#!/bin/sh\necho "atlas community version v1.2.3"\n')
    other.chmod(0o755)
    answer = replace(sdk, binary=other).fails("Version")
    assert answer["Error"] == "unexpected output format"


def test_a_login_is_kept_for_its_address_until_the_logout(sdk: Sdk, served: Served) -> None:
    at_registry = replace(sdk, environ={"ATLAS_CLOUD_URL": served.url})
    assert at_registry.ok("Login", Token=served.token) is None
    assert at_registry.ok("WhoAmI") == {"Org": "acme"}
    assert at_registry.ok("Logout") is None
    assert not at_registry.call("Logout")["Error"]  # nothing is left to forget, which is no failure
    gone = at_registry.fails("WhoAmI")
    assert (gone["Type"], gone["Error"]) == ("*errors.errorString", "command requires 'atlas login'")


def test_a_login_with_a_wrong_token_keeps_nothing(sdk: Sdk, served: Served) -> None:
    at_registry = replace(sdk, environ={"ATLAS_CLOUD_URL": served.url})
    answer = at_registry.fails("Login", Token="aci_wrong")
    assert (answer["Type"], answer["Code"]) == ("*atlasexec.Error", 1)
    assert answer["Error"] == "Error: login with token failed: Unauthorized"
    assert at_registry.fails("WhoAmI")["Error"] == "command requires 'atlas login'"


def test_a_grant_makes_the_folder_and_keeps_no_token(sdk: Sdk, served: Served) -> None:
    at_registry = replace(sdk, environ={"ATLAS_CLOUD_URL": served.url})
    at_registry.ok("Login", Token=served.token, GrantOnly=True)
    assert (sdk.folder / ".atlas").is_dir()
    assert served.token not in "".join(
        path.read_text() for path in (sdk.folder / ".atlas").rglob("*") if path.is_file()
    )


def test_a_logout_that_cannot_forget_is_an_error(sdk: Sdk, served: Served) -> None:
    at_registry = replace(sdk, environ={"ATLAS_CLOUD_URL": served.url})
    (sdk.folder / ".atlas").write_text("no folder")
    answer = at_registry.fails("Logout")
    assert answer["Code"] == 1
    assert ".atlas" in answer["Error"]


def test_a_repository_is_created_once(sdk_of_registry: Sdk, served: Served) -> None:
    assert sdk_of_registry.ok("CloudRepoCreate", **REPO) == {
        "Slug": "payments",
        "Title": "Payments",
        "Type": "MIGRATION_DIRECTORY",
        "URL": "atlas://payments",
        "Driver": "postgres",
    }
    assert repositories(served) == [("payments", "MIGRATION_DIRECTORY", "POSTGRESQL")]
    again = sdk_of_registry.fails("CloudRepoCreate", **REPO)
    assert (again["Type"], again["Code"]) == ("*atlasexec.Error", 1)
    assert 'repository "payments" already exists' in again["Error"]
    assert len(repositories(served)) == 1


def repositories(served: Served) -> list[tuple[str, str, str]]:
    """Slug, type and driver of each, as another client asks for them."""
    _, answer = served.post("query { repos { repos { title slug url type driver } } }")
    found: list[dict[str, Any]] = answer["data"]["repos"]["repos"]
    return [(each["slug"], each["type"], each["driver"]) for each in found]


@pytest.mark.parametrize("method", ["WhoAmI", "CloudRepoCreate", "MigratePush", "SchemaPush"])
def test_who_has_no_token_is_told_as_the_client_knows_it(sdk: Sdk, method: str) -> None:
    sdk.write("migrations/1.sql", "CREATE TABLE users (id int);\n")
    sdk.ok("MigrateHash", DirURL="file://migrations")
    params: dict[str, dict[str, object]] = {
        "WhoAmI": {},
        "CloudRepoCreate": dict(REPO),
        "MigratePush": {"Name": "app", "DirURL": "file://migrations", "DevURL": "sqlite://dev?mode=memory"},
        "SchemaPush": {
            "Name": "app",
            "URL": ["file://migrations/1.sql"],
            "DevURL": "sqlite://dev?mode=memory",
        },
    }
    answer = sdk.fails(method, **params[method])
    assert (answer["Type"], answer["Error"]) == ("*errors.errorString", "command requires 'atlas login'")
