from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.engine.diff import changed_fields, diff
from atlas.errors import PlanError
from atlas.schema import Add, Drop, Key, Kind, Modify, Realm, Rename, Schema
from atlas.schema.objects import View
from atlas.schema.table import Column, Index, IndexPart, PrimaryKey, Table

APP = Schema(name="app")
ID = Column(name="id", type="integer", null=False)
NAME = Column(name="name", type="text")
USERS = Table(
    schema="app", name="users", columns=(ID, NAME), primary_key=PrimaryKey(parts=(IndexPart(column="id"),))
)


def realm(*objects: object, schemas: tuple[Schema, ...] = (APP,)) -> Realm:
    return Realm(dialect="postgres", schemas=schemas, objects=objects)  # type: ignore[arg-type]


def changes(current: Realm, desired: Realm, **options: object) -> list[str]:
    found = diff(current, desired, differs=changed_fields, **options)  # type: ignore[arg-type]
    return [f"{type(change).__name__} {change.key}" for change in found]


def test_equal_realms_have_no_difference() -> None:
    assert changes(realm(USERS), realm(USERS)) == []


def test_the_children_of_an_added_or_dropped_table_are_no_changes_of_their_own() -> None:
    assert changes(realm(), realm(USERS)) == ["Add table app.users"]
    assert changes(realm(USERS), realm()) == ["Drop table app.users"]


def test_the_tables_of_a_dropped_schema_are_dropped_by_name() -> None:
    assert changes(realm(USERS), realm(schemas=())) == ["Drop schema app", "Drop table app.users"]


def test_a_changed_column_is_a_change_of_the_column_alone() -> None:
    wider = replace(USERS, columns=(ID, replace(NAME, type="varchar(20)", null=False)))
    (change,) = diff(realm(USERS), realm(wider), differs=changed_fields)
    assert change == Modify(
        Key(Kind.COLUMN, "app", "users", "name"), NAME, wider.columns[1], frozenset({"type", "null"})
    )


def test_the_order_of_columns_is_no_difference() -> None:
    assert changes(realm(USERS), realm(replace(USERS, columns=(NAME, ID)))) == []


def test_a_field_of_the_table_itself_is_a_change_of_the_table() -> None:
    (change,) = diff(realm(USERS), realm(replace(USERS, comment="people")), differs=changed_fields)
    assert isinstance(change, Modify)
    assert (change.key.kind, change.fields) == (Kind.TABLE, frozenset({"comment"}))


def test_without_a_word_a_new_name_is_a_drop_and_an_add() -> None:
    assert changes(realm(USERS), realm(replace(USERS, name="people"))) == [
        "Drop table app.users",
        "Add table app.people",
    ]


def test_a_renamed_table_keeps_its_children() -> None:
    people = replace(USERS, name="people", columns=(ID, replace(NAME, null=False)))
    pair = (Key(Kind.TABLE, "app", "", "users"), Key(Kind.TABLE, "app", "", "people"))
    found = diff(realm(USERS), realm(people), differs=changed_fields, renames=[pair])
    assert [type(change) for change in found] == [Rename, Modify]
    assert found[1].key == Key(Kind.COLUMN, "app", "people", "name")


def test_a_column_is_renamed_inside_a_renamed_table() -> None:
    people = replace(USERS, name="people", columns=(ID, replace(NAME, name="full_name")))
    renames = [
        (Key(Kind.TABLE, "app", "", "users"), Key(Kind.TABLE, "app", "", "people")),
        (Key(Kind.COLUMN, "app", "users", "name"), Key(Kind.COLUMN, "app", "people", "full_name")),
    ]
    found = diff(realm(USERS), realm(people), differs=changed_fields, renames=renames)
    assert [(type(change), str(change.key)) for change in found] == [
        (Rename, "table app.people"),
        (Rename, "column app.people.full_name"),
    ]


def test_a_rename_to_what_exists_already_is_no_rename() -> None:
    other = replace(USERS, name="people")
    pair = (Key(Kind.TABLE, "app", "", "users"), Key(Kind.TABLE, "app", "", "people"))
    assert changes(realm(USERS, other), realm(other), renames=[pair]) == ["Drop table app.users"]


def test_a_rename_beside_an_object_that_keeps_the_name_is_refused() -> None:
    people = replace(USERS, name="people")
    pair = (Key(Kind.TABLE, "app", "", "users"), Key(Kind.TABLE, "app", "", "people"))
    with pytest.raises(PlanError, match="desired state has a table"):
        changes(realm(USERS), realm(USERS, people), renames=[pair])


def test_an_index_of_a_kept_table_is_added_by_itself() -> None:
    indexed = replace(USERS, indexes=(Index(name="i", parts=(IndexPart(column="name"),)),))
    assert changes(realm(USERS), realm(indexed)) == ["Add index app.users.i"]
    (drop,) = diff(realm(indexed), realm(USERS), differs=changed_fields)
    assert isinstance(drop, Drop)
    (add,) = diff(realm(USERS), realm(indexed), differs=changed_fields)
    assert isinstance(add, Add)


def test_the_columns_of_a_view_follow_from_its_definition() -> None:
    view = View(schema="app", name="v", definition="SELECT 1", columns=(ID,))
    assert changed_fields(view, replace(view, columns=(ID, NAME))) == frozenset()
    assert changed_fields(view, replace(view, definition="SELECT 2")) == {"definition"}
