"""The chart on a real API server: installed, upgraded, uninstalled, and what stays."""

from __future__ import annotations

import json
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.controlplane.helm import HelmError
from tests.e2e.chart.containers import ran
from tests.e2e.chart.release import DEFINITIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.controlplane.client import Kubectl
    from tests.controlplane.cluster import ControlPlane
    from tests.e2e.chart.release import Release

EVERYTHING = (
    "--set=registry.enabled=true,devServers.postgres.enabled=true,devServers.mariadb.enabled=true,"
    "persistence.enabled=true,podDisruptionBudget.enabled=true,replicaCount=2,networkPolicy.enabled=true"
)
RANDOM = "atlas-operator-generated"


def migration(namespace: str) -> str:
    return json.dumps(
        {
            "apiVersion": "db.atlasgo.io/v1alpha1",
            "kind": "AtlasMigration",
            "metadata": {"name": "shop", "namespace": namespace},
            "spec": {"url": "sqlite://shop.db", "dir": {"local": {"1_a.sql": "SELECT 1;"}}},
        }
    )


def values_of(release: Release) -> dict[str, str]:
    return {key: b64decode(value).decode() for key, value in release.get("secret", RANDOM)["data"].items()}


def test_the_server_takes_every_object_of_a_dry_run_and_keeps_none(
    without_crds: Kubectl, new_release: Callable[..., Release]
) -> None:
    release = new_release()
    printed = release.install("--dry-run=server", EVERYTHING)
    assert "STATUS: pending-install" in printed
    assert not release.is_installed()
    assert release.get("deployments,statefulsets,secrets,jobs")["items"] == []


def test_resources_and_definitions_outlive_the_release(
    without_crds: Kubectl, new_release: Callable[..., Release]
) -> None:
    release = new_release()
    release.install()
    without_crds("wait", "--for=condition=Established", f"crd/{DEFINITIONS[0]}", "--timeout=30s")
    without_crds("apply", "-f", "-", input=migration(release.namespace))
    kept = release.get("atlasmigration", "shop")
    release.upgrade("--set=replicaCount=2")
    assert release.get("deployment", "atlas-operator")["spec"]["replicas"] == 2
    printed = release.uninstall()
    assert all(name in printed for name in DEFINITIONS)  # Helm says what it leaves
    assert release.get("atlasmigration", "shop") == kept
    assert release.get("deployments,services,roles,rolebindings,leases")["items"] == []
    release.install()  # the same release again owns what it left
    assert release.get("atlasmigration", "shop") == kept


def test_a_second_installation_takes_the_definitions_over_when_it_is_told_to(
    without_crds: Kubectl, new_release: Callable[..., Release]
) -> None:
    first = new_release()
    first.install()
    without_crds("wait", "--for=condition=Established", f"crd/{DEFINITIONS[0]}", "--timeout=30s")
    without_crds("apply", "-f", "-", input=migration(first.namespace))
    first.uninstall()
    second = new_release("other")
    with pytest.raises(HelmError, match="invalid ownership metadata"):
        second.install()
    second.install("--take-ownership")
    owner = without_crds.json("get", "crd", DEFINITIONS[0])["metadata"]["annotations"]
    assert owner["meta.helm.sh/release-name"] == "other"
    assert first.get("atlasmigration", "shop")["spec"]["url"] == "sqlite://shop.db"


def test_definitions_that_are_not_kept_go_with_the_release(
    without_crds: Kubectl, new_release: Callable[..., Release]
) -> None:
    release = new_release()
    release.install("--set=crds.keep=false")
    release.uninstall()
    without_crds("wait", "--for=delete", "--timeout=30s", *(f"crd/{name}" for name in DEFINITIONS))


