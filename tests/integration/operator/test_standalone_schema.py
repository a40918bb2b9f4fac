"""An AtlasSchema over a folder of manifests: the whole operator, real SQLite files, no cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.operator.desk import Desk, resource

if TYPE_CHECKING:
    from pathlib import Path

USERS = "CREATE TABLE users (id integer PRIMARY KEY, name text);\n"
NICK = "CREATE TABLE users (id integer PRIMARY KEY, name text, nick text);\n"
EXIT_NOT_READY = 1
KIND = "AtlasSchema"


@dataclass(frozen=True)
class SchemaDesk:
    """A desk with one AtlasSchema ``app``, and its database."""

    desk: Desk

    @property
    def status_path(self) -> Path:
        return self.desk.status_path("app", KIND)

    def schema(self, sql: str, **more: Any) -> None:
        self.spec({"schema": {"sql": sql}, **more})

    def spec(self, spec: dict[str, Any]) -> None:
        self.desk.write("app.yaml", resource("app", {"url": self.desk.url("app"), **spec}, KIND))

    def once(self) -> int:
        answer = self.desk.run("--once")
        assert "Traceback" not in answer.stderr
        return answer.returncode

    def ready(self) -> tuple[str, str, str]:
        """Status, reason and message of the Ready condition."""
        conditions = self.desk.status("app", KIND)["conditions"]
        [found] = [one for one in conditions if one["type"] == "Ready"]
        return found["status"], found["reason"], found["message"]

    def query(self, sql: str) -> list[Any]:
        return self.desk.query("app", sql)

    def columns(self, table: str) -> list[str]:
        return [row[1] for row in self.query(f"PRAGMA table_info({table})")]


@pytest.fixture
def desk(tmp_path: Path) -> SchemaDesk:
    return SchemaDesk(Desk(tmp_path))


def test_a_schema_is_applied_changed_and_then_left_alone(desk: SchemaDesk) -> None:
    desk.schema(USERS)
    assert desk.once() == 0
    status, reason, message = desk.ready()
    assert (status, reason) == ("True", "Applied")
    assert message.startswith("The schema has been applied successfully. Apply response: {")
    desk.query("INSERT INTO users (name) VALUES ('kept')")
    desk.schema(NICK)
    assert desk.once() == 0
    assert desk.columns("users") == ["id", "name", "nick"]
    assert desk.query("SELECT name FROM users") == [("kept",)]
    before = desk.status_path.stat().st_mtime_ns
    assert desk.once() == 0
    assert desk.status_path.stat().st_mtime_ns == before


def test_a_first_run_leaves_the_tables_of_others(desk: SchemaDesk) -> None:
    desk.query("CREATE TABLE customers (id integer PRIMARY KEY, name text)")
    desk.schema(USERS)
    assert desk.once() == EXIT_NOT_READY
    _, reason, message = desk.ready()
    assert reason == "FirstRunDestructive"
    assert "DROP TABLE `customers`" in message
    assert "table main.customers" in message
    assert desk.columns("users") == []
    desk.schema(USERS, exclude=["customers"])
    assert desk.once() == 0
    assert desk.columns("customers") == ["id", "name"]
    assert desk.columns("users") == ["id", "name"]


def test_a_plan_that_drops_a_column_is_refused_where_the_policy_says_so(desk: SchemaDesk) -> None:
    desk.schema(NICK)
    assert desk.once() == 0
    policy: dict[str, Any] = {"lint": {"destructive": {"error": True}}}
    desk.schema(USERS, policy=policy)
    assert desk.once() == EXIT_NOT_READY
    _, reason, message = desk.ready()
    assert reason == "LintPolicyError"
    assert "column main.users.nick" in message
    assert desk.columns("users") == ["id", "name", "nick"]
    desk.schema(USERS, policy=policy | {"diff": {"skip": {"drop_column": True}}})
    assert desk.once() == 0
    assert desk.columns("users") == ["id", "name", "nick"]
    assert "by policy.diff.skip: column main.users.nick" in desk.ready()[2]
    desk.schema(USERS)
    assert desk.once() == 0
    assert desk.columns("users") == ["id", "name"]


def test_a_change_by_hand_is_reverted_at_the_next_look(desk: SchemaDesk) -> None:
    desk.schema(USERS)
    assert desk.once() == 0
    desk.query("ALTER TABLE users ADD COLUMN by_hand text")
    assert desk.once() == 0
    assert desk.columns("users") == ["id", "name"]
    assert "had been changed by hand, and was changed back: column main.users.by_hand" in desk.ready()[2]


def test_wrong_sql_is_told_with_line_and_the_words_of_the_server(desk: SchemaDesk) -> None:
    desk.schema(USERS + "CREATE TABEL orders (id integer);\n")
    assert desk.once() == EXIT_NOT_READY
    _, reason, message = desk.ready()
    assert reason == "ReadSchema"
    assert message.startswith("schema.sql:2: ")
    assert 'near "TABEL": syntax error' in message
    assert desk.columns("users") == []


def test_a_desired_state_may_be_hcl_of_a_config_map(desk: SchemaDesk) -> None:
    hcl = 'schema "main" {}\ntable "users" {\n  schema = schema.main\n  column "id" {\n    type = integer\n  }\n}\n'
    desk.desk.write(
        "schema.yaml", {"kind": "ConfigMap", "metadata": {"name": "schema"}, "data": {"app.hcl": hcl}}
    )
    key = {"configMapKeyRef": {"name": "schema", "key": "app.hcl"}}
    desk.spec({"schema": key})
    assert desk.once() == 0, desk.ready()
    assert desk.columns("users") == ["id"]


def test_a_desired_state_reaches_no_other_file(desk: SchemaDesk) -> None:
    desk.schema(f"ATTACH '{desk.desk.folder / 'other.db'}' AS other;\nCREATE TABLE other.t (id integer);\n")
    assert desk.once() == EXIT_NOT_READY
    assert not (desk.desk.folder / "other.db").exists()


def test_what_is_not_modelled_stays_and_is_said_and_is_refused_in_a_desired_state(desk: SchemaDesk) -> None:
    desk.query("CREATE VIRTUAL TABLE search USING fts5(body)")
    desk.schema(USERS)
    assert desk.once() == 0, desk.ready()
    assert "Left alone, because this version does not manage them: virtual table " in desk.ready()[2]
    assert desk.query("SELECT count(*) FROM search") == [(0,)]
    desk.schema(USERS + "CREATE VIRTUAL TABLE more USING fts5(body);\n")
    assert desk.once() == EXIT_NOT_READY
    _, reason, message = desk.ready()
    assert reason == "Unsupported"
    assert "virtual table" in message
    assert "more" in message


def test_a_rename_that_is_said_keeps_the_values(desk: SchemaDesk) -> None:
    desk.schema(NICK)
    assert desk.once() == 0
    desk.query("INSERT INTO users (name, nick) VALUES ('a', 'kept')")
    renamed = '-- atlas:rename column "users"."nick" "alias"\n' + NICK.replace("nick", "alias")
    desk.schema(renamed, policy={"lint": {"destructive": {"error": True}}})
    assert desk.once() == 0, desk.ready()
    assert desk.query("SELECT alias FROM users") == [("kept",)]
