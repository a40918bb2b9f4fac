from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.engine.diff import changed_fields, diff
from atlas.engine.effective import effective_realm, is_skipped
from atlas.schema import Key, Kind, Realm, Schema
from atlas.schema.objects import Enum
from atlas.schema.table import Column, ForeignKey, Index, IndexPart, Table

APP = Schema(name="app")
STATUS = Enum(schema="app", name="status", values=("on", "off"))
USERS = Table(
    schema="app",
    name="users",
    columns=(Column(name="id", type="integer", null=False), Column(name="state", type="app.status")),
    indexes=(Index(name="i", parts=(IndexPart(column="id"),)),),
)
NEEDS = frozenset({(Key(Kind.COLUMN, "app", "users", "state"), Key(Kind.ENUM, "app", "", "status"))})
CURRENT = Realm(dialect="postgres", schemas=(APP,), objects=(STATUS, USERS), dependencies=NEEDS)


def left_over(desired: Realm, *skip: str) -> list[str]:
    """The changes that are left under a policy."""
    found = diff(CURRENT, desired, differs=changed_fields)
    skipped = [change for change in found if is_skipped(change, frozenset(skip))]
    effective = effective_realm(CURRENT, desired, skipped)
    return [
        f"{type(change).__name__} {change.key}" for change in diff(CURRENT, effective, differs=changed_fields)
    ]


def test_a_kept_table_keeps_the_type_that_its_column_has() -> None:
    desired = replace(CURRENT, objects=(), dependencies=frozenset())
    assert left_over(desired, "drop_table") == []
    assert left_over(desired) == ["Drop enum app.status", "Drop table app.users"]


def test_a_kept_column_is_in_the_effective_state_and_its_type_too() -> None:
    desired = replace(CURRENT, objects=(replace(USERS, columns=USERS.columns[:1]),), dependencies=frozenset())
    assert left_over(desired, "drop_column") == []
    assert left_over(desired, "drop_enum") == ["Drop column app.users.state"]


def test_the_schema_of_a_kept_table_is_kept() -> None:
    desired = Realm(dialect="postgres")
    assert left_over(desired, "drop_table") == []


def test_a_skipped_addition_does_not_happen() -> None:
    wider = replace(USERS, columns=(*USERS.columns, Column(name="email", type="text")))
    assert left_over(replace(CURRENT, objects=(STATUS, wider)), "add_column") == []
    assert left_over(replace(CURRENT, objects=(STATUS, USERS, replace(USERS, name="b"))), "add_table") == []


def test_a_skipped_modification_leaves_the_other_changes() -> None:
    changed = replace(
        USERS, comment="people", columns=(replace(USERS.columns[0], type="bigint"), USERS.columns[1])
    )
    desired = replace(CURRENT, objects=(STATUS, changed))
    assert left_over(desired, "modify_column") == ["Modify table app.users"]
    assert left_over(desired, "modify_table") == ["Modify column app.users.id"]


@pytest.mark.parametrize("word", ["drop_index", "drop_column"])
def test_a_policy_names_a_verb_and_a_kind(word: str) -> None:
    bare = replace(USERS, columns=USERS.columns[:1], indexes=())
    (change,) = [
        change
        for change in diff(CURRENT, replace(CURRENT, objects=(STATUS, bare)), differs=changed_fields)
        if change.key.kind.value == word.removeprefix("drop_")
    ]
    assert is_skipped(change, frozenset({word}))
    assert not is_skipped(change, frozenset({"drop_table"}))


def test_a_kept_schema_keeps_what_is_in_it() -> None:
    desired = Realm(dialect="postgres")
    assert left_over(desired, "drop_schema") == []
    assert left_over(replace(desired, schemas=(APP,)), "drop_schema") == [
        "Drop enum app.status",
        "Drop table app.users",
    ]


def test_a_kept_child_keeps_the_columns_and_tables_that_it_names() -> None:
    """Without a word of it in the dependencies, as SQLite has it."""
    key = ForeignKey(
        name="fk", columns=("state",), ref_schema="app", ref_table="states", ref_columns=("name",)
    )
    states = Table(schema="app", name="states", columns=(Column(name="name", type="app.status"),))
    current = replace(
        CURRENT, objects=(STATUS, states, replace(USERS, foreign_keys=(key,))), dependencies=frozenset()
    )
    bare = replace(USERS, columns=(Column(name="more", type="text"),), indexes=())
    desired = replace(current, objects=(STATUS, bare))
    found = diff(current, desired, differs=changed_fields)
    skipped = [
        change for change in found if is_skipped(change, frozenset({"drop_index", "drop_foreign_key"}))
    ]
    effective = effective_realm(current, desired, skipped)
    left = diff(current, effective, differs=changed_fields)
    assert [f"{type(change).__name__} {change.key}" for change in left] == ["Add column app.users.more"]


def test_what_stands_on_a_skipped_addition_is_not_added_either() -> None:
    wider = replace(
        USERS,
        columns=(*USERS.columns, Column(name="email", type="text")),
        indexes=(
            Index(name="by_email", parts=(IndexPart(column="email"),)),
            Index(name="i", parts=(IndexPart(column="id"), IndexPart(column="email"))),
        ),
    )
    assert left_over(replace(CURRENT, objects=(STATUS, wider)), "add_column") == []
