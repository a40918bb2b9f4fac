"""Asking a person: one of a few answers, chosen with the arrow keys. Only where there is a terminal on both sides."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HIDE, _SHOW, _CLEAR_LINE = "\x1b[?25l", "\x1b[?25h", "\x1b[2K"
_UP: Final = frozenset({"\x1b[A", "\x1bOA", "k", "\x10"})
_DOWN: Final = frozenset({"\x1b[B", "\x1bOB", "j", "\x0e", "\t"})
_ENTER: Final = frozenset({"\r", "\n"})
_LONGEST_KEY = 8


def is_interactive() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def select(question: str, answers: Sequence[str]) -> str:
    """The chosen answer; on stderr, so that stdout holds the answer of the command alone.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    out = sys.stderr
    chosen = 0
    try:
        with _keys() as keys:  # what was typed before the question is no answer to it, and is dropped here
            out.write(f"Use the arrow keys to navigate: ↓ ↑ → ←\n? {question}: \n{_HIDE}")
            _draw(answers, chosen)
            for key in keys:
                if key in _ENTER:
                    break
                step = -1 if key in _UP else 1 if key in _DOWN else 0
                chosen = (chosen + step) % len(answers)
                out.write(f"\x1b[{len(answers)}A")
                _draw(answers, chosen)
    finally:
        out.write(_SHOW)
        out.flush()
    out.write(f"\x1b[{len(answers) + 2}A\x1b[J✔ {answers[chosen]}\n")
    out.flush()
    return answers[chosen]


def _draw(answers: Sequence[str], chosen: int) -> None:
    for number, answer in enumerate(answers):
        sys.stderr.write(f"{_CLEAR_LINE}  {'▸' if number == chosen else ' '} {answer}\n")
    sys.stderr.flush()


@contextmanager
def _keys() -> Iterator[Iterator[str]]:
    """Keys as they are pressed, without waiting for the end of a line; Ctrl-C stays a signal."""
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        yield _read_keys(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _read_keys(descriptor: int) -> Iterator[str]:
    import os

    while data := os.read(descriptor, _LONGEST_KEY):
        yield data.decode(errors="replace")
    raise KeyboardInterrupt  # the terminal is gone
