"""``atlas migrate diff``: a file that leads from where a directory ends to a desired state."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.directories import DEFAULT_FORMAT, add_directory_flags
from atlas.cli.urls.local_directories import opened_to_add
from atlas.cli.urls.states import States, add_dev_flag, add_scope_flags, parse_dev_url, scope_of
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.cli.urls.local_directories import WritableDirectory
    from atlas.engine.directory import Directory, MigrationFile
    from atlas.engine.migrate_plan import MigrationPlan

SYNCED = "The migration directory is synced with the desired state, no changes to be made"
_LOCK = "atlas_migrate_diff"


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas migrate diff add_users --to file://schema.sql --dev-url 'sqlite://dev?mode=memory'",
        "a file that leads to the state of schema.sql",
    )
    parser.example("atlas migrate diff --env local --dry-run", "what an env would get, without writing it")
    add_directory_flags(parser)
    parser.repeated("--to", text="the desired state: file://, atlas://, env:// or the URL of a database")
    add_dev_flag(parser)
    add_scope_flags(parser)
    parser.flag("--qualifier", text="write names in this schema; empty writes bare names")
    parser.flag(
        "--format",
        text="Go template for the file, as '{{ sql . }}' for a line each (default '{{ sql . \"  \" }}')",
    )
    parser.flag("--lock-timeout", text="how long to wait for the dev database, as 10s (the default)")
    parser.switch("--dry-run", text="print the file as JSON; write nothing")
    parser.switch("--edit", text="open the file in $EDITOR before it is written")
    parser.add_argument("name", nargs="?", default="", help="what the file does, for its name")


def run(arguments: Namespace, context: Context) -> int:
    """Plan, and write the file. A directory that is synced already is left alone."""
    from atlas.cli.commands.migrate.new_file import write_new_file
    from atlas.cli.terminal.editor import edited
    from atlas.cli.urls.dev_lock import dev_lock
    from atlas.engine.migrate_plan import version_after

    arguments, project = filled(arguments, context)
    states = States(arguments, context, project)
    urls = states.urls(arguments.to)
    missing = [f'"{name}"' for name, value in (("to", urls), ("dev-url", arguments.dev_url)) if not value]
    if missing:
        raise UsageError(f"required flag(s) {', '.join(missing)} not set")
    source = opened_to_add(arguments, project)
    directory = source.directory
    with dev_lock(parse_dev_url(arguments.dev_url), _LOCK, arguments.lock_timeout):
        planned = _planned(directory, urls, states)
    for warning in planned.warnings:
        context.err(f"Warning: {warning}")
    if planned.is_synced:
        context.out(SYNCED)
        return 0
    version = version_after(directory, datetime.now(UTC), arguments.name)
    if source.tool != DEFAULT_FORMAT:
        return _write_for_tool(source, planned, version, arguments, context)
    file = _file(planned, version, arguments)
    if arguments.dry_run:
        return _show((file,), arguments, context)
    if arguments.edit:
        file = edited(file, context.environ.get("EDITOR") or "vi")
    write_new_file(source.path, source.written, file)
    return 0


def _planned(directory: Directory, urls: tuple[str, ...], states: States) -> MigrationPlan:
    from atlas.engine.migrate_plan import plan_migration
    from atlas.wiring import open_dev, schema_driver

    arguments = states.arguments
    states.refuse_dev_among(urls)
    with open_dev(parse_dev_url(arguments.dev_url)) as opened:
        scope = scope_of(arguments, opened.bound)
        return plan_migration(
            directory,
            states.read(urls, scope),
            driver=schema_driver(opened.dialect),
            dev=opened.dev,
            scope=scope,
            dialect=opened.dialect,
            qualifier=arguments.qualifier or None,
            policy=states.project.diff if states.project else None,
        )


def _file(planned: MigrationPlan, version: str, arguments: Namespace) -> MigrationFile:
    from atlas.engine.directory import MigrationFile, new_file_name

    template = arguments.format
    indent = indentation(template)
    if indent is not None:
        return planned.file(version, arguments.name, indent)
    from atlas.cli.render.schema_documents import diff_document, plan_functions
    from atlas.gotemplate import render

    plan = planned.plan
    document = diff_document(plan.statements, plan.current, plan.desired)
    text = render(template, document, plan_functions(plan.statements))
    return MigrationFile(new_file_name(version, arguments.name), text.encode())


def indentation(template: str) -> str | None:
    r"""The indentation of ``{{ sql . "  " }}``, two blanks for no template; None for one that writes the file itself."""
    import json
    import re

    if not template:
        return "  "
    found = re.fullmatch(r'\s*\{\{-?\s*sql\s+\.\s*("(?:[^"\\]|\\.)*")?\s*-?\}\}\s*', template)
    if found is None:
        return None
    return str(json.loads(found[1])) if found[1] else ""


def _write_for_tool(
    source: WritableDirectory, planned: MigrationPlan, version: str, arguments: Namespace, context: Context
) -> int:
    """Files as the tool has them, with the way back."""
    from atlas.cli.commands.migrate.tool_files import write_tool_files
    from atlas.engine.directory import MigrationFile
    from atlas.engine.formats import tool_files

    indent = indentation(arguments.format)
    if indent is None:
        raise UsageError(
            f"--format of files of {source.tool} indents only: expected '{{{{ sql . \"  \" }}}}'"
        )
    if arguments.edit:
        raise UsageError(
            f"--edit opens files of atlas only: leave it out, and edit what is made for {source.tool}"
        )
    files = tool_files(source.tool, planned.plan.statements, version, arguments.name, indent)
    if arguments.dry_run:
        return _show([MigrationFile(file.name, file.content) for file in files], arguments, context)
    write_tool_files(source, files)
    return 0


def _show(files: Sequence[MigrationFile], arguments: Namespace, context: Context) -> int:
    """The document of a dry run, also without a template."""
    from atlas.cli.render.documents import Document, file_fields
    from atlas.cli.urls.directories import DEFAULT_URL
    from atlas.gotemplate import render

    url = arguments.dir or DEFAULT_URL
    if "format=" not in url:
        url = f"{url}{'&' if '?' in url else '?'}format={arguments.dir_format or 'atlas'}"
    shown = [Document({**file_fields(file), "Content": file.text}) for file in files]
    context.out(render("{{ json . }}", Document({"Files": shown, "Dir": url})))
    return 0
