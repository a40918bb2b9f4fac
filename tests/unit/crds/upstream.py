"""The fields that ``db.atlasgo.io/v1alpha1`` has in the Go operator (chart 0.7.37), as its users know them.

One row a field: path, and exactly the type, enum and default that a manifest may rely on.
"""

from __future__ import annotations

from typing import Any

Row = tuple[str, dict[str, Any]]

STRING: dict[str, Any] = {"type": "string"}
INTEGER: dict[str, Any] = {"type": "integer"}
BOOLEAN: dict[str, Any] = {"type": "boolean"}
OBJECT: dict[str, Any] = {"type": "object"}
ARRAY: dict[str, Any] = {"type": "array"}
SWITCHED_OFF: dict[str, Any] = {"type": "boolean", "default": False}

BOTH: tuple[Row, ...] = (
    ("spec.url", STRING),
    ("spec.urlFrom", OBJECT),
    ("spec.credentials.scheme", STRING),
    ("spec.credentials.user", STRING),
    ("spec.credentials.userFrom", OBJECT),
    ("spec.credentials.password", STRING),
    ("spec.credentials.passwordFrom", OBJECT),
    ("spec.credentials.host", STRING),
    ("spec.credentials.hostFrom", OBJECT),
    ("spec.credentials.port", INTEGER),
    ("spec.credentials.database", STRING),
    ("spec.credentials.parameters", OBJECT),
    ("spec.credentials.parameters{}", STRING),
    ("spec.config", STRING),
    ("spec.configFrom", OBJECT),
    ("spec.envName", STRING),
    ("spec.vars", ARRAY),
    ("spec.vars[].key", STRING),
    ("spec.vars[].value", STRING),
    ("spec.vars[].valueFrom", OBJECT),
    ("spec.devURL", STRING),
    ("spec.devURLFrom", OBJECT),
    ("spec.devDB", OBJECT),
    ("spec.devDB.spec", OBJECT),
    ("spec.cloud", OBJECT),
    ("spec.cloud.tokenFrom", OBJECT),
    ("spec.backoffLimit", {"type": "integer", "default": 20}),
    ("status", {"type": "object", "default": {"observedGeneration": -1}}),
    ("status.observedGeneration", INTEGER),
    ("status.observed_hash", STRING),
    ("status.failed", {"type": "integer", "default": 0}),
    ("status.conditions", ARRAY),
    ("status.conditions[].type", STRING),
    ("status.conditions[].status", {"type": "string", "enum": ["True", "False", "Unknown"]}),
    ("status.conditions[].reason", STRING),
    ("status.conditions[].message", STRING),
    ("status.conditions[].lastTransitionTime", STRING),
    ("status.conditions[].observedGeneration", INTEGER),
)

ATLAS_MIGRATION: tuple[Row, ...] = (
    *BOTH,
    ("spec.cloud.url", STRING),
    ("spec.cloud.project", STRING),
    ("spec.dir", OBJECT),
    ("spec.dir.configMapRef", OBJECT),
    ("spec.dir.configMapRef.name", {"type": "string", "default": ""}),
    ("spec.dir.local", OBJECT),
    ("spec.dir.local{}", STRING),
    ("spec.dir.remote", OBJECT),
    ("spec.dir.remote.name", STRING),
    ("spec.dir.remote.tag", STRING),
    ("spec.revisionsSchema", STRING),
    ("spec.baseline", STRING),
    (
        "spec.execOrder",
        {"type": "string", "enum": ["linear", "linear-skip", "non-linear"], "default": "linear"},
    ),
    ("spec.protectedFlows.migrateDown.allow", SWITCHED_OFF),
    ("spec.protectedFlows.migrateDown.autoApprove", SWITCHED_OFF),
    ("spec.policy.drift.onError", {"type": "string", "enum": ["FAIL", "CONTINUE"]}),
    ("spec.policy.drift.exclude", ARRAY),
    ("status.lastAppliedVersion", STRING),
    ("status.lastDeploymentUrl", STRING),
    ("status.approvalUrl", STRING),
    ("status.lastApplied", INTEGER),
)

SKIPPED_CHANGES: tuple[Row, ...] = tuple(
    (f"spec.policy.diff.skip.{verb}_{kind}", BOOLEAN)
    for verb in ("add", "drop", "modify")
    for kind in ("schema", "table", "column", "index", "foreign_key")
)

ATLAS_SCHEMA: tuple[Row, ...] = (
    *BOTH,
    ("spec.cloud.repo", STRING),
    ("spec.schema", OBJECT),
    ("spec.schema.sql", STRING),
    ("spec.schema.hcl", STRING),
    ("spec.schema.url", STRING),
    ("spec.schema.configMapKeyRef", OBJECT),
    ("spec.exclude", ARRAY),
    ("spec.exclude[]", STRING),
    ("spec.schemas", ARRAY),
    ("spec.schemas[]", STRING),
    ("spec.txMode", {"type": "string", "enum": ["file", "all", "none"], "default": "file"}),
    ("spec.policy.lint.destructive.error", BOOLEAN),
    ("spec.policy.lint.review", {"type": "string", "enum": ["ALWAYS", "WARNING", "ERROR"]}),
    ("spec.policy.diff.concurrent_index.create", BOOLEAN),
    ("spec.policy.diff.concurrent_index.drop", BOOLEAN),
    *SKIPPED_CHANGES,
    ("status.last_applied", INTEGER),
    ("status.planURL", STRING),
    ("status.planLink", STRING),
)

SHARED_REFS = (
    "spec.urlFrom.secretKeyRef",
    "spec.credentials.userFrom.secretKeyRef",
    "spec.credentials.passwordFrom.secretKeyRef",
    "spec.credentials.hostFrom.secretKeyRef",
    "spec.configFrom.secretKeyRef",
    "spec.vars[].valueFrom.secretKeyRef",
    "spec.vars[].valueFrom.configMapKeyRef",
    "spec.devURLFrom.secretKeyRef",
    "spec.cloud.tokenFrom.secretKeyRef",
)

SECRET_KEY_REFS: dict[str, tuple[str, ...]] = {
    "atlasmigrations": SHARED_REFS,
    "atlasschemas": (*SHARED_REFS, "spec.schema.configMapKeyRef"),
}
