"""An AtlasSchema: understood as a kind, and not served by this version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import Retry
from atlas.reconcile.outcome import Failed, Gone

if TYPE_CHECKING:
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.passing import Pass


def resolve_schema(run: Pass) -> Outcome:
    """Say so; nothing is read and no database is touched."""
    if run.resource.is_deleted:
        return Gone()
    message = "the kind AtlasSchema is not served by this version: use an AtlasMigration"
    return Failed("Unsupported", message, Retry.NEVER)
