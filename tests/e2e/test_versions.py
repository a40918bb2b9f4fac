"""A team's week with a registry and a server: versions, a wrong tag, a rotated password, the same database by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.databases import OnMariaDB, OnPostgres
from tests.waiting import wait_until

if TYPE_CHECKING:
    from tests.e2e.conftest import Namespace, Process, RegistryServer
    from tests.e2e.databases import Database

ONE = {"1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY);\nINSERT INTO a VALUES (1);"}
TWO = ONE | {"2_b.sql": "CREATE TABLE b (id integer PRIMARY KEY);\nINSERT INTO b VALUES (1);"}


@pytest.fixture(params=["postgres", "mariadb"])
def database(request: pytest.FixtureRequest) -> Database:
    server = request.getfixturevalue(request.param)
    return OnPostgres(server) if request.param == "postgres" else OnMariaDB(server)


def with_tag(registry: RegistryServer, tag: str) -> dict[str, Any]:
    return {
        "urlFrom": {"secretKeyRef": {"name": "db", "key": "url"}},
        "cloud": {"url": registry.url, "tokenFrom": {"secretKeyRef": {"name": "registry", "key": "token"}}},
        "dir": {"remote": {"name": "shop", "tag": tag}},
    }


def test_from_push_to_ready_through_a_wrong_tag_and_a_rotated_password(
    database: Database, namespace: Namespace, operator: Process, registry: RegistryServer
) -> None:
    registry.push("shop", "v1", ONE, database.dev_url)
    namespace.secret("registry", token=registry.token)
    namespace.secret("db", url=database.url())
    namespace.migration("shop", with_tag(registry, "v1"))
    namespace.wait_ready("shop", "1")
    assert database.tables() == {"a", "atlas_schema_revisions"}

    registry.push("shop", "v2", TWO, database.dev_url)
    namespace.migration("shop", with_tag(registry, "v2"))
    namespace.wait_ready("shop", "2")
    assert namespace.get("shop")["status"]["lastDeploymentUrl"].startswith(registry.url)

    before = database.dump()
    namespace.migration("shop", with_tag(registry, "v22"))
    message = namespace.wait_reason("shop", "NotFound")
    assert "v22" in message
    assert '"v2"' in message or "v2," in message or "v1" in message
    assert namespace.condition("shop", "Reconciling")["status"] == "True"
    assert database.dump() == before
    namespace.migration("shop", with_tag(registry, "v2"))
    namespace.wait_ready("shop", "2")

    observed = namespace.get("shop")["status"]["observed_hash"]
    database.rotate()
    namespace.secret("db", url=database.url())
    wait_until(
        lambda: namespace.get("shop")["status"]["observed_hash"] != observed, lambda: namespace.get("shop")
    )
    namespace.wait_ready("shop", "2")
    assert database.dump() == before

    answer = registry.atlas("migrate", "status", "--dir", "atlas://shop?version=2", "--url", database.url())
    assert "Migration Status: OK" in answer
    assert "Current Version: 2" in answer


def test_a_password_that_no_longer_holds_is_told_and_the_new_one_mends_it(
    database: Database, namespace: Namespace, operator: Process
) -> None:
    from_secret = {"urlFrom": {"secretKeyRef": {"name": "db", "key": "url"}}}
    namespace.secret("db", url=database.url())
    stale = database.url()
    database.rotate()
    namespace.migration("shop", from_secret | {"dir": {"local": ONE}})
    message = namespace.wait_reason("shop", "AccessDenied")
    assert database.name in message
    namespace.secret("db", url=database.url())
    namespace.wait_ready("shop", "1")
    assert namespace.get("shop")["status"]["failed"] == 0
    assert stale not in operator.log.read_text()
