"""``atlas migrate apply`` for a reader: lines as the run goes on, and the summary after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from atlas.cli.render.duration import duration_text, plural, tally
from atlas.engine.apply.events import (
    CheckAsked,
    ChecksDone,
    ChecksFailed,
    ChecksStarted,
    FileDone,
    FileFailed,
    FileStarted,
    RunStarted,
    StatementStarted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atlas.engine.apply.events import Event
    from atlas.engine.apply.report import AppliedFile, ApplyReport

_RULE = "  -------------------------"
_CONTINUED = "\n       "
NOTHING_PENDING = "No migration files to execute"


class ApplyText:
    """An observer that writes each event as text; ``summary`` closes the account."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def __call__(self, event: Event) -> None:
        for line in self._lines(event):
            self._write(line)

    def _lines(self, event: Event) -> Iterator[str]:
        match event:
            case RunStarted(current=current, target=target, files=files):
                start = f" from {current}" if current else ""
                yield f"Migrating to version {target}{start} ({files} migrations in total):"
            case ChecksStarted(version=version):
                yield ""
                yield f"  -- checks before migrating version {version}"
            case FileStarted(version=version):
                yield ""
                yield f"  -- migrating version {version}"
            case StatementStarted(text=text) | CheckAsked(text=text):
                yield f"    -> {text.replace(chr(10), _CONTINUED)}"
            case FileDone(seconds=seconds) | ChecksDone(seconds=seconds):
                yield (
                    "  -- not asked in a dry run: the files before it have not run"
                    if seconds is None
                    else f"  -- ok ({duration_text(seconds)})"
                )
            case FileFailed(error=error) | ChecksFailed(error=error):
                yield f"    {error.replace(chr(10), chr(10) + '    ')}"
            case _:
                assert_never(event)

    def summary(self, report: ApplyReport) -> None:
        """The lines below the rule: time, files, checks, statements."""
        failed = sum(1 for file in report.applied if file.error)
        refused = sum(1 for file in report.applied if file.error and not file.has_failed_check)
        sent = sum(len(file.statements) for file in report.applied)
        seconds = (report.ended_at - report.started_at).total_seconds()
        lines = ["", _RULE, f"  -- {duration_text(seconds)}"]
        lines.append(f"  -- {tally(len(report.applied) - failed, failed, 'migration')}")
        lines += _checks_line(report)
        if sent or refused == failed:
            lines.append(f"  -- {tally(sent - refused, refused, 'sql statement')}")
        for line in lines:
            self._write(line)


def _checks_line(report: ApplyReport) -> list[str]:
    asked = [
        check for file in report.applied for each in file.checks if each.was_asked for check in each.checks
    ]
    failed = sum(1 for check in asked if check.error)
    held = len(asked) - failed
    if not asked:
        return []
    if not failed:
        return [f"  -- {plural(held, 'check')}"]
    return [
        f"  -- {plural(held, 'check')} ok, {plural(failed, 'failure')}"
        if held
        else f"  -- {plural(failed, 'check error')}"
    ]


def report_text(report: ApplyReport) -> str:
    """The whole text of a run that is over, as ``ApplyText`` wrote it."""
    if not report.applied:
        return f"Error: {report.error}\n" if report.error else f"{NOTHING_PENDING}\n"
    lines: list[str] = []
    text = ApplyText(lines.append)
    for event in _events(report):
        text(event)
    text.summary(report)
    return "\n".join((*lines, ""))


def _events(report: ApplyReport) -> Iterator[Event]:
    yield RunStarted(report.current, report.target, len(report.pending))
    for applied in report.applied:
        file = applied.file
        yield from _check_events(applied)
        if applied.has_failed_check:
            continue
        yield FileStarted(
            file.name, file.version, applied.skipped + len(applied.statements), skipped=applied.skipped
        )
        for index, statement in enumerate(applied.statements, start=applied.skipped + 1):
            yield StatementStarted(file.version, index, statement)
        if applied.error:
            yield FileFailed(file.version, applied.error.statement, applied.error.text)
        else:
            yield FileDone(file.version, (applied.ended_at - applied.started_at).total_seconds())


def _check_events(applied: AppliedFile) -> Iterator[Event]:
    version = applied.file.version
    for each in applied.checks:
        yield ChecksStarted(version, each.name)
        for check in each.checks:
            yield CheckAsked(version, check.statement, check.error)
        if each.error:
            yield ChecksFailed(version, each.error.text)
        else:
            seconds = (each.ended_at - each.started_at).total_seconds()
            yield ChecksDone(version, seconds if each.was_asked else None)
