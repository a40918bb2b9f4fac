"""Versioned migrations that are planned: a file that leads to a desired state, a checkpoint, and the way back down."""

from __future__ import annotations

from atlas.engine.migrate_plan.checkpoint import plan_checkpoint
from atlas.engine.migrate_plan.diff import MigrationPlan, plan_migration
from atlas.engine.migrate_plan.down import ask_for_rows, plan_down, run_down
from atlas.engine.migrate_plan.down_options import DownOptions, DownPorts
from atlas.engine.migrate_plan.down_plan import DownPlan, DownStep
from atlas.engine.migrate_plan.down_report import DownReport, RevertedFile
from atlas.engine.migrate_plan.file_text import migration_file, migration_text, version_after
from atlas.engine.migrate_plan.row_checks import RowCheck, RowProbe, refuse_data_loss

__all__ = [
    "DownOptions",
    "DownPlan",
    "DownPorts",
    "DownReport",
    "DownStep",
    "MigrationPlan",
    "RevertedFile",
    "RowCheck",
    "RowProbe",
    "ask_for_rows",
    "migration_file",
    "migration_text",
    "plan_checkpoint",
    "plan_down",
    "plan_migration",
    "refuse_data_loss",
    "run_down",
    "version_after",
]
