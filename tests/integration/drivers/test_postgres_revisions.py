"""The revisions table, the lock and the cleanliness of a PostgreSQL database on a real server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from atlas.drivers.postgres import PostgresDatabase, open_database
from atlas.drivers.postgres.lock import lock_key
from atlas.engine.database_url import DatabaseURL, parse_database_url
from atlas.engine.history.revisions import Revision, RevisionType
from atlas.errors import SpecError

from tests.servers.postgres import PostgresServer

FULL = Revision(
    version="20260101",
    description="naïve 'quotes' \\ and \"more\"",
    type=RevisionType.EXECUTE | RevisionType.RESOLVED,
    applied=1,
    total=3,
    executed_at=datetime(2026, 11, 23, 2, 53, 44, 75878, tzinfo=UTC),
    execution_time_ns=9_000_000_000_123,
    error='pq: relation "t" does not exist',
    error_stmt="SELECT '%s', E'\\n';",
    hash="5qkVZ0Z3Zr8=",
    partial_hashes=("h1:a=", "h1:b="),
    operator_version="Atlas CLI v1.3.0",
)
COLUMNS = [
    ("version", "character varying", "NO", None),
    ("description", "character varying", "NO", None),
    ("type", "bigint", "NO", "2"),
    ("applied", "bigint", "NO", "0"),
    ("total", "bigint", "NO", "0"),
    ("executed_at", "timestamp with time zone", "NO", None),
    ("execution_time", "bigint", "NO", None),
    ("error", "text", "YES", None),
    ("error_stmt", "text", "YES", None),
    ("hash", "character varying", "NO", None),
    ("partial_hashes", "jsonb", "YES", None),
    ("operator_version", "character varying", "NO", None),
]


@pytest.fixture
def url(postgres_url: str) -> DatabaseURL:
    return parse_database_url(postgres_url)


@pytest.fixture
def database(url: DatabaseURL) -> Iterator[PostgresDatabase]:
    opened = open_database(url)
    yield opened
    opened.session.close()


@pytest.fixture
def bound(url: DatabaseURL) -> Iterator[PostgresDatabase]:
    opened = open_database(replace(url, query=(*url.query, ("search_path", "public"))))
    yield opened
    opened.session.close()


def columns(postgres: PostgresServer, database: PostgresDatabase, schema: str) -> list[tuple[object, ...]]:
    return postgres.query(
        database.url.database,
        "SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns "
        f"WHERE table_schema = '{schema}' AND table_name = 'atlas_schema_revisions' ORDER BY ordinal_position",
    )


def test_the_table_has_the_shape_of_the_go_tools(
    database: PostgresDatabase, postgres: PostgresServer
) -> None:
    database.revisions(None).ensure()
    assert columns(postgres, database, "atlas_schema_revisions") == COLUMNS
    assert postgres.query(
        database.url.database,
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = "
        "'atlas_schema_revisions.atlas_schema_revisions'::regclass",
    ) == [("atlas_schema_revisions_pkey", "PRIMARY KEY (version)")]


def test_a_bound_url_keeps_the_table_in_its_schema(bound: PostgresDatabase, postgres: PostgresServer) -> None:
    bound.revisions(None).ensure()
    assert columns(postgres, bound, "public") == COLUMNS


def test_a_named_schema_wins_and_is_made(bound: PostgresDatabase, postgres: PostgresServer) -> None:
    bound.revisions("Other").ensure()
    assert columns(postgres, bound, "Other") == COLUMNS


def test_a_table_that_is_as_it_should_be_is_not_written(database: PostgresDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    database.session.execute("SET default_transaction_read_only = on")
    store.ensure()
    assert store.read() == ()


def test_columns_that_an_older_table_lacks_are_added(
    bound: PostgresDatabase, postgres: PostgresServer
) -> None:
    store = bound.revisions(None)
    store.ensure()
    store.write(FULL)
    bound.session.execute(
        "ALTER TABLE atlas_schema_revisions DROP COLUMN error_stmt, DROP COLUMN hash, DROP COLUMN operator_version"
    )
    assert store.read() == (replace(FULL, error_stmt="", hash="", operator_version=""),)
    store.ensure()
    assert {*columns(postgres, bound, "public")} == {*COLUMNS}
    store.write(FULL)
    assert store.read() == (FULL,)


def test_every_field_comes_back(database: PostgresDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    store.write(FULL)
    assert store.read() == (FULL,)
    done = replace(FULL, applied=3, error="", error_stmt="", partial_hashes=None)
    store.write(done)
    assert store.read() == (done,)


def test_a_complete_row_has_the_go_tools_empty_values(
    database: PostgresDatabase, postgres: PostgresServer
) -> None:
    store = database.revisions(None)
    store.ensure()
    store.write(replace(FULL, error="", error_stmt="", partial_hashes=None))
    assert postgres.query(
        database.url.database,
        "SELECT error, error_stmt, partial_hashes::text FROM atlas_schema_revisions.atlas_schema_revisions",
    ) == [("", "", "null")]


def test_a_time_of_another_zone_is_the_same_instant(database: PostgresDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    store.write(replace(FULL, executed_at=datetime(2026, 1, 1, 5, tzinfo=timezone(timedelta(hours=5)))))
    assert store.read()[0].executed_at == datetime(2026, 1, 1, tzinfo=UTC)


def test_rows_are_ordered_as_text(database: PostgresDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    for version in ("b", "2", "B", "10", "_"):
        store.write(replace(FULL, version=version))
    assert [row.version for row in store.read()] == ["10", "2", "B", "_", "b"]


def test_without_a_table_there_are_no_revisions_and_no_trace(database: PostgresDatabase) -> None:
    assert database.revisions(None).read() == ()
    assert database.revisions("nowhere").read() == ()
    assert database.session.is_idle


def test_deleted_rows_are_gone_and_others_stay(database: PostgresDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    for version in ("1", "2", "3'"):
        store.write(replace(FULL, version=version))
    store.delete(["1", "3'"])
    store.delete([])
    assert [row.version for row in store.read()] == ["2"]


def test_the_identifier_is_made_once_and_never_listed(database: PostgresDatabase, url: DatabaseURL) -> None:
    store = database.revisions(None)
    store.ensure()
    identifier = store.target_id()
    assert str(UUID(identifier)) == identifier
    other = open_database(url)
    try:
        assert other.revisions(None).target_id() == identifier
    finally:
        other.session.close()
    assert store.read() == ()


def test_a_table_in_the_old_place_is_ambiguous_for_a_bound_url(
    database: PostgresDatabase, bound: PostgresDatabase
) -> None:
    database.revisions(None).ensure()
    with pytest.raises(
        SpecError, match="We couldn't find a revision table in the connected schema but found one in"
    ):
        bound.revisions(None)
    bound.revisions("public").ensure()
    bound.revisions(None)


def test_the_lock_has_the_key_of_the_go_tools() -> None:
    assert lock_key("atlas_migrate_execute") == 2686470616


def test_a_lock_shuts_out_another_session_until_it_is_let_go(
    database: PostgresDatabase, url: DatabaseURL
) -> None:
    other = open_database(url)
    try:
        assert database.try_lock("x")
        assert not other.try_lock("x")
        assert other.try_lock("y")
        database.unlock("x")
        assert other.try_lock("x")
    finally:
        other.session.close()


def test_the_lock_is_seen_by_a_session_that_is_not_ours(
    database: PostgresDatabase, postgres: PostgresServer
) -> None:
    assert database.try_lock("atlas_migrate_execute")
    ask = "SELECT pg_try_advisory_lock(2686470616)"
    assert postgres.query(database.url.database, ask) == [(False,)]


def test_a_killed_session_lets_go_of_its_lock(
    database: PostgresDatabase, url: DatabaseURL, postgres: PostgresServer
) -> None:
    assert database.try_lock("x")
    rows = database.session.query("SELECT pg_backend_pid()") or []
    postgres.query("postgres", f"SELECT pg_terminate_backend({rows[0][0]}, 5000)")
    other = open_database(url)
    try:
        assert other.try_lock("x")
    finally:
        other.session.close()


def test_a_rollback_keeps_the_lock(database: PostgresDatabase, url: DatabaseURL) -> None:
    assert database.try_lock("x")
    database.session.begin()
    database.session.execute("SELECT 1")
    database.session.rollback()
    other = open_database(url)
    try:
        assert not other.try_lock("x")
    finally:
        other.session.close()


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("", None),
        ("CREATE VIEW v AS SELECT 1", None),
        ("CREATE TABLE t (x int)", 'found schema "public"'),
        ("CREATE SCHEMA s", 'found schema "s"'),
        ("CREATE SCHEMA atlas_schema_revisions", 'found schema "atlas_schema_revisions"'),
    ],
)
def test_dirt_of_a_whole_database(database: PostgresDatabase, sql: str, reason: str | None) -> None:
    if sql:
        database.session.execute(sql)
    assert database.dirt(None) == reason


def test_the_revisions_table_alone_is_clean(database: PostgresDatabase) -> None:
    database.revisions(None).ensure()
    assert database.dirt(None) is None
    assert database.dirt("other") == 'found schema "atlas_schema_revisions"'
    database.session.execute("CREATE TABLE atlas_schema_revisions.t (x int)")
    assert database.dirt(None) == 'found 2 tables in schema "atlas_schema_revisions"'
    database.session.execute("DROP TABLE atlas_schema_revisions.atlas_schema_revisions")
    assert database.dirt(None) == 'found table "t" in schema "atlas_schema_revisions"'


def test_dirt_of_one_schema(bound: PostgresDatabase) -> None:
    bound.session.execute("CREATE SCHEMA s; CREATE TABLE s.t (x int)")
    assert bound.dirt(None) is None
    bound.revisions(None).ensure()
    assert bound.dirt(None) is None
    assert bound.dirt("elsewhere") == 'found table "atlas_schema_revisions" in schema "public"'
    bound.session.execute("CREATE TABLE t (x int)")
    assert bound.dirt(None) == 'found table "atlas_schema_revisions" in schema "public"'
