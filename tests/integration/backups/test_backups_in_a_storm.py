"""A short storm from one seed; ``python -m tests.integration.backups.chaos`` has longer ones."""

from __future__ import annotations

from pathlib import Path

from tests.integration.backups.chaos.running import storm
from tests.servers.stores import Store


def test_what_was_acknowledged_in_a_storm_is_there_and_afterwards_all_targets_are_the_same(
    moto_store: Store, tmp_path: Path
) -> None:
    verdict = storm(tmp_path, moto_store, seed=31, count=20)
    assert verdict.wrong == []
    assert verdict.apart == []
    assert verdict.faults > 0
    assert verdict.reads > 0
    assert verdict.outages
    assert min(verdict.took[name] for name in ("registry", "s3", "one", "two")) > 0, verdict.took
