"""A folder of a tool as a directory of ours, for every command that takes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from atlas.engine.directory import SUM_NAME, Directory, MigrationFile, compute_sum, directory_of, validate
from atlas.engine.formats import dbmate, flyway, golang_migrate, goose, liquibase
from atlas.engine.formats.folder import ToolFolder
from atlas.engine.formats.order import check_numbers, check_order
from atlas.engine.formats.transactions import within_ours
from atlas.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from atlas.engine.directory import SumFile
    from atlas.engine.formats.draft import Draft


class _Tool(NamedTuple):
    """``summed`` are the files of ``atlas.sum``; ``drafts`` the files to run, and the SQL files that do not run."""

    summed: Callable[[ToolFolder], tuple[str, ...]]
    drafts: Callable[[ToolFolder], tuple[tuple[Draft, ...], tuple[str, ...]]]


_READERS: Final = {
    "golang-migrate": _Tool(golang_migrate.summed, golang_migrate.drafts),
    "goose": _Tool(goose.summed, goose.drafts),
    "flyway": _Tool(flyway.summed, flyway.drafts),
    "liquibase": _Tool(liquibase.summed, liquibase.drafts),
    "dbmate": _Tool(dbmate.summed, dbmate.drafts),
}


def sum_of(tool: str, folder: ToolFolder) -> SumFile:
    """What ``atlas.sum`` must be: of the tool's own files, as they are."""
    return compute_sum(_summed(tool, folder))


def read_folder(tool: str, folder: ToolFolder) -> Directory:
    """The directory as it runs, with a sum of its own where that of the folder is right; '' and None are kept apart.

    Raises:
        ChecksumMismatch: The folder has an ``atlas.sum``, and the files are others.
        DirectoryError: A file that the tool refuses.
        Unsupported: What the tool does with a file and we cannot.
    """
    check_sum(tool, folder)
    made, _ = drafts_of(tool, folder)
    check_order(tool, made)
    directory = directory_of([draft.file() for draft in made])
    if folder.sum_text is None:
        return directory
    return replace(directory, sum_text=compute_sum(directory).text)


def read_entries(tool: str, entries: Iterable[tuple[str, bytes]]) -> Directory:
    """As ``read_folder``, of files that lie on no disk."""
    return read_folder(tool, folder_of(entries))


def folder_of(entries: Iterable[tuple[str, bytes]]) -> ToolFolder:
    """Files that lie on no disk, as a tool would find them there."""
    found = dict(entries)
    sum_text = found.pop(SUM_NAME, None)
    contents = {name: content for name, content in found.items() if name.endswith((".sql", ".sql.conf"))}
    others = tuple(name for name in found if name not in contents)
    said = None if sum_text is None else sum_text.decode("utf-8", "surrogateescape")
    return ToolFolder(contents, others, said)


def names_in(tool: str, folder: ToolFolder) -> Mapping[str, str]:
    """What the files that run are called by ``read_folder``, by the names that the tool knows."""
    return {draft.source: draft.name for draft in drafts_of(tool, folder)[0]}


def check_sum(tool: str, folder: ToolFolder) -> None:
    """Raise ChecksumMismatch unless ``atlas.sum`` is right or missing."""
    if folder.sum_text is not None:
        validate(_summed(tool, folder))


def drafts_of(tool: str, folder: ToolFolder) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """The files in the order of the tool, and the SQL files that it does not run; raises as ``read_folder``."""
    made, left_out = _READERS[tool].drafts(folder)
    check_numbers(made)
    return tuple(within_ours(draft) for draft in made), left_out


def _summed(tool: str, folder: ToolFolder) -> Directory:
    names = _READERS[tool].summed(folder)
    return Directory(tuple(MigrationFile(name, folder.contents[name]) for name in names), folder.sum_text)
