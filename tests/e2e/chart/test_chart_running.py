"""What the chart installs really works: its containers as processes, with the variables, the token and the rights it gives them."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.daemon import free_port
from tests.e2e.chart.containers import environment, ran, words
from tests.e2e.conftest import Namespace, Process, RegistryServer, accepts_connections
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.controlplane.client import Kubectl
    from tests.controlplane.cluster import ControlPlane
    from tests.e2e.chart.release import Release

ONE = {"1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY);"}
FROM_SECRET = {"urlFrom": {"secretKeyRef": {"name": "db", "key": "url"}}, "dir": {"local": ONE}}


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """Start a process that answers on a port; ended with the test."""
    made: list[Process] = []

    def started(name: str, command: list[str], environ: dict[str, str], port: int) -> Process:
        process = Process(command, tmp_path / f"{name}.log", environ)
        made.append(process)
        process.start()
        wait_until(lambda: accepts_connections(port), process.log.read_text)
        return process

    yield started
    for process in made:
        process.kill()


@pytest.fixture
def run_operator(chart_plane: ControlPlane, start: Callable[..., Process]) -> Callable[..., Process]:
    """Run the operator of a release as its Deployment says, with its service account's token and nothing else."""

    def run(release: Release, **environ: str) -> Process:
        pod = release.get("deployment", "atlas-operator")["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        port = free_port()
        account = chart_plane.kubeconfig_for_service_account(release.namespace, pod["serviceAccountName"])
        kubectl = chart_plane.kubectl_as(account)
        # Roles count a moment after they are made.
        for right in ("list pods", "create leases.coordination.k8s.io"):
            asked = ("auth", "can-i", *right.split(), "--namespace", release.namespace)
            wait_until(
                lambda asked=asked: kubectl.attempt(*asked).returncode == 0,
                lambda right=right: f"may not {right}",
            )
        here = ("--metrics-bind-address=0", f"--health-probe-bind-address=127.0.0.1:{port}")
        given = environment(container, lambda name: release.get("secret", name)) | environ
        process = start("operator", [*words(container), *here, "--kubeconfig", str(account)], given, port)
        for probe in ("livenessProbe", "readinessProbe"):
            address = f"http://127.0.0.1:{port}{container[probe]['httpGet']['path']}"
            wait_until(lambda address=address: is_well(address), process.log.read_text)
        return process

    return run


def is_well(address: str) -> bool:
    """What the kubelet asks."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:  # 503 is one, too
        return False


@pytest.mark.parametrize("scope", ["namespaced=false", "watchNamespaces={@}"])
def test_the_operator_reconciles_with_the_rights_of_the_chart_and_no_others(
    scope: str,
    with_our_crds: Kubectl,
    new_release: Callable[..., Release],
    run_operator: Callable[..., Process],
    tmp_path: Path,
) -> None:
    release = new_release()
    where = scope.replace("@", release.namespace)
    release.install("--set=crds.create=false", f"--set=allowPaths={{{tmp_path}}}", f"--set={where}")
    operator = run_operator(release)
    namespace = Namespace(release.namespace, with_our_crds, tmp_path)
    namespace.secret("db", url=namespace.url("first.db"))
    namespace.migration("shop", FROM_SECRET)
    namespace.wait_ready("shop", "1")
    namespace.secret("db", url=namespace.url("second.db"))
    wait_until(lambda: "a" in namespace.tables("second.db"), operator.log.read_text)
    wait_until(lambda: "Applied" in namespace.event_reasons("shop"), operator.log.read_text)
    assert release.names("leases") == {"5220c287.atlasgo.io"}
    assert "forbidden" not in operator.log.read_text()
    assert operator.terminate() == 0


def test_secrets_that_may_be_read_by_name_alone_are_enough_to_apply(
    with_our_crds: Kubectl,
    new_release: Callable[..., Release],
    run_operator: Callable[..., Process],
    tmp_path: Path,
) -> None:
    release = new_release()
    flags = "crds.create=false,namespaced=true,rbac.clusterWideSecretAccess=false"
    release.install(f"--set={flags}", f"--set=allowPaths={{{tmp_path}}}")
    here = ("--namespace", release.namespace)
    account = f"--serviceaccount={release.namespace}:atlas-operator"
    one = ("--verb=get", "--resource=secrets", "--resource-name=db")
    release.kubectl("create", "role", "secret-db", *one, *here)
    release.kubectl("create", "rolebinding", "secret-db", "--role=secret-db", account, *here)
    namespace = Namespace(release.namespace, with_our_crds, tmp_path)
    namespace.secret("db", url=namespace.url("app.db"))
    run_operator(release)
    namespace.migration("shop", FROM_SECRET)
    namespace.wait_ready("shop", "1")
    assert "a" in namespace.tables("app.db")


def test_registry_and_operator_work_together_with_the_token_that_nobody_typed(
    with_our_crds: Kubectl,
    new_release: Callable[..., Release],
    run_operator: Callable[..., Process],
    start: Callable[..., Process],
    tmp_path: Path,
) -> None:
    """Also the variables of the dev servers are understood, though nobody runs those here."""
    release = new_release()
    dev = "devServers.postgres.enabled=true,devServers.mariadb.enabled=true"
    flags = f"registry.enabled=true,registry.publicURL=https://atlas.example.com,{dev}"
    release.install(f"--set=crds.create=false,namespaced=true,{flags}", f"--set=allowPaths={{{tmp_path}}}")

    pod = release.get("statefulset", "atlas-operator-registry")["spec"]["template"]["spec"]
    (admits,), (serves,) = pod["initContainers"], pod["containers"]
    given = environment(admits, lambda name: release.get("secret", name))
    data = {"/data": str(tmp_path / "data")}
    for said in ("The token is admitted.\n", "The token was admitted before.\n"):  # a pod that is replaced
        assert ran(admits, given, data).stdout == said
    port = free_port()
    server = start("registry", [*words(serves, data), f"--listen=127.0.0.1:{port}"], {}, port)
    for probe in ("livenessProbe", "readinessProbe"):
        assert is_well(f"http://127.0.0.1:{port}{serves[probe]['httpGet']['path']}")

    registry = RegistryServer(f"http://127.0.0.1:{port}", given["ATLAS_TOKEN"], tmp_path, server)
    registry.push("shop", "v1", ONE)
    again = ("migrate", "push", "shop:v1", "--dir", f"file://{tmp_path / 'shop-v1'}")
    printed = registry.atlas(*again, "--dev-url", "sqlite://dev?mode=memory")
    assert "https://atlas.example.com/dirs/1" in printed

    operator = run_operator(release, ATLAS_CLOUD_URL=registry.url)
    namespace = Namespace(release.namespace, with_our_crds, tmp_path)
    remote = {"url": namespace.url("app.db"), "dir": {"remote": {"name": "shop", "tag": "v1"}}}
    namespace.migration("shop", remote)
    namespace.wait_ready("shop", "1")
    assert "a" in namespace.tables("app.db")
    assert operator.terminate() == 0
    logged = operator.log.read_text() + server.log.read_text()
    assert len(values_of(release)) == 3
    assert [value for value in values_of(release) if value in logged] == []


def values_of(release: Release) -> list[str]:
    """Every value that the hook made."""
    pod = release.get("deployment", "atlas-operator")["spec"]["template"]["spec"]
    found = environment(pod["containers"][0], lambda name: release.get("secret", name))
    return [value for name, value in found.items() if name.endswith(("TOKEN", "PASSWORD"))]
