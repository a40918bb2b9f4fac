"""Who may do what: the table of the documents, asked of the API server; and that the operator lives with it."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.e2e.chart.release import of_kind, rendered
from tests.e2e.conftest import ROOT
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.controlplane.client import Kubectl
    from tests.controlplane.cluster import ControlPlane
    from tests.controlplane.helm import Helm
    from tests.e2e.chart.release import Release

PAGE = ROOT / "docs" / "howto" / "helm.md"
WHO = ("viewer", "editor", "stranger", "operator")
ROW = re.compile(
    r"^\| `(?P<words>[a-z]+ [a-z0-9./=\- ]+)` \|(?P<answers>(?: (?:yes|no) \|){4})$", re.MULTILINE
)
AGGREGATED = {"view": "viewer", "edit": "editor"}
RBAC = "rbac.authorization.k8s.io"


def table() -> dict[str, dict[str, str]]:
    rows = {row["words"]: row["answers"].split("|")[:4] for row in ROW.finditer(PAGE.read_text())}
    return {
        what: dict(zip(WHO, (answer.strip() for answer in answers), strict=True))
        for what, answers in rows.items()
    }


def bind_as_the_cluster_would(release: Release) -> None:
    """The controller that collects aggregated roles does not run here: bind those of the chart to whom they are meant for."""
    bindings = [
        {
            "apiVersion": f"{RBAC}/v1",
            "kind": "RoleBinding",
            "metadata": {"name": f"{role['metadata']['name']}-to-{meant}", "namespace": release.namespace},
            "roleRef": {"apiGroup": RBAC, "kind": "ClusterRole", "name": role["metadata"]["name"]},
            "subjects": [{"apiGroup": RBAC, "kind": "User", "name": user}],
        }
        for role in release.kubectl.json("get", "clusterroles")["items"]
        for meant, user in AGGREGATED.items()
        if {f"{RBAC}/aggregate-to-{meant}", "helm.sh/chart"} <= role["metadata"].get("labels", {}).keys()
    ]
    create(release, bindings)


def create(release: Release, objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Create many in one run of kubectl, and return what the server answered, in order."""
    items = {"apiVersion": "v1", "kind": "List", "items": objects}
    printed = release.kubectl("create", "-f", "-", "-o", "json", input=json.dumps(items)).stdout
    found, decoder = [], json.JSONDecoder()
    while printed := printed.lstrip():
        answer, end = decoder.raw_decode(printed)
        found.append(answer)
        printed = printed[end:]
    return found


def review(release: Release, what: str, who: str) -> dict[str, Any]:
    """What `kubectl auth can-i WHAT --as WHO` asks the server."""
    verb, resource, *subresource = what.split()
    resource, _, name = resource.partition("/")
    resource, _, group = resource.partition(".")
    attributes = {
        "namespace": release.namespace,
        "verb": verb,
        "resource": resource,
        "group": group,
        "name": name,
    }
    if subresource:
        attributes["subresource"] = subresource[0].removeprefix("--subresource=")
    user = f"system:serviceaccount:{release.namespace}:atlas-operator" if who == "operator" else who
    spec = {"user": user, "groups": ["system:authenticated"], "resourceAttributes": attributes}
    return {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "spec": spec}


TABLE = table()


@pytest.mark.parametrize("scope", ["namespaced=true", "namespaced=false"])
def test_the_server_answers_as_the_table_of_the_page(
    scope: str, with_our_crds: Kubectl, new_release: Callable[..., Release]
) -> None:
    release = new_release()
    release.install(f"--set=crds.create=false,{scope}")
    bind_as_the_cluster_would(release)
    cells = [(what, who) for what in TABLE for who in WHO]
    assert len(cells) > 150
    expected = {(what, who): TABLE[what][who] for what, who in cells}

    def answers() -> dict[tuple[str, str], str]:
        found = create(release, [review(release, what, who) for what, who in cells])
        words = ("yes" if answer["status"]["allowed"] else "no" for answer in found)
        return dict(zip(cells, words, strict=True))

    # The authorizer hears of a role a moment after it is made.
    wait_until(lambda: answers() == expected, lambda: answers().items() - expected.items())


def test_kubectl_says_the_same_to_the_operators_own_token(
    chart_plane: ControlPlane, with_our_crds: Kubectl, new_release: Callable[..., Release]
) -> None:
    release = new_release()
    release.install("--set=crds.create=false")
    account = chart_plane.kubeconfig_for_service_account(release.namespace, "atlas-operator")
    kubectl = chart_plane.kubectl_as(account)

    def can_i(what: str) -> str:
        return kubectl.attempt(
            "auth", "can-i", *what.split(), "--namespace", release.namespace
        ).stdout.strip()

    wait_until(lambda: can_i("patch secrets") == "yes", lambda: can_i("patch secrets"))
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(TABLE, pool.map(can_i, TABLE), strict=True))
    assert found == {what: row["operator"] for what, row in TABLE.items()}


def test_an_operator_of_one_namespace_has_no_rights_in_another(
    with_our_crds: Kubectl, new_release: Callable[..., Release]
) -> None:
    release, elsewhere = new_release(), new_release()
    release.install("--set=crds.create=false,namespaced=true")
    reviews = [review(release, what, "operator") for what in TABLE]
    wait_until(
        lambda: any(one["status"]["allowed"] for one in create(release, reviews)), lambda: "no rights at all"
    )
    for one in reviews:
        one["spec"]["resourceAttributes"]["namespace"] = elsewhere.namespace
    assert [answer for answer in create(release, reviews) if answer["status"]["allowed"]] == []


def test_the_operator_has_no_right_that_is_not_in_the_example(helm: Helm) -> None:
    """The manifest for those who install without Helm, whose sufficiency other tests prove."""
    example = yaml.safe_load((ROOT / "examples" / "manifests" / "operator-role.yaml").read_text())
    role = of_kind(rendered(helm), "ClusterRole", "atlas-operator")
    assert flat(role["rules"]) == flat(example["rules"])


def flat(rules: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    return {
        (group, resource, verb)
        for rule in rules
        for group in rule["apiGroups"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }


def test_no_rule_of_the_chart_has_a_wildcard_or_rights_on_roles(helm: Helm) -> None:
    flags = "--set=registry.enabled=true,devServers.postgres.enabled=true"
    rules = [rule for one in rendered(helm, flags) for rule in one.get("rules", ())]
    assert len(rules) > 10
    assert "*" not in {
        word for rule in rules for key in ("apiGroups", "resources", "verbs") for word in rule[key]
    }
    assert not [rule for rule in rules if RBAC in rule["apiGroups"]]


def test_a_role_and_its_binding_in_every_namespace_that_is_watched_and_no_cluster_role(helm: Helm) -> None:
    objects = rendered(helm, "--set=watchNamespaces={a,b},rbac.aggregateClusterRoles=false")
    found = {
        (one["kind"], one["metadata"].get("namespace")) for one in objects if "rbac" in one["apiVersion"]
    }
    assert found == {(kind, name) for kind in ("Role", "RoleBinding") for name in ("a", "b", "default")}


def test_secrets_are_out_of_reach_when_access_to_them_is_switched_off(helm: Helm) -> None:
    role = of_kind(
        rendered(helm, "--set=rbac.clusterWideSecretAccess=false"), "ClusterRole", "atlas-operator"
    )
    assert "secrets" not in {resource for _, resource, _ in flat(role["rules"])}
