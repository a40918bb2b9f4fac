"""The page on Helm, followed from its first command to its last; only what needs pods or an image is left out."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.e2e.chart.release import DEFINITIONS, rendered
from tests.e2e.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.controlplane.client import Kubectl
    from tests.controlplane.helm import Helm
    from tests.e2e.chart.release import Release

PAGE = (ROOT / "docs" / "howto" / "helm.md").read_text().partition("## From the chart of the Go operator")[0]
IMAGE, INSTALL, WITH_VALUES, NEW_TOKEN, TOKEN_OF_CI, UPGRADE, UNINSTALL, REMOVE = re.findall(
    r"```shell\n(.*?)```", PAGE, re.DOTALL
)
KIND = (ROOT / "docs" / "howto" / "kind.md").read_text()
NEEDS_A_NODE = re.compile(r"kind |make image$|kubectl .* (wait|exec) ")
YAML = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
VALUES = [
    block.get("spec", {}).get("source", {}).get("helm", {}).get("valuesObject", block)
    for block in map(yaml.safe_load, YAML)
]


@pytest.mark.parametrize("values", VALUES, ids=range(len(VALUES)))
def test_values_of_the_page_are_values_of_the_chart(
    values: dict[str, object], helm_alone: Helm, tmp_path: Path
) -> None:
    file = tmp_path / "values.yaml"
    file.write_text(yaml.safe_dump(values))
    assert rendered(helm_alone, f"--values={file}") != rendered(helm_alone)


def test_the_blocks_that_are_not_followed_here_are_about_images_and_pods() -> None:
    assert "buildah build" in IMAGE
    assert " exec " in TOKEN_OF_CI


def test_the_page_can_be_followed_to_its_end(
    without_crds: Kubectl, new_release: Callable[..., Release]
) -> None:
    release = new_release()

    def token() -> str:
        return b64decode(release.get("secret", "atlas-operator-generated")["data"]["token"]).decode()

    release.follow(INSTALL)
    (release.folder / "values.yaml").write_text(YAML[0])
    release.follow(WITH_VALUES)
    first = token()
    release.follow(NEW_TOKEN)
    assert token() not in ("", first)
    second = token()
    release.follow(UPGRADE)
    assert token() == second
    assert "Atlas resources in the cluster" in release.helm(
        "get", "notes", release.name, "-n", release.namespace
    )
    release.follow(UNINSTALL)
    assert token() == second
    without_crds("get", "crd", *DEFINITIONS)
    release.follow(REMOVE.replace("persistentvolumeclaim/data-atlas-operator-registry-0", ""))
    without_crds("wait", "--for=delete", "--timeout=30s", *(f"crd/{name}" for name in DEFINITIONS))
    assert release.names("secrets") == set()


def test_the_page_on_kind_can_be_followed_where_nothing_runs(
    without_crds: Kubectl, new_release: Callable[..., Release]
) -> None:
    release = new_release()
    blocks = re.findall(r"```shell\n(.*?)```", KIND, re.DOTALL)
    for block in blocks:
        lines = [line for line in block.splitlines() if not NEEDS_A_NODE.match(line)]
        release.follow("\n".join(lines))
        without_crds(
            "wait", "--for=condition=Established", "--timeout=30s", *(f"crd/{name}" for name in DEFINITIONS)
        )
    assert len(blocks) == 3
    found = release.get("atlasschema", "app")["spec"]
    (key,) = found["urlFrom"].values()
    assert key["key"] in release.get("secret", key["name"])["data"]
    assert sum(1 for line in KIND.splitlines() if NEEDS_A_NODE.match(line)) == 6
