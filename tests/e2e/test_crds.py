"""The definitions on a real API server: applied as a person would, explained, defaulted, and strict only where promised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from tests.controlplane.client import Kubectl

ROOT = Path(__file__).parents[2]
PLURALS = ("atlasmigrations", "atlasschemas")
EXAMPLES = sorted((ROOT / "examples").rglob("*.yaml"))


@pytest.fixture(scope="module")
def cluster(kubectl: Kubectl) -> Kubectl:
    """A cluster with our definitions, put there by client-side apply."""
    kubectl("apply", "-f", str(ROOT / "crds"))
    for plural in PLURALS:
        kubectl("wait", "--for=condition=Established", f"crd/{plural}.db.atlasgo.io", "--timeout=30s")
    return kubectl


def resource(kind: str, spec: dict[str, Any], name: str = "one") -> str:
    return json.dumps(
        {"apiVersion": "db.atlasgo.io/v1alpha1", "kind": kind, "metadata": {"name": name}, "spec": spec}
    )


@pytest.mark.parametrize("plural", PLURALS)
def test_plain_apply_keeps_the_whole_definition_in_its_annotation(cluster: Kubectl, plural: str) -> None:
    definition = cluster.json("get", "crd", f"{plural}.db.atlasgo.io")
    assert "kubectl.kubernetes.io/last-applied-configuration" in definition["metadata"]["annotations"]


@pytest.mark.parametrize("plural", PLURALS)
def test_the_schema_is_structural(cluster: Kubectl, plural: str) -> None:
    definition = cluster.json("get", "crd", f"{plural}.db.atlasgo.io")
    states = {condition["type"]: condition["status"] for condition in definition["status"]["conditions"]}
    assert states["Established"] == "True"
    assert states.get("NonStructuralSchema", "False") == "False"


def test_applying_the_definitions_again_changes_nothing(cluster: Kubectl) -> None:
    answer = cluster("apply", "-f", str(ROOT / "crds"))
    assert [line.split()[-1] for line in answer.stdout.splitlines()] == ["unchanged", "unchanged"]
    assert answer.stderr == ""  # the API server warns of what it will refuse one day


def test_a_tag_is_explained_in_our_words(cluster: Kubectl) -> None:
    answer = cluster("explain", "atlasmigration.spec.dir.remote.tag")
    assert "Tag of the version to deploy" in " ".join(answer.stdout.split())


@pytest.mark.parametrize(
    ("short", "columns"),
    [
        ("atlasmig", ["NAME", "READY", "REASON", "VERSION", "AGE", "MESSAGE"]),
        ("atlassch", ["NAME", "READY", "REASON", "AGE", "HASH", "MESSAGE"]),
    ],
)
def test_wide_output_shows_our_columns(
    cluster: Kubectl, kube_namespace: str, short: str, columns: list[str]
) -> None:
    kind = "AtlasMigration" if short == "atlasmig" else "AtlasSchema"
    cluster(
        "apply",
        "-n",
        kube_namespace,
        "-f",
        "-",
        input=resource(kind, {"dir": {}} if short == "atlasmig" else {}),
    )
    assert cluster("get", short, "-n", kube_namespace, "-o", "wide").stdout.split("\n")[0].split() == columns
    assert "one" in cluster("get", "atlas", "-n", kube_namespace).stdout


def test_a_new_migration_has_the_defaults_and_no_observed_generation(
    cluster: Kubectl, kube_namespace: str
) -> None:
    created = cluster(
        "create", "-n", kube_namespace, "-o", "json", "-f", "-", input=resource("AtlasMigration", {"dir": {}})
    )
    found = json.loads(created.stdout)
    assert found["spec"] == {"dir": {}, "execOrder": "linear", "backoffLimit": 20}
    assert found["status"]["observedGeneration"] == -1


def test_a_new_schema_has_the_defaults(cluster: Kubectl, kube_namespace: str) -> None:
    created = cluster(
        "create", "-n", kube_namespace, "-o", "json", "-f", "-", input=resource("AtlasSchema", {})
    )
    found = json.loads(created.stdout)
    assert found["spec"] == {"txMode": "file", "backoffLimit": 20}
    assert found["status"]["observedGeneration"] == -1


def test_a_migration_without_a_target_is_accepted_and_left_to_the_operator(
    cluster: Kubectl, kube_namespace: str
) -> None:
    spec = {"backoffLimit": 2, "dir": {"local": {"1.sql": "SELECT 1;"}}}
    cluster("apply", "-n", kube_namespace, "-f", "-", input=resource("AtlasMigration", spec))


@pytest.mark.parametrize(
    ("kind", "spec", "words"),
    [
        ("AtlasMigration", {}, "spec.dir: Required value"),
        ("AtlasMigration", {"dir": {}, "execOrder": "random"}, "spec.execOrder: Unsupported value"),
        ("AtlasMigration", {"dir": {}, "policy": {"drift": {"onError": "SHRUG"}}}, "Unsupported value"),
        (
            "AtlasMigration",
            {"dir": {}, "urlFrom": {"secretKeyRef": {"name": "s"}}},
            "secretKeyRef.key: Required value",
        ),
        ("AtlasSchema", {"txMode": "some"}, "spec.txMode: Unsupported value"),
        ("AtlasSchema", {"policy": {"lint": {"review": "SOMETIMES"}}}, "Unsupported value"),
    ],
    ids=["no-dir", "exec-order", "drift", "no-key", "tx-mode", "review"],
)
def test_the_api_server_refuses_what_it_always_refused(
    cluster: Kubectl, kube_namespace: str, kind: str, spec: dict[str, Any], words: str
) -> None:
    answer = cluster.attempt("create", "-n", kube_namespace, "-f", "-", input=resource(kind, spec))
    assert answer.returncode != 0
    assert words in answer.stderr


def test_a_misspelt_field_is_named_by_kubectl(cluster: Kubectl, kube_namespace: str) -> None:
    answer = cluster.attempt(
        "create",
        "-n",
        kube_namespace,
        "-f",
        "-",
        input=resource("AtlasMigration", {"dir": {}, "urlform": {}}),
    )
    assert 'unknown field "spec.urlform"' in answer.stderr


def test_an_own_pod_is_kept_as_written(cluster: Kubectl, kube_namespace: str) -> None:
    pod = {"containers": [{"name": "db", "image": "postgres:15", "resources": {"limits": {"memory": "1Gi"}}}]}
    cluster(
        "apply",
        "-n",
        kube_namespace,
        "-f",
        "-",
        input=resource("AtlasMigration", {"dir": {}, "devDB": {"spec": pod}}),
    )
    assert cluster.json("get", "atlasmig", "one", "-n", kube_namespace)["spec"]["devDB"]["spec"] == pod


def test_status_keeps_every_field_that_is_written_and_leaves_the_generation_alone(
    cluster: Kubectl, kube_namespace: str
) -> None:
    here = ("-n", kube_namespace)
    cluster("apply", *here, "-f", "-", input=resource("AtlasMigration", {"dir": {}}))
    status = {
        "observedGeneration": 1,
        "lastAppliedVersion": "20231201182011",
        "lastApplied": 1_700_000_000,
        "lastDeploymentUrl": "http://registry/deployments/1",
        "approvalUrl": "http://registry/deployments/2",
        "observed_hash": "abc",
        "failed": 0,
        "source": {"url": "s3://my-bucket/atlas-backup", "pushedAt": "2026-01-05T08:59:56Z", "reason": "out"},
        "pending": 5,
        "progress": "7/12 files",
        "conditions": [
            {
                "type": "Ready",
                "status": "False",
                "reason": "Reconciling",
                "message": "5 files to go",
                "lastTransitionTime": "2026-01-05T09:00:00Z",
                "observedGeneration": 1,
            }
        ],
    }
    cluster(
        "patch",
        "atlasmig",
        "one",
        *here,
        "--subresource=status",
        "--type=merge",
        "-p",
        json.dumps({"status": status}),
    )
    found = cluster.json("get", "atlasmig", "one", *here)
    assert found["status"] == status
    assert found["metadata"]["generation"] == 1
    row = cluster("get", "atlasmig", "one", *here, "--no-headers", "-o", "wide").stdout
    assert row.split()[1:4] == ["False", "Reconciling", "20231201182011"]
    assert row.rstrip().endswith("5 files to go")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: str(path.relative_to(ROOT / "examples")))
def test_an_example_can_be_applied_as_it_is(cluster: Kubectl, kube_namespace: str, example: Path) -> None:
    cluster("apply", "-n", kube_namespace, "-f", str(example))
    names = [document["metadata"]["name"] for document in yaml.safe_load_all(example.read_text())]
    listed = cluster("get", "-n", kube_namespace, "-f", str(example), "-o", "name").stdout
    assert all(name in listed for name in names)
