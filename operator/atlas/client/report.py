"""Telling the registry what happened to databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.wire.contract import REPORT_MIGRATION

if TYPE_CHECKING:
    from atlas.client.transport import Transport
    from atlas.wire.contract import ReportMigrationInput


def report_migration(transport: Transport, report: ReportMigrationInput) -> str:
    """Report one migration; returns the link to look at it, '' where the registry gives none. Idempotent."""
    answer = transport.execute(REPORT_MIGRATION, {"input": report})
    return str((answer or {}).get("url") or "")
