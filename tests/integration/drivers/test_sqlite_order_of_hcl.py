"""Two databases with the same schema print the same HCL, and have the same hash, whatever was created first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import permutations
from pathlib import Path

from atlas.drivers import open_driver, schema_driver
from atlas.engine.database_url import parse_database_url
from atlas.engine.hcl_schema import print_schema, schema_hash
from atlas.engine.scope import Scope
from atlas.schema import Realm

TABLES = ("CREATE TABLE pets (id int, age int)", "CREATE TABLE users (id int)")
REST = (
    "CREATE INDEX by_id ON pets (id)",
    "CREATE INDEX by_age ON pets (age)",
    "CREATE VIEW old AS SELECT id FROM pets",
    "CREATE VIEW elder AS SELECT id FROM pets",
    "CREATE TRIGGER second AFTER INSERT ON users BEGIN SELECT 1; END",
    "CREATE TRIGGER first AFTER INSERT ON users BEGIN SELECT 1; END",
)


def schema_of(path: Path, statements: tuple[str, ...]) -> Realm:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    database = open_driver(parse_database_url(f"sqlite://{path}"))
    with closing(database.session):
        return schema_driver("sqlite").inspect(database, Scope())


def test_the_order_of_creation_is_in_no_text_and_no_hash(tmp_path: Path) -> None:
    orders = [(*tables, *rest) for tables in permutations(TABLES) for rest in (REST, REST[::-1])]
    realms = [schema_of(tmp_path / f"{number}.db", order) for number, order in enumerate(orders)]
    types = schema_driver("sqlite").types
    assert len({print_schema(realm, types) for realm in realms}) == 1
    assert len({schema_hash(realm, types) for realm in realms}) == 1
