"""Deployments of dev databases at the API server, for a pool thread, over the loop that owns the connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from atlas.errors import Conflict, NotFound
from atlas.handlers.turns.bridge import call

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping

    from atlas.handlers.cluster.api import Cluster


class ClusterWorkloads:
    """The port ``Workloads``."""

    def __init__(self, cluster: Cluster, loop: asyncio.AbstractEventLoop) -> None:
        self._cluster = cluster
        self._loop = loop

    def deployment(self, namespace: str, name: str) -> Mapping[str, object] | None:
        try:
            return self._request("GET", f"{_deployments(namespace)}/{name}")
        except NotFound:
            return None

    def create(self, namespace: str, deployment: Mapping[str, object]) -> None:
        try:
            self._request("POST", _deployments(namespace), deployment)
        except Conflict:
            return  # made in the same moment, by a pass of the operator before us

    def scale(self, namespace: str, name: str, replicas: int) -> None:
        path = f"{_deployments(namespace)}/{name}"
        call(self._loop, self._cluster.merge(path, {"spec": {"replicas": replicas}}))

    def pods(self, namespace: str, instance: str) -> tuple[Mapping[str, object], ...]:
        query = urlencode({"labelSelector": f"app.kubernetes.io/instance={instance}"})
        answer = self._request("GET", f"/api/v1/namespaces/{namespace}/pods?{query}")
        return tuple(answer.get("items") or ())

    def _request(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        return call(self._loop, self._cluster.request(method, path, body=body))


def _deployments(namespace: str) -> str:
    return f"/apis/apps/v1/namespaces/{namespace}/deployments"
