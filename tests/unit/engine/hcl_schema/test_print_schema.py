"""The text of a printed realm, to the letter."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import replace

import pytest
from atlas.drivers import schema_driver
from atlas.engine.hcl_schema import print_schema, schema_hash
from atlas.schema import Realm, Schema
from atlas.schema.objects import Enum, Routine, View
from atlas.schema.table import (
    Column,
    ForeignKey,
    Identity,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
    Unique,
)
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.hcl_schema.reading import FIXTURES, dialect_of, printed, read

FULL = sorted(FIXTURES.glob("everything.*.hcl"))


@pytest.mark.parametrize("path", FULL, ids=lambda path: path.name)
def test_everything_is_printed_as_it_was_read(path) -> None:
    text = path.read_text()
    found = read(text, dialect_of(path))
    assert found.warnings == ()
    assert printed(found.realm) == text


def test_the_example_of_postgres() -> None:
    table = Table(
        schema="public",
        name="t",
        comment='it "is"',
        columns=(
            Column(name="id", type="integer", null=False, identity=Identity(start=10)),
            Column(name="s", type="public.st", default="'a'::public.st"),
        ),
        primary_key=PrimaryKey(parts=(IndexPart(column="id"),)),
        indexes=(Index(name="ix", unique=True, where="id > 5", parts=(IndexPart(column="s", desc=True),)),),
    )
    realm = Realm(
        dialect="postgres",
        schemas=(Schema(name="public", comment="standard public schema"),),
        objects=(Enum(schema="public", name="st", values=("a", "b")), table),
    )
    assert printed(realm) == POSTGRES


POSTGRES = r"""table "t" {
  schema  = schema.public
  comment = "it \"is\""
  column "id" {
    null = false
    type = integer
    identity {
      generated = BY_DEFAULT
      start     = 10
    }
  }
  column "s" {
    null    = true
    type    = enum.st
    default = "a"
  }
  primary_key {
    columns = [column.id]
  }
  index "ix" {
    unique = true
    where  = "(id > 5)"
    on {
      desc   = true
      column = column.s
    }
  }
}
enum "st" {
  schema = schema.public
  values = ["a", "b"]
}
schema "public" {
  comment = "standard public schema"
}
"""


def test_the_example_of_mariadb() -> None:
    column = Column(name="id", type="bigint unsigned", null=False, auto_increment=True)
    realm = Realm(
        dialect="mariadb",
        schemas=(Schema(name="d1", charset="latin1", collation="latin1_swedish_ci"),),
        objects=(Table(schema="d1", name="t", columns=(column,)),),
    )
    assert printed(realm) == MARIADB


MARIADB = """table "t" {
  schema = schema.d1
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
}
schema "d1" {
  charset = "latin1"
  collate = "latin1_swedish_ci"
}
"""


def test_the_example_of_sqlite() -> None:
    table = Table(
        schema="main",
        name="users",
        columns=(Column(name="id", type="integer"), Column(name="name", type="text", default="1+1")),
        primary_key=PrimaryKey(parts=(IndexPart(column="id"),)),
        uniques=(
            Unique(
                name="",
                parts=(IndexPart(column="name"),),
                options=(("autoindex", "sqlite_autoindex_users_1"),),
            ),
        ),
        foreign_keys=(
            ForeignKey(name="0", columns=("id",), ref_schema="main", ref_table="users", ref_columns=("id",)),
        ),
        strict=True,
    )
    realm = Realm(dialect="sqlite", schemas=(Schema(name="main"),), objects=(table,))
    assert printed(realm) == SQLITE


SQLITE = """table "users" {
  schema = schema.main
  column "id" {
    null = true
    type = integer
  }
  column "name" {
    null    = true
    type    = text
    default = sql("1+1")
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "0" {
    columns     = [column.id]
    ref_columns = [table.users.column.id]
    on_update   = NO_ACTION
    on_delete   = NO_ACTION
  }
  index "sqlite_autoindex_users_1" {
    unique  = true
    columns = [column.name]
  }
  strict = true
}
schema "main" {
}
"""


def default_of(dialect: str, type_text: str, default: str) -> str:
    table = Table(schema="s", name="t", columns=(Column(name="c", type=type_text, default=default),))
    text = printed(Realm(dialect=dialect, schemas=(Schema(name="s"),), objects=(table,)))
    return next(line.split("=", 1)[1].strip() for line in text.splitlines() if "default" in line)


@pytest.mark.parametrize(
    ("dialect", "type_text", "default", "expected"),
    [
        ("postgres", "text", "'a'::text", '"a"'),
        ("postgres", "text", "'5'::text", '"5"'),
        ("postgres", "character varying(9)", "'it''s'::character varying", '"it\'s"'),
        ("postgres", "text", "'a'::character varying", "sql(\"'a'::character varying\")"),
        ("postgres", "integer", "'-5'::integer", "-5"),
        ("postgres", "numeric(10,2)", "'-1.10'::numeric", "-1.10"),
        ("postgres", "bigint", "9223372036854775807", "9223372036854775807"),
        ("postgres", "bigint", "'5'::bigint", '"5"'),
        ("postgres", "integer", "(1 + 1)", 'sql("(1 + 1)")'),
        ("postgres", "timestamp(3) without time zone", "now()", 'sql("now()")'),
        ("postgres", "bytea", r"'\x00'::bytea", r'"\\x00"'),
        ("postgres", "bit(3)", "'101'::\"bit\"", r'sql("' + "'101'" + r'::\"bit\"")'),
        ("postgres", "boolean", "true", "true"),
        ("postgres", "character(3)", "'a'::bpchar", '"a"'),
        ("mariadb", "decimal(10,2)", "1.50", "1.5"),
        ("mariadb", "tinyint(1)", "1", "1"),
        ("mariadb", "varchar(9)", r"'it\'s \\'", r'"it' + r"'s \\" + '"'),
        ("mariadb", "timestamp(3)", "(current_timestamp(3))", 'sql("(current_timestamp(3))")'),
        ("mysql", "bit(3)", "b'101'", "sql(\"b'101'\")"),
        ("sqlite", "text", "'a'", '"a"'),
        ("sqlite", "text", "null", 'sql("null")'),
        ("sqlite", "blob", "x'00'", "sql(\"x'00'\")"),
        ("sqlite", "text", '"old"', r'sql("\"old\"")'),
    ],
)
def test_a_default_is_a_literal_where_that_says_the_same(
    dialect: str, type_text: str, default: str, expected: str
) -> None:
    assert default_of(dialect, type_text, default) == expected


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("id > 5", "(id > 5)"),
        ("lower(name)", "lower(name)"),
        ("lower(a) || lower(b)", "(lower(a) || lower(b))"),
        ("(a > 1) AND (b > 2)", "((a > 1) AND (b > 2))"),
        ("app.f(a, ')')", "app.f(a, ')')"),
        ("flag", "flag"),
        ("a IS NOT NULL", "(a IS NOT NULL)"),
    ],
)
def test_expressions_of_postgres_have_the_parentheses_of_its_catalog(expr: str, expected: str) -> None:
    index = Index(name="i", parts=(IndexPart(column="a"),), where=expr)
    table = Table(schema="s", name="t", columns=(), indexes=(index,))
    text = printed(Realm(dialect="postgres", schemas=(), objects=(table,)))
    assert f'where   = "{expected}"' in text


def test_a_name_in_two_schemas_has_two_labels_and_so_has_a_table_named_as_a_qualifier() -> None:
    def table(schema: str, name: str) -> Table:
        return Table(schema=schema, name=name, columns=())

    realm = Realm(
        dialect="postgres",
        objects=(table("s1", "s2"), table("s1", "t"), table("s2", "t"), table("s2", "u")),
    )
    heads = [line for line in printed(realm).splitlines() if line.startswith("table")]
    assert heads == ['table "s1" "s2" {', 'table "s1" "t" {', 'table "s2" "t" {', 'table "u" {']


def test_a_key_that_leaves_what_is_printed_is_qualified() -> None:
    key = ForeignKey(name="f", columns=("a",), ref_schema="x", ref_table="u", ref_columns=("b c",))
    table = Table(schema="s", name="t", columns=(), foreign_keys=(key,))
    text = printed(Realm(dialect="postgres", objects=(table,)))
    assert 'ref_columns = [table.x.u.column["b c"]]' in text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("SELECT 1", 'as     = "SELECT 1"'),
        ("SELECT 1\nFROM t", "as     = <<-SQL\n  SELECT 1\n  FROM t\n  SQL"),
        ("\nBEGIN\n\n  x;\nEND\n", "as     = <<-SQL\n\n  BEGIN\n\n    x;\n  END\n\n  SQL"),
        ("a ${b}\nc", "as     = <<-SQL\n  a $${b}\n  c\n  SQL"),
        ("  all\n  indented", 'as     = "  all\\n  indented"'),
        ("blanks\n  \nend", 'as     = "blanks\\n  \\nend"'),
        ("SQL\nin it", 'as     = "SQL\\nin it"'),
    ],
)
def test_a_body_is_a_heredoc_where_that_says_it_exactly(body: str, expected: str) -> None:
    routine = Routine(schema="s", name="f", returns="integer", body=body)
    text = printed(Realm(dialect="postgres", schemas=(Schema(name="s"),), objects=(routine,)))
    assert expected in text
    (again,) = read(text).realm.of(Routine)
    assert again.body == body


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from('"\\${}%\n\r\t ab'), st.characters(exclude_categories=["Cs"])),
        min_size=1,
    )
)
def test_every_body_is_read_back_as_it_was(body: str) -> None:
    routine = Routine(schema="s", name="f", returns="integer", body=body)
    text = printed(Realm(dialect="postgres", schemas=(Schema(name="s"),), objects=(routine,)))
    (again,) = read(text).realm.of(Routine)
    assert again.body == body


def test_a_view_names_what_it_depends_on() -> None:
    from atlas.schema import Key, Kind

    realm = Realm(
        dialect="sqlite",
        objects=(
            Table(schema="main", name="t", columns=(Column(name="a", type="int"),)),
            View(schema="main", name="v", definition="SELECT a FROM t"),
        ),
        dependencies=frozenset({(Key(Kind.VIEW, "main", "", "v"), Key(Kind.COLUMN, "main", "t", "a"))}),
    )
    assert "depends_on = [table.t]" in printed(realm)


def test_the_hash_is_that_of_the_text() -> None:
    realm = Realm(dialect="sqlite", schemas=(Schema(name="main"),))
    types = schema_driver("sqlite").types
    text = print_schema(realm, types)
    assert text == 'schema "main" {\n}\n'
    assert schema_hash(realm, types) == b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_a_hash_is_the_one_that_atlas_computes() -> None:
    """The value stands in the status of a resource that its own operator made ready."""
    table = Table(
        schema="public",
        name="t1",
        columns=(Column(name="id", type="integer", null=False), Column(name="c1", type="integer")),
        primary_key=PrimaryKey(parts=(IndexPart(column="id"),)),
    )
    public = Schema(name="public", comment="standard public schema")
    realm = Realm(dialect="postgres", schemas=(public,), objects=(table,))
    found = schema_hash(realm, schema_driver("postgres").types)
    assert found == "lhl512tzvwQXJ9lroGuRNzGS6fiic8r9ohGMV+/Ij0w="


def test_an_empty_realm_is_an_empty_text() -> None:
    assert printed(Realm(dialect="postgres")) == ""


def test_the_hash_stays_when_a_counter_moves() -> None:
    types = schema_driver("mariadb").types
    table = Table(schema="app", name="t", columns=(Column(name="id", type="int", auto_increment=True),))

    def hash_at(counter: int | None) -> str:
        moved = replace(table, auto_increment=counter)
        return schema_hash(Realm(dialect="mariadb", schemas=(Schema(name="app"),), objects=(moved,)), types)

    assert hash_at(7) == hash_at(8) == hash_at(None)
