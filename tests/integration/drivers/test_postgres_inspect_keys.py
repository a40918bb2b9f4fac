"""Keys, indexes and other constraints of a real PostgreSQL server as the model holds them."""

from __future__ import annotations

import pytest
from atlas.errors import StatementFailed
from atlas.schema.table import Check, Exclude, ForeignKey, Index, IndexPart, PrimaryKey, Table, Unique

from tests.servers.realms import postgres_realm, the

A = IndexPart(column="a")
B = IndexPart(column="b")


def table(url: str, sql: str, name: str = "t") -> Table:
    return the(postgres_realm(url, sql), Table, name)


def test_keys_have_names_only_where_somebody_gave_one(postgres_url: str) -> None:
    sql = "CREATE TABLE t (a int PRIMARY KEY); CREATE TABLE u (a int CONSTRAINT mine PRIMARY KEY)"
    realm = postgres_realm(postgres_url, sql)
    assert the(realm, Table, "t").primary_key == PrimaryKey(parts=(A,))
    assert the(realm, Table, "u").primary_key == PrimaryKey(parts=(A,), name="mine")


def test_keys_and_unique_constraints_have_all_their_options(postgres_url: str) -> None:
    found = table(
        postgres_url,
        """CREATE TABLE t (a int, b int, c int,
            PRIMARY KEY (b, a) INCLUDE (c) WITH (fillfactor = 70) DEFERRABLE INITIALLY DEFERRED,
            UNIQUE NULLS NOT DISTINCT (a), CONSTRAINT "U" UNIQUE (b, c) INCLUDE (a) DEFERRABLE);
        COMMENT ON CONSTRAINT t_pkey ON t IS 'key'; COMMENT ON CONSTRAINT "U" ON t IS 'unique'""",
    )
    assert found.primary_key == PrimaryKey(
        parts=(B, A),
        include=("c",),
        deferrable=True,
        initially_deferred=True,
        comment="key",
        options=(("fillfactor", "70"),),
    )
    assert found.uniques == (
        Unique(name="U", parts=(B, IndexPart(column="c")), include=("a",), deferrable=True, comment="unique"),
        Unique(name="t_a_key", parts=(A,), nulls_distinct=False),
    )
    assert found.indexes == ()


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("(a)", Index(name="i", parts=(A,))),
        ("(a DESC, b NULLS FIRST)", Index(name="i", parts=(IndexPart(column="a", desc=True), IndexPart(column="b", nulls="first")))),
        ("(a DESC NULLS LAST)", Index(name="i", parts=(IndexPart(column="a", desc=True, nulls="last"),))),
        ("(lower(b))", Index(name="i", parts=(IndexPart(expr="lower(b)"),))),
        ("((a + 1), ((a * 2) - (a * 3)))", Index(name="i", parts=(IndexPart(expr="a + 1"), IndexPart(expr="(a * 2) - (a * 3)")))),
        ("(b text_pattern_ops)", Index(name="i", parts=(IndexPart(column="b", opclass="text_pattern_ops"),))),
        ('(b COLLATE "C")', Index(name="i", parts=(IndexPart(column="b", collation="C"),))),
        ("(c)", Index(name="i", parts=(IndexPart(column="c"),))),
        ("(lower(c))", Index(name="i", parts=(IndexPart(expr="lower(c)"),))),
        ('((b || c) COLLATE "POSIX")', Index(name="i", parts=(IndexPart(expr="b || c", collation="POSIX"),))),
        ("(v)", Index(name="i", parts=(IndexPart(column="v"),))),
        ("(v varchar_pattern_ops)", Index(name="i", parts=(IndexPart(column="v", opclass="varchar_pattern_ops"),))),
        ("USING gist (n inet_ops)", Index(name="i", parts=(IndexPart(column="n", opclass="inet_ops"),), method="gist")),
        ("(e)", Index(name="i", parts=(IndexPart(column="e"),))),
        ("(d)", Index(name="i", parts=(IndexPart(column="d"),))),
        ("USING hash (a)", Index(name="i", parts=(A,), method="hash")),
        ("USING gin (j jsonb_path_ops)", Index(name="i", parts=(IndexPart(column="j", opclass="jsonb_path_ops"),), method="gin")),
        ("USING gin (l)", Index(name="i", parts=(IndexPart(column="l"),), method="gin")),
        (
            "USING gist (ts tsvector_ops (siglen = 100))",
            Index(name="i", parts=(IndexPart(column="ts", opclass="tsvector_ops (siglen=100)"),), method="gist"),
        ),
        ("USING brin (a) WITH (pages_per_range = 64, autosummarize)", Index(name="i", parts=(A,), method="brin", options=(("autosummarize", "true"), ("pages_per_range", "64")))),
        ("(a) INCLUDE (b, j)", Index(name="i", parts=(A,), include=("b", "j"))),
        ("(a) WHERE ((a > 5) OR (b = 'x'))", Index(name="i", parts=(A,), where="(a > 5) OR (b = 'x'::text)")),
        ("(a) WHERE a > 5", Index(name="i", parts=(A,), where="a > 5")),
    ],
)  # fmt: skip
def test_an_index_has_all_its_parts_and_options(postgres_url: str, definition: str, expected: Index) -> None:
    sql = f"""CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN dom AS varchar(9);
        CREATE TABLE t (a int, b text, c text COLLATE "C", v varchar(9), n inet, e mood, d dom, j jsonb, l int[],
            ts tsvector);
        CREATE INDEX i ON t {definition}"""
    assert table(postgres_url, sql).indexes == (expected,)


