"""The directory that was applied last, kept for the way back in a Secret of the Go operator's form."""

from __future__ import annotations

import gzip
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

from atlas.errors import Conflict, NotFound, Rejected
from atlas.handlers.turns.bridge import call
from atlas.reconcile.resource import owner_reference

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping

    from atlas.handlers.cluster.api import Cluster
    from atlas.reconcile.resource import Resource

TYPE = "atlasgo.io/db.v1"
KEY = "migrations.tar.gz"
SIZE_LIMIT_BYTES = 1024 * 1024
"""The API server stores no larger Secret."""


def secret_name(resource: Resource) -> str:
    """The name that the Go operator gives it."""
    return f"io.atlasgo.db.v1.{resource.name}.latest"


class ClusterDirectoryStates:
    """Secrets beside their resources, which they go with."""

    def __init__(self, cluster: Cluster, loop: asyncio.AbstractEventLoop) -> None:
        self._cluster = cluster
        self._loop = loop

    def load(self, resource: Resource) -> bytes | None:
        found = self._get(resource)
        text = ((found or {}).get("data") or {}).get(KEY)
        return b64decode(text) if text else None

    def store(self, resource: Resource, archive: bytes) -> None:
        data = gzip.compress(archive, mtime=0)
        if len(data) > SIZE_LIMIT_BYTES:
            raise Rejected(
                f"the directory is {len(data):,} bytes packed, and a Secret holds {SIZE_LIMIT_BYTES:,}: "
                "going down needs a directory of the registry"
            )
        wanted = {KEY: b64encode(data).decode()}
        found = self._get(resource)
        if found is None:
            self._create(resource, wanted)
        elif found.get("data") != wanted or not _is_owned_by(resource, found):
            try:
                self._replace(resource, wanted)
            except NotFound:  # it went in this moment with the resource of this name that was there before
                self._create(resource, wanted)

    def _get(self, resource: Resource) -> dict[str, Any] | None:
        try:
            found = call(self._loop, self._cluster.request("GET", _path(resource)))
        except NotFound:
            return None
        if found.get("type") != TYPE:
            raise Rejected(f'invalid secret type, got "{found.get("type")}": expected {TYPE}')
        return found

    def _create(self, resource: Resource, data: dict[str, str]) -> None:
        body = {
            "apiVersion": "v1",
            "kind": "Secret",
            "type": TYPE,
            "metadata": {
                "name": secret_name(resource),
                "namespace": resource.namespace,
                "labels": {**resource.labels, "name": resource.name, "owner": "atlasgo.io"},
                "ownerReferences": [owner_reference(resource)],
            },
            "data": data,
        }
        try:
            call(self._loop, self._cluster.request("POST", _secrets(resource.namespace), body=body))
        except Conflict:
            self._replace(resource, data)

    def _replace(self, resource: Resource, data: dict[str, str]) -> None:
        """One of a resource of this name that was deleted would go with it, some time after this."""
        owned = {"ownerReferences": [owner_reference(resource)]}
        call(self._loop, self._cluster.merge(_path(resource), {"metadata": owned, "data": data}))


def _is_owned_by(resource: Resource, secret: Mapping[str, Any]) -> bool:
    owners = secret["metadata"].get("ownerReferences") or ()
    return any(owner.get("uid") == resource.uid for owner in owners)


def _secrets(namespace: str) -> str:
    return f"/api/v1/namespaces/{namespace}/secrets"


def _path(resource: Resource) -> str:
    return f"{_secrets(resource.namespace)}/{secret_name(resource)}"
