"""Building the SQL index anew from the bucket, which holds the truth: after a restore, or a lost database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, text

from atlas.errors import SpecError
from atlas.server.store.pushing import store_index
from atlas.server.store.repositories import repository_by_id
from atlas.server.store.tables import projects, repositories, versions
from atlas.server.store.tokens import ensure_project
from atlas.wire.layout import RepositoryKey

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from atlas.server.store.registry import Registry
    from atlas.wire.index import RepositoryIndex


def reindex(registry: Registry) -> int:
    """Make the rows of repositories, versions, tags and plans those of the bucket; returns how many repositories that has.

    Numbers of repositories are kept, so printed URLs stay true; those that come from a backup without one get one.
    Repositories that the bucket does not have, tokens, reports and the audit log are not touched. Idempotent.
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


def lost_repositories(registry: Registry) -> list[RepositoryKey]:
    """What the database knows and the content store does not: it was lost, or came back from an older backup."""
    return sorted(_known_numbers(registry).keys() - set(registry.content.layout.repositories()))


def reset_lost(registry: Registry) -> list[RepositoryKey]:
    """Begin anew, empty, what the content store has lost, under its number; returns which repositories that were.

    What was reported about them stays.
    """
    lost = lost_repositories(registry)
    numbers = _known_numbers(registry)
    for key in lost:
        repository = repository_by_id(registry, numbers[key])
        registry.content.save_index(repository.empty_index(), replacing=None)
    return lost


def _numbered(registry: Registry, indexes: list[RepositoryIndex]) -> list[RepositoryIndex]:
    """The indexes as a registry has them: each with a number of its own, and without marks of what a registry missed.

    The number in the database comes first, for reports name it; then that of the index, where it is free.
    """
    known = _known_numbers(registry)
    numbers, taken = dict(known), set(known.values())
    for index in indexes:
        if index.key not in numbers and index.id and index.id not in taken:
            numbers[index.key] = index.id
            taken.add(index.id)
    highest = max(taken, default=0)
    for index in indexes:
        if index.key not in numbers:
            highest += 1
            numbers[index.key] = highest
    return [_adopted(registry, index, numbers[index.key]) for index in indexes]


def _adopted(registry: Registry, index: RepositoryIndex, number: int) -> RepositoryIndex:
    if index.id == number and not index.unsynced and not index.unsynced_plans:
        return index
    loaded = registry.content.known_index(index.key)
    adopted = replace(loaded.index, id=number, unsynced=(), unsynced_plans=())
    registry.content.save_index(adopted, replacing=loaded)
    return adopted


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
    _forget_other_versions(connection, index)
    store_index(connection, index)


def _forget_other_versions(connection: Connection, index: RepositoryIndex) -> None:
    """Remove rows that the index does not have: the content store may have come back from an older backup."""
    here = versions.c.repository_id == index.id
    columns = (versions.c.ordinal, versions.c.digest, versions.c.name)
    stored = [
        tuple(row) for row in connection.execute(select(*columns).where(here).order_by(versions.c.ordinal))
    ]
    if stored != [(one.ordinal, one.digest, one.name) for one in index.versions[: len(stored)]]:
        connection.execute(delete(versions).where(here))
