"""Leader election: one Lease, held by one operator at a time, renewed while it works.

The holder that cannot renew in time stops before anybody else may begin: it counts from its own last renewal,
the others from the last change they saw, by their own clocks. The lease carries the Go operator's name by
default (see ``options``), so that the two never work side by side.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from atlas.errors import AtlasError, Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from atlas.handlers.cluster.api import Cluster

    Sleep = Callable[[float], Awaitable[object]]

DURATION_S = 14
"""How long others wait after the last change they saw; with the time between their looks, a lost holder is followed in 15 s."""
RENEW_WITHIN_S = 10.0
"""How long the holder tries to renew before it stops; shorter than the duration by what its runs have to end."""
PAUSE_S = 2.0
"""Between renewals of the holder."""
LOOK_EVERY_S = 1.0
"""Between looks of the others."""
AFTER_S = 0.05
"""So long after a lease has run out it is asked for."""


@dataclass(slots=True)
class _Seen:
    record: str = ""
    at: float = 0.0
    duration_s: float = 0.0


class Election:
    """Our part in the election; belongs to one event loop."""

    def __init__(
        self,
        cluster: Cluster,
        *,
        namespace: str,
        name: str,
        identity: str,
        now: Callable[[], float],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._cluster = cluster
        self._path = f"/apis/coordination.k8s.io/v1/namespaces/{namespace}/leases"
        self._namespace = namespace
        self._name = name
        self._identity = identity
        self._now = now
        self._sleep = sleep
        self._seen = _Seen()
        self._lease: dict[str, Any] = {}
        self._held_since = 0.0
        """When the last request was sent that made or kept it ours: others may have seen it from then on."""

    async def win(self, warn: Callable[[str], None]) -> None:
        """Wait until the lease is ours."""
        while True:
            try:
                if await self._try_to_hold():
                    return
            except Conflict:
                pass  # somebody else was quicker
            except AtlasError as error:
                warn(f"lease {self._namespace}/{self._name}: {error}")
            await self._sleep(self._until_next_look_s())

    async def keep(self, warn: Callable[[str], None]) -> None:
        """Renew the lease; returns when it is lost."""
        while (left_s := self._left_s()) > 0:
            await self._sleep(min(PAUSE_S, left_s))
            try:
                async with asyncio.timeout(self._left_s()):
                    if not await self._try_to_hold():
                        return
            except (AtlasError, TimeoutError) as error:
                warn(
                    f"lease {self._namespace}/{self._name} was not renewed: {str(error) or 'no answer in time'}"
                )

    async def release(self) -> None:
        """Let the next one begin at once."""
        spec = self._lease.get("spec") or {}
        if spec.get("holderIdentity") != self._identity:
            return
        released = self._lease | {"spec": spec | {"holderIdentity": "", "leaseDurationSeconds": 1}}
        await self._cluster.request("PUT", f"{self._path}/{self._name}", body=released)

    def _left_s(self) -> float:
        return RENEW_WITHIN_S - (self._now() - self._held_since)

    def _until_next_look_s(self) -> float:
        """The usual pause, or less where the lease that was seen runs out before that."""
        left_s = self._seen.at + self._seen.duration_s + AFTER_S - self._now()
        return min(LOOK_EVERY_S, left_s) if left_s > 0 else LOOK_EVERY_S

    async def _try_to_hold(self) -> bool:
        try:
            lease = await self._cluster.request("GET", f"{self._path}/{self._name}")
        except NotFound:
            await self._write("POST", self._path, self._new())
            return True
        spec = lease.get("spec") or {}
        holder = spec.get("holderIdentity") or ""
        if holder not in ("", self._identity) and not self._has_expired(spec):
            return False
        await self._write("PUT", f"{self._path}/{self._name}", lease | {"spec": self._spec(spec, holder)})
        return True

    async def _write(self, method: str, path: str, lease: dict[str, Any]) -> None:
        sent_at = self._now()
        self._lease = await self._cluster.request(method, path, body=lease)
        self._held_since = sent_at

    def _has_expired(self, spec: dict[str, Any]) -> bool:
        record = repr(sorted(spec.items()))
        if record != self._seen.record:
            duration_s = float(spec.get("leaseDurationSeconds") or DURATION_S)
            self._seen = _Seen(record, self._now(), duration_s)
            return False
        return self._now() - self._seen.at > self._seen.duration_s

    def _new(self) -> dict[str, Any]:
        return {
            "apiVersion": "coordination.k8s.io/v1",
            "kind": "Lease",
            "metadata": {"name": self._name, "namespace": self._namespace},
            "spec": self._spec({}, ""),
        }

    def _spec(self, before: dict[str, Any], holder: str) -> dict[str, Any]:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        is_ours = holder == self._identity
        transitions = int(before.get("leaseTransitions") or 0)
        return {
            "holderIdentity": self._identity,
            "leaseDurationSeconds": DURATION_S,
            "acquireTime": before.get("acquireTime", now) if is_ours else now,
            "renewTime": now,
            "leaseTransitions": transitions if is_ours or not before else transitions + 1,
        }
