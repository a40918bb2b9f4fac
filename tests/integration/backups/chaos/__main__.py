"""Prints what came of each seed: ``python -m tests.integration.backups.chaos [--pushes 200] SEED…``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.integration.backups.chaos.running import storm
from tests.servers.moto import moto


def main() -> bool:
    parser = argparse.ArgumentParser()
    parser.add_argument("seeds", nargs="*", type=int, default=[1, 2, 3])
    parser.add_argument("--pushes", type=int, default=200)
    chosen = parser.parse_args()
    is_well = True
    print(
        "| seed | pushes | acknowledged by | nobody | killed | outages | faults | reads | s | wrong | apart |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|", flush=True)
    with moto() as store:
        for seed in chosen.seeds:
            with tempfile.TemporaryDirectory(prefix="atlas-chaos-") as folder:
                found = storm(Path(folder), store, seed, chosen.pushes)
            took = ", ".join(f"{name} {count}" for name, count in sorted(found.took.items()))
            outages = ", ".join(f"{name} {count}" for name, count in sorted(found.outages.items()))
            print(
                f"| {seed} | {found.pushes} | {took} | {found.failed} | {found.killed} | {outages} | {found.faults} "
                f"| {found.reads} | {found.seconds:.0f} | {len(found.wrong)} | {len(found.apart)} |",
                flush=True,
            )
            for text in (*found.wrong, *found.apart):
                print(f"  seed {seed}: {text}", file=sys.stderr, flush=True)
            is_well = is_well and not found.wrong and not found.apart
    return is_well


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
