"""Lists of a registry that was told of 10,000 runs: what the server needs for a page, without HTTP."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.server.graphql.execute import Request, execute
from atlas.server.graphql.table import resolvers_for
from atlas.server.run import DataOptions, opened_registry
from atlas.server.store.creating import NewRepository, create_repository
from atlas.server.store.registry import Principal
from atlas.server.store.reports import list_older_reports
from atlas.server.store.tables import reports
from atlas.server.store.tokens import authenticate, create_token
from atlas.wire.contract import DIRECTORY
from atlas.wire.operations import DATABASES, DEPLOYMENTS, DESCRIBE_DEPLOYMENT, REPOS, Operation
from sqlalchemy import insert

from bench.measure import Goal, seconds_of, tell
from tests.servers.postgres import PostgresServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.server.store.registry import Registry

REPORTS, REPOSITORIES, TARGETS = 10_000, 20, 2_000
REPEATS = 21
GOAL = Goal(100, " ms")
LISTS: dict[str, tuple[Operation, dict[str, object]]] = {
    "migration list": (DEPLOYMENTS, {}),
    "migration list --page 400": (DEPLOYMENTS, {"page": 400}),
    "migration list --status FAILED": (DEPLOYMENTS, {"status": ["FAILED"]}),
    "migration list --repo --env-name": (DEPLOYMENTS, {"repo": "app3", "env": "prod"}),
    "migration list --name": (DEPLOYMENTS, {"name": "tenant_1999"}),
    "migration describe": (DESCRIBE_DEPLOYMENT, {"id": 5_000}),
    "database list": (DATABASES, {}),
    "database list --env-name --page 30": (DATABASES, {"env": "prod", "page": 30}),
    "repo list": (REPOS, {"page": 1, "pageSize": 20}),
}


def main() -> bool:
    """Goal: each of them at most 100 ms, on SQLite and on PostgreSQL."""
    server = PostgresServer.start(fsync=True)
    try:
        return all([*measured("SQLite", ""), *measured("PostgreSQL", server.url(server.create_database()))])
    finally:
        server.stop()


def measured(name: str, url: str) -> Iterator[bool]:
    """A line for each list; medians."""
    with (
        tempfile.TemporaryDirectory() as folder,
        opened_registry(DataOptions(Path(folder) / "data", url)) as registry,
    ):
        principal = authenticate(registry, create_token(registry, "acme", name="bench"))
        fill(registry, principal)
        resolvers = resolvers_for(registry, principal)
        for title, (operation, wanted) in LISTS.items():
            request = Request(operation.text, {"input": wanted})
            assert not execute(request, resolvers).failures
            seconds = [seconds_of(lambda asked=request: execute(asked, resolvers)) for _ in range(REPEATS)]
            yield tell(f"{title}, {name}", statistics.median(seconds) * 1e3, GOAL)


def fill(registry: Registry, principal: Principal) -> None:
    """Repositories, and reports as a registry of an earlier version kept them: in one transaction, then listed."""
    for number in range(REPOSITORIES):
        create_repository(registry, principal, NewRepository(DIRECTORY, f"app{number}", "postgres"))
    rows = [
        {
            "project_id": principal.project_id,
            "fingerprint": str(number),
            "received_at": registry.now(),
            "payload": json.dumps(report(number)),
        }
        for number in range(REPORTS)
    ]
    with registry.database.writing() as connection:
        connection.execute(insert(reports), rows)
    assert list_older_reports(registry) == REPORTS


def report(number: int) -> dict[str, object]:
    """One run in fifty failed, one in four had nothing to do; a file has 5 kB."""
    target = number % TARGETS
    return {
        "envName": ("prod", "staging", "dev")[number % 3],
        "dirName": f"app{number % REPOSITORIES}",
        "target": {
            "id": f"uuid-{target}",
            "schema": "public",
            "url": f"postgres://db.example/tenant_{target}",
        },
        "startTime": "2026-01-01T00:00:00Z",
        "endTime": f"2026-01-01T{number % 24:02}:00:00Z",
        "toVersion": "1",
        "currentVersion": "1",
        "error": "no such table" if number % 50 == 0 else None,
        "files": [{"name": "1_one.sql", "content": "x" * 5_000}] if number % 4 else [],
        "log": str(number),
    }


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
