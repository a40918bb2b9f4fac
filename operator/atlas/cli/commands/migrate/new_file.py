"""Writing a planned file into a local migration directory, with its line in ``atlas.sum``, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.engine.directory import Directory, MigrationFile


def write_new_file(path: Path, directory: Directory, file: MigrationFile) -> None:
    """Write the file and the sum, into a new folder where there is none; raises as ``refuse_present``."""
    from atlas.engine.directory import with_content
    from atlas.sources.local import change_files, create_directory

    refuse_present(path, directory, file)
    create_directory(path)
    change_files(path, with_content(directory, file))


def refuse_present(path: Path, directory: Directory, file: MigrationFile) -> None:
    """Stop before a file is written over another one.

    Raises:
        UsageError: There is a file of this name.
    """
    if any(present.name == file.name for present in directory.files):
        raise UsageError(f"{path / file.name} exists already: wait a second, or give another name")
