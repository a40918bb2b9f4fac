"""The place where objects are kept, in memory: what a turn reads and writes, and every request in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from atlas.errors import AtlasError, NotFound
from atlas.handlers.keys import Key, Ref
from atlas.reconcile.conditions import merged
from atlas.reconcile.ports import Stored


@dataclass
class FakeObjects:
    """``errors`` are raised by the next writes of a status, one each."""

    objects: dict[Key, dict[str, Any]] = field(default_factory=dict)
    references: dict[Ref, Stored] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    patches: list[dict[str, object]] = field(default_factory=list)
    errors: list[AtlasError] = field(default_factory=list)

    def put(self, key: Key, spec: Mapping[str, object], generation: int = 1) -> dict[str, Any]:
        """Create or change an object as a person does."""
        before = self.objects.get(key, {"status": {"observedGeneration": -1}})
        metadata = {
            "name": key.name,
            "namespace": key.namespace,
            "uid": f"uid-{key.name}",
            "generation": generation,
        }
        self.objects[key] = {"metadata": metadata, "spec": spec, "status": before["status"]}
        return self.objects[key]

    async def get(self, key: Key) -> dict[str, Any] | None:
        self.requests.append("get")
        return self.objects.get(key)

    async def stored(self, ref: Ref) -> Stored | None:
        self.requests.append(f"stored {ref.name}")
        return self.references.get(ref)

    async def patch_status(self, key: Key, patch: Mapping[str, object]) -> None:
        self.requests.append("patch")
        if self.errors:
            raise self.errors.pop(0)
        if key not in self.objects:
            raise NotFound(f"{key} not found")
        self.patches.append(dict(patch))
        self.objects[key]["status"] = merged(self.objects[key]["status"], dict(patch))

    async def post_event(self, namespace: str, event: Mapping[str, object]) -> None:
        self.requests.append("event")
