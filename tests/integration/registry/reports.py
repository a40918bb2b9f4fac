"""What clients report of their runs, and how others ask the API what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Served

ONE = "mutation($input: I) { reportMigration(input: $input) { url } }"
SET = "mutation($input: I) { reportMigrationSet(input: $input) { url } }"
DEPLOYMENTS = """query($input: I) { deployments(input: $input) {
  deployments { id repo type env database planned succeeded version status startedAt completedAt }
  pageInfo { page pageSize total } } }"""


def report(number: int = 1, **fields: Any) -> dict[str, object]:
    """What a client says after it brought database ``number`` to version 1 of ``app``."""
    return {
        "projectName": "default",
        "envName": "prod",
        "dirName": "app",
        "atlasVersion": "Atlas CLI v1.3.0",
        "target": {
            "id": f"uuid-{number}",
            "schema": "public",
            "url": f"postgres://app:xxxxx@db.example:5432/tenant_{number}?search_path=public",
        },
        "startTime": "2026-01-01T12:00:00Z",
        "endTime": f"2026-01-01T12:00:{number:02}.5+02:00",
        "fromVersion": "",
        "toVersion": "1",
        "currentVersion": "1",
        "error": None,
        "files": [{"name": "1_one.sql"}],
        "log": "",
        **fields,
    }


def report_set(*completed: dict[str, object], **fields: object) -> dict[str, object]:
    return {
        "id": "0b5e5f6e-0000-4000-8000-000000000001",
        "planned": len(completed),
        "startTime": "2026-01-02T12:00:00Z",
        "endTime": "2026-01-02T12:01:00Z",
        "error": None,
        "log": [],
        "completed": list(completed),
        **fields,
    }


def asked(served: Served, query: str, **fields: object) -> Any:
    status, answer = served.post(query, {"input": fields})
    assert status == 200
    assert "errors" not in answer, answer
    [value] = answer["data"].values()
    return value


def listed(served: Served, **fields: object) -> list[Any]:
    found: list[Any] = asked(served, DEPLOYMENTS, **fields)["deployments"]
    return found
