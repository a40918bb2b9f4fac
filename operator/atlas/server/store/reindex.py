"""Building the SQL index anew from the bucket, which holds the truth: after a restore, or a lost database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, func, insert, select, text

from atlas.errors import SpecError
from atlas.server.store.pushing import store_index
from atlas.server.store.repositories import repository_by_id
from atlas.server.store.tables import projects, repositories, versions
from atlas.server.store.tokens import ensure_project
from atlas.wire.layout import RepositoryKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from atlas.server.store.registry import Registry
    from atlas.wire.index import RepositoryIndex


class Reindexed(NamedTuple):
    """How many repositories have rows as in the bucket, and what is said of each whose index there is damaged."""

    repositories: int
    damage: tuple[str, ...]


def reindex(registry: Registry) -> int:
    """As ``reindex_whole``; returns how many repositories there are.

    Raises:
        SpecError: After all the others were done, with each whose index is damaged.
    """
    done = reindex_whole(registry)
    if done.damage:
        raise SpecError(damaged(done.damage))
    return done.repositories


def damaged(damage: Sequence[str]) -> str:
    """What to say of damaged indexes, a line each, and what to do."""
    count = len(damage)
    return "\n".join(
        (
            f"{count} {'index' if count == 1 else 'indexes'} of the content store cannot be read, all others were done:",
            *(f"  {each}" for each in damage),
            "What was known of these repositories stays as it was. Move such a file away, and bring its repository back:",
            "  atlas backup restore --repo NAME",
        )
    )


def reindex_whole(registry: Registry) -> Reindexed:
    """Make the rows of repositories, versions, tags and plans those of the bucket, for each whose index can be read.

    Numbers of repositories are kept, so printed URLs stay true; those that come from a backup without one get one.
    Repositories that the bucket does not have, tokens, reports and the audit log are not touched. Idempotent.
    """
    found = list(registry.content.indexes_or_damage())
    whole = [each for each in found if not isinstance(each, SpecError)]
    _write(registry, _numbered(registry, whole))
    return Reindexed(len(whole), tuple(str(each) for each in found if isinstance(each, SpecError)))


def _write(registry: Registry, indexes: Sequence[RepositoryIndex]) -> None:
    def write(connection: Connection) -> None:
        for index in indexes:
            _restore(connection, registry, index)
        if registry.database.dialect == "postgres":
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence('repositories', 'id'), max(id)) FROM repositories")
            )

    if indexes:
        registry.database.retried(write)


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
    """Build the index where the database is new and the bucket may not be.

    Raises ``SpecError`` where an index is damaged, and writes nothing: a registry that lacks some begins only when
    somebody has looked.
    """
    with registry.database.reading() as connection:
        known = connection.execute(select(repositories.c.id).limit(1)).first()
    if known is None:
        _write(registry, _numbered(registry, list(registry.content.indexes())))


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
