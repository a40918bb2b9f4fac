"""Telling the registry what happened to databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.wire.operations import REPORT_MIGRATION, REPORT_MIGRATION_SET

if TYPE_CHECKING:
    from atlas.client.transport import Transport
    from atlas.wire.contract import ReportMigrationInput, ReportMigrationSetInput


def report_migration(transport: Transport, report: ReportMigrationInput) -> str:
    """Report one migration; returns the link to look at it, '' where the registry gives none. Idempotent."""
    answer = transport.execute(REPORT_MIGRATION, {"input": report})
    return str((answer or {}).get("url") or "")


def report_migration_set(transport: Transport, report: ReportMigrationSetInput) -> str:
    """Report the migrations of one run, as ``report_migration`` does. Idempotent by the set's ``id``."""
    answer = transport.execute(REPORT_MIGRATION_SET, {"input": report})
    return str((answer or {}).get("url") or "")
