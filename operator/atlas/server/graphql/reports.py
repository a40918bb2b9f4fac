"""Reports on the wire: ``reportMigration`` and ``reportMigrationSet``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atlas.server.graphql.inputs import input_of, items
from atlas.server.store.reports import store_report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.server.store.registry import Principal, Registry


def report_migration(
    registry: Registry, principal: Principal, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """What happened to one database."""
    return {"url": store_report(registry, principal, input_of(arguments)), "success": True}


def report_migration_set(
    registry: Registry, principal: Principal, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """What happened to the databases of one run: one deployment, however many there are."""
    fields = input_of(arguments)
    told = {**fields, "completed": items(fields, "completed")}
    return {"url": store_report(registry, principal, told), "success": True}
