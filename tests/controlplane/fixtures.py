"""Fixtures of the test cluster.

Ask for ``kubectl`` or ``kube_namespace`` when any cluster will do, for ``control_plane`` when the test restarts the
API server or makes users: that one is never a cluster of somebody else.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.controlplane import binaries
from tests.controlplane.client import Kubectl, KubectlError
from tests.controlplane.cluster import ControlPlane

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUP = "/apis/db.atlasgo.io/v1alpha1"
CRDS = Path(__file__).parents[2] / "crds"


@pytest.fixture(scope="session")
def control_plane() -> Iterator[ControlPlane]:
    """Our own etcd and kube-apiserver, one pair a run."""
    if os.environ.get("ATLAS_TEST_KUBECONFIG"):
        pytest.skip("the cluster of ATLAS_TEST_KUBECONFIG is not ours to restart or to make users for")
    yield from started_plane()


def started_plane() -> Iterator[ControlPlane]:
    """A cluster that is there until the generator goes on."""
    try:
        found = binaries.find(os.environ)
    except binaries.BinariesError as missing:
        pytest.skip(str(missing))
    plane = ControlPlane.start(found)
    yield plane
    plane.stop()


@pytest.fixture(scope="session")
def kubectl(request: pytest.FixtureRequest) -> Kubectl:
    """kubectl as an administrator of the cluster of ``ATLAS_TEST_KUBECONFIG``, else of our own."""
    given = os.environ.get("ATLAS_TEST_KUBECONFIG")
    if not given:
        plane: ControlPlane = request.getfixturevalue("control_plane")
        return plane.kubectl
    client = Kubectl(kubectl_program(), Path(given).resolve(strict=True))
    client(
        "version"
    )  # a kubectl that only pretends, or a cluster that is gone, is found here and not in a test
    return client


def kubectl_program() -> Path:
    """Return the kubectl to use with a cluster that is not ours."""
    try:
        return binaries.find(os.environ).kubectl
    except binaries.BinariesError:
        program = shutil.which("kubectl")
        if program is None:
            pytest.skip("ATLAS_TEST_KUBECONFIG is set and no kubectl is on PATH")
        return Path(program)


@pytest.fixture(scope="session")
def atlas_crds(kubectl: Kubectl) -> None:
    """Our kinds are installed in the cluster and served."""
    kubectl("apply", "-f", str(CRDS))
    kubectl("wait", "--for=condition=Established", "--timeout=30s", "-f", str(CRDS))


@pytest.fixture
def kube_namespace(kubectl: Kubectl) -> Iterator[str]:
    """A namespace that no other test has; what an operator would react to is gone afterwards."""
    name = f"test-{secrets.token_hex(5)}"
    kubectl.create_namespace(name)
    yield name
    delete_atlas_objects(kubectl, name)
    kubectl.delete_namespace(name)


def delete_atlas_objects(kubectl: Kubectl, namespace: str) -> None:
    """Delete our kinds in the namespace: without controllers a deleted namespace keeps its objects."""
    try:
        served = kubectl.raw("get", GROUP)
    except KubectlError:  # the CRDs are not installed
        return
    for resource in json.loads(served)["resources"]:
        if resource["namespaced"] and "/" not in resource["name"]:
            kubectl.raw("delete", f"{GROUP}/namespaces/{namespace}/{resource['name']}")
