"""Plans of an AtlasSchema that a person approves: the operator on one side, ``atlas schema plan`` on the other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.schemas import KINDS, NICK, USERS, SchemaDatabase, Schemas, database_of, dev_flags
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.conftest import Namespace, Process, RegistryServer

ALWAYS = {"lint": {"review": "ALWAYS"}}


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, namespace: Namespace) -> SchemaDatabase:
    return database_of(request, namespace)


@pytest.fixture
def schemas(
    database: SchemaDatabase,
    namespace: Namespace,
    new_operator: Callable[..., Process],
    registry: RegistryServer,
) -> Schemas:
    new_operator(*dev_flags(database), "--cloud-url", registry.url).start()
    namespace.secret("registry", token=registry.token)
    return Schemas(namespace, database)


def cloud(repo: str = "app") -> dict[str, Any]:
    return {"repo": repo, "tokenFrom": {"secretKeyRef": {"name": "registry", "key": "token"}}}


def status_of(schemas: Schemas) -> dict[str, Any]:
    found: dict[str, Any] = schemas.get()["status"]
    return found


def test_a_change_waits_for_an_approval_and_runs_after_it(
    schemas: Schemas, registry: RegistryServer, database: SchemaDatabase
) -> None:
    schemas.apply({"sql": USERS.format(more="")}, cloud=cloud(), policy=ALWAYS)
    message = schemas.wait_reason("ApprovalPending")
    status = status_of(schemas)
    assert message == f"Schema plan is waiting for approval: {status['planLink']}"
    assert status["planURL"].startswith("atlas://app/plans/")
    assert status["planLink"] == f"{registry.url}/schemas/1/plans/1"
    assert "failed" not in status or status["failed"] == 0
    assert database.columns("users") == []
    [listed] = json.loads(
        registry.atlas("schema", "plan", "list", "--repo", "app", "--format", "{{ json . }}")
    )
    assert (listed["URL"], listed["Status"]) == (status["planURL"], "PENDING")
    assert "CREATE TABLE" in listed["Migration"]
    registry.atlas("schema", "plan", "approve", "--url", status["planURL"])
    assert "Apply response: {" in schemas.wait_ready()
    assert database.columns("users") == ["id", "name"]
    assert status_of(schemas)["planURL"] == status["planURL"]


def test_what_would_be_lost_is_asked_about_by_default(
    schemas: Schemas, registry: RegistryServer, database: SchemaDatabase
) -> None:
    schemas.apply({"sql": USERS.format(more=NICK)}, cloud=cloud())
    schemas.wait_ready()
    assert "planURL" not in status_of(schemas)
    database.query("INSERT INTO users (id, name, nick) VALUES (1, 'a', 'kept')")
    schemas.apply({"sql": USERS.format(more="")}, cloud=cloud())
    schemas.wait_reason("ApprovalPending")
    assert list(database.query("SELECT nick FROM users")) == [("kept",)]
    registry.atlas("schema", "plan", "approve", "--url", status_of(schemas)["planURL"])
    schemas.wait_ready()
    assert database.columns("users") == ["id", "name"]


def test_a_plan_that_was_approved_before_the_change_came_is_run_as_it_is_written(
    schemas: Schemas, registry: RegistryServer, database: SchemaDatabase
) -> None:
    schemas.apply({"sql": USERS.format(more="")}, cloud=cloud())
    schemas.wait_ready()
    database.query("INSERT INTO users (id, name) VALUES (1, 'ada')")
    before, after = registry.folder / "before.sql", registry.folder / "after.sql"
    before.write_text(USERS.format(more=""))
    after.write_text(USERS.format(more=NICK))
    states = ("--from", f"file://{before}", "--to", f"file://{after}", "--dev-url", database.scratch_url())
    registry.atlas("schema", "push", "app", "-u", f"file://{before}", "--dev-url", database.scratch_url())
    planned = json.loads(
        registry.atlas("schema", "plan", *states, "--name", "fill", "--dry-run", "--format", "{{ json . }}")
    )["File"]
    file = registry.folder / "fill.plan.hcl"
    is_one_transaction = database.driver != "mariadb"
    rows = "UPDATE users SET nick = 'lady';\n" if is_one_transaction else ""
    file.write_text(
        f'plan "fill" {{\n  from = "{planned["FromHash"]}"\n  to = "{planned["ToHash"]}"\n  migration = <<-SQL\n'
        f"{planned['Migration']}{rows}SQL\n}}\n"
    )
    words = ("schema", "plan", "push", "--file", f"file://{file}", *states, "--repo", "app", "--auto-approve")
    assert "Plan Status: APPROVED" in registry.atlas(*words)
    schemas.apply({"sql": USERS.format(more=NICK)}, cloud=cloud(), policy=ALWAYS)
    schemas.wait_ready()
    wait_until(lambda: status_of(schemas).get("planURL") == "atlas://app/plans/fill", schemas.get)
    assert list(database.query("SELECT nick FROM users")) == [("lady" if is_one_transaction else None,)]


def test_a_token_that_may_not_push_asks_nobody(
    schemas: Schemas, namespace: Namespace, registry: RegistryServer, database: SchemaDatabase
) -> None:
    data = str(registry.folder / "registry")
    reader = registry.atlas("registry", "token", "create", "--data", data, "--scope", "read").strip()
    namespace.secret("registry", token=reader)
    schemas.apply({"sql": USERS.format(more="")}, cloud=cloud(), policy=ALWAYS)
    assert "may read and report, but not push" in schemas.wait_reason("Forbidden")
    assert database.columns("users") == []
