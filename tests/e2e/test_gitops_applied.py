"""The manifests of the pages on Argo CD and Flux: valid where those tools are installed, and applied without a difference."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.clients import gitops
from tests.clients.interchange import HOW_TO, find_go
from tests.e2e.conftest import BIN
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.controlplane.client import Kubectl
    from tests.e2e.conftest import Namespace, Process, RegistryServer

ONE = {"1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY);"}
TWO = ONE | {"2_b.sql": "CREATE TABLE b (id integer PRIMARY KEY);"}
PAGES = ("argo-cd.md", "flux.md")
ELSEWHERE = {"HelmRelease", "Namespace"}
"""Its definition is not to be had; its controller's own type reads it, see test_gitops_verdicts.py."""
ARGO_CD = ("--server-side", "--field-manager=argocd-controller")
FLUX = ("--server-side", "--field-manager=kustomize-controller")
DIFFERS = 1
"""The exit code of kubectl diff."""


@pytest.fixture(scope="module")
def tools(with_crds: Kubectl) -> Iterator[Kubectl]:
    """A cluster with the definitions of Argo CD and Flux."""
    if find_go() is None:
        pytest.skip(HOW_TO)
    files = [
        str(gitops.fetched(module) / file)
        for module in (gitops.ARGO_CD, *gitops.FLUX)
        for file in module.files
    ]
    definitions = [word for file in files if file.endswith(".yaml") for word in ("-f", file)]
    with_crds("apply", "--server-side", *definitions)
    with_crds("wait", "--for=condition=Established", "--timeout=60s", *definitions)
    yield with_crds
    with_crds("delete", *definitions)


@pytest.mark.parametrize("page", PAGES)
def test_manifests_of_a_page_are_what_the_tools_take(page: str, tools: Kubectl, kube_namespace: str) -> None:
    found = [one for one in gitops.manifests(page) if one["kind"] not in ELSEWHERE]
    assert len(found) > 3
    for one in found:
        one["metadata"].pop("namespace", None)
        words = ("create", "--dry-run=server", "--validate=strict", "-n", kube_namespace, "-f", "-")
        tools(*words, input=json.dumps(one))


def test_a_misspelt_field_would_be_refused(tools: Kubectl, kube_namespace: str) -> None:
    wrong = next(one for one in gitops.manifests("argo-cd.md") if one["kind"] == "Application")
    wrong["metadata"].pop("namespace")
    wrong["spec"]["syncPolicy"]["retries"] = {"limit": 5}
    words = ("create", "--dry-run=server", "--validate=strict", "-n", kube_namespace, "-f", "-")
    assert "syncPolicy.retries" in tools.attempt(*words, input=json.dumps(wrong)).stderr


