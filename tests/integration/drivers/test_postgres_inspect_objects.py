"""What schemas of a real PostgreSQL server hold besides tables: views, types, sequences, routines, extensions."""

from __future__ import annotations

import pytest
from atlas.schema import Schema
from atlas.schema.objects import (
    Aggregate,
    Argument,
    Composite,
    Domain,
    Enum,
    Extension,
    MaterializedView,
    RangeType,
    Routine,
    Sequence,
    View,
)
from atlas.schema.table import Check, Column, Index, IndexPart, Table, Trigger

from tests.servers.realms import postgres_realm, the

INTEGER = Column(name="a", type="integer")


def test_an_empty_database_has_the_schema_that_every_database_has(postgres_url: str) -> None:
    realm = postgres_realm(postgres_url)
    assert realm.dialect == "postgres"
    assert realm.schemas == (Schema(name="public", comment="standard public schema"),)
    assert (realm.objects, realm.dependencies, realm.unmodelled) == ((), frozenset(), ())


def test_schemas_are_sorted_and_have_comments(postgres_url: str) -> None:
    sql = "CREATE SCHEMA b; CREATE SCHEMA a; COMMENT ON SCHEMA b IS 'bb'; DROP SCHEMA public"
    assert postgres_realm(postgres_url, sql).schemas == (Schema(name="a"), Schema(name="b", comment="bb"))


def test_a_scope_shows_its_schemas_alone(postgres_url: str) -> None:
    sql = """CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE a.t (a int); CREATE TABLE b.t (a int);
        CREATE TABLE t (a int); CREATE EXTENSION citext"""
    both = postgres_realm(postgres_url, sql, schemas=("b", "a", "nowhere"))
    assert [schema.name for schema in both.schemas] == ["a", "b"]
    assert [item.schema for item in both.objects] == ["a", "b"]
    one = postgres_realm(postgres_url, bound="public")
    assert [(item.schema, item.name) for item in one.objects] == [("public", "t")]
    assert postgres_realm(postgres_url, schemas=("nowhere",)).schemas == ()


def test_objects_are_sorted_by_schema_kind_and_name(postgres_url: str) -> None:
    sql = """CREATE SCHEMA a; CREATE TABLE b (a int); CREATE TABLE a (a int); CREATE VIEW a.z AS SELECT 1 AS one;
        CREATE TYPE e AS ENUM ()"""
    objects = postgres_realm(postgres_url, sql).objects
    assert [(type(item), item.schema, item.name) for item in objects] == [
        (View, "a", "z"),
        (Enum, "public", "e"),
        (Table, "public", "a"),
        (Table, "public", "b"),
    ]


def test_views_have_their_query_columns_and_options(postgres_url: str) -> None:
    sql = """CREATE TABLE t (a int, b text);
        CREATE VIEW v WITH (security_barrier, security_invoker = true) AS SELECT a, b FROM t WHERE a > 0
            WITH CASCADED CHECK OPTION;
        CREATE VIEW w AS SELECT a AS "One" FROM t WITH LOCAL CHECK OPTION;
        COMMENT ON VIEW v IS 'vv'; COMMENT ON COLUMN v.a IS 'aa'"""
    realm = postgres_realm(postgres_url, sql)
    assert the(realm, View, "v") == View(
        schema="public",
        name="v",
        definition="SELECT t.a,\n    t.b\n   FROM public.t\n  WHERE (t.a > 0)",
        columns=(Column(name="a", type="integer", comment="aa"), Column(name="b", type="text")),
        check_option="CASCADED",
        comment="vv",
        options=(("security_barrier", "true"), ("security_invoker", "true")),
    )
    assert the(realm, View, "w") == View(
        schema="public",
        name="w",
        definition='SELECT t.a AS "One"\n   FROM public.t',
        columns=(Column(name="One", type="integer"),),
        check_option="LOCAL",
    )


