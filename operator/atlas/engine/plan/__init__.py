"""Plans: what would be run to make one state of another, as data. Drivers write the statements; nothing runs here."""

from __future__ import annotations

from atlas.engine.plan.hazard import Hazard, HazardKind
from atlas.engine.plan.make import Plan, make_plan, refuse_unmodelled
from atlas.engine.plan.options import DiffPolicy, PlanOptions, PlanTask
from atlas.engine.plan.statement import PlannedStatement, SqlText

__all__ = [
    "DiffPolicy",
    "Hazard",
    "HazardKind",
    "Plan",
    "PlanOptions",
    "PlanTask",
    "PlannedStatement",
    "SqlText",
    "make_plan",
    "refuse_unmodelled",
]
