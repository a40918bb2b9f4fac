"""What each block beside tables says, one case each."""

from __future__ import annotations

import pytest
from atlas.schema import Schema, Unmodelled
from atlas.schema.objects import (
    Aggregate,
    Argument,
    Composite,
    Domain,
    Enum,
    Event,
    Extension,
    MaterializedView,
    RangeType,
    Routine,
    Sequence,
    View,
)
from atlas.schema.table import (
    Check,
    Column,
    Policy,
    Trigger,
)

from tests.unit.engine.hcl_schema.reading import T, read, realm

OBJECTS = [
    ('enum "e" {\nschema = schema.s\nvalues = ["a", "b"]\n}', Enum(schema="s", name="e", values=("a", "b"))),
    (
        'domain "d" {\nschema = schema.s\ntype = text\nnull = false\ndefault = "x"\ncheck "c" { expr = "VALUE <> \'\'" }\n}',
        Domain(
            schema="s",
            name="d",
            type="text",
            null=False,
            default="'x'",
            checks=(Check(name="c", expr="VALUE <> ''"),),
        ),
    ),
    (
        'composite "c" {\nschema = schema.s\nfield "f" { type = int }\n}',
        Composite(schema="s", name="c", fields=(Column(name="f", type="integer"),)),
    ),
    ('range "r" {\nschema = schema.s\nsubtype = int\n}', RangeType(schema="s", name="r", subtype="integer")),
    (
        'sequence "q" {\nschema = schema.s\nstart = 5\nowner = table.t.column.a\n}',
        Sequence(schema="s", name="q", start=5, owned_by=("t", "a")),
    ),
    (
        'view "v" {\nschema = schema.s\nas = "SELECT 1;"\ncheck_option = LOCAL\n}',
        View(schema="s", name="v", definition="SELECT 1", check_option="LOCAL"),
    ),
    (
        'materialized "m" {\nschema = schema.s\nas = "SELECT 1"\nwith_data = false\n}',
        MaterializedView(schema="s", name="m", definition="SELECT 1", with_data=False),
    ),
    (
        'function "f" {\nschema = schema.s\nlang = SQL\narg "x" { type = int }\nreturn = int\nas = "SELECT x"\n}',
        Routine(
            schema="s",
            name="f",
            arguments=(Argument(name="x", type="integer"),),
            identity_arguments="integer",
            returns="integer",
            body="SELECT x",
        ),
    ),
    (
        'procedure "p" {\nschema = schema.s\nlang = PLpgSQL\nas = <<-SQL\n  BEGIN\n    NULL;\n  END\n  SQL\n}',
        Routine(schema="s", name="p", is_procedure=True, language="plpgsql", body="BEGIN\n  NULL;\nEND"),
    ),
    (
        'aggregate "g" {\nschema = schema.s\narg { type = int }\nstate_type = bigint\nstate_func = int4_sum\n}',
        Aggregate(schema="s", name="g", arguments="integer", state_function="int4_sum", state_type="bigint"),
    ),
    ('extension "x" {\nschema = schema.s\nversion = "1"\n}', Extension(name="x", schema="s", version="1")),
]


@pytest.mark.parametrize(("text", "expected"), OBJECTS, ids=lambda each: type(each).__name__)
def test_an_object_of_postgres(text: str, expected: object) -> None:
    found = realm(f"{text}\n{T % ''}")
    assert expected in found.objects


def test_an_event_of_mysql() -> None:
    text = 'event "e" {\nschema = schema.s\nschedule = "EVERY 1 DAY"\nas = "select 1"\n}\nschema "s" {}'
    assert realm(text, "mysql").objects == (
        Event(schema="s", name="e", schedule="EVERY 1 DAY", body="select 1"),
    )


def test_a_routine_of_mysql_has_no_arguments_in_its_key() -> None:
    text = """function "f" {
      schema        = schema.s
      arg "a" { type = int }
      return        = int
      as            = "return a"
      data_access   = NO_SQL
      deterministic = true
    }
    schema "s" {}"""
    (found,) = realm(text, "mysql").of(Routine)
    assert (found.identity_arguments, found.data_access, found.deterministic) == ("", "NO SQL", True)


def test_a_trigger_belongs_to_its_table() -> None:
    text = """trigger "g" {
      on  = table.t
      for = ROW
      before {
        insert    = true
        update_of = [table.t.column.a]
      }
      execute { function = function.f }
    }
    function "f" {
      schema = schema.s
      lang   = PLpgSQL
      return = trigger
      as     = "BEGIN RETURN NEW; END"
    }
    """
    assert realm(text + T % "").tables[0].triggers == (
        Trigger(name="g", timing="BEFORE", events=("INSERT", "UPDATE"), update_of=("a",), function="s.f"),
    )


def test_one_trigger_block_can_stand_for_many_tables() -> None:
    text = """trigger "g" {
      for_each = [table.t, table.u]
      on       = each.value
      as       = "BEGIN SELECT 1; END"
      after { delete = true }
    }
    table "u" {
      schema = schema.s
      column "a" { type = int }
    }
    """
    assert [[each.name for each in found.triggers] for found in realm(text + T % "", "sqlite").tables] == [
        ["g"],
        ["g"],
    ]


def test_a_policy_belongs_to_its_table_and_public_is_no_role() -> None:
    text = 'policy "p" {\non = table.t\nfor = SELECT\nto = [%s]\nusing = "(a > 1)"\n}\n'
    public = realm(text % "PUBLIC" + T % "").tables[0].policies
    named = realm(text % 'role.r, "q"' + T % "").tables[0].policies
    assert public == (Policy(name="p", command="SELECT", using="a > 1"),)
    assert named == (Policy(name="p", command="SELECT", using="a > 1", roles=("q", "r")),)


def test_a_schema_of_mysql_has_a_charset_and_the_older_word_for_collate() -> None:
    text = 'schema "s" {\ncharset = "latin1"\ncollation = "latin1_bin"\ncomment = "c"\n}'
    assert realm(text, "mysql").schemas == (
        Schema(name="s", charset="latin1", collation="latin1_bin", comment="c"),
    )


def test_objects_that_are_not_modelled_are_named() -> None:
    text = 'role "r" { login = true }\nevent_trigger "e" {}\npermission {\nto = role.r\n}\nschema "s" {}'
    assert read(text).realm.unmodelled == (
        Unmodelled(kind="event trigger", name="e"),
        Unmodelled(kind="permission", name="z.hcl:3:1"),
        Unmodelled(kind="role", name="r"),
    )
