"""What MySQL and MariaDB are told, from typed fields alone; no server is there to ask."""

from __future__ import annotations

import pytest
from atlas.drivers.mysql.schema_driver import MySQLSchemaDriver
from atlas.engine.plan import PlanOptions, make_plan
from atlas.errors import Unsupported
from atlas.schema import Realm, Schema
from atlas.schema.objects import Enum, Event, Routine, SchemaObject, Sequence, View
from atlas.schema.table import Check, Column, ForeignKey, Index, IndexPart, PrimaryKey, Table, Trigger

ID = Column(name="id", type="int", null=False)


def table(*columns: Column, name: str = "t", **fields: object) -> Table:
    return Table(schema="app", name=name, columns=columns, **fields)  # type: ignore[arg-type]


def realm(*objects: SchemaObject, dialect: str = "mariadb", sql_mode: str = "") -> Realm:
    session = (("sql_mode", sql_mode),) if sql_mode else ()
    return Realm(dialect=dialect, schemas=(Schema(name="app"),), objects=objects, session=session)


def plan(current: Realm, desired: Realm, *, bound: str = "app") -> list[str]:
    made = make_plan(MySQLSchemaDriver(current.dialect), current, desired, PlanOptions(bound=bound))
    return [each.text() for each in made.statements]


def reverse(current: Realm, desired: Realm) -> list[str]:
    made = make_plan(MySQLSchemaDriver(current.dialect), current, desired, PlanOptions(bound="app"))
    return [each.text() for statement in made.statements for each in statement.reverse]


def key(name: str, column: str, target: str) -> ForeignKey:
    return ForeignKey(name=name, columns=(column,), ref_schema="app", ref_table=target, ref_columns=("id",))


def test_quotes_in_names_are_doubled_and_comments_are_in_double_quotes() -> None:
    desired = table(Column(name="we`ird", type="int", comment='it\'s "q" \\'), name="a`b", comment='say "hi"')

    assert plan(realm(), realm(desired)) == [
        'CREATE TABLE `a``b` (`we``ird` int NULL COMMENT "it\'s \\"q\\" \\\\") COMMENT "say \\"hi\\""'
    ]


@pytest.mark.parametrize(
    ("sql_mode", "comment"),
    [
        ("ANSI_QUOTES", "'it''s \"\\\\'"),
        ("ANSI_QUOTES,NO_BACKSLASH_ESCAPES", "'it''s \"\\'"),
        ("NO_BACKSLASH_ESCAPES", '"it\'s ""\\"'),
    ],
)
def test_comments_mean_the_same_in_every_mode_of_the_session(sql_mode: str, comment: str) -> None:
    desired = table(ID, comment="it's \"\\")

    assert plan(realm(sql_mode=sql_mode), realm(desired)) == [
        f"CREATE TABLE `t` (`id` int NOT NULL) COMMENT {comment}"
    ]


def test_strings_of_the_catalog_mean_the_same_where_a_backslash_is_only_one() -> None:
    column = Column(name="c", type="enum('a\\\\b')", default=r"'a\\b'")
    desired = table(column, checks=(Check(name="ck", expr=r"`c` <> 'it\'s'"),))

    assert plan(realm(sql_mode="NO_BACKSLASH_ESCAPES"), realm(desired)) == [
        r"CREATE TABLE `t` (`c` enum('a\b') NULL DEFAULT 'a\b', CONSTRAINT `ck` CHECK (`c` <> 'it''s'))"
    ]


def test_names_are_qualified_in_plans_for_all_schemas() -> None:
    view = View(schema="app", name="v", definition="select `app`.`t`.`id` AS `id` from `app`.`t`")

    assert plan(realm(table(ID)), realm(table(ID), view), bound="") == [
        "CREATE VIEW `app`.`v` AS select `app`.`t`.`id` AS `id` from `app`.`t`"
    ]


def test_a_bound_plan_names_its_schema_nowhere_but_in_strings_and_aliases() -> None:
    definition = "select `app`.`id` AS `id`,`app`.`t`.`n` AS `n` from (`app`.`t` join `app`.`u` `app`) where 'x' = '`app`.`t`'"
    tables = table(ID), table(ID, name="u")
    view = View(schema="app", name="v", definition=definition)

    assert plan(realm(*tables), realm(*tables, view)) == [
        "CREATE VIEW `v` AS select `app`.`id` AS `id`,`t`.`n` AS `n` from (`t` join `u` `app`) where 'x' = '`app`.`t`'"
    ]


def test_mysql_drops_checks_by_its_own_word() -> None:
    current = table(ID, checks=(Check(name="ck", expr="`id` > 0"),))
    desired = table(ID, checks=(Check(name="ck", expr="`id` > 1"),))

    assert plan(realm(current, dialect="mysql"), realm(desired, dialect="mysql")) == [
        "ALTER TABLE `t` DROP CHECK `ck`, ADD CONSTRAINT `ck` CHECK (`id` > 1)"
    ]
    assert plan(realm(current), realm(desired)) == [
        "ALTER TABLE `t` DROP CONSTRAINT `ck`, ADD CONSTRAINT `ck` CHECK (`id` > 1)"
    ]


def test_a_check_of_mysql_is_switched_off_in_place() -> None:
    current = table(ID, checks=(Check(name="ck", expr="`id` > 0"),))
    desired = table(ID, checks=(Check(name="ck", expr="`id` > 0", enforced=False),))

    assert plan(realm(current, dialect="mysql"), realm(desired, dialect="mysql")) == [
        "ALTER TABLE `t` ALTER CHECK `ck` NOT ENFORCED"
    ]