def test_unique_indexes_are_no_constraints(postgres_url: str) -> None:
    sql = """CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT; COMMENT ON INDEX i IS 'c'"""
    found = table(postgres_url, sql)
    assert found.indexes == (Index(name="i", parts=(A,), unique=True, nulls_distinct=False, comment="c"),)
    assert found.uniques == ()


def test_what_a_failed_concurrent_build_left_is_not_valid(postgres_url: str) -> None:
    postgres_realm(postgres_url, "CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)")
    with pytest.raises(StatementFailed, match="23505"):
        postgres_realm(postgres_url, "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)")
    (index,) = the(postgres_realm(postgres_url), Table, "t").indexes
    assert index == Index(name="i", parts=(A,), unique=True, valid=False)


def test_a_foreign_key_has_all_its_options(postgres_url: str) -> None:
    sql = """CREATE SCHEMA other; CREATE TABLE other.p (x int, y int, PRIMARY KEY (y, x));
        CREATE TABLE t (a int, b int,
            CONSTRAINT f1 FOREIGN KEY (a, b) REFERENCES other.p (x, y) MATCH FULL ON UPDATE CASCADE
                ON DELETE SET NULL (b) DEFERRABLE INITIALLY DEFERRED);
        ALTER TABLE t ADD CONSTRAINT f2 FOREIGN KEY (b, a) REFERENCES other.p ON DELETE RESTRICT NOT VALID;
        COMMENT ON CONSTRAINT f2 ON t IS 'later'"""
    target = {"ref_schema": "other", "ref_table": "p"}
    found = the(postgres_realm(postgres_url, sql, bound="public"), Table, "t")
    assert found.foreign_keys == (
        ForeignKey(
            name="f1",
            columns=("a", "b"),
            ref_columns=("x", "y"),
            on_update="CASCADE",
            on_delete="SET NULL",
            delete_columns=("b",),
            match="FULL",
            deferrable=True,
            initially_deferred=True,
            **target,
        ),
        ForeignKey(
            name="f2",
            columns=("b", "a"),
            ref_columns=("y", "x"),
            on_delete="RESTRICT",
            validated=False,
            comment="later",
            **target,
        ),
    )


def test_checks_and_exclusions_have_all_their_options(postgres_url: str) -> None:
    sql = """CREATE TABLE t (a int CHECK (a > 0), r int4range, s text,
            CONSTRAINT c2 CHECK ((a > 1) OR (s = ')(')) NO INHERIT,
            CONSTRAINT x EXCLUDE USING gist (r WITH &&, (int4range(a, a + 1)) WITH -|-) INCLUDE (s) WHERE (a > 0)
                DEFERRABLE,
            EXCLUDE (s COLLATE "C" WITH =));
        ALTER TABLE t ADD CONSTRAINT c3 CHECK (a < 9) NOT VALID; COMMENT ON CONSTRAINT c3 ON t IS 'c'"""
    found = table(postgres_url, sql)
    assert found.checks == (
        Check(name="c2", expr="(a > 1) OR (s = ')('::text)", no_inherit=True),
        Check(name="c3", expr="a < 9", validated=False, comment="c"),
        Check(name="t_a_check", expr="a > 0"),
    )
    assert found.excludes == (
        Exclude(name="t_s_excl", parts=(IndexPart(column="s", collation="C", operator="="),), method="btree"),
        Exclude(
            name="x",
            parts=(
                IndexPart(column="r", operator="&&"),
                IndexPart(expr="int4range(a, (a + 1))", operator="-|-"),
            ),
            include=("s",),
            where="a > 0",
            deferrable=True,
        ),
    )


def test_an_operator_that_somebody_made_is_qualified(postgres_url: str) -> None:
    sql = """CREATE SCHEMA o; CREATE FUNCTION o.eq(int, int) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT $1 = $2';
        CREATE OPERATOR o.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = o.eq, COMMUTATOR = OPERATOR(o.===));
        CREATE OPERATOR CLASS o.ops FOR TYPE int USING hash AS OPERATOR 1 o.===, FUNCTION 1 hashint4(int);
        CREATE TABLE t (a int, CONSTRAINT x EXCLUDE USING hash (a o.ops WITH OPERATOR(o.===)))"""
    (found,) = table(postgres_url, sql).excludes
    assert found.parts == (IndexPart(column="a", opclass="o.ops", operator="OPERATOR(o.===)"),)
