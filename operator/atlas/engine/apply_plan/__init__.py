"""Running a plan on a target: options in, a report out."""

from __future__ import annotations

from atlas.engine.apply_plan.options import LOCK_NAME, PlanApplyOptions
from atlas.engine.apply_plan.report import PlanReport
from atlas.engine.apply_plan.run import apply_plan

__all__ = ["LOCK_NAME", "PlanApplyOptions", "PlanReport", "apply_plan"]
