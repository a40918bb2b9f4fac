"""Looks at the resources of a namespace several times a second, and remembers when each generation was first Ready."""

from __future__ import annotations

import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import httpx
import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.faults.crowd import Subject

PLURALS = {"AtlasMigration": "atlasmigrations", "AtlasSchema": "atlasschemas"}
EVERY_S = 0.2


class Wanted(NamedTuple):
    """A resource at one of its generations."""

    name: str
    generation: int


def api_client(kubeconfig: Path) -> httpx.Client:
    """The administrator of a test cluster."""
    document = yaml.safe_load(kubeconfig.read_text())
    cluster, user = document["clusters"][0]["cluster"], document["users"][0]["user"]
    import base64

    authority = base64.b64decode(cluster["certificate-authority-data"]).decode()
    return httpx.Client(
        base_url=cluster["server"],
        headers={"Authorization": f"Bearer {user['token']}"},
        verify=ssl.create_default_context(cadata=authority),
        trust_env=False,
        timeout=10,
    )


@dataclass
class Eye:
    """Belongs to one namespace; its thread runs for the block."""

    api: httpx.Client
    looking: httpx.Client
    """Of its thread alone: a client that two threads share may close a connection of one when the other looks for a free one."""
    namespace: str
    ready_at: dict[Wanted, float] = field(default_factory=dict)
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    holders: list[tuple[float, str]] = field(default_factory=list)
    """Who held the lease, from when on."""
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._look_until_over, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        assert self._thread is not None
        self._thread.join(20)

    def path(self, kind: str, name: str = "") -> str:
        base = f"/apis/db.atlasgo.io/v1alpha1/namespaces/{self.namespace}/{PLURALS[kind]}"
        return f"{base}/{name}" if name else base

    def write(self, subject: Subject) -> Wanted:
        """Create or change a resource; returns the generation that is wanted now. The API server must be there."""
        spec = subject.spec()
        patched = self.api.patch(
            self.path(subject.kind, subject.name),
            json={"spec": spec},
            headers={"Content-Type": "application/merge-patch+json"},
        )
        if patched.status_code == httpx.codes.NOT_FOUND:
            body = {
                "apiVersion": "db.atlasgo.io/v1alpha1",
                "kind": subject.kind,
                "metadata": {"name": subject.name},
                "spec": spec,
            }
            patched = self.api.post(self.path(subject.kind), json=body)
        patched.raise_for_status()
        return Wanted(subject.name, int(patched.json()["metadata"]["generation"]))

    def is_ready(self, wanted: Wanted) -> bool:
        return wanted in self.ready_at

    def status(self, name: str) -> dict[str, Any]:
        return dict(self.objects.get(name, {}).get("status", {}))

    def _look_until_over(self) -> None:
        while not self._over.wait(EVERY_S):
            try:
                for kind in PLURALS:
                    for item in self._json(self.path(kind))["items"]:
                        self._note(item)
                self._note_lease()
            except (httpx.HTTPError, ValueError):
                continue  # the API server is away

    def _json(self, path: str) -> dict[str, Any]:
        found: dict[str, Any] = self.looking.get(path).raise_for_status().json()
        return found

    def _note(self, item: dict[str, Any]) -> None:
        name, status = str(item["metadata"]["name"]), item.get("status", {})
        self.objects[name] = item
        generation = int(item["metadata"]["generation"])
        conditions = status.get("conditions") or ()
        is_ready = any(one["type"] == "Ready" and one["status"] == "True" for one in conditions)
        if is_ready and status.get("observedGeneration") == generation:
            self.ready_at.setdefault(Wanted(name, generation), time.monotonic())

    def _note_lease(self) -> None:
        items = self._json(f"/apis/coordination.k8s.io/v1/namespaces/{self.namespace}/leases")["items"]
        holder = str(items[0]["spec"].get("holderIdentity") or "") if items else ""
        if holder and (not self.holders or self.holders[-1][1] != holder):
            self.holders.append((time.monotonic(), holder))