def test_the_hook_makes_the_secret_once_and_upgrades_leave_it(
    with_our_crds: Kubectl, new_release: Callable[..., Release]
) -> None:
    """The hook's own command, run with its own service account's token."""
    release = new_release()
    release.install("--set=crds.create=false,registry.enabled=true")
    first = values_of(release)
    assert list(first) == ["token"]
    assert len(first["token"]) == len("aci_") + 43
    release.upgrade("--set=crds.create=false,registry.enabled=true")
    assert values_of(release) == first
    release.upgrade("--set=crds.create=false", EVERYTHING)
    grown = values_of(release)
    assert grown["token"] == first["token"]
    assert len(set(grown.values())) == len(grown) == 3
    assert release.hook_runs == [
        f"Secret {release.namespace}/{RANDOM} has new values for token.\n",
        f"Secret {release.namespace}/{RANDOM} has all keys, and nothing was changed.\n",
        f"Secret {release.namespace}/{RANDOM} has new values for postgres-password, mariadb-password.\n",
    ]
    assert not [run for run in release.hook_runs for value in grown.values() if value in run]


def test_two_that_make_the_secret_at_once_agree_on_its_values(
    chart_plane: ControlPlane, new_release: Callable[..., Release]
) -> None:
    release = new_release()
    flags = ("--kubeconfig", str(chart_plane.kubeconfig), "--namespace", release.namespace)
    container = {"args": ["operator", "make-secret", *flags, RANDOM, "token", "postgres-password"]}
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: ran(container, {"HOME": str(release.folder)}), range(3)))
    assert [answer.returncode for answer in answers] == [0, 0, 0]
    assert sum("has new values for token, postgres-password" in answer.stdout for answer in answers) == 1
    assert len(set(values_of(release).values())) == 2


def test_nothing_of_the_hook_stays_but_the_secret(
    with_our_crds: Kubectl, new_release: Callable[..., Release]
) -> None:
    release = new_release()
    release.install("--set=crds.create=false,registry.enabled=true")
    assert release.names("jobs") == set()
    for kind in ("serviceaccounts", "roles", "rolebindings"):
        assert not [name for name in release.names(kind) if "make-secret" in name]
    release.uninstall()
    assert release.names("secrets") == {RANDOM}  # the registry's volume stays too, and knows this token
    before = values_of(release)
    release.install("--set=crds.create=false,registry.enabled=true")
    assert values_of(release) == before


def test_a_hook_that_fails_stops_the_installation(
    with_our_crds: Kubectl, new_release: Callable[..., Release]
) -> None:
    release = new_release()
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": RANDOM}, "immutable": True}
    release.kubectl("create", "--namespace", release.namespace, "-f", "-", input=json.dumps(secret))
    with pytest.raises(HelmError, match="pre-install"):
        release.install("--set=crds.create=false,registry.enabled=true")
    assert release.get("deployments,statefulsets")["items"] == []
    assert "Error: " in release.hook_runs[0]


def test_the_notes_say_how_to_go_on(with_our_crds: Kubectl, new_release: Callable[..., Release]) -> None:
    release = new_release()
    printed = release.install(
        "--set=crds.create=false,registry.enabled=true,registry.publicURL=https://atlas.example.com"
    )
    assert "people find it at https://atlas.example.com" in printed
    assert "atlas registry token create --data /data" in printed


def test_the_notes_say_whom_it_serves_and_where_links_lead_nowhere(
    with_our_crds: Kubectl, new_release: Callable[..., Release]
) -> None:
    release = new_release()

    def notes(*flags: str) -> str:
        printed = release.install("--set=crds.create=false", "--dry-run=client", *flags)
        return printed.partition("\nNOTES:\n")[2]

    nothing_said = notes()
    assert " serves all namespaces." in nothing_said
    assert "such as docs/runbook/NotFound.md, which leads nowhere" in nothing_said
    chosen = notes(
        "--set=labelSelector={team in (a\\,b)}", "--set=runbookURL=https://git.example.com/runbook/"
    )
    assert " serves resources with labels team in (a,b) in all namespaces." in chosen
    assert "runbook" not in chosen
    apart = notes("--set=labelSelector={team=a},watchNamespaces={shop}", "--set=runbookURL=")
    assert " serves resources with labels team=a in the namespaces shop." in apart
    assert "runbook" not in apart
