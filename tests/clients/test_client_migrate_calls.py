"""What the Go client of other programs gets from ``migrate …`` commands that plan and judge, on every database."""

from __future__ import annotations

import json

import pytest

from tests.clients.conftest import Target
from tests.clients.sdk import Sdk

FIRST = "CREATE TABLE users (id int NOT NULL PRIMARY KEY, name varchar(20));\n"
SECOND = "CREATE TABLE pets (id int NOT NULL PRIMARY KEY);\n"
DROP = "DROP TABLE pets;\n"
DIR = "file://migrations"


@pytest.fixture
def directory(sdk: Sdk) -> str:
    """Two files and their sum."""
    write(sdk, "1_first.sql", FIRST)
    write(sdk, "2_second.sql", SECOND)
    return DIR


def write(sdk: Sdk, name: str, text: str) -> None:
    sdk.write(f"migrations/{name}", text)
    sdk.ok("MigrateHash", DirURL=DIR)


def test_a_diff_is_a_file_that_is_not_written(sdk: Sdk, target: Target, directory: str) -> None:
    before = sdk.ok("MigrateLs", DirURL=directory)
    to = sdk.write("schema.sql", f"{FIRST}{SECOND}CREATE TABLE toys (id int);")
    found = sdk.ok("MigrateDiff", ToURL=to, DevURL=target.dev, DirURL=directory, Name="toys")
    (file,) = found["Files"]
    assert file["Name"] == f"{file['Version']}_toys.sql"
    assert file["Description"] == "toys"
    assert file["Content"].startswith('-- Create "toys" table\nCREATE TABLE ')
    assert found["Dir"].startswith("file://")
    assert sdk.ok("MigrateLs", DirURL=directory) == before


def test_a_diff_that_cannot_start_is_an_error_and_writes_no_file(sdk: Sdk, directory: str) -> None:
    before = sdk.ok("MigrateLs", DirURL=directory)
    answer = sdk.fails("MigrateDiff", ToURL="file://nosuch.sql", DirURL=directory)
    assert (answer["Type"], answer["Code"]) == ("*atlasexec.Error", 1)
    assert answer["Error"] == 'Error: required flag(s) "dev-url" not set'
    assert sdk.ok("MigrateLs", DirURL=directory) == before


def test_a_diff_of_what_is_synced_has_no_files(sdk: Sdk, target: Target, directory: str) -> None:
    to = sdk.write("schema.sql", FIRST + SECOND)
    assert sdk.ok("MigrateDiff", ToURL=to, DevURL=target.dev, DirURL=directory) == {}


def test_lint_that_finds_nothing_is_a_report(sdk: Sdk, target: Target, directory: str) -> None:
    report = sdk.ok("MigrateLint", DevURL=target.dev, DirURL=directory, Latest=1)
    assert report["Env"]["Dir"] == "migrations"
    assert report["Env"]["Driver"] == target.driver
    assert [step["Name"] for step in report["Steps"]] == [
        "Migration Integrity Check",
        "Detect New Migration Files",
        "Replay Migration Files",
        "Analyze 2_second.sql",
    ]
    assert [(file["Name"], file.get("Error")) for file in report["Files"]] == [("2_second.sql", None)]
    assert 'table "pets"' not in report["Schema"]["Current"]
    assert 'table "pets"' in report["Schema"]["Desired"]


def test_lint_that_finds_nothing_is_no_error_and_written_where_it_was_asked_to(
    sdk: Sdk, target: Target, directory: str
) -> None:
    params = {"DevURL": target.dev, "DirURL": directory, "Latest": 1, "Format": "{{ len .Files }}"}
    answer = sdk.call("MigrateLintError", **params, Writer=True)
    assert (answer["Error"], answer["Written"].strip()) == ("", "1")


def test_lint_findings_are_a_report_and_no_error(sdk: Sdk, target: Target, directory: str) -> None:
    write(sdk, "3_drop.sql", DROP)
    (file,) = sdk.ok("MigrateLint", DevURL=target.dev, DirURL=directory, Latest=1)["Files"]
    (report,) = file["Reports"]
    assert report["Text"] == "destructive changes detected"
    (diagnostic,) = report["Diagnostics"]
    assert (diagnostic["Code"], diagnostic["Pos"]) == ("DS102", 0)
    assert diagnostic["Text"] == 'Dropping table "pets"'
    (fix,) = diagnostic["SuggestedFixes"]
    edit = fix["TextEdit"]
    assert (edit["Line"], edit["End"]) == (1, len(DROP.splitlines()))
    assert edit["NewText"].startswith(
        "-- atlas:txtar\n\n-- checks/destructive.sql --\n-- atlas:assert DS102\nSELECT "
    )
    assert edit["NewText"].endswith(f"\n\n-- migration.sql --\n{DROP.rstrip()}")
    assert file["Error"] == "destructive changes detected"
    assert file["Text"] == DROP
    failed = sdk.fails("MigrateLintError", DevURL=target.dev, DirURL=directory, Latest=1, Writer=True)
    assert failed["Error"] == "lint error"
    assert json.loads(failed["Written"])["Files"][0]["Error"] == "destructive changes detected"


def test_lint_of_a_wrong_sum_is_a_report(sdk: Sdk, target: Target, directory: str) -> None:
    sdk.write("migrations/2_second.sql", "-- changed\n")
    report = sdk.ok("MigrateLint", DevURL=target.dev, DirURL=directory, Latest=1)
    assert report["Files"][0]["Name"] == "atlas.sum"
    assert report["Files"][0]["Error"].startswith("checksum mismatch (atlas.sum): L3: ")


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"Latest": 1}, 'Error: required flag(s) "dev-url" not set'),
        (
            {"Latest": 1, "Base": "atlas://app", "DevURL": "sqlite://dev?mode=memory"},
            "are mutually exclusive",
        ),
    ],
)
def test_lint_that_cannot_start_is_an_error(
    sdk: Sdk, directory: str, params: dict[str, object], error: str
) -> None:
    answer = sdk.call("MigrateLint", DirURL=directory, **params)
    assert answer["Type"] == "*atlasexec.Error"
    assert error in answer["Error"]


def test_going_down_is_applied_at_once(sdk: Sdk, target: Target, directory: str) -> None:
    sdk.ok("MigrateApply", URL=target.url, DirURL=directory)
    down = sdk.ok("MigrateDown", URL=target.url, DevURL=target.dev, DirURL=directory, ToVersion="1")
    assert (down["Status"], down["Target"], down["Current"], down["Total"]) == ("APPLIED", "1", "1", 1)
    assert [file["Name"] for file in down["Planned"]] == ["2_second.sql"]
    (reverted,) = down["Reverted"]
    assert any("DROP TABLE" in text for text in reverted["Applied"])
    assert sdk.ok("MigrateStatus", URL=target.url, DirURL=directory)["Current"] == "1"
    nothing = sdk.ok("MigrateDown", URL=target.url, DevURL=target.dev, DirURL=directory, ToVersion="1")
    assert nothing["Status"] == "APPLIED"
    assert "Reverted" not in nothing


def test_going_down_never_drops_rows_unasked(sdk: Sdk, target: Target, directory: str) -> None:
    sdk.ok("MigrateApply", URL=target.url, DirURL=directory)
    target.query("INSERT INTO pets (id) VALUES (1)")
    answer = sdk.call("MigrateDown", URL=target.url, DevURL=target.dev, DirURL=directory, Amount=1)
    assert 'table "pets" is not empty' in answer["Error"]
    assert target.query("SELECT count(*) FROM pets") == [(1,)]
