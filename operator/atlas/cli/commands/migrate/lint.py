"""``atlas migrate lint``: what the new files of a directory would do to data, programs and locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.directories import add_directory_flags, read_directory_of
from atlas.cli.urls.lint_base import add_base_flags, new_files
from atlas.cli.urls.states import add_dev_flag, parse_dev_url, scope_of
from atlas.errors import ChecksumMismatch, Unsupported, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.cli.urls.directories import OpenedDirectory
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.lint import LintPolicy
    from atlas.engine.lint.directory import DirectoryReport
    from atlas.engine.schema_ports import TypeNames
    from atlas.project import Project

_LOCK = "atlas_lint"
_NO_REGISTRY_REPORT = (
    "-w sends the report to a registry, which this version does not do: leave it out, and read the answer here or "
    "with --format '{{ json . }}'"
)


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas migrate lint --latest 1 --dev-url 'sqlite://dev?mode=memory'", "the newest file")
    parser.example("atlas migrate lint --env ci --git-base main", "what a branch adds to main")
    add_directory_flags(parser)
    add_dev_flag(parser)
    add_base_flags(parser)
    parser.flag("--format", "--log", text="Go template for the answer, as '{{ json . }}'")
    parser.flag("--context", text="who runs this, as JSON; accepted for clients that send it")
    parser.repeated("-s", "--schema", text="only these schemas of a dev database that names none")
    parser.switch("-w", "--web", text="send the report to the registry")


def run(arguments: Namespace, context: Context) -> int:
    """Lint; the exit code is 1 when a finding is an error, and with a template stderr stays empty then."""
    from atlas.engine.directory import validate

    arguments, project = filled(arguments, context)
    if arguments.web:
        raise Unsupported(_NO_REGISTRY_REPORT)
    if not arguments.dev_url:
        raise UsageError('required flag(s) "dev-url" not set')
    policy = _policy(project)
    template = arguments.format or policy.format
    url = parse_dev_url(arguments.dev_url)
    source = read_directory_of(arguments, context, project)
    if source.directory.sum_text is not None:  # a directory of another tool may have none
        try:
            validate(source.directory)
        except ChecksumMismatch as error:
            return _refuse_sum(error, template, url, source, context)
    report, types = _linted(source, policy, arguments, context, project)
    if template:
        _render(template, report, source, url, types, context)
    else:
        from atlas.cli.render.lint_text import lint_text

        context.out(lint_text(report), end="")
    if not (template and report.is_error):  # clients take an answer with an error for one if stderr is empty
        for doubt in report.doubts:
            context.err(f"Warning: {doubt}")
    return int(report.is_error)


def _policy(project: Project | None) -> LintPolicy:
    from atlas.engine.lint import LintPolicy

    return project.lint if project else LintPolicy()


def _linted(
    source: OpenedDirectory,
    policy: LintPolicy,
    arguments: Namespace,
    context: Context,
    project: Project | None,
) -> tuple[DirectoryReport, TypeNames]:
    from atlas.cli.urls.dev_lock import dev_lock
    from atlas.engine.lint.directory import Laboratory, lint_directory
    from atlas.wiring import SystemClock, WiredDialects, open_dev

    new = new_files(source.directory, policy, arguments, context, project)
    url = parse_dev_url(arguments.dev_url)
    with dev_lock(url, _LOCK, ""), open_dev(url) as opened:
        driver = WiredDialects().schema_driver(opened.dialect)
        laboratory = Laboratory(
            driver=driver,
            dev=opened.dev,
            scope=scope_of(_without_patterns(arguments), opened.bound),
            analyzers=WiredDialects().analyzers(opened.dialect),
            policy=policy,
        )
        report = lint_directory(source.directory, new, laboratory, clock=SystemClock())
    return report, driver.types


def _without_patterns(arguments: Namespace) -> Namespace:
    arguments.exclude = arguments.include = []
    return arguments


def _render(
    template: str,
    report: DirectoryReport,
    source: OpenedDirectory,
    url: DatabaseURL,
    types: TypeNames,
    context: Context,
) -> None:
    from atlas.cli.render.lint_documents import summary_document
    from atlas.engine.hcl_schema import print_schema
    from atlas.gotemplate import render

    states = None
    if report.current is not None and report.desired is not None:
        states = (print_schema(report.current, types), print_schema(report.desired, types))
    env = _environment(url, source)
    document = summary_document(report, len(source.directory.files), env, states)
    context.out(render(template, document))


def _environment(url: DatabaseURL, source: OpenedDirectory) -> dict[str, object]:
    """The directory is a path here, not a URL."""
    from atlas.cli.render.documents import environment

    directory = source.url.removeprefix("file://").partition("?")[0]
    return environment(url, url.driver, directory) | source.provenance


def _refuse_sum(
    error: ChecksumMismatch, template: str, url: DatabaseURL, source: OpenedDirectory, context: Context
) -> int:
    if not template:
        raise error
    from atlas.cli.render.lint_documents import broken_sum_document
    from atlas.gotemplate import render

    env = _environment(url, source)
    context.out(render(template, broken_sum_document(str(error), error.detail, env)))
    return 1
