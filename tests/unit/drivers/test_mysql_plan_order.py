"""The order of plans for MySQL and MariaDB, and what is refused before anything runs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.drivers.mysql.schema_driver import MySQLSchemaDriver
from atlas.engine.plan import PlanOptions, make_plan
from atlas.errors import Unsupported
from atlas.schema import Key, Kind, Realm, Schema, Unmodelled
from atlas.schema.objects import SchemaObject, Sequence, View
from atlas.schema.table import Check, Column, ForeignKey, Index, IndexPart, Table, Trigger

ID = Column(name="id", type="int", null=False)


def table(*columns: Column, name: str = "t", schema: str = "app", **fields: object) -> Table:
    return Table(schema=schema, name=name, columns=columns, **fields)  # type: ignore[arg-type]


def realm(*objects: SchemaObject, schemas: tuple[str, ...] = ("app",)) -> Realm:
    return Realm(dialect="mariadb", schemas=tuple(Schema(name=name) for name in schemas), objects=objects)


def plan(current: Realm, desired: Realm, *renames: tuple[Key, Key], bound: str = "app") -> list[str]:
    options = PlanOptions(bound=bound, renames=renames)
    made = make_plan(MySQLSchemaDriver("mariadb"), current, desired, options)
    assert {change for each in made.statements for change in each.changes} >= set(made.changes)
    return [each.text() for each in made.statements]


def key(name: str, column: str, target: str, schema: str = "app") -> ForeignKey:
    return ForeignKey(name=name, columns=(column,), ref_schema=schema, ref_table=target, ref_columns=("id",))


def words(statements: list[str], count: int = 3) -> list[str]:
    return [" ".join(text.split()[:count]) for text in statements]


def test_a_name_that_is_used_again_is_free_by_then() -> None:
    view = View(schema="app", name="a", definition="select 1")
    sequence = Sequence(schema="app", name="b")
    current = realm(view, sequence, table(ID, name="c"))
    desired = realm(table(ID, name="a"), table(ID, name="b"), Sequence(schema="app", name="c"))

    assert words(plan(current, desired)) == [
        "DROP VIEW `a`",
        "DROP TABLE `c`",
        "DROP SEQUENCE `b`",
        "CREATE SEQUENCE `c`",
        "CREATE TABLE `a`",
        "CREATE TABLE `b`",
    ]


def test_a_table_goes_before_those_that_it_refers_to() -> None:
    parent = table(ID, name="a")
    child = table(ID, name="b", foreign_keys=(key("f", "id", "a"),))

    assert plan(realm(parent, child), realm()) == ["DROP TABLE `b`", "DROP TABLE `a`"]


def test_tables_that_refer_to_each_other_are_untied_first() -> None:
    a = table(ID, name="a", foreign_keys=(key("ab", "id", "b"),))
    b = table(ID, name="b", foreign_keys=(key("ba", "id", "a"),))

    assert plan(realm(a, b), realm()) == [
        "ALTER TABLE `a` DROP FOREIGN KEY `ab`",
        "ALTER TABLE `b` DROP FOREIGN KEY `ba`",
        "DROP TABLE `b`",
        "DROP TABLE `a`",
    ]


def test_a_foreign_key_stays_away_while_the_column_that_it_refers_to_is_retyped() -> None:
    def states(type_name: str) -> Realm:
        column = Column(name="id", type=type_name, null=False)
        return realm(table(column, name="p"), table(column, name="c", foreign_keys=(key("f", "id", "p"),)))

    assert words(plan(states("int"), states("bigint")), 6) == [
        "ALTER TABLE `c` DROP FOREIGN KEY",
        "ALTER TABLE `p` MODIFY COLUMN `id`",
        "ALTER TABLE `c` MODIFY COLUMN `id`",
    ]


def test_a_foreign_key_that_is_renamed_goes_and_comes() -> None:
    def state(name: str) -> Realm:
        return realm(table(ID, name="p"), table(ID, name="c", foreign_keys=(key(name, "id", "p"),)))

    renamed = (Key(Kind.FOREIGN_KEY, "app", "c", "old"), Key(Kind.FOREIGN_KEY, "app", "c", "new"))

    assert words(plan(state("old"), state("new"), renamed), 7) == [
        "ALTER TABLE `c` DROP FOREIGN KEY `old`",
        "ALTER TABLE `c` ADD CONSTRAINT `new` FOREIGN",
    ]


def test_a_check_that_is_renamed_goes_and_comes_in_one_statement() -> None:
    def state(name: str) -> Realm:
        return realm(table(ID, checks=(Check(name=name, expr="`id` > 0"),)))

    renamed = (Key(Kind.CHECK, "app", "t", "old"), Key(Kind.CHECK, "app", "t", "new"))

    assert plan(state("old"), state("new"), renamed) == [
        "ALTER TABLE `t` DROP CONSTRAINT `old`, ADD CONSTRAINT `new` CHECK (`id` > 0)"
    ]


def test_what_the_server_renames_along_with_a_column_is_not_done_again() -> None:
    def state(name: str) -> Realm:
        return realm(
            table(
                ID,
                Column(name=name, type="int"),
                indexes=(Index(name="i", parts=(IndexPart(column=name),)),),
                checks=(Check(name="ck", expr=f"`{name}` <> '`a`'"),),
                foreign_keys=(
                    ForeignKey(
                        name="f", columns=(name,), ref_schema="app", ref_table="t", ref_columns=(name,)
                    ),
                ),
            )
        )

    renamed = (Key(Kind.COLUMN, "app", "t", "a"), Key(Kind.COLUMN, "app", "t", "b"))

    assert plan(state("a"), state("b"), renamed) == ["ALTER TABLE `t` RENAME COLUMN `a` TO `b`"]


def test_a_column_that_an_expression_of_mysql_names_is_not_renamed() -> None:
    def state(name: str) -> Realm:
        checked = table(Column(name=name, type="int"), checks=(Check(name="ck", expr=f"`{name}` > 0"),))
        return replace(realm(checked), dialect="mysql")

    options = PlanOptions(
        bound="app", renames=((Key(Kind.COLUMN, "app", "t", "a"), Key(Kind.COLUMN, "app", "t", "b")),)
    )

    with pytest.raises(Unsupported, match=r"column app.t.a cannot be renamed to b"):
        make_plan(MySQLSchemaDriver("mysql"), state("a"), state("b"), options)


def test_a_table_moves_out_of_a_schema_that_goes_into_one_that_comes() -> None:
    current = realm(table(ID, schema="old"), schemas=("old",))
    desired = realm(table(ID, schema="new"), schemas=("new",))
    renamed = (Key(Kind.TABLE, "old", "", "t"), Key(Kind.TABLE, "new", "", "t"))

    assert plan(current, desired, renamed, bound="") == [
        "CREATE DATABASE `new`",
        "RENAME TABLE `old`.`t` TO `new`.`t`",
        "DROP DATABASE `old`",
    ]


def test_a_table_with_triggers_does_not_move() -> None:
    trigger = Trigger(name="tr", timing="BEFORE", events=("INSERT",), body="set @x = 1")
    current = realm(table(ID, schema="old", triggers=(trigger,)), schemas=("new", "old"))
    desired = realm(table(ID, schema="new", triggers=(trigger,)), schemas=("new", "old"))

    with pytest.raises(Unsupported, match="a table with triggers does not move to another schema"):
        plan(current, desired, (Key(Kind.TABLE, "old", "", "t"), Key(Kind.TABLE, "new", "", "t")), bound="")


def test_a_schema_takes_what_is_in_it_along_but_not_what_refers_to_it() -> None:
    current = realm(
        table(ID, schema="gone"),
        View(schema="gone", name="v", definition="select 1"),
        table(ID, schema="kept", name="k", foreign_keys=(key("f", "id", "t", "gone"),)),
        schemas=("gone", "kept"),
    )
    desired = realm(table(ID, schema="kept", name="k"), schemas=("kept",))

    assert plan(current, desired, bound="") == [
        "ALTER TABLE `kept`.`k` DROP FOREIGN KEY `f`",
        "DROP DATABASE `gone`",
    ]


def test_nothing_goes_with_what_a_pattern_hides_in_it() -> None:
    hidden_table = replace(
        realm(table(ID), schemas=("app",)), excluded=frozenset({Key(Kind.TABLE, "app", "", "hidden")})
    )
    hidden_column = replace(realm(table(ID)), excluded=frozenset({Key(Kind.COLUMN, "app", "t", "hidden")}))

    with pytest.raises(Unsupported, match=r'schema "app" cannot be dropped: table app.hidden is in it'):
        plan(hidden_table, realm(schemas=()), bound="")
    with pytest.raises(Unsupported, match=r"table app\.t cannot be dropped: column app\.t\.hidden needs it"):
        plan(hidden_column, realm())


def test_a_schema_with_what_is_not_modelled_stays_but_grants_do_not_keep_it() -> None:
    current = realm(schemas=("app",))
    grant = Unmodelled(kind="grant", name="app.* to 'a'@'%'")
    package = Unmodelled(kind="package", name="app.p")

    assert plan(replace(current, unmodelled=(grant,)), realm(schemas=()), bound="") == ["DROP DATABASE `app`"]
    with pytest.raises(Unsupported, match=r"it holds package app.p"):
        plan(replace(current, unmodelled=(grant, package)), realm(schemas=()), bound="")


def test_a_table_with_what_is_not_modelled_is_left_as_it_is() -> None:
    current = replace(realm(table(ID)), unmodelled=(Unmodelled(kind="period", name="app.t.p", on="app.t"),))

    assert plan(current, realm(table(ID))) == []
    with pytest.raises(Unsupported, match=r"table app.t cannot be changed: it has period app.t.p"):
        plan(current, realm(table(ID, comment="c")))


def test_triggers_come_in_the_order_in_which_they_fire() -> None:
    def trigger(name: str, follows: str = "") -> Trigger:
        options = (("follows", follows),) if follows else ()
        return Trigger(name=name, timing="BEFORE", events=("INSERT",), body="set @x = 1", options=options)

    chain = (trigger("a", "b"), trigger("b", "c"), trigger("c"))

    assert plan(realm(table(ID)), realm(table(ID, triggers=chain))) == [
        "CREATE TRIGGER `c` BEFORE INSERT ON `t` FOR EACH ROW set @x = 1",
        "CREATE TRIGGER `b` BEFORE INSERT ON `t` FOR EACH ROW FOLLOWS `c` set @x = 1",
        "CREATE TRIGGER `a` BEFORE INSERT ON `t` FOR EACH ROW FOLLOWS `b` set @x = 1",
    ]
