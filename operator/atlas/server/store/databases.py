"""Databases that reports named, and how they stand to the tag that they follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import case, func, insert, select, update

from atlas.errors import NotFound
from atlas.server.store.tables import databases, repositories, tags, versions
from atlas.wire.reference import LATEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Case, ColumnElement, Connection, ScalarSelect, Select

    from atlas.server.store.registry import Principal, Registry
    from atlas.server.store.window import Window
    from atlas.wire.contract import SyncStatus


class DatabaseReport(NamedTuple):
    """The last word about a database. ``version`` is what it is at, ``tag`` what it follows ('' = latest)."""

    target: str
    name: str
    environment: str
    tag: str
    version: str
    failed: bool
    ended_at: str


class KnownDatabase(NamedTuple):
    """A database as lists show it. ``target`` is the UUID that the database keeps of itself."""

    id: int
    target: str
    repository: str
    name: str
    environment: str
    status: SyncStatus
    version: str
    ended_at: str


class DatabaseFilter(NamedTuple):
    """What a list is narrowed to; empty is everything."""

    repository: str = ""
    environment: str = ""


class DatabaseCounts(NamedTuple):
    """Databases of a repository by status."""

    synced: int
    failed: int
    pending: int


NO_DATABASES = DatabaseCounts(0, 0, 0)
_HOME = repositories.c.id == databases.c.repository_id


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
        .join(repositories, _HOME)
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


def list_databases(
    registry: Registry, principal: Principal, wanted: DatabaseFilter, window: Window
) -> tuple[list[KnownDatabase], int]:
    """A page of the project's databases in order of their first report, and how many match in all."""
    conditions = [repositories.c.project_id == principal.project_id]
    if wanted.repository:
        conditions.append(repositories.c.slug == wanted.repository)
    if wanted.environment:
        conditions.append(databases.c.environment == wanted.environment)
    page = _known(*conditions).order_by(databases.c.id).offset(window.offset).limit(window.size)
    total = select(func.count()).select_from(databases).join(repositories, _HOME).where(*conditions)
    with registry.database.reading() as connection:
        found = [KnownDatabase._make(row) for row in connection.execute(page)]
        return found, connection.execute(total).scalar_one()


def describe_databases(registry: Registry, principal: Principal, key: int | str) -> list[KnownDatabase]:
    """The database with a number, or those with a UUID: one that follows two directories is listed for each.

    Raises ``NotFound`` where there is none.
    """
    chosen = databases.c.id == key if isinstance(key, int) else databases.c.target == key
    query = _known(repositories.c.project_id == principal.project_id, chosen).order_by(databases.c.id)
    with registry.database.reading() as connection:
        found = [KnownDatabase._make(row) for row in connection.execute(query)]
    if not found:
        raise NotFound("database not found")
    return found


def _known(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            databases.c.id,
            databases.c.target,
            repositories.c.slug,
            databases.c.name,
            databases.c.environment,
            _status(),
            databases.c.version,
            databases.c.ended_at,
        )
        .join(repositories, _HOME)
        .where(*conditions)
    )


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
