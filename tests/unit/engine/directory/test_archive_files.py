"""Migration files with sections: what runs, what is asked before, and what is refused."""

from __future__ import annotations

import pytest
from atlas.engine.directory import Checks, MigrationFile, compute_sum, directory_of
from atlas.engine.scan import POSTGRES
from atlas.errors import DirectoryError, ParseError

WHOLE = """\
-- atlas:txtar

-- checks/destructive.sql --
-- atlas:assert DS102
SELECT NOT EXISTS (SELECT 1 FROM users) AS is_empty;

-- checks/roles.sql --
-- atlas:assert oneof

-- One of the two is enough.
SELECT true;
SELECT false;

-- migration.sql --
-- drop "users" table
DROP TABLE users;
DROP TABLE roles;
-- down.sql --
CREATE TABLE users (id int);
"""


def file_of(text: str) -> MigrationFile:
    return MigrationFile("1_drop.sql", text.encode())


def texts(checks: Checks) -> list[str]:
    return [statement.text for statement in checks.statements]


def test_only_the_migration_of_a_file_with_sections_runs() -> None:
    statements = file_of(WHOLE).statements(POSTGRES)
    assert [statement.text for statement in statements] == ["DROP TABLE users;", "DROP TABLE roles;"]


def test_positions_count_from_the_start_of_the_file() -> None:
    content = WHOLE.encode()
    for statement in file_of(WHOLE).statements(POSTGRES):
        assert content[statement.position :].startswith(statement.text.encode())


def test_checks_are_asked_in_the_order_of_the_file() -> None:
    first, second = file_of(WHOLE).checks(POSTGRES)
    assert (first.name, first.needs_all) == ("checks/destructive.sql", True)
    assert texts(first) == ["SELECT NOT EXISTS (SELECT 1 FROM users) AS is_empty;"]
    assert (second.name, second.needs_all) == ("checks/roles.sql", False)
    assert texts(second) == ["SELECT true;", "SELECT false;"]


def test_what_checks_ask_about_is_known_to_lint() -> None:
    assert set(file_of(WHOLE).asserted(POSTGRES)) == {"DS102", "oneof"}


def test_the_way_back_is_a_section_of_its_own() -> None:
    (back,) = file_of(WHOLE).down_statements(POSTGRES) or ()
    assert back.text == "CREATE TABLE users (id int);"
    assert file_of("-- atlas:txtar\n\n-- migration.sql --\nSELECT 1;\n").down_statements(POSTGRES) is None


def test_a_file_of_statements_alone_has_no_checks() -> None:
    plain = file_of("-- checks.sql --\nSELECT 1;\n")
    assert [statement.text for statement in plain.statements(POSTGRES)] == ["SELECT 1;"]
    assert plain.checks(POSTGRES) == ()
    assert plain.asserted(POSTGRES) == ()


def test_directives_of_the_file_stand_at_its_head_or_in_the_migration() -> None:
    head = "-- atlas:txtar\n-- atlas:txmode none\n\n-- migration.sql --\nSELECT 1;\n"
    inside = "-- atlas:txtar\n\n-- migration.sql --\n-- atlas:txmode none\n\nSELECT 1;\n"
    of_checks = "-- atlas:txtar\n\n-- checks.sql --\n-- atlas:txmode none\n\nSELECT 1;\n-- migration.sql --\nSELECT 1;\n"
    assert [file_of(text).tx_mode("file") for text in (head, inside, of_checks)] == ["none", "none", "file"]


def test_a_section_may_have_a_delimiter_of_its_own() -> None:
    text = "-- atlas:txtar\n\n-- checks.sql --\nSELECT 1;\n-- migration.sql --\n-- atlas:delimiter //\na;b//\nc//\n"
    assert [statement.text for statement in file_of(text).statements(POSTGRES)] == ["a;b", "c"]


def test_the_sum_is_over_the_whole_file() -> None:
    changed = WHOLE.replace("DS102", "DS103")
    sums = {compute_sum(directory_of([file_of(text)])).text for text in (WHOLE, changed)}
    assert len(sums) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "-- migration.sql --\nSELECT 1;\n-- create users --\nSELECT 2;\n",
            'section "create users", which means',
        ),
        (
            "-- migration.sql --\nSELECT 1;\n-- checks/a/b.sql --\nSELECT 2;\n",
            'section "checks/a/b.sql", which means',
        ),
        ("-- migration.sql --\nSELECT 1;\n-- migration.sql --\nSELECT 2;\n", '"migration.sql" twice'),
        ("-- checks.sql --\nSELECT 1;\n", "without a section migration.sql"),
        ("", "without a section migration.sql"),
        ("DROP TABLE users;\n-- migration.sql --\nSELECT 1;\n", "text before its first section"),
    ],
)
def test_sections_that_would_not_run_are_refused(text: str, message: str) -> None:
    with pytest.raises(DirectoryError, match=message):
        file_of(f"-- atlas:txtar\n\n{text}").statements(POSTGRES)


