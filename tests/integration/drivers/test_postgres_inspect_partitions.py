"""Partitions and inheritance on a real PostgreSQL server as the model holds them."""

from __future__ import annotations

from atlas.schema.table import Check, Column, Index, IndexPart, PartitionBy, PartitionOf, PrimaryKey, Table

from tests.servers.realms import postgres_realm, the

A = IndexPart(column="a")
B = IndexPart(column="b")


def table(url: str, sql: str, name: str = "t") -> Table:
    return the(postgres_realm(url, sql), Table, name)


def test_children_by_inheritance_mark_what_they_only_inherit(postgres_url: str) -> None:
    sql = """CREATE TABLE p (a int PRIMARY KEY CHECK (a > 0), b int); CREATE TABLE q (c int);
        CREATE TABLE t (b int, d int CHECK (d > 0)) INHERITS (p, q); CREATE INDEX i ON t (a)"""
    found = table(postgres_url, sql)
    assert found == Table(
        schema="public",
        name="t",
        columns=(
            Column(name="a", type="integer", null=False, inherited=True),
            Column(name="b", type="integer"),
            Column(name="c", type="integer", inherited=True),
            Column(name="d", type="integer"),
        ),
        indexes=(Index(name="i", parts=(A,)),),
        checks=(Check(name="t_d_check", expr="d > 0"),),
        inherits=(("public", "p"), ("public", "q")),
    )


def test_partitions_of_every_kind(postgres_url: str) -> None:
    sql = """CREATE TABLE p (a int, b text, c timestamptz) PARTITION BY RANGE (a, lower(b) COLLATE "C", ((a + 1)));
        CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1, 'a', MINVALUE) TO (MAXVALUE, MAXVALUE, MAXVALUE)
            PARTITION BY LIST (b);
        CREATE TABLE p1x PARTITION OF p1 FOR VALUES IN ('x', NULL) PARTITION BY HASH (c);
        CREATE TABLE p1x0 PARTITION OF p1x FOR VALUES WITH (MODULUS 2, REMAINDER 1);
        CREATE TABLE pd PARTITION OF p DEFAULT"""
    realm = postgres_realm(postgres_url, sql)
    found = {name: the(realm, Table, name) for name in ("p", "p1", "p1x", "p1x0", "pd")}
    assert {name: one.partition_by for name, one in found.items()} == {
        "p": PartitionBy(
            method="RANGE", parts=(A, IndexPart(expr="lower(b)", collation="C"), IndexPart(expr="a + 1"))
        ),
        "p1": PartitionBy(method="LIST", parts=(B,)),
        "p1x": PartitionBy(method="HASH", parts=(IndexPart(column="c"),)),
        "p1x0": None,
        "pd": None,
    }
    assert {name: one.partition_of for name, one in found.items()} == {
        "p": None,
        "p1": PartitionOf(
            schema="public",
            table="p",
            bound="FOR VALUES FROM (1, 'a', MINVALUE) TO (MAXVALUE, MAXVALUE, MAXVALUE)",
        ),
        "p1x": PartitionOf(schema="public", table="p1", bound="FOR VALUES IN ('x', NULL)"),
        "p1x0": PartitionOf(schema="public", table="p1x", bound="FOR VALUES WITH (modulus 2, remainder 1)"),
        "pd": PartitionOf(schema="public", table="p", bound="DEFAULT"),
    }
    assert found["p1x0"].inherits == ()
    assert all(one.inherited for one in found["p1x0"].columns)


def test_what_partitions_have_of_their_parent_is_not_told_twice(postgres_url: str) -> None:
    sql = """CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TABLE r (a int UNIQUE);
        CREATE TABLE p (a int PRIMARY KEY REFERENCES r (a) CHECK (a > 0), b text) PARTITION BY RANGE (a);
        CREATE INDEX ON p (b, lower(b)); CREATE TRIGGER tr AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);
        CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (2) TO (3)"""
    realm = postgres_realm(postgres_url, sql)
    parent, child = the(realm, Table, "p"), the(realm, Table, "p2")
    assert [len(x) for x in (parent.indexes, parent.foreign_keys, parent.checks, parent.triggers)] == [
        1,
        1,
        1,
        1,
    ]
    assert parent.primary_key == PrimaryKey(parts=(A,))
    assert (child.primary_key, child.indexes, child.foreign_keys, child.checks, child.triggers) == (None, (), (), (), ())  # fmt: skip


def test_an_index_that_was_attached_by_hand_says_to_what(postgres_url: str) -> None:
    sql = """CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);
        CREATE TABLE t PARTITION OF p FOR VALUES FROM (1) TO (2); CREATE TABLE u PARTITION OF p DEFAULT;
        CREATE INDEX whole ON ONLY p (b); CREATE INDEX piece ON t (b); ALTER INDEX whole ATTACH PARTITION piece"""
    realm = postgres_realm(postgres_url, sql)
    assert the(realm, Table, "t").indexes == (Index(name="piece", parts=(B,), attached_to="public.whole"),)
    assert the(realm, Table, "p").indexes == (Index(name="whole", parts=(B,), valid=False),)
