"""How PostgreSQL is inspected: what it costs, what it leaves behind, and what cannot mislead it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from atlas.drivers.postgres import PostgresDatabase, open_database
from atlas.drivers.postgres.inspect import inspect
from atlas.drivers.postgres.session import PostgresSession, Row
from atlas.engine.database_url import DatabaseURL, parse_database_url
from atlas.engine.scope import Scope
from atlas.errors import StatementFailed, TargetError, Unsupported
from atlas.schema.objects import Enum, View
from atlas.schema.table import Column, Table
from psycopg import Connection

from tests.servers.postgres import PostgresServer
from tests.servers.realms import postgres_realm, the

SETTINGS = (
    *("search_path", "datestyle", "intervalstyle", "timezone", "quote_all_identifiers", "lc_monetary", "jit"),
    *("statement_timeout", "standard_conforming_strings", "transaction_isolation", "transaction_read_only"),
)


class CountingSession(PostgresSession):
    """Counts the messages that it sends; each is one line of the server's log."""

    messages = 0

    def _exchange(self, sql: str) -> list:
        self.messages += 1
        return super()._exchange(sql)

    def _send(self, sql: str) -> None:
        self.messages += 1
        super()._send(sql)


class ListingSession(PostgresSession):
    """Knows what it was asked as a stream."""

    def __init__(self, connection: Connection, url: DatabaseURL) -> None:
        super().__init__(connection, url)
        self.asked: list[Sequence[str]] = []

    def stream(self, queries: Sequence[str]) -> AbstractContextManager[Iterator[list[Row]]]:
        self.asked.append(queries)
        return super().stream(queries)


class OldSession(PostgresSession):
    """Speaks to a server that says it is an old one."""

    @property
    def server_version(self) -> int:
        return 130020


class TornSession(PostgresSession):
    """Speaks to a server where somebody drops what we read, as often as ``drops`` says."""

    drops = 0

    def stream(self, queries: Sequence[str]) -> AbstractContextManager[Iterator[list[Row]]]:
        if self.drops and any("pg_get_viewdef" in sql for sql in queries):
            self.drops -= 1
            queries = [sql.replace("pg_get_viewdef(c.oid)", "pg_get_viewdef(0)") for sql in queries]
        return super().stream(queries)


class UnluckySession(TornSession):
    """As above, where the server answers with an error."""

    def stream(self, queries: Sequence[str]) -> AbstractContextManager[Iterator[list[Row]]]:
        if self.drops and any("pg_get_indexdef" in sql for sql in queries):
            self.drops -= 1
            raise StatementFailed("x", statement="", text="pq: cache lookup failed for index 1 (XX000)")
        return PostgresSession.stream(self, queries)


@pytest.fixture
def database(postgres_url: str) -> Iterator[PostgresDatabase]:
    opened = open_database(parse_database_url(postgres_url))
    yield opened
    opened.session.close()


def settings(session: PostgresSession) -> list[tuple[str | None, ...]]:
    names = ", ".join(f"current_setting('{name}')" for name in SETTINGS)
    return session.query(f"SELECT {names}, pg_catalog.now() = pg_catalog.statement_timestamp()") or []


def test_as_many_messages_are_sent_for_300_tables_as_for_one(database: PostgresDatabase) -> None:
    session = CountingSession(database.session._connection, database.url)
    session.execute("CREATE TABLE t0 (a serial PRIMARY KEY, b text CHECK (b <> ''))")
    session.messages = 0
    assert len(inspect(session, Scope()).objects) == 1
    first = session.messages
    for n in range(1, 300):
        session.execute(
            f"CREATE TABLE t{n} (a serial PRIMARY KEY, b int REFERENCES t{n - 1}); CREATE INDEX ON t{n} ((b + 1)); "
            f"CREATE VIEW v{n} AS SELECT * FROM t{n}"
        )
    session.messages = 0
    assert len(inspect(session, Scope()).objects) == 599
    assert session.messages == first == 4


def test_ten_queries_are_asked_for_any_number_of_tables(database: PostgresDatabase) -> None:
    session = ListingSession(database.session._connection, database.url)
    session.execute("; ".join(f"CREATE TABLE t{n} (a serial PRIMARY KEY)" for n in range(20)))
    assert len(inspect(session, Scope()).objects) == 20
    assert [len(queries) for queries in session.asked] == [1, 9]


