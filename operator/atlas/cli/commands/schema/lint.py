"""``atlas schema lint``: a whole desired schema against the rules of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.states import States, add_dev_flag, add_scope_flags, parse_dev_url, scope_of
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.lint import FileReport, LintPolicy


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas schema lint --url file://schema.sql --dev-url 'sqlite://dev?mode=memory'",
        "a desired state, before anybody plans it",
    )
    parser.repeated("-u", "--url", text="the schema: file://, atlas://, env:// or the URL of a database")
    add_dev_flag(parser)
    add_scope_flags(parser)
    parser.flag("--format", text="Go template for the answer, as '{{ json . }}'")


def run(arguments: Namespace, context: Context) -> int:
    """Lint. With a template the exit code is 0 whatever was found: clients read the answer."""
    from atlas.engine.lint import LintPolicy

    typed = list(arguments.url)
    arguments, project = filled(arguments, context)
    states = States(arguments, context, project)
    urls = states.urls(typed or _default(states))
    if not arguments.dev_url:
        raise UsageError('required flag(s) "dev-url" not set')
    if not urls:
        raise UsageError('required flag(s) "url" not set')
    report = _linted(states, urls, project.lint if project else LintPolicy())
    if not arguments.format:
        context.out("\n".join(_lines(report)))
        return int(report.is_error)
    from atlas.cli.render.lint_documents import schema_lint_document
    from atlas.gotemplate import render

    context.out(render(arguments.format, schema_lint_document(report, states.provenance)))
    return 0


def _default(states: States) -> list[str]:
    """The desired state of the env; the target itself where it has none."""
    env = states.project.env if states.project else None
    return ["env://src"] if env and env.src else ["env://url"] if env and env.url else []


def _linted(states: States, urls: tuple[str, ...], policy: LintPolicy) -> FileReport:
    from atlas.engine.diff import diff
    from atlas.engine.lint import lint_changes
    from atlas.schema import Realm
    from atlas.wiring import WiredDialects, open_dev

    with open_dev(parse_dev_url(states.arguments.dev_url)) as opened:
        scope, dialect = scope_of(states.arguments, opened.bound), opened.dialect
    wired = WiredDialects()
    realm = states.normalized(states.read(urls, scope), scope, dialect).realm
    # The schema that a URL is bound to is where the state is read, and nobody's to name.
    nothing = Realm(dialect=dialect, schemas=realm.schemas if scope.bound else ())
    changes = diff(nothing, realm, differs=wired.schema_driver(dialect).differs)
    return lint_changes(changes, nothing, realm, wired.analyzers(dialect), policy)


def _lines(report: FileReport) -> Iterator[str]:
    from atlas.cli.render.duration import plural
    from atlas.cli.render.lint_text import ANALYZERS_PAGE

    yield f"Analyzing schema ({plural(report.changes, 'object')} in total):"
    yield ""
    for each in report.reports:
        yield f"  -- {each.text}:"
        for finding in each.findings:
            yield f"    -- {', '.join(map(str, finding.keys))}: {finding.text} {ANALYZERS_PAGE}#{finding.code}"
    if not report.reports:
        yield "  -- no diagnostics found"
    yield ""
    yield "  -------------------------"
    yield f"  -- {plural(len(report.findings), 'diagnostic')}"
