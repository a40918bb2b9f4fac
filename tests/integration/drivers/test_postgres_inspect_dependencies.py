"""What cannot exist without what, as a real PostgreSQL server tells it."""

from __future__ import annotations

import pytest
from atlas.schema import Key, Kind, flatten

from tests.servers.realms import pairs, postgres_realm

PLAIN = (
    "CREATE TYPE e AS ENUM ('x'); CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';"
)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        (
            "CREATE TABLE t (a e, b e[] DEFAULT '{}')",
            {"column public.t.a -> enum public.e", "column public.t.b -> enum public.e"},
        ),
        ("CREATE TABLE t (a int DEFAULT f(1))", {"column public.t.a -> function public.f(integer)"}),
        (
            "CREATE TABLE t (a int, g int GENERATED ALWAYS AS (f(a)) STORED)",
            {"column public.t.g -> column public.t.a", "column public.t.g -> function public.f(integer)"},
        ),
        (
            "CREATE TABLE t (a int, CHECK (f(a) > 0)); CREATE INDEX i ON t (f(a))",
            {
                "check public.t.t_a_check -> column public.t.a",
                "check public.t.t_a_check -> function public.f(integer)",
                "index public.t.i -> column public.t.a",
                "index public.t.i -> function public.f(integer)",
            },
        ),
        (
            ("CREATE TABLE p (a int PRIMARY KEY, b int UNIQUE); "
            "CREATE TABLE t (x int CONSTRAINT f1 REFERENCES p, y int CONSTRAINT f2 REFERENCES p (b))"),
            {
                "primary key public.p -> column public.p.a",
                "unique public.p.p_b_key -> column public.p.b",
                "foreign key public.t.f1 -> column public.t.x",
                "foreign key public.t.f1 -> column public.p.a",
                "foreign key public.t.f1 -> primary key public.p",
                "foreign key public.t.f1 -> table public.p",
                "foreign key public.t.f2 -> column public.t.y",
                "foreign key public.t.f2 -> column public.p.b",
                "foreign key public.t.f2 -> unique public.p.p_b_key",
                "foreign key public.t.f2 -> table public.p",
            },
        ),
        (
            "CREATE TABLE p (a int); CREATE UNIQUE INDEX uu ON p (a); CREATE TABLE t (x int CONSTRAINT f1 REFERENCES p (a))",
            {
                "index public.p.uu -> column public.p.a",
                "foreign key public.t.f1 -> column public.t.x",
                "foreign key public.t.f1 -> column public.p.a",
                "foreign key public.t.f1 -> index public.p.uu",
                "foreign key public.t.f1 -> table public.p",
            },
        ),
        (
            ("CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT count(*) FROM v; "
            "CREATE MATERIALIZED VIEW m AS SELECT t FROM t; CREATE INDEX i ON m ((1)) WHERE f(1) > 0"),
            {
                "view public.v -> column public.t.a",
                "view public.v -> table public.t",
                "view public.w -> view public.v",
                "materialized public.m -> table public.t",
                "index public.m.i -> function public.f(integer)",
            },
        ),
        (
            "CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval('s')); ALTER SEQUENCE s OWNED BY t.a",
            {
                "column public.t.a -> sequence public.s",
                "sequence public.s -> column public.t.a",
                "sequence public.s -> table public.t",
            },
        ),
        ("CREATE TABLE t (a serial, b int GENERATED ALWAYS AS IDENTITY)", set()),
        (
            "CREATE TABLE t (a serial); CREATE TABLE k (a int DEFAULT nextval('t_a_seq'))",
            {"column public.k.a -> column public.t.a", "column public.k.a -> table public.t"},
        ),
        (
            ("CREATE TABLE t (a int); CREATE TABLE k () INHERITS (t); CREATE TABLE p (a int) PARTITION BY LIST (a); "
            "CREATE TABLE q PARTITION OF p DEFAULT; CREATE INDEX ON p (a)"),
            {
                "table public.k -> table public.t",
                "table public.q -> table public.p",
                "index public.p.p_a_idx -> column public.p.a",
            },
        ),
        (
            ("CREATE TABLE t (a int, b int); CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'; "
            "CREATE TRIGGER tr AFTER UPDATE OF b ON t FOR EACH ROW WHEN (f(NEW.a) > 0) EXECUTE FUNCTION g(); "
            "CREATE CONSTRAINT TRIGGER ct AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION g(); "
            "CREATE POLICY po ON t USING (f(a) > 0 AND EXISTS (SELECT FROM u WHERE u.x = b))"),
            {
                "trigger public.t.tr -> column public.t.b",
                "trigger public.t.tr -> column public.t.a",
                "trigger public.t.tr -> function public.g()",
                "trigger public.t.tr -> function public.f(integer)",
                "trigger public.t.ct -> function public.g()",
                "policy public.t.po -> column public.t.a",
                "policy public.t.po -> column public.t.b",
                "policy public.t.po -> function public.f(integer)",
                "policy public.t.po -> column public.u.x",
                "policy public.t.po -> table public.u",
            },
        ),
        (
            ("CREATE FUNCTION g(e) RETURNS int BEGIN ATOMIC SELECT f(x) FROM u; END; "
            "CREATE AGGREGATE agg(int) (SFUNC = plus, STYPE = int)"),
            {
                "function public.g(public.e) -> enum public.e",
                "function public.g(public.e) -> function public.f(integer)",
                "function public.g(public.e) -> column public.u.x",
                "function public.g(public.e) -> table public.u",
                "aggregate public.agg(integer) -> function public.plus(integer, integer)",
            },
        ),
        (
            ("CREATE DOMAIN d AS int CHECK (f(VALUE) > 0); CREATE TYPE c AS (a d); CREATE TYPE r AS RANGE (SUBTYPE = c); "
            "CREATE TABLE t (a r, b c[], u u)"),
            {
                "domain public.d -> function public.f(integer)",
                "composite public.c -> domain public.d",
                "range public.r -> composite public.c",
                "column public.t.a -> range public.r",
                "column public.t.b -> composite public.c",
                "column public.t.u -> table public.u",
            },
        ),
        (
            ("CREATE EXTENSION citext; CREATE TABLE t (a citext); CREATE EXTENSION pg_trgm; CREATE TABLE v (b text); "
            "CREATE INDEX i ON v USING gin (b gin_trgm_ops)"),
            {
                "column public.t.a -> extension citext",
                "index public.v.i -> extension pg_trgm",
                "index public.v.i -> column public.v.b",
            },
        ),
    ],
)  # fmt: skip
def test_who_needs_whom(postgres_url: str, sql: str, expected: set[str]) -> None:
    before = f"""{PLAIN} CREATE TABLE u (x int);
        CREATE FUNCTION plus(int, int) RETURNS int LANGUAGE sql AS 'SELECT 1';"""
    assert pairs(postgres_realm(postgres_url, before + sql)) == expected


def test_everything_but_a_child_needs_its_schema(postgres_url: str) -> None:
    realm = postgres_realm(
        postgres_url, f"{PLAIN} CREATE TABLE t (a int PRIMARY KEY); CREATE EXTENSION citext"
    )
    public = Key(Kind.SCHEMA, "", "", "public")
    assert {str(one) for one, other in realm.dependencies if other == public} == {
        "enum public.e",
        "extension citext",
        "function public.f(integer)",
        "table public.t",
    }


def test_both_ends_of_a_pair_are_objects_of_the_realm(postgres_url: str) -> None:
    sql = f"""{PLAIN} CREATE SCHEMA other; CREATE TABLE other.o (a int PRIMARY KEY); CREATE EXTENSION citext;
        CREATE TABLE p (a int, b text) PARTITION BY LIST (a); CREATE INDEX ON p (b);
        CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE t (a int REFERENCES other.o, c citext);
        CREATE RULE r AS ON UPDATE TO t DO NOTHING; CREATE STATISTICS s ON a, c FROM t"""
    realm = postgres_realm(postgres_url, sql, bound="public")
    known = flatten(realm).keys()
    assert [pair for pair in realm.dependencies if not known >= set(pair)] == []
