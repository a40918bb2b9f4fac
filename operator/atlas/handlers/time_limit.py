"""A limit of time for Python code of one thread: what is written in a manifest must not keep a thread for ever."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from atlas.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End the block at the first call of a Python function after so many seconds.

    NB: what runs outside of Python (a server that does not answer) is not ended; it has limits of its own. The trace
    function belongs to this thread alone, and Python removes it once it raises, so that clean-up runs to its end.

    Raises:
        SpecError: The time is over.
    """
    ends_at = time.monotonic() + seconds
    before = sys.gettrace()

    def check(_frame: FrameType, _event: str, _argument: object) -> None:
        if time.monotonic() > ends_at:
            raise SpecError(
                f"the project file took more than {seconds:g}s to evaluate: it must do less, or its data sources must "
                "answer sooner"
            )

    sys.settrace(check)
    try:
        yield
    finally:
        sys.settrace(before)
