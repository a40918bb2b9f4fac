"""A stand-in for the Go operator's chart, by what is known of it: definitions among its templates, none of them kept.

Its own texts are not here. The definitions are ours without what ours add (names, columns), which is what swapping them
is about: fields that a release takes away and gives back while resources stay.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from tests.controlplane.fixtures import CRDS

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("Ready", "Reason")
VALUES = {
    "crds": {"create": True},
    "rbac": {"create": True},
    "prewarmDevDB": True,
    "allowCustomConfig": False,
}
CHART = {"apiVersion": "v2", "name": "atlas-operator", "version": "0.7.37", "appVersion": "0.7.37"}


def written(folder: Path) -> Path:
    """Write the chart into a new folder; returns it."""
    chart = folder / "go-chart"
    (chart / "templates").mkdir(parents=True)
    (chart / "Chart.yaml").write_text(json.dumps(CHART))
    (chart / "values.yaml").write_text(json.dumps(VALUES))
    (chart / "templates" / "crds.yaml").write_text(guarded("crds.create", definitions()))
    (chart / "templates" / "rbac.yaml").write_text(guarded("rbac.create", rights()))
    (chart / "templates" / "operator.yaml").write_text(document(deployment(), account()))
    return chart


def guarded(value: str, objects: list[dict[str, Any]]) -> str:
    return f"{{{{- if .Values.{value} }}}}\n{document(*objects)}{{{{- end }}}}\n"


def document(*objects: dict[str, Any]) -> str:
    return "".join(f"---\n{json.dumps(one)}\n" for one in objects)


def definitions() -> list[dict[str, Any]]:
    found = [yaml.safe_load(path.read_text()) for path in sorted(CRDS.glob("*.yaml"))]
    for one in found:
        for ours in ("shortNames", "categories"):
            one["spec"]["names"].pop(ours, None)
        (version,) = one["spec"]["versions"]
        version["additionalPrinterColumns"] = [
            {key: column[key] for key in ("name", "type", "jsonPath")}
            for column in version["additionalPrinterColumns"]
            if column["name"] in COLUMNS
        ]
    return found


def rights() -> list[dict[str, Any]]:
    group = "rbac.authorization.k8s.io"
    everything = ["create", "delete", "get", "list", "patch", "update", "watch"]
    rules = [
        {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": everything},
        {"apiGroups": [""], "resources": ["configmaps", "secrets"], "verbs": everything},
        {
            "apiGroups": ["db.atlasgo.io"],
            "resources": ["atlasmigrations", "atlasschemas"],
            "verbs": everything,
        },
    ]
    name = {"metadata": {"name": "{{ .Release.Name }}"}}
    return [
        {"apiVersion": f"{group}/v1", "kind": "ClusterRole", **name, "rules": rules},
        {
            "apiVersion": f"{group}/v1",
            "kind": "ClusterRoleBinding",
            **name,
            "roleRef": {"apiGroup": group, "kind": "ClusterRole", "name": "{{ .Release.Name }}"},
            "subjects": [
                {
                    "kind": "ServiceAccount",
                    "name": "{{ .Release.Name }}",
                    "namespace": "{{ .Release.Namespace }}",
                }
            ],
        },
    ]


def account() -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "{{ .Release.Name }}"}}


def deployment() -> dict[str, Any]:
    labels = {"app.kubernetes.io/name": "atlas-operator", "app.kubernetes.io/instance": "{{ .Release.Name }}"}
    container = {"name": "manager", "image": "arigaio/atlas-operator:0.7.37"}
    template = {"metadata": {"labels": labels}, "spec": {"containers": [container]}}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "{{ .Release.Name }}", "labels": labels},
        "spec": {"replicas": 1, "selector": {"matchLabels": labels}, "template": template},
    }
