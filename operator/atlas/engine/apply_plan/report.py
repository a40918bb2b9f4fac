"""What the run of a plan did, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from atlas.errors import AtlasError


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """The end of a run.

    Attributes:
        start, end: Aware, in UTC.
        applied: Statements that are in effect, in order, without semicolons. What was rolled back is not here.
        pending: Statements that are not, in order; after a failure the one that failed is the first that was tried.
        error: None when everything ran and was verified.
        failed_statement: What the server refused, '' when it refused nothing.
    """

    start: datetime
    end: datetime
    applied: tuple[str, ...]
    pending: tuple[str, ...]
    error: AtlasError | None = None
    failed_statement: str = ""
