"""AWS on loopback: moto, from the environment that the tests run in."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.stores import Store, running

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = Path(sys.executable).with_name("moto_server")


@contextmanager
def moto() -> Iterator[Store]:
    """All services of AWS that moto was installed with, at one address."""
    with running(lambda port, _: [str(PROGRAM), "-H", "127.0.0.1", "-p", str(port)], "/moto-api/") as store:
        yield store
