"""What GitOps tools make of our resources: Argo CD's own health scripts, and kstatus, which Flux and Helm 4 ask.

The program of ``go_gitops/`` asks them; that of ``go_promql/`` reads alerts. Files that those tools publish with their
source come from the Go module proxy, are held against a checksum, and stay in the cache; none of them is kept here.
``python -m tests.clients.gitops`` does all of it once.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.clients.interchange import HOW_TO, Interchange, build, cache_directory, find_go

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SOURCE = Path(__file__).parent / "go_gitops"
PROMQL = Path(__file__).parent / "go_promql"
"""Says what expressions of alerts select."""
PAGES = Path(__file__).parents[2] / "docs" / "howto"
KINDS = ("AtlasMigration", "AtlasSchema")


@dataclass(frozen=True)
class Published:
    """A module whose zip holds files that tools are installed with; ``checksum`` is what ``go.sum`` has for it."""

    path: str
    version: str
    checksum: str
    files: tuple[str, ...]


ARGO_CD = Published(
    "github.com/argoproj/argo-cd/v3",
    "v3.5.7",
    "h1:Xm1BF+I5OgDKUG3SDK49vn2/Y5AMyaNVko+/JT08gj0=",
    (
        *(f"resource_customizations/db.atlasgo.io/{kind}/health.lua" for kind in KINDS),
        "manifests/crds/application-crd.yaml",
    ),
)
FLUX = (
    Published(
        "github.com/fluxcd/source-controller",
        "v1.9.6",
        "h1:nG534/bI6nVpyHra7ONAk6xDB3xPsVT+EOLHZHXPrrc=",
        tuple(
            f"config/crd/bases/source.toolkit.fluxcd.io_{kind}.yaml"
            for kind in ("gitrepositories", "ocirepositories")
        ),
    ),
    Published(
        "github.com/fluxcd/kustomize-controller",
        "v1.9.6",
        "h1:XB+G3A0mky0j5uVHZWv4oSlS2RvZBoNIUhstIvY0JKE=",
        ("config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml",),
    ),
)


@dataclass(frozen=True)
class Verdict:
    """A word of a tool, and what it says beside it."""

    word: str
    message: str


@dataclass(frozen=True)
class Judges:
    """Asks the tools about objects as the API server gives them."""

    program: Interchange
    scripts: Mapping[str, str]
    """By kind."""

    def argo_cd(
        self, objects: Iterable[Mapping[str, Any]], scripts: Mapping[str, str] | None = None
    ) -> list[Verdict]:
        """The health of each, by Argo CD's own script for its kind or by one that its users gave it."""
        chosen = self.scripts if scripts is None else scripts
        return self._ask("health", [{"Object": one, "Script": chosen[one["kind"]]} for one in objects])

    def kstatus(self, objects: Iterable[Mapping[str, Any]]) -> list[Verdict]:
        """The status of each."""
        return self._ask("kstatus", [{"Object": one} for one in objects])

    def read_by_helm_controller(self, releases: Iterable[Mapping[str, Any]]) -> list[str]:
        """Why Flux's own type does not take each, '' where it does."""
        answers = self.program.ask("helmrelease", [{"Object": one} for one in releases])
        return [one["Error"] for one in answers]

    def substituted(self, found: Mapping[str, Any], tag: str) -> Any:
        """The object as Flux applies it where ``postBuild`` says what TAG is."""
        [answer] = self.program.ask("substitute", [{"Object": found, "Script": tag}])
        assert not answer["Error"], answer
        return yaml.safe_load(answer["Message"])

    def _ask(self, command: str, questions: list[dict[str, Any]]) -> list[Verdict]:
        answers = self.program.ask(command, questions)
        wrong = [one["Error"] for one in answers if one["Error"]]
        assert not wrong, wrong
        return [Verdict(one["Status"], one["Message"]) for one in answers]


def judges() -> Judges:
    """The program and Argo CD's scripts, made and fetched where they are not there yet.

    Raises:
        LookupError: There is no Go.
    """
    folder = fetched(ARGO_CD)
    scripts = {kind: (folder / ARGO_CD.files[index]).read_text() for index, kind in enumerate(KINDS)}
    return Judges(build(_go(), SOURCE), scripts)


@cache
def fetched(module: Published) -> Path:
    """The folder with the module's files; two test runs may do this at once."""
    name = f"{module.path.replace('/', '-')}@{module.version}"
    folder = cache_directory() / "published" / f"{name}-{module.checksum[3:11].replace('/', '-')}"
    if all((folder / file).exists() for file in module.files):
        return folder
    done = subprocess.run(
        [_go(), "mod", "download", "-json", f"{module.path}@{module.version}"],
        cwd=SOURCE,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["Sum"] == module.checksum, found
    for file in module.files:
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copyfile(Path(found["Dir"], file), unfinished)
        unfinished.rename(target)
    return folder


def our_check() -> dict[str, str]:
    """The health check that the page on Argo CD offers, by kind."""
    [config] = [one for one in manifests("argo-cd.md") if one["metadata"]["name"] == "argocd-cm"]
    prefix = "resource.customizations.health.db.atlasgo.io_"
    return {key.removeprefix(prefix): text for key, text in config["data"].items()}


def manifests(page: str) -> list[dict[str, Any]]:
    """Objects of Kubernetes that a page shows, in order."""
    blocks = (PAGES / page).read_text().split("```yaml\n")[1:]
    found = [one for block in blocks for one in yaml.safe_load_all(block.partition("```")[0])]
    return [one for one in found if "apiVersion" in one and "metadata" in one]


def table(page: str) -> dict[str, tuple[str, ...]]:
    """The words of a page's table of states, by the state."""
    lines = (PAGES / page).read_text().partition("| state |")[2].partition("\n\n")[0].splitlines()[2:]
    rows = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]
    return {state: tuple(words) for state, *words in rows}


def _go() -> str:
    go = find_go()
    if go is None:
        raise LookupError(HOW_TO)
    return go


def main() -> int:
    """Without Go or its module proxy this is no error, except in CI, where nothing may be skipped."""
    try:
        judges()
        for module in FLUX:
            fetched(module)
        build(_go(), PROMQL)
    except (LookupError, AssertionError) as missing:
        print(f"tests that need it will be skipped, or fail: {missing}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
