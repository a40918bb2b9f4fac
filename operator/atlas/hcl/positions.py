"""Places in a source file, and errors that show them."""

from __future__ import annotations

from typing import NamedTuple

from atlas.errors import ParseError
from atlas.hcl.hidden import shown


class Range(NamedTuple):
    """From the first character to behind the last; lines and columns count from 1, columns in characters."""

    file_name: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file_name}:{self.line}:{self.column}"


def error_at(place: Range, message: str) -> ParseError:
    """The error ``file:line:column: message``."""
    return ParseError(f"{place}: {message}")


def error_in_text(place: Range, message: str, text: str) -> ParseError:
    """As ``error_at``, with the line of ``text`` and a caret under the place; passwords in the line are hidden."""
    lines = text.split("\n")
    line = lines[place.line - 1].rstrip("\r") if 0 < place.line <= len(lines) else ""
    line, column = shown(line, place.column, "\n".join(lines[: place.line - 1]))
    indent = "".join("\t" if sign == "\t" else " " for sign in line[: column - 1])
    return ParseError(f"{place}: {message}\n  {line}\n  {indent}^")
