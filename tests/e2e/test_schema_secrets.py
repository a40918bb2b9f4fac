"""Canaries in every place of an AtlasSchema where a secret can be: none may sing in a status, an Event or a log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.e2e.conftest import GROUP, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.conftest import Namespace, Process
    from tests.servers.postgres import PostgresServer

CANARY = "c4n4ry-t0-k33p"
TABLE = {"sql": "CREATE TABLE a (id integer);"}
TWICE = f"CREATE ROLE schema_reporter LOGIN PASSWORD '{CANARY}';\n" * 2
FROM_SECRET = {"secretKeyRef": {"name": "canary", "key": "url"}}


def specs(postgres: PostgresServer) -> dict[str, dict[str, Any]]:
    """A resource for each way in which a message could repeat a secret."""
    server = f"127.0.0.1:{postgres.port}"
    wrong = f"postgres://app:{CANARY}@{server}/app?sslmode=disable"
    target = postgres.url(postgres.create_database())
    return {
        "wrong-password": {"url": wrong, "schema": TABLE},
        "from-secret": {"urlFrom": FROM_SECRET, "schema": TABLE},
        "dev-wrong-password": {"url": target, "schema": TABLE, "devURL": wrong},
        "dev-from-secret": {"url": target, "schema": TABLE, "devURLFrom": FROM_SECRET},
        "dev-nobody-there": {
            "url": target,
            "schema": TABLE,
            "devURL": f"postgres://app:{CANARY}@127.0.0.1:1/app",
        },
        "dev-no-url": {
            "url": target,
            "schema": TABLE,
            "devURL": f"postgres://app:{CANARY}@127.0.0.1:port/app",
        },
        "dev-unknown-key": {"url": target, "schema": TABLE, "devURL": f"{wrong}&pasword={CANARY}"},
        "statement": {"url": target, "schema": {"sql": TWICE}},
        "token-of-nobody": {
            "url": target,
            "schema": {"url": "atlas://app"},
            "cloud": {"tokenFrom": {"secretKeyRef": {"name": "canary", "key": "token"}}},
        },
    }


def test_no_canary_sings_of_an_atlas_schema(
    namespace: Namespace, new_operator: Callable[..., Process], postgres: PostgresServer
) -> None:
    dev = postgres.url(postgres.create_database())
    flags = ("--cloud-url", "http://127.0.0.1:1", "--log-level", "debug")
    operator = new_operator(*flags, ATLAS_DEV_URL_POSTGRES=dev, ATLAS_TOKEN=f"aci_{CANARY}")
    operator.start()
    wanted = specs(postgres)
    url = f"postgres://app:{CANARY}@127.0.0.1:{postgres.port}/app?sslmode=disable"
    namespace.secret("canary", url=url, token=f"aci_{CANARY}")
    namespace.apply(
        *(
            {"apiVersion": GROUP, "kind": "AtlasSchema", "metadata": {"name": name}, "spec": spec}
            for name, spec in wanted.items()
        )
    )

    def found() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = namespace.kubectl.json("get", "atlasschemas", "-n", namespace.name)[
            "items"
        ]
        return items

    def failed() -> set[str]:
        return {one["metadata"]["name"] for one in found() if one["status"].get("failed")}

    wait_until(lambda: failed() == set(wanted), lambda: set(wanted) - failed())
    seen = {
        "status": json.dumps([one["status"] for one in found()]),
        "events": json.dumps(namespace.kubectl.json("get", "events", "-n", namespace.name)["items"]),
        "log": operator.log.read_text(),
    }
    assert "schema_reporter" in seen["status"]  # the statement is there, without its secret
    assert [place for place, text in seen.items() if CANARY in text or postgres.password in text] == []
