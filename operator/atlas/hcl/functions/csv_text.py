"""``csvdecode``: RFC 4180 as Go reads it; the first row has the names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.hcl.values import to_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.hcl.values import Function


def _csvdecode(text: object) -> list[dict[str, str]]:
    rows = _rows(to_text(text).replace("\r\n", "\n"))
    _, names = next(rows, (0, []))
    if not names:
        raise ValueError("there is no row with names")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        message = f'the name "{twice}" is there twice'
        raise ValueError(message)
    return [_row(names, line, fields) for line, fields in rows]


def _row(names: list[str], line: int, fields: list[str]) -> dict[str, str]:
    if len(fields) != len(names):
        message = f"line {line} has {len(fields)} fields, and there are {len(names)} names"
        raise ValueError(message)
    return dict(zip(names, fields, strict=True))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each begins in; empty lines are none."""
    at, line = 0, 1
    while at < len(text):
        if text[at] == "\n":
            at, line = at + 1, line + 1
            continue
        begin, fields, more = line, [], True
        while more:
            field, end = _field(text, at, line)
            line += text.count("\n", at, end)
            fields.append(field)
            more = text.startswith(",", end)
            at = end + 1
        line += 1
        yield begin, fields


def _field(text: str, at: int, line: int) -> tuple[str, int]:
    """A field and where it ends: at a comma, a line break, or the end of the text."""
    if not text.startswith('"', at):
        ends = [end for end in (text.find(",", at), text.find("\n", at)) if end >= 0]
        end = min(ends, default=len(text))
        field = text[at:end]
        if '"' in field:
            message = f"line {line}: a quote stands in a field that does not begin with one"
            raise ValueError(message)
        return field, end
    begin = at + 1
    end = text.find('"', begin)
    while end >= 0 and text.startswith('"', end + 1):
        end = text.find('"', end + 2)
    if end < 0:
        message = f"line {line}: a quoted field has no end"
        raise ValueError(message)
    if text[end + 1 : end + 2] not in {"", ",", "\n"}:
        message = f"line {line}: a quoted field goes on behind its closing quote"
        raise ValueError(message)
    return text[begin:end].replace('""', '"'), end + 1


FUNCTIONS: Final[dict[str, Function]] = {"csvdecode": _csvdecode}