def test_a_connection_is_usable_when_nobody_looks_at_the_answers(database: PostgresDatabase) -> None:
    session = database.session
    with session.stream(["SELECT 1", "SELECT generate_series(1, 100000)"]) as found:
        assert next(found) == [("1",)]
    assert session.query("SELECT 2") == [("2",)]


def test_an_answer_comes_before_the_error_of_the_next_query(database: PostgresDatabase) -> None:
    session = database.session
    with session.stream(["SELECT 1", "SELECT 1 / 0", "SELECT 3"]) as found:
        assert next(found) == [("1",)]
        with pytest.raises(StatementFailed, match=r"division by zero \(22012\)"):
            next(found)
    assert session.query("SELECT 2") == [("2",)]


def test_the_session_is_left_as_it_was_found(database: PostgresDatabase) -> None:
    session = database.session
    session.execute(
        "SET search_path = a, \"B\"; SET datestyle = 'SQL, DMY'; SET timezone = 'Asia/Tokyo'; "
        "SET quote_all_identifiers = on; SET intervalstyle = iso_8601"
    )
    before = settings(session)
    inspect(session, Scope())
    assert settings(session) == before
    assert session.is_idle


def test_an_open_transaction_stays_open_and_is_seen_from_inside(
    database: PostgresDatabase, postgres_url: str
) -> None:
    session = database.session
    session.begin()
    session.execute(
        "SET LOCAL search_path = public; SET LOCAL timezone = 'Asia/Tokyo'; CREATE TABLE t (a int)"
    )
    before = settings(session)
    assert [item.name for item in inspect(session, Scope()).objects] == ["t"]
    assert settings(session) == before
    session.execute("CREATE TABLE u (a int)")
    session.commit()
    assert [item.name for item in postgres_realm(postgres_url).objects] == ["t", "u"]


def test_a_transaction_that_has_not_begun_on_the_server_begins_later(database: PostgresDatabase) -> None:
    session = database.session
    session.begin()
    inspect(session, Scope())
    session.execute("CREATE TABLE t (a int)")
    session.rollback()
    assert inspect(session, Scope()).objects == ()


def test_a_transaction_of_a_person_survives(database: PostgresDatabase) -> None:
    session = database.session
    session.execute("BEGIN ISOLATION LEVEL SERIALIZABLE; CREATE TABLE t (a int)")
    inspect(session, Scope())
    assert session.query("SHOW transaction_isolation") == [("serializable",)]
    session.execute("COMMIT")
    assert len(inspect(session, Scope()).objects) == 1


def test_what_was_deferred_is_written_before_anybody_looks(database: PostgresDatabase) -> None:
    session = database.session
    session.begin()
    session.defer("x", "CREATE TABLE t (a int)")
    assert len(inspect(session, Scope()).objects) == 1
    session.rollback()


@pytest.fixture
def stranger(postgres: PostgresServer, postgres_url: str) -> Iterator[DatabaseURL]:
    """The database by the eyes of a role that owns nothing and was granted nothing."""
    name = f"stranger_{secrets.token_hex(4)}"
    postgres.query("postgres", f"CREATE ROLE {name} LOGIN PASSWORD 'p'")
    yield replace(parse_database_url(postgres_url), user=name, password="p")
    postgres.query("postgres", f"DROP ROLE {name}")


def test_a_role_without_any_right_reads_the_same(postgres_url: str, stranger: DatabaseURL) -> None:
    realm = postgres_realm(
        postgres_url,
        """CREATE SCHEMA secret; CREATE TABLE secret.t (a serial, b text DEFAULT 'x', g int GENERATED ALWAYS AS (1) STORED);
        CREATE VIEW secret.v AS SELECT a FROM secret.t; CREATE SEQUENCE secret.s; CREATE POLICY p ON secret.t;
        CREATE INDEX ON secret.t (lower(b)) WHERE b > ''; CREATE FUNCTION secret.f() RETURNS int BEGIN ATOMIC SELECT 1; END;
        REVOKE ALL ON FUNCTION secret.f FROM PUBLIC; CREATE TYPE secret.e AS ENUM ('a')""",
    )
    database = open_database(stranger)
    try:
        found = inspect(database.session, Scope())
        assert replace(found, foreign=()) == realm
        assert {each.kind for each in found.foreign} == {"owner"}
    finally:
        database.session.close()


