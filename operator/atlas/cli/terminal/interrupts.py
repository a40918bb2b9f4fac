"""Signals that end a command: the statement under way is cancelled, its transaction rolled back, the lock let go.

A process that just died would leave its statement running on the server, and the lock with it.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_NOTICE = b"interrupt received, wait for exit or ^C to terminate\n"
_FATAL_SIGNAL = 128  # a shell's exit code of a process that a signal ended is this plus its number


class Interrupts:
    """Turns the first SIGINT, SIGTERM or SIGHUP into ``KeyboardInterrupt``; a second one ends the process."""

    def __init__(self) -> None:
        self._received = 0

    @property
    def exit_code(self) -> int:
        """130 after SIGINT, 143 after SIGTERM, 0 when there was none."""
        return _FATAL_SIGNAL + self._received if self._received else 0

    def watch(self) -> None:
        """Begin; a signal that the parent had us ignore (``nohup``, ``&``) stays ignored."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._interrupt)

    def _interrupt(self, number: int, _frame: FrameType | None) -> None:
        self._received = number
        for again in (signal.SIGINT, signal.SIGTERM):
            signal.signal(again, signal.SIG_DFL)
        os.write(2, _NOTICE)  # NB: not sys.stderr, which the signal may have interrupted
        raise KeyboardInterrupt
