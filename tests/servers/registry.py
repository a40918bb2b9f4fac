"""``atlas registry serve`` as a program of its own, for tests that look at it from outside only."""

from __future__ import annotations

import os
import re
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.daemon import Daemon, free_port
from tests.nursery import run_atlas

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def registry_in(folder: Path, *flags: str) -> Iterator[tuple[str, str]]:
    """The address of an empty registry whose data lie in a folder, and a token for it."""
    nobody = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    created = run_atlas(("registry", "token", "create", "--data", "data"), folder=folder, environ=nobody)
    [token] = set(re.findall(r"aci_\S+", created.stdout))
    listen = f"127.0.0.1:{free_port()}"
    program = str(Path(sys.executable).parent / "atlas")
    command = [program, "registry", "serve", "--data", "data", "--listen", listen, *flags]
    daemon = Daemon(command, folder, lambda: answers(f"http://{listen}"))
    daemon.start()
    try:
        yield f"http://{listen}", token
    finally:
        daemon.terminate()


def answers(address: str) -> bool:
    """Tell whether a server of ours answers there, whatever it says."""
    try:
        urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
