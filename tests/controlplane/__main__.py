"""``python -m tests.controlplane``: a cluster for a person, up until Ctrl-C; ``build`` only makes its programs."""

from __future__ import annotations

import os
import signal
import sys

from tests.controlplane import binaries
from tests.controlplane.cluster import ControlPlane


def main(arguments: list[str]) -> int:
    match arguments:
        case ["build"]:
            return build()
        case []:
            return serve()
        case _:
            print("usage: python -m tests.controlplane [build]", file=sys.stderr)
            return 2


def build() -> int:
    """Make the programs be there; without Go that is no error, except in CI, where nothing may be skipped."""
    try:
        print(found_or_built().directory)
    except binaries.BinariesError as missing:
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
