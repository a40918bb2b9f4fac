"""``atlas schema inspect``: what a database, or a desired state, holds. Writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.states import NO_DATABASES, States, add_dev_flag, add_scope_flags, parse_dev_url, scope_of
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.database_url import DatabaseURL
    from atlas.schema import Realm


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas schema inspect --url sqlite://app.db", "as HCL")
    parser.example("atlas schema inspect --env local --format '{{ sql . }}'", "as SQL")
    parser.example("atlas schema inspect --url sqlite://app.db --format '{{ mermaid . }}'", "as a diagram")
    parser.repeated(
        "-u", "--url", text="a database, file://schema.sql, file://schema.hcl, atlas://name, env://name"
    )
    add_dev_flag(parser)
    add_scope_flags(parser)
    parser.flag(
        "--format",
        "--log",
        text="sql, or a Go template, as '{{ json . }}', '{{ mermaid . }}', '{{ .Hash }}' (default HCL)",
    )


def run(arguments: Namespace, context: Context) -> int:
    """Print the schema; what is not modelled is named on stderr, and no failure."""
    arguments, project = filled(arguments, context)
    states = States(arguments, context, project)
    urls = states.urls(arguments.url)
    if not urls:
        raise UsageError('required flag(s) "url" not set')
    realm, bound, url = inspected(states, urls)
    return render_schema(states, realm, bound=bound, url=url)


def inspected(states: States, urls: tuple[str, ...]) -> tuple[Realm, str, DatabaseURL | None]:
    """The realm at ``urls``, the schema that it is bound to, and the URL of the database if it is one."""
    from atlas.engine.database_url import parse_database_url
    from atlas.wiring import open_dev, read_realm

    if urls[0].partition("://")[0] not in NO_DATABASES and len(urls) == 1:
        url = parse_database_url(urls[0])
        return read_realm(url, scope_of(states.arguments, url.schema)), url.schema, url
    dev_url = states.arguments.dev_url
    if not dev_url:
        from atlas.engine.desired_state.normalize import NO_DEV_DATABASE

        raise UsageError(NO_DEV_DATABASE)
    with open_dev(parse_dev_url(dev_url)) as dev:
        dialect, bound = dev.dialect, dev.bound
    scope = scope_of(states.arguments, bound)
    return states.normalized(states.read(urls, scope), scope, dialect).realm, bound, None


def render_schema(states: States, realm: Realm, *, bound: str, url: DatabaseURL | None) -> int:
    """Print a realm by the template of ``--format``, as HCL without one."""
    from atlas.wiring import schema_driver

    context, template = states.context, states.arguments.format
    driver = schema_driver(realm.dialect)
    if template:
        from atlas.cli.render.schema_documents import InspectedSchema
        from atlas.gotemplate import render

        document = InspectedSchema(realm, driver, bound=bound, url=url, provenance=states.provenance)
        text = render(template, document, document.functions())
    else:
        from atlas.engine.hcl_schema import print_schema

        text = print_schema(realm, driver.types)
    context.out(text, end="")
    if realm.unmodelled:
        from atlas.cli.render.schema_text import unsupported_lines

        for line in unsupported_lines(realm.unmodelled):
            context.err(line)
    return 0
