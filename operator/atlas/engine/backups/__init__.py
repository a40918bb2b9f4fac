"""Backups of a registry: what is pushed is copied to them, and they answer while it cannot be reached.

A backup is a bucket in the published layout. Decisions only: buckets, clocks and chance are passed in.
"""

from atlas.engine.backups.adopt import Adopted, adopt, adopted, found_index
from atlas.engine.backups.breaker import Breaker, guarded
from atlas.engine.backups.bring_back import Brought, Held, RegistryOfPushes, bring_back
from atlas.engine.backups.by_asking import Asked, Came, Wanted, bring_by_asking
from atlas.engine.backups.compare import lacks, lags
from atlas.engine.backups.copies import (
    PlanToCopy,
    VersionToCopy,
    copy_of_plan,
    copy_of_version,
    plan_to_copy,
    store_version,
)
from atlas.engine.backups.either import raising, schema_or_directory
from atlas.engine.backups.fallback import (
    Fallback,
    NotBackedUp,
    Primary,
    Served,
    index_of,
    is_eligible,
    read_or_fall_back,
    read_version,
)
from atlas.engine.backups.plans import (
    BackedUpPlan,
    BackedUpPlans,
    forget_plan,
    plan_or_fall_back,
    plans_or_fall_back,
)
from atlas.engine.backups.replicate import Copy, Missed, Replicated, replicate, tell_each
from atlas.engine.backups.resync import Resynced, bring, resync, without_mark
from atlas.engine.backups.target import Pace, Target, change_index
from atlas.engine.backups.verify import Damage, Verified, verify
from atlas.engine.backups.whole import Copied, Way, as_in_the_backup, as_in_the_registry, copy_repository

__all__ = [
    "Adopted",
    "Asked",
    "BackedUpPlan",
    "BackedUpPlans",
    "Breaker",
    "Brought",
    "Came",
    "Copied",
    "Copy",
    "Damage",
    "Fallback",
    "Held",
    "Missed",
    "NotBackedUp",
    "Pace",
    "PlanToCopy",
    "Primary",
    "RegistryOfPushes",
    "Replicated",
    "Resynced",
    "Served",
    "Target",
    "Verified",
    "VersionToCopy",
    "Wanted",
    "Way",
    "adopt",
    "adopted",
    "as_in_the_backup",
    "as_in_the_registry",
    "bring",
    "bring_back",
    "bring_by_asking",
    "change_index",
    "copy_of_plan",
    "copy_of_version",
    "copy_repository",
    "forget_plan",
    "found_index",
    "guarded",
    "index_of",
    "is_eligible",
    "lacks",
    "lags",
    "plan_or_fall_back",
    "plan_to_copy",
    "plans_or_fall_back",
    "raising",
    "read_or_fall_back",
    "read_version",
    "replicate",
    "resync",
    "schema_or_directory",
    "store_version",
    "tell_each",
    "verify",
    "without_mark",
]
