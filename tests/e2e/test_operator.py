"""The operator as its users meet it: kubectl on one side, databases on the other."""

from __future__ import annotations

import base64
import gzip
import time
from typing import TYPE_CHECKING, Any

from atlas.wire.archive import Entry, pack

from tests.daemon import free_port
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.controlplane.cluster import ControlPlane
    from tests.e2e.conftest import Listener, Namespace, Process, RegistryServer
    from tests.servers.mariadb import MariaDBServer

ONE = {"1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY);"}
TWO = ONE | {"2_b.sql": "CREATE TABLE b (id integer PRIMARY KEY);"}
FROM_SECRET = {"secretKeyRef": {"name": "db", "key": "url"}}
REMOTE_TOKEN = {"tokenFrom": {"secretKeyRef": {"name": "registry", "key": "token"}}}


def local(namespace: Namespace, files: dict[str, str], database: str = "app.db") -> dict[str, Any]:
    return {"url": namespace.url(database), "dir": {"local": files}}


def test_a_local_directory_is_applied_and_nothing_but_status_is_written(
    namespace: Namespace, operator: Process
) -> None:
    namespace.migration("shop", local(namespace, TWO))
    namespace.wait_ready("shop", "2")
    assert {"a", "b", "atlas_schema_revisions"} <= namespace.tables("app.db")
    found = namespace.kubectl.json(
        "get", "atlasmigration", "shop", "-n", namespace.name, "--show-managed-fields"
    )
    assert "finalizers" not in found["metadata"]
    assert list(found["metadata"]["annotations"]) == ["kubectl.kubernetes.io/last-applied-configuration"]
    writers = {(one["manager"], one.get("subresource", "")) for one in found["metadata"]["managedFields"]}
    assert writers == {("kubectl-client-side-apply", ""), ("atlas-operator", "status")}
    wait_until(
        lambda: namespace.event_reasons("shop") == ["Applied"], lambda: namespace.event_reasons("shop")
    )


def test_a_changed_spec_is_applied_and_a_failure_is_told_and_mended(
    namespace: Namespace, operator: Process
) -> None:
    namespace.migration("shop", local(namespace, ONE))
    namespace.wait_ready("shop", "1")
    namespace.migration("shop", local(namespace, ONE | {"2_b.sql": "CREATE TABEL b (id integer);"}))
    assert "syntax error" in namespace.wait_reason("shop", "Migrating")
    assert "b" not in namespace.tables("app.db")
    namespace.migration("shop", local(namespace, TWO))
    namespace.wait_ready("shop", "2")


def test_a_wrong_tag_leaves_the_database_alone_and_the_right_one_mends_it(
    namespace: Namespace, operator: Process, registry: RegistryServer
) -> None:
    registry.push("shop", "v1", ONE)
    registry.push("shop", "v2", TWO)
    namespace.secret("registry", token=registry.token)
    remote = {"url": namespace.url("app.db"), "cloud": {"url": registry.url, **REMOTE_TOKEN}}
    namespace.migration("shop", remote | {"dir": {"remote": {"name": "shop", "tag": "v9"}}})
    message = namespace.wait_reason("shop", "NotFound")
    assert "v9" in message
    assert "v1" in message or "v2" in message
    assert namespace.tables("app.db") == set()
    namespace.migration("shop", remote | {"dir": {"remote": {"name": "shop", "tag": "v2"}}})
    namespace.wait_ready("shop", "2")
    assert namespace.get("shop")["status"]["lastDeploymentUrl"].startswith(registry.url)


def test_the_registry_of_the_operator_serves_resources_that_name_none(
    namespace: Namespace, new_operator: Callable[..., Process], registry: RegistryServer
) -> None:
    registry.push("shop", "v1", ONE)
    new_operator("--cloud-url", registry.url, ATLAS_TOKEN=registry.token).start()
    namespace.migration(
        "shop", {"url": namespace.url("app.db"), "dir": {"remote": {"name": "shop", "tag": "v1"}}}
    )
    namespace.wait_ready("shop", "1")


