"""The process that is killed: applies the directory and says on its standard output how far it is.

``python -m tests.integration.kill.child SERVER URL MODE INTERRUPTED DEATH`` where DEATH is ``none``,
``statement:N`` (die by the own hand after the N-th statement, before its row is written) or ``row:N`` (after
the N-th row is written, before anything follows).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from itertools import count

from atlas.drivers import open_driver
from atlas.engine.apply import ApplyOptions, Event, Interrupted, StatementStarted, TxMode, apply_pending
from atlas.engine.database_url import DatabaseURL, parse_database_url
from atlas.engine.history.revisions import Revision
from atlas.engine.ports import Database, Dialect, RevisionStore, Session
from atlas.errors import StatementInterrupted
from atlas.wiring import SystemClock

from tests.integration.kill.script import directory_for, number_of


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


class Death:
    """Ends this process at the chosen point, as SIGKILL does: no handler, no ``finally``."""

    def __init__(self, text: str) -> None:
        self._point, _, number = text.partition(":")
        self._at = int(number or 0)
        self._seen = {"statement": count(1), "row": count(1)}

    def reached(self, point: str) -> None:
        if next(self._seen[point]) == self._at and point == self._point:
            os.kill(os.getpid(), signal.SIGKILL)


class WatchedSession:
    def __init__(self, inner: Session, death: Death) -> None:
        self._inner = inner
        self._death = death
        self.begin, self.commit, self.rollback = inner.begin, inner.commit, inner.rollback
        self.cancel, self.close = inner.cancel, inner.close

    def execute(self, statement: str) -> None:
        self._inner.execute(statement)
        say("ended")
        self._death.reached("statement")


class WatchedRevisions:
    def __init__(self, inner: RevisionStore, death: Death) -> None:
        self._inner = inner
        self._death = death
        self.ensure, self.read, self.target_id = inner.ensure, inner.read, inner.target_id
        self.delete: Callable[[Sequence[str]], None] = inner.delete

    def write(self, revision: Revision) -> None:
        self._inner.write(revision)
        self._death.reached("row")


class WatchedDatabase:
    """The real database with a death at hand."""

    def __init__(self, inner: Database, death: Death) -> None:
        self._inner = inner
        self._death = death
        self._session = WatchedSession(inner.session, death)
        self.try_lock, self.holds_lock, self.unlock = inner.try_lock, inner.holds_lock, inner.unlock
        self.dirt, self.ask = inner.dirt, inner.ask

    @property
    def url(self) -> DatabaseURL:
        return self._inner.url

    @property
    def dialect(self) -> Dialect:
        return self._inner.dialect

    @property
    def session(self) -> WatchedSession:
        return self._session

    def revisions(self, schema: str | None) -> WatchedRevisions:
        return WatchedRevisions(self._inner.revisions(schema), self._death)


def observe(event: Event) -> None:
    if isinstance(event, StatementStarted):
        say(f"started {number_of(event.text)}")


def main(server: str, url: str, mode: str, interrupted: str, death: str) -> None:
    options = ApplyOptions(
        operator_version="Atlas CLI test", tx_mode=TxMode(mode), interrupted=Interrupted(interrupted)
    )
    database = WatchedDatabase(open_driver(parse_database_url(url)), Death(death))
    say("opened")
    try:
        report = apply_pending(directory_for(server), database, options, clock=SystemClock(), observe=observe)
    except StatementInterrupted:
        say("interrupted")
    else:
        say("complete" if report.error is None else f"failed {report.error}")


if __name__ == "__main__":
    main(*sys.argv[1:])
