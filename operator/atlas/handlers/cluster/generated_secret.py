"""A Secret of random values that an installation makes once: what is there is kept, what is missing is added."""

from __future__ import annotations

import secrets
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from atlas.errors import Conflict, NotFound
from atlas.handlers.cluster.api import Cluster
from atlas.handlers.cluster.connection import connect, own_namespace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PREFIX = "aci_"
"""A value has the form of a token of the registry, which also stands in a URL as it is."""
_RANDOM_BYTES = 32


def make_secret(flags: Mapping[str, str], name: str, keys: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Make the Secret hold all keys; returns ``namespace/name`` and the keys that are new.

    ``flags`` are kubeconfig and namespace; '' means the service account of the pod, and the operator's own namespace.

    Raises:
        AccessDenied: The account may not get, create or patch the Secret.
        Unavailable: The API server does not answer.
        UsageError: There is no way to a cluster.
    """
    import asyncio

    namespace = flags["namespace"] or own_namespace(flags["kubeconfig"])
    return f"{namespace}/{name}", asyncio.run(_made(flags["kubeconfig"], namespace, name, keys))


async def _made(kubeconfig: str, namespace: str, name: str, keys: Sequence[str]) -> Sequence[str]:
    cluster = Cluster(await connect(kubeconfig))
    folder = f"/api/v1/namespaces/{namespace}/secrets"
    try:
        try:
            found = await cluster.request("GET", f"{folder}/{name}")
        except NotFound:
            try:
                await cluster.request("POST", folder, body=_secret(namespace, name, keys))
            except Conflict:  # somebody made it in this moment, and their values count
                found = await cluster.request("GET", f"{folder}/{name}")
            else:
                return keys
        return await _completed(cluster, f"{folder}/{name}", found, keys)
    finally:
        await cluster.close()


async def _completed(
    cluster: Cluster, path: str, found: Mapping[str, Any], keys: Sequence[str]
) -> Sequence[str]:
    missing = [key for key in keys if not (found.get("data") or {}).get(key)]
    if missing:
        await cluster.merge(path, {"data": {key: _value() for key in missing}})
    return missing


def _secret(namespace: str, name: str, keys: Sequence[str]) -> dict[str, object]:
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "type": "Opaque",
        "metadata": {
            "name": name,
            "namespace": namespace,
            "labels": {"app.kubernetes.io/managed-by": "atlas-operator"},
        },
        "data": {key: _value() for key in keys},
    }


def _value() -> str:
    return b64encode(f"{PREFIX}{secrets.token_urlsafe(_RANDOM_BYTES)}".encode()).decode()
