"""Repositories: made at the first push or by hand, found by slug, id or name, and listed with their databases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, assert_never

from sqlalchemy import func, insert, or_, select

from atlas.errors import Conflict, NotFound, Rejected, SpecError
from atlas.server.store.audit import record
from atlas.server.store.tables import projects, repositories
from atlas.wire.contract import DIRECTORY, RepositoryType, driver_names, is_driver
from atlas.wire.index import RepositoryIndex
from atlas.wire.layout import RepositoryKey
from atlas.wire.reference import checked_slug, title_of

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


@dataclass(frozen=True, slots=True)
class NewRepository:
    """What is asked for; ``title`` empty means the slug in title case."""

    type: RepositoryType
    slug: str
    driver: str
    title: str = ""
    description: str = ""
    tag_policy: TagPolicy = "movable"


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


def create_repository(registry: Registry, principal: Principal, new: NewRepository) -> Repository:
    """Make an empty repository; raises ``Conflict`` where the project has it."""
    principal.need("push")

    def write(connection: Connection) -> Repository:
        if _find(connection, principal, new.type, new.slug):
            raise Conflict(f'repository "{new.slug}" already exists')
        return _insert(connection, registry, principal, new)

    return registry.database.retried(write)


def ensure_repository(registry: Registry, principal: Principal, new: NewRepository) -> Repository:
    """The repository of a push, made where it is new; raises ``Rejected`` where it has another driver."""
    principal.need("push")

    def write(connection: Connection) -> Repository:
        found = _find(connection, principal, new.type, new.slug)
        return found or _insert(connection, registry, principal, new)

    with registry.database.reading() as connection:
        found = _find(connection, principal, new.type, new.slug)
    found = found or registry.database.retried(write)
    if new.driver and found.driver != new.driver:
        raise Rejected(
            f'repository "{new.slug}" has driver {found.driver}, the push has {new.driver}: push to another name'
        )
    return found


def find_repository(
    registry: Registry, principal: Principal, reference: Reference, *, type_: RepositoryType = DIRECTORY
) -> Repository:
    """The repository of an address; raises ``NotFound``."""
    with registry.database.reading() as connection:
        found = _find(connection, principal, type_, reference.slug)
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


def _find(
    connection: Connection, principal: Principal, type_: RepositoryType, slug: str
) -> Repository | None:
    query = _visible(principal).where(repositories.c.type == type_, repositories.c.slug == slug)
    row = connection.execute(query).one_or_none()
    return _repository(row) if row else None


def _repository(row: Row[tuple[object, ...]]) -> Repository:
    return Repository._make(row)


def _insert(
    connection: Connection, registry: Registry, principal: Principal, new: NewRepository
) -> Repository:
    if not new.driver:
        raise SpecError(
            f'repository "{new.slug}" is new: say which driver it is for, for example by --dev-url'
        )
    if not is_driver(new.driver):
        raise SpecError(f'unknown driver "{new.driver}": expected one of {", ".join(driver_names())}')
    made = Repository(
        id=0,
        project=principal.project,
        type=new.type,
        slug=checked_slug(new.slug),
        title=new.title or title_of(new.slug),
        driver=new.driver,
        description=new.description,
        tag_policy=new.tag_policy,
        created_at=registry.now(),
    )
    values = {name: value for name, value in made._asdict().items() if name not in {"id", "project"}}
    statement = (
        insert(repositories).values(project_id=principal.project_id, **values).returning(repositories.c.id)
    )
    repository_id = connection.execute(statement).scalar_one()
    change = ("repository.create", new.slug, f"{new.type} {new.driver}")
    record(connection, registry.now(), principal.project_id, principal.token_name, change)
    repository = made._replace(id=repository_id)
    _save_empty_index(registry, repository)
    return repository


def _save_empty_index(registry: Registry, repository: Repository) -> None:
    """Tell the bucket too; an index without versions is left of a creation that was cut off, and is replaced."""
    loaded = registry.content.load_index(repository.key)
    if loaded and loaded.index.versions:
        raise Conflict(
            f"\"{repository.slug}\" is in the content store and not in the index: run 'atlas registry reindex'"
        )
    registry.content.save_index(repository.empty_index(), replacing=loaded)
