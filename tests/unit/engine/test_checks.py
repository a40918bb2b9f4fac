"""Checks before a file: what they stop, what is told of them, and when they are asked again."""

from __future__ import annotations

from contextlib import suppress

import pytest
from atlas.engine.apply import ApplyReport, Interrupted, TxMode
from atlas.engine.database_url import parse_database_url
from atlas.engine.deployment import Deployment, deployment_report
from atlas.engine.ports import Dialect
from atlas.errors import CheckFailed, ConnectFailed, StatementInterrupted

from tests.fakes.database import IMPLICIT_COMMIT, TRANSACTIONAL, FakeServer, Killed
from tests.unit.engine.applying import apply, rows, sent

BOTH = pytest.mark.parametrize(
    "dialect", [TRANSACTIONAL, IMPLICIT_COMMIT], ids=["transactional", "implicit-commit"]
)
FIRST = {"1_a.sql": "CREATE TABLE a (x int);\n"}
ROWS = {"1_a.sql": "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\n"}


def checked(
    checks: str, migration: str = "CREATE TABLE b (x int);\nINSERT INTO b VALUES (1);\n"
) -> dict[str, str]:
    return {"2_b.sql": f"-- atlas:txtar\n\n{checks}-- migration.sql --\n{migration}"}


EMPTY = checked("-- checks.sql --\nSELECT EMPTY(a);\n")


def told(report: ApplyReport) -> list[tuple[str, list[str], str]]:
    (file,) = [file for file in report.applied if file.checks]
    return [
        (each.name, [check.error for check in each.checks], each.error.text if each.error else "")
        for each in file.checks
    ]


@BOTH
@pytest.mark.parametrize("mode", TxMode)
def test_a_check_that_holds_lets_the_file_run(dialect: Dialect, mode: TxMode) -> None:
    server = FakeServer(dialect)
    report = apply(server, FIRST | EMPTY, tx_mode=mode)
    assert report.error is None
    assert server.state.tables == {"a": [], "b": ["1"]}
    assert (rows(server)["2"].applied, rows(server)["2"].total) == (2, 2)
    assert told(report) == [("checks.sql", [""], "")]


@BOTH
@pytest.mark.parametrize("mode", [TxMode.FILE, TxMode.NONE])
def test_a_check_that_does_not_hold_stops_before_the_file(dialect: Dialect, mode: TxMode) -> None:
    server = FakeServer(dialect)
    report = apply(server, ROWS | EMPTY, tx_mode=mode)
    assert isinstance(report.error, CheckFailed)
    assert (report.error.statement, report.reached) == ("SELECT EMPTY(a);", "1")
    assert server.state.tables == {"a": ["1"]}
    assert list(rows(server)) == ["1"]
    assert told(report) == [("checks.sql", ["returned false"], report.error.text)]
    assert report.applied[-1].statements == ()


def test_the_next_run_asks_again() -> None:
    server = FakeServer()
    apply(server, ROWS | EMPTY)
    server.state.tables["a"].clear()
    assert apply(server, ROWS | EMPTY).error is None
    assert list(rows(server)) == ["1", "2"]


def test_a_check_sees_what_files_before_it_did_in_the_same_transaction() -> None:
    server = FakeServer()
    report = apply(server, ROWS | EMPTY, tx_mode=TxMode.ALL)
    assert isinstance(report.error, CheckFailed)
    assert (server.state.tables, report.reached) == ({}, "")


def test_checks_are_asked_in_the_transaction_of_the_first_statement() -> None:
    server = FakeServer()
    apply(server, FIRST)
    server.trace.clear()
    apply(server, FIRST | EMPTY)
    order = [line for line in sent(server) if line == "begin" or "EMPTY" in line or "TABLE b" in line]
    assert order == ["begin", "ask SELECT EMPTY(a);", "before CREATE TABLE b (x int);"]


def test_a_statement_that_runs_alone_leaves_its_checks_outside_of_a_transaction() -> None:
    server = FakeServer(IMPLICIT_COMMIT)
    apply(server, FIRST)
    server.trace.clear()
    apply(server, FIRST | EMPTY)
    order = [line for line in sent(server) if line == "begin" or "EMPTY" in line or "row 2 0/2" in line]
    assert order[:2] == ["ask SELECT EMPTY(a);", "before row 2 0/2 'CREATE TABLE b (x int);' ''"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("FALSE", "returned false"),
        ("NULL", "returned NULL"),
        ("NO_ROW", "returned no row"),
        ("SEVERAL", "returned more than one value"),
        ("OTHER", "returned a value that is neither true nor false"),
        ("NONSENSE", "syntax error"),
    ],
)
def test_all_checks_of_a_section_are_told_and_the_next_section_is_not_asked(answer: str, error: str) -> None:
    checks = f"-- checks/1.sql --\nSELECT TRUE;\nSELECT {answer};\nSELECT FALSE;\n-- checks/2.sql --\nSELECT TRUE;\n"
    server = FakeServer()
    report = apply(server, checked(checks))
    [(name, errors, text)] = told(report)
    assert (name, errors) == ("checks/1.sql", ["", error, "returned false"])
    assert text == (
        f'2 of 3 checks failed (all have to be true): "SELECT {answer};": {error}; "SELECT FALSE;": returned false'
    )
    assert str(report.error) == (
        f'checks before version "2" did not hold (checks/1.sql of file "2_b.sql"): {text}; nothing of the file was run. '
        "Make them true and run again, or change the file where the check is wrong"
    )


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        (("FALSE", "TRUE"), ["", ""]),
        (("FALSE", "NULL"), ["returned false", "returned NULL"]),
        (("TRUE", "NONSENSE"), ["", "syntax error"]),
    ],
)
def test_one_true_check_is_enough_where_the_section_says_so_unless_one_cannot_be_asked(
    answers: tuple[str, str], errors: list[str]
) -> None:
    questions = "".join(f"SELECT {answer};\n" for answer in answers)
    report = apply(FakeServer(), checked(f"-- checks.sql --\n-- atlas:assert oneof\n\n{questions}"))
    [(_, found, _)] = told(report)
    assert found == errors
    assert (report.error is None) == (not any(errors))


