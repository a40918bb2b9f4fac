"""A process that dies at every single point of a run, on a fake server: nothing runs twice, nothing is lost."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from atlas.engine.apply import ApplyOptions, Interrupted, TxMode, apply_pending
from atlas.engine.history.revisions import Revision
from atlas.engine.ports import Dialect
from atlas.errors import ConnectFailed, StatementInterrupted

from tests.fakes.clock import FakeClock
from tests.fakes.database import IMPLICIT_COMMIT, TRANSACTIONAL, FakeServer, Killed
from tests.fakes.directories import directory_with

FILES = {
    "1_a.sql": "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\nCREATE TABLE b (x int);\n",
    "2_b.sql": "INSERT INTO b VALUES (3);\nCREATE TABLE c (x int);\nCREATE TABLE d (x int);\nINSERT INTO a VALUES (4);\n",
    "3_c.sql": "-- atlas:checkpoint\n\nDROP TABLE a;\n",
    "4_d.sql": "INSERT INTO d VALUES (5);\n",
}
DIRECTORY = directory_with({name: text for name, text in FILES.items() if "checkpoint" not in text})
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def run(server: FakeServer, mode: TxMode, interrupted: Interrupted = Interrupted.STOP) -> None:
    options = ApplyOptions(operator_version="test", tx_mode=mode, interrupted=interrupted, lock_timeout_s=0)
    apply_pending(DIRECTORY, server.connect(), options, clock=FakeClock())


def ends_at(server: FakeServer, count: int, end: BaseException) -> None:
    """Let the process (or its connection) end at the point of this number."""
    left = iter(range(count))

    def point(_line: str) -> None:
        if next(left, None) is None:
            raise end

    server.point = point


def continued(server: FakeServer, mode: TxMode) -> int:
    """Run to the end as a person would, who looks into the database; how often they had to."""
    server.point = lambda _line: None
    for looks in range(3):
        try:
            run(server, mode)
        except StatementInterrupted:
            (row,) = [row for row in server.state.revisions["public"].values() if row.is_interrupted]
            took_effect = has_run(server, row.error_stmt)
            run(server, mode, Interrupted.APPLIED if took_effect else Interrupted.RERUN)
        else:
            return looks
    raise AssertionError("it does not come to an end")


def has_run(server: FakeServer, statement: str) -> bool:
    words = statement.replace("(", " ").replace(")", " ").split()
    rows = server.state.tables.get(words[2])
    return rows is not None if words[0] == "CREATE" else words[4] in rows


def outcome(server: FakeServer) -> tuple[dict[str, list[str]], list[Revision]]:
    rows = server.state.revisions["public"].values()
    return server.state.tables, [replace(row, executed_at=EPOCH) for row in rows]


@pytest.mark.parametrize("end", [Killed(), ConnectFailed("connection lost")], ids=["killed", "disconnected"])
@pytest.mark.parametrize("mode", TxMode)
@pytest.mark.parametrize(
    "dialect", [TRANSACTIONAL, IMPLICIT_COMMIT], ids=["transactional", "implicit-commit"]
)
def test_a_run_that_ends_anywhere_can_be_continued(dialect: Dialect, mode: TxMode, end: BaseException):
    whole = FakeServer(dialect)
    run(whole, mode)
    for count in range(len(whole.trace)):
        server = FakeServer(dialect)
        ends_at(server, count, end)
        try:
            run(server, mode)
        except Killed:
            assert end.__class__ is Killed
        continued(server, mode)
        assert outcome(server) == outcome(whole), f"ended at {count}: {whole.trace[count]}"
        assert not server.locks


@pytest.mark.parametrize("mode", TxMode)
def test_one_that_ends_twice_can_be_continued(mode: TxMode):
    whole = FakeServer(IMPLICIT_COMMIT)
    run(whole, mode)
    for first in range(0, len(whole.trace), 3):
        for second in range(0, len(whole.trace) - first, 2):
            server = FakeServer(IMPLICIT_COMMIT)
            for count in (first, second):
                ends_at(server, count, Killed())
                with suppress(Killed, StatementInterrupted):
                    run(server, mode)
            continued(server, mode)
            assert outcome(server) == outcome(whole), f"ended at {first}, then {second}"


def test_transactions_leave_nothing_to_look_at():
    whole = FakeServer(TRANSACTIONAL)
    run(whole, TxMode.FILE)
    for count in range(len(whole.trace)):
        server = FakeServer(TRANSACTIONAL)
        ends_at(server, count, Killed())
        with pytest.raises(Killed):
            run(server, TxMode.FILE)
        assert continued(server, TxMode.FILE) == 0
