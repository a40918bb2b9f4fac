"""The Kubernetes block on a real API server: the operator reads the tag from the registry and fills the database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.daemon import Daemon, free_port
from tests.seed.conftest import FILES, PROGRAMS, TAG, columns_of_users
from tests.servers.registry import answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from tests.controlplane.client import Kubectl
    from tests.seed.conftest import Reader

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / "examples" / "manifests" / "atlasmigration-remote.yaml"


@pytest.fixture
def operator(
    kubectl: Kubectl, kube_namespace: str, registry: tuple[str, str], tmp_path: Path
) -> Iterator[None]:
    """An operator for the namespace, with the address of the registry and no token of its own."""
    kubectl("apply", "-f", str(ROOT / "crds"))
    for plural in ("atlasmigrations", "atlasschemas"):
        kubectl("wait", "--for=condition=Established", f"crd/{plural}.db.atlasgo.io", "--timeout=30s")
    health = f"127.0.0.1:{free_port()}"
    flags = {
        "--kubeconfig": str(kubectl.kubeconfig),
        "--namespace": kube_namespace,
        "--cloud-url": registry[0],
        "--metrics-bind-address": "0",
        "--health-probe-bind-address": health,
    }
    words = [word for pair in flags.items() for word in pair]
    daemon = Daemon(
        [sys.executable, str(PROGRAMS / "atlas"), "operator", "run", *words],
        tmp_path,
        lambda: answers(f"http://{health}"),
    )
    daemon.start()
    yield
    daemon.terminate()


@pytest.mark.usefixtures("operator")
def test_the_manifest_block_brings_the_database_to_the_tag(
    kubectl: Kubectl,
    kube_namespace: str,
    registry: tuple[str, str],
    reader: Reader,
    example: psycopg.Connection,
    example_port: int,
) -> None:
    here = ("-n", kube_namespace)
    reader.has_directory(FILES)
    reader.runs(f"atlas migrate push myapp:{TAG} --dev-url 'postgres://localhost/dev'")
    url = f"postgres://postgres:pass@:{example_port}/example?search_path=public&sslmode=disable"
    kubectl("create", "secret", "generic", "postgres-credentials", f"--from-literal=url={url}", *here)
    kubectl("create", "secret", "generic", "atlas-credentials", f"--from-literal=token={registry[1]}", *here)
    kubectl("apply", "-f", str(MANIFEST), *here)
    kubectl("wait", "--for=condition=Ready", "atlasmig/migration", "--timeout=60s", *here)
    assert columns_of_users(example) == {"id", "email"}
    status = kubectl.json("get", "atlasmig", "migration", *here)["status"]
    assert status["lastAppliedVersion"] == "20231201182011"
    assert "pass@" not in str(status)
