"""Applies one file of one endless statement: ``python -m tests.integration.kill.slow_child URL MODE STATEMENT``."""

from __future__ import annotations

import os
import sys

from atlas.drivers import open_driver
from atlas.engine.apply import ApplyOptions, Event, StatementStarted, TxMode, apply_pending
from atlas.engine.database_url import parse_database_url
from atlas.errors import AtlasError
from atlas.wiring import SystemClock

from tests.fakes.directories import directory_with


def observe(event: Event) -> None:
    if isinstance(event, StatementStarted):
        os.write(1, f"started {event.index}\n".encode())


def main(url: str, mode: str, statement: str) -> None:
    directory = directory_with({"1.sql": f"CREATE TABLE t (x int);\n{statement};\n"})
    options = ApplyOptions(operator_version="test", tx_mode=TxMode(mode))
    try:
        report = apply_pending(
            directory, open_driver(parse_database_url(url)), options, clock=SystemClock(), observe=observe
        )
    except (AtlasError, KeyboardInterrupt) as error:
        os.write(1, f"{type(error).__name__}\n".encode())
    else:
        os.write(1, f"{type(report.error).__name__}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
