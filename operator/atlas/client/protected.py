"""What a registry says of flows that need somebody's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.wire.operations import Operation

if TYPE_CHECKING:
    from atlas.client.transport import Transport

_PROTECTED_FLOWS = Operation(
    "query protectedFlows($slug: String!) { dir(slug: $slug) { protectedFlows { migrateDown } } }", "dir"
)


def migrate_down_is_protected(transport: Transport, slug: str) -> bool:
    """Whether going down from this directory needs an approval; a registry that does not know says no."""
    directory = transport.execute(_PROTECTED_FLOWS, {"slug": slug}) or {}
    flows = directory.get("protectedFlows") or {}
    return bool(flows.get("migrateDown"))
