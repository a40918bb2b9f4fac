"""Writing new files of another tool, with their lines in ``atlas.sum``, or none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import AtlasError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.cli.urls.local_directories import WritableDirectory
    from atlas.engine.formats import ToolFile


def write_tool_files(source: WritableDirectory, files: Sequence[ToolFile]) -> None:
    """Write the files and the sum, into a new folder where there is none.

    Raises:
        UsageError: There is a file of one of their names.
        DirectoryError: They cannot be written, or the folder does not take them as its tool would; none is left.
    """
    from atlas.engine.formats import sum_of
    from atlas.sources.local import create_directory, write_bytes, write_sum
    from atlas.sources.tool_folders import read_directory_as, read_tool_folder

    for file in files:
        if (source.path / file.name).exists():
            raise UsageError(f"{source.path / file.name} exists already: wait a second, or give another name")
    create_directory(source.path)
    before = read_tool_folder(source.path, source.tool).sum_text
    try:
        for file in files:
            write_bytes(source.path / file.name, file.content)
        write_sum(source.path, sum_of(source.tool, read_tool_folder(source.path, source.tool)))
        read_directory_as(source.path, source.tool)
    except AtlasError:
        for file in files:
            (source.path / file.name).unlink(missing_ok=True)
        if before is not None:
            write_sum(source.path, sum_of(source.tool, read_tool_folder(source.path, source.tool)))
        raise
