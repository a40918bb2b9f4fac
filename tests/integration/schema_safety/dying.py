"""Runs of a plan that are killed, one after another, as SIGKILL does: each dies by its own hand, STEP statements later.

``python -m tests.integration.schema_safety.dying URL DEV TX_MODE POLICY POINT STEP FILE QUERY``: POINT is ``before`` or
``after`` the N-th statement that is sent to the target while the plan runs, ``in`` means while the server works on it.
After each death the answer to QUERY is printed as a line of JSON; the last line is how the last run ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from itertools import count
from pathlib import Path

from atlas.engine.apply import TxMode
from atlas.engine.plan import DiffPolicy, PlannedStatement
from atlas.engine.ports import Database
from atlas.errors import Drifted

from tests.integration.schema_safety.stage import Stage

CAREFUL = DiffPolicy(concurrent_index_create=True, concurrent_index_drop=True, online=True)
_A_MOMENT_S = 0.005


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Death:
    """Waits for its statement."""

    def __init__(self, point: str, number: int) -> None:
        self._point, self._number = point, number
        self._seen = -1

    def planned(self, database: Database) -> None:
        run = database.session.execute

        def execute(statement: str) -> None:
            run(statement)
            if self._point == "after" and self._seen == self._number and statement == self._text:
                die()

        database.session.execute = execute  # type: ignore[method-assign]

    def observe(self, statement: PlannedStatement) -> None:
        self._seen += 1
        self._text = statement.text()
        if self._seen != self._number:
            return
        if self._point == "before":
            die()
        if self._point == "in":
            threading.Timer(_A_MOMENT_S, die).start()


def one_run(stage: Stage, tx_mode: str, policy: str, death: Death, text: str) -> str:
    try:
        report = stage.apply(
            text,
            tx_mode=TxMode(tx_mode),
            policy=CAREFUL if policy == "careful" else None,
            observe=death.observe,
            planned=death.planned,
        )
    except Drifted:  # the server ended the statement of a dead client after this plan was made
        return one_run(stage, tx_mode, policy, death, text)
    return "complete" if report.error is None else f"failed {report.error}"


def main(*words: str) -> None:
    url, dev, tx_mode, policy, point, step, path, query = words
    stage, text = Stage(url, dev), Path(path).read_text()
    for number in count(step=int(step)):
        child = os.fork()
        if child == 0:
            end = one_run(stage, tx_mode, policy, Death(point, number), text)
            os.write(1, f"{end}\n".encode())
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            return
        rows = [[str(value) for value in row] for row in stage.rows(query)]
        os.write(1, f"{json.dumps(rows)}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
