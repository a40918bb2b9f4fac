"""A dev database that is its own room, since its role makes no other: what others do there meanwhile stays theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from atlas.drivers import open_driver, schema_driver
from atlas.engine.database_url import parse_database_url
from atlas.engine.scope import Scope
from atlas.errors import PlanError

from tests.integration.cli.conftest import Shell
from tests.integration.cli.schema_files import put
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer


@pytest.fixture
def shared(postgres: PostgresServer, postgres_url: str) -> Iterator[str]:
    """A database with a schema for rooms and one of an application, and a role that owns all of it."""
    name = postgres_url.rpartition("/")[2].partition("?")[0]
    postgres.query("postgres", "CREATE ROLE sharing LOGIN PASSWORD 'p'")
    postgres.query("postgres", f"ALTER DATABASE {name} OWNER TO sharing")
    postgres.query(name, "CREATE SCHEMA rooms AUTHORIZATION sharing; CREATE SCHEMA app AUTHORIZATION sharing")
    yield f"postgres://sharing:p@{postgres_url.partition('@')[2]}&search_path=rooms"
    postgres.query("postgres", f"ALTER DATABASE {name} OWNER TO {postgres.user}")
    postgres.query(name, f"REASSIGN OWNED BY sharing TO {postgres.user}; DROP OWNED BY sharing")
    postgres.query("postgres", "DROP ROLE sharing")


def test_a_table_that_an_application_makes_meanwhile_is_not_thrown_away(
    postgres: PostgresServer, postgres_url: str, shared: str
) -> None:
    name = postgres_url.rpartition("/")[2].partition("?")[0]
    dev = open_driver(parse_database_url(shared))
    try:
        with ExitStack() as stack:
            room = stack.enter_context(schema_driver("postgres").dev(dev).room(Scope(bound="rooms")))
            room.database.session.execute("CREATE TABLE of_the_room (a int)")
            postgres.query(
                name, "SET ROLE sharing; CREATE TABLE app.orders (a int); INSERT INTO app.orders VALUES (1)"
            )
            with pytest.raises(PlanError, match='found table "orders" in schema "app" is still there'):
                stack.close()
    finally:
        dev.session.close()
    assert postgres.query(name, "SELECT a FROM app.orders") == [(1,)]
    assert postgres.query(name, "SELECT tablename FROM pg_tables WHERE schemaname = 'rooms'") == []


def test_grants_that_let_us_into_a_room_are_no_part_of_the_state(
    atlas: Shell, mariadb: MariaDBServer
) -> None:
    target, dev = mariadb.create_database(), mariadb.create_database()
    mariadb.query("", "CREATE USER sharing@'%' IDENTIFIED BY 'p'")
    mariadb.query("", f"GRANT ALL ON {dev}.* TO sharing@'%'")
    try:
        url = mariadb.url(dev).replace(f"{mariadb.user}:{mariadb.password}", "sharing:p")
        to = put(atlas, "s.sql", "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;")
        words = ("schema", "apply", "-u", mariadb.url(target), "--dev-url", url, "--to", to, "--auto-approve")
        atlas.ok(*words)
        assert "synced" in atlas.ok(*words)
        assert mariadb.query(dev, "SHOW FULL TABLES") == []
        mariadb.query(dev, "CREATE TABLE theirs (a int)")
        refused = atlas(*words)
        assert "connected database is not clean" in refused.err
        assert mariadb.query(dev, "SHOW TABLES") == [("theirs",)]
    finally:
        mariadb.query("", "DROP USER sharing@'%'")
        mariadb.drop_database(target)
        mariadb.drop_database(dev)
