"""``atlas cloud repo describe``: one repository, or two where a schema and a directory share a slug."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.cloud.access import opened_registry
from atlas.cli.cloud.tables import repository_document, repository_text
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser

_SELECTORS = ("id", "slug", "name")


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.flag("--id", text="the number in the repository's URL")
    parser.flag("--slug", text="its slug, as in atlas://slug")
    parser.flag("--name", text="its name: the slug or the title")
    parser.flag("--format", text="Go template for the answer, as '{{ json . }}'")


def run(arguments: Namespace, context: Context) -> int:
    """Print the repositories that the one selector names."""
    from atlas.client.repos import describe_repositories

    with opened_registry(arguments, context) as transport:
        found = describe_repositories(transport, _selector(arguments))
    if arguments.format:
        from atlas.gotemplate import render

        for repository in found:
            context.out(render(arguments.format, repository_document(repository)))
    else:
        context.out("\n\n".join(repository_text(repository) for repository in found))
    return 0


def _selector(arguments: Namespace) -> dict[str, object]:
    given = [name for name in _SELECTORS if getattr(arguments, name)]
    if not given:
        raise UsageError("at least one of the flags in the group [id slug name] is required")
    if len(given) > 1:
        raise UsageError(
            "if any flags in the group [id slug name] are set none of the others can be; "
            f"[{' '.join(given)}] were all set"
        )
    value = getattr(arguments, given[0])
    if given == ["id"] and not value.isdecimal():
        raise UsageError(f'invalid argument "{value}" for "--id" flag: expected a number')
    return {given[0]: int(value) if given == ["id"] else value}
