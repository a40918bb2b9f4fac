"""Plans on a real MariaDB: they mean the same in every session, and they say of copies what the server says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from atlas.drivers.mysql import MySQLDatabase, open_database
from atlas.drivers.mysql.schema_driver import MySQLSchemaDriver
from atlas.engine.database_url import parse_database_url
from atlas.engine.plan import HazardKind, Plan, PlanOptions, make_plan
from atlas.engine.scope import Scope
from atlas.schema import Realm

from tests.servers.mariadb import MariaDBServer

DRIVER = MySQLSchemaDriver("mariadb")
NOT_IN_PLACE = {1845, 1846}
SCOPE = Scope(bound="app")


@pytest.fixture
def opened(mariadb_url: str) -> Iterator[MySQLDatabase]:
    database = open_database(parse_database_url(mariadb_url))
    yield database
    database.session.close()


def realm_of(database: MySQLDatabase, *statements: str) -> Realm:
    with DRIVER.dev(database).room(SCOPE) as room:
        for statement in statements:
            room.database.session.execute(statement)
        return room.inspect()


def planned(current: Realm, desired: Realm) -> Plan:
    return make_plan(DRIVER, current, desired, PlanOptions(bound="app"))


EVERYTHING = (
    r"""CREATE TABLE t (id int PRIMARY KEY, e enum('a\\b', 'it''s "q"') DEFAULT 'a\\b' COMMENT 'it''s "c" \\',
        d varchar(20) DEFAULT 'x\\''y' CHECK (d <> 'a\\'), g varchar(20) AS (concat(d, '\\')) VIRTUAL, j json,
        KEY k (d) COMMENT '"i" \\') COMMENT 'it''s "t" \\'""",
    r"""CREATE VIEW v AS SELECT id FROM t WHERE d <> 'a\\' AND d <> 'it''s "q"'""",
    r"""CREATE PROCEDURE p() COMMENT 'it''s "p" \\' SELECT 1""",
    r"""CREATE EVENT ev ON SCHEDULE EVERY 1 DAY STARTS '2035-01-01' COMMENT '"e" \\' DO DELETE FROM t""",
)


@pytest.mark.parametrize(
    "mode", ["", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES", "PIPES_AS_CONCAT"]
)
def test_a_plan_makes_the_same_objects_in_a_session_of_any_mode(opened: MySQLDatabase, mode: str) -> None:
    desired = realm_of(opened, *EVERYTHING)
    schema = opened.session.database
    opened.session.run(f"SET sql_mode = '{mode}'")
    current = DRIVER.inspect(opened, Scope(bound=schema))
    with DRIVER.dev(opened).room(SCOPE) as room:
        room.database.session.run(f"SET sql_mode = '{mode}'")
        empty = room.inspect()
        for statement in planned(empty, desired).statements:
            room.database.session.execute(statement.text())
        found = room.inspect()

    assert current.session == empty.session
    assert planned(found, desired).changes == ()


BASE = "CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(20), c enum('x'), d text, u int NOT NULL, KEY ka (a))"
CHANGES = {
    "a bigger integer": ("a int,", "a bigint,"),
    "an integer with another sign": ("a int,", "a int unsigned,"),
    "a varchar that is a little longer": ("varchar(20)", "varchar(60)"),
    "a varchar with more length bytes": ("varchar(20)", "varchar(200)"),
    "a text of a varchar": ("b varchar(20)", "b text"),
    "a value at the end of an enum": ("enum('x')", "enum('x','y')"),
    "a value in front in an enum": ("enum('x')", "enum('w','x')"),
    "a default": ("a int,", "a int DEFAULT 5,"),
    "a comment": ("a int,", "a int COMMENT 'c',"),
    "a hidden column": ("a int,", "a int INVISIBLE DEFAULT 1,"),
    "NOT NULL": ("a int,", "a int NOT NULL,"),
    "NULL": ("u int NOT NULL", "u int"),
    "another charset": ("b varchar(20)", "b varchar(20) CHARSET latin1"),
    "another collation": ("b varchar(20)", "b varchar(20) COLLATE utf8mb4_bin"),
    "a counter": ("id int PRIMARY KEY", "id int AUTO_INCREMENT PRIMARY KEY"),
    "a new column": ("d text,", "d text, n int DEFAULT 3,"),
    "a new computed column": ("d text,", "d text, n int AS (a + 1) VIRTUAL,"),
    "a new stored column": ("d text,", "d text, n int AS (a + 1) STORED,"),
    "a column that goes": ("d text,", ""),
    "an index": ("KEY ka (a)", "KEY ka (a), KEY kb (b)"),
    "a unique index": ("KEY ka (a)", "KEY ka (a), UNIQUE KEY kb (b)"),
    "an index that goes": (", KEY ka (a)", ""),
    "no primary key": ("id int PRIMARY KEY", "id int NOT NULL"),
    "another primary key": ("id int PRIMARY KEY", "id int NOT NULL, PRIMARY KEY (u)"),
    "a check": ("KEY ka (a)", "KEY ka (a), CONSTRAINT ck CHECK (a > 0)"),
    "a foreign key": ("KEY ka (a)", "KEY ka (a), CONSTRAINT fk FOREIGN KEY (a) REFERENCES t (id)"),
    "another engine": ("KEY ka (a))", "KEY ka (a)) ENGINE=MyISAM"),
    "another charset of the table": ("KEY ka (a))", "KEY ka (a)) CHARSET latin1"),
    "a comment of the table": ("KEY ka (a))", "KEY ka (a)) COMMENT 'c'"),
}


CAUTIOUS = {"a varchar with more length bytes", "another collation"}
"""MySQL copies for these, MariaDB does not."""


@pytest.mark.parametrize("name", CHANGES)
def test_a_plan_says_that_it_copies_where_the_server_cannot_do_without(
    mariadb: MariaDBServer, opened: MySQLDatabase, name: str
) -> None:
    before, after = CHANGES[name]
    assert before in BASE
    plan = planned(realm_of(opened, BASE), realm_of(opened, BASE.replace(before, after)))
    (statement,) = plan.statements
    says = any(hazard.kind is HazardKind.REWRITES_TABLE for hazard in statement.hazards)

    copies = needs_a_copy(mariadb, opened.session.database, statement.text())

    assert says is (copies or name in CAUTIOUS)


def needs_a_copy(server: MariaDBServer, schema: str, statement: str) -> bool:
    import pymysql

    server.query(schema, BASE)
    try:
        server.query(schema, statement.replace("ALTER TABLE `t` ", "ALTER TABLE `t` ALGORITHM=INPLACE, ", 1))
    except pymysql.MySQLError as error:
        if error.args[0] not in NOT_IN_PLACE:
            raise
        return True
    return False


# A room does not say the charset that it had, so nothing can bring it back there.
REVERSIBLE = {
    name: change
    for name, change in CHANGES.items()
    if name not in {"a column that goes", "another charset of the table"}
}


@pytest.mark.parametrize("name", REVERSIBLE)
def test_a_plan_is_taken_back_by_its_reverse(opened: MySQLDatabase, name: str) -> None:
    before, after = REVERSIBLE[name]
    current, desired = realm_of(opened, BASE), realm_of(opened, BASE.replace(before, after))
    plan = planned(current, desired)
    undo = [each.text() for statement in reversed(plan.statements) for each in statement.reverse]

    found = realm_of(opened, BASE, *(statement.text() for statement in plan.statements), *undo)

    assert planned(found, current).changes == ()
