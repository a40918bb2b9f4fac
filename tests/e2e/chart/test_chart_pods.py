"""Pods of every variant of the chart are taken by a namespace that enforces the profile "restricted" of Pod Security."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.chart.release import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.controlplane.cluster import ControlPlane
    from tests.controlplane.helm import Helm

VARIANTS = {
    "nothing said": (),
    "everything": (
        "--set=registry.enabled=true,devServers.postgres.enabled=true,devServers.mariadb.enabled=true",
        "--set=persistence.enabled=true,allowCustomConfig=true,prewarmDevDB=false,replicaCount=3",
        "--set=registry.databaseFrom.name=index,registry.content=s3://bucket/atlas,registry.publicPages=true",
        "--set=imagePullSecrets[0].name=pull,extraEnvs[0].name=A,extraEnvs[0].value=b",
    ),
    "a registry that keeps nothing": ("--set=registry.enabled=true,registry.persistence.enabled=false",),
    "a registry on a claim that is there": (
        "--set=registry.enabled=true,registry.persistence.existingClaim=mine",
    ),
    "values of the Go operator's chart": (
        "--set=podSecurityContext.runAsNonRoot=true,containerSecurityContext.runAsUser=65532",
        "--set=containerSecurityContext.allowPrivilegeEscalation=false,persistence.fsGroup=65532",
    ),
}


@pytest.fixture(scope="module")
def restricted(chart_plane: ControlPlane) -> Iterator[str]:
    name = "chart-restricted"
    labels = {"pod-security.kubernetes.io/enforce": "restricted"}
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}
    chart_plane.kubectl("create", "-f", "-", input=json.dumps(namespace))
    yield name
    chart_plane.kubectl("delete", "namespace", name, "--wait=false")


def pods(objects: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The templates of pods; claims of a StatefulSet are volumes of its pods, as its controller makes them."""
    found = {
        f"{one['kind']} {one['metadata']['name']}": one
        for one in objects
        if "template" in one.get("spec", {})
    }
    for one in found.values():
        for claim in one["spec"].get("volumeClaimTemplates", ()):
            name = claim["metadata"]["name"]
            volume = {"name": name, "persistentVolumeClaim": {"claimName": name}}
            one["spec"]["template"]["spec"]["volumes"].append(volume)
    return {name: one["spec"]["template"] for name, one in found.items()}


def created(plane: ControlPlane, namespace: str, template: dict[str, Any]) -> str:
    """'' if the server takes a pod of this template, else its words."""
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {**template["metadata"], "name": "pod", "namespace": namespace},
        "spec": template["spec"],
    }
    answer = plane.kubectl.attempt("create", "--dry-run=server", "-f", "-", input=json.dumps(pod))
    return "" if answer.returncode == 0 else answer.stderr


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_pod_of_the_chart_is_restricted(
    variant: str, chart_plane: ControlPlane, helm: Helm, restricted: str
) -> None:
    found = pods(rendered(helm, *VARIANTS[variant]))
    assert {name: created(chart_plane, restricted, pod) for name, pod in found.items()} == dict.fromkeys(
        found, ""
    )
    for pod in found.values():
        for container in (*pod["spec"].get("initContainers", ()), *pod["spec"]["containers"]):
            assert container["securityContext"]["readOnlyRootFilesystem"] is True


def test_the_variants_have_every_kind_of_pod(helm: Helm) -> None:
    assert set(pods(rendered(helm, *VARIANTS["everything"]))) == {
        "Deployment atlas-operator",
        "Deployment atlas-operator-dev-postgres",
        "Deployment atlas-operator-dev-mariadb",
        "StatefulSet atlas-operator-registry",
        "Job atlas-operator-make-secret",
    }


def test_the_namespace_refuses_a_pod_that_may_be_root(
    chart_plane: ControlPlane, helm: Helm, restricted: str
) -> None:
    """Else the tests above would prove nothing."""
    flags = "--set=podSecurityContext.runAsNonRoot=false,containerSecurityContext.runAsUser=0"
    (pod,) = pods(rendered(helm, flags)).values()
    assert 'violates PodSecurity "restricted' in created(chart_plane, restricted, pod)
