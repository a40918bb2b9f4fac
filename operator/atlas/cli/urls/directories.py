"""The migration directory of a command: its flags, and reading it from disk, from the registry or from memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.registry.reads import read_directory
from atlas.cli.urls.memory_urls import SCHEME, made_directory, templates_of
from atlas.errors import Unsupported, UsageError
from atlas.record import dataclass

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.backups import Fallback
    from atlas.engine.directory import Directory, DirectoryURL
    from atlas.project import Project

DEFAULT_URL = "file://migrations"
DEFAULT_FORMAT = "atlas"


@dataclass(frozen=True, slots=True)
class OpenedDirectory:
    """A directory whose sum was checked, and the URL it came from as reports show it.

    ``fallback`` is the backup that answered in the place of the registry.
    """

    directory: Directory
    url: str
    dir_format: str
    fallback: Fallback | None = None

    @property
    def url_with_format(self) -> str:
        """The URL with ``?format=``, as ``migrate status`` reports it."""
        if "format=" in self.url:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}format={self.dir_format}"

    @property
    def provenance(self) -> dict[str, object]:
        """``Source`` and ``SourceTime`` (when that was pushed) of documents; empty where nothing stood in."""
        return (
            {"Source": self.fallback.source, "SourceTime": self.fallback.created_at} if self.fallback else {}
        )


def add_directory_flags(parser: Parser) -> None:
    """``--dir`` and the deprecated ``--dir-format``."""
    parser.flag(
        "--dir",
        text="the migration directory: file://path (a folder, or a .tar.gz of one), file://path?format=goose or of "
        "another tool, or atlas://name?tag=… (default file://migrations)",
    )
    parser.flag("--dir-format", text="deprecated: write file://path?format=… instead")


def opened_directory(arguments: Namespace, context: Context, project: Project | None) -> OpenedDirectory:
    """Read the directory of ``--dir`` (or of the env) and check its sum.

    Raises:
        ChecksumMismatch: The files are not those of ``atlas.sum``.
        RegistryError: An ``atlas://`` directory could not be read.
    """
    from atlas.engine.directory import validate

    opened = read_directory_of(arguments, context, project)
    validate(opened.directory)
    return opened


def read_directory_of(arguments: Namespace, context: Context, project: Project | None) -> OpenedDirectory:
    """As ``opened_directory``, for commands that do not mind the sum or say themselves what is wrong with it."""
    url = arguments.dir or DEFAULT_URL
    directory, fallback = read_directory_at(_with_format(url, arguments.dir_format), context, project)
    return OpenedDirectory(directory, url, arguments.dir_format or DEFAULT_FORMAT, fallback)


def read_directory_at(
    text: str, context: Context, project: Project | None
) -> tuple[Directory, Fallback | None]:
    """The directory at any URL, and which backup answered, if one did; its sum is not checked here.

    Raises:
        RegistryError: An ``atlas://`` directory could not be read.
        SpecError: No data source made what a ``mem://`` URL names.
    """
    url = directory_url(text)
    if url.scheme == SCHEME:
        return made_directory(text, project.memory if project else None, url.format), None
    return read_directory(text, context, project)


def directory_url(text: str) -> DirectoryURL:
    """The URL of a directory that is read or written whole.

    Raises:
        UsageError: It names a version of a local directory, as a URL of a desired state may.
    """
    from atlas.engine.directory import parse_directory_url

    url = parse_directory_url(text)
    if url.scheme != "atlas" and (version := url.parameter("version")):
        raise UsageError(
            f"?version={version} is of directories as desired states, and of the registry: leave it out; 'migrate apply "
            "--to-version' stops at a version"
        )
    return url


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


def tool_of(arguments: Namespace) -> str:
    """The tool whose files the directory holds: ``atlas``, or what ``format=`` or ``--dir-format`` says."""
    return directory_url(_with_format(arguments.dir or DEFAULT_URL, arguments.dir_format)).format


def local_folder(arguments: Namespace, project: Project | None = None) -> Path:
    """The folder of a directory that a command writes to; that of the templates for a directory of templates.

    Raises:
        Unsupported: It is an archive.
        UsageError: It is not a local one.
    """
    from pathlib import Path

    url = directory_url(_with_format(arguments.dir or DEFAULT_URL, arguments.dir_format))
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


def _with_format(url: str, dir_format: str) -> str:
    if not dir_format or dir_format == DEFAULT_FORMAT or "format=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}format={dir_format}"
