"""Runs that end early: by a refusal, a lost connection, a request to stop; and how the next run goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.engine.apply import (
    ApplyOptions,
    Interrupted,
    TxMode,
    apply_pending,
)
from atlas.errors import (
    ConnectFailed,
    HistoryChanged,
    StatementInterrupted,
    Stopped,
)

from tests.fakes.clock import FakeClock
from tests.fakes.database import FakeServer
from tests.fakes.directories import directory_with
from tests.unit.engine.applying import BROKEN, CREATE, FILES, apply, rows


def breaks_at(server: FakeServer, start: str) -> None:
    """Lose the connection at this point."""

    def point(line: str) -> None:
        if line.startswith(start):
            raise ConnectFailed("connection lost")

    server.point = point


def interrupted_server() -> FakeServer:
    server = FakeServer()
    breaks_at(server, "after INSERT INTO a VALUES (1)")
    apply(server, tx_mode=TxMode.NONE)
    server.point = lambda _line: None
    server.trace.clear()
    return server


def stop_after(calls: int):
    asked = iter(range(1000))
    return lambda: next(asked) >= calls


def test_a_fixed_file_goes_on_where_it_failed():
    server = FakeServer()
    apply(server, BROKEN, tx_mode=TxMode.NONE)
    fixed = {
        "1_a.sql": BROKEN["1_a.sql"].replace(
            "NONSENSE;", "INSERT INTO a VALUES (2);\nINSERT INTO a VALUES (3);"
        )
    }
    report = apply(server, fixed, tx_mode=TxMode.NONE)
    assert (report.applied[0].skipped, len(report.applied[0].statements)) == (2, 2)
    assert server.state.tables == {"a": ["1", "2", "3"]}
    assert (rows(server)["1"].applied, rows(server)["1"].total, rows(server)["1"].error) == (4, 4, "")


def test_a_setting_that_is_refused_decides_nothing_of_an_interrupted_statement():
    server = interrupted_server()
    server.dialect = replace(server.dialect, settings_of=lambda _ran: ("NONSENSE",))
    before = rows(server)["1"]
    assert before.is_interrupted
    report = apply(server, tx_mode=TxMode.NONE, interrupted=Interrupted.RERUN)
    assert "NONSENSE" in str(report.error)
    assert rows(server)["1"] == before
    with pytest.raises(StatementInterrupted):
        apply(server, tx_mode=TxMode.NONE)


def test_an_edited_applied_statement_is_named():
    server = FakeServer()
    apply(server, BROKEN, tx_mode=TxMode.NONE)
    edited = {"1_a.sql": BROKEN["1_a.sql"].replace("VALUES (1)", "VALUES (7)")}
    with pytest.raises(
        HistoryChanged, match=r'^sql/migrate: history changed: statement 2 from file "1_a.sql" changed$'
    ):
        apply(server, edited, tx_mode=TxMode.NONE)


def test_a_removed_applied_statement_is_named():
    server = FakeServer()
    apply(server, BROKEN, tx_mode=TxMode.NONE)
    with pytest.raises(HistoryChanged, match=r"statement 2 from file"):
        apply(server, {"1_a.sql": CREATE})


def test_a_row_of_the_go_tools_killed_in_the_middle_is_resumed():
    server = FakeServer()
    apply(server, BROKEN, tx_mode=TxMode.NONE)
    rows(server)["1"] = replace(rows(server)["1"], error="", error_stmt="")
    apply(server, {"1_a.sql": BROKEN["1_a.sql"].replace("NONSENSE;", "INSERT INTO a VALUES (2);")})
    assert server.state.tables == {"a": ["1", "2"]}


def test_a_lost_connection_claims_nothing():
    server = FakeServer()
    breaks_at(server, "after INSERT INTO a VALUES (1)")
    report = apply(server, tx_mode=TxMode.NONE)
    row = rows(server)["1"]
    assert isinstance(report.error, ConnectFailed)
    assert (row.applied, row.error, row.error_stmt) == (1, "", "INSERT INTO a VALUES (1);")
    assert row.is_interrupted


def test_an_interrupted_statement_stops_the_next_run_before_anything():
    server = interrupted_server()
    with pytest.raises(StatementInterrupted) as stopped:
        apply(server)
    message = str(stopped.value)
    assert 'statement 2 of version "1"' in message
    assert "INSERT INTO a VALUES (1);" in message
    assert "atlas migrate apply … --interrupted applied" in message
    assert "--interrupted rerun" in message
    assert server.trace == []


def test_an_interrupted_statement_that_took_effect_is_recorded():
    server = interrupted_server()
    report = apply(server, interrupted=Interrupted.APPLIED)
    assert (report.error, server.state.tables) == (None, {"a": ["1", "2"]})
    assert not rows(server)["1"].is_partial


def test_an_interrupted_statement_that_did_not_is_run():
    server = interrupted_server()
    server.state.tables["a"].clear()
    report = apply(server, tx_mode=TxMode.NONE, interrupted=Interrupted.RERUN)
    assert (report.error, server.state.tables) == (None, {"a": ["1", "2"]})


def test_an_edited_statement_that_is_rerun_is_announced_as_it_is_now():
    server = interrupted_server()
    breaks_at(server, "after INSERT INTO a VALUES (9)")
    edited = FILES | {"1_a.sql": f"{CREATE}\nINSERT INTO a VALUES (9);\n"}
    apply(server, edited, tx_mode=TxMode.NONE, interrupted=Interrupted.RERUN)
    assert rows(server)["1"].error_stmt == "INSERT INTO a VALUES (9);"
    assert rows(server)["1"].is_interrupted


def test_an_interrupted_statement_that_was_edited_is_not_taken_for_the_one_that_ran():
    server = interrupted_server()
    edited = FILES | {"1_a.sql": f"{CREATE}\nINSERT INTO a VALUES (9);\n"}
    with pytest.raises(HistoryChanged, match=r"statement 2 from file"):
        apply(server, edited, interrupted=Interrupted.APPLIED)


def test_an_interrupted_statement_is_known_by_its_file_where_it_would_be_masked_otherwise_now():
    server = interrupted_server()
    known = rows(server)
    known["1"] = replace(known["1"], error_stmt="INSERT INTO a VALUES (xxxxx);")
    report = apply(server, interrupted=Interrupted.APPLIED)
    assert (report.error, server.state.tables) == (None, {"a": ["1", "2"]})


@pytest.mark.parametrize("calls", [0, 1, 2])
def test_a_stopped_file_in_a_transaction_leaves_nothing_of_itself(calls: int):
    server = FakeServer()
    report = apply_pending(
        directory_with(FILES),
        server.connect(),
        ApplyOptions(operator_version="test"),
        clock=FakeClock(),
        should_stop=stop_after(calls),
    )
    assert isinstance(report.error, Stopped)
    assert server.state.tables == ({"a": ["1"]} if calls == 2 else {})


def test_a_stopped_file_outside_a_transaction_announces_nothing():
    server = FakeServer()
    report = apply_pending(
        directory_with(FILES),
        server.connect(),
        ApplyOptions(operator_version="test", tx_mode=TxMode.NONE),
        clock=FakeClock(),
        should_stop=stop_after(1),
    )
    assert isinstance(report.error, Stopped)
    assert (rows(server)["1"].applied, rows(server)["1"].is_interrupted) == (1, False)
    assert apply(server, tx_mode=TxMode.NONE).error is None
    assert server.state.tables == {"a": ["1", "2"]}


def test_ctrl_c_cancels_rolls_back_and_closes():
    server = FakeServer()
    database = server.connect()

    def interrupt(line: str) -> None:
        if line.startswith("before INSERT"):
            raise KeyboardInterrupt

    server.point = interrupt
    with pytest.raises(KeyboardInterrupt):
        apply_pending(
            directory_with(FILES), database, ApplyOptions(operator_version="test"), clock=FakeClock()
        )
    assert (database.session.is_cancelled, database.session.is_closed) == (True, True)
    assert (server.state.tables, server.locks) == ({}, {})