def test_views_have_triggers(postgres_url: str) -> None:
    sql = """CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE VIEW v AS SELECT 1 AS a; CREATE TRIGGER tr INSTEAD OF INSERT OR DELETE ON v FOR EACH ROW EXECUTE FUNCTION f()"""
    assert the(postgres_realm(postgres_url, sql), View, "v").triggers == (
        Trigger(name="tr", timing="INSTEAD OF", events=("INSERT", "DELETE"), function="public.f"),
    )


def test_materialized_views_have_indexes_and_options(postgres_url: str) -> None:
    sql = """CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS SELECT 1 AS a WITH NO DATA;
        CREATE UNIQUE INDEX i ON m (a); COMMENT ON MATERIALIZED VIEW m IS 'mm'; COMMENT ON INDEX i IS 'ii'"""
    assert the(postgres_realm(postgres_url, sql), MaterializedView, "m") == MaterializedView(
        schema="public",
        name="m",
        definition="SELECT 1 AS a",
        columns=(INTEGER,),
        indexes=(Index(name="i", parts=(IndexPart(column="a"),), unique=True, comment="ii"),),
        with_data=False,
        comment="mm",
        options=(("fillfactor", "70"),),
    )


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("", {}),
        ("AS smallint START 5 CACHE 3 CYCLE", {"type": "smallint", "start": 5, "cache": 3, "cycle": True}),
        ("INCREMENT -2 MINVALUE -50", {"increment": -2, "min_value": -50}),
        ("MINVALUE 7 MAXVALUE 70", {"min_value": 7, "max_value": 70}),
        ("AS integer INCREMENT 3 START 1", {"type": "integer", "increment": 3}),
    ],
)
def test_sequences_have_what_is_not_the_default(
    postgres_url: str, definition: str, expected: dict[str, object]
) -> None:
    realm = postgres_realm(postgres_url, f"CREATE SEQUENCE s {definition}")
    assert realm.objects == (Sequence(schema="public", name="s", **expected),)  # type: ignore[arg-type]


def test_a_sequence_has_owner_persistence_and_comment(postgres_url: str) -> None:
    sql = """CREATE TABLE t (a int); CREATE UNLOGGED SEQUENCE s OWNED BY t.a; COMMENT ON SEQUENCE s IS 'ss'"""
    assert the(postgres_realm(postgres_url, sql), Sequence, "s") == Sequence(
        schema="public", name="s", owned_by=("t", "a"), unlogged=True, comment="ss"
    )


def test_types_of_every_kind(postgres_url: str) -> None:
    sql = """CREATE TYPE e AS ENUM ('b', 'it''s', 'a'); ALTER TYPE e ADD VALUE 'first' BEFORE 'b'; COMMENT ON TYPE e IS 'ee';
        CREATE DOMAIN d AS varchar(9) COLLATE "C" DEFAULT 'x' NOT NULL CHECK (VALUE <> '')
            CONSTRAINT long CHECK ((length(VALUE) > 1) OR (VALUE = 'x')); COMMENT ON DOMAIN d IS 'dd';
        COMMENT ON CONSTRAINT long ON DOMAIN d IS 'cc'; CREATE DOMAIN d2 AS d; ALTER DOMAIN d2 ADD CHECK (VALUE > 'a') NOT VALID;
        CREATE TYPE c AS (a int, b text COLLATE "C", c e[]); COMMENT ON TYPE c IS 'cc'; COMMENT ON COLUMN c.b IS 'bb'"""
    realm = postgres_realm(postgres_url, sql)
    assert realm.objects == (
        Composite(
            schema="public",
            name="c",
            fields=(
                INTEGER,
                Column(name="b", type="text", collation="C", comment="bb"),
                Column(name="c", type="public.e[]"),
            ),
            comment="cc",
        ),
        Domain(
            schema="public",
            name="d",
            type="character varying(9)",
            null=False,
            default="'x'::character varying",
            collation="C",
            checks=(
                Check(name="d_check", expr="(VALUE)::text <> ''::text"),
                Check(
                    name="long",
                    expr="(length((VALUE)::text) > 1) OR ((VALUE)::text = 'x'::text)",
                    comment="cc",
                ),
            ),
            comment="dd",
        ),
        Domain(
            schema="public",
            name="d2",
            type="public.d",
            default="'x'::character varying",  # the server's copy
            checks=(Check(name="d2_check", expr="(VALUE)::text > 'a'::text", validated=False),),
        ),
        Enum(schema="public", name="e", values=("first", "b", "it's", "a"), comment="ee"),
    )