def test_another_address_never_sees_the_token_of_the_operator(
    namespace: Namespace, new_operator: Callable[..., Process], registry: RegistryServer, listener: Listener
) -> None:
    operator = new_operator("--cloud-url", registry.url, ATLAS_TOKEN=registry.token)
    operator.start()
    remote = {
        "url": namespace.url("app.db"),
        "dir": {"remote": {"name": "shop"}},
        "cloud": {"url": listener.url},
    }
    namespace.migration("shop", remote)
    assert "spec.cloud.tokenFrom" in namespace.wait_reason("shop", "ReadingMigrationData")
    assert [headers for headers in listener.headers if "authorization" in headers] == []
    assert registry.token not in operator.log.read_text()


def test_a_rotated_secret_is_seen(namespace: Namespace, operator: Process) -> None:
    namespace.migration("shop", {"urlFrom": FROM_SECRET, "dir": {"local": ONE}})
    assert "not found" in namespace.wait_reason("shop", "ReadingMigrationData")
    namespace.secret("db", url=namespace.url("first.db"))
    namespace.wait_ready("shop", "1")
    namespace.secret("db", url=namespace.url("second.db"))
    wait_until(lambda: "a" in namespace.tables("second.db"), lambda: namespace.get("shop")["status"])
    namespace.wait_ready("shop", "1")


def test_a_changed_config_map_is_seen_and_may_hold_an_archive(
    namespace: Namespace, operator: Process
) -> None:
    files = {"kind": "ConfigMap", "metadata": {"name": "files"}}
    namespace.apply(files | {"data": ONE})
    namespace.migration("shop", {"url": namespace.url("app.db"), "dir": {"configMapRef": {"name": "files"}}})
    namespace.wait_ready("shop", "1")
    archive = gzip.compress(pack(Entry(name, text.encode()) for name, text in TWO.items()))
    packed = {"data": None, "binaryData": {"dir.tar.gz": base64.b64encode(archive).decode()}}
    namespace.apply(files | packed)
    namespace.wait_ready("shop", "2")


def test_of_two_operators_one_works_and_the_other_follows_it(
    namespace: Namespace, new_operator: Callable[..., Process]
) -> None:
    flags = ("--leader-elect", "--leader-election-namespace", namespace.name)
    first, second = new_operator(*flags), new_operator(*flags)

    def leaders() -> list[Process]:
        return [
            one for one in (first, second) if any("working as" in line["message"] for line in one.lines())
        ]

    first.start()
    second.start()
    namespace.migration("shop", local(namespace, ONE))
    namespace.wait_ready("shop", "1")
    time.sleep(3)
    assert len(leaders()) == 1
    (leader,) = leaders()
    assert leader.terminate() == 0
    wait_until(lambda: len(leaders()) == 2, second.log.read_text)
    namespace.migration("shop", local(namespace, TWO))
    namespace.wait_ready("shop", "2")


def test_a_statement_that_does_not_end_is_cancelled_after_the_grace_period(
    namespace: Namespace, new_operator: Callable[..., Process], postgres_url: str
) -> None:
    namespace.secret("db", url=postgres_url)
    operator = new_operator("--grace-period", "1")
    operator.start()
    files = {"1_slow.sql": "CREATE TABLE b (id integer);\nSELECT pg_sleep(600);"}
    namespace.migration("shop", {"urlFrom": FROM_SECRET, "dir": {"local": files}})
    wait_until(lambda: running_sleeps(postgres_url) == 1, operator.log.read_text)
    assert operator.terminate() == 0
    wait_until(lambda: running_sleeps(postgres_url) == 0, operator.log.read_text)
    assert "cancelled" in operator.log.read_text()
    status = namespace.get("shop")["status"]
    assert (namespace.ready("shop")["reason"], status["failed"]) == ("Reconciling", 0)
    assert namespace.event_reasons("shop") == []


