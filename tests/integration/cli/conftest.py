"""The command as a person runs it: a process in a folder, with an environment of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.nursery import run_atlas

ATLAS = Path(sys.executable).parent / "atlas"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Shell:
    """Runs ``atlas`` in ``folder``; no variable of the person who runs the tests gets through."""

    folder: Path
    environ: Mapping[str, str]

    def __call__(self, *words: str, **environ: str) -> Answer:
        done = run_atlas(words, folder=self.folder, environ={**self.environ, **environ})
        assert "Traceback" not in done.stderr, done.stderr
        return Answer(done.returncode, done.stdout, done.stderr)

    def ok(self, *words: str, **environ: str) -> str:
        """Run a command that must succeed, and return its stdout."""
        answer = self(*words, **environ)
        assert answer.code == 0, f"{words}: {answer.err}{answer.out}"
        return answer.out

    def write(self, files: Mapping[str, str], folder: str = "migrations") -> str:
        """Write a migration directory with its sum; returns its URL."""
        target = self.folder / folder
        target.mkdir(exist_ok=True, parents=True)
        for name, text in files.items():
            (target / name).write_bytes(text.encode())
        self.ok("migrate", "hash", "--dir", f"file://{folder}")
        return f"file://{folder}"


@pytest.fixture
def atlas(tmp_path: Path) -> Shell:
    """``atlas`` in an empty folder that is also its HOME."""
    return Shell(
        tmp_path,
        {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "TMPDIR": str(tmp_path), "LANG": "C.UTF-8"},
    )
