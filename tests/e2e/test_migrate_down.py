"""From version 2 back to version 1: refused and untouched where the owner says nothing, done where he allows it."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest
from atlas.wire.archive import unpack

from tests.e2e.conftest import wait_until
from tests.e2e.schemas import KINDS, SchemaDatabase, database_of, dev_flags

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.conftest import Namespace, Process, RegistryServer

ONE = {"1_a.sql": "CREATE TABLE a (id integer NOT NULL, PRIMARY KEY (id));"}
TWO = ONE | {
    "2_b.sql": "CREATE TABLE b (id integer NOT NULL, PRIMARY KEY (id));\nALTER TABLE a ADD COLUMN note varchar(20);"
}
REFUSED = "migrate down is not allowed, set `migrateDown.allow` to true to allow downgrade"
ALLOWED = {"migrateDown": {"allow": True, "autoApprove": True}}


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, namespace: Namespace) -> SchemaDatabase:
    return database_of(request, namespace)


@pytest.fixture
def started(
    new_operator: Callable[..., Process], database: SchemaDatabase, registry: RegistryServer
) -> Process:
    """A running operator that knows the registry and has a dev database of the right kind."""
    process = new_operator(*dev_flags(database), "--cloud-url", registry.url, ATLAS_TOKEN=registry.token)
    process.start()
    return process


def of(
    database: SchemaDatabase, directory: dict[str, Any], flows: dict[str, Any] | None = None
) -> dict[str, Any]:
    spec: dict[str, Any] = {"url": database.url(), "dir": directory}
    return spec | ({"protectedFlows": flows} if flows else {})


def test_a_local_directory_goes_down_from_what_was_kept(
    namespace: Namespace, database: SchemaDatabase, started: Process
) -> None:
    namespace.migration("shop", of(database, {"local": TWO}))
    namespace.wait_ready("shop", "2")
    kept = namespace.kubectl.json("get", "secret", "io.atlasgo.db.v1.shop.latest", "-n", namespace.name)
    assert kept["type"] == "atlasgo.io/db.v1"
    assert kept["metadata"]["labels"] == {"name": "shop", "owner": "atlasgo.io"}
    assert kept["metadata"]["ownerReferences"][0]["uid"] == namespace.get("shop")["metadata"]["uid"]
    names = [entry.name for entry in unpack(b64decode(kept["data"]["migrations.tar.gz"]))]
    assert names == ["atlas.sum", "1_a.sql", "2_b.sql"]

    before = database.dump()
    namespace.migration("shop", of(database, {"local": ONE}))
    assert namespace.wait_reason("shop", "ProtectedFlowError").splitlines()[0] == REFUSED
    assert database.dump() == before

    namespace.migration("shop", of(database, {"local": ONE}, ALLOWED))
    namespace.wait_ready("shop", "1")
    assert database.columns("a") == ["id"]
    assert database.columns("b") == []
    namespace.migration("shop", of(database, {"local": TWO}, ALLOWED))
    namespace.wait_ready("shop", "2")
    assert database.columns("a") == ["id", "note"]


def test_what_is_kept_goes_over_to_a_resource_that_was_made_anew_under_its_name(
    namespace: Namespace, database: SchemaDatabase, started: Process
) -> None:
    """The garbage collector takes what the resource of before owned, some time after it went."""

    def owners() -> list[dict[str, Any]]:
        kept = namespace.kubectl.json("get", "secret", "io.atlasgo.db.v1.shop.latest", "-n", namespace.name)
        return list(kept["metadata"]["ownerReferences"])

    namespace.migration("shop", of(database, {"local": TWO}))
    namespace.wait_ready("shop", "2")
    (before,) = owners()
    namespace.kubectl("delete", "atlasmigration", "shop", "-n", namespace.name)
    namespace.migration("shop", of(database, {"local": TWO}))
    namespace.wait_ready("shop", "2")
    uid = namespace.get("shop")["metadata"]["uid"]
    assert before["uid"] != uid
    wait_until(lambda: [owner["uid"] for owner in owners()] == [uid], owners)
    assert "blockOwnerDeletion" not in owners()[0]


def test_a_directory_of_the_registry_goes_down_from_its_latest_version(
    namespace: Namespace, database: SchemaDatabase, started: Process, registry: RegistryServer
) -> None:
    registry.push("shop", "v1", ONE, dev_url=database.scratch_url())
    registry.push("shop", "v2", TWO, dev_url=database.scratch_url())
    remote = {tag: {"remote": {"name": "shop", "tag": tag}} for tag in ("v1", "v2")}
    namespace.migration("shop", of(database, remote["v2"]))
    namespace.wait_ready("shop", "2")
    before = database.dump()
    namespace.migration("shop", of(database, remote["v1"]))
    assert namespace.wait_reason("shop", "ProtectedFlowError").splitlines()[0] == REFUSED
    assert database.dump() == before
    namespace.migration("shop", of(database, remote["v1"], {"migrateDown": {"allow": True}}))
    namespace.wait_ready("shop", "1")
    assert database.columns("a") == ["id"]
    assert database.columns("b") == []


def test_rows_are_not_taken_away(namespace: Namespace, database: SchemaDatabase, started: Process) -> None:
    namespace.migration("shop", of(database, {"local": TWO}))
    namespace.wait_ready("shop", "2")
    database.query("INSERT INTO b (id) VALUES (1)")
    before = database.dump()
    namespace.migration("shop", of(database, {"local": ONE}, ALLOWED))
    assert 'table "b" is not empty' in namespace.wait_reason("shop", "PolicyRefused")
    assert database.dump() == before
