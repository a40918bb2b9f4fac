"""``atlas migrate checkpoint``: a file that stands for all files of a directory on databases that are new."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.directories import add_directory_flags
from atlas.cli.urls.local_directories import opened_to_write
from atlas.cli.urls.states import add_dev_flag, add_scope_flags, parse_dev_url, scope_of
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.directory import Directory, MigrationFile

_LOCK = "atlas_migrate_diff"
_NAME = "checkpoint"


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas migrate checkpoint v2 --dev-url 'sqlite://dev?mode=memory'",
        "a file for new databases, which stands for all before it",
    )
    add_directory_flags(parser)
    add_dev_flag(parser)
    add_scope_flags(parser)
    parser.flag(
        "--format",
        text="Go template for the file, as '{{ sql . }}' for a line each (default '{{ sql . \"  \" }}')",
    )
    parser.flag("--lock-timeout", text="how long to wait for the dev database, as 10s (the default)")
    parser.switch("--edit", text="open the file in $EDITOR before it is written")
    parser.add_argument("tag", nargs="?", default="", help="a tag for the checkpoint, as v2")


def run(arguments: Namespace, context: Context) -> int:
    """Replay the directory, and write what it makes as one file."""
    from atlas.cli.commands.migrate.new_file import write_new_file
    from atlas.cli.terminal.editor import edited
    from atlas.cli.urls.dev_lock import dev_lock

    arguments, project = filled(arguments, context)
    if not arguments.dev_url:
        raise UsageError('required flag(s) "dev-url" not set')
    source = opened_to_write(arguments, project)
    with dev_lock(parse_dev_url(arguments.dev_url), _LOCK, arguments.lock_timeout):
        file = _planned(source.directory, arguments)
    if arguments.edit:
        file = edited(file, context.environ.get("EDITOR") or "vi")
    write_new_file(source.path, source.written, file)
    return 0


def _planned(directory: Directory, arguments: Namespace) -> MigrationFile:
    from atlas.cli.commands.migrate.diff import indentation
    from atlas.engine.directory import new_file_name
    from atlas.engine.migrate_plan import plan_checkpoint, version_after
    from atlas.errors import Unsupported
    from atlas.wiring import open_dev, schema_driver

    indent = indentation(arguments.format)
    if indent is None:
        raise Unsupported(
            "--format of migrate checkpoint is not supported by this version beyond '{{ sql . \"  \" }}'"
        )
    with open_dev(parse_dev_url(arguments.dev_url)) as opened:
        return plan_checkpoint(
            directory,
            driver=schema_driver(opened.dialect),
            dev=opened.dev,
            scope=scope_of(arguments, opened.bound),
            dialect=opened.dialect,
            name=new_file_name(version_after(directory, datetime.now(UTC), _NAME), _NAME),
            tag=arguments.tag,
            indent=indent,
        )
