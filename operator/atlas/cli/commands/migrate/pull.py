"""``atlas migrate pull``: copy a directory from the registry to this machine, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.registry.reads import read_directory
from atlas.cli.render.duration import plural
from atlas.cli.urls.directories import add_directory_flags
from atlas.cli.urls.local_directories import local_path
from atlas.cli.urls.memory_urls import SCHEME
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.directory import Directory


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas migrate pull 'atlas://app?tag=v1' --dir file://migrations", "a directory as it was tagged"
    )
    add_directory_flags(parser)
    parser.add_argument(
        "source", metavar="name[:tag]", help="repository, or atlas://name?tag=… or ?version=…"
    )


def run(arguments: Namespace, context: Context) -> int:
    """Read the directory, check its sum, and write it into an empty folder."""
    from atlas.engine.directory import validate
    from atlas.sources.local import create_directory, write_file, write_sum

    arguments, project = filled(arguments, context)
    path = _target(arguments)
    directory, _ = read_directory(_url(arguments.source), context, project)
    sum_file = validate(directory)
    _refuse_other_content(path, directory)
    create_directory(path)
    for file in directory.files:
        write_file(path, file)
    write_sum(path, sum_file)
    context.err(f"{plural(len(directory.files), 'file')} written to {path}")
    return 0


def _target(arguments: Namespace) -> Path:
    if (arguments.dir or "").startswith(f"{SCHEME}://"):
        raise UsageError(
            f"{arguments.dir} is what a data source made, and what is pulled is written: expected --dir file://path"
        )
    return local_path(arguments)


def _url(source: str) -> str:
    if source.startswith("atlas:"):
        return source
    if "://" in source:
        raise UsageError(
            f"{source} is no repository: expected NAME[:TAG] or atlas://NAME; --dir is where it is written"
        )
    name, _, tag = source.partition(":")
    return f"atlas://{name}?tag={tag}" if tag else f"atlas://{name}"


def _refuse_other_content(path: Path, directory: Directory) -> None:
    from atlas.sources.local import read_directory as read_folder

    if not path.exists():
        return
    pulled = {file.name: file.content for file in directory.files}
    for file in read_folder(path).files:
        if pulled.get(file.name) != file.content:
            raise UsageError(
                f"{path / file.name} is not part of the directory that is pulled: expected an empty folder or an "
                "earlier state of the same directory; pass another one with --dir file://path"
            )