def test_a_wrong_check_of_a_later_file_is_told_before_the_first_file_runs() -> None:
    server = FakeServer()
    with pytest.raises(Exception, match="no query"):
        apply(server, FIRST | checked("-- checks.sql --\nDELETE FROM a;\n"))
    assert server.state.tables == {}


def test_a_dry_run_shows_checks_of_later_files_and_asks_none_of_them() -> None:
    server = FakeServer()
    report = apply(server, ROWS | EMPTY, dry_run=True)
    (section,) = report.applied[-1].checks
    assert (section.was_asked, [check.statement for check in section.checks]) == (False, ["SELECT EMPTY(a);"])
    assert (report.error, sent(server)) == (None, [])


@BOTH
def test_a_dry_run_asks_the_checks_of_its_first_file_and_ends_where_they_fail(dialect: Dialect) -> None:
    server = FakeServer(dialect)
    apply(server, ROWS)
    before = rows(server)
    report = apply(server, ROWS | EMPTY | {"3_c.sql": "CREATE TABLE c (x int);\n"}, dry_run=True)
    assert isinstance(report.error, CheckFailed)
    assert told(report) == [("checks.sql", ["returned false"], report.error.text)]
    assert [(file.file.version, file.statements) for file in report.applied] == [("2", ())]
    assert (report.reached, len(report.pending)) == ("1", 2)
    assert (server.state.tables, rows(server)) == ({"a": ["1"]}, before)


def test_a_dry_run_whose_first_checks_hold_tells_every_file() -> None:
    server = FakeServer()
    apply(server, FIRST)
    report = apply(server, FIRST | EMPTY | {"3_c.sql": "CREATE TABLE c (x int);\n"}, dry_run=True)
    assert report.error is None
    assert [file.file.version for file in report.applied] == ["2", "3"]
    assert report.applied[0].checks[0].was_asked
    assert list(rows(server)) == ["1"]


def test_secrets_are_masked_in_what_is_told_of_checks() -> None:
    report = apply(FakeServer(), checked("-- checks.sql --\nSELECT 's3cret-word';\n"))
    assert "s3cret-word" not in str(report.error)
    assert "s3cret-word" not in str(told(report))


def test_the_registry_is_told_what_was_asked() -> None:
    report = apply(FakeServer(), ROWS | EMPTY)
    deployment = Deployment(
        project="p",
        env="e",
        directory="d",
        tag="",
        target_id="",
        url=parse_database_url("sqlite://app.db"),
        version="test",
    )
    first, second = deployment_report(report, deployment)["files"]
    assert (first["checks"], first["applied"], second["applied"]) == ([], 2, 0)
    [section] = second["checks"]
    assert (section["name"], section["error"]) == ("checks.sql", second["error"])
    assert section["checks"] == [{"stmt": "SELECT EMPTY(a);", "error": "returned false"}]
    assert section["start"].endswith("Z")
    assert section["end"].endswith("Z")
    held = deployment_report(apply(FakeServer(), FIRST | EMPTY), deployment)["files"][1]["checks"]
    assert held[0]["checks"] == [{"stmt": "SELECT EMPTY(a);", "error": None}]


@BOTH
@pytest.mark.parametrize("mode", TxMode)
@pytest.mark.parametrize("end", [Killed(), ConnectFailed("connection lost")], ids=["killed", "disconnected"])
def test_a_file_that_was_begun_is_not_asked_again(dialect: Dialect, mode: TxMode, end: BaseException) -> None:
    # The file takes away what its check asks for, so asking once more would stop it for ever.
    files = FIRST | checked(
        "-- checks.sql --\nSELECT EMPTY(a);\n", "DROP TABLE a;\nCREATE TABLE c (x int);\n"
    )
    whole = FakeServer(dialect)
    apply(whole, files, tx_mode=mode)
    for count in range(len(whole.trace)):
        server = FakeServer(dialect)
        left = iter(range(count))

        def point(_line: str, left: object = left) -> None:
            if next(left, None) is None:  # type: ignore[call-overload]  # an iterator
                raise end

        server.point = point
        with suppress(Killed, ConnectFailed):
            apply(server, files, tx_mode=mode)
        server.point = lambda _line: None
        finished(server, files, mode)
        assert list(server.state.tables) == ["c"], f"ended at {whole.trace[count]}"


def finished(server: FakeServer, files: dict[str, str], mode: TxMode) -> None:
    """Run to the end as a person would, who looks into the database."""
    try:
        report = apply(server, files, tx_mode=mode, lock_timeout_s=0)
    except StatementInterrupted:
        (row,) = [row for row in rows(server).values() if row.is_interrupted]
        word, _, table = row.error_stmt.removesuffix(";").partition(" TABLE ")
        took_effect = (word == "CREATE") == (table.split(" ")[0] in server.state.tables)
        found = Interrupted.APPLIED if took_effect else Interrupted.RERUN
        report = apply(server, files, tx_mode=mode, interrupted=found)
        if report.error is None and list(server.state.tables) != ["c"]:
            finished(server, files, mode)
    assert report.error is None
