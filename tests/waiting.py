"""Waits for what another process does a moment later: a test asks until it is so, and never sleeps for a time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

WITHIN_S = 60
"""Far more than anything takes on a busy machine: only what never comes to pass is waited for that long."""


def wait_until(
    is_so: Callable[[], object],
    what: Callable[[], object] = lambda: "it is not so",
    within_s: float = WITHIN_S,
    *,
    every_s: float = 0.05,
) -> None:
    """Ask until it is so; ``what`` says what there was instead. ``every_s`` is for questions that cost something."""
    deadline = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < deadline, f"not within {within_s:g}s: {what()}"
        time.sleep(every_s)
