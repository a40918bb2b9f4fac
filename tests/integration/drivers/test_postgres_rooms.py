"""Dev rooms on a real PostgreSQL server: empty, apart, and gone afterwards whatever happens."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import NoReturn

import pytest
from atlas.drivers.postgres import PostgresDatabase, open_database
from atlas.drivers.postgres.normalize import PostgresRoom
from atlas.drivers.postgres.normalize.in_place import in_place
from atlas.drivers.postgres.schema_driver import PostgresSchemaDriver
from atlas.engine.database_url import parse_database_url
from atlas.engine.schema_ports import DevDatabase, DevRoom
from atlas.engine.scope import Scope
from atlas.errors import PlanError, StatementFailed
from atlas.schema import Schema

from tests.servers.postgres import PostgresServer
from tests.servers.realms import postgres_realm

PUBLIC = Schema(name="public", comment="standard public schema")
EVERYTHING = """
CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS e; CREATE TYPE c AS (a d); CREATE TYPE r AS RANGE (SUBTYPE = c);
CREATE TABLE t (a serial PRIMARY KEY, b e, g int GENERATED ALWAYS AS IDENTITY); CREATE SEQUENCE s OWNED BY t.a;
CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE q PARTITION OF p DEFAULT; CREATE TABLE k () INHERITS (t);
CREATE VIEW v AS SELECT a FROM t; CREATE MATERIALIZED VIEW m AS SELECT a FROM v; CREATE INDEX ON m (a);
CREATE FUNCTION f(e) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE PROCEDURE pr() LANGUAGE sql AS '';
CREATE AGGREGATE g (int) (SFUNC = int4pl, STYPE = int); CREATE COLLATION co FROM "C"; CREATE STATISTICS st ON a, b FROM t;
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq); CREATE OPERATOR FAMILY fam USING btree;
CREATE OPERATOR CLASS cl FOR TYPE int USING hash AS OPERATOR 1 =; CREATE TEXT SEARCH CONFIGURATION ts (COPY = english);
CREATE SCHEMA "Od d"; CREATE TABLE "Od d"."T" (a int REFERENCES t); CREATE EXTENSION citext; CREATE TABLE ci (a citext);
CREATE CAST (e AS int) WITH INOUT; COMMENT ON SCHEMA public IS 'mine';
"""  # fmt: skip

GUARD = """
CREATE FUNCTION et() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''nothing is dropped''; END';
CREATE EVENT TRIGGER et ON sql_drop EXECUTE FUNCTION et();
"""


def databases(server: PostgresServer) -> set[str]:
    return {name for (name,) in server.query("postgres", "SELECT datname FROM pg_database")}


def rooms(server: PostgresServer) -> set[str]:
    return {name for name in databases(server) if name.startswith("atlas_dev_")}


@pytest.fixture
def opened(postgres_url: str) -> Iterator[PostgresDatabase]:
    database = open_database(parse_database_url(postgres_url))
    yield database
    database.session.close()


@pytest.fixture
def dev(opened: PostgresDatabase) -> DevDatabase:
    return PostgresSchemaDriver().dev(opened)


@pytest.fixture
def poor(postgres: PostgresServer, postgres_url: str) -> Iterator[PostgresDatabase]:
    """The dev database by a role that owns it, and may create no other."""
    name = f"poor_{secrets.token_hex(4)}"
    postgres.query("postgres", f"CREATE ROLE {name} LOGIN PASSWORD 'p'")
    url = parse_database_url(postgres_url)
    postgres.query("postgres", f'ALTER DATABASE "{url.database}" OWNER TO {name}')
    database = open_database(replace(url, user=name, password="p"))
    yield database
    database.session.close()
    postgres.query("postgres", f'ALTER DATABASE "{url.database}" OWNER TO atlas')
    postgres.query(url.database, f"DROP OWNED BY {name}; DROP ROLE {name}")


def test_a_room_is_a_database_beside_the_given_one(
    dev: DevDatabase, postgres: PostgresServer, postgres_url: str
) -> None:
    postgres_realm(postgres_url, "CREATE TABLE busy (a int)")
    before = databases(postgres)
    with dev.room(Scope()) as room:
        (name,) = databases(postgres) - before
        assert room.inspect().schemas == (PUBLIC,)
        assert room.inspect().objects == ()
        room.database.session.execute("CREATE TABLE t (a int)")
        assert [item.name for item in room.inspect().objects] == ["t"]
        assert room.database.url.database == name
    assert databases(postgres) == before
    assert [item.name for item in postgres_realm(postgres_url).objects] == ["busy"]


@pytest.mark.parametrize("bound", ["app", "public", 'O"d %'])
def test_bare_names_of_a_room_mean_the_bound_schema(dev: DevDatabase, bound: str) -> None:
    with dev.room(Scope(bound=bound)) as room:
        assert [schema.name for schema in room.inspect().schemas] == [bound]
        room.database.session.execute(
            "CREATE TABLE t (a int); CREATE SCHEMA other; CREATE TABLE other.t (a int)"
        )
        assert [(item.schema, item.name) for item in room.inspect().objects] == [(bound, "t")]


def test_a_bound_room_has_public_too(dev: DevDatabase) -> None:
    with dev.room(Scope(bound="app")) as room:
        room.database.session.execute("CREATE TABLE public.t (a int)")


def test_a_room_keeps_the_parameters_of_the_dev_url_but_its_schema(postgres_url: str) -> None:
    url = f"{postgres_url}&timezone=Asia/Tokyo&search_path=public"
    database = open_database(parse_database_url(url))
    try:
        with PostgresSchemaDriver().dev(database).room(Scope(bound="app")) as room:
            session = room.database.session
            assert session.query("SHOW timezone") == [("Asia/Tokyo",)]
            assert session.query("SHOW search_path") == [('"app"',)]
        with PostgresSchemaDriver().dev(database).room(Scope()) as room:
            assert room.database.session.query("SHOW search_path") == [('"$user", public',)]
    finally:
        database.session.close()


@pytest.mark.parametrize(
    ("sql", "bound", "comment"),
    [
        ("CREATE SCHEMA app; COMMENT ON SCHEMA app IS 'it''s'", "app", "it's"),
        ("CREATE SCHEMA app", "app", ""),
        ("COMMENT ON SCHEMA public IS NULL", "", ""),
        ("COMMENT ON SCHEMA public IS 'ours'", "", "ours"),
        ("COMMENT ON SCHEMA public IS NULL", "public", ""),
        ("DROP SCHEMA public", "", "standard public schema"),
    ],
)
def test_a_schema_of_a_room_has_the_comment_of_the_target(
    dev: DevDatabase, postgres_url: str, sql: str, bound: str, comment: str
) -> None:
    scope = Scope(bound=bound).like(postgres_realm(postgres_url, sql, bound=bound))
    with dev.room(scope) as room:
        assert [schema.comment for schema in room.inspect().schemas] == [comment]


def test_the_comment_of_the_target_goes_with_the_room(poor: PostgresDatabase, postgres_url: str) -> None:
    with PostgresSchemaDriver().dev(poor).room(Scope(bound="public", comment="ours")) as room:
        assert room.inspect().schemas == (Schema(name="public", comment="ours"),)
    assert postgres_realm(postgres_url).schemas == (PUBLIC,)


def test_a_room_has_the_encoding_of_the_dev_database(postgres: PostgresServer) -> None:
    name = f"latin_{secrets.token_hex(4)}"
    postgres.query(
        "postgres",
        f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'",
    )
    try:
        database = open_database(parse_database_url(postgres.url(name)))
        with PostgresSchemaDriver().dev(database).room(Scope()) as room:
            assert room.database.session.query("SHOW server_encoding") == [("LATIN1",)]
        database.session.close()
    finally:
        postgres.drop_database(name)


def test_rooms_are_apart_and_may_be_open_together(dev: DevDatabase) -> None:
    with dev.room(Scope()) as one, dev.room(Scope()) as other:
        one.database.session.execute("CREATE TABLE t (a int)")
        assert other.inspect().objects == ()


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_room_is_gone_after_an_error(
    dev: DevDatabase, postgres: PostgresServer, error: type[BaseException]
) -> None:
    before = databases(postgres)
    with pytest.raises(error):
        leave(dev.room(Scope(bound="app")), error(), "BEGIN; CREATE TABLE t (a int)")
    assert databases(postgres) == before


def leave(room: AbstractContextManager[DevRoom], error: BaseException, *statements: str) -> NoReturn:
    """Run statements in a room, and leave it by an error."""
    with room as entered:
        for statement in statements:
            entered.database.session.execute(statement)
        raise error


def test_a_room_is_gone_when_its_connection_broke(dev: DevDatabase, postgres: PostgresServer) -> None:
    before = databases(postgres)
    with dev.room(Scope()) as room:
        room.database.session.close()
    assert databases(postgres) == before


def test_a_room_is_gone_when_the_connection_of_the_dev_database_broke(
    dev: DevDatabase, opened: PostgresDatabase, postgres: PostgresServer
) -> None:
    before = databases(postgres)
    with dev.room(Scope()):
        opened.session.close()
    assert databases(postgres) == before


def test_a_room_is_gone_though_somebody_is_still_in_it(dev: DevDatabase, postgres: PostgresServer) -> None:
    before = databases(postgres)
    with dev.room(Scope()) as room:
        other = open_database(room.database.url)
    assert databases(postgres) == before
    other.session.close()


def test_rooms_that_were_forgotten_are_swept_and_others_are_not(
    dev: DevDatabase, postgres: PostgresServer
) -> None:
    now, mark = int(time.time()), secrets.token_hex(4)
    stale, used = f"atlas_dev_{now - 3700}_{mark}", f"atlas_dev_{now - 3800}_{mark}"
    fresh, foreign = f"atlas_dev_{now - 60}_{mark}", f"atlas_dev_mine_{mark}"
    made = {stale, used, fresh, foreign}
    for name in made:
        postgres.query("postgres", f"CREATE DATABASE {name}")
    user = open_database(parse_database_url(postgres.url(used)))
    try:
        with dev.room(Scope()):
            pass
        assert databases(postgres) & made == {used, fresh, foreign}
    finally:
        user.session.close()
        for name in made:
            postgres.drop_database(name)


def test_without_the_right_to_create_one_the_dev_database_is_the_room(
    poor: PostgresDatabase, postgres: PostgresServer, postgres_url: str
) -> None:
    before = databases(postgres)
    with PostgresSchemaDriver().dev(poor).room(Scope()) as room:
        assert databases(postgres) == before
        assert room.inspect().schemas == (PUBLIC,)
        room.database.session.execute("CREATE TABLE t (a int)")
        assert [item.name for item in room.inspect().objects] == ["t"]
    empty = postgres_realm(postgres_url)
    assert (empty.schemas, empty.objects, empty.unmodelled) == ((PUBLIC,), (), ())


@contextmanager
def in_the_database_itself(dev: PostgresDatabase, scope: Scope) -> Iterator[DevRoom]:
    """The room of a superuser whose server makes no databases; ours does for every superuser."""
    with in_place(dev, scope.bound, "refused") as database:
        yield PostgresRoom(database, scope)


@pytest.mark.parametrize("scope", [Scope(), Scope(bound="public"), Scope(bound="app")])
def test_a_dev_database_is_emptied_of_everything(
    opened: PostgresDatabase, postgres_url: str, scope: Scope
) -> None:
    with pytest.raises(RuntimeError):
        leave(in_the_database_itself(opened, scope), RuntimeError(), EVERYTHING, GUARD)
    empty = postgres_realm(postgres_url)
    assert (empty.schemas, empty.objects, empty.unmodelled) == ((PUBLIC,), (), ())


def test_a_schema_that_the_room_dropped_comes_back(poor: PostgresDatabase, postgres_url: str) -> None:
    with PostgresSchemaDriver().dev(poor).room(Scope()) as room:
        room.database.session.execute("DROP SCHEMA public; CREATE SCHEMA mine")
    assert postgres_realm(postgres_url).schemas == (PUBLIC,)


@pytest.mark.parametrize(
    ("sql", "bound", "found"),
    [
        ("CREATE TABLE busy (a int)", "", 'found table "busy" in schema "public"'),
        ("CREATE TABLE busy (a int)", "public", 'found table "busy" in schema "public"'),
        ("CREATE TABLE a (a int); CREATE TABLE b (a int)", "", 'found 2 tables in schema "public"'),
        ("CREATE SCHEMA test", "", 'found schema "test"'),
        ("CREATE SCHEMA test; CREATE TABLE test.t (a int)", "test", 'found table "t" in schema "test"'),
        ("CREATE VIEW v AS SELECT 1", "", 'found view "v" in schema "public"'),
        ("CREATE TYPE e AS ENUM ()", "public", 'found type "e" in schema "public"'),
        ("CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'", "", "found function public.f(integer)"),
        ("CREATE PUBLICATION p", "", 'found publication "p"'),
    ],
)  # fmt: skip
def test_a_dev_database_that_is_not_clean_is_refused_and_left_alone(
    poor: PostgresDatabase, postgres_url: str, sql: str, bound: str, found: str
) -> None:
    before = postgres_realm(postgres_url, sql)
    with pytest.raises(PlanError) as refused, PostgresSchemaDriver().dev(poor).room(Scope(bound=bound)):
        pytest.fail("no room was to be had")
    assert str(refused.value) == (
        f"sql/migrate: connected database is not clean: {found}; expected an empty dev database, or a role that may "
        "create one beside it (pq: permission denied to create database (42501))"
    )
    assert postgres_realm(postgres_url) == before


def test_other_schemas_do_not_matter_to_a_bound_room(poor: PostgresDatabase, postgres_url: str) -> None:
    before = postgres_realm(postgres_url, "CREATE TABLE busy (a int); CREATE EXTENSION citext")
    with PostgresSchemaDriver().dev(poor).room(Scope(bound="app")) as room:
        room.database.session.execute("CREATE TABLE t (a public.citext)")
        assert [item.name for item in room.inspect().objects] == ["t"]
    assert postgres_realm(postgres_url) == before


def test_extensions_that_were_there_may_be_used_and_stay(poor: PostgresDatabase, postgres_url: str) -> None:
    before = postgres_realm(postgres_url, "CREATE EXTENSION citext")
    with PostgresSchemaDriver().dev(poor).room(Scope()) as room:
        room.database.session.execute("CREATE TABLE t (a citext); CREATE EXTENSION pg_trgm")
    assert postgres_realm(postgres_url) == before


def test_what_cannot_be_dropped_is_told(poor: PostgresDatabase) -> None:
    with pytest.raises(PlanError) as told, PostgresSchemaDriver().dev(poor).room(Scope()) as room:
        room.database.session.execute("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC")
    assert str(told.value).startswith("the dev database could not be emptied: found default acl ")
    poor.session.execute("ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM PUBLIC")


def test_two_rooms_in_one_dev_database_follow_each_other(poor: PostgresDatabase) -> None:
    entered = threading.Event()

    def second() -> None:
        other = open_database(poor.url)
        with PostgresSchemaDriver().dev(other).room(Scope()) as room:
            assert room.inspect().objects == ()
            entered.set()
        other.session.close()

    with PostgresSchemaDriver().dev(poor).room(Scope()) as room:
        room.database.session.execute("CREATE TABLE t (a int)")
        thread = threading.Thread(target=second)
        thread.start()
        assert not entered.wait(0.5)
    thread.join(60)
    assert entered.is_set()


def test_a_refused_statement_leaves_no_room_behind(dev: DevDatabase, postgres: PostgresServer) -> None:
    before = rooms(postgres)
    with pytest.raises(StatementFailed), dev.room(Scope()) as room:
        room.database.session.execute("CREATE TABLE t (a nowhere)")
    assert rooms(postgres) == before
