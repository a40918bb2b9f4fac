"""Which files a target still lacks, and in which order they would run: a pure decision over its revisions.

Files are ordered by name, revisions by version: the two orders can differ, and both rules are kept. Nothing
is read or written here; ``engine.apply`` acts on the answer, ``engine.status`` shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from atlas.engine.history.exec_order import ExecOrder
from atlas.engine.history.revisions import RevisionType
from atlas.errors import Dirty, HistoryError, NonLinear, SpecError
from atlas.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.engine.apply.options import ApplyOptions
    from atlas.engine.directory import Directory, MigrationFile
    from atlas.engine.history.revisions import Revision

_SEE = "See: https://atlasgo.io/versioned/apply#non-linear-error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What is to be done.

    Attributes:
        files: To be run, in this order.
        baseline: The file whose version is to be recorded, on a first run, as the one the target is at.
        resume: Rows of those ``files`` that were begun and are not complete.
    """

    files: tuple[MigrationFile, ...]
    baseline: MigrationFile | None = None
    resume: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a target that has revisions lacks.

    Attributes:
        out_of_order: Files before the last revision that were not applied, or not to their end.
        ahead: The last revision's file when it is partial, and the files after it.
    """

    out_of_order: tuple[MigrationFile, ...]
    ahead: tuple[MigrationFile, ...]


def pending_files(
    directory: Directory,
    revisions: Sequence[Revision],
    *,
    options: ApplyOptions,
    dirt: Callable[[], str | None],
) -> Pending:
    """Decide what a run with these options would do.

    Args:
        directory: A directory whose sum was checked.
        revisions: All rows of the target; () on a first run.
        options: ``exec_order``, ``baseline``, ``allow_dirty``, ``to_version`` and ``amount`` count.
        dirt: Tells why the target is not clean; asked on a first run only.

    Raises:
        Dirty: A first run on a target that is not clean.
        NonLinear: Files were added out of order, and the order is linear.
        HistoryError: The file of a partially applied revision is missing.
        SpecError: The baseline or the version asked for is in no file, or two options exclude each other.
    """
    _check_to_version(directory.files, options.to_version)
    if not revisions:
        return _bounded(_first_run(directory, options, dirt), options)
    rows = sorted(revisions, key=lambda row: row.version)
    files = _ordered(remaining(directory.files, rows), options.exec_order)
    names = {file.version for file in files}
    resume = tuple(row for row in rows if row.is_partial and row.version in names)
    return _bounded(Pending(files=files, resume=resume), options)


def files_from_last_checkpoint(files: Sequence[MigrationFile]) -> tuple[MigrationFile, ...]:
    """What a first run executes: the last checkpoint and all after it, or everything where there is none."""
    starts = [index for index, file in enumerate(files) if file.is_checkpoint]
    return tuple(files[starts[-1] :] if starts else files)


def remaining(files: Sequence[MigrationFile], rows: Sequence[Revision]) -> Remaining:
    """Compare files with rows; rows are not empty and ordered by version.

    Raises:
        HistoryError: The file of a partially applied last revision is missing.
    """
    last = rows[-1]
    if last.is_partial and (begun := _checkpoint(files, last.version)) is not None:
        return Remaining((), (files[begun], *_without_checkpoints(files[begun:])))
    migrations = _without_checkpoints(files)
    position = _position(migrations, last)
    return Remaining(_out_of_order(migrations[:position], rows), migrations[position:])


def non_linear(out_of_order: Sequence[MigrationFile]) -> NonLinear:
    """The error for files that were added before the last applied one."""
    names = ", ".join(file.name for file in out_of_order)
    if len(out_of_order) == 1:
        return NonLinear(f"migration file {names} was added out of order. {_SEE}")
    return NonLinear(f"migration files {names} were added out of order. {_SEE}")


def _first_run(directory: Directory, options: ApplyOptions, dirt: Callable[[], str | None]) -> Pending:
    if options.baseline and options.allow_dirty:
        raise SpecError("sql/migrate: baseline and allow-dirty are mutually exclusive")
    # A version asked for hides what comes after it, a later checkpoint too.
    files = _up_to(directory.files, options.to_version) if options.to_version else directory.files
    if options.baseline:
        return _from_baseline(_without_checkpoints(files), options.baseline)
    if not options.allow_dirty and (reason := dirt()) is not None:
        raise Dirty(
            f"sql/migrate: connected database is not clean: {reason}. baseline version or allow-dirty is required"
        )
    return Pending(files=files_from_last_checkpoint(files))


def _from_baseline(migrations: Sequence[MigrationFile], version: str) -> Pending:
    at = _last_index(migrations, version)
    if at is None:
        raise SpecError(f'baseline version "{version}" not found')
    return Pending(files=tuple(migrations[at + 1 :]), baseline=migrations[at])


def _position(migrations: Sequence[MigrationFile], last: Revision) -> int:
    """The index of the first file that a linear run would execute."""
    if last.is_partial:
        at = _last_index(migrations, last.version)
        if at is None:
            name = f"{last.version}_{last.description}.sql" if last.description else f"{last.version}.sql"
            raise HistoryError(
                f'sql/migrate: missing migration: revision "{name}" is partially applied '
                "but migration file was not found"
            )
        return at
    applied = [index for index, file in enumerate(migrations) if file.version <= last.version]
    return applied[-1] + 1 if applied else 0


def _out_of_order(before: Sequence[MigrationFile], rows: Sequence[Revision]) -> tuple[MigrationFile, ...]:
    # The first revision may be that of a checkpoint or a baseline: files before it are not missed.
    first = next((index for index, file in enumerate(before) if file.version >= rows[0].version), len(before))
    complete = {row.version for row in rows} - _unfinished(rows)
    return tuple(file for file in before[first:] if file.version not in complete)


def _unfinished(rows: Sequence[Revision]) -> set[str]:
    """Versions that began out of order and did not end, unless somebody has set a later version since."""
    settled = max((row.version for row in rows if RevisionType.RESOLVED in row.type), default="")
    return {row.version for row in rows[:-1] if row.is_partial and row.version > settled}


def _ordered(left: Remaining, order: ExecOrder) -> tuple[MigrationFile, ...]:
    match order:
        case ExecOrder.LINEAR:
            if left.out_of_order:
                raise non_linear(left.out_of_order)
            return left.ahead
        case ExecOrder.LINEAR_SKIP:
            return left.ahead
        case ExecOrder.NON_LINEAR:
            return (*left.out_of_order, *left.ahead)
        case _:
            assert_never(order)


def _bounded(pending: Pending, options: ApplyOptions) -> Pending:
    files = pending.files
    if options.to_version:
        files = _up_to(files, options.to_version)
    if options.amount > 0:
        files = files[: options.amount]
    names = {file.version for file in files}
    resume = tuple(row for row in pending.resume if row.version in names)
    return Pending(files=files, baseline=pending.baseline, resume=resume)


def _check_to_version(files: Sequence[MigrationFile], version: str) -> None:
    versions = [file.version for file in files]
    if not version or version in versions:
        return
    from difflib import get_close_matches

    near = get_close_matches(version, versions, n=1, cutoff=0)
    hint = f'. Did you mean "{near[0]}"?' if near else ""
    raise SpecError(f'sql/migrate: migration with version "{version}" not found{hint}')


def _up_to(files: Sequence[MigrationFile], version: str) -> tuple[MigrationFile, ...]:
    """Files up to this version, all of them when it is not here: then it was applied before."""
    at = _last_index(files, version)
    return () if at is None else tuple(files[: at + 1])


def _last_index(files: Sequence[MigrationFile], version: str) -> int | None:
    return next((index for index in reversed(range(len(files))) if files[index].version == version), None)


def _checkpoint(files: Sequence[MigrationFile], version: str) -> int | None:
    at = _last_index(files, version)
    return at if at is not None and files[at].is_checkpoint else None


def _without_checkpoints(files: Sequence[MigrationFile]) -> tuple[MigrationFile, ...]:
    return tuple(file for file in files if not file.is_checkpoint)
