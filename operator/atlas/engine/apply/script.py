"""A pending file made ready to run: cut into statements, checked against its row, nothing sent yet.

All files are prepared before the first one runs, so that a file that does not parse, a bad directive or an
edited statement stops a run that has changed nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.apply.options import Interrupted, TxMode
from atlas.engine.directory import hash_of, statement_hashes
from atlas.engine.history.interrupted import interrupted_error
from atlas.engine.scan.quote import quote
from atlas.engine.sensitive import mask_of
from atlas.errors import DirectoryError, HistoryChanged, ParseError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.engine.apply.options import ApplyOptions
    from atlas.engine.directory import Checks, MigrationFile, SumFile
    from atlas.engine.history.pending import Pending
    from atlas.engine.history.revisions import Revision
    from atlas.engine.ports import Dialect
    from atlas.engine.scan import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One file to run.

    Attributes:
        alone: For each statement, whether it runs outside a transaction.
        hashes: For each statement, the ``h1:`` hash of it and all before it.
        hash: The file's entry of ``atlas.sum`` without ``h1:``.
        row: The file's row as stored, None when the file was not begun.
        start: Statements known to be complete: the index of the first one to run.
        checks: What is asked before the first statement; a file that was begun has been asked already.
        settings: Of the statements that are complete, those that another session needs again.
        mask: Takes secrets out of everything that is told of the file.
    """

    file: MigrationFile
    mode: TxMode
    statements: tuple[str, ...]
    alone: tuple[bool, ...]
    hashes: tuple[str, ...]
    hash: str
    mask: Callable[[str], str]
    row: Revision | None = None
    start: int = 0
    checks: tuple[Checks, ...] = ()
    settings: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Statements of the whole file."""
        return len(self.statements)

    @property
    def ends_alone(self) -> bool:
        """The last statement is recorded by itself, so that nothing is left to be done at the end of the file."""
        return any(self.alone[-1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What all files of a run share while they are made ready; ``hashes`` are the files' own, by name."""

    sum_file: SumFile
    options: ApplyOptions
    dialect: Dialect
    mask: Callable[[str], str]

    def scripts(self, pending: Pending) -> tuple[Script, ...]:
        """Make every pending file ready.

        Raises:
            StatementInterrupted: A row announces a statement, and the options do not say what became of it.
            HistoryChanged: An applied statement was edited.
            ParseError: A file does not parse.
            Unsupported: A directive of a file is not served.
            DirectoryError: A ``txmode`` directive is wrong or does not go with the mode of the run, or a file
                is not in ``atlas.sum``, or two files share a version.
        """
        check_versions(pending.files)
        rows = {row.version: row for row in pending.resume}
        hashes = {entry.name: entry.hash for entry in self.sum_file.entries}
        return tuple(
            self._script(
                file, rows.get(file.version), hashes.get(file.name) or hash_of(self.sum_file, file.name)
            )
            for file in pending.files
        )

    def _script(self, file: MigrationFile, row: Revision | None, file_hash: str) -> Script:
        if row is not None and row.is_interrupted and self.options.interrupted is Interrupted.STOP:
            raise interrupted_error(row)
        mode = TxMode(file.tx_mode(self.options.tx_mode.value))
        statements, checks = self._statements(file)
        texts = tuple(statement.text for statement in statements)
        hashes = tuple(f"h1:{hash_}" for hash_ in statement_hashes(statements))
        commits = self.dialect.commits_implicitly
        asked = (statement for each in checks for statement in each.statements)
        mask = mask_of(file, (*statements, *asked), self.mask, self.dialect.name)
        announced = "" if row is None or row.applied >= len(texts) else mask(texts[row.applied])
        is_same = row is not None and (row.hash == file_hash or row.error_stmt == announced)
        start = 0 if row is None else self._start(file, row, hashes, is_same=is_same)
        return Script(
            file=file,
            mode=mode,
            statements=texts,
            alone=tuple(mode is TxMode.NONE or commits(text) for text in texts),
            hashes=hashes,
            hash=file_hash,
            mask=mask,
            row=row,
            start=start,
            checks=checks if start == 0 else (),
            settings=self.dialect.settings_of(texts[:start]),
        )

    def _statements(self, file: MigrationFile) -> tuple[tuple[Statement, ...], tuple[Checks, ...]]:
        try:
            statements = file.statements(self.dialect.scan_options)
            checks = file.checks(self.dialect.scan_options)
            file.content.decode()
        except ParseError as unreadable:
            raise ParseError(
                f"sql/migrate: scanning statements from {quote(file.name)}: {unreadable}"
            ) from unreadable
        except UnicodeDecodeError as unreadable:
            raise ParseError(
                f"sql/migrate: scanning statements from {quote(file.name)}: byte {unreadable.start} is not UTF-8; "
                "save the file as UTF-8 and run 'atlas migrate hash'"
            ) from unreadable
        return statements, checks

    def _start(self, file: MigrationFile, row: Revision, hashes: tuple[str, ...], *, is_same: bool) -> int:
        """Where to go on. ``is_same`` unless the statement that was announced is another one now.

        NB: it was recorded masked, by what was secret then; where the file is the same its mask does not matter.
        """
        recorded = row.partial_hashes or ()
        for index in range(row.applied):
            if index >= len(hashes) or recorded[index : index + 1] != hashes[index : index + 1]:
                raise _history_changed(index, file)
        if not row.is_interrupted or self.options.interrupted is not Interrupted.APPLIED:
            return row.applied
        if not is_same or row.applied >= len(hashes):
            raise _history_changed(row.applied, file)
        return row.applied + 1


def check_versions(files: Sequence[MigrationFile]) -> None:
    """Refuse two files of one version: they share a row, so a failure of the second could not be recorded."""
    names: dict[str, str] = {}
    for file in files:
        first = names.setdefault(file.version, file.name)
        if first != file.name:
            raise DirectoryError(
                f"files {quote(first)} and {quote(file.name)} have the same version {quote(file.version)}, and only "
                "one of them could be recorded: rename one of them and run 'atlas migrate hash'"
            )


def _history_changed(index: int, file: MigrationFile) -> HistoryChanged:
    return HistoryChanged(
        f"sql/migrate: history changed: statement {index + 1} from file {quote(file.name)} changed"
    )