def files_of(page: str, folder: Path, namespace: str) -> None:
    """The files that a page shows, each begins with its name."""
    text = (gitops.PAGES / page).read_text().replace("namespace: shop", f"namespace: {namespace}")
    for block in re.findall(r"```yaml\n(# [\w./-]+\.yaml\n.*?)```", text, re.DOTALL):
        path = folder / block.partition("\n")[0].removeprefix("# ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block)


@pytest.fixture
def released(
    namespace: Namespace, new_operator: Callable[..., Process], registry: RegistryServer, tmp_path: Path
) -> Callable[[str], str]:
    """Manifests of a tag, as the page on Argo CD has them; their registry is the operator's."""
    registry.push("shop", "v1", ONE)
    registry.push("shop", "v2", TWO)
    new_operator("--cloud-url", registry.url, ATLAS_TOKEN=registry.token).start()
    namespace.secret("shop-database", url=namespace.url("shop.db"))
    files_of("argo-cd.md", tmp_path, namespace.name)

    def of(tag: str) -> str:
        file = tmp_path / "deploy" / "kustomization.yaml"
        file.write_text(re.sub("newTag: .*", f"newTag: {tag}", file.read_text()))
        return namespace.kubectl("kustomize", str(file.parent)).stdout

    return of


def written(found: dict[str, Any]) -> dict[str, Any]:
    """What an operator could have written of a resource, but for its status."""
    keys = ("annotations", "labels", "finalizers", "ownerReferences", "generation")
    return {"spec": found["spec"]} | {key: found["metadata"].get(key) for key in keys}


def test_one_tag_moves_image_and_database_without_a_difference_and_pruning_keeps_the_database(
    released: Callable[[str], str], namespace: Namespace
) -> None:
    for tag, version in (("v1", "1"), ("v2", "2")):
        manifest = released(tag)
        applied = json.loads(
            namespace.kubectl("apply", *ARGO_CD, "-o", "json", "-f", "-", input=manifest).stdout
        )
        namespace.wait_ready("shop", version)
        found = {one["kind"]: one for one in applied["items"]}
        [container] = found["Deployment"]["spec"]["template"]["spec"]["containers"]
        assert container["image"] == f"images.example.com/shop:{tag}"
        assert written(namespace.get("shop")) == written(found["AtlasMigration"])
        namespace.kubectl("diff", *ARGO_CD, "-f", "-", input=manifest)
    other = manifest.replace("tag: v2", "tag: v1")
    assert namespace.kubectl.attempt("diff", *ARGO_CD, "-f", "-", input=other).returncode == DIFFERS
    namespace.kubectl("apply", *ARGO_CD, "-f", "-", input=other)
    namespace.wait_reason("shop", "ProtectedFlowError")
    namespace.kubectl("apply", *ARGO_CD, "-f", "-", input=manifest)
    namespace.wait_ready("shop", "2")
    last_applied = namespace.get("shop")["status"]["lastApplied"]
    namespace.kubectl("delete", "-f", "-", input=manifest)
    assert {"a", "b", "atlas_schema_revisions"} <= namespace.tables("shop.db")
    namespace.kubectl("apply", *ARGO_CD, "-f", "-", input=manifest)
    namespace.wait_ready("shop", "2")
    assert namespace.get("shop")["status"]["lastApplied"] == last_applied


@dataclass(frozen=True)
class Folder:
    """A folder of git with migrations in it, which the page's kustomization makes a ConfigMap of."""

    path: Path
    namespace: Namespace

    def begin(self) -> None:
        files_of("argo-cd.md", self.path, self.namespace.name)
        migration = yaml.safe_load((self.path / "deploy" / "migration.yaml").read_text())
        migration["spec"]["dir"] = {"configMapRef": {"name": "shop-migrations"}}
        (self.path / "migration.yaml").write_text(json.dumps(migration))
        (self.path / "migrations").mkdir()

    def commit(self, files: dict[str, str]) -> None:
        folder, file = self.path / "migrations", self.path / "kustomization.yaml"
        for name, text in files.items():
            (folder / name).write_text(text)
        words = (BIN / "atlas", "migrate", "hash", "--dir", f"file://{folder}")
        subprocess.run(words, check=True, timeout=60)
        names = ", ".join(f"migrations/{one.name}" for one in sorted(folder.iterdir()))
        file.write_text(re.sub(r"files: \[.*\]", f"files: [{names}]", file.read_text()))
        self.namespace.kubectl("apply", *FLUX, "-k", str(self.path))


def test_new_files_in_git_are_a_change_of_the_resource_and_annotations_are_none(
    namespace: Namespace, operator: Process, tmp_path: Path
) -> None:
    namespace.secret("shop-database", url=namespace.url("shop.db"))
    folder = Folder(tmp_path, namespace)
    folder.begin()
    for generation, files in ((1, ONE), (2, TWO)):
        folder.commit(files)
        namespace.wait_ready("shop", str(generation))
        assert namespace.get("shop")["metadata"]["generation"] == generation
    namespace.migration("fence", {"url": namespace.url("fence.db"), "dir": {"local": ONE}})
    namespace.wait_ready("fence", "1")
    before, so_far = namespace.get("shop")["status"], passes(operator, "shop")
    for annotation in ("argocd.argoproj.io/tracking-id=shop:db", "reconcile.fluxcd.io/requestedAt=now"):
        namespace.kubectl("annotate", "atlasmigration", "shop", "-n", namespace.name, annotation)
    namespace.annotate("fence", "2026-01-02")
    wait_until(lambda: passes(operator, "fence") > 1, operator.log.read_text)
    assert passes(operator, "shop") == so_far
    namespace.annotate("shop", "2026-01-02")
    wait_until(lambda: passes(operator, "shop") > so_far, operator.log.read_text)
    assert namespace.get("shop")["status"] == before
    namespace.kubectl("diff", *FLUX, "-k", str(tmp_path))


def passes(operator: Process, name: str) -> int:
    """How often the operator looked at a resource."""
    return sum(line.get("resource") == name and "seconds" in line for line in operator.lines())
