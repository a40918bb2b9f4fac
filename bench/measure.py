"""Timing and the lines that benchmarks print: medians of whole commands, ratios against a goal."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound that a figure is held against; ``at_most`` False means it must be at least the bound."""

    bound: float
    unit: str
    at_most: bool = True

    def is_met_by(self, figure: float) -> bool:
        return figure <= self.bound if self.at_most else figure >= self.bound


def seconds_of(action: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def median_of_command(command: Sequence[str], *, repeats: int) -> float:
    """Median wall-clock seconds of a command that must succeed."""

    def once() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    return statistics.median(seconds_of(once) for _ in range(repeats))


def median_of_pairs(
    ours: Callable[[], float], peer: Callable[[], float], *, repeats: int
) -> tuple[float, float]:
    """Medians of two actions that are run in turns, so that a busy machine slows both."""
    pairs = [(ours(), peer()) for _ in range(repeats)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def tell(name: str, figure: float, goal: Goal, detail: str = "") -> bool:
    """Print one line and say whether the goal is met."""
    met = goal.is_met_by(figure)
    word = "ok " if met else "OFF"
    sign = "≤" if goal.at_most else "≥"
    sys.stdout.write(
        f"{word} {name}: {figure:.2f}{goal.unit} (goal {sign} {goal.bound:g}{goal.unit}) {detail}\n"
    )
    sys.stdout.flush()
    return met
