"""Waiting for a lock, with a clock that a test holds."""

from __future__ import annotations

import pytest
from atlas.engine.lock import held_lock
from atlas.errors import ConnectFailed, LockNotAcquired

from tests.fakes.clock import FakeClock
from tests.fakes.database import FakeServer, FakeSession

NAME = "atlas_migrate_execute"


def test_a_lock_is_let_go_of_after_the_block():
    server = FakeServer()
    with held_lock(server.connect(), NAME, timeout_s=0, clock=FakeClock()):
        assert NAME in server.locks
    assert not server.locks


def test_a_timeout_of_zero_tries_once():
    server, clock = FakeServer(), FakeClock()
    server.connect().try_lock(NAME)
    with (
        pytest.raises(
            LockNotAcquired, match=r"^acquiring database lock: sql/schema: lock is held by other session"
        ),
        held_lock(server.connect(), NAME, timeout_s=0, clock=clock),
    ):
        pass
    assert clock.slept == []


def test_pauses_double_up_to_a_second_and_end_with_the_timeout():
    server, clock = FakeServer(), FakeClock()
    server.connect().try_lock(NAME)
    with pytest.raises(LockNotAcquired), held_lock(server.connect(), NAME, timeout_s=4, clock=clock):
        pass
    assert clock.slept[:7] == [0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.0]
    assert sum(clock.slept) == pytest.approx(4)


def test_a_session_that_broke_does_not_hide_the_error_of_the_run():
    database = FakeServer().connect()
    with (
        pytest.raises(ConnectFailed, match=r"of the run"),
        held_lock(database, NAME, timeout_s=0, clock=FakeClock()),
    ):
        end(database.session)


def end(session: FakeSession) -> None:
    session.close()
    raise ConnectFailed("the error of the run")
