"""From a release of the Go operator's chart to one of ours and back, by the commands of the page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.e2e.chart import go_chart
from tests.e2e.chart.release import DEFINITIONS
from tests.e2e.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.controlplane.client import Kubectl
    from tests.e2e.chart.release import Release

PAGE = (ROOT / "docs" / "howto" / "helm.md").read_text()
SECTION = PAGE.partition("## From the chart of the Go operator, and back")[2]
THERE, BACK = (step[1] for step in re.finditer(r"```shell\n(.*?)```", SECTION, re.DOTALL))
GO_STATUS = {
    "observedGeneration": 1,
    "observed_hash": "0" * 64,
    "lastAppliedVersion": "1",
    "lastApplied": 1700000000,
    "failed": 0,
    "conditions": [
        {
            "type": "Ready",
            "status": "True",
            "reason": "Applied",
            "message": "",
            "observedGeneration": 1,
            "lastTransitionTime": "2024-01-01T00:00:00Z",
        }
    ],
}


def resources(release: Release) -> list[dict[str, Any]]:
    """What the Go operator leaves: resources with their status, and the Secret of a kept directory."""
    here = {"name": "shop", "namespace": release.namespace}
    spec = {"url": "sqlite://shop.db", "dir": {"local": {"1_a.sql": "SELECT 1;"}}}
    kept = {**here, "name": "io.atlasgo.db.v1.shop.latest"}
    group = {"apiVersion": "db.atlasgo.io/v1alpha1"}
    return [
        {**group, "kind": "AtlasMigration", "metadata": here, "spec": spec},
        {
            **group,
            "kind": "AtlasSchema",
            "metadata": here,
            "spec": {"url": "sqlite://x.db", "schema": {"sql": ""}},
        },
        {
            "apiVersion": "v1",
            "kind": "Secret",
            "type": "atlasgo.io/db.v1",
            "metadata": kept,
            "data": {"a": "Yg=="},
        },
    ]


def with_old_release(release: Release, old: Path) -> dict[str, Any]:
    """Install the stand-in and its resources; returns what must not change."""
    release.install("--set=prewarmDevDB=false", chart=old)
    release.kubectl(
        "wait", "--for=condition=Established", *(f"crd/{name}" for name in DEFINITIONS), "--timeout=30s"
    )
    items = {"apiVersion": "v1", "kind": "List", "items": resources(release)}
    release.kubectl("create", "-f", "-", input=json.dumps(items))
    release.kubectl(
        *("patch", "atlasmigration", "shop", "--namespace", release.namespace, "--subresource=status"),
        *("--type=merge", "--patch", json.dumps({"status": GO_STATUS})),
    )
    return state(release)


def state(release: Release) -> dict[str, Any]:
    """Resources and Secrets whole, with uid and resourceVersion: nothing was written to them, nothing made anew."""
    found = release.get("atlasmigrations,atlasschemas,secrets")["items"]
    return {
        f"{one['kind']} {one['metadata']['name']}": one
        for one in found
        if one.get("type") != "helm.sh/release.v1"
    }


def columns(kubectl: Kubectl) -> list[str]:
    (version,) = kubectl.json("get", "crd", DEFINITIONS[0])["spec"]["versions"]
    return [column["name"] for column in version["additionalPrinterColumns"]]


def test_there_and_back_by_the_commands_of_the_page_and_nothing_is_lost(
    without_crds: Kubectl, new_release: Callable[..., Release], tmp_path: Path
) -> None:
    release, old = new_release(), go_chart.written(tmp_path)
    before = with_old_release(release, old)
    assert len(before) == 3
    uids = {name: without_crds.json("get", "crd", name)["metadata"]["uid"] for name in DEFINITIONS}

    release.follow(THERE, old_chart=old)
    assert state(release) == before
    container = release.get("deployment", "atlas-operator")["spec"]["template"]["spec"]["containers"][0]
    assert {"name": "PREWARM_DEVDB", "value": "false"} in container["env"]  # its values came along
    assert columns(without_crds) == [
        "Ready",
        "Reason",
        "Version",
        "Age",
        "Message",
    ]  # the definitions are ours

    release.follow(BACK, old_chart=old)
    assert state(release) == before
    container = release.get("deployment", "atlas-operator")["spec"]["template"]["spec"]["containers"][0]
    assert container["image"] == "arigaio/atlas-operator:0.7.37"
    assert columns(without_crds) == ["Ready", "Reason"]
    assert {name: without_crds.json("get", "crd", name)["metadata"]["uid"] for name in DEFINITIONS} == uids


def test_without_these_commands_all_resources_would_be_lost(
    without_crds: Kubectl, new_release: Callable[..., Release], tmp_path: Path
) -> None:
    """Why the page is so careful: an annotation on the definitions alone does not keep them."""
    release = new_release()
    with_old_release(release, go_chart.written(tmp_path))
    without_crds("annotate", "crd", *DEFINITIONS, "helm.sh/resource-policy=keep")
    release.uninstall()
    without_crds("wait", "--for=delete", "--timeout=30s", *(f"crd/{name}" for name in DEFINITIONS))