def test_a_catalog_that_may_not_be_read_is_an_error_that_leaves_the_session_usable(
    database: PostgresDatabase, stranger: DatabaseURL
) -> None:
    database.session.execute("REVOKE SELECT ON pg_catalog.pg_trigger FROM PUBLIC")
    other = open_database(stranger)
    session = other.session
    try:
        before = settings(session)
        with pytest.raises(StatementFailed, match=r"permission denied for table pg_trigger \(42501\)"):
            inspect(session, Scope())
        assert session.is_idle
        assert settings(session) == before
        session.execute("BEGIN; CREATE TEMPORARY TABLE t (a int)")
        with pytest.raises(StatementFailed):
            inspect(session, Scope())
        session.execute("INSERT INTO t VALUES (1); COMMIT")
        assert session.query("SELECT count(*) FROM t") == [("1",)]
    finally:
        session.close()


def test_settings_of_the_session_change_no_text(database: PostgresDatabase) -> None:
    session = database.session
    session.execute("""CREATE TYPE e AS ENUM ('a');
        CREATE TABLE t (a e DEFAULT 'a', b timestamptz DEFAULT '2020-02-01 00:00+00', c interval DEFAULT '1 day',
            d text DEFAULT 'back\\slash', m money DEFAULT 1.5, f float8 DEFAULT 0.1, "order" bytea DEFAULT '\\x00')""")
    plain = inspect(session, Scope())
    session.execute("""SET search_path = public; SET datestyle = 'German'; SET timezone = 'Asia/Tokyo';
        SET intervalstyle = iso_8601; SET quote_all_identifiers = on; SET extra_float_digits = -5; SET bytea_output = escape;
        SET standard_conforming_strings = off""")
    assert inspect(session, Scope()) == plain
    assert the(plain, Table, "t").columns[0] == Column(name="a", type="public.e", default="'a'::public.e")


def test_objects_that_look_like_the_catalogs_mislead_nobody(database: PostgresDatabase) -> None:
    session = database.session
    session.execute("""CREATE TEMPORARY TABLE pg_class (oid oid); CREATE TABLE public.pg_attribute (a int);
        CREATE FUNCTION public.format_type(oid, integer) RETURNS text LANGUAGE sql AS 'SELECT ''wrong''';
        CREATE FUNCTION public.array_to_string(text[], text) RETURNS text LANGUAGE sql AS 'SELECT null';
        SET search_path = public, pg_catalog""")
    realm = inspect(session, Scope())
    assert the(realm, Table, "pg_attribute").columns == (Column(name="a", type="integer"),)
    assert [item.schema for item in realm.objects] == ["public"] * 3


def test_temporary_objects_are_none(database: PostgresDatabase) -> None:
    database.session.execute(
        "CREATE TEMPORARY TABLE t (a serial PRIMARY KEY); CREATE TEMPORARY VIEW v AS SELECT 1"
    )
    assert inspect(database.session, Scope()).objects == ()


def test_schemas_of_the_server_are_none_even_by_name(database: PostgresDatabase) -> None:
    for scope in (Scope(bound="pg_catalog"), Scope(schemas=("information_schema", "pg_toast"))):
        assert inspect(database.session, scope).schemas == ()


def test_two_inspections_are_equal_and_so_are_those_of_a_rebuilt_database(postgres_url: str) -> None:
    sql = "CREATE TYPE e AS ENUM ('x'); CREATE TABLE t (a e, b int REFERENCES u); CREATE VIEW v AS SELECT a FROM t"
    first = postgres_realm(postgres_url, f"CREATE TABLE u (a int PRIMARY KEY); {sql}")
    again = postgres_realm(postgres_url, f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; COMMENT ON SCHEMA public "
                           f"IS 'standard public schema'; CREATE TABLE u (a int PRIMARY KEY); {sql}")  # fmt: skip
    assert again == first
    assert the(again, Enum, "e").values == ("x",)


def test_an_old_server_is_refused_by_name(database: PostgresDatabase) -> None:
    session = OldSession(database.session._connection, database.url)
    with pytest.raises(
        Unsupported, match="PostgreSQL 13 is not served: declarative schemas need 14 or later"
    ):
        inspect(session, Scope())


@pytest.mark.parametrize("kind", [TornSession, UnluckySession])
def test_what_was_torn_by_others_is_read_again(database: PostgresDatabase, kind: type[TornSession]) -> None:
    session = kind(database.session._connection, database.url)
    session.execute("CREATE VIEW v AS SELECT 1 AS a")
    session.drops = 2
    (view,) = inspect(session, Scope()).objects
    assert isinstance(view, View)
    assert view.definition == "SELECT 1 AS a"
    session.drops = 3
    with pytest.raises(TargetError, match="the schema was changed by others 3 times while it was read"):
        inspect(session, Scope())
    assert session.is_idle
