"""What the Go client of other programs gets from ``migrate …`` commands that run and record, on every database."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clients.conftest import Target
from tests.clients.sdk import Sdk

DIR = "file://migrations"
FILES = {
    "1_users.sql": "CREATE TABLE users (id int NOT NULL PRIMARY KEY);\n",
    "2_pets.sql": "CREATE TABLE pets (id int NOT NULL PRIMARY KEY);\nINSERT INTO pets (id) VALUES (1);\n",
    "3_toys.sql": "CREATE TABLE toys (id int NOT NULL PRIMARY KEY);\n",
}
VERSIONS = "SELECT version FROM atlas_schema_revisions WHERE version NOT LIKE '.%' ORDER BY version"
on_both = pytest.mark.parametrize("target", ["sqlite", "postgres"], indirect=True)
on_sqlite = pytest.mark.parametrize("target", ["sqlite"], indirect=True)
NEVER = "No migration applied yet"


@pytest.fixture
def params(sdk: Sdk, target: Target) -> dict[str, Any]:
    """What names the target and a directory of three files."""
    for name, text in FILES.items():
        sdk.write(f"migrations/{name}", text)
    sdk.ok("MigrateHash", DirURL=DIR)
    return {"URL": target.url, "DirURL": DIR}


def versions(target: Target) -> list[str]:
    """The versions in the revisions table."""
    rows: Any = target.query(VERSIONS)
    return [version for (version,) in rows]


def test_hash_seals_a_directory_and_fails_where_there_is_none(sdk: Sdk) -> None:
    sdk.write("migrations/1_users.sql", FILES["1_users.sql"])
    assert sdk.ok("MigrateHash", DirURL=DIR) is None
    head, line = (sdk.folder / "migrations" / "atlas.sum").read_text().splitlines()
    assert (head[:3], line[:15]) == ("h1:", "1_users.sql h1:")
    missing = sdk.fails("MigrateHash", DirURL="file://nowhere")
    assert (missing["Type"], missing["Code"]) == ("*atlasexec.Error", 1)
    assert "nowhere: no such file or directory" in missing["Error"]


def test_ls_gives_names_or_versions_or_the_last(sdk: Sdk) -> None:
    for name, text in FILES.items():
        sdk.write(f"migrations/{name}", text)
    sdk.ok("MigrateHash", DirURL=DIR)
    assert sdk.ok("MigrateLs", DirURL=DIR).splitlines() == list(FILES)
    assert sdk.ok("MigrateLs", DirURL=DIR, Short=True).split() == ["1", "2", "3"]
    assert sdk.ok("MigrateLs", DirURL=DIR, Short=True, Latest=True).split() == ["3"]
    missing = sdk.fails("MigrateLs", DirURL="file://nowhere")
    assert "nowhere: no such file or directory" in missing["Error"]


def test_rebase_moves_files_to_the_end(sdk: Sdk) -> None:
    for name, text in FILES.items():
        sdk.write(f"migrations/{name}", text)
    sdk.ok("MigrateHash", DirURL=DIR)
    assert sdk.ok("MigrateRebase", DirURL=DIR, Files=["1_users.sql", "2"]) is None
    assert sdk.ok("MigrateLs", DirURL=DIR).splitlines() == ["3_toys.sql", "4_users.sql", "5_pets.sql"]
    sdk.atlas("migrate", "validate")
    assert (sdk.folder / "migrations" / "5_pets.sql").read_text() == FILES["2_pets.sql"]


def test_rebase_of_a_file_that_is_not_there_is_an_error_and_moves_none(sdk: Sdk) -> None:
    sdk.write("migrations/1_users.sql", FILES["1_users.sql"])
    sdk.ok("MigrateHash", DirURL=DIR)
    missing = sdk.fails("MigrateRebase", DirURL=DIR, Files=["1_users.sql", "9.sql"])
    assert (missing["Type"], missing["Code"]) == ("*atlasexec.Error", 1)
    assert 'no file of the directory has the name or the version "9.sql"' in missing["Error"]
    assert sdk.ok("MigrateLs", DirURL=DIR).splitlines() == ["1_users.sql"]


def test_a_check_that_does_not_hold_comes_with_what_was_asked(sdk: Sdk, target: Target) -> None:
    sdk.write("migrations/1_users.sql", FILES["1_users.sql"] + "INSERT INTO users (id) VALUES (1);\n")
    checks = "-- checks.sql --\nSELECT 1 = 1;\nSELECT NOT EXISTS (SELECT 1 FROM users);\n"
    sdk.write("migrations/2_drop.sql", f"-- atlas:txtar\n\n{checks}-- migration.sql --\nDROP TABLE users;\n")
    sdk.ok("MigrateHash", DirURL=DIR)
    failed = sdk.fails("MigrateApply", URL=target.url, DirURL=DIR)
    assert failed["Type"] == "*atlasexec.MigrateApplyError"
    assert 'checks before version "2" did not hold' in failed["Error"]
    (result,) = failed["Failed"]
    first, second = result["Applied"]
    assert (first.get("Checks"), first["Applied"][1]) == (None, "INSERT INTO users (id) VALUES (1);")
    (section,) = second["Checks"]
    assert [(check["Stmt"], check.get("Error")) for check in section["Stmts"]] == [
        ("SELECT 1 = 1;", None),
        ("SELECT NOT EXISTS (SELECT 1 FROM users);", "returned false"),
    ]
    assert section["Name"] == "checks.sql"
    assert section["Error"] == second["Error"]
    assert second["Error"]["Stmt"] == "SELECT NOT EXISTS (SELECT 1 FROM users);"
    assert versions(target) == ["1"]


def test_an_apply_runs_what_was_asked_for_and_tells_it(
    sdk: Sdk, target: Target, params: dict[str, Any]
) -> None:
    trial = sdk.ok("MigrateApply", **params, DryRun=True)
    assert [file["Name"] for file in trial["Pending"]] == list(FILES)
    assert sdk.ok("MigrateStatus", **params)["Current"] == NEVER
    first = sdk.ok("MigrateApply", **params, Amount=1, TxMode="all", LockName="of-this-test")
    assert (first["Target"], first["Driver"]) == ("1", target.driver)
    second = sdk.ok("MigrateApply", **params, ToVersion="2", Context={"triggerType": "TERRAFORM"})
    (file,) = second["Applied"]
    assert (second["Current"], second["Target"], file["Name"]) == ("1", "2", "2_pets.sql")
    assert file["Applied"] == FILES["2_pets.sql"].splitlines()
    assert target.query("SELECT id FROM pets") == [(1,)]
    assert versions(target) == ["1", "2"]
    (rest,) = sdk.ok("MigrateApplySlice", **params)
    assert [file["Version"] for file in rest["Applied"]] == ["3"]
    (nothing,) = sdk.ok("MigrateApplySlice", **params)
    assert "Applied" not in nothing
    assert nothing["Current"] == "3"


@on_both
def test_a_file_that_fails_comes_as_an_error_with_what_ran_before_it(
    sdk: Sdk, target: Target, params: dict[str, Any]
) -> None:
    sdk.write("migrations/2_pets.sql", "CREATE TABLE pets (id int);\nDROP TABLE nowhere;\n")
    sdk.ok("MigrateHash", DirURL=DIR)
    answer = sdk.fails("MigrateApply", **params)
    assert answer["Type"] == "*atlasexec.MigrateApplyError"
    (failed,) = answer["Failed"]
    assert answer["Error"] == failed["Error"]
    assert failed["Error"].startswith(
        'sql/migrate: executing statement "DROP TABLE nowhere;" from version "2": '
    )
    assert [file["Version"] for file in failed["Applied"]] == ["1", "2"]
    assert failed["Applied"][1]["Error"]["Stmt"] == "DROP TABLE nowhere;"
    status = sdk.ok("MigrateStatus", **params)
    assert status["Status"] == "PENDING"
    assert "toys" not in str(sdk.ok("SchemaInspect", URL=target.url))


def test_a_slice_that_cannot_start_is_an_error(sdk: Sdk) -> None:
    sdk.write("migrations/1_users.sql", FILES["1_users.sql"])
    sdk.ok("MigrateHash", DirURL=DIR)
    answer = sdk.fails("MigrateApplySlice", DirURL=DIR)
    assert (answer["Type"], answer["Code"]) == ("*atlasexec.Error", 1)
    assert answer["Error"] == 'Error: required flag "url" not set'


def test_a_status_has_the_words_that_clients_compare(
    sdk: Sdk, target: Target, params: dict[str, Any]
) -> None:
    before = sdk.ok("MigrateStatus", **params)
    assert (before["Status"], before["Current"], before["Next"]) == ("PENDING", NEVER, "1")
    assert [file["Name"] for file in before["Available"]] == list(FILES)
    assert before["Env"]["Driver"] == target.driver
    assert before["Env"]["Dir"].startswith("file://migrations")
    sdk.ok("MigrateApply", **params)
    after = sdk.ok("MigrateStatus", **params)
    assert (after["Status"], after["Current"], after["Next"]) == ("OK", "3", "Already at latest version")
    assert [(row["Version"], row["Type"]) for row in after["Applied"]] == [
        ("1", "applied"),
        ("2", "applied"),
        ("3", "applied"),
    ]
    assert "Pending" not in after


@on_sqlite
def test_a_status_of_a_changed_directory_is_an_error(sdk: Sdk, params: dict[str, Any]) -> None:
    sdk.write("migrations/1_users.sql", "-- changed\n")
    answer = sdk.fails("MigrateStatus", **params)
    assert answer["Type"] == "*atlasexec.Error"
    assert answer["Error"] == "Error: checksum mismatch"


def test_set_writes_the_revisions_and_runs_nothing(sdk: Sdk, target: Target, params: dict[str, Any]) -> None:
    assert sdk.ok("MigrateSet", **params, Version="2") is None
    assert versions(target) == ["1", "2"]
    assert 'table "users"' not in sdk.ok("SchemaInspect", URL=target.url)
    assert sdk.ok("MigrateStatus", **params)["Current"] == "2"
    assert 'migration with version "9" not found' in sdk.fails("MigrateSet", **params, Version="9")["Error"]
    assert versions(target) == ["1", "2"]


@on_both
def test_a_database_that_is_not_empty_needs_a_word(sdk: Sdk, target: Target, params: dict[str, Any]) -> None:
    target.query("CREATE TABLE users (id int)")
    dirty = sdk.fails("MigrateApply", **params)
    assert "baseline version or allow-dirty is required" in dirty["Error"]
    applied = sdk.ok("MigrateApply", **params, BaselineVersion="1", ExecOrder="linear-skip")
    assert [file["Version"] for file in applied["Applied"]] == ["2", "3"]
    assert sdk.ok("MigrateStatus", **params)["Applied"][0]["Type"] == "baseline"
