"""A resource as a pass finds it: its identity, its spec and what the last pass left in its status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

API_VERSION = "db.atlasgo.io/v1alpha1"
REQUESTED_AT = "db.atlasgo.io/reconcile-requested-at"
"""Annotation; any new value forces one try."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What the status says. A status written by another operator reads the same.

    Attributes:
        schema_hash, applied_at_s: Of an AtlasSchema; '' and 0 before the first success.
        pushed_state: Of an AtlasSchema: the pushed state that was applied last, as ``slug@sha256:…``.
    """

    generation: int = -1
    ready: bool = False
    observed_hash: str = ""
    failed: int = 0
    schema_hash: str = ""
    applied_at_s: int = 0
    pushed_state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One object of the cluster or of a folder of manifests.

    Attributes:
        spec: As written, defaults of the API server included.
        status: As stored; the keys of the CRD.
    """

    kind: str
    namespace: str
    name: str
    uid: str
    generation: int
    is_deleted: bool = False
    requested_at: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    spec: Mapping[str, object] = field(repr=False)
    status: Mapping[str, object] = field(default_factory=dict, repr=False)

    @property
    def observed(self) -> Observed:
        """What the last pass left."""
        return _observed(self.status)

    @property
    def is_idle(self) -> bool:
        """Nothing is to be done: it is being deleted, or suspended."""
        return self.is_deleted or self.spec.get("suspend") is True

    @property
    def is_settled(self) -> bool:
        """Ready, and the status speaks of this very generation."""
        return self.observed.ready and self.observed.generation == self.generation


def resource_of(body: Mapping[str, object]) -> Resource:
    """Read the parts of an object that the API server vouches for; the spec stays as it is."""
    metadata = _mapping(body.get("metadata"))
    return Resource(
        kind=str(body.get("kind", "")),
        namespace=str(metadata.get("namespace", "")),
        name=str(metadata.get("name", "")),
        uid=str(metadata.get("uid", "")),
        generation=_number(metadata.get("generation"), 0),
        is_deleted=bool(metadata.get("deletionTimestamp")),
        requested_at=str(_mapping(metadata.get("annotations")).get(REQUESTED_AT, "")),
        labels={str(name): str(value) for name, value in _mapping(metadata.get("labels")).items()},
        spec=_mapping(body.get("spec")),
        status=_mapping(body.get("status")),
    )


def owner_reference(resource: Resource) -> dict[str, object]:
    """What makes an object go when its resource goes.

    It does not block the deletion of its owner: clusters with the admission plugin OwnerReferencesPermissionEnforcement,
    as OpenShift's, let only those say so who may change finalizers, which the operator never does.
    """
    return {
        "apiVersion": API_VERSION,
        "kind": resource.kind,
        "name": resource.name,
        "uid": resource.uid,
        "controller": True,
    }


def _observed(status: Mapping[str, object]) -> Observed:
    conditions = status.get("conditions")
    ready = any(
        condition.get("type") == "Ready" and condition.get("status") == "True"
        for condition in (conditions if isinstance(conditions, list) else ())
        if isinstance(condition, Mapping)
    )
    return Observed(
        generation=_number(status.get("observedGeneration"), -1),
        ready=ready,
        observed_hash=str(status.get("observed_hash") or ""),
        failed=_number(status.get("failed"), 0),
        schema_hash=str(status.get("schemaHash") or ""),
        applied_at_s=_number(status.get("last_applied"), 0),
        pushed_state=str(status.get("pushedState") or ""),
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _number(value: object, default: int) -> int:
    return value if isinstance(value, int) else default
