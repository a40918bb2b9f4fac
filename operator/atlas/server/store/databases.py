"""Databases that reports named, and how they stand to the tag that they follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import case, func, insert, select, update

from atlas.server.store.tables import databases, repositories, tags, versions
from atlas.wire.reference import LATEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Case, Connection, ScalarSelect

    from atlas.server.store.registry import Registry
    from atlas.wire.contract import SyncStatus


class DatabaseReport(NamedTuple):
    """The last word about a database. ``version`` is what it is at, ``tag`` what it follows ('' = latest)."""

    target: str
    environment: str
    tag: str
    version: str
    failed: bool
    ended_at: str


class DatabaseCounts(NamedTuple):
    """Databases of a repository by status."""

    synced: int
    failed: int
    pending: int


NO_DATABASES = DatabaseCounts(0, 0, 0)


def store_database(
    connection: Connection, repository_id: int, report_id: int, report: DatabaseReport
) -> None:
    """Remember the report as the last of its database, unless a later one arrived before it."""
    here = (databases.c.repository_id == repository_id, databases.c.target == report.target)
    values = {**report._asdict(), "failed": int(report.failed), "report_id": report_id}
    ended_at = connection.execute(select(databases.c.ended_at).where(*here)).scalar_one_or_none()
    if ended_at is None:
        connection.execute(insert(databases).values(repository_id=repository_id, **values))
    elif ended_at <= report.ended_at:
        connection.execute(update(databases).where(*here).values(**values))


def count_databases(registry: Registry, repository_ids: Sequence[int]) -> dict[int, DatabaseCounts]:
    """The databases of these repositories; one without databases is absent.

    SYNCED: the last report succeeded at the version its tag points to. PENDING: it succeeded at another one.
    FAILED: it failed.
    """
    status = _status()
    query = (
        select(databases.c.repository_id, status.label("status"), func.count())
        .join(repositories, repositories.c.id == databases.c.repository_id)
        .where(databases.c.repository_id.in_(repository_ids))
        .group_by(databases.c.repository_id, status)
    )
    counted: dict[int, dict[SyncStatus, int]] = {}
    with registry.database.reading() as connection:
        for repository_id, word, count in connection.execute(query):
            counted.setdefault(repository_id, {})[word] = count
    return {
        repository_id: DatabaseCounts(by.get("SYNCED", 0), by.get("FAILED", 0), by.get("PENDING", 0))
        for repository_id, by in counted.items()
    }


def _status() -> Case[str]:
    return case(
        (databases.c.failed != 0, "FAILED"),
        (databases.c.version == _followed(), "SYNCED"),
        else_="PENDING",
    )


def _followed() -> ScalarSelect[str]:
    """The version name at the tag that a database follows, else at latest, else the newest."""
    newest = (
        select(func.max(versions.c.ordinal))
        .where(versions.c.repository_id == repositories.c.id)
        .correlate(repositories)
        .scalar_subquery()
    )
    tagged = (
        select(tags.c.ordinal)
        .where(tags.c.repository_id == repositories.c.id, tags.c.name == databases.c.tag)
        .correlate(repositories, databases)
        .scalar_subquery()
    )
    latest = func.coalesce(repositories.c.latest, newest)
    ordinal = case((databases.c.tag.in_(("", LATEST)), latest), else_=tagged)
    return (
        select(versions.c.name)
        .where(versions.c.repository_id == repositories.c.id, versions.c.ordinal == ordinal)
        .correlate(repositories, databases)
        .scalar_subquery()
    )
