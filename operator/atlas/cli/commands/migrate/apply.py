"""``atlas migrate apply``: run the pending files of a directory on a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled_for_each
from atlas.cli.urls.directories import add_directory_flags, opened_directory
from atlas.cli.urls.targets import add_target_flags, opened_target
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.commands.migrate.deployment_set import DeploymentSet
    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.cli.urls.directories import OpenedDirectory
    from atlas.engine.apply import ApplyOptions, ApplyReport
    from atlas.engine.ports import Database
    from atlas.project import Project


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas migrate apply --env prod", "all that is pending, on the database of an env")
    parser.example(
        "atlas migrate apply --url sqlite://app.db --dir file://migrations --dry-run",
        "what would run, without running it",
    )
    parser.example(
        "atlas migrate apply 1 --env prod --format '{{ json . }}'",
        "the next file alone, with the answer as JSON",
    )
    add_directory_flags(parser)
    add_target_flags(parser)
    parser.flag("--format", "--log", text="Go template for the answer, as '{{ json . }}'")
    parser.flag("--baseline", text="on a first run: this version and all before it count as applied")
    parser.flag("--to-version", text="run no file after this version")
    parser.flag("--exec-order", text="linear, linear-skip or non-linear (default linear)")
    parser.flag("--tx-mode", text="file, all or none (default file)")
    parser.flag("--lock-timeout", text="how long to wait for the lock, as 10s (the default)")
    parser.flag("--lock-name", text="lock this name instead of atlas_migrate_execute")
    parser.flag(
        "--interrupted", text="after StatementInterrupted: applied (it did run) or rerun (it did not)"
    )
    parser.flag("--context", text="who runs this, as JSON, for the registry's report")
    parser.switch("--allow-dirty", text="start on a database that is not empty")
    parser.switch("--dry-run", text="say what would run; write nothing")
    parser.add_argument("amount", nargs="?", default="", help="run at most this many files")


def run(arguments: Namespace, context: Context) -> int:
    """Apply, render, report, on each target of the env in turn. The exit code is 1 when a file failed."""
    from atlas.cli.commands.migrate.deployment_set import DeploymentSet
    from atlas.cli.flags.deploy_context import deploy_context
    from atlas.cli.project.many_targets import run_in_turn

    amount = _amount(arguments.amount)
    targets = filled_for_each(arguments, context)
    deployments = DeploymentSet(targets, context, deploy_context(arguments.context))
    for each, _ in targets:
        _options(each, amount)  # a wrong value is told before anything runs
    with deployments.flushed():
        return run_in_turn(
            targets, context, lambda each, project: _run_one(each, context, project, amount, deployments)
        )


def _run_one(
    arguments: Namespace, context: Context, project: Project | None, amount: int, deployments: DeploymentSet
) -> int:
    deployments.start(arguments)
    source = opened_directory(arguments, context, project)
    with opened_target(arguments) as database:
        report = _applied(source, database, _options(arguments, amount), arguments, context)
        try:
            _render(report, source, database, arguments, context)
        finally:  # what happened to the database is told whatever became of the answer
            deployments.done(report, source, database, arguments)
        if report.error is None:  # clients take an answer with an error for one if stderr is empty
            _warn(source, database, arguments, context)
    if report.error is None:
        return 0
    if not arguments.format:
        raise report.error
    return 1


def _warn(source: OpenedDirectory, database: Database, arguments: Namespace, context: Context) -> None:
    from atlas.engine.history.strays import strays

    for line in strays(source.directory, database.revisions(arguments.revisions_schema or None).read()):
        context.err(f"Warning: {line}")


def _amount(text: str) -> int:
    if not text:
        return 0
    try:
        amount = int(text)
    except ValueError:
        raise UsageError(
            f'invalid amount argument "{text}" (invalid syntax). Omit the argument or pass a valid integer instead'
        ) from None
    if amount <= 0:
        raise UsageError(f"cannot apply '{amount}' migration files")
    return amount


def _options(arguments: Namespace, amount: int) -> ApplyOptions:
    from atlas.cli.flags.choices import choice, duration_s
    from atlas.engine.apply import LOCK_NAME, ApplyOptions, ExecOrder, Interrupted, TxMode
    from atlas.settings import OPERATOR_VERSION

    return ApplyOptions(
        amount=amount,
        to_version=arguments.to_version,
        exec_order=choice(ExecOrder, arguments.exec_order or "linear", "unknown execution order: "),
        tx_mode=choice(TxMode, arguments.tx_mode or "file", "unknown tx-mode "),
        baseline=arguments.baseline,
        allow_dirty=arguments.allow_dirty,
        dry_run=arguments.dry_run,
        revisions_schema=arguments.revisions_schema,
        lock_name=arguments.lock_name or LOCK_NAME,
        lock_timeout_s=duration_s(arguments.lock_timeout or "10s", "--lock-timeout"),
        interrupted=choice(Interrupted, arguments.interrupted or "stop", "unknown value of --interrupted: "),
        operator_version=OPERATOR_VERSION,
    )


def _applied(
    source: OpenedDirectory, database: Database, options: ApplyOptions, arguments: Namespace, context: Context
) -> ApplyReport:
    from atlas.cli.terminal.progress import observed
    from atlas.engine.apply import apply_pending
    from atlas.wiring import SystemClock

    with observed(context, quiet=bool(arguments.format)) as observe:
        return apply_pending(source.directory, database, options, clock=SystemClock(), observe=observe)


def _render(
    report: ApplyReport, source: OpenedDirectory, database: Database, arguments: Namespace, context: Context
) -> None:
    if arguments.format:
        from atlas.cli.render.documents import apply_document, environment
        from atlas.gotemplate import render

        env = environment(database.url, database.dialect.name, source.url) | source.provenance
        context.out(render(arguments.format, apply_document(report, env)))
        return
    from atlas.cli.render.apply_text import NOTHING_PENDING, ApplyText

    if report.applied:
        ApplyText(context.out).summary(report)
    elif report.error is None:
        context.out(NOTHING_PENDING)
