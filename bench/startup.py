"""``atlas version`` against ``python -c pass``: what starting the command costs."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.measure import Goal, median_of_command, tell

REPEATS = 30


def main() -> bool:
    """Goal: at most 4 times the bare interpreter."""
    atlas = str(Path(sys.executable).parent / "atlas")
    bare = median_of_command([sys.executable, "-c", "pass"], repeats=REPEATS)
    ours = median_of_command([atlas, "version"], repeats=REPEATS)
    detail = f"[{ours * 1e3:.1f} ms, python {bare * 1e3:.1f} ms]"
    return tell("atlas version / python -c pass", ours / bare, Goal(4, "x"), detail)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
