"""Azure Blob Storage on loopback: Azurite, installed by npm into the cache from a lock with the hash of every package."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.stores import HOW_TO_GET, Store, StoreError, cache, made, path_with, program, running

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent / "azurite_package"
MAIN = Path("node_modules", "azurite", "dist", "src", "blob", "main.js")
ACCOUNT = "devstoreaccount1"
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
"""The account that every Azurite has: https://learn.microsoft.com/azure/storage/common/storage-use-azurite."""


@contextmanager
def azurite() -> Iterator[Store]:
    """A store in memory that phones nobody; raises ``StoreError`` if it was not installed."""
    main, node = folder() / MAIN, shutil.which("node")
    if node is None or not main.exists():
        raise StoreError(f"no Azurite: {HOW_TO_GET.format('Node.js and npm')}")
    with running(lambda port, _: command(node, main, port), f"/{ACCOUNT}?comp=list") as store:
        yield store


def command(node: str, main: Path, port: int) -> list[str]:
    return [
        *(node, str(main), "--blobHost", "127.0.0.1", "--blobPort", str(port)),
        *("--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry"),
    ]


def folder() -> Path:
    pinned = (PACKAGE / "package-lock.json").read_bytes()
    return cache(os.environ, f"azurite-{hashlib.sha256(pinned).hexdigest()[:12]}")


def build() -> Path:
    """Install the packages of the lock unless the cache has them."""
    with made(folder()) as building:
        if building:
            npm = program("npm", "Azurite")
            print("installing Azurite: a minute, once", file=sys.stderr)
            shutil.copytree(PACKAGE, building, dirs_exist_ok=True)
            subprocess.run(
                [npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
                cwd=building,
                env=path_with(str(Path(npm).parent)),
                stdin=subprocess.DEVNULL,
                check=True,
            )
    return folder()
