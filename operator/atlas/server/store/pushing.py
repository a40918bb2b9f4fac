"""A push: content first, then the repository's index, then the SQL rows that follow from the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from atlas.server.store.audit import record
from atlas.server.store.creating import NewRepository, ensure_repository
from atlas.server.store.plan_rows import store_plans
from atlas.server.store.tables import repositories, tags, versions
from atlas.wire.archive import SUM_FILE
from atlas.wire.history import Push, Recorded, record_push

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from atlas.server.store.registry import Principal, Registry
    from atlas.server.store.repositories import Repository
    from atlas.wire.archive import Entry
    from atlas.wire.index import RepositoryIndex


@dataclass(frozen=True, slots=True)
class Content:
    """What is pushed. ``name`` is what ``?version=`` will match; ``tag`` is empty for an untagged push."""

    entries: Sequence[Entry]
    name: str
    tag: str = ""
    description: str = ""
    is_name_chosen: bool = False


def push(registry: Registry, principal: Principal, new: NewRepository, content: Content) -> Repository:
    """Store a version of a repository, which is made where it is new.

    Idempotent: equal content under an equal tag changes nothing. Raises ``Rejected`` for another driver and
    ``Conflict`` for a write-once tag.
    """
    repository = ensure_repository(registry, principal, new)
    digest = registry.content.put_version(repository.key, content.entries)
    arrived = Push(
        digest=digest,
        name=content.name,
        at=registry.now(),
        size_bytes=sum(len(entry.content) for entry in content.entries),
        file_count=sum(entry.name != SUM_FILE for entry in content.entries),
        tag=content.tag,
        description=content.description,
        is_name_chosen=content.is_name_chosen,
    )
    registry.database.retried(
        lambda connection: _record(connection, registry, principal, repository, arrived)
    )
    return repository


def store_index(connection: Connection, index: RepositoryIndex) -> None:
    """Make the SQL rows of a repository say what its index says: new versions, latest, tags and plans."""
    row = repositories.c.id == index.id
    known = connection.execute(
        select(versions.c.ordinal)
        .where(versions.c.repository_id == index.id)
        .order_by(versions.c.ordinal.desc())
    ).first()
    fresh = index.versions[known.ordinal if known else 0 :]
    if fresh:
        rows = [
            {"repository_id": index.id, "ordinal": v.ordinal, "digest": v.digest, "name": v.name}
            for v in fresh
        ]
        connection.execute(insert(versions), rows)
    connection.execute(update(repositories).where(row).values(latest=index.latest))
    _store_tags(connection, index)
    store_plans(connection, index)


def _store_tags(connection: Connection, index: RepositoryIndex) -> None:
    here = tags.c.repository_id == index.id
    stored = {row.name: row.ordinal for row in connection.execute(select(tags).where(here))}
    wanted = {name: tag.ordinal for name, tag in index.tags.items()}
    for name in [name for name in stored if stored[name] != wanted.get(name)]:
        connection.execute(delete(tags).where(here, tags.c.name == name))
    fresh = [name for name in wanted if stored.get(name) != wanted[name]]
    if fresh:
        rows = [{"repository_id": index.id, "name": name, "ordinal": wanted[name]} for name in fresh]
        connection.execute(insert(tags), rows)


def _record(
    connection: Connection, registry: Registry, principal: Principal, repository: Repository, arrived: Push
) -> None:
    connection.execute(select(repositories.c.id).where(repositories.c.id == repository.id).with_for_update())
    loaded = registry.content.known_index(repository.key)
    recorded = record_push(loaded.index, arrived)
    if recorded.index != loaded.index:
        registry.content.save_index(recorded.index, replacing=loaded)
        change = _change(loaded.index, arrived, recorded)
        record(connection, registry.now(), principal.project_id, principal.token_name, change)
    store_index(connection, recorded.index)


def _change(before: RepositoryIndex, arrived: Push, recorded: Recorded) -> tuple[str, str, str]:
    grew = len(recorded.index.versions) > len(before.versions)
    action = "version.push" if grew else "tag.move" if recorded.moved_from else "tag.add"
    moved = f" from {recorded.moved_from}" if recorded.moved_from else ""
    detail = f"tag {arrived.tag or 'latest'}{moved} to {recorded.version.ordinal} {arrived.digest}"
    return action, before.key.slug, detail
