"""Project files of resources over fakes: who may bring one, what it wins over, and what it brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from atlas.engine.apply.options import ExecOrder, TxMode
from atlas.engine.desired_state import CompositeState, DirectoryState, HclState, SqlState
from atlas.project.data import MadeComposite, MadeDirectory, MadeSchema
from atlas.reconcile.migration import reconcile_migration
from atlas.reconcile.outcome import Failed, Ready
from atlas.reconcile.ports import SchemaText
from atlas.reconcile.schema import resolve_schema
from atlas.reconcile.schema.passing import SchemaPass
from atlas.wire.contract import RegistryAddress

from tests.fakes.config_house import (
    CANARY,
    FILES,
    OTHER,
    Allowing,
    AllowingHouse,
    env,
    migration,
    refused,
    resolved,
    schema,
    var,
)
from tests.fakes.directories import directory_with
from tests.fakes.reconcile import TARGET, World, resource_with
from tests.fakes.schema_house import ONE, TWO, House, done, resource

if TYPE_CHECKING:
    from collections.abc import Mapping


# Who may bring one.


@pytest.mark.parametrize(
    "spec", [{"config": env("")}, {"configFrom": {"secretKeyRef": {"name": "p", "key": "atlas.hcl"}}}]
)
def test_a_project_file_is_refused_unless_the_operator_allows_it(spec: Mapping[str, object]) -> None:
    words = 'install the operator with "--set allowCustomConfig=true" to use custom atlas.hcl config'
    world, house = World(), House()
    failed = refused(world, resource_with({"url": TARGET, "dir": {"local": FILES}, **spec}))
    assert (failed.reason, failed.message) == ("ReadingMigrationData", words)
    outcome = house.reconcile(resource(ONE, None, 1, **spec))
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.message) == ("ReadSchema", words)
    assert house.targets.opened == []
    assert house.tables == set()


def test_a_project_file_needs_the_name_of_an_environment() -> None:
    failed = refused(Allowing(), migration(env(""), envName=""))
    assert failed.message == "env name must be set when using custom atlas.hcl config"


def test_the_text_of_a_secret_wins_over_the_inline_one() -> None:
    world = Allowing()
    world.references.put_secret("project", {"atlas.hcl": env(f'url = "{OTHER}"')})
    reference = {"secretKeyRef": {"name": "project", "key": "atlas.hcl"}}
    assert (
        resolved(world, migration(env(f'url = "{TARGET}"'), configFrom=reference)).target.host == "elsewhere"
    )


# Variables.


def test_variables_come_from_the_spec_secrets_and_config_maps_and_a_repeated_key_is_a_list() -> None:
    world = Allowing()
    world.references.put_secret("db", {"password": CANARY})
    world.references.put_config_map("hosts", {"primary": b"elsewhere"})
    text = """
      variable "password" { type = string }
      variable "host" { type = string }
      variable "schemas" { type = list(string) }
      env "prod" {
        url = "postgres://app:${var.password}@${var.host}:5432/${var.schemas[1]}"
      }
    """
    found = [
        var("password", "not this", secretKeyRef={"name": "db", "key": "password"}),
        var("host", configMapKeyRef={"name": "hosts", "key": "primary"}),
        var("schemas", "a"),
        var("schemas", "b"),
    ]
    run = resolved(world, migration(text, vars=found))
    assert (run.target.host, run.target.database) == ("elsewhere", "b")
    assert run.target.password == CANARY
    assert {stored.name for stored in run.read} == {"db", "hosts"}


@pytest.mark.parametrize(
    ("variable", "words"),
    [
        ({"value": "x"}, r"spec.vars[0] needs a key"),
        (var("a", secretKeyRef={"name": "none", "key": "k"}), "secret prod/none not found"),
        (var("a", secretKeyRef={"name": "db", "key": "k"}), 'secret prod/db does not contain key "k"'),
        (var("a", configMapKeyRef={"name": "m", "key": "k"}), 'configmap prod/m does not contain key "k"'),
        (
            var("a", configMapKeyRef={"name": "m"}),
            "spec.vars[0].valueFrom.configMapKeyRef needs a name and a key",
        ),
    ],
)
def test_a_variable_that_cannot_be_read_is_named(variable: dict[str, object], words: str) -> None:
    world = Allowing()
    world.references.put_secret("db", {"other": "x"})
    world.references.put_config_map("m", {"other": b"x"})
    assert words in refused(world, migration(env(f'url = "{TARGET}"'), vars=[variable])).message


def test_a_required_variable_without_a_value_is_named() -> None:
    text = env("url = var.url", 'variable "url" { type = string }')
    assert 'missing value for required variable "url"' in refused(Allowing(), migration(text)).message


def test_variables_reach_a_desired_state_in_hcl_also_without_a_project_file() -> None:
    house = House()
    run = SchemaPass(resource(schema={"hcl": "x"}, vars=[var("a", "1")]), house.ports(), house.progress)
    assert resolve_schema(run) is None
    assert isinstance(run.state, HclState)
    assert run.state.variables == {"a": "1"}


# What wins.


def test_what_the_environment_gives_wins_over_the_spec_of_a_migration() -> None:
    text = env(f"""
      url     = "{OTHER}"
      dev     = "postgres://dev.example/dev"
      tx_mode = "none"
      migration {{
        baseline         = "1"
        exec_order       = NON_LINEAR
        revisions_schema = "history"
      }}
      protected_flows {{
        migrate_down {{
          allow        = true
          auto_approve = true
        }}
      }}
    """)
    run = resolved(
        Allowing(), migration(text, url=TARGET, baseline="0", execOrder="linear", devURL="sqlite://x")
    )
    assert run.target.host == "elsewhere"
    assert run.spec.dev.url == "postgres://dev.example/dev"
    assert (run.spec.baseline, run.spec.exec_order) == ("1", ExecOrder.NON_LINEAR)
    assert (run.spec.revisions_schema, run.spec.tx_mode) == ("history", TxMode.NONE)
    assert (run.spec.down.allow, run.spec.down.auto_approve) == (True, True)


def test_what_the_environment_does_not_give_stays_as_the_spec_says() -> None:
    run = resolved(Allowing(), migration(env(""), url=TARGET, baseline="7", revisionsSchema="history"))
    assert run.target.host == "127.0.0.1"
    assert (run.spec.baseline, run.spec.revisions_schema) == ("7", "history")


def test_what_the_environment_gives_wins_over_the_spec_of_a_schema() -> None:
    text = env(
        f"""
      url     = "{OTHER}"
      schemas = ["shop"]
      exclude = ["shop.audit"]
      tx_mode = "all"
      lint {{
        review = "ALWAYS"
        destructive {{ error = false }}
      }}
      diff {{
        skip {{
          drop_table  = false
          drop_column = true
        }}
        concurrent_index {{ create = true }}
      }}
    """
    )
    policy = {
        "lint": {"destructive": {"error": True}},
        "diff": {"skip": {"drop_table": True, "drop_index": True}, "concurrent_index": {"drop": True}},
    }
    spec = AllowingHouse().resolved(schema(text, policy=policy, exclude=["mine"], schemas=["mine"])).spec
    assert (spec.schemas, spec.exclude, spec.tx_mode) == (("shop",), ("shop.audit",), TxMode.ALL)
    assert spec.lint.destructive_error is False
    assert spec.lint.review is not None
    assert spec.lint.review.value == "ALWAYS"
    assert spec.diff.skip == {"drop_column", "drop_index"}
    assert (spec.diff.concurrent_index_create, spec.diff.concurrent_index_drop) == (True, True)


def test_what_the_file_says_for_all_environments_is_less_than_what_the_spec_says() -> None:
    text = env("", 'lint {\n review = "ALWAYS"\n destructive {\n error = false\n }\n}')
    said = AllowingHouse().resolved(schema(text, policy={"lint": {"destructive": {"error": True}}})).spec.lint
    assert said.destructive_error is True
    assert said.review is not None
    assert said.review.value == "ALWAYS"


@pytest.mark.parametrize("setting", ['to_version = "1"'])
def test_what_an_operator_does_not_do_is_refused_and_not_passed_over(setting: str) -> None:
    failed = refused(Allowing(), migration(env(f'url = "{TARGET}"\n migration {{\n {setting}\n }}')))
    assert failed.reason == "Unsupported"
    assert "of the project file is not served by an operator: remove it" in failed.message


def test_the_repository_of_plans_is_that_of_the_file() -> None:
    text = env('schema {\n repo {\n name = "of-file"\n }\n}')
    assert AllowingHouse().resolved(schema(text, cloud={"repo": "of-spec"})).spec.cloud.repo == "of-file"


def test_an_environment_without_a_label_that_takes_every_name_counts() -> None:
    text = f'env {{\n name = atlas.env\n url = "{OTHER}"\n}}'
    assert resolved(Allowing(), migration(text)).target.host == "elsewhere"


def test_no_target_anywhere_is_said_with_both_places() -> None:
    message = refused(Allowing(), migration(env(""))).message
    assert message.startswith(
        'no target database defined: expected url in env "prod" of the project file, or spec.url'
    )


def test_an_environment_that_is_several_targets_is_refused() -> None:
    text = env(f'for_each = toset(["a", "b"])\n url = "{OTHER}"')
    for_migration = refused(Allowing(), migration(text))
    assert for_migration.message == "multiple targets are not supported"
    assert AllowingHouse().refused(schema(text)).reason == "ReadSchema"


def test_a_wrong_word_is_told_with_those_that_are_known() -> None:
    message = refused(Allowing(), migration(env(f'url = "{TARGET}"\n tx_mode = "some"'))).message
    assert message == 'tx_mode of the project file is "some": expected file, all, none'


# Directories.


def test_the_directory_of_the_file_wins_and_is_read_of_an_allowed_folder_only() -> None:
    world = Allowing()
    world.project.files.texts = {"/allowed/shop/1_b.sql": "CREATE TABLE b (id int);"}
    text = env(f'url = "{TARGET}"\n migration {{ dir = "file:///allowed/shop" }}')
    assert isinstance(reconcile_migration(world.begin(migration(text))), Ready)
    assert world.tables == {"b"}
    outside = env(f'url = "{TARGET}"\n migration {{ dir = "file:///etc/shop" }}')
    assert "outside the folders" in refused(Allowing(), migration(outside)).message


@pytest.mark.parametrize("name", ["file://migrations", "file://./migrations"])
def test_the_directory_of_the_manifest_is_beside_the_file(name: str) -> None:
    run = resolved(Allowing(), migration(env(f'url = "{TARGET}"\n migration {{ dir = "{name}" }}')))
    assert [file.name for file in run.directory.files] == ["1_a.sql"]


def test_a_directory_of_the_registry_is_pulled_with_the_token_of_the_file() -> None:
    world = Allowing()
    world.registry.directories["atlas://shop?tag=v1"] = directory_with(FILES)
    text = env(
        f'url = "{TARGET}"\n migration {{ dir = "atlas://shop?tag=v1" }}',
        f'atlas {{ cloud {{\n url = "https://registry.example"\n token = "{CANARY}"\n project = "p"\n}} }}',
    )
    run = resolved(world, migration(text, dir={}))
    assert world.registry.asked == [RegistryAddress("https://registry.example", CANARY, "p")]
    assert CANARY in run.secrets
    assert run.reference is not None
    assert run.reference.slug == "shop"


def test_neither_the_operators_token_nor_that_of_the_spec_goes_to_an_address_of_the_file() -> None:
    world = Allowing(own_registry=RegistryAddress("https://own", "own-token"))
    world.references.put_secret("t", {"token": "token-of-spec"})
    text = env(
        f'url = "{TARGET}"\n migration {{ dir = "atlas://shop" }}',
        'atlas { cloud { url = "https://evil.example" } }',
    )
    cloud = {"url": "https://registry", "tokenFrom": {"secretKeyRef": {"name": "t", "key": "token"}}}
    assert "needs spec.cloud.tokenFrom" in refused(world, migration(text, dir={}, cloud=cloud)).message
    assert world.registry.asked == []


def test_a_directory_that_a_data_source_made_is_applied() -> None:
    world = Allowing()
    world.project.answers["template_dir"] = lambda call: {
        "url": call.memory.keep(MadeDirectory((("1_t.sql", b"CREATE TABLE t (id int);"),)), "t")
    }
    text = env(
        f'url = "{TARGET}"\n migration {{ dir = data.template_dir.x.url }}',
        'data "template_dir" "x" { path = "/allowed/t" }',
    )
    assert isinstance(reconcile_migration(world.begin(migration(text, dir={}))), Ready)
    assert world.tables == {"t"}


def test_a_run_of_local_files_is_reported_to_the_repository_that_the_file_names() -> None:
    world = Allowing(own_registry=RegistryAddress("https://own", "own-token"))
    text = env(f'url = "{TARGET}"\n migration {{\n repo {{\n name = "shop"\n }}\n}}')
    assert isinstance(reconcile_migration(world.begin(migration(text))), Ready)
    [report] = world.registry.reports
    assert report["dirName"] == "shop"
    nowhere = Allowing()
    assert isinstance(reconcile_migration(nowhere.begin(migration(text))), Ready)
    assert nowhere.registry.reports == []


# Desired states.


def test_files_of_an_allowed_folder_are_a_desired_state_and_others_are_not() -> None:
    house = AllowingHouse()
    house.project.files.texts = {"/allowed/a.sql": TWO}
    done(house.reconcile(schema(env('src = "file:///allowed/a.sql"'))))
    assert house.tables == {"one", "two"}
    refusal = AllowingHouse().refused(schema(env('src = "file:///etc/a.sql"')))
    assert refusal.reason == "ReadSchema"
    assert "outside the folders" in refusal.message


def test_the_state_of_the_manifest_is_beside_the_file() -> None:
    state = AllowingHouse().resolved(schema(env('src = "file://schema.sql"'))).state
    assert isinstance(state, SqlState)
    assert state.scripts[0].text == ONE


def test_a_state_of_the_registry_is_guarded_as_one_of_the_spec_is() -> None:
    house = AllowingHouse()
    house.own_registry = RegistryAddress("https://own", "own-token")
    house.registry.schemas["atlas://app"] = SchemaText("", "sha256:0", "postgres")
    run = house.resolved(schema(env('src = "atlas://app"'), schema={}))
    assert run.is_registry_state


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (MadeSchema("sql", (("a.sql", ONE),)), SqlState),
        (MadeSchema("hcl", (("a.hcl", ""),), {"n": "1"}), HclState),
        (MadeDirectory((("1_a.sql", ONE.encode()),)), DirectoryState),
    ],
)
def test_a_state_that_a_data_source_made_is_read(made: MadeSchema | MadeDirectory, kind: type) -> None:
    house = AllowingHouse()
    house.project.answers["hcl_schema"] = lambda call: {"url": call.memory.keep(made, "x")}
    text = env("src = data.hcl_schema.x.url", 'data "hcl_schema" "x" { path = "/allowed/a.hcl" }')
    assert isinstance(house.resolved(schema(text, schema={})).state, kind)


def test_states_that_make_one_are_read_each_for_its_schema() -> None:
    house = AllowingHouse()
    house.project.files.texts = {"/allowed/a.sql": ONE, "/allowed/b.sql": TWO}
    parts = (("auth", ("file:///allowed/a.sql",)), ("shop", ("file:///allowed/b.sql",)))
    house.project.answers["composite_schema"] = lambda call: {
        "url": call.memory.keep(MadeComposite(parts), "x")
    }
    text = env("src = data.composite_schema.x.url", 'data "composite_schema" "x" {}')
    run = house.resolved(schema(text, schema={}))
    assert isinstance(run.state, CompositeState)
    assert [part.schema for part in run.state.parts] == ["auth", "shop"]


def test_what_an_operator_does_not_read_is_refused_by_name() -> None:
    house = AllowingHouse()
    assert house.refused(schema(env('src = "postgres://h/x"'), schema={})).reason == "Unsupported"
    assert "which no data source made" in house.refused(schema(env('src = "mem://x"'), schema={})).message
