"""Names of what the operator serves: kinds, resources and the key of one object."""

from __future__ import annotations

from typing import NamedTuple

GROUP = "db.atlasgo.io"
VERSION = "v1alpha1"
MIGRATION = "AtlasMigration"
SCHEMA = "AtlasSchema"
PLURALS = {MIGRATION: "atlasmigrations", SCHEMA: "atlasschemas"}


class Key(NamedTuple):
    """One object."""

    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind.lower()}/{self.namespace}/{self.name}"

    @property
    def path(self) -> str:
        """Its address at the API server."""
        return f"/apis/{GROUP}/{VERSION}/namespaces/{self.namespace}/{PLURALS[self.kind]}/{self.name}"


class Ref(NamedTuple):
    """A Secret or ConfigMap that objects depend on."""

    kind: str
    namespace: str
    name: str
