"""AtlasSchema as its users meet it: kubectl on one side, three kinds of databases on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.conftest import ready_of
from tests.e2e.schemas import (
    KINDS,
    NICK,
    USERS,
    SchemaDatabase,
    Schemas,
    database_of,
    dev_flags,
    on_mariadb,
    on_postgres,
)
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.conftest import Namespace, Process, RegistryServer
    from tests.servers.postgres import PostgresServer

ORDERS = "CREATE TABLE orders (id integer NOT NULL, PRIMARY KEY (id));\n"
ALLOWED = {"lint": {"destructive": {"error": False}}}
REFUSED = {"lint": {"destructive": {"error": True}}}


def users(more: str = "", rest: str = "") -> dict[str, Any]:
    return {"sql": USERS.format(more=more) + rest}


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, namespace: Namespace) -> SchemaDatabase:
    return database_of(request, namespace)


@pytest.fixture
def schemas(database: SchemaDatabase, namespace: Namespace) -> Schemas:
    return Schemas(namespace, database)


@pytest.fixture
def operator(new_operator: Callable[..., Process], database: SchemaDatabase) -> Process:
    """A running operator with a dev database of the right kind."""
    process = new_operator(*dev_flags(database))
    process.start()
    return process


def test_from_push_to_ready_and_on_to_the_next_tag(
    schemas: Schemas,
    namespace: Namespace,
    new_operator: Callable[..., Process],
    registry: RegistryServer,
) -> None:
    database = schemas.database
    new_operator(*dev_flags(database), "--cloud-url", registry.url).start()
    namespace.secret("registry", token=registry.token)
    cloud = {"tokenFrom": {"secretKeyRef": {"name": "registry", "key": "token"}}}

    def push(tag: str, text: str) -> dict[str, Any]:
        path = registry.folder / f"{tag}.sql"
        path.write_text(text)
        words = ("-u", f"file://{path}", "--dev-url", database.scratch_url())
        assert f"atlas://app?tag={tag}" in registry.atlas("schema", "push", f"app:{tag}", *words)
        return {"url": f"atlas://app?tag={tag}"}

    schemas.apply(push("v1", USERS.format(more="")), cloud=cloud)
    assert "Apply response: {" in schemas.wait_ready()
    database.query("INSERT INTO users (id, name) VALUES (1, 'kept')")
    second = push("v2", USERS.format(more=NICK) + ORDERS)
    schemas.apply(second, cloud=cloud)
    schemas.wait_ready()
    assert sorted(database.columns("users")) == ["id", "name", "nick"]
    assert database.columns("orders") == ["id"]
    assert list(database.query("SELECT name FROM users")) == [("kept",)]

    # A schema of a registry is pushed by others: what it takes away needs a word of the owner.
    before = database.dump()
    third = push("v3", USERS.format(more="") + ORDERS)
    schemas.apply(third, cloud=cloud)
    message = schemas.wait_reason("LintPolicyError")
    assert f"column {database.schema}.users.nick" in message
    assert schemas.stalled() == "True"
    assert database.dump() == before
    schemas.apply({"url": "atlas://app?tag=v9"}, cloud=cloud)
    assert "the nearest are" in schemas.wait_reason("NotFound")
    schemas.apply(third, cloud=cloud, policy=ALLOWED)
    schemas.wait_ready()
    assert database.columns("users") == ["id", "name"]
    assert list(database.query("SELECT name FROM users")) == [("kept",)]


def test_a_first_run_leaves_what_others_made(schemas: Schemas, operator: Process) -> None:
    database = schemas.database
    database.query("CREATE TABLE customers (id integer NOT NULL, PRIMARY KEY (id))")
    before = database.dump()
    schemas.apply(users())
    message = schemas.wait_reason("FirstRunDestructive")
    assert message.startswith("destructive changes detected:\n- DROP TABLE ")
    assert f"table {database.schema}.customers" in message
    assert schemas.stalled() == "True"
    assert database.dump() == before
    schemas.apply(users(), exclude=["customers"])
    schemas.wait_ready()
    assert database.columns("customers") == ["id"]
    assert database.columns("users") == ["id", "name"]


def test_a_policy_refuses_or_keeps_a_column(schemas: Schemas, operator: Process) -> None:
    database = schemas.database
    schemas.apply(users(NICK))
    schemas.wait_ready()
    database.query("INSERT INTO users (id, name, nick) VALUES (1, 'a', 'kept')")
    schemas.apply(users(), policy=REFUSED)
    assert f"column {database.schema}.users.nick" in schemas.wait_reason("LintPolicyError")
    schemas.apply(users(rest=ORDERS), policy=REFUSED | {"diff": {"skip": {"drop_column": True}}})
    message = schemas.wait_ready()
    assert f"by policy.diff.skip: column {database.schema}.users.nick" in message
    assert database.columns("orders") == ["id"]
    assert list(database.query("SELECT nick FROM users")) == [("kept",)]


def test_a_change_by_hand_is_reverted_and_told(schemas: Schemas, operator: Process) -> None:
    database = schemas.database
    schemas.apply(users())
    schemas.wait_ready()
    database.query("ALTER TABLE users ADD COLUMN by_hand integer")
    schemas.look_again("1")
    wait_until(lambda: database.columns("users") == ["id", "name"], lambda: schemas.get()["status"])
    column = f"column {database.schema}.users.by_hand"
    wait_until(
        lambda: f"was changed back: {column}" in ready_of(schemas.get()).get("message", ""),
        lambda: schemas.get()["status"],
    )
    wait_until(
        lambda: any(column in text for reason, text in schemas.events() if reason == "Applied"),
        schemas.events,
    )


def test_wrong_sql_is_told_with_file_line_and_the_words_of_the_server(
    schemas: Schemas, operator: Process
) -> None:
    schemas.apply(users(rest="CREATE TABEL orders (id integer);\n"))
    message = schemas.wait_reason("ReadSchema")
    assert message.startswith("schema.sql:2: ")
    assert "syntax" in message
    assert "TABEL" in message
    assert schemas.database.columns("users") == []
    schemas.apply(users(rest=ORDERS))
    schemas.wait_ready()
    assert schemas.database.columns("orders") == ["id"]


def test_a_changed_config_map_is_seen(schemas: Schemas, namespace: Namespace, operator: Process) -> None:
    def config_map(text: str) -> None:
        namespace.apply({"kind": "ConfigMap", "metadata": {"name": "schema"}, "data": {"app.sql": text}})

    config_map(USERS.format(more=""))
    schemas.apply({"configMapKeyRef": {"name": "schema", "key": "app.sql"}})
    schemas.wait_ready()
    config_map(USERS.format(more=NICK))
    wait_until(
        lambda: sorted(schemas.database.columns("users")) == ["id", "name", "nick"],
        lambda: schemas.get()["status"],
    )
    schemas.wait_ready()


def test_a_restart_writes_nothing_to_a_ready_resource(
    schemas: Schemas, operator: Process, new_operator: Callable[..., Process], database: SchemaDatabase
) -> None:
    schemas.apply(users())
    schemas.wait_ready()
    before, dump = schemas.get(), database.dump()
    assert operator.terminate() == 0
    # No dev database is named: the one that is left as it was needs none.
    second = new_operator()
    second.start()
    wait_until(
        lambda: any(line.get("reason") == "Unchanged" for line in second.lines()), second.log.read_text
    )
    assert schemas.get() == before
    assert database.dump() == dump


def test_no_finalizer_and_no_field_but_status_is_written(schemas: Schemas, operator: Process) -> None:
    schemas.apply(users())
    schemas.wait_ready()
    found = schemas.namespace.kubectl.json(
        "get", "atlasschema", "app", "-n", schemas.namespace.name, "--show-managed-fields"
    )
    assert "finalizers" not in found["metadata"]
    writers = {(one["manager"], one.get("subresource", "")) for one in found["metadata"]["managedFields"]}
    assert writers == {("kubectl-client-side-apply", ""), ("atlas-operator", "status")}


def test_an_index_is_built_concurrently_where_the_policy_says_so(
    namespace: Namespace, new_operator: Callable[..., Process], postgres: PostgresServer
) -> None:
    database = on_postgres(postgres)
    new_operator(*dev_flags(database)).start()
    schemas = Schemas(namespace, database)
    schemas.apply(users())
    schemas.wait_ready()
    index = "CREATE INDEX users_name ON users (name);\n"
    schemas.apply(users(rest=index), policy={"diff": {"concurrent_index": {"create": True}}})
    assert 'CREATE INDEX CONCURRENTLY "users_name"' in schemas.wait_ready().replace('\\"', '"')
    [(valid,)] = database.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_name'::regclass")
    assert valid is True


def test_a_dev_database_of_its_own_is_made_waited_for_and_used(
    namespace: Namespace, new_operator: Callable[..., Process], postgres: PostgresServer
) -> None:
    """There is no kubelet here: a Pod made by hand stands for the one of the Deployment."""
    database = on_postgres(postgres)
    new_operator().start()
    schemas = Schemas(namespace, database)
    pod_spec = {"containers": [{"name": "postgres", "image": "postgres:15"}]}
    described = database.scratch_url().replace("127.0.0.1", "dev.invalid")
    schemas.apply(users(), devURL=described, devDB={"spec": pod_spec})
    assert schemas.wait_reason("GettingDevDB") == "GettingDevDB"
    found = namespace.kubectl.json("get", "deployment", "app-atlas-dev-db", "-n", namespace.name)
    assert found["metadata"]["ownerReferences"][0]["name"] == "app"
    assert found["metadata"]["ownerReferences"][0]["uid"] == schemas.get()["metadata"]["uid"]
    assert found["spec"]["template"]["spec"]["containers"][0]["image"] == "postgres:15"
    assert ("CreatedDevDB", "Created dev database deployment: app-atlas-dev-db") in schemas.events()
    labels = found["spec"]["template"]["metadata"]["labels"]
    namespace.apply({"kind": "Pod", "metadata": {"name": "dev", "labels": labels}, "spec": pod_spec})
    status = '{"status":{"podIP":"127.0.0.1","conditions":[{"type":"Ready","status":"True"}]}}'
    namespace.kubectl(
        "patch", "pod", "dev", "-n", namespace.name, "--subresource=status", "--type=merge", "-p", status
    )
    schemas.wait_ready()
    assert database.columns("users") == ["id", "name"]


@pytest.mark.parametrize("kind", ["postgres", "mariadb"])
def test_a_scratch_database_on_the_target_is_beside_it_or_there_is_none(
    kind: str, request: pytest.FixtureRequest, namespace: Namespace, new_operator: Callable[..., Process]
) -> None:
    server = request.getfixturevalue(kind)
    database = on_postgres(server) if kind == "postgres" else on_mariadb(server)
    new_operator().start()
    schemas = Schemas(namespace, database)
    before = database.dump()
    schemas.apply(users(), devDatabase={"onTarget": True})
    assert "no scratch database on the server of the target" in schemas.wait_reason("Planning")
    assert database.dump() == before
    name = database.url().partition("://")[2].partition(":")[0]
    database.query(
        f'ALTER ROLE "{name}" CREATEDB' if kind == "postgres" else f"GRANT ALL ON *.* TO '{name}'@'%'"
    )
    schemas.look_again("1")
    schemas.wait_ready()
    assert database.columns("users") == ["id", "name"]
    asked = "SELECT datname FROM pg_database" if kind == "postgres" else "SHOW DATABASES"
    assert [row for row in database.query(asked) if str(row[0]).startswith("atlas_dev_")] == []
