"""``atlas migrate status``: what a database has, and what a directory has for it. Writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.directories import add_directory_flags, opened_directory
from atlas.cli.urls.targets import add_target_flags, opened_target

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas migrate status --env prod", "how far a database is")
    parser.example(
        "atlas migrate status --url sqlite://app.db --format '{{ .Status }}'", "OK or PENDING, for a script"
    )
    add_directory_flags(parser)
    add_target_flags(parser)
    parser.flag("--format", text="Go template for the answer")


def run(arguments: Namespace, context: Context) -> int:
    """Print the status; the exit code is 0 whatever it is."""
    from atlas.engine.history.status import read_status
    from atlas.engine.history.strays import strays

    arguments, project = filled(arguments, context)
    source = opened_directory(arguments, context, project)
    with opened_target(arguments) as database:
        report = read_status(source.directory, database, arguments.revisions_schema)
    for line in strays(source.directory, report.applied):
        context.err(f"Warning: {line}")
    if not arguments.format:
        from atlas.cli.render.status_text import status_text

        context.out(status_text(report))
        return 0
    from atlas.cli.render.documents import environment, status_document
    from atlas.gotemplate import render

    env = environment(database.url, database.dialect.name, source.url_with_format) | source.provenance
    context.out(render(arguments.format, status_document(report, env)))
    return 0
