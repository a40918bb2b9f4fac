"""What tables of a real PostgreSQL server have besides columns and keys."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from atlas.schema.table import Column, Index, IndexPart, Policy, Table, Trigger

from tests.servers.postgres import PostgresServer
from tests.servers.realms import postgres_realm, the

A = IndexPart(column="a")


@pytest.fixture
def space(postgres: PostgresServer) -> Iterator[str]:
    """A table space; it goes after the database that uses it."""
    name = f"space_{secrets.token_hex(4)}"
    postgres.psql(f"SET allow_in_place_tablespaces = on;\nCREATE TABLESPACE {name} LOCATION '';")
    yield name
    postgres.query("postgres", f"DROP TABLESPACE {name}")


def table(url: str, sql: str, name: str = "t") -> Table:
    return the(postgres_realm(url, sql), Table, name)


def test_triggers_have_everything_that_was_said(postgres_url: str) -> None:
    sql = """CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TABLE t (a int, b text); CREATE TABLE u (a int);
        CREATE TRIGGER "a WHEN (" BEFORE INSERT OR UPDATE OF b, a ON t FOR EACH ROW
            WHEN (NEW.b IS DISTINCT FROM ') EXECUTE FUNCTION (') EXECUTE FUNCTION f('it''s', '', 'two');
        CREATE CONSTRAINT TRIGGER b AFTER DELETE ON t FROM u DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
            EXECUTE FUNCTION f();
        CREATE TRIGGER c AFTER UPDATE ON t REFERENCING OLD TABLE AS o NEW TABLE AS n EXECUTE FUNCTION f();
        CREATE TRIGGER d BEFORE TRUNCATE ON t EXECUTE FUNCTION f(); COMMENT ON TRIGGER d ON t IS 'dd';
        CREATE TRIGGER e BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
        ALTER TABLE t DISABLE TRIGGER c, ENABLE REPLICA TRIGGER d, ENABLE ALWAYS TRIGGER e"""
    f = {"function": "public.f"}
    assert table(postgres_url, sql).triggers == (
        Trigger(
            name="a WHEN (",
            timing="BEFORE",
            events=("INSERT", "UPDATE"),
            update_of=("b", "a"),
            when="new.b IS DISTINCT FROM ') EXECUTE FUNCTION ('::text",
            arguments=("it's", "", "two"),
            **f,
        ),
        Trigger(
            name="b",
            timing="AFTER",
            events=("DELETE",),
            constraint=True,
            ref_table="public.u",
            deferrable=True,
            initially_deferred=True,
            **f,
        ),
        Trigger(
            name="c",
            timing="AFTER",
            events=("UPDATE",),
            for_each_row=False,
            old_table="o",
            new_table="n",
            enabled="disabled",
            **f,
        ),
        Trigger(
            name="d", timing="BEFORE", events=("TRUNCATE",), for_each_row=False, enabled="replica", comment="dd", **f
        ),
        Trigger(
            name="e",
            timing="BEFORE",
            events=("UPDATE",),
            function="pg_catalog.suppress_redundant_updates_trigger",
            enabled="always",
        ),
    )  # fmt: skip


def test_row_security_and_policies(postgres_url: str) -> None:
    sql = """CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY p1 ON t; COMMENT ON POLICY p1 ON t IS 'pp';
        CREATE POLICY p2 ON t AS RESTRICTIVE FOR UPDATE TO pg_monitor, CURRENT_USER
            USING ((a > 0) AND (a < 9)) WITH CHECK (a > 1)"""
    found = table(postgres_url, sql)
    assert (found.row_security, found.forced_row_security) == (True, True)
    assert found.policies == (
        Policy(name="p1", comment="pp"),
        Policy(
            name="p2",
            permissive=False,
            command="UPDATE",
            roles=("atlas", "pg_monitor"),
            using="(a > 0) AND (a < 9)",
            check="a > 1",
        ),
    )


def test_options_of_a_table(postgres_url: str) -> None:
    sql = """CREATE UNLOGGED TABLE t (a int NOT NULL, b text)
            WITH (fillfactor = 70, autovacuum_enabled = off, toast.autovacuum_enabled = off);
        CREATE UNIQUE INDEX i ON t (a); ALTER TABLE t REPLICA IDENTITY USING INDEX i; CLUSTER t USING i;
        COMMENT ON TABLE t IS 'people'"""
    assert table(postgres_url, sql) == Table(
        schema="public",
        name="t",
        columns=(Column(name="a", type="integer", null=False), Column(name="b", type="text")),
        indexes=(Index(name="i", parts=(A,), unique=True),),
        unlogged=True,
        comment="people",
        options=(
            ("autovacuum_enabled", "off"),
            ("clustered", "i"),
            ("fillfactor", "70"),
            ("replica_identity", "USING INDEX i"),
            ("toast.autovacuum_enabled", "off"),
        ),
    )


@pytest.mark.parametrize("words", ["FULL", "NOTHING"])
def test_replica_identity_is_an_option(postgres_url: str, words: str) -> None:
    found = table(postgres_url, f"CREATE TABLE t (a int); ALTER TABLE t REPLICA IDENTITY {words}")
    assert found.options == (("replica_identity", words),)


def test_a_typed_table_has_its_type_as_an_option(postgres_url: str) -> None:
    found = table(postgres_url, "CREATE TYPE pair AS (a int); CREATE TABLE t OF pair")
    assert found.options == (("of_type", "public.pair"),)


def test_a_table_space_is_an_option(space: str, postgres_url: str) -> None:
    sql = f"CREATE TABLE t (a int) TABLESPACE {space}; CREATE INDEX i ON t (a) TABLESPACE {space}"
    found = table(postgres_url, sql)
    assert found.options == (("tablespace", space),)
    assert found.indexes[0].options == (("tablespace", space),)


@pytest.mark.parametrize(
    "name",
    ['Sel"q', "with space", "per%cent %s", "größe", "x.y", "it's", "back\\slash", "d" * 63, "new\nline", ":'name'", "ß" * 31],
)  # fmt: skip
def test_odd_names_come_through(postgres_url: str, name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    sql = f"""CREATE SCHEMA {quoted};
        CREATE TABLE {quoted}.{quoted} ({quoted} int CONSTRAINT {quoted} CHECK ({quoted} > 0), b serial);
        CREATE INDEX i ON {quoted}.{quoted} (({quoted} + 1))"""
    realm = postgres_realm(postgres_url, sql, bound=name)
    assert [schema.name for schema in realm.schemas] == [name]
    (found,) = realm.objects
    assert isinstance(found, Table)
    assert (found.schema, found.name, found.columns[0].name) == (name, name, name)
    assert [check.name for check in found.checks] == [name]
    assert found.columns[1].type == "serial"