def test_indexes_of_mysql_have_expressions_and_are_hidden_by_its_own_word() -> None:
    parts = (IndexPart(expr="lower(`n`)", desc=True),)
    desired = table(ID, indexes=(Index(name="i", parts=parts, invisible=True),))

    assert plan(realm(table(ID), dialect="mysql"), realm(desired, dialect="mysql")) == [
        "ALTER TABLE `t` ADD INDEX `i` ((lower(`n`)) DESC) INVISIBLE"
    ]


def test_routines_of_mysql_are_dropped_and_made_those_of_mariadb_replaced() -> None:
    current = Routine(schema="app", name="p", is_procedure=True, body="select 1")
    desired = Routine(schema="app", name="p", is_procedure=True, body="select 2")

    assert plan(realm(current, dialect="mysql"), realm(desired, dialect="mysql")) == [
        "DROP PROCEDURE `p`",
        "CREATE PROCEDURE `p` () select 2",
    ]
    assert plan(realm(current), realm(desired)) == ["CREATE OR REPLACE PROCEDURE `p` () select 2"]


def test_triggers_of_mysql_are_dropped_and_made() -> None:
    current, desired = (
        table(ID, triggers=(Trigger(name="tr", timing="BEFORE", events=("INSERT",), body=body),))
        for body in ("set @x = 1", "set @x = 2")
    )

    assert plan(realm(current, dialect="mysql"), realm(desired, dialect="mysql")) == [
        "DROP TRIGGER `tr`",
        "CREATE TRIGGER `tr` BEFORE INSERT ON `t` FOR EACH ROW set @x = 2",
    ]


@pytest.mark.parametrize(
    ("desired", "words"),
    [
        (Sequence(schema="app", name="s"), "sequence app.s: MySQL has no sequences"),
        (Enum(schema="app", name="e", values=("a",)), "enum app.e: MySQL has no enums"),
        (
            table(ID, indexes=(Index(name="i", parts=(IndexPart(column="id"),), where="id > 1"),)),
            r"table app.t: MySQL has no partial indexes \(i\)",
        ),
        (
            table(
                ID,
                foreign_keys=(
                    ForeignKey(
                        name="f",
                        columns=("id",),
                        ref_schema="app",
                        ref_table="t",
                        ref_columns=("id",),
                        deferrable=True,
                    ),
                ),
            ),
            r"table app.t: MySQL has no deferrable foreign keys \(f\)",
        ),
    ],
)
def test_what_the_dialect_does_not_have_is_refused_by_name(desired: SchemaObject, words: str) -> None:
    with pytest.raises(Unsupported, match=words):
        plan(realm(dialect="mysql"), realm(desired, dialect="mysql"))


def test_tables_in_a_circle_are_made_first_and_tied_together_last() -> None:
    a = table(ID, Column(name="b", type="int"), name="a", foreign_keys=(key("ab", "b", "b"),))
    b = table(ID, Column(name="a", type="int"), name="b", foreign_keys=(key("ba", "a", "a"),))

    made = plan(realm(), realm(a, b))

    assert [text.split(" (")[0] for text in made[:2]] == ["CREATE TABLE `a`", "CREATE TABLE `b`"]
    assert "FOREIGN KEY" not in made[0]
    assert made[2].startswith("ALTER TABLE `a` ADD CONSTRAINT `ab` FOREIGN KEY (`b`) REFERENCES `b`")


def test_an_alter_is_taken_back_by_its_clauses_in_reverse() -> None:
    current = table(ID, Column(name="a", type="int", comment="x"), primary_key=None)
    desired = table(
        ID,
        Column(name="a", type="bigint"),
        Column(name="c", type="int"),
        primary_key=PrimaryKey(parts=(IndexPart(column="id"),)),
        indexes=(Index(name="i", parts=(IndexPart(column="c"),)),),
        comment="new",
    )

    assert reverse(realm(current), realm(desired)) == [
        'ALTER TABLE `t` DROP INDEX `i`, DROP PRIMARY KEY, DROP COLUMN `c`, MODIFY COLUMN `a` int NULL COMMENT "x", COMMENT ""'
    ]


def test_what_takes_values_with_it_has_no_reverse() -> None:
    assert reverse(realm(table(ID, Column(name="a", type="int"))), realm(table(ID))) == []


def test_a_counter_that_moved_on_is_left_alone_and_one_behind_is_raised() -> None:
    wanted = realm(table(ID, auto_increment=100))

    assert plan(realm(table(ID, auto_increment=250)), wanted) == []
    assert plan(realm(table(ID, auto_increment=7)), realm(table(ID))) == []
    assert plan(realm(table(ID, auto_increment=7)), wanted) == ["ALTER TABLE `t` AUTO_INCREMENT 100"]


def test_an_event_is_altered_with_all_that_it_is() -> None:
    current = Event(schema="app", name="e", schedule="EVERY 1 DAY", body="delete from t", comment="old")
    desired = Event(schema="app", name="e", schedule="EVERY 2 DAY", body="delete from t", preserve=True)

    assert plan(realm(current), realm(desired)) == [
        'ALTER EVENT `e` ON SCHEDULE EVERY 2 DAY ON COMPLETION PRESERVE ENABLE COMMENT "" DO delete from t'
    ]
    assert reverse(realm(current), realm(desired)) == [
        'ALTER EVENT `e` ON SCHEDULE EVERY 1 DAY ON COMPLETION NOT PRESERVE ENABLE COMMENT "old" DO delete from t'
    ]
