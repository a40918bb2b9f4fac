"""A cluster that only tests of the chart use, since they install and remove the definitions, and Helm bound to it."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.controlplane import helm as helm_program
from tests.controlplane.cluster import ControlPlane
from tests.controlplane.fixtures import CRDS, GROUP, started_plane
from tests.controlplane.helm import Helm
from tests.e2e.chart.release import DEFINITIONS, Release
from tests.servers.stores import StoreError
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.controlplane.client import Kubectl


@pytest.fixture(scope="session")
def chart_plane() -> Iterator[ControlPlane]:
    """Our own etcd and kube-apiserver."""
    yield from started_plane()


@pytest.fixture(scope="session")
def helm_alone(tmp_path_factory: pytest.TempPathFactory) -> Helm:
    """Helm without a cluster."""
    home = tmp_path_factory.mktemp("helm")
    try:
        return Helm(helm_program.find(os.environ), home / "kubeconfig", home)
    except StoreError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def helm(chart_plane: ControlPlane, helm_alone: Helm) -> Helm:
    """Helm as an administrator of the cluster."""
    return replace(helm_alone, kubeconfig=chart_plane.kubeconfig)


@pytest.fixture
def without_crds(chart_plane: ControlPlane) -> Iterator[Kubectl]:
    """A cluster that does not know our kinds, and does not after the test either."""
    remove = ("delete", "crd", *DEFINITIONS, "--ignore-not-found")
    chart_plane.kubectl(*remove)
    yield chart_plane.kubectl
    chart_plane.kubectl(*remove)


@pytest.fixture
def with_our_crds(chart_plane: ControlPlane) -> Kubectl:
    """A cluster that knows our kinds, which no release owns."""
    chart_plane.kubectl("apply", "-f", str(CRDS))
    chart_plane.kubectl(
        "wait", "--for=condition=Established", *(f"crd/{name}" for name in DEFINITIONS), "--timeout=30s"
    )
    wait_until(lambda: are_listed(chart_plane.kubectl), lambda: DEFINITIONS)
    return chart_plane.kubectl


def are_listed(kubectl: Kubectl) -> bool:
    """Tell whether our kinds can be used: a moment after a definition is established, its storage is made."""
    paths = [f"{GROUP}/{name.partition('.')[0]}" for name in DEFINITIONS]
    return all(kubectl.attempt("get", "--raw", path).returncode == 0 for path in paths)


@pytest.fixture
def new_release(chart_plane: ControlPlane, helm: Helm, tmp_path: Path) -> Iterator[Callable[..., Release]]:
    """Make a release in a namespace of its own; it is not installed, and uninstalled with the test."""
    made: list[Release] = []

    def make(name: str = "atlas-operator") -> Release:
        made.append(Release.prepared(chart_plane, helm, tmp_path, name))
        return made[-1]

    yield make
    for release in made:
        release.close()
