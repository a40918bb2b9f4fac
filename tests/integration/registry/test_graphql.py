"""Requests as existing clients send them, at the level of their bytes."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from atlas.wire.archive import Entry, pack, unpack
from atlas.wire.digest import digest_of

from tests.integration.registry.conftest import PUBLIC_URL, A, B, Served

DIR_STATE = """query dirState($input: DirStateInput!) {
    dirState(input: $input) {
        content
    }
}"""
REPORT = "mutation ReportMigration($input: ReportMigrationInput!) { reportMigration(input: $input) { url } }"
REPORT_SET = "mutation ReportMigrationSet($input: ReportMigrationSetInput!) { reportMigrationSet(input: $input) { url } }"
REPOS = "query { repos { repos { title slug url type driver databases { synced failed pending } } } }"


def encoded(entries: tuple[Entry, ...]) -> str:
    return b64encode(pack(entries)).decode()


def counts(served: Served) -> Any:
    return served.post(REPOS)[1]["data"]["repos"]["repos"][0]["databases"]


def report(**changes: object) -> dict[str, Any]:
    """A report as the open-source client sends it."""
    return {
        "projectName": "default",
        "envName": "prod",
        "dirName": "app",
        "atlasVersion": "Atlas CLI v1.2.3",
        "target": {"id": "8a1b", "schema": "main", "url": "sqlite://prod.db"},
        "startTime": "2026-01-01T00:00:00Z",
        "endTime": "2026-01-01T00:00:01.5Z",
        "fromVersion": "",
        "toVersion": "1",
        "currentVersion": "1",
        "error": None,
        "files": [{"name": "1_one.sql", "content": "…", "applied": 1, "skipped": 0}],
        "log": "Migrating to version 1",
        "context": {"triggerType": "KUBERNETES", "triggerVersion": "v0.7"},
        "dryRun": False,
    } | changes


@pytest.mark.parametrize("path", ["/", "/query"])
def test_dir_state_answers_on_both_paths(served: Served, path: str) -> None:
    served.push(A)
    body = json.dumps({"query": DIR_STATE, "variables": {"input": {"name": "app", "tag": "latest"}}})
    status, answer = served.send(path, body.encode())
    assert status == 200
    assert set(answer) == {"data"}
    assert unpack(b64decode(answer["data"]["dirState"]["content"])) == A


def test_what_is_not_there_is_an_error_with_status_200(served: Served) -> None:
    served.push(A)
    status, answer = served.post(DIR_STATE, {"input": {"slug": "app", "tag": "v9"}})
    assert status == 200
    assert answer["data"] == {"dirState": None}
    [error] = answer["errors"]
    assert error["message"] == 'tag "v9" of "app" not found'
    assert error["path"] == ["dirState"]
    assert "locations" not in error


def test_the_first_request_of_a_command_says_who_it_is(served: Served) -> None:
    assert served.post("query Bot { me { name org } bot { id } }") == (
        200,
        {"data": {"me": {"name": "tests", "org": "acme"}, "bot": {"id": 1}}},
    )


def test_a_tagged_push_of_another_client(served: Served) -> None:
    fields = {
        "slug": "app",
        "tag": "v1",
        "driver": "SQLITE",
        "dir": encoded(A),
        "context": {"repo": "o/r"},
        "new": 1,
    }
    status, answer = served.post(
        "mutation pushDir($input: PushDirInput!) { pushDir(input: $input) { url } }", {"input": fields}
    )
    assert (status, answer) == (200, {"data": {"pushDir": {"url": f"{PUBLIC_URL}/dirs/1"}}})
    assert served.pull("atlas://app?tag=v1").entries == A


def test_an_untagged_push_may_be_a_delta(served: Served) -> None:
    served.push(B)
    query = "mutation diffSyncDir($input: DiffSyncDirInput!) { diffSyncDir(input: $input) { url } }"
    delta = {"slug": "app", "driver": "SQLITE", "add": encoded(A[:1]), "delete": ["2_two.sql"]}
    assert served.post(query, {"input": delta})[0] == 200
    assert served.pull().entries == A
    broken = {"slug": "app", "driver": "SQLITE", "delete": ["1_one.sql"]}
    status, answer = served.post(query, {"input": broken})
    assert status == 422
    assert "checksum mismatch" in answer["errors"][0]["message"]


def test_dirs_are_listed_with_their_latest_content(served: Served) -> None:
    served.push(A, "one")
    served.push(B, "two")
    answer = served.post("query { dirs { name slug content } }")[1]["data"]["dirs"]
    assert [(item["name"], item["slug"], unpack(b64decode(item["content"]))) for item in answer] == [
        ("One", "one", A),
        ("Two", "two", B),
    ]


def test_repos_are_listed_as_other_clients_ask(served: Served) -> None:
    served.push(A)
    assert served.post("query { repos { repos { title slug url type driver } } }")[1] == {
        "data": {
            "repos": {
                "repos": [
                    {
                        "title": "App",
                        "slug": "app",
                        "url": "atlas://app",
                        "type": "MIGRATION_DIRECTORY",
                        "driver": "SQLITE",
                    }
                ]
            }
        }
    }


def test_a_token_is_validated(served: Served) -> None:
    query = "mutation validateToken($token: String!) { validateToken(token: $token) { success } }"
    assert served.post(query, {"token": served.token})[1]["data"]["validateToken"] == {"success": True}
    assert served.post(query, {"token": "aci_x"})[1]["data"]["validateToken"] == {"success": False}


def test_a_report_is_kept_once_and_counts_its_database(served: Served) -> None:
    served.push(A)
    first = served.post(REPORT, {"input": report()})
    assert first == (200, {"data": {"reportMigration": {"url": f"{PUBLIC_URL}/dirs/1"}}})
    assert served.post(REPORT, {"input": report()}) == first
    assert counts(served) == {"synced": 1, "failed": 0, "pending": 0}


def test_a_database_behind_its_tag_is_pending_and_a_failed_one_failed(served: Served) -> None:
    served.push(A)
    served.push(A, tag="stable")
    served.post(REPORT, {"input": report()})
    served.post(REPORT, {"input": report(target={"id": "stable"}, tag="stable")})
    served.post(REPORT, {"input": report(target={"id": "broken"}, error="no such table")})
    served.push(B)
    assert counts(served) == {"synced": 1, "failed": 1, "pending": 1}
    served.post(REPORT, {"input": report(currentVersion="2", endTime="2026-01-02T00:00:00Z")})
    assert counts(served) == {"synced": 2, "failed": 1, "pending": 0}


def test_a_dry_run_says_nothing_about_its_database(served: Served) -> None:
    served.push(A)
    served.post(REPORT, {"input": report(dryRun=True)})
    assert counts(served) == {"synced": 0, "failed": 0, "pending": 0}


def test_a_late_report_does_not_undo_a_later_one(served: Served) -> None:
    served.push(A)
    served.post(REPORT, {"input": report(endTime="2026-02-01T00:00:00Z")})
    served.post(REPORT, {"input": report(endTime="2026-01-01T00:00:00Z", error="old")})
    assert counts(served) == {"synced": 1, "failed": 0, "pending": 0}


def test_times_are_compared_as_moments(served: Served) -> None:
    served.push(A)
    served.post(REPORT, {"input": report(endTime="2026-01-01T12:00:00.123456789Z")})
    served.post(REPORT, {"input": report(endTime="2026-01-01T13:30:00+02:00", error="earlier")})
    assert counts(served) == {"synced": 1, "failed": 0, "pending": 0}
    served.post(REPORT, {"input": report(endTime="2026-01-01T11:30:00-02:00", error="later")})
    assert counts(served) == {"synced": 0, "failed": 1, "pending": 0}


def test_a_set_reports_each_of_its_databases(served: Served) -> None:
    served.push(A)
    runs = [report(target={"id": name}) for name in ("one", "two")]
    fields = {"id": "u", "planned": 3, "log": [{"text": "Start migration for 3 targets"}], "completed": runs}
    assert served.post(REPORT_SET, {"input": fields})[0] == 200
    assert counts(served) == {"synced": 2, "failed": 0, "pending": 0}


def test_a_report_about_a_local_directory_is_taken(served: Served) -> None:
    status, answer = served.post(REPORT, {"input": report(dirName=".atlas")})
    assert (status, answer["data"]["reportMigration"]["url"]) == (200, f"{PUBLIC_URL}/")


def test_equal_reports_at_once_are_one(anywhere: Served) -> None:
    anywhere.push(A)
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda _: anywhere.post(REPORT, {"input": report()})[0], range(8)))
    assert statuses == [200] * 8
    assert counts(anywhere) == {"synced": 1, "failed": 0, "pending": 0}


def test_unknown_questions_are_null_and_unknown_orders_are_refused(served: Served) -> None:
    assert served.post("query { migratePlanByExtID(id: 1) { url } }") == (
        200,
        {"data": {"migratePlanByExtID": None}},
    )
    status, answer = served.post("mutation { CreateMigrateDownPlan(input: {}) { url } }")
    assert status == 422
    assert "not served" in answer["errors"][0]["message"]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"\xff", b'{"query": 1}', b'{"query": "{me}", "variables": [1]}']
)
def test_a_body_that_is_no_request_is_refused(served: Served, body: bytes) -> None:
    status, answer = served.send("/query", body)
    assert status == 422
    assert "no GraphQL request" in answer["errors"][0]["message"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"driver": "SQLITE", "dir": ""}, "slug is required"),
        ({"slug": 1, "dir": ""}, "must be a string"),
        ({"slug": "a", "dir": "%%%"}, "not base64"),
        ({"slug": "a", "dir": b64encode(b"x").decode()}, "cut off"),
    ],
)
def test_a_push_that_cannot_be_read_says_what_is_wrong(
    served: Served, fields: dict[str, Any], words: str
) -> None:
    status, answer = served.post("mutation($i: I) { pushDir(input: $i) { url } }", {"i": fields})
    assert status == 422
    assert words in answer["errors"][0]["message"]


def test_content_is_immutable_and_cached(served: Served) -> None:
    served.push(A)
    path = f"/v1/content/{digest_of(A)}"
    status, headers, body = served.fetch(path)
    assert (status, unpack(body)) == (200, A)
    assert headers["cache-control"] == "private, max-age=31536000, immutable"
    assert headers["etag"] == f'"{digest_of(A)}"'
    status, _, body = served.fetch(path, If_None_Match=headers["etag"])
    assert (status, body) == (304, b"")
    assert served.fetch(path, Authorization="")[0] == 401
    assert served.fetch("/v1/content/sha256:00")[0] == 422
    assert served.fetch(f"/v1/content/sha256:{'0' * 64}")[0] == 404


def test_a_request_that_is_too_large_is_refused_while_it_arrives(served: Served) -> None:
    import http.client

    connection = http.client.HTTPConnection(served.url.removeprefix("http://"), timeout=30)
    connection.putrequest("POST", "/query")
    connection.putheader("Authorization", f"Bearer {served.token}")
    connection.putheader("Content-Length", str(10**10))
    connection.endheaders()
    response = connection.getresponse()
    assert response.status == 413
    assert b"larger than" in response.read()
    connection.close()


NASTY = [
    "\0",
    "\ud800",
    "x" * 100_000,
    "' OR 1=1 --",
    "../..",
    7,
    -1,
    1e300,
    10**30,
    True,
    [],
    {},
    [None],
    {"a": []},
]


@pytest.mark.parametrize("nasty", NASTY, ids=lambda value: repr(value)[:12])
def test_no_value_of_a_client_is_a_fault_of_the_server(served: Served, nasty: object) -> None:
    served.push(A)
    faults = [question for question in questions(nasty) if served.post(*question)[0] >= 500]
    assert faults == []


def test_no_value_of_a_client_is_a_fault_of_postgres(anywhere: Served) -> None:
    anywhere.push(A)
    faults = [
        question for nasty in NASTY[:4] for question in questions(nasty) if anywhere.post(*question)[0] >= 500
    ]
    assert faults == []


def questions(nasty: object) -> list[tuple[str, dict[str, object]]]:
    """Every operation, with one wrong value at every place."""
    asked: list[tuple[str, dict[str, object]]] = []
    for name in (
        "slug",
        "name",
        "tag",
        "version",
        "driver",
        "type",
        "title",
        "description",
        "id",
        "page",
        "dir",
    ):
        fields = {"slug": "app", "name": "app", "driver": "SQLITE", "type": "SCHEMA", "dir": ""} | {
            name: nasty
        }
        roots = ("query($i: I) { dirState", "query($i: I) { describeRepo", "query($i: I) { repos")
        orders = ("mutation($i: I) { pushDir", "mutation($i: I) { createRepo")
        asked += [(f"{root}(input: $i) {{ id }} }}", {"i": fields}) for root in (*roots, *orders)]
    asked += [(REPORT, {"input": report(**{name: nasty})}) for name in report()]
    asked += [(REPORT_SET, {"input": {"completed": nasty}}), (DIR_STATE, {"input": nasty})]
    delta = {"slug": "app", "driver": "SQLITE", "delete": nasty, "add": ""}
    asked.append(("mutation($i: I) { diffSyncDir(input: $i) { url } }", {"i": delta}))
    return asked
