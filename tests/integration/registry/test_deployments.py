"""What reports become: deployments and databases, as other clients of the API see them, in both kinds of index."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from atlas.server.run import opened_registry
from atlas.server.store.reports import list_older_reports
from atlas.server.store.tables import databases, deployments
from sqlalchemy import delete, update

from tests.integration.registry.conftest import A, B, Served
from tests.integration.registry.reports import DEPLOYMENTS, ONE, SET, asked, listed, report, report_set

if TYPE_CHECKING:
    from atlas.server.run import DataOptions

DEPLOYMENT = """query($input: I) { describeDeployment(input: $input) {
  id database planned succeeded status error targets { extID database env version status error } } }"""
DATABASES = """query($input: I) { databases(input: $input) {
  databases { id extID repo name env status currentVersion lastDeploymentTime }
  pageInfo { page pageSize total } } }"""
DATABASE = "query($input: I) { describeDatabase(input: $input) { id extID repo name } }"


@pytest.fixture
def told(anywhere: Served) -> Served:
    """A registry with one directory."""
    anywhere.push(A, "app")
    return anywhere


def test_a_report_is_a_deployment_of_one_database(told: Served) -> None:
    asked(told, ONE, **report())
    assert asked(told, DEPLOYMENTS) == {
        "deployments": [
            {
                "id": 1,
                "repo": "app",
                "type": "MIGRATION_DIRECTORY",
                "env": "prod",
                "database": "tenant_1.public",
                "planned": 1,
                "succeeded": 1,
                "version": "1",
                "status": "PASSED",
                "startedAt": "2026-01-01T12:00:00.000000Z",
                "completedAt": "2026-01-01T10:00:01.500000Z",
            }
        ],
        "pageInfo": {"page": 1, "pageSize": 20, "total": 1},
    }


def test_a_set_is_one_deployment_of_many_databases(told: Served) -> None:
    asked(told, SET, **report_set(*(report(number) for number in range(1, 9))))
    [one] = listed(told)
    assert (one["database"], one["succeeded"], one["planned"]) == ("(multiple)", 8, 8)
    assert (one["status"], one["version"], one["env"]) == ("PASSED", "1", "prod")
    assert asked(told, DATABASES)["pageInfo"]["total"] == 8
    described = asked(told, DEPLOYMENT, id=one["id"])
    assert [target["extID"] for target in described["targets"]] == [f"uuid-{n}" for n in range(1, 9)]


def test_a_set_is_known_by_its_id(told: Served) -> None:
    for text in ("first", "told again with other words"):
        asked(told, SET, **report_set(report(), log=[{"text": text}]))
    asked(told, SET, **report_set(report(), id="another"))
    assert len(listed(told)) == 2


def test_a_set_that_stopped_counts_what_it_did_not_reach(told: Served) -> None:
    failed = report(2, error="no such table", currentVersion="")
    asked(told, SET, **report_set(report(1), failed, planned=8, error="no such table"))
    [one] = listed(told)
    assert (one["status"], one["succeeded"], one["planned"]) == ("FAILED", 1, 8)
    described = asked(told, DEPLOYMENT, id=one["id"])
    assert described["error"] == "no such table"
    assert [target["status"] for target in described["targets"]] == ["PASSED", "FAILED"]


def test_a_set_that_never_started_is_a_failed_deployment(told: Served) -> None:
    asked(told, SET, **report_set(planned=1, error="cannot connect"))
    [one] = listed(told)
    assert (one["status"], one["succeeded"], one["planned"]) == ("FAILED", 0, 1)
    assert (one["repo"], one["database"]) == ("", "")
    assert asked(told, DEPLOYMENT, id=one["id"])["error"] == "cannot connect"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "PASSED"),
        ({"files": []}, "NO_ACTION"),
        ({"files": None}, "NO_ACTION"),
        ({"error": "syntax error"}, "FAILED"),
        ({"error": "syntax error", "files": []}, "FAILED"),
        ({"dryRun": True}, "DRY_RUN"),
        ({"dryRun": True, "error": "syntax error"}, "DRY_RUN"),
    ],
)
def test_the_status_of_a_deployment(told: Served, fields: dict[str, object], status: str) -> None:
    asked(told, ONE, **report(**fields))
    asked(told, SET, **report_set(report(2, **fields)))
    assert [one["status"] for one in listed(told)] == [status, status]
    assert bool(asked(told, DATABASES)["databases"]) == (status != "DRY_RUN")


def test_a_set_where_one_did_something_passed(told: Served) -> None:
    asked(told, SET, **report_set(report(1, files=[]), report(2)))
    assert listed(told)[0]["status"] == "PASSED"


def test_deployments_are_filtered_and_come_the_newest_first(told: Served) -> None:
    told.push(A, "other")
    asked(told, ONE, **report(1))
    asked(told, ONE, **report(2, envName="staging"))
    asked(told, ONE, **report(3, error="no"))
    asked(told, ONE, **report(4, dirName="other"))
    asked(told, ONE, **report(5, dryRun=True))
    asked(told, SET, **report_set(report(6), report(7)))

    def names(**fields: object) -> list[str]:
        return [one["database"].removesuffix(".public") for one in listed(told, **fields)]

    assert names() == ["(multiple)", "tenant_5", "tenant_4", "tenant_3", "tenant_2", "tenant_1"]
    assert names(status=["FAILED"]) == ["tenant_3"]
    assert names(status=["FAILED", "DRY_RUN"]) == ["tenant_5", "tenant_3"]
    assert names(repo="other") == ["tenant_4"]
    assert names(env="staging") == ["tenant_2"]
    assert names(name="TENANT_7") == ["(multiple)"]
    assert names(name="tenant%7") == []
    assert names(name="nant_", status=["PASSED"], env="prod", repo="app") == ["(multiple)", "tenant_1"]
    page = asked(told, DEPLOYMENTS, page=2, pageSize=4)
    assert [one["id"] for one in page["deployments"]] == [2, 1]
    assert page["pageInfo"] == {"page": 2, "pageSize": 4, "total": 6}
    assert asked(told, DEPLOYMENTS, page=9, status=["FAILED"])["pageInfo"]["total"] == 1


def test_databases_show_the_last_word_about_them(told: Served) -> None:
    for number in (1, 2, 3):
        asked(told, ONE, **report(number, envName="prod" if number < 3 else "staging"))
    told.push(B, "app")
    asked(told, ONE, **report(2, currentVersion="2", endTime="2026-02-01T00:00:00Z"))
    asked(told, ONE, **report(3, error="no", envName="staging", endTime="2026-02-01T00:00:00Z"))
    found = asked(told, DATABASES)["databases"]
    assert [(one["extID"], one["status"], one["currentVersion"]) for one in found] == [
        ("uuid-1", "PENDING", "1"),
        ("uuid-2", "SYNCED", "2"),
        ("uuid-3", "FAILED", "1"),
    ]
    assert found[1] == {
        "id": 2,
        "extID": "uuid-2",
        "repo": "app",
        "name": "tenant_2.public",
        "env": "prod",
        "status": "SYNCED",
        "currentVersion": "2",
        "lastDeploymentTime": "2026-02-01T00:00:00.000000Z",
    }
    assert [one["id"] for one in asked(told, DATABASES, env="staging")["databases"]] == [3]
    assert asked(told, DATABASES, repo="none")["pageInfo"]["total"] == 0
    page = asked(told, DATABASES, page=2, pageSize=2)
    assert ([one["id"] for one in page["databases"]], page["pageInfo"]["total"]) == ([3], 3)


def test_a_database_is_found_by_its_number_or_its_uuid(told: Served) -> None:
    told.push(A, "other")
    asked(told, ONE, **report(1))
    asked(told, ONE, **report(1, dirName="other"))
    assert [one["repo"] for one in asked(told, DATABASE, extID="uuid-1")] == ["app", "other"]
    assert [one["repo"] for one in asked(told, DATABASE, id=2)] == ["other"]
    for selector in ({"id": 9}, {"extID": "uuid-9"}):
        _, answer = told.post(DATABASE, {"input": selector})
        assert answer["errors"][0]["message"] == "database not found"
    for wrong in ({}, {"id": 1, "extID": "uuid-1"}):
        status, answer = told.post(DATABASE, {"input": wrong})
        assert (status, answer["errors"][0]["message"]) == (422, "expected one of id and extID")


def test_what_is_not_there_is_said_by_name(told: Served) -> None:
    _, answer = told.post(DEPLOYMENT, {"input": {"id": 1}})
    assert answer["errors"][0]["message"] == "migration not found"
    status, answer = told.post(DEPLOYMENTS, {"input": {"status": ["GREEN"]}})
    assert status == 422
    assert answer["errors"][0]["message"] == (
        'invalid status "GREEN": expected one of PASSED, FAILED, NO_ACTION, DRY_RUN'
    )


def test_projects_see_nothing_of_each_other(told: Served) -> None:
    asked(told, ONE, **report())
    stranger = told.seen_by("umbrella")
    assert asked(stranger, DEPLOYMENTS)["pageInfo"]["total"] == 0
    assert asked(stranger, DATABASES)["pageInfo"]["total"] == 0
    for query in (DEPLOYMENT, DATABASE):
        assert "not found" in stranger.post(query, {"input": {"id": 1}})[1]["errors"][0]["message"]


def test_a_token_that_may_only_read_reads_all_of_it(told: Served) -> None:
    reader = told.seen_by("acme", scope="read")
    asked(reader, ONE, **report())
    assert asked(reader, DEPLOYMENT, id=1)["status"] == "PASSED"
    assert asked(reader, DATABASE, id=1)[0]["name"] == "tenant_1.public"


def test_a_report_of_no_repository_is_a_deployment_without_one(told: Served) -> None:
    asked(told, ONE, **report(dirName=".atlas"))
    [one] = listed(told)
    assert (one["repo"], one["type"]) == (".atlas", "MIGRATION_DIRECTORY")
    assert asked(told, DATABASES)["pageInfo"]["total"] == 0


def test_reports_of_an_earlier_version_become_deployments_when_the_registry_opens(data: DataOptions) -> None:
    from tests.integration.registry.conftest import serving

    with serving(data) as before:
        before.push(A, "app")
        for number in range(1, 4):
            asked(before, ONE, **report(number))
        asked(before, SET, **report_set(report(4), report(5)))
        expected = listed(before)
        with before.registry.database.writing() as connection:
            connection.execute(delete(deployments))
            connection.execute(update(databases).values(name=""))
    with opened_registry(data) as registry:
        assert list_older_reports(registry) == 0
    with serving(data) as after:
        assert [{**one, "id": 0} for one in listed(after)] == [{**one, "id": 0} for one in expected]
        assert {one["name"] for one in asked(after, DATABASES)["databases"]} == {
            f"tenant_{number}.public" for number in range(1, 6)
        }


@pytest.mark.parametrize("value", [7, "text", [1], {"a": 1}, "\ud800", "a\0b", True])
def test_no_field_of_a_report_can_break_the_list(told: Served, value: object) -> None:
    for name in report():
        body = json.dumps({"query": ONE, "variables": {"input": report(**{name: value})}})
        status, _ = told.send("/query", body.encode())
        assert status == 200, name
    assert listed(told, pageSize=100)
