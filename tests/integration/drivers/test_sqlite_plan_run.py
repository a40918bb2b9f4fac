"""Plans that run on real SQLite files: what the proofs of cases do not look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from atlas.drivers.sqlite.database import SqliteDatabase, open_database
from atlas.drivers.sqlite.schema_driver import SqliteSchemaDriver
from atlas.engine.database_url import parse_database_url
from atlas.engine.plan import Plan, PlanOptions, make_plan
from atlas.engine.scope import Scope
from atlas.errors import StatementFailed, Unsupported
from atlas.schema import Key, Kind, Realm

from tests.cases.case import Case, all_cases

DRIVER = SqliteSchemaDriver()
SCOPE = Scope(bound="main")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


def opened(path: Path, sql: str, query: str = "?_fk=1") -> SqliteDatabase:
    found = open_database(parse_database_url(f"sqlite://{path}{query}"))
    found.session.connection.executescript(sql)
    return found


def realm_of(sql: str) -> Realm:
    given = open_database(parse_database_url("sqlite://dev?mode=memory"))
    with DRIVER.dev(given).room(SCOPE) as room:
        assert isinstance(room.database, SqliteDatabase)
        room.database.session.connection.executescript(sql)
        found = room.inspect()
    given.session.close()
    return found


def plan_of(database: SqliteDatabase, desired: str, *renames: tuple[Key, Key]) -> Plan:
    options = PlanOptions(bound="main", renames=renames)
    return make_plan(DRIVER, DRIVER.inspect(database, SCOPE), realm_of(desired), options)


def run(database: SqliteDatabase, plan: Plan) -> None:
    database.session.begin()
    for statement in plan.statements:
        database.session.execute(statement.text())
    database.session.commit()


def query(database: SqliteDatabase, sql: str) -> list[tuple[object, ...]]:
    return database.session.query(sql)


PARENT = "CREATE TABLE p (id integer PRIMARY KEY, n int);"
CHILD = "CREATE TABLE c (id integer PRIMARY KEY, p integer NOT NULL REFERENCES p (id) ON DELETE CASCADE);"
ROWS = "INSERT INTO p VALUES (1, 1), (2, NULL); INSERT INTO c VALUES (10, 1), (11, 2);"
STRICTER = "CREATE TABLE p (id integer PRIMARY KEY, n int NOT NULL DEFAULT 0);"


def test_a_rebuild_outside_of_a_transaction_cascades_to_no_child(path: Path) -> None:
    database = opened(path, PARENT + CHILD + ROWS)
    for statement in plan_of(database, STRICTER + CHILD).statements:
        database.session.execute(statement.text())
    assert query(database, "SELECT * FROM p") == [(1, 1), (2, 0)]
    assert query(database, "SELECT * FROM c") == [(10, 1), (11, 2)]
    assert query(database, "PRAGMA foreign_keys") == [(1,)]
    database.session.close()


def test_a_rebuild_in_a_transaction_cascades_to_no_child(path: Path) -> None:
    database = opened(path, PARENT + CHILD + ROWS)
    run(database, plan_of(database, STRICTER + CHILD))
    assert query(database, "SELECT * FROM c") == [(10, 1), (11, 2)]
    assert query(database, "PRAGMA foreign_key_check") == []
    database.session.execute("DELETE FROM p WHERE id = 1")
    assert query(database, "SELECT * FROM c") == [(11, 2)]
    database.session.close()


def test_a_new_foreign_key_that_rows_break_leaves_everything_as_it_was(path: Path) -> None:
    before = "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p integer);"
    database = opened(path, f"{before} INSERT INTO c VALUES (7)")
    plan = plan_of(
        database, "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p integer REFERENCES p (id));"
    )
    with pytest.raises(StatementFailed, match="foreign key mismatch"):
        run(database, plan)
    assert query(database, "SELECT * FROM c") == [(7,)]
    assert DRIVER.inspect(database, SCOPE) == plan.current
    database.session.close()


def test_a_foreign_key_without_a_unique_parent_can_be_mended(path: Path) -> None:
    database = opened(
        path, "CREATE TABLE p (k text); CREATE TABLE c (k text REFERENCES p (k)); INSERT INTO p VALUES ('a')"
    )
    run(
        database,
        plan_of(database, "CREATE TABLE p (k text PRIMARY KEY); CREATE TABLE c (k text REFERENCES p (k));"),
    )
    database.session.execute("INSERT INTO c VALUES ('a')")
    database.session.close()


def test_numbers_of_deleted_rows_are_not_given_again_after_a_rebuild(path: Path) -> None:
    table = "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text{});"
    database = opened(
        path, f"{table.format('')} INSERT INTO t (a) VALUES ('x'), ('y'), ('z'); DELETE FROM t WHERE id > 1"
    )
    run(database, plan_of(database, table.format(" NOT NULL")))
    database.session.execute("INSERT INTO t (a) VALUES ('w')")
    assert query(database, "SELECT id FROM t") == [(1,), (4,)]
    assert query(database, "SELECT * FROM sqlite_sequence") == [("t", 4)]
    database.session.close()


def test_numbers_of_deleted_rows_are_not_given_again_when_none_is_left(path: Path) -> None:
    table = "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text{});"
    database = opened(path, f"{table.format('')} INSERT INTO t (a) VALUES ('x'), ('y'); DELETE FROM t")
    run(database, plan_of(database, table.format(" NOT NULL")))
    assert query(database, "SELECT * FROM sqlite_sequence") == [("t", 2)]
    database.session.close()


@pytest.mark.parametrize("clause", ["UNIQUE ON CONFLICT REPLACE", "UNIQUE ON CONFLICT IGNORE"])
def test_a_conflict_clause_swallows_no_row_of_a_rebuild(clause: str, path: Path) -> None:
    database = opened(path, "CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)")
    with pytest.raises(StatementFailed, match="UNIQUE constraint failed"):
        run(database, plan_of(database, f"CREATE TABLE t (a int {clause})"))
    database.session.rollback()
    assert query(database, "SELECT * FROM t") == [(1,), (1,)]
    database.session.close()


def test_names_that_differ_in_case_are_the_same_table_and_columns(path: Path) -> None:
    database = opened(
        path,
        """CREATE TABLE Users (ID integer PRIMARY KEY, Name text); CREATE TABLE pets (u REFERENCES Users (ID));
        CREATE VIEW v AS SELECT Name FROM Users; INSERT INTO Users VALUES (5, 'ann'); INSERT INTO pets VALUES (5)""",
    )
    desired = """CREATE TABLE users (id integer PRIMARY KEY, name text); CREATE TABLE pets (u REFERENCES users (id));
        CREATE VIEW v AS SELECT name FROM users;"""
    plan = plan_of(database, desired)
    assert not any("DELETES_DATA" in hazard.kind for each in plan.statements for hazard in each.hazards)
    run(database, plan)
    assert query(database, "SELECT id, name FROM users") == [(5, "ann")]
    assert query(database, "SELECT * FROM v") == [("ann",)]
    assert query(database, "PRAGMA foreign_key_check") == []
    assert plan_of(database, desired).changes == ()
    database.session.close()


def test_a_check_that_names_its_table_survives_a_rebuild_and_a_rename(path: Path) -> None:
    database = opened(path, "CREATE TABLE t (a int, CHECK (t.a > 0)); INSERT INTO t VALUES (1)")
    run(database, plan_of(database, "CREATE TABLE t (a int NOT NULL, CHECK (t.a > 0));"))
    desired = "CREATE TABLE u (a int NOT NULL, CHECK (u.a > 0));"
    plan = plan_of(database, desired, (Key(Kind.TABLE, "main", "", "t"), Key(Kind.TABLE, "main", "", "u")))
    assert [statement.comment for statement in plan.statements] == ['rename a table from "t" to "u"']
    run(database, plan)
    assert plan_of(database, desired).changes == ()
    with pytest.raises(StatementFailed, match="CHECK constraint failed"):
        database.session.execute("INSERT INTO u VALUES (0)")
    database.session.close()


def test_triggers_of_other_tables_that_name_a_rebuilt_one_still_run(path: Path) -> None:
    trigger = (
        "CREATE TABLE log (x); CREATE TRIGGER log_t AFTER INSERT ON log BEGIN UPDATE t SET a = new.x; END;"
    )
    database = opened(path, f"CREATE TABLE t (a varchar(5)); {trigger} INSERT INTO t VALUES ('a')")
    run(database, plan_of(database, f"CREATE TABLE t (a varchar(6)); {trigger}"))
    database.session.execute("INSERT INTO log VALUES ('b')")
    assert query(database, "SELECT a FROM t") == [("b",)]
    database.session.close()


def test_a_rebuild_that_would_lose_what_is_excluded_is_refused(path: Path) -> None:
    from atlas.engine.restrict import restrict

    database = opened(path, "CREATE TABLE t (a int, b int); CREATE INDEX hidden ON t (b)")
    scope = Scope(bound="main", exclude=("t.hidden",))
    current = restrict(DRIVER.inspect(database, scope), scope)
    desired = restrict(realm_of("CREATE TABLE t (a bigint, b int)"), scope)
    with pytest.raises(
        Unsupported, match=r"table main\.t has to be made anew, which would lose index main\.t\.hidden"
    ):
        make_plan(DRIVER, current, desired, PlanOptions(bound="main"))
    database.session.close()


REVERSIBLE = [
    case
    for case in all_cases("sqlite")
    if not case.unsupported and not any("DELETES_DATA" in each for each in case.hazards)
]


@pytest.mark.parametrize("case", REVERSIBLE, ids=lambda case: case.name)
def test_reverses_lead_back(case: Case, path: Path) -> None:
    database = opened(path, case.current)
    current = DRIVER.inspect(database, SCOPE)
    options = PlanOptions(bound="main", renames=case.renames, policy=case.policy)
    plan = make_plan(DRIVER, current, realm_of(case.desired), options)
    run(database, plan)
    for statement in reversed(plan.statements):
        if "ADD COLUMN" in statement.text() and "REFERENCES" in statement.text():
            assert statement.reverse == ()  # DROP COLUMN refuses it
            return
        for sql in statement.reverse:
            database.session.execute(sql.text())
    back = make_plan(DRIVER, DRIVER.inspect(database, SCOPE), current, PlanOptions(bound="main"))
    assert back.changes == ()
    database.session.close()
