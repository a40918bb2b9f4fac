"""Object stores on loopback for a test run, each a program of its own: what they share.

Those that are not Python packages are built once into a cache outside of the checkout: ``python -m tests.servers build``.
Tests never build: minutes do not hide in a fixture.
"""

from __future__ import annotations

import fcntl
import http.client
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.daemon import Daemon, free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

HOW_TO_GET = "run `make stores` (needs {}; once, a few minutes)"


class StoreError(LookupError):
    """The program is not there, or cannot be built; the message says how to get it."""


@dataclass(frozen=True)
class Store:
    """A running store: its port, its files, and its end."""

    port: int
    daemon: Daemon

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def log(self) -> str:
        return self.daemon.log.read_text(errors="replace")


@contextmanager
def running(command: Callable[[int, Path], Sequence[str]], path: str) -> Iterator[Store]:
    """A store for the block; ``command`` is told the port and a folder, ``path`` is one that it answers."""
    port, folder = free_port(), Path(tempfile.mkdtemp(prefix="atlas-store-"))
    daemon = Daemon(command(port, folder), folder, lambda: answers(port, path))
    try:
        daemon.start()
        yield Store(port, daemon)
    finally:
        daemon.terminate()
        shutil.rmtree(folder, ignore_errors=True)


def answers(port: int, path: str) -> bool:
    """Tell whether somebody speaks HTTP there; a refusal is an answer too."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def cache(environ: Mapping[str, str], name: str) -> Path:
    """Return the folder of the cache for a program; it may not exist yet."""
    root = environ.get("ATLAS_TEST_CACHE") or environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root, "atlas-operator", name)


@contextmanager
def made(target: Path) -> Iterator[Path | None]:
    """A folder that becomes ``target`` when the block succeeds; None if it is there. Two runs at once make it once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.with_name(f".{target.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.exists():
            yield None
            return
        folder = Path(tempfile.mkdtemp(prefix=".building-", dir=target.parent))
        try:
            yield folder
            folder.rename(target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def program(name: str, needed_for: str) -> str:
    """Return a program of PATH that builds others; raises ``StoreError``."""
    found = shutil.which(name) or shutil.which(f"/usr/local/go/bin/{name}")
    if found is None:
        raise StoreError(f"{name} is not installed, and {needed_for} needs it")
    return found


def path_with(folder: str) -> dict[str, str]:
    """Return the environment with ``folder`` in front of PATH."""
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
