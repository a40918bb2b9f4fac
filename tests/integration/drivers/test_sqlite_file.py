"""A SQLite file on a real disk: how it opens, what our table looks like, and foreign keys."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from atlas.drivers.sqlite.database import SqliteDatabase, open_database
from atlas.engine.apply import ApplyOptions, ApplyReport, TxMode, apply_pending
from atlas.engine.database_url import parse_database_url
from atlas.engine.history.revisions import Revision
from atlas.errors import ConnectFailed, SpecError, StatementFailed

from tests.fakes.clock import FakeClock
from tests.fakes.directories import directory_with

# As `.schema` prints it for a table that the Go tools made.
TABLE = (
    "CREATE TABLE `atlas_schema_revisions` (`version` text NOT NULL, `description` text NOT NULL, "
    "`type` integer NOT NULL DEFAULT (2), `applied` integer NOT NULL DEFAULT (0), `total` integer NOT NULL DEFAULT (0), "
    "`executed_at` datetime NOT NULL, `execution_time` integer NOT NULL, `error` text NULL, `error_stmt` text NULL, "
    "`hash` text NOT NULL, `partial_hashes` json NULL, `operator_version` text NOT NULL, PRIMARY KEY (`version`))"
)
ROW = Revision(
    version="1", description="", executed_at=datetime(2026, 1, 2, tzinfo=UTC), operator_version="test"
)


def opened(path: Path, query: str = "") -> SqliteDatabase:
    return open_database(parse_database_url(f"sqlite://{path}{query}"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def apply(path: Path, files: dict[str, str], query: str = "", **options: object) -> ApplyReport:
    database = opened(path, query)
    try:
        chosen = ApplyOptions(operator_version="test", **options)  # type: ignore[arg-type]  # options of a test
        return apply_pending(directory_with(files), database, chosen, clock=FakeClock())
    finally:
        database.session.close()


def test_a_missing_folder_is_named(tmp_path: Path):
    with pytest.raises(ConnectFailed, match=r'no such directory ".*/missing"; create it'):
        opened(tmp_path / "missing" / "test.db")


def test_a_folder_is_no_file(tmp_path: Path):
    with pytest.raises(ConnectFailed, match=r"it is a directory"):
        opened(tmp_path)


def test_another_file_is_no_database(path: Path):
    path.write_text("just a text, long enough to be looked at " * 50)
    with pytest.raises(ConnectFailed, match=r"file is not a database"):
        opened(path)


def test_a_missing_file_is_not_made_for_a_reader(path: Path):
    with pytest.raises(ConnectFailed, match=r"it does not exist"):
        opened(path, "?mode=ro")
    assert not path.exists()


def test_a_read_only_database_refuses_in_words(path: Path):
    opened(path).session.close()
    database = opened(path, "?mode=ro")
    with pytest.raises(StatementFailed, match=r"readonly database"):
        database.session.execute("CREATE TABLE t (x int)")
    database.session.close()


def test_signs_of_a_path_are_no_trap(tmp_path: Path):
    path = tmp_path / "a b&c=d.db"
    database = opened(path)
    database.session.execute("CREATE TABLE t (x int)")
    database.session.close()
    assert path.exists()


def test_the_table_is_that_of_the_go_tools(path: Path):
    database = opened(path)
    database.revisions(None).ensure()
    database.session.close()
    assert rows(path, "SELECT sql FROM sqlite_master WHERE name = 'atlas_schema_revisions'") == [(TABLE,)]


def test_a_row_is_that_of_the_go_tools(path: Path):
    apply(path, {"1_a.sql": "CREATE TABLE t (x int);\n"})
    found = rows(
        path,
        "SELECT version, description, type, applied, total, executed_at, error, error_stmt, partial_hashes FROM atlas_schema_revisions",
    )
    assert found == [("1", "a", 2, 1, 1, "2026-01-02 03:04:05+00:00", "", "", "null")]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23 02:53:44.075878108+00:00", datetime(2026, 11, 23, 2, 53, 44, 75878, UTC)),
        (
            "2026-11-23 02:53:44.07+02:00",
            datetime(2026, 11, 23, 2, 53, 44, 70000, timezone(timedelta(hours=2))),
        ),
        ("2026-11-23T02:53:44Z", datetime(2026, 11, 23, 2, 53, 44, tzinfo=UTC)),
        ("2026-11-23 02:53:44", datetime(2026, 11, 23, 2, 53, 44, tzinfo=UTC)),
    ],
)
def test_times_of_other_tools_are_read(path: Path, text: str, moment: datetime):
    database = opened(path)
    store = database.revisions(None)
    store.ensure()
    store.write(ROW)
    database.session.query("UPDATE atlas_schema_revisions SET executed_at = ?", (text,))
    assert [row.executed_at for row in store.read()] == [moment]
    database.session.close()


def test_a_fraction_is_written_without_trailing_zeros(path: Path):
    database = opened(path)
    store = database.revisions(None)
    store.ensure()
    store.write(
        Revision(
            version="1",
            description="",
            executed_at=datetime(2026, 1, 2, 3, 4, 5, 120000, UTC),
            operator_version="t",
        )
    )
    assert database.session.query("SELECT executed_at || '' FROM atlas_schema_revisions") == [
        ("2026-01-02 03:04:05.12+00:00",)
    ]
    database.session.close()


def test_columns_that_an_older_table_lacks_are_added(path: Path):
    database = opened(path)
    store = database.revisions(None)
    store.ensure()
    store.write(ROW)
    for column in ("partial_hashes", "operator_version", "type"):
        database.session.execute(f"ALTER TABLE atlas_schema_revisions DROP COLUMN {column}")
    assert [row.version for row in store.read()] == ["1"]
    store.ensure()
    store.write(ROW)
    assert store.read() == (ROW,)
    database.session.close()


def test_there_is_one_schema(path: Path):
    database = opened(path)
    assert database.revisions("main").read() == ()
    with pytest.raises(
        SpecError, match=r'^cannot store revisions-table in a separate schema \("x"\) with SQLite driver'
    ):
        database.revisions("x")
    database.session.close()


def test_several_tables_are_counted(path: Path):
    database = opened(path)
    database.session.execute("CREATE TABLE a (x integer PRIMARY KEY AUTOINCREMENT)")
    assert database.dirt(None) == 'found table "a"'
    database.session.execute("CREATE TABLE b (x int)")
    assert database.dirt(None) == "found multiple tables: 2"
    database.session.close()


PARENTS = {
    "1.sql": (
        "CREATE TABLE p (id integer PRIMARY KEY);\nCREATE TABLE c (p integer REFERENCES p (id));\n"
        "INSERT INTO p VALUES (1);\nINSERT INTO c VALUES (1);\n"
    )
}
REBUILD = "CREATE TABLE n (id integer PRIMARY KEY);\nINSERT INTO n SELECT id FROM p;\nDROP TABLE p;\nALTER TABLE n RENAME TO p;\n"


def test_a_table_that_others_refer_to_can_be_rebuilt(path: Path):
    report = apply(path, PARENTS | {"2.sql": REBUILD}, "?_fk=1")
    assert report.error is None
    assert rows(path, "SELECT p FROM c") == [(1,)]


def test_a_row_left_without_its_parent_is_refused_at_the_end(path: Path):
    report = apply(path, PARENTS | {"2.sql": "DELETE FROM p;\n"}, "?_fk=1")
    assert isinstance(report.error, StatementFailed)
    assert "sql/sqlite: foreign key mismatch: [{tbl:c ref:p row:1 index:0}]" in str(report.error)
    assert rows(path, "SELECT id FROM p") == [(1,)]
    assert rows(path, "SELECT version FROM atlas_schema_revisions") == [("1",)]


def test_a_row_that_had_no_parent_before_is_not_held_against_the_file(path: Path):
    apply(path, PARENTS | {"2.sql": "DELETE FROM p;\n"})
    report = apply(
        path, PARENTS | {"2.sql": "DELETE FROM p;\n", "3.sql": "CREATE TABLE other (x int);\n"}, "?_fk=1"
    )
    assert report.error is None


def test_foreign_keys_are_enforced_again_after_a_transaction(path: Path):
    database = opened(path, "?_fk=1")
    for end in (database.session.commit, database.session.rollback):
        database.session.begin()
        end()
        assert database.session.query("PRAGMA foreign_keys") == [(1,)]
    database.session.close()


@pytest.mark.parametrize("end", ["COMMIT;", "ROLLBACK;", "END;"])
def test_a_file_cannot_end_its_own_transaction(path: Path, end: str):
    report = apply(path, {"1.sql": f"CREATE TABLE t (x int);\n{end}\nCREATE TABLE u (x int);\n"})
    assert "transaction" in str(report.error)
    assert rows(path, "SELECT name FROM sqlite_master WHERE name IN ('t', 'u')") == []


def test_a_file_outside_of_transactions_may_have_its_own(path: Path):
    files = {"1.sql": "BEGIN;\nCREATE TABLE t (x int);\nCOMMIT;\nCREATE TABLE u (x int);\n"}
    assert apply(path, files, tx_mode=TxMode.NONE).error is None
    assert rows(path, "SELECT applied, total FROM atlas_schema_revisions") == [(4, 4)]


def test_a_transaction_that_a_file_leaves_open_is_no_success(path: Path):
    report = apply(path, {"1.sql": "BEGIN;\nCREATE TABLE t (x int);\n"}, tx_mode=TxMode.NONE)
    assert "add the COMMIT that it lacks" in str(report.error)
    assert rows(path, "SELECT name FROM sqlite_master WHERE name = 't'") == []


def test_two_statements_in_one_are_refused(path: Path):
    database = opened(path)
    with pytest.raises(StatementFailed, match=r"one statement at a time"):
        database.session.execute("CREATE TABLE a (x int); CREATE TABLE b (x int);")
    database.session.close()


def test_a_database_in_memory_works():
    database = open_database(parse_database_url("sqlite://dev?mode=memory"))
    files = {"1.sql": "CREATE TABLE t (x int);\n"}
    report = apply_pending(
        directory_with(files), database, ApplyOptions(operator_version="test"), clock=FakeClock()
    )
    assert report.error is None
    database.session.close()
