"""The new files of a directory, run in a dev room one statement at a time and looked at in between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.diff import diff
from atlas.engine.lint.check_edits import with_check_edits
from atlas.engine.lint.file import LintFile, LintStatement
from atlas.engine.lint.findings import FileReport
from atlas.engine.lint.rebuild import folded
from atlas.engine.lint.renames import said_renames
from atlas.engine.lint.run import analyze
from atlas.engine.restrict import restrict
from atlas.engine.rooms.replay import (
    ask_checks,
    files_to_replay,
    replay_files,
    run_statement,
    statements_of,
    text_of_files,
)
from atlas.errors import DesiredStateError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from atlas.engine.directory import Directory, MigrationFile
    from atlas.engine.lint.analyzer import Analyzer
    from atlas.engine.lint.policy import LintPolicy
    from atlas.engine.ports import Clock
    from atlas.engine.scan import Statement
    from atlas.engine.schema_ports import DevDatabase, DevRoom, SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.schema import Change, Realm

LARGE_FIRST_FILE = 10
"""The first file of a directory makes everything there is: beyond so many statements it is looked at as a whole."""
_ROWS_ONLY = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFiles:
    """What is to be looked at.

    Attributes:
        files: In the order of the directory, which they end.
        out_of_order: Names of those that were added before files that were there.
        doubts: What else is not as in the base, which is not looked at; for a person.
    """

    files: tuple[MigrationFile, ...]
    out_of_order: frozenset[str] = frozenset()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryReport:
    """What was found.

    Attributes:
        base: The version before the first new file, '' when there is none.
        current, desired: The states before the new files and after them; None where they could not be run.
        error: Why the files could not be run to their end, '' when they could.
        seconds: What it took; ``file_seconds`` by file.
        doubts: Those of the new files.
    """

    base: str
    files: tuple[FileReport, ...]
    current: Realm | None = None
    desired: Realm | None = None
    error: str = ""
    seconds: float = 0.0
    file_seconds: tuple[float, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether the command fails."""
        return bool(self.error) or any(file.is_error for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Laboratory:
    """What lint runs files with."""

    driver: SchemaDriver
    dev: DevDatabase
    scope: Scope
    analyzers: tuple[Analyzer, ...]
    policy: LintPolicy


def latest_files(directory: Directory, count: int) -> NewFiles:
    """The last ``count`` files."""
    return NewFiles(files=directory.files[-count:] if count > 0 else ())


def added_files(directory: Directory, added: Collection[str], doubts: tuple[str, ...] = ()) -> NewFiles:
    """The first of the files that were added, and all behind it: they run after it from now on."""
    names = [file.name for file in directory.files]
    start = next((index for index, name in enumerate(names) if name in added), len(names))
    behind = [name for name in names[start:] if name not in added]
    last_known = behind[-1] if behind else ""
    early = frozenset(name for name in names[start:] if name in added and name < last_known)
    return NewFiles(files=directory.files[start:], out_of_order=early, doubts=doubts)


def lint_directory(directory: Directory, new: NewFiles, lab: Laboratory, *, clock: Clock) -> DirectoryReport:
    """Replay what is not new, then run the new files and look at each statement.

    Raises:
        PlanError, TargetError: The dev database cannot be used.
    """
    names = {file.name for file in new.files}
    base = tuple(file for file in directory.files if file.name not in names)
    version = base[-1].version if base else ""
    start = clock.monotonic()
    known = files_to_replay(_part(directory, base))
    with lab.dev.room(lab.scope, replayed=text_of_files((*known, *new.files))) as room:
        try:
            replay_files(known, room.database)
        except DesiredStateError as error:
            return DirectoryReport(base=version, files=(), error=str(error), doubts=new.doubts)
        run = _Run(room, lab, new.out_of_order, clock, is_first=not base)
        for file in new.files:
            if not run.look_at(file):
                break
    return DirectoryReport(
        base=version,
        files=tuple(run.reports),
        current=run.start,
        desired=run.state,
        error=run.error,
        seconds=clock.monotonic() - start,
        file_seconds=tuple(run.seconds),
        doubts=new.doubts,
    )


def _part(directory: Directory, files: tuple[MigrationFile, ...]) -> Directory:
    return type(directory)(files, directory.sum_text)


class _Run:
    def __init__(
        self, room: DevRoom, lab: Laboratory, out_of_order: frozenset[str], clock: Clock, *, is_first: bool
    ) -> None:
        self._room = room
        self._lab = lab
        self._out_of_order = out_of_order
        self._clock = clock
        self._is_first = is_first
        self.seconds: list[float] = []
        self.start = self.state = self._inspected()
        self.reports: list[FileReport] = []
        self.error = ""

    def look_at(self, file: MigrationFile) -> bool:
        """Run and analyze one file, and note the time; False when it did not run to its end."""
        start = self._clock.monotonic()
        try:
            return self._look_at(file)
        finally:
            self.seconds.append(self._clock.monotonic() - start)

    def _look_at(self, file: MigrationFile) -> bool:
        if file.is_checkpoint and not self._is_first:
            self.reports.append(FileReport(name=file.name, text=file.text))
            return True
        try:
            statements = self._statements(file)
        except DesiredStateError as error:
            self.error = str(error)
            self.reports.append(FileReport(name=file.name, text=file.text, error=self.error))
            return False
        seen = LintFile(
            name=file.name,
            text=file.text,
            dialect=self._room.database.dialect.name,
            statements=statements,
            in_transaction=file.tx_mode("file") == "file",
            nolint=file.directives("nolint"),
            asserted=file.asserted(self._room.database.dialect.scan_options),
            out_of_order=file.name in self._out_of_order,
        )
        report = analyze(seen, self._lab.analyzers, self._lab.policy)
        if statements:
            report = with_check_edits(report, file, statements[0].before, bound=self._lab.scope.bound)
        self.reports.append(report)
        self._is_first = False
        return True

    def _statements(self, file: MigrationFile) -> tuple[LintStatement, ...]:
        database = self._room.database
        statements = statements_of(file, database)
        ask_checks(file, database)
        if self._is_first and len(statements) > LARGE_FIRST_FILE:
            return self._as_a_whole(file, statements)
        found = tuple(self._statement(file, statement) for statement in statements)
        return folded(found, self._difference) if database.dialect.name == "sqlite" else found

    def _statement(self, file: MigrationFile, statement: Statement) -> LintStatement:
        before = self.state
        run_statement(file, statement, self._room.database)
        if not _ROWS_ONLY.match(statement.text):
            self.state = self._inspected()
        return _seen(statement, before, self.state, self._changes(statement.text, before))

    def _as_a_whole(self, file: MigrationFile, statements: Sequence[Statement]) -> tuple[LintStatement, ...]:
        before = self.state
        for statement in statements:
            run_statement(file, statement, self._room.database)
        self.state = self._inspected()
        first = _seen(statements[0], before, self.state, self._difference(before, self.state))
        return (first, *(_seen(each, self.state, self.state, ()) for each in statements[1:]))

    def _changes(self, text: str, before: Realm) -> tuple[Change, ...]:
        if self.state is before:
            return ()
        renames = said_renames(text, before, self.state)
        return diff(before, self.state, differs=self._lab.driver.differs, renames=renames)

    def _difference(self, before: Realm, after: Realm) -> tuple[Change, ...]:
        return diff(before, after, differs=self._lab.driver.differs)

    def _inspected(self) -> Realm:
        return restrict(self._room.inspect(), self._lab.scope)


def _seen(statement: Statement, before: Realm, after: Realm, changes: tuple[Change, ...]) -> LintStatement:
    return LintStatement(
        text=statement.text,
        position=statement.position,
        changes=changes,
        before=before,
        after=after,
        nolint=statement.directives("nolint"),
    )
