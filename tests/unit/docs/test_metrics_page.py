"""The page of metrics has every metric of the operator with its labels, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from atlas.handlers.life.metrics import Metrics

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "metrics.md"


def test_every_metric_and_its_labels_are_on_the_page_and_no_others() -> None:
    rows = re.findall(r"^\| `(atlas_\w+)` \| (.*?) \|", PAGE.read_text(), re.MULTILINE)
    documented = {name: tuple(re.findall(r"`(\w+)`", labels)) for name, labels in rows}
    collectors = set(Metrics().registry._names_to_collectors.values())  # type: ignore[attr-defined]  # nothing lists them
    served = {
        family.name + ("_total" if family.type == "counter" else ""): tuple(collector._labelnames)  # type: ignore[attr-defined]
        for collector in collectors
        if hasattr(collector, "_labelnames")
        for family in collector.describe()
    }
    assert documented == served