def running_sleeps(url: str) -> int:
    import psycopg

    query = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(600%'"
    with psycopg.connect(url) as connection:
        row = connection.execute(query + " AND pid <> pg_backend_pid()").fetchone()
    return int(row[0]) if row else 0


def test_resources_of_one_mariadb_server_take_turns_and_none_counts_a_failure(
    namespace: Namespace, operator: Process, mariadb: MariaDBServer
) -> None:
    names = [f"shop-{number}" for number in range(12)]
    for name in names:
        namespace.secret(name, url=mariadb.url(mariadb.create_database()))
    for name in names:
        url = {"secretKeyRef": {"name": name, "key": "url"}}
        namespace.migration(name, {"urlFrom": url, "dir": {"local": TWO}})
    for name in names:
        namespace.wait_ready(name, "2")
        assert namespace.get(name)["status"]["failed"] == 0
    assert [line for line in operator.lines() if line["level"] == "warning"] == []


def test_the_operator_outlives_a_restart_of_the_api_server(
    control_plane: ControlPlane, namespace: Namespace, new_operator: Callable[..., Process]
) -> None:
    operator = new_operator("--kubeconfig", str(control_plane.kubeconfig))
    operator.start()
    namespace.migration("shop", local(namespace, ONE))
    namespace.wait_ready("shop", "1")
    control_plane.restart_apiserver()
    namespace.migration("shop", local(namespace, TWO))
    namespace.wait_ready("shop", "2")
    files = {"kind": "ConfigMap", "metadata": {"name": "files"}}
    namespace.migration("other", {"url": namespace.url("b.db"), "dir": {"configMapRef": {"name": "files"}}})
    assert "not found" in namespace.wait_reason("other", "ReadingMigrationData")
    namespace.apply(files | {"data": ONE})
    namespace.wait_ready("other", "1")
    assert operator.child is not None
    assert operator.child.poll() is None


def test_the_annotation_forces_one_try_of_what_had_given_up(namespace: Namespace, operator: Process) -> None:
    spec = local(namespace, {"1_a.sql": "INSERT INTO later VALUES (1);"}) | {"allowDirty": True}
    namespace.migration("shop", spec | {"backoffLimit": 1})

    def stalled() -> bool:
        conditions = namespace.get("shop").get("status", {}).get("conditions", ())
        return any(one["type"] == "Stalled" and one["status"] == "True" for one in conditions)

    wait_until(stalled, lambda: namespace.get("shop")["status"])
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(namespace.folder / "app.db")) as connection:
        connection.execute("CREATE TABLE later (id integer)")
        connection.commit()
    namespace.annotate("shop", "now")
    namespace.wait_ready("shop", "1")


def test_probes_and_metrics_are_served(namespace: Namespace, new_operator: Callable[..., Process]) -> None:
    probes, metrics = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
    operator = new_operator("--health-probe-bind-address", probes, "--metrics-bind-address", metrics)
    operator.start()
    wait_until(lambda: answer_of(probes, "/readyz") == "ok", operator.log.read_text)
    assert answer_of(probes, "/healthz") == "ok"
    namespace.migration("shop", local(namespace, ONE))
    namespace.wait_ready("shop", "1")
    labels = f'kind="AtlasMigration",name="shop",namespace="{namespace.name}"'
    wait_until(
        lambda: f"atlas_resource_ready{{{labels}}} 1.0" in answer_of(metrics, "/metrics"),
        operator.log.read_text,
    )
    assert "sqlite://" not in answer_of(metrics, "/metrics")
    namespace.kubectl("delete", "atlasmigration", "shop", "-n", namespace.name)
    wait_until(lambda: labels not in answer_of(metrics, "/metrics"), operator.log.read_text)
    assert "a" in namespace.tables("app.db")


def answer_of(address: str, path: str) -> str:
    """The text of an answer, '' where nobody answers with success."""
    import urllib.request

    try:
        with urllib.request.urlopen(f"http://{address}{path}", timeout=5) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""
