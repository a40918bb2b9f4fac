"""The database of a command: its flags, and an open connection that is closed again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from atlas.cli.flags.parser import Parser
    from atlas.engine.ports import Database


def add_target_flags(parser: Parser) -> None:
    """``--url`` and where the revisions are."""
    parser.flag("-u", "--url", text="the database, as driver://user:password@host:port/database?key=value")
    parser.flag("--revisions-schema", text="schema of the revisions table")


@contextmanager
def opened_target(arguments: Namespace) -> Iterator[Database]:
    """The database of ``--url`` (or of the env), open for the block.

    Raises:
        UsageError: No URL was given.
        TargetError: It cannot be reached, or refuses us.
    """
    from atlas.engine.database_url import parse_database_url
    from atlas.wiring import open_target

    if not arguments.url:
        raise UsageError('required flag "url" not set')
    database = open_target(parse_database_url(arguments.url))
    try:
        yield database
    finally:
        database.session.close()
