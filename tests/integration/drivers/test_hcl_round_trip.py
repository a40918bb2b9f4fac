"""What a server holds is printed as HCL, read, made in an empty room, and is the same again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from atlas.drivers import open_driver, schema_driver
from atlas.engine.database_url import parse_database_url
from atlas.engine.desired_state import SqlScript, SqlState, normalize
from atlas.engine.hcl_schema import print_schema, read_schema
from atlas.engine.plan import PlanOptions, make_plan
from atlas.engine.scope import Scope

from tests.servers.mariadb import MariaDBServer

FIXTURES = Path(__file__).parents[2] / "fixtures_hcl"


def round_trip(url: str, dialect: str, name: str, scope: Scope) -> None:
    driver = schema_driver(dialect)
    state = SqlState((SqlScript(name, (FIXTURES / name).read_text()),))
    options = PlanOptions(bound=scope.bound)
    database = open_driver(parse_database_url(url))
    with closing(database.session):
        dev = driver.dev(database)
        first = normalize(state, driver=driver, dev=dev, scope=scope, dialect=dialect).realm
        text = print_schema(first, driver.types)
        read = read_schema(
            [("printed.hcl", text)], dialect=dialect, types=driver.types, variables={}, bound=scope.bound
        )
        with dev.room(scope) as room:
            for statement in make_plan(driver, room.inspect(), read.realm, options).statements:
                room.database.session.execute(statement.text())
            second = room.inspect()
    assert read.warnings == ()
    assert print_schema(second, driver.types) == text
    assert make_plan(driver, second, first, options).changes == ()


def test_postgres(postgres_url: str) -> None:
    round_trip(postgres_url, "postgres", "everything.pg.sql", Scope(schemas=("app", "Base")))


def test_mariadb(mariadb: MariaDBServer) -> None:
    round_trip(mariadb.url(), "mariadb", "everything.ma.sql", Scope(bound="app"))


def test_sqlite() -> None:
    round_trip("sqlite://dev?mode=memory", "sqlite", "everything.lt.sql", Scope(bound="main"))
