"""The migration directory of a command: its flags, and reading it from disk, from the registry or from memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.registry.reads import read_directory
from atlas.cli.urls.memory_urls import SCHEME, made_directory
from atlas.errors import UsageError
from atlas.record import dataclass

if TYPE_CHECKING:
    from argparse import Namespace

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
    directory, fallback = read_directory_at(with_format(url, arguments.dir_format), context, project)
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


def tool_of(arguments: Namespace) -> str:
    """The tool whose files the directory holds: ``atlas``, or what ``format=`` or ``--dir-format`` says."""
    return directory_url(with_format(arguments.dir or DEFAULT_URL, arguments.dir_format)).format


def with_format(url: str, dir_format: str) -> str:
    """The URL with the value of the deprecated ``--dir-format`` in it, where it has no format of its own."""
    if not dir_format or dir_format == DEFAULT_FORMAT or "format=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}format={dir_format}"
