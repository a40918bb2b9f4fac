"""A dry run: the same events and the same report as a run, and nothing sent or written but the questions of checks.

Checks of the first file are asked: the database is what they will find. Those of later files are about what the files
before them will have made, and are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.apply.checks import ChecksRun
from atlas.engine.apply.events import (
    CheckAsked,
    ChecksDone,
    ChecksStarted,
    FileDone,
    FileStarted,
    StatementStarted,
)
from atlas.engine.apply.report import AppliedFile, AskedCheck, AskedChecks
from atlas.errors import CheckFailed, StatementFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from atlas.engine.answer import Answer
    from atlas.engine.apply.events import Observer
    from atlas.engine.apply.script import Script
    from atlas.engine.ports import Clock, Database
    from atlas.errors import AtlasError

LIMIT_S = 30.0
"""For the answer to one check. A run has no limit that nobody set, but of a dry run nobody expects to hold anything up."""


def rehearse(
    scripts: Sequence[Script], ask: Callable[[str], Answer], *, clock: Clock, observe: Observer
) -> tuple[tuple[AppliedFile, ...], AtlasError | None]:
    """Tell what running these files would ask and send, up to a check that does not hold now.

    Raises:
        ConnectFailed: The connection broke.
    """
    told: list[AppliedFile] = []
    for script in scripts:
        if told:
            told.append(_told(script, _shown(script, clock, observe), clock, observe))
            continue
        checks = ChecksRun(script, ask, clock=clock, observe=observe, mask=script.mask)
        started_at = clock.now()
        try:
            checks.execute()
        except CheckFailed as failed:
            return (_refused(script, checks, started_at, clock.now()),), failed
        told.append(_told(script, tuple(checks.done), clock, observe))
    return tuple(told), None


def limited(database: Database, clock: Clock, *, limit_s: float = LIMIT_S) -> Callable[[str], Answer]:
    """Asks within ``limit_s``, where the server has limits; they are taken back after each question."""
    limits = database.dialect.timeouts(limit_s, limit_s)

    def ask(question: str) -> Answer:
        started = clock.monotonic()
        _run(database, [limit.set for limit in limits])
        try:
            answer = database.ask(question)
        except (
            StatementFailed
        ) as refused:  # after an interrupt nothing can be said to the server but to cancel
            _run(database, [limit.reset for limit in limits])
            if clock.monotonic() - started < limit_s:
                raise
            text = f"{refused.text}: in a dry run a check has {limit_s:.0f} s to answer"
            raise StatementFailed(text, statement=refused.statement, text=text) from refused
        _run(database, [limit.reset for limit in limits])
        return answer

    return ask


def _run(database: Database, statements: Sequence[str]) -> None:
    for statement in statements:
        database.session.execute(statement)


def _refused(script: Script, checks: ChecksRun, started_at: datetime, ended_at: datetime) -> AppliedFile:
    return AppliedFile(
        file=script.file,
        started_at=started_at,
        ended_at=ended_at,
        checks=tuple(checks.done),
        error=checks.done[-1].error,
    )


def _shown(script: Script, clock: Clock, observe: Observer) -> tuple[AskedChecks, ...]:
    """The checks, none of them asked."""
    now = clock.now()
    checks = tuple(
        AskedChecks(
            name=each.name,
            checks=tuple(AskedCheck(script.mask(statement.text)) for statement in each.statements),
            started_at=now,
            ended_at=now,
            was_asked=False,
        )
        for each in script.checks
    )
    for each in checks:
        observe(ChecksStarted(script.file.version, each.name))
        for check in each.checks:
            observe(CheckAsked(script.file.version, check.statement))
        observe(ChecksDone(script.file.version, None))
    return checks


def _told(script: Script, checks: tuple[AskedChecks, ...], clock: Clock, observe: Observer) -> AppliedFile:
    version, started_at = script.file.version, clock.now()
    shown = tuple(script.mask(text) for text in script.statements[script.start :])
    observe(FileStarted(script.file.name, version, script.total, script.start))
    for index, text in enumerate(shown, start=script.start + 1):
        observe(StatementStarted(version, index, text))
    ended_at = clock.now()
    observe(FileDone(version, (ended_at - started_at).total_seconds()))
    return AppliedFile(
        file=script.file,
        started_at=started_at,
        ended_at=ended_at,
        skipped=script.start,
        statements=shown,
        checks=checks,
    )
