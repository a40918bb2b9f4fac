"""``python -m tests.controlplane up FOLDER``: a cluster for a person, until ``down FOLDER``; ``build`` makes its programs."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.controlplane import binaries, helm, standing
from tests.daemon import DaemonError
from tests.servers.stores import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable


def main(arguments: list[str]) -> int:
    match arguments:
        case ["build"]:
            return build(lambda: found_or_built().directory)
        case ["build-helm"]:
            return build(lambda: helm.build(os.environ))
        case ["up", folder]:
            return up(Path(folder).absolute())
        case ["down", folder]:
            return down(Path(folder).absolute())
        case ["serve", folder]:
            standing.serve(Path(folder), found_or_built())
            return 0
        case _:
            print(
                "usage: python -m tests.controlplane [build|build-helm|up FOLDER|down FOLDER]",
                file=sys.stderr,
            )
            return 2


def build(make: Callable[[], Path]) -> int:
    """Make the programs be there and say where; without Go that is no error, except in CI, where nothing may be skipped."""
    try:
        print(make())
    except (binaries.BinariesError, StoreError) as missing:
        print(f"tests that need a cluster will be skipped: {missing}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    return 0


def up(folder: Path) -> int:
    """Have a cluster run in the background, and say how to reach it."""
    try:
        found_or_built()
        standing.begin(folder)
    except (binaries.BinariesError, DaemonError) as failure:
        print(failure, file=sys.stderr)
        return 1
    print(
        "A kube-apiserver and its etcd are up; there are no nodes, so no Pod runs. `make cluster-down` ends them."
    )
    print(standing.words_to_reach(folder))
    return 0


def down(folder: Path) -> int:
    """End a cluster and forget its folder, and say what is left in the shell."""
    if standing.end(folder):
        print("the cluster is gone")
    else:
        print(f"no cluster of {folder} is up")
    if standing.running(folder) is None and standing.forget(folder):
        print(f"{folder} is removed, with the databases in it; a shell that was led there: unset KUBECONFIG")
    elif folder.exists():
        print(
            f"{folder} stays: remove it when nothing uses it any more; a shell that was led there: unset KUBECONFIG"
        )
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
