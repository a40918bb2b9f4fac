"""Repositories on the wire: ``repos``, ``describeRepo``, ``repoIndex`` and ``createRepo``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atlas.errors import Rejected
from atlas.server.graphql.inputs import input_of, needed, number, text
from atlas.server.graphql.paging import page_info, window_of
from atlas.server.store.creating import NewRepository, create_repository
from atlas.server.store.databases import NO_DATABASES, DatabaseCounts, count_databases
from atlas.server.store.reading import index_of
from atlas.server.store.repositories import (
    Repository,
    Selector,
    describe_repositories,
    find_repository,
    list_repositories,
)
from atlas.server.store.window import Window
from atlas.wire.contract import DIRECTORY, SCHEMA, RepositoryType, driver_name, wire_driver
from atlas.wire.index_file import encode_index
from atlas.wire.reference import Reference, checked_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from atlas.server.store.registry import Principal, Registry

_TYPES: dict[str, RepositoryType] = {"MIGRATION_DIRECTORY": DIRECTORY, "SCHEMA": SCHEMA}
_SELECTORS: tuple[Selector, ...] = ("id", "slug", "name")


def repos(registry: Registry, principal: Principal, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The project's repositories: all of them, or a page where the input asks for one."""
    fields = input_of(arguments)
    if "page" not in fields and "pageSize" not in fields:
        found, total = list_repositories(registry, principal)
        window = Window(1, total)
    else:
        window = window_of(fields)
        found, total = list_repositories(registry, principal, offset=window.offset, limit=window.size)
    return {"repos": _shown(registry, found), "pageInfo": page_info(window, total)}


def describe_repo(
    registry: Registry, principal: Principal, arguments: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The repositories with one ``id``, ``slug`` or ``name``: two where both types share a slug."""
    fields = input_of(arguments)
    given = [name for name in _SELECTORS if fields.get(name)]
    if len(given) != 1:
        raise Rejected("expected one of id, slug and name")
    value: str | int = number(fields, "id", 1) if given == ["id"] else text(fields, given[0])
    found = describe_repositories(registry, principal, selector=given[0], value=value)
    return _shown(registry, found)


def repo_index(registry: Registry, principal: Principal, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The whole history of a repository, as its ``index.json`` has it."""
    fields = input_of(arguments)
    reference = Reference(needed(fields, "slug", "name"))
    repository = find_repository(registry, principal, reference, type_=_type(fields))
    return {"index": encode_index(index_of(registry, repository)).decode()}


def create_repo(registry: Registry, principal: Principal, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A new, empty repository."""
    fields = input_of(arguments)
    new = NewRepository(
        _type(fields),
        needed(fields, "name", "slug"),
        driver_name(needed(fields, "driver")),
        title=checked_title(text(fields, "title")),
        description=text(fields, "description"),
        tag_policy="write-once" if text(fields, "tagPolicy") == "write-once" else "movable",
    )
    return _shown(registry, [create_repository(registry, principal, new)])[0]


def _type(fields: Mapping[str, Any]) -> RepositoryType:
    type_ = _TYPES.get(needed(fields, "type"))
    if type_ is None:
        raise Rejected(f'invalid type "{fields["type"]}": expected MIGRATION_DIRECTORY or SCHEMA')
    return type_


def _shown(registry: Registry, found: Iterable[Repository]) -> list[dict[str, Any]]:
    listed = list(found)
    counts = count_databases(registry, [repository.id for repository in listed])
    return [_document(repository, counts.get(repository.id, NO_DATABASES)) for repository in listed]


def _document(repository: Repository, counts: DatabaseCounts) -> dict[str, Any]:
    return {
        "id": repository.id,
        "slug": repository.slug,
        "title": repository.title,
        "type": repository.type,
        "url": f"atlas://{repository.slug}",
        "driver": wire_driver(repository.driver),
        "description": repository.description,
        "databases": counts._asdict(),
    }