@pytest.mark.parametrize(
    "marker", ["-- down.sql -- ", "--down.sql--", " -- down.sql --", "--  Down.SQL\t--", "-- down.sql --\t\r"]
)
def test_a_way_back_never_runs_on_the_way_for_a_line_that_begins_no_section(marker: str) -> None:
    text = WHOLE.replace("-- down.sql --", marker)
    with pytest.raises(DirectoryError, match=r"in line 18, which begins no section: expected '-- NAME --'"):
        file_of(text).statements(POSTGRES)


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace("txtar\n\n", "txtar\n"),
        WHOLE.replace("\n", "\r\n"),
        f"\ufeff{WHOLE}",
        f"\n{WHOLE}",
        f"-- a comment\n\n{WHOLE}",
        WHOLE.replace("-- atlas:txtar", "-- ATLAS:TXTAR"),
        WHOLE.replace("-- atlas:txtar", "--\tatlas:txtar"),
    ],
    ids=[
        "no blank line",
        "CRLF",
        "byte order mark",
        "blank line first",
        "behind another comment",
        "capitals",
        "tab",
    ],
)
def test_checks_never_run_as_statements_for_a_directive_that_is_not_heard(text: str) -> None:
    with pytest.raises(DirectoryError, match="'atlas:txtar' where it is not heard"):
        file_of(text).statements(POSTGRES)


@pytest.mark.parametrize(
    ("checks", "message"),
    [
        ("", "asks nothing"),
        ("-- only a comment\n", "asks nothing"),
        ("DELETE FROM users;\n", 'no query: "DELETE FROM users;"'),
        ("/*!50000 DELETE FROM users */ ;\n", "no query"),
        ("-- atlas:assert oneof\nSELECT 1;\n", "put a blank line after it"),
        ("-- atlas:delimiter //\nSELECT 1; COMMIT//\n", "several statements as one"),
        ("SELECT 1 INTO OUTFILE '/tmp/x';\n", "expected a SELECT without INTO OUTFILE"),
        ("SELECT 1 into/**/dumpfile '/tmp/x';\n", "without INTO DUMPFILE"),
        ("SELECT 1 /*!50000INTO*/ /*!OUTFILE '/tmp/x' */;\n", "without INTO OUTFILE"),
        ("SELECT 1 /*M!100100INTO OUTFILE*/ '/tmp/x';\n", "without INTO OUTFILE"),
        ("SELECT 'a', 1INTO -- why\nOUTFILE '/tmp/x';\n", "without INTO OUTFILE"),
    ],
)
def test_a_section_that_is_no_check_is_refused(checks: str, message: str) -> None:
    file = file_of(f"-- atlas:txtar\n\n-- checks.sql --\n{checks}-- migration.sql --\nSELECT 1;\n")
    with pytest.raises(DirectoryError, match=message):
        file.checks(POSTGRES)


@pytest.mark.parametrize(
    "question",
    [
        "(SELECT 1);",
        "with a AS (SELECT 1) SELECT 1;",
        "/* why */ select 1;",
        "TABLE t;",
        "VALUES (1);",
        "SELECT outfile IS NULL FROM into_outfile;",
    ],
)
def test_every_form_of_a_query_may_be_asked(question: str) -> None:
    file = file_of(f"-- atlas:txtar\n\n-- checks.sql --\n{question}\n-- migration.sql --\nSELECT 1;\n")
    assert [texts(checks) for checks in file.checks(POSTGRES)] == [[question.removeprefix("/* why */ ")]]


def test_a_section_that_does_not_parse_is_named() -> None:
    file = file_of("-- atlas:txtar\n\n-- checks.sql --\nSELECT ';\n-- migration.sql --\nSELECT 1;\n")
    with pytest.raises(ParseError, match=r"^checks\.sql: 1:8: unclosed quote"):
        file.checks(POSTGRES)
