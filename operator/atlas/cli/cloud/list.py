"""``atlas cloud repo list``: a page of repositories with the state of their databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.cloud.access import opened_registry
from atlas.cli.cloud.tables import page_document, page_text
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.flag("--page", text="which page, from 1", default="1")
    parser.flag("--page-size", text="repositories a page", default="20")
    parser.flag("--format", text="Go template for the answer, as '{{ json . }}'")


def run(arguments: Namespace, context: Context) -> int:
    """Print the page."""
    from atlas.client.repos import list_repositories

    number, size = _positive("page", arguments.page), _positive("page-size", arguments.page_size)
    with opened_registry(arguments, context) as transport:
        page = list_repositories(transport, page=number, page_size=size)
    if arguments.format:
        from atlas.gotemplate import render

        context.out(render(arguments.format, page_document(page)))
    else:
        context.out(page_text(page))
    return 0


def _positive(flag: str, text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise UsageError(f'invalid argument "{text}" for "--{flag}" flag: expected a number from 1')
    return int(text)
