"""The layout of printed HCL: two blanks a level, no blank lines, ``=`` aligned over each run of adjacent attributes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from atlas.hcl.quote import is_identifier, quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.schema.options import Options


_DOUBTFUL = re.compile(r"[$%][$%]\{")
"""Parsers do not agree on how to say these with the signs of a heredoc."""


class Block:
    """One block while it is filled. Attributes stand in the order in which they were given."""

    __slots__ = ("_header", "_items")

    def __init__(self, block_type: str, *labels: str) -> None:
        self._header = " ".join((block_type, *map(quote, labels)))
        self._items: list[tuple[str, str] | Block] = []

    def attribute(self, name: str, expression: str) -> None:
        """``name = expression``."""
        self._items.append((name, expression))

    def text(self, name: str, value: str) -> None:
        """A string; '' is not written."""
        if value:
            self._items.append((name, quote(value)))

    def flag(self, name: str, value: bool, *, default: bool = False) -> None:  # noqa: FBT001  it is the value
        """A boolean that is not the default."""
        if value != default:
            self._items.append((name, "true" if value else "false"))

    def expressions(self, name: str, values: Iterable[str]) -> None:
        """A list on one line; an empty one is not written."""
        inner = ", ".join(values)
        if inner:
            self._items.append((name, f"[{inner}]"))

    def options(self, options: Options) -> None:
        """``options = { word = "value" }``, where there are any."""
        if options:
            self._items.append(("options", object_of(options)))

    def block(self, block: Block) -> None:
        self._items.append(block)

    def lines(self, indent: str = "") -> list[str]:
        """The text of the block; attributes in a row, and texts with line breaks, are one element."""
        lines = [f"{indent}{self._header} {{"]
        inner = f"{indent}  "
        run: list[tuple[str, str]] = []
        for item in self._items:
            if isinstance(item, tuple):
                run.append(item)
                continue
            if run:
                lines.append(_aligned(tuple(run), inner))
                run.clear()
            lines += item.lines(inner)
        if run:
            lines.append(_aligned(tuple(run), inner))
        lines.append(f"{indent}}}")
        return lines


@lru_cache(maxsize=1024)  # most columns of a schema look like many others
def _aligned(run: tuple[tuple[str, str], ...], indent: str) -> str:
    width = max([len(name) for name, _ in run])
    return "\n".join([f"{indent}{name.ljust(width)} = {expression}" for name, expression in run])


def object_of(pairs: Iterable[tuple[str, str]]) -> str:
    """``{ word = "value" }``; words that are no names are quoted."""
    return (
        "{ "
        + ", ".join(
            f"{name if is_identifier(name) else quote(name)} = {quote(value)}" for name, value in pairs
        )
        + " }"
    )


def body(text: str) -> str:
    """The text of a view or routine: a heredoc when it has lines, and a heredoc can say it exactly.

    A ``<<-`` heredoc ends in a line break that is no part of the text, and loses the indentation that all of its
    lines share; lines of blanks alone lose them.
    """
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if (
        len(lines) == 1
        or "\r" in text
        or any(not line.isprintable() for line in (line.replace("\t", "") for line in lines))
        or any(line and not line.strip() for line in lines)
        or all(line[0] in " \t" for line in filled)
        or any(line.strip() == "SQL" for line in lines)
        or _DOUBTFUL.search(text)
    ):
        return quote(text)
    escaped = (line.replace("${", "$${").replace("%{", "%%{") for line in lines)
    return "\n".join(("<<-SQL", *(f"  {line}" if line else "" for line in escaped), "  SQL"))
