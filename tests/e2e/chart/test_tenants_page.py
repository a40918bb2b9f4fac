"""The page on sharing an operator: its values are values of the chart, its objects are taken, its releases are apart."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

import yaml

from tests.e2e.chart.release import CHART, of_kind, rendered
from tests.e2e.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.controlplane.client import Kubectl
    from tests.controlplane.helm import Helm

PAGE = (ROOT / "docs" / "howto" / "tenants.md").read_text()
YAML = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
(INSTALLS,) = [
    block for block in re.findall(r"```shell\n(.*?)```", PAGE, re.DOTALL) if "helm install" in block
]


def args(objects: list[dict[str, Any]], name: str) -> set[str]:
    (container,) = of_kind(objects, "Deployment", name)["spec"]["template"]["spec"]["containers"]
    return set(container["args"])


def test_the_values_of_the_page_are_flags_of_the_operator(helm_alone: Helm, tmp_path: Path) -> None:
    files = []
    for number, block in enumerate(block for block in YAML if "namespaceTokens" in block):
        files.append(tmp_path / f"{number}.yaml")
        files[-1].write_text(block)
    objects = rendered(helm_alone, *(f"--values={file}" for file in files))
    assert {
        "--namespace-token-secret=atlas-token",
        "--namespace-token-key=token",
        "--namespace-token-required",
        "--namespace-project=north=north",
        "--namespace-project=south=south",
    } <= args(objects, "atlas-operator")


def test_two_releases_have_labels_and_a_lease_of_their_own_and_one_the_definitions(helm_alone: Helm) -> None:
    found = {}
    for line in INSTALLS.replace("\\\n", " ").splitlines():
        _, _, name, _, *flags = shlex.split(line)
        printed = helm_alone(
            "template", name, CHART, *(flag for flag in flags if flag != "--create-namespace")
        )
        found[name] = [one for one in yaml.safe_load_all(printed) if one]
    for name, objects in found.items():
        expected = {f"--label-selector=team in ({name})", f"--leader-election-namespace=atlas-{name}"}
        assert expected <= args(objects, f"{name}-atlas-operator")
    kinds = {name: {one["kind"] for one in objects} for name, objects in found.items()}
    assert [name for name in kinds if "CustomResourceDefinition" in kinds[name]] == ["north"]
    clusterwide = [
        {one["metadata"]["name"] for one in objects if "Cluster" in one["kind"]} for objects in found.values()
    ]
    assert clusterwide[0] & clusterwide[1] == set()


def test_the_network_policy_is_one(kubectl: Kubectl, kube_namespace: str) -> None:
    (policy,) = [block for block in YAML if "NetworkPolicy" in block]
    policy = policy.replace("namespace: atlas}", f"namespace: {kube_namespace}}}")
    printed = kubectl("apply", "--dry-run=server", "-f", "-", input=policy)
    assert "networkpolicy.networking.k8s.io/atlas-operator-no-metadata created" in str(printed)
