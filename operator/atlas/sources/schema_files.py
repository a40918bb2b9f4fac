"""Desired states on a disk: SQL and HCL files, folders of them, and migration directories."""

from __future__ import annotations

import os.path
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atlas.engine.desired_state import DirectoryState, HclState, SqlScript, SqlState, with_imports
from atlas.engine.directory import SUM_NAME, validate
from atlas.errors import DesiredStateError
from atlas.sources.archives import is_archive, read_folder_or_archive

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from atlas.engine.desired_state import DesiredState

_SUFFIXES: Final = (".sql", ".hcl")


def read_schema_files(
    paths: Sequence[Path],
    *,
    variables: Mapping[str, str | list[str]],
    check_import: Callable[[str], object] | None = None,
) -> DesiredState:
    """The state that files, folders and archives say together.

    ``check_import`` is asked for each path that a script imports, and raises for one that may not be read.

    Raises:
        DesiredStateError: A path that is not there, has another suffix, or does not go with the others.
        ChecksumMismatch: A migration directory whose files are not those of its ``atlas.sum``.
    """
    if any((path / SUM_NAME).is_file() or is_archive(path) for path in paths):
        return _directory(paths)
    found = [file for path in paths for file in _files(path)]
    suffixes = {file.suffix for file in found}
    if len(suffixes) > 1:
        named = " and ".join(str(next(f for f in found if f.suffix == suffix)) for suffix in sorted(suffixes))
        raise DesiredStateError(
            f"a desired state is SQL or HCL, not both: found {named}; give one of the two"
        )
    if suffixes == {".hcl"}:
        return HclState(tuple((str(file), _text(file)) for file in found), variables)
    scripts = [SqlScript(_name(file), _text(file)) for file in found]
    return SqlState(with_imports(scripts, FilesOnDisk(check_import)))


@dataclass(frozen=True, slots=True)
class FilesOnDisk:
    """See ``engine.desired_state.SqlFiles``: paths relative to the folder of the importer."""

    check: Callable[[str], object] | None = None

    def scripts(self, path: str, importer: str) -> tuple[SqlScript, ...] | None:
        target = Path(importer).parent / path.removeprefix("file://")
        if self.check:
            self.check(str(target))
        if not target.exists():
            return None
        files = sorted(target.glob("*.sql")) if target.is_dir() else [target]
        return tuple(SqlScript(_name(file), _text(file)) for file in files)


def _directory(paths: Sequence[Path]) -> DirectoryState:
    if len(paths) > 1:
        raise DesiredStateError(
            f"a migration directory is a desired state of its own: give {paths[0]} or the other files, not both"
        )
    directory = read_folder_or_archive(paths[0])
    validate(directory)
    return DirectoryState(directory)


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise DesiredStateError(f"stat {path}: no such file or directory")
    if not path.is_dir():
        if path.suffix not in _SUFFIXES:
            raise DesiredStateError(
                f"{path}: expected a file with the suffix .sql or .hcl, or a folder of them"
            )
        return [path]
    files = sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES and file.is_file())
    if not files:
        raise DesiredStateError(f"{path}: expected *.sql or *.hcl files in this folder, found none")
    return files


def _name(file: Path) -> str:
    """One name for one file, however it was reached."""
    return os.path.normpath(file)


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig", "surrogateescape")
    except OSError as error:
        raise DesiredStateError(f"open {file}: {(error.strerror or str(error)).lower()}") from error
