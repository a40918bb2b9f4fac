"""Versioned migrations that are planned: a file that leads to a desired state, a checkpoint, and the way back down."""

from __future__ import annotations

from atlas.engine.migrate_plan.checkpoint import plan_checkpoint
from atlas.engine.migrate_plan.diff import MigrationPlan, plan_migration
from atlas.engine.migrate_plan.file_text import migration_file, migration_text

__all__ = [
    "MigrationPlan",
    "migration_file",
    "migration_text",
    "plan_checkpoint",
    "plan_migration",
]
