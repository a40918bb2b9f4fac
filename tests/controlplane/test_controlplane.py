"""The test cluster is a real one: it answers, refuses strangers, keeps objects over a restart."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from typing import TYPE_CHECKING

import pytest
from kubernetes.aio import client, config

from tests.controlplane import binaries
from tests.controlplane.api import path_of
from tests.controlplane.client import Kubectl, KubectlError
from tests.controlplane.fixtures import delete_atlas_objects
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.controlplane.cluster import ControlPlane


def test_the_api_server_says_the_version_that_was_built(control_plane: ControlPlane) -> None:
    answer = control_plane.kubectl.json("version")
    assert answer["serverVersion"]["gitVersion"].startswith("v1.")


def test_an_applied_object_is_read_back(kubectl: Kubectl, kube_namespace: str) -> None:
    settings = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "settings"},
        "data": {"colour": "blue"},
    }
    kubectl("apply", "--namespace", kube_namespace, "-f", "-", input=json.dumps(settings))
    assert kubectl.json("get", "configmap", "settings", "--namespace", kube_namespace)["data"] == {
        "colour": "blue"
    }


def test_what_is_read_without_kubectl_is_what_kubectl_prints(kubectl: Kubectl, kube_namespace: str) -> None:
    here = ("-n", kube_namespace)
    kubectl("create", "configmap", "settings", "--from-literal=colour=blue", *here)
    kubectl("create", "secret", "generic", "password", "--from-literal=word=blue", *here)
    for looked_for in (("configmap", "settings"), ("secret", "password"), ("configmaps",), ("events",)):
        args = ("get", *looked_for, *here)
        assert path_of(args), "kubectl was asked, and the next line compares it with itself"
        assert kubectl.json(*args) == json.loads(kubectl(*args, "-o", "json").stdout)


def test_a_refusal_carries_the_words_of_kubectl(kubectl: Kubectl, kube_namespace: str) -> None:
    with pytest.raises(KubectlError, match=r'configmaps "missing" not found'):
        kubectl("get", "configmap", "missing", "--namespace", kube_namespace)
    with pytest.raises(KubectlError, match=r'configmaps "missing" not found'):
        kubectl.json("get", "configmap", "missing", "--namespace", kube_namespace)


def test_rbac_refuses_a_stranger(control_plane: ControlPlane, kube_namespace: str) -> None:
    stranger = control_plane.kubectl_as(control_plane.kubeconfig_for("stranger"))
    answer = stranger.attempt("get", "secrets", "--namespace", kube_namespace)
    assert answer.returncode != 0
    assert 'User "stranger" cannot list resource "secrets"' in answer.stderr


def test_a_group_gives_a_user_its_rights(control_plane: ControlPlane, kube_namespace: str) -> None:
    here = ("--namespace", kube_namespace)
    # NB: view, edit and admin are empty here: a controller that we do not run collects their rules.
    control_plane.kubectl("create", "role", "reader", "--verb=list", "--resource=configmaps", *here)
    control_plane.kubectl("create", "rolebinding", "readers", "--role=reader", "--group=readers", *here)
    reader = control_plane.kubectl_as(control_plane.kubeconfig_for("ann", groups=["readers"]))
    wait_until(lambda: reader.attempt("get", "configmaps", *here).returncode == 0, every_s=0.1)
    assert reader.attempt("get", "secrets", *here).returncode != 0


def test_a_service_account_speaks_with_its_own_token(
    control_plane: ControlPlane, kube_namespace: str
) -> None:
    control_plane.kubectl("create", "serviceaccount", "robot", "--namespace", kube_namespace)
    robot = control_plane.kubectl_as(control_plane.kubeconfig_for_service_account(kube_namespace, "robot"))
    assert robot.json("auth", "whoami")["status"]["userInfo"]["username"] == (
        f"system:serviceaccount:{kube_namespace}:robot"
    )


def test_a_wrong_token_is_refused(control_plane: ControlPlane) -> None:
    document = json.loads(control_plane.kubeconfig.read_text())
    document["users"][0]["user"] = {"token": "wrong"}
    folder = control_plane.kubeconfig_for("nobody").parent
    (folder / "kubeconfig").write_text(json.dumps(document))
    answer = control_plane.kubectl_as(folder / "kubeconfig").attempt("get", "namespaces")
    assert answer.returncode != 0
    assert "Unauthorized" in answer.stderr or "provide credentials" in answer.stderr


def test_objects_outlive_a_restart_of_the_api_server(
    control_plane: ControlPlane, kube_namespace: str
) -> None:
    control_plane.kubectl("create", "configmap", "kept", "--namespace", kube_namespace)
    control_plane.stop_apiserver()
    assert "refused" in control_plane.kubectl.attempt("get", "namespaces").stderr
    control_plane.start_apiserver()
    control_plane.kubectl("get", "configmap", "kept", "--namespace", kube_namespace)


def test_our_kinds_leave_with_the_namespace_of_their_test(
    kubectl: Kubectl, atlas_crds: None, kube_namespace: str
) -> None:
    resource = {
        "apiVersion": "db.atlasgo.io/v1alpha1",
        "kind": "AtlasMigration",
        "metadata": {"name": "shop"},
        "spec": {"url": "sqlite://shop.db", "dir": {"configMapRef": {"name": "files"}}},
    }
    kubectl("create", "--namespace", kube_namespace, "-f", "-", input=json.dumps(resource))
    delete_atlas_objects(kubectl, kube_namespace)
    assert kubectl.json("get", "atlasmigrations", "--namespace", kube_namespace)["items"] == []


def test_the_python_client_reads_with_the_same_kubeconfig(
    control_plane: ControlPlane, kube_namespace: str
) -> None:
    names = asyncio.run(names_of_namespaces(control_plane.kubeconfig_for("root", groups=["system:masters"])))
    assert {"default", kube_namespace} <= names


async def names_of_namespaces(kubeconfig: Path) -> set[str]:
    configuration = client.Configuration()
    await config.load_kube_config(str(kubeconfig), client_configuration=configuration)
    async with client.ApiClient(configuration) as api:
        found = await client.CoreV1Api(api).list_namespace()
    return {namespace.metadata.name for namespace in found.items}


def test_nobody_else_can_read_a_kubeconfig(control_plane: ControlPlane) -> None:
    for kubeconfig in (control_plane.kubeconfig, control_plane.kubeconfig_for("ann")):
        assert stat.S_IMODE(kubeconfig.stat().st_mode) == 0o600


def test_a_folder_that_lacks_a_program_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(binaries.BinariesError, match=f"KUBEBUILDER_ASSETS={tmp_path} does not hold etcd"):
        binaries.find({"KUBEBUILDER_ASSETS": str(tmp_path)})


def test_programs_are_found_on_path_only_together(tmp_path: Path) -> None:
    for program in ("etcd", "kube-apiserver"):
        (tmp_path / program).touch(mode=0o755)
    environ = {"PATH": str(tmp_path), "ATLAS_TEST_CACHE": str(tmp_path / "cache")}
    with pytest.raises(binaries.BinariesError, match="make controlplane"):
        binaries.find(environ)
    (tmp_path / "kubectl").touch(mode=0o755)
    assert binaries.find(environ) == binaries.Binaries(tmp_path)


def test_the_cache_has_a_folder_a_version(tmp_path: Path) -> None:
    folder = binaries.cached({"ATLAS_TEST_CACHE": str(tmp_path)})
    assert folder.parent == tmp_path / "atlas-operator" / "controlplane"
    assert folder.name.startswith(f"{binaries.version()}-")


def test_what_is_built_is_not_built_again(tmp_path: Path) -> None:
    environ = {"ATLAS_TEST_CACHE": str(tmp_path), "PATH": os.devnull}
    built = binaries.cached(environ)
    built.mkdir(parents=True)
    for program in binaries.PROGRAMS:
        (built / program).touch(mode=0o755)
    assert binaries.build(environ) == binaries.Binaries(built)


def test_a_build_without_go_says_how_to_get_a_cluster(tmp_path: Path) -> None:
    with pytest.raises(binaries.BinariesError, match=r"Go >= 1\.26"):
        binaries.build({"ATLAS_TEST_CACHE": str(tmp_path), "PATH": os.devnull})
