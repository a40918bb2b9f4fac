"""A desired state that makes users, databases or tablespaces is refused by their names, and they are gone again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from atlas.drivers import open_driver, schema_driver
from atlas.engine.database_url import parse_database_url
from atlas.engine.scope import Scope
from atlas.errors import DesiredStateError, Unsupported

from tests.integration.cli.conftest import Shell
from tests.integration.schema_safety.stage import Stage
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

TABLE = "CREATE TABLE t (a int);"
SECRET = "w0rd-of-nobody"


def roles(postgres: PostgresServer) -> list[tuple[object, ...]]:
    return postgres.query("postgres", "SELECT rolname FROM pg_roles WHERE rolname LIKE 'Beside%'")


@pytest.fixture
def no_users(mariadb: MariaDBServer) -> Iterator[None]:
    yield
    mariadb.query("", "DROP USER IF EXISTS beside_them@localhost")


def test_a_role_of_postgres_is_named_and_dropped_with_its_rights(
    postgres_stage: Stage, postgres: PostgresServer
) -> None:
    role = f"CREATE ROLE \"Beside us\" LOGIN PASSWORD '{SECRET}';"
    with pytest.raises(Unsupported, match="makes role Beside us, which") as refused:
        postgres_stage.plan(f'{role} {TABLE} GRANT SELECT ON t TO "Beside us";')
    assert SECRET not in str(refused.value)
    assert roles(postgres) == []


def test_a_role_that_code_makes_is_found_where_the_code_says_its_name(
    postgres_stage: Stage, postgres: PostgresServer
) -> None:
    with pytest.raises(Unsupported, match="role Beside_code"):
        postgres_stage.plan(f"DO $$ BEGIN EXECUTE 'CREATE ROLE \"Beside_code\"'; END $$; {TABLE}")
    assert roles(postgres) == []


def test_a_database_of_postgres_is_named_and_dropped(postgres_stage: Stage, postgres: PostgresServer) -> None:
    with pytest.raises(Unsupported, match="database beside_room, role Beside_owner"):
        postgres_stage.plan(
            'CREATE ROLE "Beside_owner"; CREATE DATABASE Beside_Room OWNER "Beside_owner"; ' + TABLE
        )
    assert postgres.query("postgres", "SELECT 1 FROM pg_database WHERE datname = 'beside_room'") == []
    assert roles(postgres) == []


def test_a_state_that_fails_leaves_no_role_behind(postgres_stage: Stage, postgres: PostgresServer) -> None:
    with pytest.raises(DesiredStateError, match="nosuch"):
        postgres_stage.plan('CREATE ROLE "Beside_failure"; SELECT nosuch;')
    assert roles(postgres) == []


def test_a_directory_is_refused_as_a_state_and_served_as_a_history(
    atlas: Shell, postgres_stage: Stage, postgres: PostgresServer
) -> None:
    folder = atlas.write({"1_role.sql": f'CREATE ROLE "Beside_files";\n{TABLE}\n'})
    dev = ("--dev-url", f"{postgres_stage.dev}&search_path=public")
    answer = atlas("schema", "apply", "-u", postgres_stage.url, "--to", folder, *dev, "--auto-approve")
    assert answer.code == 3
    assert "role Beside_files" in answer.err
    assert roles(postgres) == []
    (atlas.folder / "s.sql").write_text(TABLE)
    try:
        assert "synced" in atlas.ok("migrate", "diff", "--dir", folder, "--to", "file://s.sql", *dev)
    finally:
        postgres.query("postgres", 'DROP ROLE IF EXISTS "Beside_files"')


def test_a_role_that_was_there_stays(postgres_stage: Stage, postgres: PostgresServer) -> None:
    postgres.query("postgres", 'CREATE ROLE "Beside_before"')
    try:
        ensured = (
            'DO $$ BEGIN CREATE ROLE "Beside_before"; EXCEPTION WHEN duplicate_object THEN NULL; END $$;'
        )
        assert postgres_stage.plan(f"{ensured} {TABLE}").statements
        assert roles(postgres) == [("Beside_before",)]
    finally:
        postgres.query("postgres", 'DROP ROLE "Beside_before"')


def test_what_others_make_meanwhile_stays(postgres: PostgresServer) -> None:
    dev = open_driver(parse_database_url(postgres.url()))
    try:
        # A table, and a role, of the name of somebody's database.
        said = "CREATE TABLE theirs (a int); CREATE ROLE ours; SELECT 'theirs'"
        with schema_driver("postgres").dev(dev).room(Scope(bound="public"), said=said):
            postgres.query("postgres", "CREATE DATABASE theirs")
            postgres.query("postgres", 'CREATE ROLE "Beside_theirs"')
        assert postgres.query("postgres", "SELECT 1 FROM pg_database WHERE datname = 'theirs'") == [(1,)]
        assert roles(postgres) == [("Beside_theirs",)]
    finally:
        dev.session.close()
        postgres.query("postgres", "DROP DATABASE IF EXISTS theirs")
        postgres.query("postgres", 'DROP ROLE IF EXISTS "Beside_theirs"')


@pytest.mark.usefixtures("no_users")
def test_users_roles_and_databases_of_mariadb_are_named_and_dropped(
    mariadb_stage: Stage, mariadb: MariaDBServer
) -> None:
    with pytest.raises(Unsupported) as refused:
        mariadb_stage.plan(
            f"CREATE USER beside_them@localhost IDENTIFIED BY '{SECRET}'; CREATE ROLE beside_role;"
            f"CREATE DATABASE `beside-room`; CREATE TABLE `beside-room`.x (a int); {TABLE}"
        )
    for named in ("user beside_them@localhost", "role beside_role", "database beside-room"):
        assert named in str(refused.value)
    assert SECRET not in str(refused.value)
    assert mariadb.query("", "SELECT User FROM mysql.user WHERE User LIKE 'beside%'") == []
    assert mariadb.query("", "SHOW DATABASES LIKE 'beside%'") == []


@pytest.mark.usefixtures("no_users")
def test_a_state_of_mariadb_that_fails_leaves_no_user_behind(
    mariadb_stage: Stage, mariadb: MariaDBServer
) -> None:
    with pytest.raises(DesiredStateError, match="nosuch"):
        mariadb_stage.plan("CREATE USER beside_them@localhost; SELECT nosuch;")
    assert mariadb.query("", "SELECT User FROM mysql.user WHERE User LIKE 'beside%'") == []
