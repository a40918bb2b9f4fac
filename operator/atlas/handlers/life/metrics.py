"""What the operator counts. Labels are kinds, namespaces, names and reasons; never a URL or a message."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from atlas.handlers.healing.obstacle import LOCK, REGISTRY, SERVER
from atlas.reconcile import conditions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.handlers.healing.obstacle import Kind
    from atlas.handlers.keys import Key
    from atlas.reconcile.outcome import Source

_OBJECT = ("kind", "namespace", "name")
_SOURCES = ("registry", "backup")
_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)


class Metrics:
    """One set of counters; a process has one, a test as many as it likes."""

    def __init__(self) -> None:
        from prometheus_client import (
            CollectorRegistry,
            Counter,
            Gauge,
            GCCollector,
            Histogram,
            ProcessCollector,
        )

        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        gauge = partial(Gauge, registry=self.registry)
        counter = partial(Counter, registry=self.registry)
        self._ready = gauge("atlas_resource_ready", "1 when the resource is ready, else 0.", _OBJECT)
        self._failed = gauge("atlas_resource_failed", "Failed runs in a row of the resource.", _OBJECT)
        self._applied = gauge(
            "atlas_resource_last_applied_seconds", "When the last file was applied, since 1970.", _OBJECT
        )
        self._passes = counter(
            "atlas_reconcile", "Passes over resources by how they ended.", ("kind", "outcome")
        )
        self._failures = counter("atlas_reconcile_failures", "Failed passes by reason.", ("kind", "reason"))
        self._seconds = Histogram(
            "atlas_reconcile_duration_seconds",
            "Time of a pass, waiting for room included.",
            ("kind",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._source = gauge(
            "atlas_resource_source",
            "1 for where the last success of the resource was read from: registry or backup.",
            (*_OBJECT, "source"),
        )
        self._fallbacks = counter(
            "atlas_fallbacks", "Passes that a backup served in the place of a registry.", ("kind",)
        )
        self._registries_out = gauge(
            "atlas_registries_out", "Registries that do not answer and are looked for."
        )
        self._servers_away = gauge(
            "atlas_servers_away", "Database servers that do not answer and are looked for."
        )
        self._locks_awaited = gauge(
            "atlas_locks_awaited", "Databases whose lock is in other hands and looked for."
        )
        self._queued = gauge("atlas_queue_depth", "Resources that wait for a pass.")
        self._active = gauge("atlas_passes_active", "Passes under way.")
        self._watch_age = gauge(
            "atlas_watch_age_seconds", "Seconds since the watch last heard of the API server.", ("watch",)
        )
        self._leader = gauge("atlas_leader", "1 while this process holds the lease, or needs none.")

    def passed(self, key: Key, outcome: str, *, reason: str, seconds: float) -> None:
        """A pass has ended; ``reason`` is '' when it did not fail."""
        self._passes.labels(key.kind, outcome).inc()
        self._seconds.labels(key.kind).observe(seconds)
        if reason:
            self._failures.labels(key.kind, reason).inc()

    def stands(self, key: Key, status: Mapping[str, object]) -> None:
        """What the status of a resource says now."""
        self._ready.labels(*key).set(1 if conditions.is_ready(status) else 0)
        self._failed.labels(*key).set(conditions.failed_before(status))
        applied = status.get("lastApplied") or status.get("last_applied")
        if isinstance(applied, int) and applied:
            self._applied.labels(*key).set(applied)
        self._stands_on(key, conditions.source_of_status(status))

    def fell_back(self, key: Key) -> None:
        """A pass was served by a backup."""
        self._fallbacks.labels(key.kind).inc()

    def forget(self, key: Key) -> None:
        """The resource is gone."""
        for gauge in (self._ready, self._failed, self._applied):
            with suppress(KeyError):
                gauge.remove(*key)
        self._stands_on(key, None)

    def _stands_on(self, key: Key, source: Source | None) -> None:
        """A state that was not pushed has neither source."""
        is_pushed = source is not None and (
            source.is_backup or source.url.startswith(("http://", "https://"))
        )
        for name in _SOURCES:
            if is_pushed and (name == "backup") == (source is not None and source.is_backup):
                self._source.labels(*key, name).set(1)
            else:
                with suppress(KeyError):
                    self._source.remove(*key, name)

    def watch_queue(self, depth: Callable[[], int], active: Callable[[], int]) -> None:
        """Ask these when somebody looks."""
        self._queued.set_function(lambda: float(depth()))
        self._active.set_function(lambda: float(active()))

    def watch_obstacles(self, count: Callable[[Kind], int]) -> None:
        """Ask this for each kind when somebody looks."""
        self._registries_out.set_function(lambda: float(count(REGISTRY)))
        self._servers_away.set_function(lambda: float(count(SERVER)))
        self._locks_awaited.set_function(lambda: float(count(LOCK)))

    def watch_age(self, name: str, age_s: Callable[[], float]) -> None:
        """Ask this when somebody looks."""
        self._watch_age.labels(name).set_function(age_s)

    def leads(self, *, leads: bool) -> None:
        """Whether this process may work."""
        self._leader.set(1 if leads else 0)

    def text(self) -> bytes:
        """The exposition format of Prometheus."""
        from prometheus_client import generate_latest

        return generate_latest(self.registry)
