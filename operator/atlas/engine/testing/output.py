"""Rows of a statement as text, and whether they are what a test expects.

The forms are those of the published examples of Atlas: values joined by a comma, or a table with centred names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.testing.case import OutputFormat

if TYPE_CHECKING:
    from collections.abc import Sequence

NULL = "NULL"
_QUOTED_WHEN = frozenset(',"\r\n')
_TRUE = frozenset({"1", "t", "true"})


@dataclass(frozen=True, slots=True)
class ResultSet:
    """What one statement gave back: values as texts, None for NULL."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def readable(value: bytes) -> str:
    """Bytes as the text that they are, '' when they are none or hold signs that nobody sees."""
    text = value.decode(errors="replace")
    return text if all(sign.isprintable() or sign.isspace() for sign in text) and "\ufffd" not in text else ""


def is_one_true_value(results: Sequence[ResultSet]) -> bool:
    """Whether there is a result, and each is one row of one true value."""
    return bool(results) and all(_is_true(result) for result in results)


def _is_true(result: ResultSet) -> bool:
    match result.rows:
        case ((str(value),),):
            return value.lower() in _TRUE
        case _:
            return False


def texts_of(results: Sequence[ResultSet], form: OutputFormat) -> tuple[str, ...]:
    """The texts that an output may be compared with; the first is the one to show.

    A line of values is accepted with and without a space behind its commas, and with the quotes of CSV or none.
    """
    if form is OutputFormat.TABLE:
        return ("\n".join(_table(result) for result in results),)
    bare = [[[_shown(value) for value in row] for row in result.rows] for result in results]
    quoted = [[[_quoted(value) for value in row] for row in rows] for rows in bare]
    return tuple(
        "\n".join(comma.join(row) for rows in values for row in rows)
        for values in (bare, quoted)
        for comma in (", ", ",")
    )


def same_text(expected: str, actual: str) -> bool:
    """Whether two outputs are equal, but for space around them and around their lines."""
    return _lines(expected) == _lines(actual)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def _shown(value: str | None) -> str:
    return NULL if value is None else value


def _quoted(value: str) -> str:
    if value != "" and not value[0].isspace() and not _QUOTED_WHEN & set(value):
        return value
    return '"' + value.replace('"', '""') + '"' if value else value


def _table(result: ResultSet) -> str:
    """Names centred, a rule below them, values to the left; a value of several lines takes as many."""
    if not result.columns:
        return ""
    rows = [[_shown(value).splitlines() or [""] for value in row] for row in result.rows]
    widths = [
        max(len(name), *(len(line) for row in rows for line in row[place]), 0)
        for place, name in enumerate(result.columns)
    ]
    head = [_centred(name, width) for name, width in zip(result.columns, widths, strict=True)]
    rule = "+".join("-" * (width + 2) for width in widths)
    lines = [_line(head, widths), rule]
    for row in rows:
        height = max(map(len, row))
        for number in range(height):
            cells = [value[number] if number < len(value) else "" for value in row]
            lines.append(_line(cells, widths))
    return "\n".join(lines)


def _centred(name: str, width: int) -> str:
    return " " * ((width - len(name)) // 2) + name


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return " " + " | ".join(padded).rstrip()
