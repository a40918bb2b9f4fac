"""RSS of the operator with 1,000 idle resources, a minute's worth of quiet behind it."""

from __future__ import annotations

import sys
import tempfile
import time

import psutil

from bench.cluster import cluster, listing, migration, operator, ready_names, secret, wait_until
from bench.measure import Goal, tell
from tests.controlplane.cluster import ControlPlane

RESOURCES = 1000
QUIET_S = 10
FILES = (("1_users.sql", "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);"),)


def main() -> bool:
    """Goal: under 150 MiB."""
    with (
        tempfile.TemporaryDirectory() as folder,
        cluster() as plane,
        operator(plane, "--allow-path", folder) as child,
    ):
        create(plane, folder)
        wait_until(lambda: len(ready_names(plane)) == RESOURCES, seconds=600, pause_s=2)
        time.sleep(QUIET_S)
        mebibytes = psutil.Process(child.pid).memory_info().rss / 2**20
    return tell(f"operator RSS with {RESOURCES} idle resources", mebibytes, Goal(150, " MiB"))


def create(plane: ControlPlane, folder: str) -> None:
    names = [f"idle-{number}" for number in range(RESOURCES)]
    for begin in range(0, RESOURCES, 250):
        part = names[begin : begin + 250]
        plane.kubectl(
            "create",
            "-f",
            "-",
            input=listing([secret(name, f"sqlite://{folder}/{name}.db") for name in part]),
        )
        plane.kubectl("create", "-f", "-", input=listing([migration(name, FILES, name) for name in part]))


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
