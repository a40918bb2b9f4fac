"""Numbers about requests for Prometheus. A label never holds what a client chose freely."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest

if TYPE_CHECKING:
    from collections.abc import Iterator

_KNOWN = re.compile(
    r"\b(CreateDeclarativePlan|DeclarativePlanByHashes|DeclarativePlanByName|DeclarativePlans|ApproveDeclarativePlan|"
    r"DeleteDeclarativePlan|dirState|dirs|pushDir|diffSyncDir|repos|describeRepo|createRepo|reportMigration|reportMigrationSet|me)\b"
)


class Metrics:
    """The metrics of one application."""

    media_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "atlas_registry_operation_seconds",
            "Time to answer a GraphQL operation, by its field.",
            ["operation"],
            registry=self._registry,
        )

    @contextmanager
    def timed(self, query: str) -> Iterator[None]:
        """Count one operation and its time."""
        found = _KNOWN.search(query.partition("{")[2])
        started = time.perf_counter()
        try:
            yield
        finally:
            self._seconds.labels(found[1] if found else "other").observe(time.perf_counter() - started)

    def text(self) -> bytes:
        """All metrics in the exposition format."""
        return generate_latest(self._registry)
