"""Somebody who types commands at home."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.integration.cli.conftest import Shell
from tests.nursery import run_atlas

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Person:
    """Somebody with a home and, after ``logs_in``, a registry."""

    home: Path
    environ: dict[str, str] = field(default_factory=dict)

    def types(self, *words: str) -> subprocess.CompletedProcess[str]:
        environ = {"HOME": str(self.home), "PATH": os.environ["PATH"], **self.environ}
        return run_atlas(words, folder=self.home, environ=environ, timeout_s=60)

    def prints(self, *words: str) -> str:
        answer = self.types(*words)
        assert (answer.returncode, answer.stderr) == (0, "")
        return answer.stdout

    def is_told_to_log_in(self, *words: str) -> None:
        """Clients compare the whole of stderr, so what helps a person is on stdout."""
        answer = self.types(*words)
        assert (answer.returncode, answer.stderr) == (1, "Error: command requires 'atlas login'\n")
        assert "atlas registry serve" in answer.stdout

    def fails(self, *words: str) -> str:
        answer = self.types(*words)
        assert (answer.returncode, answer.stdout) == (1, "")
        return answer.stderr


def shell_of(folder: Path) -> Shell:
    """The command in a folder, with the variables that lead to buckets of the tests."""
    keep = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("AWS_", "AZURE_", "STORAGE_", "NO_GCE"))
    }
    return Shell(folder, {**keep, "HOME": str(folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"})
