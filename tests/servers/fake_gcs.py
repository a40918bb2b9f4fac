"""Google Cloud Storage on loopback: fake-gcs-server, built from the Go module proxy into the cache."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.stores import HOW_TO_GET, Store, StoreError, cache, made, program, running

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULE = "github.com/fsouza/fake-gcs-server"
VERSION = "v1.56.1"
NAME = "fake-gcs-server"


@contextmanager
def fake_gcs() -> Iterator[Store]:
    """A store in memory; raises ``StoreError`` if it was not built."""
    binary = folder() / NAME
    if not os.access(binary, os.X_OK):
        raise StoreError(f"no {NAME}: {HOW_TO_GET.format('Go')}")
    with running(lambda port, _: command(binary, port), "/storage/v1/b") as store:
        yield store


def command(binary: Path, port: int) -> list[str]:
    # Without its own address it would send uploads and downloads to storage.googleapis.com.
    address = f"127.0.0.1:{port}"
    return [
        *(str(binary), "-backend", "memory", "-scheme", "http"),
        *("-host", "127.0.0.1", "-port", str(port)),
        *("-public-host", address, "-external-url", f"http://{address}"),
    ]


def folder() -> Path:
    return cache(os.environ, f"{NAME}-{VERSION}")


def build() -> Path:
    """Build the program unless the cache has it; Go checks every module against its public log of sums."""
    with made(folder()) as building:
        if building:
            go = program("go", NAME)
            print(f"building {NAME} {VERSION}: a few minutes, once", file=sys.stderr)
            subprocess.run(
                [go, "install", "-trimpath", f"{MODULE}@{VERSION}"],
                env={**os.environ, "GOBIN": str(building), "CGO_ENABLED": "0"},
                stdin=subprocess.DEVNULL,
                check=True,
            )
    return folder() / NAME
