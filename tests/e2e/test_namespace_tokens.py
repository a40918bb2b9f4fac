"""Teams that share an operator and its registry: the token of a namespace decides which repositories a name means."""

from __future__ import annotations

import secrets
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.controlplane.fixtures import delete_atlas_objects
from tests.e2e.conftest import BIN, Namespace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.e2e.conftest import Process, RegistryServer

BASE = {"1_base.sql": "CREATE TABLE base (id integer PRIMARY KEY);"}
FROM_REGISTRY = {"remote": {"name": "shop", "tag": "v1"}}
TOKEN = "atlas-token"


def project(registry: RegistryServer, name: str) -> RegistryServer:
    """The same registry, as a token of another project sees it; ``shop`` has a table there that is named so."""
    folder = registry.folder / name
    folder.mkdir()
    words = ("--data", str(registry.folder / "registry"), "--project", name)
    made = subprocess.run(
        [str(BIN / "atlas"), "registry", "token", "create", *words],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    found = replace(registry, token=made.stdout.strip(), folder=folder)
    found.push("shop", "v1", BASE | {"2_more.sql": f"CREATE TABLE {name} (id integer PRIMARY KEY);"})
    return found


@pytest.fixture
def other(namespace: Namespace) -> Iterator[Namespace]:
    """Another namespace of the same cluster."""
    name = f"test-{secrets.token_hex(5)}"
    namespace.kubectl("create", "namespace", name)
    yield replace(namespace, name=name)
    delete_atlas_objects(namespace.kubectl, name)
    namespace.kubectl("delete", "namespace", name, "--wait=false")


def asks_for_shop(namespace: Namespace, database: str) -> None:
    namespace.migration("shop", {"url": namespace.url(database), "dir": FROM_REGISTRY})


def remove_token(namespace: Namespace) -> None:
    namespace.kubectl("delete", "secret", TOKEN, "-n", namespace.name)


def test_one_name_means_another_directory_in_each_namespace(
    namespace: Namespace,
    other: Namespace,
    new_operator: Callable[..., Process],
    registry: RegistryServer,
) -> None:
    registry.push("shop", "v1", BASE)
    north, south = project(registry, "north"), project(registry, "south")
    served = ("--namespace", f"{namespace.name},{other.name}")
    operator = new_operator(
        *served, "--cloud-url", registry.url, "--namespace-token-secret", TOKEN, ATLAS_TOKEN=registry.token
    )
    operator.start()
    namespace.secret(TOKEN, token=north.token)
    asks_for_shop(namespace, "north.db")
    asks_for_shop(other, "south.db")
    namespace.wait_ready("shop", "2")
    other.wait_ready("shop", "1")
    assert "north" in namespace.tables("north.db")
    assert other.tables("south.db") == {"base", "atlas_schema_revisions"}
    other.secret(TOKEN, token=south.token)
    other.wait_ready("shop", "2")
    assert "south" in other.tables("south.db")
    for team, database in ((north, "north.db"), (south, "south.db")):
        reported = team.atlas("cloud", "migration", "list")
        assert reported.count("shop") == 1, reported
        assert database in team.atlas("cloud", "migration", "describe", "--id", _first_id(reported))
    namespace.secret(TOKEN, token="aci_" + "x" * 43)
    namespace.wait_reason("shop", "Unauthorized")
    namespace.secret(TOKEN, token=north.token)
    namespace.wait_ready("shop", "2")
    assert not [team.token for team in (registry, north, south) if team.token in operator.log.read_text()]


def test_without_a_token_nothing_is_lent_and_the_secret_alone_mends_it(
    namespace: Namespace, new_operator: Callable[..., Process], registry: RegistryServer
) -> None:
    registry.push("shop", "v1", BASE)
    north = project(registry, "north")
    flags = ("--namespace-token-secret", TOKEN, "--namespace-token-required", "--cloud-url", registry.url)
    new_operator(*flags, ATLAS_TOKEN=registry.token).start()
    asks_for_shop(namespace, "app.db")
    message = namespace.wait_reason("shop", "LoginRequired")
    assert f"Secret {namespace.name}/{TOKEN}" in message
    assert message.endswith("\nRead more: docs/runbook/LoginRequired.md")
    assert namespace.tables("app.db") == set()
    namespace.secret(TOKEN, token=north.token)
    namespace.wait_ready("shop", "2")
    remove_token(namespace)
    namespace.wait_reason("shop", "LoginRequired")
    namespace.secret(TOKEN, token=north.token)
    namespace.wait_ready("shop", "2")


def _first_id(listed: str) -> str:
    return next(line for line in listed.splitlines() if "shop" in line).split()[0]
