"""Building the SQL index anew from the bucket, which holds the truth: after a restore, or a lost database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, text

from atlas.errors import SpecError
from atlas.server.store.pushing import store_index
from atlas.server.store.tables import projects, repositories
from atlas.server.store.tokens import ensure_project
from atlas.wire.layout import RepositoryKey

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from atlas.server.store.registry import Registry
    from atlas.wire.index import RepositoryIndex


def reindex(registry: Registry) -> int:
    """Add what the bucket holds and the database does not; returns how many repositories there are in the bucket.

    Numbers of repositories are kept, so printed URLs stay true; those that come from a backup get one. Tokens, reports and the audit log are not in the
    bucket and are not touched. Idempotent.
    """
    indexes = _numbered(registry, list(registry.content.indexes()))

    def write(connection: Connection) -> None:
        for index in indexes:
            _restore(connection, registry, index)
        if registry.database.dialect == "postgres":
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence('repositories', 'id'), max(id)) FROM repositories")
            )

    if indexes:
        registry.database.retried(write)
    return len(indexes)


def refuse_lost_content(registry: Registry, name: str) -> None:
    """Raise ``SpecError`` where the database knows repositories and the content store, called ``name``, is a new one.

    A mistyped or unmounted content store must not become an empty registry.
    """
    if not registry.content.is_new():
        return
    with registry.database.reading() as connection:
        known = connection.execute(select(func.count()).select_from(repositories)).scalar_one()
    if known:
        raise SpecError(
            f"the database knows of {known} {'repository' if known == 1 else 'repositories'}, and the content store {name} holds nothing: name the right "
            "one by --data or --content, or bring it back by 'atlas backup restore'"
        )


def reindex_if_empty(registry: Registry) -> None:
    """Build the index where the database is new and the bucket may not be."""
    with registry.database.reading() as connection:
        known = connection.execute(select(repositories.c.id).limit(1)).first()
    if known is None:
        reindex(registry)


def _numbered(registry: Registry, indexes: list[RepositoryIndex]) -> list[RepositoryIndex]:
    """The indexes as a registry has them: a backup knows no numbers, and marks what the registry missed."""
    foreign = [index for index in indexes if not index.id or index.unsynced or index.unsynced_plans]
    if not foreign:
        return indexes
    known = _known_numbers(registry)
    number = max([*known.values(), *(index.id for index in indexes)], default=0)
    adopted: dict[RepositoryKey, RepositoryIndex] = {}
    for index in foreign:
        loaded = registry.content.known_index(index.key)
        number += 1
        own = loaded.index.id or known.get(index.key, number)
        adopted[index.key] = replace(loaded.index, id=own, unsynced=(), unsynced_plans=())
        registry.content.save_index(adopted[index.key], replacing=loaded)
    return [adopted.get(index.key, index) for index in indexes]


def _known_numbers(registry: Registry) -> dict[RepositoryKey, int]:
    columns = (projects.c.name, repositories.c.type, repositories.c.slug, repositories.c.id)
    query = select(*columns).join(projects, projects.c.id == repositories.c.project_id)
    with registry.database.reading() as connection:
        return {RepositoryKey(row[0], row[1], row[2]): row[3] for row in connection.execute(query)}


def _restore(connection: Connection, registry: Registry, index: RepositoryIndex) -> None:
    project_id = ensure_project(connection, index.key.project, at=registry.now())
    known = connection.execute(select(repositories.c.id).where(repositories.c.id == index.id)).first()
    if known is None:
        values = {
            "id": index.id,
            "project_id": project_id,
            "type": index.key.type,
            "slug": index.key.slug,
            "title": index.title,
            "driver": index.driver,
            "description": index.description,
            "tag_policy": index.tag_policy,
            "created_at": index.created_at,
        }
        connection.execute(insert(repositories).values(**values))
    store_index(connection, index)
