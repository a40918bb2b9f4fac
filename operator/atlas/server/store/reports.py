"""Reports of migrations: kept whole, once each, with what they say about the databases they name."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from atlas.server.store.databases import DatabaseReport, store_database
from atlas.server.store.registry import utc_text
from atlas.server.store.tables import reports, repositories
from atlas.wire.contract import DIRECTORY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from atlas.server.store.registry import Principal, Registry


_FIELD_LIMIT = 500  # characters; the whole payload is kept beside what is taken out of it


def store_report(
    registry: Registry, principal: Principal, payload: Mapping[str, Any], *, runs: Sequence[Mapping[str, Any]]
) -> str:
    """Keep a report and return the link to what it is about.

    Idempotent: a payload that was stored before (clients retry) is not stored again. ``runs`` are the single
    migrations in it; a dry run says nothing about its database.
    """
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    fingerprint = hashlib.sha256(text.encode()).hexdigest()

    def write(connection: Connection) -> str:
        found = [_directory_id(connection, principal, run) for run in runs]
        repository_id = next((number for number in found if number is not None), None)
        link = registry.link(DIRECTORY, repository_id) if repository_id else f"{registry.public_url}/"
        known = select(reports.c.id).where(
            reports.c.project_id == principal.project_id, reports.c.fingerprint == fingerprint
        )
        if connection.execute(known).first():
            return link
        values = {
            "project_id": principal.project_id,
            "repository_id": repository_id,
            "fingerprint": fingerprint,
        }
        statement = insert(reports).values(**values, received_at=registry.now(), payload=text)
        report_id = connection.execute(statement.returning(reports.c.id)).scalar_one()
        for number, run in zip(found, runs, strict=True):
            if number is not None and not run.get("dryRun"):
                store_database(connection, number, report_id, _database(run, registry.now()))
        return link

    return registry.database.retried(write)


def _directory_id(connection: Connection, principal: Principal, run: Mapping[str, Any]) -> int | None:
    query = select(repositories.c.id).where(
        repositories.c.project_id == principal.project_id,
        repositories.c.type == DIRECTORY,
        repositories.c.slug == _plain(run.get("dirName")),
    )
    return connection.execute(query).scalar_one_or_none()


def _database(run: Mapping[str, Any], received_at: str) -> DatabaseReport:
    target = run.get("target")
    target = target if isinstance(target, dict) else {}
    return DatabaseReport(
        target=_plain(target.get("id") or target.get("url")),
        environment=_plain(run.get("envName")),
        tag=_plain(run.get("tag")),
        version=_plain(run.get("currentVersion")),
        failed=bool(run.get("error")),
        ended_at=_in_utc(run.get("endTime"), received_at),
    )


def _plain(value: object) -> str:
    """The text of a field, without what no database takes; '' where it is absent."""
    return str(value or "")[:_FIELD_LIMIT].encode(errors="replace").decode().replace("\0", "")


def _in_utc(moment: object, received_at: str) -> str:
    """An RFC 3339 time in the one form that sorts as text, else when it was received."""
    try:
        parsed = datetime.fromisoformat(str(moment))
    except ValueError:
        return received_at
    return utc_text(parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC))
