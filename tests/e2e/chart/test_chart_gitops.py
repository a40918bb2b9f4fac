"""The chart in the hands of Argo CD, Flux and Helm itself: its values, its hooks, and what is waited for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.clients import gitops
from tests.e2e.chart.release import of_kind, rendered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.controlplane.client import Kubectl
    from tests.controlplane.helm import Helm
    from tests.e2e.chart.release import Release

HOOK = "helm.sh/hook"


def values_of(page: str) -> dict[str, Any]:
    """What a page gives to the chart."""
    for one in gitops.manifests(page):
        spec = one.get("spec", {})
        given = spec.get("values") or spec.get("source", {}).get("helm", {}).get("valuesObject")
        if given:
            return dict(given)
    raise AssertionError(page)


@pytest.mark.parametrize("page", ["argo-cd.md", "flux.md"])
def test_the_values_of_the_page_are_taken_and_give_the_same_each_time(
    page: str, helm_alone: Helm, tmp_path: Path
) -> None:
    file = tmp_path / "values.yaml"
    file.write_text(yaml.safe_dump(values_of(page)))
    objects = rendered(helm_alone, f"--values={file}")
    assert objects == rendered(helm_alone, f"--values={file}")
    kinds = {one["kind"] for one in objects}
    assert {"StatefulSet", "Job", "CustomResourceDefinition"} <= kinds
    of_the_cluster = {one["kind"] for one in objects if "namespace" not in one["metadata"]}
    assert of_the_cluster == {"CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding"}
    annotations = [one["metadata"].get("annotations", {}) for one in objects]
    assert {one[HOOK] for one in annotations if HOOK in one} == {"pre-install,pre-upgrade"}
    assert not [key for one in annotations for key in one if "argocd" in key]
    for one in objects:
        if one["kind"] == "CustomResourceDefinition":
            assert one["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"
            assert 20_000 < len(json.dumps(one)) < 60_000


def test_metrics_keep_the_namespace_of_the_resource_that_they_speak_of(helm_alone: Helm) -> None:
    monitor = of_kind(rendered(helm_alone, "--set=metrics.serviceMonitor.enabled=true"), "ServiceMonitor")
    assert [one["honorLabels"] for one in monitor["spec"]["endpoints"]] == [True]


def test_helm_3_waits_for_no_resource_of_ours(
    with_our_crds: Kubectl, new_release: Callable[..., Release], tmp_path: Path
) -> None:
    chart = tmp_path / "shop"
    (chart / "templates").mkdir(parents=True)
    (chart / "Chart.yaml").write_text(json.dumps({"apiVersion": "v2", "name": "shop", "version": "1.0.0"}))
    [migration] = [one for one in gitops.manifests("argo-cd.md") if one["kind"] == "AtlasMigration"]
    (chart / "templates" / "migration.yaml").write_text(json.dumps(migration))
    release = new_release("shop")
    release.install("--wait", chart=chart)
    assert "conditions" not in release.get("atlasmigration", "shop")["status"]
