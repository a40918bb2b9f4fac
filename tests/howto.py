"""Runs the pages of docs/howto as a reader does: each block of commands in turn, and its answer held against the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PAGES = Path(__file__).parents[1] / "docs" / "howto"
_STEP = re.compile(r"```shell\n(?P<commands>.*?)```(?:\n\n```text\n(?P<answer>.*?)```)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PageRun:
    """How many blocks of commands ran, how many of them have an answer on the page, and what the last one printed."""

    steps: int
    answers: int
    last: str


def run_page(
    name: str,
    folder: Path,
    environ: Mapping[str, str] | None = None,
    *,
    blurred: Callable[[str], str] = str,
    others: Mapping[int, Callable[[Path], object]] | None = None,
) -> PageRun:
    """Run a page in a new folder, with a home of its own; ``blurred`` takes out of an answer what differs each time.

    ``others`` is what other programs do in the folder before the block of that number, the first of which is 0.
    """
    words = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder / "home"),
        "LANG": "C.UTF-8",
        **(environ or {}),
    }
    here = folder / "folder"
    here.mkdir()
    steps = list(_STEP.finditer((PAGES / name).read_text()))
    printed = ""
    for number, step in enumerate(steps):
        if others and number in others:
            others[number](here)
        printed = run_commands(step["commands"], here, words)
        if step["answer"] is not None:
            assert blurred(printed) == blurred(step["answer"]), step["commands"]
    return PageRun(len(steps), sum(step["answer"] is not None for step in steps), printed)


def run_commands(commands: str, folder: Path, environ: Mapping[str, str], *, timeout_s: float = 120) -> str:
    """What a shell prints that stops at the first command that fails; none of them may."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=folder,
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=timeout_s,
    )
    assert done.returncode == 0, f"{commands}\n{done.stdout}"
    return done.stdout
