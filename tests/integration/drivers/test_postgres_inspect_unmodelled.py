"""What a real PostgreSQL server has and the model has not: it is told, never skipped."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from atlas.schema import Unmodelled

from tests.servers.postgres import PostgresServer
from tests.servers.realms import postgres_realm


def told(url: str, sql: str, *, bound: str = "") -> set[Unmodelled]:
    found = postgres_realm(url, sql, bound=bound).unmodelled
    assert list(found) == sorted(found, key=lambda one: (one.kind, one.name, one.on))
    return set(found)


@pytest.fixture
def role(postgres: PostgresServer) -> Iterator[str]:
    """A role; it goes after the database that it has rights in."""
    name = f"reader_{secrets.token_hex(4)}"
    postgres.query("postgres", f"CREATE ROLE {name}")
    yield name
    postgres.query("postgres", f"DROP ROLE {name}")


@pytest.mark.parametrize(
    ("sql", "kind", "name", "on"),
    [
        ("CREATE RULE r AS ON INSERT TO t DO NOTHING", "rule", "public.t.r", "public.t"),
        ("CREATE STATISTICS s ON a, b FROM t", "statistics object", "public.s", "public.t"),
        ('CREATE COLLATION "Co" FROM "C"', "collation", 'public."Co"', ""),
        ("CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)", "operator", "public.===(integer,integer)", ""),
        ("CREATE OPERATOR FAMILY fam USING btree", "operator family", "public.fam USING btree", ""),
        ("CREATE CONVERSION con FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8", "conversion", "public.con", ""),
        ("CREATE TEXT SEARCH CONFIGURATION c (COPY = english)", "text search configuration", "public.c", ""),
        ("CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)", "text search dictionary", "public.d", ""),
        ("CREATE TYPE shell", "type", "public.shell", ""),
        ("ALTER VIEW v ALTER a SET DEFAULT 5", "default of a view", "public.v.a", "public.v"),
        ("CREATE INDEX i ON t (lower(b)); ALTER INDEX i ALTER 1 SET STATISTICS 9", "index statistics", "public.t.i.lower", "public.t"),
        ("ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES k; ALTER TABLE t DISABLE TRIGGER ALL", "disabled trigger of a constraint", "public.t.f", "public.t"),
    ],
)  # fmt: skip
def test_what_belongs_to_a_schema_is_told_in_every_scope(
    postgres_url: str, sql: str, kind: str, name: str, on: str
) -> None:
    before = "CREATE TABLE t (a int, b text); CREATE TABLE k (a int PRIMARY KEY); CREATE VIEW v AS SELECT a FROM t;"
    expected = {Unmodelled(kind=kind, name=name, on=on)}
    assert told(postgres_url, before + sql) == expected
    assert told(postgres_url, "", bound="public") == expected
    assert told(postgres_url, "CREATE SCHEMA other", bound="other") == set()


@pytest.mark.parametrize(
    ("sql", "kind", "name"),
    [
        ("CREATE CAST (e AS int) WITH INOUT", "cast", "(public.e AS integer)"),
        ("CREATE PUBLICATION p", "publication", "p"),
        ("CREATE FOREIGN DATA WRAPPER w", "foreign-data wrapper", "w"),
        ("CREATE EVENT TRIGGER et ON sql_drop EXECUTE FUNCTION f()", "event trigger", "et"),
        ("CREATE ACCESS METHOD am TYPE TABLE HANDLER heap_tableam_handler", "access method", "am"),
        ("CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false)", "subscription", "s"),
    ],
)  # fmt: skip
def test_what_belongs_to_the_database_is_told_where_all_of_it_is_read(
    postgres_url: str, sql: str, kind: str, name: str
) -> None:
    before = "CREATE TYPE e AS ENUM ('1'); CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
    try:
        assert told(postgres_url, before + sql) == {Unmodelled(kind=kind, name=name)}
        assert told(postgres_url, "", bound="public") == set()
    finally:
        if kind == "subscription":
            postgres_realm(postgres_url, "ALTER SUBSCRIPTION s SET (slot_name = NONE); DROP SUBSCRIPTION s")


def test_foreign_tables_their_servers_and_mappings(postgres_url: str) -> None:
    sql = """CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
        CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (password 'secret'); CREATE FOREIGN TABLE t (a int) SERVER s"""
    assert told(postgres_url, sql) == {
        Unmodelled(kind="foreign-data wrapper", name="w"),
        Unmodelled(kind="server", name="s"),
        Unmodelled(kind="user mapping", name="s for public"),
        Unmodelled(kind="foreign table", name="public.t"),
    }


def test_grants_of_every_kind(role: str, postgres_url: str) -> None:
    sql = f"""CREATE SCHEMA app; CREATE TABLE app.t (a int, b int); CREATE SEQUENCE app.s; CREATE TYPE app.e AS ENUM ();
        CREATE FUNCTION app.f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
        GRANT USAGE ON SCHEMA app TO {role}; GRANT SELECT, INSERT ON app.t TO {role}; GRANT UPDATE (b) ON app.t TO PUBLIC;
        GRANT USAGE ON SEQUENCE app.s TO {role} WITH GRANT OPTION; REVOKE EXECUTE ON FUNCTION app.f FROM PUBLIC;
        REVOKE ALL ON TYPE app.e FROM PUBLIC; REVOKE DELETE ON app.t FROM atlas;
        ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO {role};
        ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO {role}; REVOKE CREATE ON SCHEMA public FROM PUBLIC"""
    of_schema = {
        Unmodelled(kind="grant", name=f"app to {role} (USAGE)"),
        Unmodelled(kind="grant", name=f"app.t to {role} (INSERT, SELECT)", on="app.t"),
        Unmodelled(kind="grant", name="app.t.b to PUBLIC (UPDATE)", on="app.t"),
        Unmodelled(kind="grant", name=f"app.s to {role} (USAGE WITH GRANT OPTION)", on="app.s"),
        Unmodelled(kind="revoke", name="app.f(integer) from PUBLIC (EXECUTE)"),
        Unmodelled(kind="revoke", name="app.e from PUBLIC (USAGE)"),
        Unmodelled(kind="revoke", name="app.t from its owner (DELETE)", on="app.t"),
        Unmodelled(kind="default privileges", name="for role atlas in schema app on tables"),
    }
    of_database = {Unmodelled(kind="default privileges", name="for role atlas on functions")}
    assert told(postgres_url, sql) == of_schema | of_database
    assert told(postgres_url, "", bound="app") == of_schema


def test_rights_that_say_what_is_so_anyway_are_none(postgres_url: str) -> None:
    sql = """CREATE TABLE t (a int); GRANT SELECT ON t TO PUBLIC; REVOKE SELECT ON t FROM PUBLIC;
        CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION f TO PUBLIC"""
    assert told(postgres_url, sql) == set()


def test_the_first_schema_is_no_grant_when_its_owner_changes(role: str, postgres_url: str) -> None:
    assert told(postgres_url, f"ALTER SCHEMA public OWNER TO {role}") == set()
    postgres_realm(postgres_url, "ALTER SCHEMA public OWNER TO pg_database_owner")


def test_what_an_extension_brought_is_not_told(postgres_url: str) -> None:
    assert told(postgres_url, "CREATE EXTENSION citext; CREATE EXTENSION pg_trgm; CREATE EXTENSION hstore") == set()  # fmt: skip
