"""``migrate set``: make a target's revisions say that it is at a version. No statement of a file is run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atlas.engine.apply.script import check_versions
from atlas.engine.apply.transaction import Transaction
from atlas.engine.directory import hash_of, validate
from atlas.engine.history.revisions import Revision, RevisionType
from atlas.engine.lock import held_lock
from atlas.errors import AtlasError, SpecError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from atlas.engine.apply.options import ApplyOptions
    from atlas.engine.directory import Directory, MigrationFile, SumFile
    from atlas.engine.ports import Clock, Database, RevisionStore


@dataclass(frozen=True, slots=True)
class SetReport:
    """What changed: rows written and rows removed, each by version. ``current`` is '' when none is left."""

    current: str
    set: tuple[Revision, ...] = ()
    removed: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class _Change:
    written: tuple[Revision, ...]
    removed: tuple[Revision, ...]


def set_version(
    directory: Directory, database: Database, version: str | None, options: ApplyOptions, *, clock: Clock
) -> SetReport:
    """Remove the revisions after ``version`` and record every file up to it, in one transaction.

    None means the last file; of an empty directory it removes all revisions. Safe to repeat: a target that
    is at the version already is not written to.

    Raises:
        UsageError: No version is given and the target has no revisions.
        SpecError: The version is in no file.
        DirectoryError: Two files that would be recorded have one version.
        LockNotAcquired: Another run holds the lock.
    """
    sum_file = validate(directory)
    with held_lock(database, options.lock_name, timeout_s=options.lock_timeout_s, clock=clock):
        store = database.revisions(options.revisions_schema or None)
        rows = tuple(sorted(store.read(), key=lambda row: row.version))
        wanted = _wanted(directory, version, rows)
        change = _change(directory, sum_file, rows, wanted, _Author(clock.now(), options.operator_version))
        if change.written or change.removed:
            _write(database, store, change)
        return _report(rows, change)


@dataclass(frozen=True, slots=True)
class _Author:
    now: datetime
    operator_version: str


def _wanted(directory: Directory, version: str | None, rows: Sequence[Revision]) -> str:
    if version is None:
        if not rows:
            raise UsageError("accepts 1 arg(s), received 0")
        return directory.files[-1].version if directory.files else ""
    if not any(file.version == version for file in directory.files):
        raise SpecError(f'migration with version "{version}" not found')
    return version


def _change(
    directory: Directory, sum_file: SumFile, rows: Sequence[Revision], wanted: str, author: _Author
) -> _Change:
    kept = [row for row in rows if row.version <= wanted]
    resolved = tuple(_resolved(row, author) for row in kept if row.version == wanted and _is_open(row))
    last = kept[-1].version if kept else None
    missing = [
        file for file in directory.files if file.version <= wanted and (last is None or file.version > last)
    ]
    check_versions(missing)
    recorded = tuple(_recorded(file, sum_file, author) for file in missing)
    return _Change((*resolved, *recorded), tuple(row for row in rows if row.version > wanted))


def _is_open(row: Revision) -> bool:
    return RevisionType.RESOLVED not in row.type and (row.is_partial or bool(row.error))


def _resolved(row: Revision, author: _Author) -> Revision:
    return replace(
        row,
        type=RevisionType.EXECUTE | RevisionType.RESOLVED,
        executed_at=author.now,
        operator_version=author.operator_version,
    )


def _recorded(file: MigrationFile, sum_file: SumFile, author: _Author) -> Revision:
    return Revision(
        version=file.version,
        description=file.description,
        type=RevisionType.RESOLVED,
        executed_at=author.now,
        hash=hash_of(sum_file, file.name),
        operator_version=author.operator_version,
    )


def _write(database: Database, store: RevisionStore, change: _Change) -> None:
    store.ensure()
    transaction = Transaction(database.session)
    try:
        transaction.open()
        for row in change.written:
            store.write(row)
        if change.removed:
            store.delete([row.version for row in change.removed])
        transaction.commit()
    except AtlasError:
        transaction.rollback()
        raise


def _report(rows: Sequence[Revision], change: _Change) -> SetReport:
    gone = {row.version for row in change.removed}
    left = {row.version for row in rows} - gone | {row.version for row in change.written}
    return SetReport(max(left, default=""), change.written, change.removed)
