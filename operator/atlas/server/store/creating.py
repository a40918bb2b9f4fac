"""New repositories: made at the first push, or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert

from atlas.errors import Conflict, Rejected, SpecError
from atlas.server.store.audit import record
from atlas.server.store.repositories import Repository, find_row
from atlas.server.store.tables import repositories
from atlas.wire.contract import driver_names, is_driver
from atlas.wire.reference import checked_slug, title_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from atlas.server.store.registry import Principal, Registry
    from atlas.wire.contract import RepositoryType
    from atlas.wire.index import TagPolicy


@dataclass(frozen=True, slots=True)
class NewRepository:
    """What is asked for; ``title`` empty means the slug in title case."""

    type: RepositoryType
    slug: str
    driver: str
    title: str = ""
    description: str = ""
    tag_policy: TagPolicy = "movable"


def create_repository(registry: Registry, principal: Principal, new: NewRepository) -> Repository:
    """Make an empty repository; raises ``Conflict`` where the project has it."""
    principal.need("push")

    def write(connection: Connection) -> Repository:
        if find_row(connection, principal, new.type, new.slug):
            raise Conflict(f'repository "{new.slug}" already exists')
        return _insert(connection, registry, principal, new)

    return registry.database.retried(write)


def ensure_repository(registry: Registry, principal: Principal, new: NewRepository) -> Repository:
    """The repository of a push, made where it is new; raises ``Rejected`` where it has another driver."""
    principal.need("push")

    def write(connection: Connection) -> Repository:
        found = find_row(connection, principal, new.type, new.slug)
        return found or _insert(connection, registry, principal, new)

    with registry.database.reading() as connection:
        found = find_row(connection, principal, new.type, new.slug)
    found = found or registry.database.retried(write)
    if new.driver and found.driver != new.driver:
        raise Rejected(
            f'repository "{new.slug}" has driver {found.driver}, the push has {new.driver}: push to another name'
        )
    return found


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
