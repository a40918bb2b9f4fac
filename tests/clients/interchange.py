"""Builds the Go programs of the folders here, each around a module of the Go tools, and asks them questions.

The binary is cached by what it was built from, outside of the checkout.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "go"
HOW_TO = "Go is not installed: see https://go.dev/doc/install, then run the tests again (the first run downloads modules)"


@dataclass(frozen=True)
class Interchange:
    """The built program; one call answers a whole list of questions."""

    binary: Path
    environment: tuple[tuple[str, str], ...] = ()

    def with_environment(self, **more: str) -> Interchange:
        """Return the same program with more environment variables."""
        return replace(self, environment=(*self.environment, *more.items()))

    def ask(self, command: str, request: object) -> Any:
        """Return the answer to one request; both are JSON."""
        done = self._run(command, request)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    def is_killed(self, command: str, request: object) -> bool:
        """Tell whether the request made the program kill itself."""
        done = self._run(command, request)
        assert not done.stderr, done.stderr.decode()
        return done.returncode == -signal.SIGKILL

    def _run(self, command: str, request: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self.binary, command],
            input=json.dumps(request).encode(),
            env={**os.environ, **dict(self.environment)},
            capture_output=True,
            check=False,
            timeout=300,
        )


def build(go: str, source: Path = SOURCE) -> Interchange:
    """Build the program of a folder unless the cache has it; two test runs may do this at once."""
    binary = cache_directory() / fingerprint(source) / "interchange"
    if not binary.exists():
        binary.parent.mkdir(parents=True, exist_ok=True)
        unfinished = binary.with_name(f"{binary.name}.{os.getpid()}")
        done = subprocess.run(
            [go, "build", "-p", "1", "-o", unfinished, "."],
            cwd=source,
            capture_output=True,
            check=False,
            timeout=900,
        )
        assert done.returncode == 0, f"go build failed:\n{done.stderr.decode()}"
        unfinished.rename(binary)
    return Interchange(binary)


def find_go() -> str | None:
    """Return the Go command, if there is one."""
    return shutil.which("go") or shutil.which("/usr/local/go/bin/go")


def cache_directory() -> Path:
    """Return where built clients stay between runs."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("ATLAS_TEST_CACHE") or Path(home) / "atlas-operator") / "clients-go"


def fingerprint(source: Path) -> str:
    """Return a hash of everything the program is built from."""
    digest = hashlib.sha256()
    for path in sorted([*source.glob("go.*"), *source.glob("*.go")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:24]
