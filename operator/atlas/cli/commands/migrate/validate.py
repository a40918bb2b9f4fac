"""``atlas migrate validate``: does the directory match its ``atlas.sum``? Silent when it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.directories import add_directory_flags, opened_directory
from atlas.errors import DesiredStateError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.directory import Directory


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas migrate validate --dir file://migrations", "whether atlas.sum is true")
    parser.example(
        "atlas migrate validate --dev-url 'sqlite://dev?mode=memory'",
        "and whether the files run one after the other",
    )
    add_directory_flags(parser)
    parser.flag("--dev-url", text="replay the directory on this dev database")


def run(arguments: Namespace, context: Context) -> int:
    """Check sums, and on a dev database that every statement runs.

    Raises:
        ChecksumMismatch: With the first line that differs.
        DesiredStateError: ``replaying the migration directory: …`` with the statement and the server's words.
    """
    arguments, project = filled(arguments, context)
    opened = opened_directory(arguments, context, project)
    if arguments.dev_url:
        _replay(opened.directory, arguments.dev_url)
    return 0


def _replay(directory: Directory, dev_url: str) -> None:
    from atlas.cli.urls.states import parse_dev_url
    from atlas.engine.rooms.replay import files_to_replay, replay_files, text_of_files
    from atlas.engine.scope import Scope
    from atlas.wiring import open_dev

    files = files_to_replay(directory)
    with (
        open_dev(parse_dev_url(dev_url)) as opened,
        opened.dev.room(Scope(bound=opened.bound), replayed=text_of_files(files)) as room,
    ):
        try:
            replay_files(files, room.database)
        except DesiredStateError as error:
            raise DesiredStateError(f"replaying the migration directory: {error}") from error
