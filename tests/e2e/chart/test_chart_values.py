"""What values make of the chart, without a cluster: looked at as objects, not as text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.controlplane.helm import HelmError
from tests.e2e.chart.release import CHART, DEFINITIONS, of_kind, rendered

if TYPE_CHECKING:
    from tests.controlplane.helm import Helm

GO_VALUES = Path(__file__).parent / "go_values.yaml"
REFUSED = {
    "image.tagg=1": "additional properties 'tagg' not allowed",
    "replicas=1": "additional properties 'replicas' not allowed",
    "replicaCount=two": "at '/replicaCount': got string, want integer",
    "logLevel=loud": "at '/logLevel': value must be one of 'debug', 'info', 'warning', 'error'",
    "image.pullPolicy=Sometimes": "at '/image/pullPolicy': value must be one of",
    "registry.publicURL=atlas.example.com": "at '/registry/publicURL'",
    "registry.token.scope=admin": "at '/registry/token/scope': value must be one of 'read', 'push'",
    "image.digest=latest": "at '/image/digest'",
    "extraEnvs[0].value=x": "missing property 'name'",
    "replicaCount=2,leaderElection.enabled=false": "two operators would work at once",
    "namespaced=true,watchNamespaces={a}": "namespaced and watchNamespaces are both set",
    "rbac.create=false,registry.enabled=true": "rbac.create is off, so the hook may not make a Secret",
    "connectionsPerServer=0": "at '/connectionsPerServer'",
    "cloud.namespaceTokens.required=true": "without cloud.namespaceTokens.secret",
    "registry.enabled=true,cloud.url=https://atlas.example.com": "the operator has one registry of its own",
}


def operator(
    objects: list[dict[str, Any]], name: str = "atlas-operator"
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The operator's pod and container."""
    pod = of_kind(objects, "Deployment", name)["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    return pod, container


def variables(container: dict[str, Any]) -> dict[str, Any]:
    """Names are listed once: which of two would count differs between tools."""
    names = [one["name"] for one in container["env"]]
    assert len(names) == len(set(names))
    return {one["name"]: one.get("value", one.get("valueFrom")) for one in container["env"]}


def test_lint_has_nothing_to_say_but_that_there_is_no_icon(helm: Helm) -> None:
    printed = helm("lint", "--strict", CHART)
    assert [line for line in printed.splitlines() if line.startswith("[")] == [
        "[INFO] Chart.yaml: icon is recommended"
    ]


@pytest.mark.parametrize("flags", REFUSED)
def test_a_value_that_cannot_be_is_refused_by_name(helm: Helm, flags: str) -> None:
    with pytest.raises(HelmError) as refused:
        rendered(helm, f"--set={flags}")
    assert REFUSED[flags] in str(refused.value)


def test_a_chart_around_this_one_may_give_global_values(helm: Helm) -> None:
    assert rendered(helm, "--set=global.team=a") == rendered(helm)


def test_nothing_said_is_an_operator_of_all_namespaces_with_a_lease_and_no_registry(helm: Helm) -> None:
    objects = rendered(helm)
    pod, container = operator(objects)
    assert container["args"] == [
        "operator",
        "run",
        "--health-probe-bind-address=:8081",
        "--metrics-bind-address=:8080",
        "--leader-elect",
        "--leader-election-id=5220c287.atlasgo.io",
        "--leader-election-namespace=default",
        "--concurrency=64",
        "--connections-per-server=8",
        "--runbook-url=docs/runbook/",
        "--grace-period=25",
        "--log-level=info",
    ]
    assert variables(container) == {"PREWARM_DEVDB": "true"}
    assert pod["terminationGracePeriodSeconds"] > 25
    assert not [one for one in objects if one["kind"] in ("StatefulSet", "Secret", "Job")]


def test_tokens_of_namespaces_are_flags_and_a_right_to_read_them_by_name(helm: Helm) -> None:
    tokens = "--set=cloud.namespaceTokens.secret=atlas-token,cloud.namespaceTokens.required=true"
    objects = rendered(helm, tokens, "--set=cloud.namespaceTokens.projects.team-a=north")
    _, container = operator(objects)
    assert {
        "--namespace-token-secret=atlas-token",
        "--namespace-token-key=token",
        "--namespace-token-required",
        "--namespace-project=team-a=north",
    } <= set(container["args"])
    by_name = rendered(helm, tokens, "--set=rbac.clusterWideSecretAccess=false")
    rules = of_kind(by_name, "ClusterRole", "atlas-operator")["rules"]
    assert [rule for rule in rules if "secrets" in rule["resources"]] == [
        {"apiGroups": [""], "resources": ["secrets"], "resourceNames": ["atlas-token"], "verbs": ["get"]}
    ]


def test_an_organisation_names_its_own_runbook_or_none(helm: Helm) -> None:
    _, container = operator(rendered(helm, "--set=runbookURL=https://wiki.example.com/{reason}"))
    assert "--runbook-url=https://wiki.example.com/{reason}" in container["args"]
    _, container = operator(rendered(helm, "--set=runbookURL="))
    assert "--runbook-url=" in container["args"]


def test_definitions_are_kept_and_say_whose_they_are(helm: Helm) -> None:
    found = [one for one in rendered(helm) if one["kind"] == "CustomResourceDefinition"]
    assert sorted(one["metadata"]["name"] for one in found) == sorted(DEFINITIONS)
    for one in found:
        assert one["metadata"]["annotations"] == {"helm.sh/resource-policy": "keep"}
        source = yaml.safe_load(
            (CHART.parents[1] / "crds" / f"{one['spec']['names']['plural']}.yaml").read_text()
        )
        assert one["spec"] == source["spec"]
    kept = rendered(helm, "--set=crds.keep=false,crds.annotations.note=x")
    assert of_kind(kept, "CustomResourceDefinition", DEFINITIONS[0])["metadata"]["annotations"] == {
        "note": "x"
    }
    assert not [one for one in rendered(helm, "--set=crds.create=false") if "Definition" in one["kind"]]


def test_the_values_of_the_go_operators_chart_mean_what_they_mean_there(helm: Helm) -> None:
    objects = rendered(helm, "--values", str(GO_VALUES))
    deployment = of_kind(objects, "Deployment")
    pod, container = operator(objects, "atlas")
    assert deployment["metadata"]["name"] == "atlas"
    assert (deployment["spec"]["replicas"], deployment["spec"]["revisionHistoryLimit"]) == (2, 3)
    assert deployment["spec"]["template"]["metadata"]["annotations"]["note"] == "pod"
    assert deployment["spec"]["template"]["metadata"]["labels"]["team"] == "a"
    assert container["image"] == "registry.example.com/atlas-operator:1.2.3"
    assert container["imagePullPolicy"] == "Always"
    assert container["resources"] == {"limits": {"memory": "512Mi"}}
    assert container["securityContext"]["runAsUser"] == 65533
    assert {"--namespace=a,b", "--label-selector=team in (a,b),!legacy", "--allow-custom-config"} <= set(
        container["args"]
    )
    assert variables(container) == {
        "PREWARM_DEVDB": "false", "ATLAS_TOKEN": "aci_mine", "MSSQL_PID": "Developer",
    }  # fmt: skip
    mounts = {one["name"]: one["mountPath"] for one in container["volumeMounts"]}
    assert mounts == {"tmp": "/tmp", "data": "/var/data", "certificates": "/certificates"}
    assert pod["securityContext"] == {
        "runAsNonRoot": True, "fsGroup": 1000, "seccompProfile": {"type": "RuntimeDefault"},
    }  # fmt: skip
    for key in ("nodeSelector", "priorityClassName", "tolerations", "affinity", "imagePullSecrets"):
        assert pod[key] == yaml.safe_load(GO_VALUES.read_text())[key]
    account = of_kind(objects, "ServiceAccount")["metadata"]
    assert (account["name"], account["annotations"], account["labels"]["team"]) == (
        "account", {"role": "cloud"}, "a",
    )  # fmt: skip
    claim = of_kind(objects, "PersistentVolumeClaim")
    assert claim["metadata"]["annotations"] == {"note": "claim"}
    assert claim["spec"] == {
        "accessModes": ["ReadWriteMany"],
        "storageClassName": "fast",
        "resources": {"requests": {"storage": "2Gi"}},
    }


def test_the_token_of_the_registry_reaches_registry_and_operator_from_one_secret(helm: Helm) -> None:
    objects = rendered(helm, "--set=registry.enabled=true,registry.publicURL=https://atlas.example.com")
    ref = {"secretKeyRef": {"name": "atlas-operator-generated", "key": "token"}}
    _, container = operator(objects)
    found = variables(container)
    assert found["ATLAS_TOKEN"] == ref
    assert found["ATLAS_CLOUD_URL"] == "http://atlas-operator-registry.default.svc"
    registry = of_kind(objects, "StatefulSet")["spec"]["template"]["spec"]
    (admits,), (serves,) = registry["initContainers"], registry["containers"]
    assert variables(admits) == {"ATLAS_TOKEN": ref}
    assert "--public-url=https://atlas.example.com" in serves["args"]
    assert registry["automountServiceAccountToken"] is False
    job = of_kind(objects, "Job")["spec"]["template"]["spec"]["containers"][0]
    assert job["args"][-2:] == [ref["secretKeyRef"]["name"], "token"]


def test_a_token_of_ones_own_needs_no_hook(helm: Helm) -> None:
    flags = "--set=registry.enabled=true,registry.token.existingSecret=mine,registry.token.key=t,rbac.create=false"
    objects = rendered(helm, flags)
    assert not [one for one in objects if one["kind"] in ("Job", "Role", "ClusterRole")]
    ref = {"secretKeyRef": {"name": "mine", "key": "t"}}
    assert variables(operator(objects)[1])["ATLAS_TOKEN"] == ref
    assert variables(of_kind(objects, "StatefulSet")["spec"]["template"]["spec"]["initContainers"][0]) == {
        "ATLAS_TOKEN": ref
    }


def test_a_registry_elsewhere_is_given_with_its_token(helm: Helm) -> None:
    flags = "--set=cloud.url=https://atlas.example.com,cloud.tokenFrom.name=mine"
    found = variables(operator(rendered(helm, flags))[1])
    assert found["ATLAS_CLOUD_URL"] == "https://atlas.example.com"
    assert found["ATLAS_TOKEN"] == {"secretKeyRef": {"name": "mine", "key": "token"}}


def test_backups_and_folders_become_flags_one_each(helm: Helm) -> None:
    flags = "--set=backups={s3://b/x?region=r,file:///mnt},allowBackups={s3://b/},allowPaths={/data}"
    assert operator(rendered(helm, flags))[1]["args"][-4:] == [
        "--allow-path=/data", "--backup=s3://b/x?region=r", "--backup=file:///mnt", "--allow-backup=s3://b/",
    ]  # fmt: skip


def test_dev_servers_are_reached_with_the_password_that_they_were_started_with(helm: Helm) -> None:
    objects = rendered(helm, "--set=devServers.postgres.enabled=true,devServers.mariadb.enabled=true")
    found = variables(operator(objects)[1])
    for kind, own in (("postgres", "POSTGRES_PASSWORD"), ("mariadb", "MARIADB_ROOT_PASSWORD")):
        ref = {"secretKeyRef": {"name": "atlas-operator-generated", "key": f"{kind}-password"}}
        assert found[f"DEV_{kind.upper()}_PASSWORD"] == ref
        assert (
            f":$(DEV_{kind.upper()}_PASSWORD)@atlas-operator-dev-{kind}."
            in found[f"ATLAS_DEV_URL_{kind.upper()}"]
        )
        server = of_kind(objects, "Deployment", f"atlas-operator-dev-{kind}")["spec"]["template"]["spec"]
        assert variables(server["containers"][0])[own] == ref


def test_no_selector_of_one_part_takes_pods_of_another(helm: Helm) -> None:
    flags = "registry.enabled=true,devServers.postgres.enabled=true,devServers.mariadb.enabled=true"
    objects = rendered(helm, f"--set={flags},podDisruptionBudget.enabled=true")
    pods = {
        one["metadata"]["name"]: one["spec"]["template"]["metadata"]["labels"]
        for one in objects
        if "template" in one.get("spec", {})
    }
    selectors = {
        f"{one['kind']} {one['metadata']['name']}": one["spec"]["selector"].get(
            "matchLabels", one["spec"]["selector"]
        )
        for one in objects
        if "selector" in one.get("spec", {})
    }
    assert len(selectors) == 9
    for name, selector in selectors.items():
        assert len([pod for pod, labels in pods.items() if selector.items() <= labels.items()]) == 1, name


@pytest.mark.parametrize(
    ("flags", "strategy"),
    [
        ("", "RollingUpdate"),
        ("leaderElection.enabled=false", "Recreate"),
        ("persistence.enabled=true", "Recreate"),
    ],
)
def test_a_new_pod_waits_for_the_old_one_where_two_cannot_be(helm: Helm, flags: str, strategy: str) -> None:
    assert of_kind(rendered(helm, f"--set={flags}"), "Deployment")["spec"]["strategy"] == {"type": strategy}


def test_labels_of_the_user_never_replace_those_that_select(helm: Helm) -> None:
    name = r"app\.kubernetes\.io/name=mine"
    deployment = of_kind(
        rendered(helm, f"--set=commonLabels.{name},podLabels.{name},commonLabels.a=b"), "Deployment"
    )
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert labels["app.kubernetes.io/name"] == "atlas-operator"
    assert labels["a"] == "b"
    assert deployment["spec"]["selector"]["matchLabels"].items() <= labels.items()


def test_a_digest_names_the_image(helm: Helm) -> None:
    digest = f"sha256:{'0' * 64}"
    container = operator(rendered(helm, f"--set=image.digest={digest},image.tag=x"))[1]
    assert container["image"] == f"localhost/atlas-operator@{digest}"


def test_metrics_can_be_scraped_or_switched_off(helm: Helm) -> None:
    objects = rendered(helm, "--set=metrics.serviceMonitor.enabled=true,metrics.port=9000")
    assert of_kind(objects, "Service")["spec"]["ports"][0]["port"] == 9000
    scraped = {"port": "metrics", "interval": "30s", "honorLabels": True}  # namespaces are those of resources
    assert of_kind(objects, "ServiceMonitor")["spec"]["endpoints"] == [scraped]
    off = rendered(helm, "--set=metrics.enabled=false")
    assert "--metrics-bind-address=0" in operator(off)[1]["args"]
    assert not [one for one in off if one["kind"] == "Service"]


def test_a_scrape_is_as_the_user_says(helm: Helm) -> None:
    flags = "enabled=true,scrapeTimeout=9s,relabelings[0].action=drop,metricRelabelings[0].action=keep"
    said = ",".join(f"metrics.serviceMonitor.{flag}" for flag in flags.split(","))
    (endpoint,) = of_kind(rendered(helm, f"--set={said}"), "ServiceMonitor")["spec"]["endpoints"]
    assert endpoint["scrapeTimeout"] == "9s"
    assert endpoint["relabelings"] == [{"action": "drop"}]
    assert endpoint["metricRelabelings"] == [{"action": "keep"}]


def policies(helm: Helm, *flags: str) -> dict[str, dict[str, Any]]:
    """The network policies, by the last word of their names."""
    whole = "networkPolicy.enabled=true,registry.enabled=true,devServers.postgres.enabled=true"
    objects = rendered(helm, f"--set={whole},devServers.mariadb.enabled=true", *flags)
    found = [one for one in objects if one["kind"] == "NetworkPolicy"]
    assert all(one["spec"]["policyTypes"] == ["Ingress", "Egress"] for one in found)
    return {one["metadata"]["name"].rpartition("-")[2]: one["spec"] for one in found}


def test_no_network_policy_is_made_unasked(helm: Helm) -> None:
    assert not [one for one in rendered(helm) if one["kind"] == "NetworkPolicy"]


def test_dev_servers_are_reached_by_the_operator_alone_and_reach_nothing(helm: Helm) -> None:
    found = policies(helm)
    labels = {"app.kubernetes.io/name": "atlas-operator", "app.kubernetes.io/instance": "atlas-operator"}
    for name in ("postgres", "mariadb"):
        assert found[name]["egress"] == []
        (rule,) = found[name]["ingress"]
        assert rule == {"ports": [{"port": "database"}], "from": [{"podSelector": {"matchLabels": labels}}]}


def test_operator_and_registry_go_everywhere_but_to_metadata_or_where_they_are_told(helm: Helm) -> None:
    found = policies(helm)
    for name in ("operator", "registry"):
        dns, rest = found[name]["egress"]
        assert [one["port"] for one in dns["ports"]] == [53, 53, 5353, 5353]
        assert "169.254.0.0/16" in rest["to"][0]["ipBlock"]["except"]
        assert rest["to"][2] == {"namespaceSelector": {}}  # pods are in no ipBlock everywhere
    told = policies(helm, "--set=networkPolicy.egress[0].to[0].ipBlock.cidr=10.0.0.0/8")
    for name in ("operator", "registry"):
        _, own, rest = told[name]["egress"]
        assert own["to"][0]["podSelector"]["matchLabels"] == {"app.kubernetes.io/instance": "atlas-operator"}
        assert rest == {"to": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}


def test_probes_stay_open_whoever_may_scrape_and_the_operator_reaches_its_registry(helm: Helm) -> None:
    monitoring = {"namespaceSelector": {"matchLabels": {"team": "monitoring"}}}
    flag = "namespaceSelector.matchLabels.team=monitoring"
    found = policies(helm, f"--set=networkPolicy.metricsFrom[0].{flag},networkPolicy.registryFrom[0].{flag}")
    assert found["operator"]["ingress"] == [
        {"ports": [{"port": "probes"}]},
        {"ports": [{"port": "metrics"}], "from": [monitoring]},
    ]
    (rule,) = found["registry"]["ingress"]
    assert [next(iter(one)) for one in rule["from"]] == ["podSelector", "namespaceSelector"]
    assert rule["from"][1] == monitoring


@pytest.mark.parametrize(
    ("flags", "spec"),
    [("minAvailable=2", {"minAvailable": 2}), ("maxUnavailable=50%", {"maxUnavailable": "50%"})],
)
def test_a_disruption_budget_has_the_one_number_that_was_meant(
    helm: Helm, flags: str, spec: dict[str, Any]
) -> None:
    objects = rendered(helm, f"--set=podDisruptionBudget.enabled=true,podDisruptionBudget.{flags}")
    found = of_kind(objects, "PodDisruptionBudget")["spec"]
    assert {key: value for key, value in found.items() if key != "selector"} == spec
