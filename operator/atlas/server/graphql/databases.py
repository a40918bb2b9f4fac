"""Databases on the wire: ``databases`` and ``describeDatabase``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atlas.errors import Rejected
from atlas.server.graphql.inputs import input_of, number, text
from atlas.server.graphql.paging import page_info, window_of
from atlas.server.store.databases import DatabaseFilter, KnownDatabase, describe_databases, list_databases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.server.store.registry import Principal, Registry


def databases(registry: Registry, principal: Principal, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the databases that were reported."""
    fields = input_of(arguments)
    window = window_of(fields)
    wanted = DatabaseFilter(repository=text(fields, "repo"), environment=text(fields, "env"))
    found, total = list_databases(registry, principal, wanted, window)
    return {"databases": [_document(database) for database in found], "pageInfo": page_info(window, total)}


def describe_database(
    registry: Registry, principal: Principal, arguments: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The databases with one ``id`` or ``extID``: several where one follows several directories."""
    fields = input_of(arguments)
    ext_id = text(fields, "extID")
    if bool(ext_id) == (fields.get("id") is not None):
        raise Rejected("expected one of id and extID")
    found = describe_databases(registry, principal, ext_id or number(fields, "id", 1))
    return [_document(database) for database in found]


def _document(database: KnownDatabase) -> dict[str, Any]:
    return {
        "id": database.id,
        "extID": database.target,
        "repo": database.repository,
        "name": database.name,
        "env": database.environment,
        "status": database.status,
        "currentVersion": database.version,
        "lastDeploymentTime": database.ended_at,
    }
