"""An AtlasSchema over fakes: each test is a line of what its spec page promises."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from atlas.engine.database_url import parse_database_url
from atlas.errors import AccessDenied, ConnectFailed, NotFound, Retry, Unavailable
from atlas.reconcile.conditions import Place, reconciling, settled
from atlas.reconcile.outcome import (
    Contended,
    Gone,
    Rehashed,
    Stopped,
    Suspended,
    Unchanged,
)
from atlas.reconcile.ports import DevPorts, SchemaText
from atlas.reconcile.resource import Resource
from atlas.schema.realm import Unmodelled
from atlas.wire.contract import RegistryAddress

from tests.fakes.database import IMPLICIT_COMMIT
from tests.fakes.schema_driver import FakeSchemaDriver
from tests.fakes.schema_house import ONE, TWO, House, done, failed, lint, resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.ports import Database
    from atlas.engine.scope import Scope
    from atlas.schema import Realm

# Going there.


def test_the_desired_state_is_applied_and_the_message_holds_the_sql() -> None:
    house = House()
    outcome = done(house.reconcile(resource(TWO)))
    assert house.tables == {"one", "two"}
    head, _, tail = outcome.message.partition(" Apply response: ")
    assert head == "The schema has been applied successfully."
    assert json.loads(tail)["Changes"]["Applied"] == ["CREATE TABLE one", "CREATE TABLE two"]
    assert outcome.applied_at_s == int(house.clock.now().timestamp())
    assert outcome.news == "Applied schema"
    assert house.progress.details == ["2 statements for table public.one, table public.two"]
    assert house.progress.counted == [(0, 2), (1, 2)]


def test_ready_says_only_reconciling_while_work_goes_on() -> None:
    patch = reconciling(Place({}, 1, House().clock.now()), "2 statements for table public.one")
    conditions = {one["type"]: one for one in patch["conditions"]}  # type: ignore[attr-defined,union-attr]
    assert conditions["Ready"]["message"] == "Reconciling"
    assert conditions["Reconciling"]["message"] == "2 statements for table public.one"


def test_long_sql_is_cut_and_what_is_left_out_is_counted() -> None:
    house = House()
    outcome = done(
        house.reconcile(resource("".join(f"CREATE TABLE t{n:03} (id int);\n" for n in range(200))))
    )
    applied = json.loads(outcome.message.partition(" Apply response: ")[2])["Changes"]["Applied"]
    shown = len("CREATE TABLE t000")
    assert applied[-1].endswith(f"-- truncated {200 * shown - 1024} bytes...")
    assert len(outcome.message) < 2000


def test_no_password_reaches_a_message() -> None:
    house = House()
    outcome = house.reconcile(resource("CREATE TABEL s3cret-word (id int); -- dev-pass-word"))
    assert "s3cret-word" not in failed(outcome).message
    assert "dev-pass-word" not in failed(outcome).message


def test_wrong_sql_is_named_by_file_and_line() -> None:
    outcome = failed(House().reconcile(resource("CREATE TABLE one (id int);\nCREATE TABEL two (id int);")))
    assert outcome.reason == "ReadSchema"
    assert outcome.message.startswith("schema.sql:2: ")
    assert outcome.retry is Retry.BACKOFF


def test_a_desired_state_wins_over_those_after_it() -> None:
    house = House()
    house.references.put_config_map("schema", {"a.sql": b"CREATE TABLE from_map (id int);"})
    both = {"sql": TWO, "configMapKeyRef": {"name": "schema", "key": "a.sql"}}
    done(house.reconcile(resource(schema=both)))
    assert house.tables == {"from_map"}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({}, "the desired state is not set"),
        ({"url": "https://x"}, 'unsupported URL schema "https"'),
        ({"url": "atlas://app"}, "without a registry: start the operator with --cloud-url (ATLAS_CLOUD_URL;"),
        (
            {"configMapKeyRef": {"name": "schema", "key": "a.txt"}},
            'configmaps key "a.txt" must be ending with .sql or .hcl, received ".txt"',
        ),
        (
            {"configMapKeyRef": {"name": "schema", "key": "b.sql"}},
            'configmaps prod/schema does not contain key "b.sql"',
        ),
        ({"configMapKeyRef": {"name": "none", "key": "b.sql"}}, "configmap prod/none not found"),
    ],
)
def test_a_desired_state_that_cannot_be_read_is_told(schema: dict[str, object], words: str) -> None:
    house = House()
    house.references.put_config_map("schema", {"a.sql": b""})
    outcome = failed(house.reconcile(resource(schema=schema)))
    assert outcome.reason == "ReadSchema"
    assert words in outcome.message
    assert house.targets.opened == []


def test_a_schema_of_the_registry_is_applied_and_another_driver_is_refused() -> None:
    house = House()
    house.own_registry = RegistryAddress("http://registry", "token-of-ours")
    house.registry.schemas["atlas://app?tag=v1"] = SchemaText("", "sha256:0", "sqlite")
    outcome = failed(house.reconcile(resource(schema={"url": "atlas://app?tag=v1"})))
    assert outcome.message == "atlas://app?tag=v1 is a schema for sqlite, and the target is postgres"
    house.registry.error = NotFound("no such tag; the nearest are v1")
    assert failed(house.reconcile(resource(schema={"url": "atlas://app?tag=v2"}))).reason == "NotFound"


# Nothing to do.


def test_a_synced_database_is_ready_without_a_statement() -> None:
    house = House()
    house.make("one")
    outcome = done(house.reconcile(resource()))
    assert outcome.message == "The schema has been applied successfully."
    assert house.progress.announced == 0


def test_an_unchanged_resource_writes_nothing_and_needs_no_dev_database() -> None:
    house = House()
    status = house.ready_status()
    house.targets.opened.clear()
    assert house.reconcile(resource(status=status)) == Unchanged()
    assert [url.host for url in house.targets.opened] == ["127.0.0.1"]


def test_a_foreign_hash_with_nothing_to_do_moves_only_the_hash() -> None:
    house = House()
    status = house.ready_status() | {"observed_hash": "of-the-go-operator", "schemaHash": ""}
    outcome = house.reconcile(resource(status=status))
    assert isinstance(outcome, Rehashed)
    assert list(settled(Place(status, 1, house.clock.now()), outcome, limit=20)) == ["observed_hash"]


def test_a_deleted_or_suspended_resource_is_left_alone() -> None:
    house = House()
    gone = Resource(
        kind="AtlasSchema", namespace="n", name="n", uid="u", generation=1, is_deleted=True, spec={}
    )
    assert house.reconcile(gone) == Gone()
    assert house.reconcile(resource(suspend=True)) == Suspended()
    assert house.targets.opened == []


# Changes by others.


def test_a_change_by_hand_is_reverted_and_named() -> None:
    house = House()
    status = house.ready_status()
    house.make("by_hand")
    outcome = done(house.reconcile(resource(status=status)))
    assert house.tables == {"one"}
    assert "had been changed by hand, and was changed back: table public.by_hand" in outcome.message
    assert "changes made by hand were reverted: table public.by_hand" in outcome.news


def test_a_changed_spec_is_no_change_by_hand() -> None:
    house = House()
    status = house.ready_status()
    outcome = done(house.reconcile(resource(TWO, status, generation=2)))
    assert "by hand" not in outcome.message
    assert outcome.news == "Applied schema"


def test_what_is_not_modelled_stays_and_is_said() -> None:
    class Knowing(FakeSchemaDriver):
        def inspect(self, database: Database, scope: Scope) -> Realm:
            found = (Unmodelled(kind="event trigger", name="audit"),)
            return replace(super().inspect(database, scope), unmodelled=found)

    outcome = done(House(Knowing()).reconcile(resource()))
    assert outcome.message.endswith("because this version does not manage them: event trigger audit.")


def test_a_table_that_the_spec_has_no_more_goes_with_its_grants() -> None:
    class Knowing(FakeSchemaDriver):
        def inspect(self, database: Database, scope: Scope) -> Realm:
            found = super().inspect(database, scope)
            grants = tuple(
                Unmodelled(kind="grant", name=f"public.{each.name} to bob (SELECT)", on=f"public.{each.name}")
                for each in found.objects
            )
            return replace(found, unmodelled=grants)

    house = House(Knowing())
    status = house.ready_status()
    house.make("by_hand")
    done(house.reconcile(resource(status=status)))
    assert house.tables == {"one"}


# Policies.


def test_a_first_run_that_would_drop_is_refused_and_the_objects_are_named() -> None:
    house = House()
    house.make("customers", "orders")
    outcome = failed(house.reconcile(resource()))
    assert (outcome.reason, outcome.retry) == ("FirstRunDestructive", Retry.NEVER)
    assert outcome.message.startswith(
        "destructive changes detected:\n- DROP TABLE customers\n- DROP TABLE orders\n"
        "To prevent accidental drop of resources, first run of a schema must not contain destructive changes.\n"
    )
    assert "table public.customers, table public.orders" in outcome.message
    assert house.tables == {"customers", "orders"}
    assert house.progress.announced == 0


def test_a_first_run_respects_exclude() -> None:
    house = House()
    house.make("customers")
    done(house.reconcile(resource(exclude=["customers"])))
    assert house.tables == {"customers", "one"}


def test_after_the_first_run_a_drop_goes_through_unless_a_policy_says_otherwise() -> None:
    house = House()
    status = house.ready_status(TWO)
    outcome = failed(house.reconcile(resource(ONE, status, generation=2, policy=lint(error=True))))
    assert (outcome.reason, outcome.retry) == ("LintPolicyError", Retry.NEVER)
    assert outcome.message.startswith(
        "destructive changes detected:\n- DROP TABLE two\nObjects: table public.two."
    )
    assert house.tables == {"one", "two"}
    done(house.reconcile(resource(ONE, status, generation=3)))
    assert house.tables == {"one"}


def test_a_skipped_drop_keeps_the_table_and_says_so() -> None:
    house = House()
    status = house.ready_status(TWO)
    policy = {"diff": {"skip": {"drop_table": True}}}
    outcome = done(house.reconcile(resource(ONE, status, generation=2, policy=policy)))
    assert house.tables == {"one", "two"}
    assert outcome.message.endswith("Left as they are, by policy.diff.skip: table public.two.")


@pytest.mark.parametrize("review", ["ERROR", "WARNING"])
def test_a_change_that_nothing_is_found_in_needs_no_review(review: str) -> None:
    house = House()
    done(house.reconcile(resource(policy={"lint": {"review": review}})))
    assert house.tables == {"one"}


def test_where_every_change_needs_a_review_it_is_refused_by_name() -> None:
    house = House()
    outcome = failed(house.reconcile(resource(policy={"lint": {"review": "ALWAYS"}})))
    assert outcome.reason == "ApplyingSchema"
    assert outcome.message.startswith("Rejected by review policy: every change has to be reviewed.")
    assert "spec.policy.lint.review is ALWAYS" in outcome.message
    assert "spec.cloud.repo" in outcome.message
    assert house.tables == set()


def test_an_error_needs_a_review_where_the_policy_asks_for_one() -> None:
    house = House()
    status = house.ready_status(TWO)
    outcome = failed(house.reconcile(resource(ONE, status, 2, policy={"lint": {"review": "ERROR"}})))
    assert outcome.message.startswith(
        'Rejected by review policy: errors or warnings were found: Dropping table "two" (DS102).'
    )


# Trouble.


def test_an_outage_ends_no_readiness_and_is_never_terminal() -> None:
    house = House()
    status = house.ready_status()
    house.targets.error = ConnectFailed("no route")
    assert house.reconcile(resource(status=status)) == Unchanged(doubt="ConnectFailed: no route")
    outcome = failed(house.reconcile(resource(TWO, generation=2)))
    assert (outcome.reason, outcome.retry) == ("ConnectFailed", Retry.AFTER)


def test_a_registry_that_is_away_is_tried_for_ever() -> None:
    house = House()
    house.own_registry = RegistryAddress("http://registry", "token-of-ours")
    house.registry.error = Unavailable("connection refused")
    outcome = failed(house.reconcile(resource(schema={"url": "atlas://app"})))
    assert (outcome.reason, outcome.retry) == ("Unavailable", Retry.AFTER)


def test_a_lock_in_other_hands_is_no_failure_on_mysql() -> None:
    house = House()
    house.targets.server.dialect = IMPLICIT_COMMIT
    house.dev = DevPorts(servers={"mysql": parse_database_url("mysql://dev.example/")})
    other = house.targets.server.connect()
    assert other.try_lock("atlas_migrate_execute")
    assert house.reconcile(resource()) == Contended()


def test_a_stop_between_two_statements_is_carried_on() -> None:
    house = House(FakeSchemaDriver(alone=frozenset({"one", "two"})))
    house.progress.stop_asked = lambda: bool(house.tables)
    assert house.reconcile(resource(TWO)) == Stopped()
    assert house.tables == {"one"}
    house.progress.stop_asked = lambda: False
    done(house.reconcile(resource(TWO)))
    assert house.tables == {"one", "two"}


def test_a_failed_statement_is_told_with_the_words_of_the_server() -> None:
    house = House()
    house.targets.server.point = _refuse("before CREATE TABLE two")
    outcome = failed(house.reconcile(resource(TWO)))
    assert "permission denied" in outcome.message
    assert house.tables == set()


def _refuse(line: str) -> Callable[[str], None]:
    def point(reached: str) -> None:
        if reached == line:
            raise AccessDenied("permission denied for schema public")

    return point


def test_a_text_that_came_out_empty_drops_nothing() -> None:
    house = House()
    status = house.ready_status()
    outcome = failed(house.reconcile(resource(" \n", status, generation=2)))
    assert outcome.reason == "PolicyRefused"
    assert "table public.one" in outcome.message
    assert set(house.targets.server.state.tables) == {"one"}
