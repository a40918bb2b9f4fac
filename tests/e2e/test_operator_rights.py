"""The least that the operator must be allowed, and what it does with less."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.e2e.schemas import OnSqlite, Schemas
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.controlplane.cluster import ControlPlane
    from tests.e2e.conftest import Namespace, Process

ONE = {"1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY);"}
TWO = ONE | {"2_b.sql": "CREATE TABLE b (id integer PRIMARY KEY);"}
RBAC = "rbac.authorization.k8s.io"

RESOURCES = {
    "apiGroups": ["db.atlasgo.io"],
    "resources": ["atlasmigrations", "atlasschemas"],
    "verbs": ["get", "list", "watch"],
}
STATUS = {
    "apiGroups": ["db.atlasgo.io"],
    "resources": ["atlasmigrations/status", "atlasschemas/status"],
    "verbs": ["patch"],
}
REFERENCES = {"apiGroups": [""], "resources": ["secrets", "configmaps"], "verbs": ["get", "list", "watch"]}
BY_NAME = {"apiGroups": [""], "resources": ["secrets"], "resourceNames": ["db"], "verbs": ["get"]}
DEPLOYMENTS = {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get", "create", "patch"]}
PODS = {"apiGroups": [""], "resources": ["pods"], "verbs": ["list"]}
EVENTS = {"apiGroups": [""], "resources": ["events"], "verbs": ["create"]}


ROLE = Path(__file__).parents[2] / "examples" / "manifests" / "operator-role.yaml"


def account(plane: ControlPlane, namespace: Namespace, *rules: dict[str, Any]) -> str:
    """Make a service account with these rights in the namespace and no others; returns its kubeconfig."""
    subject = {"kind": "ServiceAccount", "name": "operator", "namespace": namespace.name}
    namespace.apply(
        {"kind": "ServiceAccount", "metadata": {"name": "operator"}},
        {"apiVersion": f"{RBAC}/v1", "kind": "Role", "metadata": {"name": "operator"}, "rules": list(rules)},
        {
            "apiVersion": f"{RBAC}/v1",
            "kind": "RoleBinding",
            "metadata": {"name": "operator"},
            "roleRef": {"apiGroup": RBAC, "kind": "Role", "name": "operator"},
            "subjects": [subject],
        },
    )
    return str(plane.kubeconfig_for_service_account(namespace.name, "operator"))


def from_secret(files: dict[str, str]) -> dict[str, Any]:
    return {"urlFrom": {"secretKeyRef": {"name": "db", "key": "url"}}, "dir": {"local": files}}


def test_rights_in_one_namespace_are_enough(
    control_plane: ControlPlane, namespace: Namespace, new_operator: Callable[..., Process]
) -> None:
    """Those of the example, which are all there are."""
    kubeconfig = account(control_plane, namespace, *yaml.safe_load(ROLE.read_text())["rules"])
    operator = new_operator("--kubeconfig", kubeconfig)
    operator.start()
    namespace.secret("db", url=namespace.url("first.db"))
    namespace.migration("shop", from_secret(ONE))
    namespace.wait_ready("shop", "1")
    namespace.secret("db", url=namespace.url("second.db"))
    wait_until(lambda: "a" in namespace.tables("second.db"), operator.log.read_text)
    wait_until(lambda: "Applied" in namespace.event_reasons("shop"), operator.log.read_text)
    assert [line["message"] for line in operator.lines() if line["level"] != "info"] == []


def test_without_the_right_to_keep_a_directory_it_is_applied_all_the_same(
    control_plane: ControlPlane, namespace: Namespace, new_operator: Callable[..., Process]
) -> None:
    operator = new_operator("--kubeconfig", account(control_plane, namespace, RESOURCES, STATUS, REFERENCES))
    operator.start()
    namespace.secret("db", url=namespace.url("app.db"))
    namespace.migration("shop", from_secret(ONE))
    namespace.wait_ready("shop", "1")
    wait_until(
        lambda: any("was not kept, so there is no way down" in line["message"] for line in operator.lines()),
        operator.log.read_text,
    )
    allowed = {"migrateDown": {"allow": True, "autoApprove": True}}
    namespace.migration("shop", from_secret(TWO) | {"protectedFlows": allowed})
    assert "secrets" in namespace.wait_reason("shop", "StoringDirState")
    assert "b" in namespace.tables("app.db")


def test_rights_on_deployments_are_needed_only_for_dev_databases_of_the_operators_own(
    control_plane: ControlPlane, namespace: Namespace, new_operator: Callable[..., Process]
) -> None:
    rules = (RESOURCES, STATUS, REFERENCES, EVENTS)
    new_operator("--kubeconfig", account(control_plane, namespace, *rules)).start()
    schemas = Schemas(namespace, OnSqlite(namespace.folder / "app.db"))
    schemas.apply({"sql": "CREATE TABLE a (id integer PRIMARY KEY);"})
    schemas.wait_ready()
    described: dict[str, Any] = {"spec": {"containers": [{"name": "dev", "image": "dev"}]}}
    schemas.apply({"sql": ""} | {"hcl": 'schema "main" {}'}, devURL="sqlite://d?mode=memory", devDB=described)
    assert "deployments" in schemas.wait_reason("AccessDenied")
    account(control_plane, namespace, *rules, DEPLOYMENTS, PODS)
    schemas.wait_reason("GettingDevDB")


def test_secrets_that_may_only_be_read_by_name_are_enough_to_apply(
    control_plane: ControlPlane, namespace: Namespace, new_operator: Callable[..., Process]
) -> None:
    operator = new_operator("--kubeconfig", account(control_plane, namespace, RESOURCES, STATUS, BY_NAME))
    operator.start()
    namespace.secret("db", url=namespace.url("app.db"))
    namespace.migration("shop", from_secret(TWO))
    namespace.wait_ready("shop", "2")
    assert any("cannot watch Secret" in line["message"] for line in operator.lines())


def test_a_secret_that_may_not_be_read_is_named_in_the_status(
    control_plane: ControlPlane, namespace: Namespace, new_operator: Callable[..., Process]
) -> None:
    new_operator("--kubeconfig", account(control_plane, namespace, RESOURCES, STATUS)).start()
    namespace.secret("db", url=namespace.url("app.db"))
    namespace.migration("shop", from_secret(ONE))
    message = namespace.wait_reason("shop", "AccessDenied")
    assert "secrets" in message
    assert '"db"' in message


def test_only_resources_with_the_labels_are_served(
    namespace: Namespace, new_operator: Callable[..., Process]
) -> None:
    new_operator("--label-selector", "team in (a,b),!legacy").start()

    def labelled(name: str, **labels: str) -> dict[str, Any]:
        spec = {"url": namespace.url(f"{name}.db"), "dir": {"local": ONE}}
        metadata = {"name": name, "labels": labels}
        return {
            "apiVersion": "db.atlasgo.io/v1alpha1",
            "kind": "AtlasMigration",
            "metadata": metadata,
            "spec": spec,
        }

    namespace.apply(
        labelled("other", team="c"), labelled("legacy", team="a", legacy="1"), labelled("ours", team="b")
    )
    namespace.wait_ready("ours", "1")
    assert namespace.tables("other.db") == namespace.tables("legacy.db") == set()
