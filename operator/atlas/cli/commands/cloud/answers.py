"""What all commands of ``atlas cloud`` print alike: a text or a template's answer, pages, and one of several keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.client.paging import Page

T = TypeVar("T")

_FOOTER = "-" * 32
_DIGITS = 15  # of a number that JSON carries exactly
_TIME_CHARS = len("2026-01-01T12:00:00")


def add_format_flag(parser: Parser) -> None:
    """``--format``, which every command of ``atlas cloud`` takes."""
    parser.flag("--format", text="Go template for the answer, as '{{ json . }}'")


def add_page_flags(parser: Parser) -> None:
    """The flags of a list."""
    parser.flag("--page", text="which page, from 1", default="1")
    parser.flag("--page-size", text="entries a page", default="20")
    add_format_flag(parser)


def page_flags(arguments: Namespace) -> tuple[int, int]:
    """The page that is asked for, and its size."""
    return _positive("page", arguments.page), _positive("page-size", arguments.page_size)


def number_flag(name: str, text: str) -> int:
    """The value of a flag that takes an identifying number."""
    if not text.isdecimal() or len(text) > _DIGITS:
        raise UsageError(f'invalid argument "{text}" for "--{name}" flag: expected a number')
    return int(text)


def selected(arguments: Namespace, names: Sequence[str]) -> tuple[str, str]:
    """The one flag that is given of several, and its value, in the words of the Go tools where it is not one."""
    given = [name for name in names if getattr(arguments, name.replace("-", "_"))]
    group = f"[{' '.join(names)}]"
    if not given:
        raise UsageError(f"at least one of the flags in the group {group} is required")
    if len(given) > 1:
        raise UsageError(
            f"if any flags in the group {group} are set none of the others can be; "
            f"[{' '.join(given)}] were all set"
        )
    return given[0], getattr(arguments, given[0].replace("-", "_"))


def print_each(
    arguments: Namespace,
    context: Context,
    entries: Iterable[T],
    *,
    text: Callable[[T], str],
    document: Callable[[T], Mapping[str, Any]],
) -> None:
    """Each entry: as text, with a blank line between two, or as a document for the template."""
    if not arguments.format:
        context.out("\n\n".join(text(entry) for entry in entries))
        return
    from atlas.gotemplate import render

    for entry in entries:
        context.out(render(arguments.format, document(entry)))


def dashed(cells: Sequence[str]) -> tuple[str, ...]:
    """A row in which every column has a word, so that ``awk`` counts them right."""
    return tuple(cell or "-" for cell in cells)


def footer(page: Page[Any]) -> str:
    """The two lines below a table."""
    return f"{_FOOTER}\nPage: {page.number}  Page Size: {page.size}  Total: {page.total}"


def page_info(page: Page[Any]) -> dict[str, int]:
    """``PageInfo`` of a list's document."""
    return {"Page": page.number, "PageSize": page.size, "Total": page.total}


def shown_time(text: str) -> str:
    """An RFC 3339 time in UTC without what is smaller than a second."""
    return f"{text[:_TIME_CHARS]}Z" if text.endswith("Z") else text


def _positive(flag: str, text: str) -> int:
    if not text.isdecimal() or len(text) > _DIGITS or not int(text):
        raise UsageError(f'invalid argument "{text}" for "--{flag}" flag: expected a number from 1')
    return int(text)
