"""Reading versions: what an address means, and the archive of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from atlas.errors import NotFound
from atlas.server.store.repositories import Repository, find_repository, repository_by_id
from atlas.server.store.tables import repositories, versions
from atlas.wire.history import latest_since, resolve
from atlas.wire.reference import LATEST

if TYPE_CHECKING:
    from atlas.server.store.registry import Principal, Registry
    from atlas.wire.archive import Entry
    from atlas.wire.contract import RepositoryType
    from atlas.wire.digest import Digest, FileRecord
    from atlas.wire.index import RepositoryIndex, VersionRecord
    from atlas.wire.reference import Reference


class FoundVersion(NamedTuple):
    """A version and the repository that holds it."""

    repository: Repository
    record: VersionRecord


def index_of(registry: Registry, repository: Repository) -> RepositoryIndex:
    """The index of a repository; it may have no versions."""
    return registry.content.known_index(repository.key).index


def find_version(
    registry: Registry, principal: Principal, reference: Reference, *, type_: RepositoryType
) -> FoundVersion:
    """The version that an address means; raises ``NotFound`` naming the nearest ones."""
    repository = find_repository(registry, principal, reference, type_=type_)
    return FoundVersion(repository, resolve(index_of(registry, repository), reference))


def moved_at(registry: Registry, found: FoundVersion, reference: Reference) -> str | None:
    """Since when the tag of ``reference``, or the latest, means that version; None where it names a version."""
    if reference.version:
        return None
    index = index_of(registry, found.repository)
    if reference.tag in {"", LATEST}:
        return latest_since(index)
    tag = index.tags.get(reference.tag)
    return tag.moved_at if tag else None


def archive_of(registry: Registry, found: FoundVersion) -> bytes:
    """The files of a version as an archive."""
    return registry.content.archive(found.repository.key, found.record.digest)


def entries_of(registry: Registry, found: FoundVersion) -> tuple[Entry, ...]:
    """The files of a version."""
    return registry.content.entries(found.repository.key, found.record.digest)


def manifest_of(registry: Registry, found: FoundVersion) -> tuple[FileRecord, ...]:
    """The names, sizes and hashes of a version's files."""
    return registry.content.manifest(found.repository.key, found.record.digest)


def archive_by_digest(registry: Registry, principal: Principal, digest: Digest) -> bytes:
    """The archive with a digest in any repository of the project; raises ``NotFound``."""
    query = (
        select(versions.c.repository_id)
        .join(repositories, repositories.c.id == versions.c.repository_id)
        .where(versions.c.digest == digest, repositories.c.project_id == principal.project_id)
        .limit(1)
    )
    with registry.database.reading() as connection:
        repository_id = connection.execute(query).scalar_one_or_none()
    if repository_id is None:
        raise NotFound(f"content {digest} not found")
    return registry.content.archive(repository_by_id(registry, repository_id).key, digest)
