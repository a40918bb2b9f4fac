"""Prints what came of each fault: ``python -m tests.e2e.faults [--times N] [--only FAULT] [--keep FOLDER] SEED…``; some six minutes a seed."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

from tests.controlplane import binaries
from tests.controlplane.cluster import ControlPlane
from tests.e2e.faults.drill import FAULTS, Result, World, befallen, scene_of
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

CRDS = Path(__file__).parents[3] / "crds"


def main() -> bool:
    parser = argparse.ArgumentParser()
    parser.add_argument("seeds", nargs="*", type=int, default=[1, 2, 3])
    parser.add_argument("--times", type=float, default=1.0, help="how much longer every fault lasts")
    parser.add_argument("--keep", type=Path, help="a folder for the logs of the operators")
    parser.add_argument("--only", choices=FAULTS, action="append")
    chosen = parser.parse_args()
    print(
        "| seed | fault | n | p50 s | p95 s | max s | Ready before its end | takeover s | 409 | twice | manual | wrong |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|", flush=True)
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="atlas-faults-") as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        world = World(
            ControlPlane.start(binaries.find(os.environ)),
            PostgresServer.start(),
            MariaDBServer.start(),
            folder,
        )
        try:
            world.plane.kubectl("apply", "-f", str(CRDS))
            world.plane.kubectl("wait", "--for=condition=Established", "-f", str(CRDS), "--timeout=30s")
            for seed in chosen.seeds:
                results += seeded(world, seed, chosen.only or list(FAULTS), chosen.times)
        finally:
            for server in (world.plane, world.postgres, world.mariadb):
                server.stop()
    for fault in chosen.only or FAULTS:
        print(line("all", fault, [one for one in results if one.fault == fault]))
    print(line("all", "all", results))
    return all(one.is_well for one in results)


def seeded(world: World, seed: int, faults: list[str], times: float) -> list[Result]:
    found = []
    with scene_of(world, seed) as scene:
        for fault in faults:
            cause, length_s = FAULTS[fault]
            result = befallen(scene, fault, cause, length_s * times)
            found.append(result)
            print(line(str(seed), fault, [result]), flush=True)
            for text in (*result.twice, *result.manual, *result.wrong):
                print(f"  seed {seed}, {fault}: {text}", file=sys.stderr, flush=True)
        if scene.replicas.restarts:
            print(f"  seed {seed}: replicas started again: {scene.replicas.restarts}", file=sys.stderr)
    return found


def line(seed: str, fault: str, results: list[Result]) -> str:
    seconds = sorted(second for one in results for second in one.seconds) or [0.0]
    p95 = quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    takeover = max(one.takeover_s for one in results)
    counts = [sum(one.already for one in results), f"{takeover:.1f}" if takeover else ""]
    counts += [sum(one.conflicts for one in results)]
    counts += [sum(len(one.twice) for one in results), sum(len(one.manual) for one in results)]
    counts += [sum(len(one.wrong) for one in results)]
    numbers = [sum(len(one.seconds) for one in results)]
    figures = [f"{median(seconds):.1f}", f"{p95:.1f}", f"{seconds[-1]:.1f}"]
    return "| " + " | ".join(map(str, [seed, fault, *numbers, *figures, *counts])) + " |"


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
