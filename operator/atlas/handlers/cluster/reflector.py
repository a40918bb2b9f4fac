"""Metadata-only watches of Secrets and ConfigMaps: which of them changed, and nothing of what is in them.

The stream is resumed from the last version seen; when the server no longer knows that version (410) the list is
read again. A cluster that does not let us watch is asked again from time to time: the operator works without,
and changed references are then seen at the next resync.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from atlas.errors import AccessDenied, AtlasError, Conflict
from atlas.handlers.keys import Ref

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from atlas.handlers.cluster.api import Cluster
    from atlas.handlers.keys import Key
    from atlas.handlers.turns.dependents import Dependents

    Sleep = Callable[[float], Awaitable[object]]

FORBIDDEN_PAUSE_S = 300.0
PAUSES_S = (0.5, 1.0, 2.0, 3.0, 5.0)
_GONE = 410


class Reflector:
    """Watches one kind in one namespace ('' means all of them) and asks for passes over dependents."""

    def __init__(
        self,
        cluster: Cluster,
        dependents: Dependents,
        *,
        kind: str,
        namespace: str,
        changed: Callable[[Key], None],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._cluster = cluster
        self._dependents = dependents
        self._kind = kind
        self._namespace = namespace
        self._changed = changed
        self._sleep = sleep
        self.last_contact: float | None = None
        """When the server was last heard, by the clock of the event loop; None before the first time."""
        self.is_forbidden = False

    @property
    def name(self) -> str:
        """For a person: the kind and where."""
        return f"{self._kind} in {self._namespace or 'all namespaces'}"

    async def run(self, warn: Callable[[str], None]) -> None:
        """Watch for ever."""
        failures = 0
        while True:
            try:
                await self._list_and_watch()
                failures = 0
                continue
            except AccessDenied as error:
                self.is_forbidden = True
                warn(f"cannot watch {self.name}: {error}")
                pause = FORBIDDEN_PAUSE_S
            except AtlasError as error:
                warn(f"watch of {self.name}: {error}")
                pause = PAUSES_S[min(failures, len(PAUSES_S) - 1)]
            failures += 1
            await self._sleep(pause)

    async def _list_and_watch(self) -> None:
        """One list and the streams that follow it; returns when the server forgot the version we are at."""
        version = await self._list()
        while version:
            version = await self._watch(version)

    async def _list(self) -> str:
        token, found, version = "", set(), ""
        while True:
            page = await self._cluster.list_metadata(self._kind, self._namespace, token)
            self._heard()
            for item in page.get("items") or ():
                found.add(self._seen(item["metadata"]))
            metadata = page.get("metadata") or {}
            version, token = str(metadata.get("resourceVersion", "")), str(metadata.get("continue") or "")
            if not token:
                break
        for ref in self._dependents.refs(self._kind, self._namespace):
            if ref not in found:
                self._tell(ref, "")
        return version

    async def _watch(self, version: str) -> str:
        try:
            async for event in self._cluster.watch_metadata(self._kind, self._namespace, version):
                self._heard()
                if event["type"] == "ERROR":
                    return "" if event["object"].get("code") == _GONE else version
                version = str(event["object"]["metadata"]["resourceVersion"])
                if event["type"] == "DELETED":
                    self._tell(self._ref(event["object"]["metadata"]), "")
                elif event["type"] != "BOOKMARK":
                    self._seen(event["object"]["metadata"])
        except Conflict:  # 410 before the stream began
            return ""
        return version

    def _seen(self, metadata: dict[str, Any]) -> Ref:
        ref = self._ref(metadata)
        self._tell(ref, str(metadata.get("resourceVersion", "")))
        return ref

    def _ref(self, metadata: dict[str, Any]) -> Ref:
        return Ref(self._kind, str(metadata.get("namespace", "")), str(metadata["name"]))

    def _tell(self, ref: Ref, version: str) -> None:
        for key in self._dependents.outdated(ref, version):
            self._changed(key)

    def _heard(self) -> None:
        self.last_contact = asyncio.get_running_loop().time()
        self.is_forbidden = False
