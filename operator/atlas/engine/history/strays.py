"""Where a target's history is not that of a directory: files that are gone, or are others, since they were run.

Go's tools say nothing of either, so neither is an error here: the rows decide what runs. It is told for a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.directory import compute_sum
from atlas.engine.history.revisions import RevisionType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.engine.directory import Directory, MigrationFile
    from atlas.engine.history.revisions import Revision

_SHOWN = 5


def strays(directory: Directory, rows: Sequence[Revision]) -> tuple[str, ...]:
    """Lines for a person: versions that have no file, files that will never run, and the first that is another now."""
    missing, early = _missing(directory, rows), _early(directory, rows)
    lines = []
    if missing:
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        is_one = len(missing) == 1
        lines.append(
            f"the database has version{'' if is_one else 's'} {', '.join(missing[:_SHOWN])}{more}, of which the directory "
            f"has no file{'' if is_one else 's'}: removed, or this directory is older than the database"
        )
    if early:
        lines.append(
            f"{early[0].name} stands before version {min(row.version for row in rows)}, the first that was run, and is never "
            f"run: move it behind with 'atlas migrate rebase {early[0].version}'"
        )
    changed = None if early else next(_changed(directory, rows, missing), None)
    if changed:
        lines.append(
            f"{changed.name} is not what was run as version {changed.version}: it was edited or renamed since, and is not run "
            "again; a change belongs in a new file"
        )
    return tuple(lines)


def _missing(directory: Directory, rows: Sequence[Revision]) -> list[str]:
    """Versions without a file. Those before the first file are let be: a checkpoint may stand for them."""
    versions = {file.version for file in directory.files}
    first = min(versions, default="")
    return sorted(row.version for row in rows if row.version not in versions and row.version > first)


def _early(directory: Directory, rows: Sequence[Revision]) -> list[MigrationFile]:
    """Files that came later than the first run, and before what it began with: that is where a run looks for none.

    Before a baseline or a checkpoint files stand rightly.
    """
    first = min(rows, key=lambda row: row.version, default=None)
    if first is None or first.type != RevisionType.EXECUTE:
        return []
    begun = [file for file in directory.files if file.version == first.version]
    if not begun or any(file.is_checkpoint for file in begun):
        return []
    applied = {row.version for row in rows}
    before = directory.files[: directory.files.index(begun[0])]
    return [file for file in before if file.version not in applied]


def _changed(
    directory: Directory, rows: Sequence[Revision], missing: Sequence[str]
) -> Iterator[MigrationFile]:
    """Files whose hash is not the one of their row, as far as hashes can be compared.

    A hash is of a file and of everything before it: it tells nothing where something before it is gone, or came later.
    Behind the first that differs all differ.
    """
    by_version = {row.version: row for row in rows}
    hashes = {entry.name: entry.hash for entry in compute_sum(directory).entries}
    begin = min(by_version, default="")
    latest = None
    for file in directory.files:
        row = by_version.get(file.version)
        if missing and file.version > missing[0]:
            return
        if row is None:
            if file.version > begin:
                return
            continue
        if latest is not None and row.executed_at < latest:
            return
        latest = row.executed_at
        is_comparable = row.type == RevisionType.EXECUTE and row.hash and not row.is_partial
        if is_comparable and row.hash != hashes.get(file.name, row.hash):
            yield file
