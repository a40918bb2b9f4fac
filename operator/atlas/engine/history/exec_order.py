"""The one word that decides about files out of order; both the decision and the options of a run speak it."""

from __future__ import annotations

from enum import Enum


class ExecOrder(Enum):
    """What to do with a file whose version lies before one that was applied."""

    LINEAR = "linear"
    """Refuse it."""
    LINEAR_SKIP = "linear-skip"
    """Leave it out."""
    NON_LINEAR = "non-linear"
    """Run it first."""
