"""A dry run: the same events and the same report as a run, and nothing sent or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.apply.events import (
    CheckAsked,
    ChecksDone,
    ChecksStarted,
    FileDone,
    FileStarted,
    StatementStarted,
)
from atlas.engine.apply.report import AppliedFile, AskedCheck, AskedChecks

if TYPE_CHECKING:
    from atlas.engine.apply.events import Observer
    from atlas.engine.apply.script import Script
    from atlas.engine.ports import Clock


def rehearse(script: Script, clock: Clock, observe: Observer) -> AppliedFile:
    """Tell what running this file would ask and send."""
    version = script.file.version
    started_at = clock.now()
    checks = tuple(
        AskedChecks(
            name=each.name,
            checks=tuple(AskedCheck(script.mask(statement.text)) for statement in each.statements),
            started_at=started_at,
            ended_at=started_at,
            was_asked=False,
        )
        for each in script.checks
    )
    for each in checks:
        observe(ChecksStarted(version, each.name))
        for check in each.checks:
            observe(CheckAsked(version, check.statement))
        observe(ChecksDone(version, None))
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
