"""The text of planned files: what is written is cut again into what was planned."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from atlas.engine.directory import MigrationFile, directory_of
from atlas.engine.migrate_plan import migration_file, migration_text, version_after
from atlas.engine.migrate_plan.file_text import with_directive
from atlas.engine.plan import PlannedStatement, SqlText
from atlas.engine.scan import MYSQL, POSTGRES, SQLITE
from atlas.errors import DirectoryError

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def planned(*texts: str, comment: str = "", in_transaction: bool = True) -> tuple[PlannedStatement, ...]:
    return tuple(
        PlannedStatement(sql=SqlText(text), comment=comment, in_transaction=in_transaction) for text in texts
    )


def test_comments_begin_with_a_capital() -> None:
    assert migration_text(planned("DROP TABLE t", comment='drop "t" table'), "", SQLITE) == (
        '-- Drop "t" table\nDROP TABLE t;\n'
    )


def test_elements_are_indented_when_asked() -> None:
    table = PlannedStatement(sql=SqlText("CREATE TABLE t (", ("a int", "b int"), ")"), comment="")

    assert migration_text((table,), "", SQLITE) == "CREATE TABLE t (a int, b int);\n"
    assert migration_text((table,), "  ", SQLITE) == "CREATE TABLE t (\n  a int,\n  b int\n);\n"


@pytest.mark.parametrize(
    ("options", "body"),
    [
        (SQLITE, "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET b = 1; DELETE FROM a; END"),
        (POSTGRES, "CREATE FUNCTION f() RETURNS int AS $$ BEGIN; RETURN 1; END $$ LANGUAGE plpgsql"),
        (POSTGRES, "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END"),
        (MYSQL, "CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END"),
    ],
)
def test_bodies_that_a_scanner_knows_need_no_delimiter(options: object, body: str) -> None:
    assert migration_text(planned(body, "SELECT 1"), "", options) == f"{body};\nSELECT 1;\n"  # type: ignore[arg-type]


ODD = "CREATE PROCEDURE p() IF 1 THEN SELECT 1; SELECT 2; END IF"


def test_other_bodies_are_parted_by_a_delimiter_of_their_own() -> None:
    file = migration_file(planned(ODD, "SELECT 1"), version="1", name="a", indent="", options=MYSQL)

    assert file.text.startswith("-- atlas:delimiter \\n\\n\\n\n\n")
    assert [statement.text for statement in file.statements(MYSQL)] == [ODD, "SELECT 1"]


def test_a_delimiter_that_is_in_a_body_is_not_taken() -> None:
    body = ODD.replace("SELECT 2", "\n\n\nSELECT 2")
    file = migration_file(planned(body, "SELECT 1"), version="1", name="a", indent="", options=MYSQL)

    assert file.text.startswith("-- atlas:delimiter \\n-- end\\n\n")
    assert [statement.text for statement in file.statements(MYSQL)] == [body, "SELECT 1"]


@pytest.mark.parametrize("body", ["CREATE INDEX CONCURRENTLY i ON t (a)", ODD])
def test_what_cannot_run_in_a_transaction_makes_a_file_without_one(body: str) -> None:
    file = migration_file(planned(body, in_transaction=False), version="1", name="", indent="", options=MYSQL)

    assert file.name == "1.sql"
    assert file.tx_mode("file") == "none"
    assert [statement.text.removesuffix(";") for statement in file.statements(MYSQL)] == [body]


def test_a_directive_stands_behind_the_delimiter_which_must_be_first() -> None:
    file = migration_file(planned(ODD), version="1", name="", indent="", options=MYSQL)
    marked = with_directive(file, "checkpoint", "v1")

    assert marked.text.startswith("-- atlas:delimiter \\n\\n\\n\n-- atlas:checkpoint v1\n")
    assert marked.checkpoint_tag == "v1"
    assert [statement.text for statement in marked.statements(MYSQL)] == [ODD]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), "20260102030405"),
        (("1_a.sql",), "20260102030405"),
        (("20260102030405_a.sql",), "20260102030406"),
        (("20270101000000_a.sql",), "20270101000001"),
        (("2_b.sql",), "3"),
        (("0099_b.sql",), "20260102030405"),
    ],
)
def test_a_new_file_comes_last(names: tuple[str, ...], expected: str) -> None:
    directory = directory_of([MigrationFile(name, b"") for name in names])

    assert version_after(directory, NOW, "x") == expected


@pytest.mark.parametrize("name", ["9_b.sql", "zz_b.sql"])
def test_where_it_cannot_nothing_is_guessed(name: str) -> None:
    with pytest.raises(DirectoryError, match=f'would run before "{name}"'):
        version_after(directory_of([MigrationFile(name, b"")]), NOW, "x")