def test_range_types_and_their_multiranges(postgres_url: str) -> None:
    sql = """CREATE FUNCTION diff(float8, float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
        CREATE TYPE span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = diff);
        CREATE TYPE textrange AS RANGE (SUBTYPE = text, COLLATION = "C", SUBTYPE_OPCLASS = text_pattern_ops);
        CREATE TYPE named AS RANGE (SUBTYPE = int, MULTIRANGE_TYPE_NAME = many); COMMENT ON TYPE named IS 'nn'"""
    realm = postgres_realm(postgres_url, sql)
    assert [item for item in realm.objects if not isinstance(item, Routine)] == [
        RangeType(schema="public", name="named", subtype="integer", multirange="many", comment="nn"),
        RangeType(schema="public", name="span", subtype="double precision", subtype_diff="public.diff"),
        RangeType(
            schema="public", name="textrange", subtype="text", opclass="text_pattern_ops", collation="C"
        ),
    ]
    assert [item.name for item in realm.objects if isinstance(item, Routine)] == ["diff"]


def test_extensions_hide_what_they_brought(postgres_url: str) -> None:
    sql = """CREATE SCHEMA x; CREATE EXTENSION citext SCHEMA x; COMMENT ON EXTENSION citext IS 'cc'; CREATE EXTENSION pg_trgm;
        CREATE TABLE t (a x.citext)"""
    realm = postgres_realm(postgres_url, sql)
    assert realm.objects[0] == Extension(name="citext", schema="x", version="1.6", comment="cc")
    assert [item.name for item in realm.objects] == ["citext", "pg_trgm", "t"]
    assert the(realm, Table, "t").columns == (Column(name="a", type="x.citext"),)


def routine(url: str, sql: str) -> Routine:
    (found,) = [item for item in postgres_realm(url, sql).objects if isinstance(item, Routine)]
    return found


