"""Who implements which port: the only package that knows every adapter. Entry points ask here and nowhere else.

Adapters are imported when they are asked for: a command that never opens a database loads no driver.
"""

from __future__ import annotations

from atlas.wiring.backup_connections import BackupConnections
from atlas.wiring.backups import (
    RegistryOfBackups,
    open_backup,
    open_backups_later,
    registry_as_backup,
    shown_bucket,
    system_pace,
)
from atlas.wiring.clock import SystemClock
from atlas.wiring.databases import (
    DEFAULT_DEV_URLS,
    OpenedDev,
    WiredDialects,
    open_confined_target,
    open_dev,
    open_target,
    read_realm,
    read_table_sizes,
    refuse_target,
    schema_driver,
)
from atlas.wiring.effort import Effort
from atlas.wiring.looks import registry_answers, run_lock_is_free, server_answers
from atlas.wiring.plans import (
    approve_plan,
    list_plans,
    plans_of_transition,
    pull_plan,
    push_plan,
    remove_plan,
)
from atlas.wiring.registry import (
    PushOrder,
    RegistryConnections,
    migrate_down_is_protected,
    organization_of,
    pull_schema,
    push_directory,
    push_schema,
    read_directory_url,
    report_migration,
    report_migration_set,
    resolve_registry,
)
from atlas.wiring.sources import data_sources

__all__ = [
    "DEFAULT_DEV_URLS",
    "BackupConnections",
    "Effort",
    "OpenedDev",
    "PushOrder",
    "RegistryConnections",
    "RegistryOfBackups",
    "SystemClock",
    "WiredDialects",
    "approve_plan",
    "data_sources",
    "list_plans",
    "migrate_down_is_protected",
    "open_backup",
    "open_backups_later",
    "open_confined_target",
    "open_dev",
    "open_target",
    "organization_of",
    "plans_of_transition",
    "pull_plan",
    "pull_schema",
    "push_directory",
    "push_plan",
    "push_schema",
    "read_directory_url",
    "read_realm",
    "read_table_sizes",
    "refuse_target",
    "registry_answers",
    "registry_as_backup",
    "remove_plan",
    "report_migration",
    "report_migration_set",
    "resolve_registry",
    "run_lock_is_free",
    "schema_driver",
    "server_answers",
    "shown_bucket",
    "system_pace",
]
