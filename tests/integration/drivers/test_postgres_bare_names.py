"""Texts of a schema that the URL is bound to: its names are bare, so that they mean the same in any other schema."""

from __future__ import annotations

import pytest
from atlas.schema import Schema
from atlas.schema.objects import Domain, Routine, View
from atlas.schema.table import Table

from tests.servers.realms import postgres_realm, the

EVERYTHING = """CREATE SCHEMA "Te""nant"; SET search_path = "Te""nant";
CREATE TYPE st AS ENUM ('on');
CREATE SEQUENCE sq;
CREATE FUNCTION f(i int, s st DEFAULT 'on') RETURNS int LANGUAGE sql IMMUTABLE AS 'select i';
CREATE FUNCTION g() RETURNS int LANGUAGE sql RETURN f(1, 'on');
CREATE FUNCTION tr() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE DOMAIN d AS st DEFAULT 'on' CHECK (VALUE = 'on');
CREATE TABLE t (id int DEFAULT nextval('sq'), s st, n serial, c int GENERATED ALWAYS AS (f(1)) STORED, CHECK (s = 'on'));
CREATE INDEX i ON t (f(id)) WHERE s = 'on';
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.s = 'on') EXECUTE FUNCTION tr();
CREATE POLICY p ON t USING (s = 'on') WITH CHECK (f(id) > 0);
CREATE TABLE parts (id int) PARTITION BY HASH (f(id));
CREATE VIEW v AS SELECT f(id) FROM t WHERE s = 'on';
"""


def test_every_text_of_the_bound_schema_is_bare(postgres_url: str) -> None:
    realm = postgres_realm(postgres_url, EVERYTHING, bound='Te"nant')
    table = the(realm, Table, "t")
    columns = {column.name: column for column in table.columns}
    assert columns["id"].default == "nextval('sq'::regclass)"
    assert columns["n"].type == "serial"
    assert columns["c"].generated is not None
    assert columns["c"].generated.expr == "f(1)"
    assert table.checks[0].expr == "s = 'on'::st"
    assert (table.indexes[0].parts[0].expr, table.indexes[0].where) == ("f(id)", "s = 'on'::st")
    assert table.triggers[0].when == "new.s = 'on'::st"
    assert (table.policies[0].using, table.policies[0].check) == ("s = 'on'::st", "f(id) > 0")
    parts = the(realm, Table, "parts")
    assert parts.partition_by is not None
    assert parts.partition_by.parts[0].expr == "f(id)"
    assert the(realm, Domain, "d").default == "'on'::st"
    assert the(realm, Domain, "d").checks[0].expr == "VALUE = 'on'::st"
    assert the(realm, Routine, "f").arguments[1].default == "'on'::st"
    assert the(realm, Routine, "g").body == "RETURN f(1, 'on'::st)"
    assert "tenant" not in the(realm, View, "v").definition.lower()


def test_without_a_bound_schema_every_text_is_qualified(postgres_url: str) -> None:
    realm = postgres_realm(postgres_url, EVERYTHING, schemas=('Te"nant',))
    assert the(realm, Table, "t").checks[0].expr == """s = 'on'::"Te""nant".st"""
    assert the(realm, Table, "t").columns[2].type == "serial"


@pytest.mark.parametrize(("argument", "expected"), [("text", "public.lower(a)"), ("int", "lower(a)")])
def test_a_name_that_the_servers_own_would_hide_stays_qualified(
    postgres_url: str, argument: str, expected: str
) -> None:
    sql = f"""CREATE FUNCTION lower({argument}) RETURNS text IMMUTABLE LANGUAGE sql AS 'select null';
        CREATE TABLE t (a {argument}, CHECK (public.lower(a) = ''))"""
    realm = postgres_realm(postgres_url, sql, bound="public")
    assert the(realm, Table, "t").checks[0].expr == f"{expected} = ''::text"


def test_an_alias_and_a_text_that_look_like_the_schema_are_left_alone(postgres_url: str) -> None:
    sql = """CREATE TABLE t (a text DEFAULT 'public.t'); CREATE VIEW v AS SELECT public.a FROM t AS public"""
    realm = postgres_realm(postgres_url, sql, bound="public")
    assert the(realm, Table, "t").columns[0].default == "'public.t'::text"
    assert the(realm, View, "v").definition.split() == ["SELECT", "public.a", "FROM", "t", "public"]


def test_names_of_other_schemas_stay_qualified(postgres_url: str) -> None:
    sql = """CREATE SCHEMA other; CREATE TYPE other.st AS ENUM ('on'); CREATE TYPE st AS ENUM ('on');
        CREATE TABLE t (a other.st DEFAULT 'on', b st DEFAULT 'on')"""
    realm = postgres_realm(postgres_url, sql, bound="public")
    assert [column.default for column in the(realm, Table, "t").columns] == ["'on'::other.st", "'on'::st"]
    assert realm.schemas == (Schema(name="public", comment="standard public schema"),)
