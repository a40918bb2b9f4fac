"""``atlas migrate down``: take applied files back, by a plan made from what the database is now."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from atlas.cli.commands.migrate.down_policy import check_policy, tagged_version
from atlas.cli.project.file import filled
from atlas.cli.urls.directories import add_directory_flags, opened_directory
from atlas.cli.urls.states import add_dev_flag, add_scope_flags, parse_dev_url, scope_of
from atlas.cli.urls.targets import add_target_flags, opened_target
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping, Sequence

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.cli.urls.directories import OpenedDirectory
    from atlas.engine.migrate_plan import DownOptions, DownPlan, DownPorts, RowCheck
    from atlas.engine.ports import Database

_QUESTION = "Are you sure"
_APPLY, _ABORT = "Apply", "Abort"


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas migrate down --env local --dry-run", "how the last file would be taken back")
    parser.example("atlas migrate down --env local --to-version 20240101000000", "back to a version")
    add_directory_flags(parser)
    add_target_flags(parser)
    add_dev_flag(parser)
    add_scope_flags(parser)
    parser.flag("--to-version", text="go back to this version")
    parser.flag("--to-tag", text="go back to the last version of this tag of an atlas:// directory")
    parser.flag("--format", text="Go template for the answer, as '{{ json . }}'")
    parser.flag("--lock-timeout", text="how long to wait for the lock, as 10s (the default)")
    parser.flag("--lock-name", text="lock this name instead of atlas_migrate_execute")
    parser.flag("--context", text="who runs this, as JSON; accepted for clients that send it")
    parser.switch("--allow-data-loss", text="drop tables and columns also when they hold data")
    parser.switch("--auto-approve", text="do not ask on a terminal")
    parser.switch("--dry-run", text="say what would run, and what holds data; write nothing")
    parser.add_argument("amount", nargs="?", default="", help="how many files to take back (default 1)")


def run(arguments: Namespace, context: Context) -> int:
    """Plan, ask where somebody can be asked, run, and tell. The exit code is 1 when it did not get to its end."""
    from atlas.engine.migrate_plan import ask_for_rows, plan_down, run_down

    typed = (bool(arguments.to_version), bool(arguments.to_tag), bool(arguments.amount))
    if sum(typed) > 1:
        raise UsageError("--to-version, --to-tag and the amount are mutually exclusive")
    wanted = arguments.to_version
    arguments, project = filled(arguments, context)
    arguments.to_version = wanted  # migration.to_version bounds migrate apply
    source = opened_directory(arguments, context, project)
    options = _options(arguments, tagged_version(arguments, context, project))
    with opened_target(arguments) as database, _ports(arguments, database) as ports:
        plan = plan_down(source.directory, database, options, ports)
        if not plan.steps or arguments.dry_run:
            asked = ask_for_rows(plan, ports.probe)
            return _tell_plan(plan, asked, _environment(database, source), arguments, context)
        policy = check_policy(arguments, source, context, project)
        if policy.asks and not _approved(plan, ask_for_rows(plan, ports.probe), context):
            raise UsageError("Abort: The migration plan was aborted")
        report = run_down(plan, database, options, ports)
        if arguments.format:
            from atlas.cli.render.down_documents import down_document
            from atlas.gotemplate import render

            context.out(render(arguments.format, down_document(report, _environment(database, source))))
        else:
            from atlas.cli.render.down_text import report_text

            context.out(report_text(report), end="")
    if report.error is not None and not arguments.format:
        raise report.error
    return int(report.error is not None)


def _options(arguments: Namespace, tagged: str | None) -> DownOptions:
    from atlas.cli.flags.choices import duration_s
    from atlas.engine.apply import LOCK_NAME
    from atlas.engine.migrate_plan import DownOptions
    from atlas.settings import OPERATOR_VERSION

    return DownOptions(
        amount=_amount(arguments.amount),
        to_version=arguments.to_version or tagged,
        allow_data_loss=arguments.allow_data_loss,
        revisions_schema=arguments.revisions_schema,
        lock_name=arguments.lock_name or LOCK_NAME,
        lock_timeout_s=duration_s(arguments.lock_timeout or "10s", "--lock-timeout"),
        operator_version=OPERATOR_VERSION,
    )


def _amount(text: str) -> int:
    if not text:
        return 0
    try:
        amount = int(text)
    except ValueError:
        amount = 0
    if amount <= 0:
        raise UsageError(
            f'invalid amount argument "{text}". Omit the argument or pass a number of files to revert'
        )
    return amount


@contextmanager
def _ports(arguments: Namespace, database: Database) -> Iterator[DownPorts]:
    from atlas.engine.desired_state.normalize import NO_DEV_DATABASE
    from atlas.engine.migrate_plan import DownPorts
    from atlas.wiring import DEFAULT_DEV_URLS, SystemClock, WiredDialects, open_dev, refuse_target

    dialect = database.dialect.name
    url = arguments.dev_url or DEFAULT_DEV_URLS.get(dialect, "")
    if not url:
        raise UsageError(NO_DEV_DATABASE)
    wired = WiredDialects()
    with open_dev(parse_dev_url(url)) as opened:
        if opened.dialect != dialect:
            raise UsageError(
                f"--dev-url is a database of kind {opened.dialect}, the target is of kind {dialect}: expected a dev "
                "database of the same kind"
            )
        refuse_target(opened.database, database)
        yield DownPorts(
            driver=wired.schema_driver(dialect),
            dev=opened.dev,
            scope=scope_of(arguments, database.url.schema),
            probe=wired.row_probe(database),
            clock=SystemClock(),
        )


def _environment(database: Database, source: OpenedDirectory) -> dict[str, object]:
    return {"Driver": database.dialect.name, **source.provenance}


def _approved(plan: DownPlan, checks: Sequence[RowCheck], context: Context) -> bool:
    from atlas.cli.render.down_text import plan_text
    from atlas.cli.terminal.prompt import select

    context.out(plan_text(plan, checks), end="")
    context.flush()
    return select(_QUESTION, (_APPLY, _ABORT)) == _APPLY


def _tell_plan(
    plan: DownPlan,
    checks: Sequence[RowCheck],
    env: Mapping[str, object],
    arguments: Namespace,
    context: Context,
) -> int:
    if arguments.format:
        from atlas.cli.render.down_documents import APPLIED, planned_document
        from atlas.gotemplate import render
        from atlas.wiring import SystemClock

        document = planned_document(plan, checks, env, SystemClock().now())
        if not plan.steps:
            document["Status"] = APPLIED
        context.out(render(arguments.format, document))
        return 0
    from atlas.cli.render.down_text import NOTHING_TO_REVERT, plan_text

    context.out(plan_text(plan, checks) if plan.steps else f"{NOTHING_TO_REVERT}\n", end="")
    return 0
