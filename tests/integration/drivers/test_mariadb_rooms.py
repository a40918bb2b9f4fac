"""Dev rooms on a real MariaDB server: empty, apart, and gone afterwards whatever happens."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from atlas.drivers.mysql import MySQLDatabase, open_database
from atlas.drivers.mysql.normalize import MySQLDevDatabase
from atlas.drivers.mysql.normalize.room import PREFIX
from atlas.drivers.mysql.schema_driver import MySQLSchemaDriver
from atlas.engine.database_url import parse_database_url
from atlas.engine.scope import Scope
from atlas.errors import LockNotAcquired, PlanError, StatementFailed
from atlas.schema.objects import View

from tests.servers.mariadb import MariaDBServer

BOUND = Scope(bound="app")


@pytest.fixture
def opened(mariadb_url: str) -> Iterator[MySQLDatabase]:
    database = open_database(parse_database_url(mariadb_url))
    yield database
    database.session.close()


@pytest.fixture
def dev(opened: MySQLDatabase) -> MySQLDevDatabase:
    return MySQLDevDatabase(opened)


def schemas(server: MariaDBServer) -> set[str]:
    return {name for (name,) in server.query("", "SHOW DATABASES")}


def rooms(server: MariaDBServer) -> set[str]:
    return {name for name in schemas(server) if name.startswith(PREFIX)}


def test_a_room_bears_the_name_of_the_scope_wherever_it_occurs(dev: MySQLDevDatabase) -> None:
    with dev.room(BOUND) as room:
        name = room.database.session.database
        for sql in (
            "CREATE SEQUENCE s",
            "CREATE TABLE t (id bigint PRIMARY KEY DEFAULT nextval(s))",
            "CREATE TABLE u (t bigint, CONSTRAINT ut FOREIGN KEY (t) REFERENCES t (id))",
            "CREATE VIEW v AS SELECT id FROM t",
        ):
            room.database.session.execute(sql)
        realm = room.inspect()

    assert name.startswith(PREFIX)
    assert PREFIX not in repr(realm)
    assert realm.of(View)[0].definition == "select `app`.`t`.`id` AS `id` from `app`.`t`"
    assert realm.tables[1].foreign_keys[0].ref_schema == "app"
    assert realm.tables[0].columns[0].default == "(nextval(`app`.`s`))"


def test_a_room_is_empty_and_gone_afterwards(mariadb: MariaDBServer, dev: MySQLDevDatabase) -> None:
    before = rooms(mariadb)
    with dev.room(BOUND) as room:
        assert room.inspect().objects == ()
        room.database.session.execute("CREATE TABLE t (id int)")
        assert len(rooms(mariadb) - before) == 1

    assert rooms(mariadb) == before


def fail_in(room_of: MySQLDevDatabase) -> NoReturn:
    with room_of.room(BOUND) as room:
        room.database.session.execute("CREATE TABLE t (id int)")
        raise LookupError


def test_a_room_is_gone_when_its_use_fails(mariadb: MariaDBServer, dev: MySQLDevDatabase) -> None:
    before = rooms(mariadb)
    with pytest.raises(LookupError):
        fail_in(dev)

    assert rooms(mariadb) == before


def test_what_a_script_sets_is_gone_with_its_room(dev: MySQLDevDatabase, opened: MySQLDatabase) -> None:
    before = opened.session.query("SELECT @@sql_mode, @@foreign_key_checks, DATABASE()")
    with dev.room(BOUND) as room:
        room.database.session.execute("SET sql_mode = 'ANSI_QUOTES'")
        room.database.session.execute("SET foreign_key_checks = 0")

    assert opened.session.query("SELECT @@sql_mode, @@foreign_key_checks, DATABASE()") == before


def test_a_room_has_the_charset_of_the_target_and_says_it_only_when_it_was_changed(
    dev: MySQLDevDatabase,
) -> None:
    with dev.room(Scope(bound="app", charset="latin1", collation="latin1_bin")) as room:
        session = room.database.session
        assert session.query("SELECT @@collation_database") == [("latin1_bin",)]
        assert (room.inspect().schemas[0].charset, room.inspect().schemas[0].collation) == ("", "")
        session.execute("ALTER DATABASE CHARACTER SET utf8mb4")
        assert room.inspect().schemas[0].charset == "utf8mb4"


def test_a_room_has_the_comment_of_the_target(dev: MySQLDevDatabase) -> None:
    with dev.room(Scope(bound="app", comment="it's \\ mine")) as room:
        assert room.inspect().schemas[0].comment == "it's \\ mine"


def test_a_counter_that_rows_moved_is_no_part_of_a_state(dev: MySQLDevDatabase) -> None:
    with dev.room(BOUND) as room:
        for sql in (
            "CREATE TABLE asked (id int AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT=50",
            "CREATE TABLE moved (id int AUTO_INCREMENT PRIMARY KEY)",
            "INSERT INTO moved VALUES (41)",
        ):
            room.database.session.execute(sql)

        assert [table.auto_increment for table in room.inspect().tables] == [50, None]


def test_rooms_of_killed_runs_are_swept_after_an_hour(mariadb: MariaDBServer, dev: MySQLDevDatabase) -> None:
    now = int(time.time())
    old, young, foreign = (
        f"{PREFIX}{now - 4000:x}_dead",
        f"{PREFIX}{now - 1000:x}_beef",
        f"{PREFIX}notes",
    )
    for name in (old, young, foreign):
        mariadb.query("", f"CREATE DATABASE `{name}`")
    with dev.room(BOUND):
        found = schemas(mariadb)
    for name in (young, foreign):
        mariadb.drop_database(name)

    assert old not in found
    assert {young, foreign} <= found


@pytest.fixture
def modest(mariadb: MariaDBServer, mariadb_url: str) -> Iterator[MySQLDatabase]:
    """An account that may do all in one schema and make no other."""
    schema = urlsplit(mariadb_url).path.removeprefix("/")
    mariadb.query("", f"CREATE USER modest@'%' IDENTIFIED BY 'm'; GRANT ALL ON `{schema}`.* TO modest@'%'")
    database = open_database(parse_database_url(f"maria://modest:m@{mariadb.host}:{mariadb.port}/{schema}"))
    yield database
    database.session.close()
    mariadb.query("", "DROP USER modest@'%'")


def test_who_may_make_no_database_gets_the_given_one_which_is_emptied(modest: MySQLDatabase) -> None:
    name = modest.session.database
    with MySQLSchemaDriver("mariadb").dev(modest).room(BOUND) as room:
        for sql in (
            "CREATE TABLE p (id int PRIMARY KEY)",
            "CREATE TABLE t (id int, CONSTRAINT tp FOREIGN KEY (id) REFERENCES p (id))",
            "CREATE VIEW v AS SELECT id FROM t",
            "CREATE PROCEDURE pr() SELECT 1",
            "CREATE SEQUENCE s",
        ):
            room.database.session.execute(sql)
        realm = room.inspect()
        assert room.database.session.database == name

    assert {item.schema for item in realm.objects} == {"app"}
    assert modest.session.query(f"SHOW TABLES FROM `{name}`") == []
    assert modest.session.query("SELECT count(*) FROM information_schema.ROUTINES") == [("0",)]


def test_a_given_database_that_is_in_use_is_left_alone(mariadb: MariaDBServer, modest: MySQLDatabase) -> None:
    name = modest.session.database
    mariadb.query(name, "CREATE TABLE busy (id int)")

    with (
        pytest.raises(
            PlanError, match='connected database is not clean: found table "busy" in connected schema'
        ),
        MySQLSchemaDriver("mariadb").dev(modest).room(BOUND),
    ):
        pass

    assert mariadb.query(name, "SHOW TABLES") == (("busy",),) or mariadb.query(name, "SHOW TABLES") == [
        ("busy",)
    ]


def test_a_server_with_a_schema_is_no_room_for_all_of_them(
    dev: MySQLDevDatabase, opened: MySQLDatabase
) -> None:
    with (
        pytest.raises(PlanError, match=r'connected database is not clean: found schema "'),
        dev.room(Scope()),
    ):
        pass

    assert opened.session.query("SELECT DATABASE()") == [(opened.session.database,)]


def test_a_name_that_the_server_refuses_is_told_in_its_words(dev: MySQLDevDatabase) -> None:
    with (
        pytest.raises(StatementFailed, match="Unknown character set"),
        dev.room(Scope(bound="app", charset="nosuch")),
    ):
        pass


def test_only_one_run_at_a_time_has_a_whole_server(
    mariadb: MariaDBServer, opened: MySQLDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    from atlas.drivers.mysql import normalize

    monkeypatch.setattr(normalize, "ALONE_WAIT_S", 0)
    other = open_database(opened.url)
    other.session.query("SELECT GET_LOCK('atlas_dev_realm', 0)")
    try:
        with (
            pytest.raises(LockNotAcquired, match="in use by another run"),
            MySQLDevDatabase(opened).room(Scope()),
        ):
            pass
    finally:
        other.session.close()


def test_only_one_run_at_a_time_has_the_database_that_its_texts_name(
    opened: MySQLDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    from atlas.drivers.mysql import normalize

    monkeypatch.setattr(normalize, "ALONE_WAIT_S", 0)
    own = opened.session.database
    said = f"CREATE TABLE {own}.t (a int)"
    other = open_database(opened.url)
    try:
        with MySQLDevDatabase(opened).room(Scope(bound="app"), said=said) as room:
            room.database.session.run(said)
            assert [(table.schema, table.name) for table in room.inspect().tables] == [("app", "t")]
            with (
                pytest.raises(LockNotAcquired, match="in use by another run"),
                MySQLDevDatabase(other).room(Scope(bound="app"), said=said),
            ):
                pass
        with MySQLDevDatabase(other).room(Scope(bound="app"), said=said) as room:
            assert room.inspect().tables == ()
    finally:
        other.session.close()
