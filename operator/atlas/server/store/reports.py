"""Reports of migrations: kept whole, once each, with what they say about the run and the databases they name."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from atlas.server.store.databases import DatabaseReport, store_database
from atlas.server.store.deployments import NewDeployment, store_deployment
from atlas.server.store.runs import run_set
from atlas.server.store.tables import deployments, reports, repositories
from atlas.wire.contract import DIRECTORY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, Select

    from atlas.server.store.registry import Principal, Registry
    from atlas.server.store.runs import Run, RunSet

_BATCH = 200


def store_report(registry: Registry, principal: Principal, payload: Mapping[str, Any]) -> str:
    """Keep a report and return the link to what it is about.

    Idempotent: clients retry, and tell once more what they were interrupted in telling. A set is known by its ``id``,
    a single run by its database and its times, else by its content; one that was stored before is not stored again,
    and has the link that it had. A dry run says nothing about its database.
    """
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    fingerprint = _fingerprint(payload, text)
    told = run_set(payload, registry.now())

    def write(connection: Connection) -> str:
        known = select(reports.c.repository_id).where(
            reports.c.project_id == principal.project_id, reports.c.fingerprint == fingerprint
        )
        if before := connection.execute(known).first():
            return _link(registry, before.repository_id)
        found = _repositories(connection, principal.project_id, told)
        repository_id = next(iter(found.values()), None)
        values = {
            "project_id": principal.project_id,
            "repository_id": repository_id,
            "fingerprint": fingerprint,
        }
        statement = insert(reports).values(**values, received_at=registry.now(), payload=text)
        report_id = connection.execute(statement.returning(reports.c.id)).scalar_one()
        _store_runs(connection, principal.project_id, report_id, told)
        return _link(registry, repository_id)

    return registry.database.retried(write)


def list_older_reports(registry: Registry) -> int:
    """Make deployments of reports that were stored before there were any; returns how many. Idempotent."""
    query = (
        select(reports.c.id, reports.c.project_id, reports.c.received_at, reports.c.payload)
        .outerjoin(deployments, deployments.c.report_id == reports.c.id)
        .where(deployments.c.id.is_(None))
        .order_by(reports.c.id)
        .limit(_BATCH)
    )

    def write(connection: Connection) -> int:
        rows = connection.execute(query).all()
        for row in rows:
            told = run_set(json.loads(row.payload), row.received_at)
            _store_runs(connection, row.project_id, row.id, told)
        return len(rows)

    count = 0
    while _has_rows(registry, query):  # asked first: registries open at once, and there is one writer
        count += registry.database.retried(write)
    return count


def _has_rows(registry: Registry, query: Select[Any]) -> bool:
    with registry.database.reading() as connection:
        return connection.execute(query.limit(1)).first() is not None


def _store_runs(connection: Connection, project_id: int, report_id: int, told: RunSet) -> None:
    found = _repositories(connection, project_id, told)
    new = NewDeployment(project_id, next(iter(found.values()), None), report_id)
    store_deployment(connection, new, told)
    for run in told.runs:
        if run.directory in found and not run.dry_run:
            store_database(connection, found[run.directory], report_id, _database(run))


def _fingerprint(payload: Mapping[str, Any], text: str) -> str:
    """What makes two reports one. Nothing runs twice on one database from one moment to one other."""
    identity = payload.get("id")
    if isinstance(identity, str) and identity:
        return _hash(f"set:{identity}")
    match run_set(payload, "").runs:
        case (run,) if "completed" not in payload and run.target and run.started_at and run.ended_at:
            place = (run.directory, run.target, run.name, run.environment)
            return _hash(json.dumps(["run", *place, run.dry_run, run.started_at, run.ended_at]))
        case _:
            return _hash(text)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def _link(registry: Registry, repository_id: int | None) -> str:
    return registry.link(DIRECTORY, repository_id) if repository_id else f"{registry.public_url}/"


def _repositories(connection: Connection, project_id: int, told: RunSet) -> dict[str, int]:
    """The ids of the directories that the runs name and the project has, in their order."""
    slugs = list(dict.fromkeys(run.directory for run in told.runs))
    query = select(repositories.c.slug, repositories.c.id).where(
        repositories.c.project_id == project_id,
        repositories.c.type == DIRECTORY,
        repositories.c.slug.in_(slugs),
    )
    ids = {row.slug: row.id for row in connection.execute(query)}
    return {slug: ids[slug] for slug in slugs if slug in ids}


def _database(run: Run) -> DatabaseReport:
    return DatabaseReport(
        target=run.target,
        name=run.name,
        environment=run.environment,
        tag=run.tag,
        version=run.version,
        failed=bool(run.error),
        ended_at=run.ended_at,
    )