def test_a_function_has_every_attribute(postgres_url: str) -> None:
    sql = """CREATE FUNCTION f(a int, INOUT b text DEFAULT 'q', OUT c int, VARIADIC d int[] DEFAULT '{}') RETURNS record
            LANGUAGE plpgsql STABLE STRICT LEAKPROOF SECURITY DEFINER PARALLEL SAFE COST 5
            SET search_path TO public, pg_temp SET work_mem TO '1MB' AS $$ BEGIN b := '%'; END $$;
        COMMENT ON FUNCTION f IS 'ff'"""
    assert routine(postgres_url, sql) == Routine(
        schema="public",
        name="f",
        arguments=(
            Argument(type="integer", name="a"),
            Argument(type="text", name="b", mode="INOUT", default="'q'::text"),
            Argument(type="integer", name="c", mode="OUT"),
            Argument(type="integer[]", name="d", mode="VARIADIC", default="'{}'::integer[]"),
        ),
        identity_arguments="integer, text, integer[]",
        returns="record",
        language="plpgsql",
        body=" BEGIN b := '%'; END ",
        volatility="STABLE",
        strict=True,
        leakproof=True,
        security_definer=True,
        parallel="SAFE",
        cost="5",
        config=(("search_path", "public, pg_temp"), ("work_mem", "1MB")),
        comment="ff",
    )


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (
            "FUNCTION f(int) RETURNS TABLE (a int, b text) ROWS 7 LANGUAGE sql AS 'SELECT 1, null'",
            {
                "arguments": (
                    Argument(type="integer"),
                    Argument(type="integer", name="a", mode="TABLE"),
                    Argument(type="text", name="b", mode="TABLE"),
                ),
                "identity_arguments": "integer",
                "returns": "TABLE(a integer, b text)",
                "rows": "7",
                "body": "SELECT 1, null",
            },
        ),
        (
            "FUNCTION f() RETURNS SETOF text COST 0.5 LANGUAGE sql AS 'SELECT null'",
            {"returns": "SETOF text", "cost": "0.5", "body": "SELECT null"},
        ),
        (
            "FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL RESTRICTED RETURN a + 1",
            {
                "arguments": (Argument(type="integer", name="a"),),
                "identity_arguments": "integer",
                "returns": "integer",
                "body": "RETURN (a + 1)",
                "sql_body": True,
                "volatility": "IMMUTABLE",
                "parallel": "RESTRICTED",
            },
        ),
        (
            "FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
            {"returns": "integer", "body": "BEGIN ATOMIC\n SELECT 1;\n SELECT 2;\nEND", "sql_body": True},
        ),
        (
            "PROCEDURE f(IN a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN b := a; END'",
            {
                "is_procedure": True,
                "arguments": (
                    Argument(type="integer", name="a"),
                    Argument(type="integer", name="b", mode="OUT"),
                ),
                "identity_arguments": "integer",
                "language": "plpgsql",
                "body": "BEGIN b := a; END",
            },
        ),
        (
            "FUNCTION f() RETURNS int8 WINDOW LANGUAGE internal AS 'window_row_number'",
            {"returns": "bigint", "window": True, "language": "internal", "body": "window_row_number"},
        ),
        (
            "FUNCTION f(internal) RETURNS internal LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_validator'",
            {
                "arguments": (Argument(type="internal"),),
                "identity_arguments": "internal",
                "returns": "internal",
                "language": "c",
                "body": "plpgsql_validator",
                "options": (("object_file", "$libdir/plpgsql"),),
            },
        ),
    ],
)
def test_functions_and_procedures_of_every_form(
    postgres_url: str, definition: str, expected: dict[str, object]
) -> None:
    found = routine(postgres_url, f"CREATE {definition}")
    assert found == Routine(schema="public", name="f", **expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("(int) (SFUNC = int4pl, STYPE = int)", {"arguments": "integer", "state_function": "int4pl", "state_type": "integer"}),
        ("(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0', PARALLEL = safe)", {
            "arguments": "*", "state_function": "int8inc", "state_type": "bigint",
            "options": (("INITCOND", "0"), ("PARALLEL", "SAFE"))}),
        (("(a int) (SFUNC = s.plus, STYPE = int, COMBINEFUNC = int4pl, FINALFUNC = int4abs, SORTOP = >, SSPACE = 8, "
         "MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = int, FINALFUNC_MODIFY = shareable, MFINALFUNC = s.last, "
         "MFINALFUNC_EXTRA)"), {
            "arguments": "a integer", "state_function": "s.plus", "state_type": "integer",
            "options": (("COMBINEFUNC", "int4pl"), ("FINALFUNC", "int4abs"), ("FINALFUNC_MODIFY", "SHAREABLE"),
                        ("MFINALFUNC", "s.last"), ("MFINALFUNC_EXTRA", "true"), ("MINVFUNC", "int4mi"),
                        ("MSFUNC", "int4pl"), ("MSTYPE", "integer"), ("SORTOP", "OPERATOR(pg_catalog.>)"),
                        ("SSPACE", "8"))}),
        (("(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, "
         "FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA)"), {
            "arguments": "double precision ORDER BY anyelement", "state_function": "ordered_set_transition",
            "state_type": "internal",
            "options": (("FINALFUNC", "percentile_disc_final"), ("FINALFUNC_EXTRA", "true"))}),
    ],
)  # fmt: skip
def test_aggregates_of_every_form(postgres_url: str, definition: str, expected: dict[str, object]) -> None:
    sql = f"""CREATE SCHEMA s; CREATE FUNCTION s.plus(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $2';
        CREATE FUNCTION s.last(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1';
        CREATE AGGREGATE g {definition}; COMMENT ON AGGREGATE g({expected["arguments"]}) IS 'gg'"""
    found = the(postgres_realm(postgres_url, sql), Aggregate, "g")
    assert found == Aggregate(schema="public", name="g", comment="gg", **expected)  # type: ignore[arg-type]
