"""The revisions table, the lock and the cleanliness of a MariaDB database on a real server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from atlas.drivers.mysql import MySQLDatabase, open_database
from atlas.engine.database_url import DatabaseURL, parse_database_url
from atlas.engine.history.revisions import Revision, RevisionType
from atlas.errors import SpecError

from tests.servers.mariadb import MariaDBServer

FULL = Revision(
    version="20260101",
    description="naïve 'quotes' \\ and \"more\" 🙂",
    type=RevisionType.EXECUTE | RevisionType.RESOLVED,
    applied=1,
    total=3,
    executed_at=datetime(2026, 11, 23, 2, 53, 44, tzinfo=UTC),
    execution_time_ns=9_000_000_000_123,
    error="Error 1146 (42S02): Table 'x.t' doesn't exist",
    error_stmt="SELECT '%s', '\\n';",
    hash="5qkVZ0Z3Zr8=",
    partial_hashes=("h1:a=", "h1:b="),
    operator_version="Atlas CLI v1.3.0",
)
COLUMNS = [
    ("version", "varchar(255)", "NO", None),
    ("description", "varchar(255)", "NO", None),
    ("type", "bigint(20) unsigned", "NO", "2"),
    ("applied", "bigint(20)", "NO", "0"),
    ("total", "bigint(20)", "NO", "0"),
    ("executed_at", "timestamp", "YES", "NULL"),
    ("execution_time", "bigint(20)", "NO", None),
    ("error", "longtext", "YES", "NULL"),
    ("error_stmt", "longtext", "YES", "NULL"),
    ("hash", "varchar(255)", "NO", None),
    ("partial_hashes", "longtext", "YES", "NULL"),
    ("operator_version", "varchar(255)", "NO", None),
]
NAME = "atlas_schema_revisions"


@pytest.fixture
def url(mariadb_url: str) -> DatabaseURL:
    return parse_database_url(mariadb_url)


@pytest.fixture
def database(url: DatabaseURL) -> Iterator[MySQLDatabase]:
    opened = open_database(url)
    yield opened
    opened.session.close()


@pytest.fixture
def realm(url: DatabaseURL, mariadb: MariaDBServer) -> Iterator[MySQLDatabase]:
    """The whole server; what its first run makes is dropped, and nothing else may have made it."""
    opened = open_database(replace(url, path="/"))
    yield opened
    opened.session.close()
    mariadb.query("", f"DROP DATABASE IF EXISTS {NAME}")


def columns(mariadb: MariaDBServer, schema: str) -> list[tuple[object, ...]]:
    return mariadb.query(
        "",
        "SELECT COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT FROM information_schema.COLUMNS "
        f"WHERE TABLE_SCHEMA = '{schema}' AND TABLE_NAME = '{NAME}' ORDER BY ORDINAL_POSITION",
    )


def test_the_table_has_the_shape_of_the_go_tools(database: MySQLDatabase, mariadb: MariaDBServer) -> None:
    database.revisions(None).ensure()
    schema = database.url.database
    assert columns(mariadb, schema) == COLUMNS
    assert mariadb.query(
        "", f"SELECT TABLE_COLLATION FROM information_schema.TABLES WHERE TABLE_SCHEMA = '{schema}'"
    ) == [("utf8mb4_bin",)]
    assert mariadb.query(
        "",
        f"SELECT CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = '{schema}'",
    ) == [("json_valid(`partial_hashes`)",)]
    assert mariadb.query(
        "",
        f"SELECT INDEX_NAME, COLUMN_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = '{schema}'",
    ) == [("PRIMARY", "version")]


def test_a_realm_keeps_the_table_in_a_schema_of_its_own(realm: MySQLDatabase, mariadb: MariaDBServer) -> None:
    realm.revisions(None).ensure()
    assert columns(mariadb, NAME) == COLUMNS


def test_a_table_in_the_old_place_is_ambiguous_for_a_bound_url(
    realm: MySQLDatabase, database: MySQLDatabase
) -> None:
    realm.revisions(None).ensure()
    with pytest.raises(
        SpecError, match="We couldn't find a revision table in the connected schema but found one in"
    ):
        database.revisions(None)
    database.revisions(database.url.database).ensure()
    database.revisions(None)


def test_a_table_that_is_as_it_should_be_is_not_written(database: MySQLDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    database.session.execute("SET SESSION TRANSACTION READ ONLY")
    store.ensure()
    assert store.read() == ()


def test_columns_that_an_older_table_lacks_are_added(database: MySQLDatabase, mariadb: MariaDBServer) -> None:
    store = database.revisions(None)
    store.ensure()
    store.write(FULL)
    database.session.execute(f"ALTER TABLE {NAME} DROP error_stmt, DROP hash, DROP operator_version")
    assert store.read() == (replace(FULL, error_stmt="", hash="", operator_version=""),)
    store.ensure()
    assert {*columns(mariadb, database.url.database)} == {*COLUMNS}
    store.write(FULL)
    assert store.read() == (FULL,)


def test_every_field_comes_back(database: MySQLDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    store.write(FULL)
    assert store.read() == (FULL,)
    done = replace(FULL, applied=3, error="", error_stmt="", partial_hashes=None)
    store.write(done)
    assert store.read() == (done,)


def test_a_complete_row_has_the_go_tools_empty_values(
    database: MySQLDatabase, mariadb: MariaDBServer
) -> None:
    store = database.revisions(None)
    store.ensure()
    store.write(replace(FULL, error="", error_stmt="", partial_hashes=None))
    assert mariadb.query(database.url.database, f"SELECT error, error_stmt, partial_hashes FROM {NAME}") == [
        ("", "", "null")
    ]


def test_a_time_of_another_zone_is_the_same_instant(database: MySQLDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    store.write(
        replace(FULL, executed_at=datetime(2026, 1, 1, 5, 0, 0, 999_999, timezone(timedelta(hours=5))))
    )
    assert store.read()[0].executed_at == datetime(2026, 1, 1, tzinfo=UTC)


def test_rows_are_ordered_as_text(database: MySQLDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    for version in ("b", "2", "B", "10", "_"):
        store.write(replace(FULL, version=version))
    assert [row.version for row in store.read()] == ["10", "2", "B", "_", "b"]


def test_without_a_table_there_are_no_revisions(database: MySQLDatabase) -> None:
    assert database.revisions(None).read() == ()
    assert database.revisions("nowhere").read() == ()


def test_deleted_rows_are_gone_and_others_stay(database: MySQLDatabase) -> None:
    store = database.revisions(None)
    store.ensure()
    for version in ("1", "2", "3'"):
        store.write(replace(FULL, version=version))
    store.delete(["1", "3'"])
    store.delete([])
    assert [row.version for row in store.read()] == ["2"]


def test_the_identifier_is_made_once_and_never_listed(database: MySQLDatabase, url: DatabaseURL) -> None:
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


def test_a_lock_shuts_out_the_whole_server_until_it_is_let_go(
    database: MySQLDatabase, url: DatabaseURL, mariadb: MariaDBServer
) -> None:
    other = open_database(replace(url, path="/"))
    try:
        assert database.try_lock("atlas_migrate_execute")
        assert not other.try_lock("atlas_migrate_execute")
        assert mariadb.query("", "SELECT IS_FREE_LOCK('atlas_migrate_execute')") == [(0,)]
        database.unlock("atlas_migrate_execute")
        assert other.try_lock("atlas_migrate_execute")
    finally:
        other.session.close()


def test_a_killed_session_lets_go_of_its_lock(
    database: MySQLDatabase, url: DatabaseURL, mariadb: MariaDBServer
) -> None:
    assert database.try_lock("killed")
    rows = database.session.query("SELECT CONNECTION_ID()") or []
    mariadb.query("", f"KILL CONNECTION {rows[0][0]}")
    assert mariadb.query("", "SELECT GET_LOCK('killed', 10)") == [(1,)]


def test_dirt_of_one_schema(database: MySQLDatabase) -> None:
    schema = database.url.database
    assert database.dirt(None) is None
    database.session.execute("CREATE VIEW v AS SELECT 1")
    assert database.dirt(None) is None
    database.revisions(None).ensure()
    assert database.dirt(None) is None
    assert database.dirt("elsewhere") == f'found table "{NAME}" in schema "{schema}"'
    database.session.execute("CREATE TABLE t (x int)")
    assert database.dirt(None) == f'found table "{NAME}" in schema "{schema}"'


def test_dirt_of_a_whole_server_names_schemas(realm: MySQLDatabase, database: MySQLDatabase) -> None:
    reason = realm.dirt(None) or ""
    assert reason.startswith(("found multiple schemas: ", f'found schema "{database.url.database}"'))
