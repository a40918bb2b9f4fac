"""Repositories: found by slug, id or name, and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, assert_never

from sqlalchemy import func, or_, select

from atlas.errors import NotFound
from atlas.server.store.tables import projects, repositories
from atlas.wire.contract import DIRECTORY, RepositoryType
from atlas.wire.index import RepositoryIndex
from atlas.wire.layout import RepositoryKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Row, Select

    from atlas.server.store.registry import Principal, Registry
    from atlas.wire.index import TagPolicy
    from atlas.wire.reference import Reference


Selector = Literal["id", "slug", "name"]


class Repository(NamedTuple):
    """A row of the index."""

    id: int
    project: str
    type: RepositoryType
    slug: str
    title: str
    driver: str
    description: str
    tag_policy: TagPolicy
    created_at: str

    @property
    def key(self) -> RepositoryKey:
        return RepositoryKey(self.project, self.type, self.slug)

    def empty_index(self) -> RepositoryIndex:
        """The index of this repository before its first version."""
        return RepositoryIndex(
            key=self.key,
            id=self.id,
            title=self.title,
            driver=self.driver,
            created_at=self.created_at,
            description=self.description,
            tag_policy=self.tag_policy,
        )


_LARGEST_ID = 2**63 - 1  # of a database's integers
_NEAREST = 3
_COMPARED = 500  # names, so that a wrong one costs no more in a registry of many
_COMPARED_CHARS = 100

_COLUMNS = (
    repositories.c.id,
    projects.c.name.label("project"),
    repositories.c.type,
    repositories.c.slug,
    repositories.c.title,
    repositories.c.driver,
    repositories.c.description,
    repositories.c.tag_policy,
    repositories.c.created_at,
)


def find_repository(
    registry: Registry, principal: Principal, reference: Reference, *, type_: RepositoryType = DIRECTORY
) -> Repository:
    """The repository of an address; raises ``NotFound``."""
    with registry.database.reading() as connection:
        found = find_row(connection, principal, type_, reference.slug)
        hint = "" if found else _nearest(connection, principal, type_, reference.slug)
    if found is None:
        raise NotFound(f'repository "{reference.slug}" not found{hint}')
    return found


def _nearest(connection: Connection, principal: Principal, type_: RepositoryType, slug: str) -> str:
    """Names like the one that was asked for, of the newest repositories of the project alone."""
    from difflib import get_close_matches

    query = select(repositories.c.slug).where(
        repositories.c.project_id == principal.project_id, repositories.c.type == type_
    )
    newest = connection.execute(query.order_by(repositories.c.id.desc()).limit(_COMPARED)).scalars()
    nearest = get_close_matches(slug[:_COMPARED_CHARS], newest, n=_NEAREST)
    return f"; the nearest are {', '.join(nearest)}" if nearest else ""


def repository_by_id(registry: Registry, repository_id: int) -> Repository:
    """The repository with a number, of any project; raises ``NotFound``."""
    if repository_id > _LARGEST_ID:
        raise NotFound(f"repository {repository_id} not found")
    with registry.database.reading() as connection:
        row = connection.execute(_query().where(repositories.c.id == repository_id)).one_or_none()
    if row is None:
        raise NotFound(f"repository {repository_id} not found")
    return _repository(row)


def describe_repositories(
    registry: Registry, principal: Principal, *, selector: Selector, value: str | int
) -> list[Repository]:
    """Those with an id, a slug, or a name (the slug or the title): several where they share it.

    Raises ``NotFound`` where there is none.
    """
    match selector:
        case "id":
            chosen = repositories.c.id == value
        case "slug":
            chosen = repositories.c.slug == value
        case "name":
            chosen = or_(repositories.c.slug == value, repositories.c.title == value)
        case _:
            assert_never(selector)
    query = _visible(principal).where(chosen).order_by(repositories.c.id)
    with registry.database.reading() as connection:
        found = [_repository(row) for row in connection.execute(query)]
    if not found:
        raise NotFound("repository not found")
    return found


def list_repositories(
    registry: Registry, principal: Principal, *, offset: int = 0, limit: int | None = None
) -> tuple[Sequence[Repository], int]:
    """A page of the project's repositories in order of creation, and how many there are in all."""
    query = _visible(principal).order_by(repositories.c.id).offset(offset).limit(limit)
    total = select(func.count()).where(repositories.c.project_id == principal.project_id)
    with registry.database.reading() as connection:
        found = [_repository(row) for row in connection.execute(query)]
        return found, connection.execute(total).scalar_one()


def _query() -> Select[tuple[object, ...]]:
    return select(*_COLUMNS).join(projects, projects.c.id == repositories.c.project_id)


def _visible(principal: Principal) -> Select[tuple[object, ...]]:
    return _query().where(repositories.c.project_id == principal.project_id)


def find_row(
    connection: Connection, principal: Principal, type_: RepositoryType, slug: str
) -> Repository | None:
    """The repository of a name in a transaction that is open; None where there is none."""
    query = _visible(principal).where(repositories.c.type == type_, repositories.c.slug == slug)
    row = connection.execute(query).one_or_none()
    return _repository(row) if row else None


def _repository(row: Row[tuple[object, ...]]) -> Repository:
    return Repository._make(row)
