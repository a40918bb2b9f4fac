"""A control plane with our CRDs, an operator as a process, and resources by the hundred."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.controlplane import binaries
from tests.controlplane.cluster import ControlPlane

ROOT = Path(__file__).resolve().parent.parent
RESOURCES_PATH = "/apis/db.atlasgo.io/v1alpha1/atlasmigrations"
OPERATOR = str(Path(sys.executable).parent / "atlas-operator")


@contextmanager
def cluster() -> Iterator[ControlPlane]:
    """A running API server that knows our kinds."""
    plane = ControlPlane.start(binaries.find(os.environ))
    try:
        plane.kubectl("apply", "-f", str(ROOT / "crds"))
        plane.kubectl(
            "wait", "--for=condition=Established", "crd/atlasmigrations.db.atlasgo.io", "--timeout=30s"
        )
        yield plane
    finally:
        plane.stop()


@contextmanager
def operator(plane: ControlPlane, *flags: str) -> Iterator[subprocess.Popen[bytes]]:
    """The operator under measurement; its log is kept out of the terminal."""
    log = (plane.directory / "operator.log").open("ab")
    words = [OPERATOR, "run", "--kubeconfig", str(plane.kubeconfig), "--metrics-bind-address", "0"]
    child = subprocess.Popen([*words, "--health-probe-bind-address", "0", *flags], stdout=log, stderr=log)
    try:
        yield child
    finally:
        child.terminate()
        child.wait(timeout=30)
        log.close()


@dataclass(frozen=True, slots=True)
class Seen:
    """When a resource was seen Ready for the first time, in seconds since the start."""

    name: str
    seconds: float


def migration(name: str, files: Sequence[tuple[str, str]], secret: str) -> dict[str, object]:
    """An AtlasMigration with an inline directory and a Secret's URL."""
    return {
        "apiVersion": "db.atlasgo.io/v1alpha1",
        "kind": "AtlasMigration",
        "metadata": {"name": name},
        "spec": {
            "urlFrom": {"secretKeyRef": {"name": secret, "key": "url"}},
            "dir": {"local": dict(files)},
        },
    }


def secret(name: str, url: str) -> dict[str, object]:
    return {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "stringData": {"url": url}}


def listing(objects: Sequence[dict[str, object]]) -> str:
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": list(objects)})


def wait_until(done: Callable[[], bool], *, seconds: float, pause_s: float = 0.2) -> None:
    """Poll until ``done``.

    Raises:
        TimeoutError: It was not within ``seconds``.
    """
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not done within {seconds:.0f} s")
        time.sleep(pause_s)


def ready_names(plane: ControlPlane) -> set[str]:
    """Names of the resources that are Ready for their current generation."""
    return {str(item["metadata"]["name"]) for item in resources(plane) if is_ready(item)}


def resources(plane: ControlPlane) -> list[dict[str, Any]]:
    """All AtlasMigrations, by one plain GET: what watches must not slow what is watched."""
    items: list[dict[str, Any]] = json.loads(plane.kubectl.raw("get", RESOURCES_PATH))["items"]
    return items


def is_ready(item: dict[str, Any]) -> bool:
    status = item.get("status", {})
    conditions = status.get("conditions", [])
    assert isinstance(conditions, list)
    current = status.get("observedGeneration") == item["metadata"]["generation"]
    return current and any(entry["type"] == "Ready" and entry["status"] == "True" for entry in conditions)
