"""``atlas migrate import``: a directory of another tool, written anew as files of atlas; the source stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.directories import DEFAULT_FORMAT, DEFAULT_URL, directory_url
from atlas.cli.urls.local_directories import refuse_archive
from atlas.cli.urls.memory_urls import SCHEME, made_files
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.directory import DirectoryURL
    from atlas.engine.formats import Converted, ToolFolder
    from atlas.project.data import Memory

_MOST_DIGITS = 40


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas migrate import --from 'file://db/migrations?format=goose' --to file://migrations",
        "files of goose, as files of atlas",
    )
    parser.flag(
        "--from",
        text="the directory to read: file://path?format= golang-migrate, goose, flyway, liquibase or dbmate",
    )
    parser.flag("--to", text=f"the folder to make, new or empty (default {DEFAULT_URL})")
    parser.flag(
        "--digits",
        text="write versions with zeros in front: with 14, new files that are named by their time come last",
    )
    parser.flag("--dir-format", text="deprecated: write --from 'file://path?format=…' instead")


def run(arguments: Namespace, context: Context) -> int:
    """Convert all files, then write them and their sum as one folder, or nothing."""
    from pathlib import Path

    from atlas.engine.formats import converted
    from atlas.sources.new_folder import check_new, write_new_folder

    source, target, memory = _urls(arguments, context)
    folder = Path(target.path)
    refuse_archive(folder)
    check_new(folder)
    read = _read(source, memory)
    found = converted(source.format, read, _digits(arguments.digits))
    if not found.directory.files:
        context.out("nothing to import", end="")
        return 0
    write_new_folder(folder, found.directory)
    _tell(found, folder, source.format, context)
    return 0


def _read(source: DirectoryURL, memory: Memory | None) -> ToolFolder:
    """The files of a folder, of an archive, or those that a data source made."""
    from pathlib import Path

    if source.scheme == SCHEME:
        from atlas.engine.formats import folder_of

        return folder_of(made_files(f"{SCHEME}://{source.path}", memory))
    from atlas.sources.tool_folders import read_tool_folder

    return read_tool_folder(Path(source.path), source.format)


def _digits(text: str) -> int:
    try:
        digits = int(text or 0)
    except ValueError:
        digits = -1
    if not 0 <= digits <= _MOST_DIGITS:
        raise UsageError(
            f'invalid argument "{text}" for "--digits" flag: expected a number up to {_MOST_DIGITS}'
        )
    return digits


def _urls(arguments: Namespace, context: Context) -> tuple[DirectoryURL, DirectoryURL, Memory | None]:
    typed_to = arguments.to
    arguments.dir = getattr(arguments, "from")
    arguments, project = filled(arguments, context)
    text = arguments.dir or DEFAULT_URL
    if arguments.dir_format and "format=" not in text:
        text = f"{text}{'&' if '?' in text else '?'}format={arguments.dir_format}"
    source, target = directory_url(text), directory_url(typed_to or DEFAULT_URL)
    for name, url, schemes in (("from", source, ("file", SCHEME)), ("to", target, ("file",))):
        if url.scheme not in schemes:
            raise UsageError(f"--{name} is {url.scheme}://: expected a folder of this machine, file://path")
    if source.format == DEFAULT_FORMAT:
        raise UsageError(
            f'cannot import a migration directory already in "{DEFAULT_FORMAT}" format: expected --from '
            f"'{source.scheme}://{source.path}?format=TOOL', with golang-migrate, goose, flyway, liquibase or dbmate"
        )
    if target.format != DEFAULT_FORMAT:
        raise UsageError(f"--to is in {target.format} format: files are written for atlas, leave format= out")
    return source, target, project.memory if project else None


def _tell(found: Converted, folder: Path, tool: str, context: Context) -> None:
    """What a person should know of the result; scripts read nothing of it."""
    count = len(found.directory.files)
    context.err(f"{count} file{'' if count == 1 else 's'} of {tool} written to {folder}")
    for before, after in found.renamed:
        context.err(f"  version {before} is {after} here, so that text orders it as {tool} does")
    for source, version in found.once:
        context.err(
            f"  {source}, which {tool} runs again whenever it changes, is version {version} here and runs once"
        )
    for note in found.notes:
        context.err(f"  left out: {note}")
    if last := _before_new_files(found):
        context.err(
            f"  a file that is named by its time would run before {last}: new ones are numbered on, which ends where a "
            "number gets longer; import with --digits 14 to have them named by their time"
        )
    if found.left_out:
        context.err(f"  not run by {tool} on the way up, and left out: {', '.join(found.left_out)}")


def _before_new_files(found: Converted) -> str:
    """The last file where a new one with the time for a version would not run behind it; '' where it would."""
    from datetime import UTC, datetime

    from atlas.engine.directory import generated_version

    last = found.directory.files[-1]
    new = generated_version(datetime.now(UTC))
    return "" if new > last.version and f"{new}.sql" > last.name else last.name
