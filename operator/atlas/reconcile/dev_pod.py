"""A dev database of the resource's own: a Deployment as the Go operator makes it, and the address of its Pod."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from atlas.engine.database_url import parse_database_url
from atlas.errors import AtlasError, SpecError
from atlas.reconcile.outcome import Waiting
from atlas.reconcile.resource import owner_reference

if TYPE_CHECKING:
    from atlas.engine.database_url import DatabaseURL
    from atlas.reconcile.needs_dev import NeedsDev
    from atlas.reconcile.ports import Workloads
    from atlas.reconcile.resource import Resource

GETTING = "GettingDevDB"
CREATED = "CreatedDevDB"
SCALED_UP = "ScaledUpDevDB"
_WAITING = "waiting for dev database to be ready"
_TEMPLATE = "atlasgo.io/conntmpl"


class _Image(NamedTuple):
    """A server to start. ``url`` is what a client on the same machine would say; the host is replaced."""

    name: str
    user_id: int
    port: int
    environment: Mapping[str, str]
    url: str


_IMAGES = {
    "postgres": _Image(
        "postgres:latest",
        999,
        5432,
        {"POSTGRES_DB": "postgres", "POSTGRES_USER": "root", "POSTGRES_PASSWORD": "pass"},
        "postgres://root:pass@localhost:5432/postgres?sslmode=disable",
    ),
    "mysql": _Image(
        "mysql:latest", 999, 3306, {"MYSQL_ROOT_PASSWORD": "pass"}, "mysql://root:pass@localhost:3306/"
    ),
    "mariadb": _Image(
        "mariadb:latest", 999, 3306, {"MARIADB_ROOT_PASSWORD": "pass"}, "mariadb://root:pass@localhost:3306/"
    ),
}


def find_own(run: NeedsDev) -> Waiting | None:
    """The Deployment that is made for a resource which names no dev database."""
    image = _IMAGES[run.database.dialect.name]
    return _find(run, _pod(image), parse_database_url(image.url), image.url)


def find_described(run: NeedsDev, url: DatabaseURL, pod: Mapping[str, object]) -> Waiting | None:
    """The Deployment of ``devDB.spec``; ``url`` says how to connect, its host becomes the Pod's."""
    return _find(run, pod, url, "")


def put_to_rest(run: NeedsDev) -> None:
    """After a success the Deployment is scaled down, unless it is to stay; one that does not rest is no failure."""
    workloads = run.ports.dev.workloads
    if not run.uses_pod or workloads is None or run.ports.dev.stays:
        return
    try:
        workloads.scale(run.resource.namespace, name_of(run.resource), 0)
    except AtlasError as error:
        run.ports.warn(f"the dev database {name_of(run.resource)} was not scaled down: {error}")


def name_of(resource: Resource) -> str:
    """The name of the Deployment, as the Go operator gives it."""
    return f"{resource.name}-atlas-dev-db"


def _find(run: NeedsDev, pod: Mapping[str, object], url: DatabaseURL, template: str) -> Waiting | None:
    workloads = run.ports.dev.workloads
    if workloads is None:
        raise SpecError("spec.devDB needs a cluster to run in: give spec.devURL alone")
    name = name_of(run.resource)
    news = _started(workloads, run.resource, _deployment(run.resource, pod, url.driver, template))
    if news:
        return Waiting(GETTING, _WAITING, news=(news,))
    pods = workloads.pods(run.resource.namespace, name)
    address = next((found for one in pods if (found := _address(one))), "")
    if not address:
        return Waiting(
            GETTING, f"{_WAITING}: no {'running ' if pods else ''}pods found for deployment {name}"
        )
    run.dev = replace(url, host=address)
    run.uses_pod = True
    return None


def _started(
    workloads: Workloads, resource: Resource, wanted: Mapping[str, object]
) -> tuple[str, str] | None:
    """Make it, or scale it up; None when it is there. A later change of the spec is not rolled out."""
    name = name_of(resource)
    found = workloads.deployment(resource.namespace, name)
    if found is None:
        workloads.create(resource.namespace, wanted)
        return CREATED, f"Created dev database deployment: {name}"
    spec = found.get("spec")
    if not (isinstance(spec, Mapping) and spec.get("replicas")):
        workloads.scale(resource.namespace, name, 1)
        return SCALED_UP, f"Scaled up dev database deployment: {name}"
    return None


def _address(pod: Mapping[str, object]) -> str:
    """The IP of a Pod that is ready, else ''."""
    status = cast("Mapping[str, Any]", pod.get("status") or {})
    ready = any(
        one.get("type") == "Ready" and one.get("status") == "True" for one in status.get("conditions") or ()
    )
    return str(status.get("podIP") or "") if ready else ""


def _deployment(
    resource: Resource, pod: Mapping[str, object], engine: str, template: str
) -> Mapping[str, object]:
    name = name_of(resource)
    labels = {
        "app.kubernetes.io/name": "atlas-dev-db",
        "app.kubernetes.io/instance": name,
        "app.kubernetes.io/part-of": "atlas-operator",
        "app.kubernetes.io/created-by": "controller-manager",
        "atlasgo.io/engine": engine,
    }
    annotations = {_TEMPLATE: template} if template else {}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {
            "name": name,
            "namespace": resource.namespace,
            "labels": labels,
            "ownerReferences": [owner_reference(resource)],
        },
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels, "annotations": annotations}, "spec": dict(pod)},
        },
    }


def _pod(image: _Image) -> Mapping[str, object]:
    """As restricted as Pod Security asks for."""
    container = {
        "name": image.name.partition(":")[0],
        "image": image.name,
        "imagePullPolicy": "IfNotPresent",
        "ports": [{"name": image.name.partition(":")[0], "containerPort": image.port}],
        "env": [{"name": name, "value": value} for name, value in image.environment.items()],
        "startupProbe": {
            "tcpSocket": {"port": image.port},
            "failureThreshold": 30,
            "periodSeconds": 10,
        },
        "readinessProbe": {"tcpSocket": {"port": image.port}, "periodSeconds": 2},
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": image.user_id,
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
            "seccompProfile": {"type": "RuntimeDefault"},
        },
    }
    return {"containers": [container]}
