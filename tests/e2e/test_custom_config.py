"""Project files of resources on a real API server: what they complete, and what they cannot reach."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.conftest import GROUP, ready_of
from tests.e2e.schemas import OnSqlite, Schemas, on_postgres
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.conftest import Namespace, Process, RegistryServer
    from tests.servers.postgres import PostgresServer

ALLOW = "--allow-custom-config"
CANARY = "c4n4ry-t0-k33p"
REFUSED = 'install the operator with "--set allowCustomConfig=true" to use custom atlas.hcl config'
ONE = {"1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY);\n"}
USERS = "CREATE TABLE users (id integer NOT NULL, PRIMARY KEY (id));\n"


def env(body: str, more: str = "") -> str:
    return f'env "prod" {{\n{body}\n}}\n{more}'


def spec_of(text: str, **more: Any) -> dict[str, Any]:
    """An AtlasMigration of one file that brings a project file."""
    return {"dir": {"local": ONE}, "envName": "prod", "config": text, **more}


def from_secret(name: str, key: str) -> dict[str, Any]:
    return {"secretKeyRef": {"name": name, "key": key}}


@pytest.fixture
def allowing(new_operator: Callable[..., Process]) -> Process:
    """A running operator that allows project files."""
    process = new_operator(ALLOW, ATLAS_TOKEN=CANARY, ATLAS_DEV_URL_POSTGRES="")
    process.start()
    return process


@pytest.fixture
def schemas(namespace: Namespace) -> Schemas:
    return Schemas(namespace, OnSqlite(namespace.folder / "schema.db"))


def test_an_operator_that_was_not_told_to_evaluates_none(
    namespace: Namespace, operator: Process, schemas: Schemas
) -> None:
    namespace.migration("shop", spec_of(env(f'url = "{namespace.url("shop.db")}"')))
    schemas.apply({"sql": USERS}, config=env('exclude = ["x"]'), envName="prod")
    assert namespace.wait_reason("shop", "ReadingMigrationData").splitlines()[0] == REFUSED
    assert schemas.wait_reason("ReadSchema").splitlines()[0] == REFUSED
    assert not (namespace.folder / "shop.db").exists()
    assert not (namespace.folder / "schema.db").exists()


def test_the_variable_of_the_environment_allows_it_as_the_flag_does(
    namespace: Namespace, new_operator: Callable[..., Process]
) -> None:
    new_operator(ALLOW_CUSTOM_CONFIG="true").start()
    namespace.migration("shop", spec_of(env(f'url = "{namespace.url("shop.db")}"')))
    namespace.wait_ready("shop", "1")


def test_a_migration_from_a_file_of_a_secret_with_variables_of_every_kind(
    namespace: Namespace, allowing: Process
) -> None:
    text = env(
        'url = "sqlite://${var.folder}/${var.name}.db"\nmigration {\n revisions_schema = var.history\n}',
        'variable "folder" { type = string }\nvariable "name" { type = string }\n'
        'variable "history" { type = string }',
    )
    namespace.secret("project", **{"atlas.hcl": text})
    namespace.secret("names", database="of_secret")
    namespace.apply({"kind": "ConfigMap", "metadata": {"name": "history"}, "data": {"schema": "main"}})
    spec = spec_of("not this", configFrom=from_secret("project", "atlas.hcl"))
    spec["vars"] = [
        {"key": "folder", "value": str(namespace.folder)},
        {"key": "name", "valueFrom": from_secret("names", "database")},
        {"key": "history", "valueFrom": {"configMapKeyRef": {"name": "history", "key": "schema"}}},
    ]
    namespace.migration("shop", spec)
    namespace.wait_ready("shop", "1")
    assert "a" in namespace.tables("of_secret.db")


def test_a_schema_from_an_inline_file_which_wins_over_the_spec(
    namespace: Namespace, allowing: Process, schemas: Schemas
) -> None:
    schemas.database.query("CREATE TABLE kept (id integer)")
    (namespace.folder / "app.sql").write_text(USERS)
    text = env(f'src = "file://{namespace.folder}/app.sql"\nexclude = ["kept"]')
    schemas.apply(
        {"sql": "CREATE TABLE not_this (id integer);"}, config=text, envName="prod", exclude=["users"]
    )
    schemas.wait_ready()
    assert schemas.database.columns("users") == ["id"]
    assert schemas.database.columns("not_this") == []
    assert schemas.database.columns("kept") == ["id"]


def test_a_policy_of_the_file_wins_over_that_of_the_spec(allowing: Process, schemas: Schemas) -> None:
    refusing = {"policy": {"lint": {"destructive": {"error": True}}}}
    schemas.apply({"sql": USERS + "CREATE TABLE more (id integer);"})
    schemas.wait_ready()
    schemas.apply({"sql": USERS}, config=env(""), envName="prod", **refusing)
    schemas.wait_reason("LintPolicyError")
    text = env("lint {\n destructive {\n error = false\n }\n}")
    schemas.apply({"sql": USERS}, config=text, envName="prod", **refusing)
    schemas.wait_ready()
    assert schemas.database.columns("more") == []


def test_a_changed_secret_of_a_variable_or_of_the_file_is_seen(
    namespace: Namespace, allowing: Process
) -> None:
    def put(name: str, database: str) -> None:
        namespace.secret(name, value=database)

    put("name", "first")
    url = f"sqlite://{namespace.folder}"
    text = 'variable "name" { type = string }\n' + env(f'url = "{url}/${{var.name}}.db"')
    namespace.secret("project", **{"atlas.hcl": text})
    spec = spec_of("", configFrom=from_secret("project", "atlas.hcl"))
    spec["vars"] = [{"key": "name", "valueFrom": from_secret("name", "value")}]
    namespace.migration("shop", spec)
    namespace.wait_ready("shop", "1")
    hashes = [namespace.get("shop")["status"]["observed_hash"]]
    put("name", "second")
    wait_until(lambda: "a" in namespace.tables("second.db"), lambda: namespace.get("shop")["status"])
    namespace.wait_ready("shop", "1")
    wait_until(lambda: namespace.get("shop")["status"]["observed_hash"] not in hashes, lambda: hashes)
    hashes.append(namespace.get("shop")["status"]["observed_hash"])
    namespace.secret("project", **{"atlas.hcl": text.replace(".db", "_third.db")})
    wait_until(lambda: "a" in namespace.tables("second_third.db"), lambda: namespace.get("shop")["status"])
    wait_until(lambda: namespace.get("shop")["status"]["observed_hash"] not in hashes, lambda: hashes)


def test_a_corrected_file_cures_a_resource(namespace: Namespace, allowing: Process) -> None:
    namespace.migration("shop", spec_of(env('url = "a" "b"')))
    message = namespace.wait_reason("shop", "ReadingMigrationData")
    assert message.startswith("failed to parse project configuration: atlas.hcl:2:")
    namespace.migration("shop", spec_of(env(f'for_each = ["a", "b"]\nurl = "{namespace.url("shop.db")}"')))
    wait_until(
        lambda: "multiple targets are not supported" in namespace.ready("shop")["message"],
        lambda: namespace.ready("shop"),
    )
    namespace.migration("shop", spec_of(env(f'url = "{namespace.url("shop.db")}"'), envName="none"))
    wait_until(
        lambda: 'env "none" not defined' in namespace.ready("shop")["message"],
        lambda: namespace.ready("shop"),
    )
    namespace.migration("shop", spec_of(env(f'url = "{namespace.url("shop.db")}"')))
    namespace.wait_ready("shop", "1")


def test_a_file_runs_no_program_and_reads_nothing_of_the_operator(
    namespace: Namespace, allowing: Process
) -> None:
    mark = namespace.folder / "ran"
    program = env("url = data.external.x", f'data "external" "x" {{ program = ["touch", "{mark}"] }}')
    token = env(f'url = "sqlite://{namespace.folder}/of${{getenv("ATLAS_TOKEN")}}${{getenv("PATH")}}.db"')
    outside = env(f'url = "sqlite://{namespace.folder}/${{file("/etc/hostname")}}.db"')
    metadata = env(
        "url = data.sql.x.value",
        'data "sql" "x" {\n url = "postgres://169.254.169.254/x"\n query = "SELECT 1"\n}',
    )
    for name, text in {"program": program, "token": token, "outside": outside, "metadata": metadata}.items():
        namespace.migration(name, spec_of(text))
    assert "runs a program, and an operator runs none" in namespace.wait_reason("program", "PolicyRefused")
    assert not mark.exists()
    namespace.wait_ready("token", "1")
    assert "a" in namespace.tables("of.db")
    assert "outside the folders" in namespace.wait_reason("outside", "ReadingMigrationData")
    assert "link-local and metadata" in namespace.wait_reason("metadata", "ReadingMigrationData")


def test_values_of_a_database_name_the_target(
    namespace: Namespace, allowing: Process, postgres: PostgresServer
) -> None:
    names, target = postgres.create_database(), postgres.create_database()
    postgres.query(names, "CREATE TABLE tenants (name text)")
    postgres.query(names, f"INSERT INTO tenants VALUES ('{target}')")
    namespace.secret("db", url=postgres.url(names), password=postgres.password)
    text = env(
        f'url = "postgres://{postgres.user}:${{urlescape(var.password)}}@{postgres.host}:{postgres.port}/'
        '${data.sql.tenants.values[0]}?sslmode=disable&search_path=public"',
        'variable "names" { type = string }\nvariable "password" { type = string }\n'
        'data "sql" "tenants" {\n url = var.names\n query = "SELECT name FROM tenants"\n}',
    )
    variables = [{"key": key, "valueFrom": from_secret("db", name)} for key, name in
                 (("names", "url"), ("password", "password"))]  # fmt: skip
    namespace.migration("shop", spec_of(text, vars=variables))
    namespace.wait_ready("shop", "1")
    found = postgres.query(target, "SELECT table_name FROM information_schema.tables WHERE table_name = 'a'")
    assert [row[0] for row in found] == ["a"]


def test_a_directory_of_the_registry_with_the_token_of_the_file(
    namespace: Namespace, allowing: Process, registry: RegistryServer
) -> None:
    registry.push("shop", "v1", ONE)
    namespace.secret("registry", token=registry.token)
    text = env(
        f'url = "{namespace.url("shop.db")}"\nmigration {{\n dir = data.remote_dir.shop.url\n}}',
        f'variable "token" {{ type = string }}\n'
        f'atlas {{\n cloud {{\n url = "{registry.url}"\n token = var.token\n }}\n}}\n'
        'data "remote_dir" "shop" {\n name = "shop"\n tag = "v1"\n}',
    )
    variables = [{"key": "token", "valueFrom": from_secret("registry", "token")}]
    namespace.migration("shop", spec_of(text, dir={}, vars=variables))
    namespace.wait_ready("shop", "1")
    assert registry.url in namespace.get("shop")["status"]["lastDeploymentUrl"]
    assert registry.token not in allowing.log.read_text()


def test_a_run_of_local_files_is_reported_where_the_file_says(
    namespace: Namespace, allowing: Process, registry: RegistryServer
) -> None:
    registry.push("shop", "v1", ONE)
    text = env(
        f'url = "{namespace.url("shop.db")}"\nmigration {{\n repo {{\n name = "shop"\n }}\n}}',
        f'atlas {{\n cloud {{\n url = "{registry.url}"\n token = "{registry.token}"\n }}\n}}',
    )
    namespace.migration("shop", spec_of(text))
    namespace.wait_ready("shop", "1")
    found = registry.atlas("cloud", "repo", "describe", "--slug", "shop", "--format", "{{ json . }}")
    assert '"Synced":1' in found


def test_a_schema_of_a_server_with_the_dev_database_of_the_file(
    namespace: Namespace, allowing: Process, postgres: PostgresServer
) -> None:
    database = on_postgres(postgres)
    schemas = Schemas(namespace, database)
    namespace.secret("dev", url=database.scratch_url())
    text = env('dev = var.dev\nexclude = ["kept"]', 'variable "dev" { type = string }')
    database.query("CREATE TABLE kept (id integer)")
    schemas.apply(
        {"sql": USERS},
        config=text,
        envName="prod",
        vars=[{"key": "dev", "valueFrom": from_secret("dev", "url")}],
    )
    schemas.wait_ready()
    assert database.columns("users") == ["id"]
    assert database.columns("kept") == ["id"]


def test_a_restart_writes_nothing_to_a_ready_resource_with_a_project_file(
    namespace: Namespace, allowing: Process, schemas: Schemas, new_operator: Callable[..., Process]
) -> None:
    text = env(
        f'url = "{namespace.url("shop.db")}"\nexclude = ["a", "b", "c"]\n'
        "diff {\n skip {\n drop_table = true\n drop_column = true\n modify_index = true\n }\n}"
    )
    namespace.migration("shop", spec_of(text))
    namespace.wait_ready("shop", "1")
    schemas.apply({"sql": USERS}, config=text.replace("shop.db", "schema.db"), envName="prod")
    schemas.wait_ready()
    before = namespace.get("shop"), schemas.get()
    assert allowing.terminate() == 0
    second = new_operator(ALLOW)
    second.start()
    wait_until(
        lambda: sum(line.get("reason") == "Unchanged" for line in second.lines()) == len(before),
        second.log.read_text,
    )
    assert (namespace.get("shop"), schemas.get()) == before


def test_files_that_would_never_end_keep_no_other_resource_waiting(
    namespace: Namespace, allowing: Process
) -> None:
    endless = env('url = regex("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")')
    for number in range(10):
        namespace.migration(f"endless-{number}", spec_of(endless))
    wait_until(
        lambda: all(namespace.ready(f"endless-{number}") for number in range(10)),
        lambda: namespace.event_reasons("endless-0"),
    )
    namespace.migration("good", {"url": namespace.url("good.db"), "dir": {"local": ONE}})
    begun_at = time.monotonic()
    namespace.wait_ready("good", "1")
    assert time.monotonic() - begun_at < 30  # not even the time limit of one of them
    assert "took more than 30s" in namespace.wait_reason("endless-0", "ReadingMigrationData")


def canary_specs(postgres: PostgresServer) -> dict[str, dict[str, Any]]:
    """A resource for each way in which a message could repeat a secret of a project file."""
    server = f"127.0.0.1:{postgres.port}"
    secret = [{"key": "password", "valueFrom": from_secret("canary", "password")}]
    inline = [{"key": "password", "value": CANARY}]
    text = 'variable "password" { type = string }\n'
    source = 'data "sql" "x" {{\n url = "{}"\n query = "SELECT 1"\n}}\n'
    wrong = f"postgres://app:{CANARY}@{server}/app?sslmode=disable"
    return {
        "syntax": spec_of(f'env "prod" {{\n token = "{CANARY}" oops\n}}'),
        "syntax-of-secret": spec_of("", configFrom=from_secret("canary", "broken")),
        "wrong-password": spec_of(env(f'url = "{wrong}"')),
        "of-variable": spec_of(
            text + env(f'url = "postgres://app:${{var.password}}@{server}/app"'), vars=secret
        ),
        "as-word": spec_of(text + env('url = "x"\ntx_mode = var.password'), vars=secret),
        "inline-as-word": spec_of(text + env('url = "x"\ntx_mode = var.password'), vars=inline),
        "as-scheme": spec_of(text + env('url = "${var.password}://x"'), vars=secret),
        "as-path": spec_of(text + env("url = file(var.password)"), vars=secret),
        "of-source": spec_of(source.format(wrong) + env("url = data.sql.x.value")),
        "metadata": spec_of(
            source.format(f"postgres://app:{CANARY}@169.254.169.254/x") + env("url = data.sql.x.value")
        ),
        "constant": spec_of(
            f'data "runtimevar" "x" {{ url = "constant://?val={CANARY}" }}\n'
            + env('url = "x"\ntx_mode = data.runtimevar.x')
        ),
        "token": spec_of(
            f'atlas {{\n cloud {{\n url = "http://127.0.0.1:1"\n token = "aci_{CANARY}"\n }}\n}}\n'
            + env('url = "sqlite:///x"\nmigration {\n dir = "atlas://shop"\n}'),
            dir={},
        ),
        "statement": spec_of(
            env(f'url = "{postgres.url(postgres.create_database())}"'),
            dir={"local": {"1.sql": f"CREATE ROLE twice LOGIN PASSWORD '{CANARY}';\n" * 2}},
        ),
    }


def test_no_canary_of_a_project_file_sings(
    namespace: Namespace, new_operator: Callable[..., Process], postgres: PostgresServer
) -> None:
    operator = new_operator(ALLOW, "--log-level", "debug", ATLAS_TOKEN=f"aci_{CANARY}")
    operator.start()
    broken = f'env "prod" {{\n password = "{CANARY}" oops\n}}'
    namespace.secret("canary", password=CANARY, broken=broken)
    wanted = canary_specs(postgres)
    kinds = ("AtlasMigration", "AtlasSchema")
    for kind in kinds:
        of_kind = wanted if kind == "AtlasMigration" else {
            name: {key: value for key, value in spec.items() if key != "dir"} | {"schema": {"sql": USERS}}
            for name, spec in wanted.items()
        }  # fmt: skip
        namespace.apply(
            *({"apiVersion": GROUP, "kind": kind, "metadata": {"name": name}, "spec": spec}
              for name, spec in of_kind.items())
        )  # fmt: skip

    def found() -> list[dict[str, Any]]:
        names = ",".join(f"{kind.lower()}s" for kind in kinds)
        items: list[dict[str, Any]] = namespace.kubectl.json("get", names, "-n", namespace.name)["items"]
        return items

    def failed() -> set[str]:
        return {one["metadata"]["name"] for one in found()
                if one["kind"] == "AtlasMigration" and one["status"].get("failed")}  # fmt: skip

    wait_until(lambda: failed() == set(wanted), lambda: set(wanted) - failed())
    begun = (None, "Reconciling")
    wait_until(lambda: all(ready_of(one).get("reason") not in begun for one in found()), found)
    seen = {
        "status": json.dumps([one["status"] for one in found()]),
        "events": json.dumps(namespace.kubectl.json("get", "events", "-n", namespace.name)["items"]),
        "log": operator.log.read_text(),
    }
    assert "CREATE ROLE twice" in seen["status"]  # the statement is there, without its secret
    assert [place for place, text in seen.items() if CANARY in text or postgres.password in text] == []
