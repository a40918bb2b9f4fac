"""For the tests of ``atlas schema``: files, rows, and a person at a terminal."""

from __future__ import annotations

import os
import pty
import select
import signal
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.integration.cli.conftest import ATLAS, Shell

DOWN, ENTER, CTRL_C = "\x1b[B", "\r", "\x03"
_PATIENCE_S = 60


def put(atlas: Shell, name: str, text: str) -> str:
    """Write a file of the shell's folder; returns its URL."""
    path = atlas.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return f"file://{name}"


def sql(path: Path, *statements: str) -> list[tuple[object, ...]]:
    """Run statements on a SQLite file; returns the rows of the last one."""
    rows: list[tuple[object, ...]] = []
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        connection.commit()
    return rows


def names(path: Path) -> list[str]:
    """Every object of a SQLite file by name."""
    return [
        str(name) for (name,) in sql(path, "SELECT name FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1")
    ]


@dataclass(frozen=True, slots=True)
class Typed:
    """What a terminal showed, and the exit code."""

    code: int
    screen: str


def at_a_terminal(atlas: Shell, words: Sequence[str], answers: Sequence[tuple[str, str]]) -> Typed:
    """Run ``atlas`` on a terminal; each answer is ``(text to wait for, keys)``."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(atlas.folder)
        os.execve(ATLAS, [str(ATLAS), *words], {**atlas.environ, "TERM": "xterm"})
    screen, waiting, seen = "", list(answers), 0
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], 0.1)
        if ready:
            try:
                data = os.read(terminal, 4096)
            except OSError:  # the end of a terminal on Linux
                break
            if not data:
                break
            screen += data.decode(errors="replace").replace("\r\n", "\n")
        if waiting and (found := screen.find(waiting[0][0], seen)) >= 0:
            seen = found + len(waiting[0][0])
            os.write(terminal, waiting.pop(0)[1].encode())
    else:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert not waiting, f"never asked: {waiting}; the screen: {screen}"
    return Typed(os.waitstatus_to_exitcode(status), screen)
