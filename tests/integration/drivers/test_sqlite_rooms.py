"""Rooms of a SQLite dev database: in memory, apart from each other, and closed to the files of the machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from atlas.drivers.sqlite.database import SqliteDatabase, open_database
from atlas.drivers.sqlite.schema_driver import SqliteSchemaDriver
from atlas.engine.database_url import parse_database_url
from atlas.engine.schema_ports import DevDatabase
from atlas.engine.scope import Scope
from atlas.errors import PlanError, StatementFailed

SCOPE = Scope(bound="main")


def opened(url: str = "sqlite://dev?mode=memory") -> SqliteDatabase:
    return open_database(parse_database_url(url))


def dev(database: SqliteDatabase) -> DevDatabase:
    return SqliteSchemaDriver().dev(database)


def test_each_room_is_empty() -> None:
    given = opened()
    for _ in range(2):
        with dev(given).room(SCOPE) as room:
            assert room.inspect().objects == ()
            room.database.session.execute("CREATE TABLE t (a int)")
            assert [table.name for table in room.inspect().tables] == ["t"]
    given.session.close()


def test_two_rooms_at_once_do_not_see_each_other() -> None:
    given = opened("sqlite://dev?mode=memory&cache=shared")
    with dev(given).room(SCOPE) as first, dev(given).room(SCOPE) as second:
        first.database.session.execute("CREATE TABLE t (a int)")
        assert second.inspect().objects == ()
    given.session.close()


def test_a_file_given_as_dev_database_has_to_be_clean_and_stays_so(tmp_path: Path) -> None:
    given = opened(f"sqlite://{tmp_path}/dev.db")
    with dev(given).room(SCOPE) as room:
        room.database.session.execute("CREATE TABLE t (a int)")
    assert given.session.query("SELECT count(*) FROM sqlite_schema") == [(0,)]
    given.session.execute("CREATE TABLE busy (a int)")
    with (
        pytest.raises(PlanError, match=r'^sql/migrate: connected database is not clean: found table "busy"'),
        dev(given).room(SCOPE),
    ):
        pass
    given.session.close()


@pytest.mark.parametrize(("query", "enforced"), [("", 0), ("&_fk=1", 1), ("&_foreign_keys=off", 0)])
def test_a_room_enforces_foreign_keys_as_the_dev_url_says(query: str, enforced: int) -> None:
    given = opened(f"sqlite://dev?mode=memory{query}")
    with dev(given).room(SCOPE) as room:
        assert isinstance(room.database, SqliteDatabase)
        assert room.database.session.query("PRAGMA foreign_keys") == [(enforced,)]
    given.session.close()


@pytest.mark.parametrize("statement", ["ATTACH '{}' AS other", "VACUUM INTO '{}'"])
def test_a_desired_state_reaches_no_file(statement: str, tmp_path: Path) -> None:
    given = opened()
    path = tmp_path / "other.db"
    with (
        dev(given).room(SCOPE) as room,
        pytest.raises(StatementFailed, match=r"not authorized|authorization denied"),
    ):
        room.database.session.execute(statement.format(path))
    assert not path.exists()
    given.session.close()


def test_a_room_is_closed_when_its_context_ends() -> None:
    given = opened()
    with dev(given).room(SCOPE) as room:
        pass
    with pytest.raises(Exception, match="closed"):
        room.database.session.execute("SELECT 1")
    given.session.close()
