"""``python -m tests.controlplane``: a cluster for a person, up until Ctrl-C; ``build`` makes its programs, ``build-helm`` Helm."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from tests.controlplane import binaries, helm
from tests.controlplane.cluster import ControlPlane
from tests.servers.stores import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def main(arguments: list[str]) -> int:
    match arguments:
        case ["build"]:
            return build(lambda: found_or_built().directory)
        case ["build-helm"]:
            return build(lambda: helm.build(os.environ))
        case []:
            return serve()
        case _:
            print("usage: python -m tests.controlplane [build|build-helm]", file=sys.stderr)
            return 2


def build(make: Callable[[], Path]) -> int:
    """Make the programs be there and say where; without Go that is no error, except in CI, where nothing may be skipped."""
    try:
        print(make())
    except (binaries.BinariesError, StoreError) as missing:
        print(f"tests that need a cluster will be skipped: {missing}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    return 0


def serve() -> int:
    plane = ControlPlane.start(found_or_built())
    try:
        print(plane.kubeconfig, flush=True)
        print(f"export KUBECONFIG={plane.kubeconfig}; Ctrl-C ends the cluster", file=sys.stderr)
        signal.pause()
    except KeyboardInterrupt:
        return 0
    finally:
        plane.stop()
    return 0


def found_or_built() -> binaries.Binaries:
    try:
        return binaries.find(os.environ)
    except binaries.BinariesError:
        if os.environ.get("KUBEBUILDER_ASSETS"):
            raise
        return binaries.build(os.environ)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
