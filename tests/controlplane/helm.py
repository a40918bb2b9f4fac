"""Helm for the tests of the chart, built from the Go module proxy into the cache, and bound to one cluster."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.stores import StoreError, cache, made, program

if TYPE_CHECKING:
    from collections.abc import Mapping

MODULE = "helm.sh/helm/v3"
VERSION = "v3.19.0"
KUBERNETES = ("1", "34")
"""What `helm template` takes a cluster for; the published program of this version has it too."""


class HelmError(AssertionError):
    """Helm ended with another code than 0; the message is what it printed."""


@dataclass(frozen=True, slots=True)
class Helm:
    """Runs Helm as the user of ``kubeconfig``, with a home that no other run has."""

    program: Path
    kubeconfig: Path
    home: Path

    def __call__(self, *args: str | Path) -> str:
        """Run Helm and return what it printed; raises ``HelmError``."""
        answer = self.attempt(*args)
        if answer.returncode != 0:
            raise HelmError(
                f"helm {' '.join(map(str, args))} ended with {answer.returncode}:\n{answer.stderr}"
            )
        return answer.stdout

    def attempt(self, *args: str | Path) -> subprocess.CompletedProcess[str]:
        """Run Helm, whatever comes of it."""
        return subprocess.run(
            [self.program, *args],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.home),
            "KUBECACHEDIR": str(self.home / "kubectl-cache"),
            "KUBECONFIG": str(self.kubeconfig),
        }


def find(environ: Mapping[str, str]) -> Path:
    """Return the program of the cache; raises ``StoreError`` if it was not built."""
    built = _folder(environ) / "helm"
    if not os.access(built, os.X_OK):
        raise StoreError(f"no helm {VERSION}: run `make helm` (Go; once, about three minutes)")
    return built


def build(environ: Mapping[str, str]) -> Path:
    """Build the program unless the cache has it; Go checks every module against its public log of sums."""
    with made(_folder(environ)) as building:
        if building:
            go = program("go", "helm")
            print(f"building helm {VERSION}: about three minutes, once", file=sys.stderr)
            versions = zip(("Major", "Minor"), KUBERNETES, strict=True)
            stamps = [f"-X {MODULE}/pkg/chartutil.k8sVersion{part}={value}" for part, value in versions]
            subprocess.run(
                [
                    *(go, "install", "-trimpath", "-ldflags", " ".join(["-s", "-w", *stamps])),
                    f"{MODULE}/cmd/helm@{VERSION}",
                ],
                # One package at a time: its Kubernetes libraries take a gigabyte each way.
                env={**environ, "GOBIN": str(building), "CGO_ENABLED": "0", "GOFLAGS": "-p=1"},
                stdin=subprocess.DEVNULL,
                check=True,
            )
    return find(environ)


def _folder(environ: Mapping[str, str]) -> Path:
    return cache(environ, f"helm-{VERSION}-{'.'.join(KUBERNETES)}")
