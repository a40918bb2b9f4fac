"""The states that a database went through, made again in a dev room from the files of its revisions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.engine.history.revisions import RevisionType
from atlas.engine.lint.renames import said_renames, says_renames
from atlas.engine.migrate_plan.down_sql import try_down_sql
from atlas.engine.restrict import restrict
from atlas.engine.rooms.replay import (
    down_statements_of,
    files_to_replay,
    replay_files,
    run_statement,
    statements_of,
    text_of_files,
)
from atlas.errors import HistoryError
from atlas.schema import flatten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.directory import Directory, MigrationFile
    from atlas.engine.history.revisions import Revision
    from atlas.engine.scan import Statement
    from atlas.engine.schema_ports import DevDatabase, DevRoom, SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.schema import Key, Realm

_Renames = tuple[tuple["Key", "Key"], ...]


@dataclass(frozen=True, slots=True)
class History:
    """What the files of a target's revisions make.

    Attributes:
        states: By version, '' for the state before the first one.
        known: Objects that are in one of the states: others were not made by the files.
        undone: By version, pairs of keys that going back from it renames.
        ways_back: By version, the statements of its file that take it back, where it has some.
    """

    states: dict[str, Realm] = field(default_factory=dict)
    known: set[Key] = field(default_factory=set)
    undone: dict[str, _Renames] = field(default_factory=dict)
    ways_back: dict[str, tuple[Statement, ...]] = field(default_factory=dict)


def replay_history(
    directory: Directory,
    rows: Sequence[Revision],
    start: int,
    *,
    driver: SchemaDriver,
    dev: DevDatabase,
    scope: Scope,
) -> History:
    """The states at the rows from ``start - 1`` on; rows are ordered by version.

    Raises:
        HistoryError: A row has no file in the directory.
        DesiredStateError: A statement that the server refuses, or a ``down.sql`` that does not lead back.
    """
    history = History()
    files = [_file_of(directory, row) for row in rows]
    with dev.room(scope, replayed=_text(directory, rows, files)) as room:
        walk = _Walk(room, scope, history)
        if start == 0:
            walk.arrive("")
        for number, (row, file) in enumerate(zip(rows, files, strict=True)):
            if number >= start:
                if not row.is_partial:
                    walk.try_back(row, file, rows[number - 1].version if number else "", driver)
                walk.run_watched(row, file, is_first=number == 0)
            elif number == 0 and row.type is RevisionType.BASELINE:
                replay_files(files_to_replay(directory, row.version), room.database)
            elif number == 0 or not file.is_checkpoint:
                replay_files([file], room.database)
            if number >= start - 1:
                walk.arrive(row.version)
    return history


def _text(directory: Directory, rows: Sequence[Revision], files: Sequence[MigrationFile]) -> str:
    """What will run: of a baseline also what is before it, and the ways back that files bring."""
    is_baseline = bool(rows) and rows[0].type is RevisionType.BASELINE
    before = files_to_replay(directory, rows[0].version) if is_baseline else ()
    return text_of_files((*before, *files))


def _file_of(directory: Directory, row: Revision) -> MigrationFile:
    file = directory.file_of_version(row.version)
    if file is None:
        raise HistoryError(
            f'version "{row.version}" was applied to the database and has no file in the directory: what it did is not '
            "known. Use the directory that it was applied from"
        )
    return file


class _Walk:
    def __init__(self, room: DevRoom, scope: Scope, history: History) -> None:
        self._room = room
        self._scope = scope
        self._history = history

    def arrive(self, version: str) -> None:
        """Note the state that the room is in now."""
        state = self._inspected()
        self._history.states[version] = state
        self._history.known.update(flatten(state))

    def try_back(self, row: Revision, file: MigrationFile, before: str, driver: SchemaDriver) -> None:
        """Run a file that says how it is taken back, and take it back."""
        database = self._room.database
        if file.is_checkpoint or down_statements_of(file, database) is None:
            return
        replay_files([file], database)
        found = try_down_sql(file, database, self._history.states[before], self._inspected, driver)
        self._history.ways_back[row.version] = found or ()

    def run_watched(self, row: Revision, file: MigrationFile, *, is_first: bool) -> None:
        """Run a file that is to be undone, and note what it renames."""
        if file.is_checkpoint and not is_first:
            return
        pairs: list[tuple[Key, Key]] = []
        for statement in statements_of(file, self._room.database):
            if not says_renames(statement.text):
                run_statement(file, statement, self._room.database)
                continue
            before = self._inspected()
            run_statement(file, statement, self._room.database)
            after = self._inspected()
            self._history.known.update(flatten(before))
            pairs += said_renames(statement.text, before, after)
        self._history.undone[row.version] = _backwards(pairs)

    def _inspected(self) -> Realm:
        return restrict(self._room.inspect(), self._scope)


def _backwards(pairs: Sequence[tuple[Key, Key]]) -> _Renames:
    """From the last names to the first ones; a chain of renames is one."""
    first: dict[Key, Key] = {}
    for current, desired in pairs:
        first[desired] = first.pop(current, current)
    return tuple(first.items())
