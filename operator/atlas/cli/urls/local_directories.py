"""The folder of a directory that a command writes to: where it is, whose files it holds, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.urls.directories import DEFAULT_FORMAT, DEFAULT_URL, directory_url, tool_of, with_format
from atlas.cli.urls.memory_urls import SCHEME, made_directory, templates_of
from atlas.errors import Unsupported, UsageError
from atlas.record import dataclass

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from atlas.engine.directory import Directory
    from atlas.project import Project


def local_path(arguments: Namespace, project: Project | None = None) -> Path:
    """As ``local_folder``, for commands that write files of atlas.

    Raises:
        Unsupported: The files are those of another tool.
    """
    tool = tool_of(arguments)
    if tool != DEFAULT_FORMAT:
        raise Unsupported(
            f"the command is not supported for files of {tool}: 'atlas migrate import' makes files of atlas of them"
        )
    return local_folder(arguments, project)


def local_folder(arguments: Namespace, project: Project | None = None) -> Path:
    """The folder of a directory that a command writes to; that of the templates for a directory of templates.

    Raises:
        Unsupported: It is an archive.
        UsageError: It is not a local one.
    """
    from pathlib import Path

    url = directory_url(with_format(arguments.dir or DEFAULT_URL, arguments.dir_format))
    memory = project.memory if project else None
    if url.scheme == SCHEME and (folder := templates_of(arguments.dir, memory)):
        return Path(folder)
    if url.scheme != "file":
        raise UsageError(f"{url.scheme}:// directories are read-only here: expected --dir file://path")
    path = Path(url.path)
    refuse_archive(path)
    return path


def refuse_archive(path: Path) -> None:
    """Raise Unsupported for a path that is read as an archive."""
    from atlas.sources.archives import is_archive

    if is_archive(path):
        raise Unsupported(
            f"{path} is an archive, which is read and never written: unpack it, and give the folder"
        )


@dataclass(frozen=True, slots=True)
class WritableDirectory:
    """A folder, what its files mean, and the files as they lie there: templates differ from what they render to.

    ``tool`` is whose files they are; of another than atlas, ``written`` is what they mean.
    """

    path: Path
    directory: Directory
    written: Directory
    tool: str = DEFAULT_FORMAT


def opened_to_write(arguments: Namespace, project: Project | None) -> WritableDirectory:
    """As ``opened_to_add``, for commands that write files of atlas.

    Raises:
        Unsupported: The files are those of another tool.
    """
    local_path(arguments, project)
    return opened_to_add(arguments, project)


def opened_to_add(arguments: Namespace, project: Project | None) -> WritableDirectory:
    """The local directory of a command that adds a file; a missing one is empty, and made with its first file.

    Raises:
        ChecksumMismatch: The files are not those of ``atlas.sum``. Templates need none.
        UsageError: It is not a local one.
        Unsupported: It holds templates of another tool's files.
    """
    from atlas.engine.directory import Directory, validate
    from atlas.sources.local import read_directory as read_folder

    path, tool = local_folder(arguments, project), tool_of(arguments)
    if (arguments.dir or "").startswith(f"{SCHEME}://"):
        if tool != DEFAULT_FORMAT:
            raise Unsupported(f"writing templates of files of {tool} is not supported: write them by hand")
        made = made_directory(arguments.dir, project.memory if project else None)
        return WritableDirectory(path, made, read_folder(path))
    if not path.exists():
        directory = Directory(())
    elif tool == DEFAULT_FORMAT:
        directory = read_folder(path)
    else:
        from atlas.sources.tool_folders import read_directory_as

        directory = read_directory_as(path, tool)
    validate(directory)
    return WritableDirectory(path, directory, directory, tool)
