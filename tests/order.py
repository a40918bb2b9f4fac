"""The order of a run on several workers: files that take long begin first, so that none of them ends alone.

pytest-xdist would begin with the file of most tests (``--loadscope-reorder``), and a file of six tests of half a minute
each comes last then. Where a run has one worker, the order does not matter, and stays random.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")

SECONDS_A_TEST = {
    "": 0.2,
    "tests/cases/test_mutations.py": 40,
    "tests/clients/": 0.1,
    "tests/contracts/test_bucket_outages.py": 1,
    "tests/controlplane/": 1,
    "tests/e2e/": 3,
    "tests/e2e/test_custom_config.py": 6,
    "tests/e2e/test_faults.py": 6,
    "tests/integration/backups/": 1,
    "tests/integration/image/": 1.5,
    "tests/integration/kill/": 3,
    "tests/integration/kill/test_kills.py": 20,
    "tests/integration/operator/": 0.5,
    "tests/seed/": 1,
    "tests/unit/": 0.01,
}
"""What a test takes on a machine with nothing else to do, for the longest beginning of a file's path that is here."""
LONG_S = 30
SHORT_S = 3


def longest_first(items: Sequence[Item], file_of: Callable[[Item], str]) -> list[Item]:
    """Return the items with long files first, the longest of them first of all, and short files last.

    Within a file, and among the files that are neither long nor short, the order stays as it was.
    """
    counts = Counter(map(file_of, items))
    ranks = {file: rank(count * seconds_a_test(file)) for file, count in counts.items()}
    return sorted(items, key=lambda item: ranks[file_of(item)])


def rank(expected_s: float) -> float:
    if expected_s >= LONG_S:
        return -expected_s
    return 0.0 if expected_s >= SHORT_S else 1.0


def seconds_a_test(file: str) -> float:
    return SECONDS_A_TEST[max((start for start in SECONDS_A_TEST if file.startswith(start)), key=len)]
