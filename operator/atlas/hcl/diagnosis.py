"""Why a text does not parse. tree-sitter knows that it does not; python-hcl2 knows better what it expected.

python-hcl2 is a quarter of a second to import, so it is asked only about a text that is already known to be broken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.hcl.hidden import shown
from atlas.hcl.positions import Range, error_in_text
from atlas.hcl.unclosed import find_unclosed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from atlas.errors import ParseError
    from atlas.hcl.source import Source

_WORDS = {
    "COMMA": '","',
    "COLON": '":"',
    "DBLQUOTE": "a closing quote or a string",
    "EQ": '"="',
    "LBRACE": '"{"',
    "LPAR": '"("',
    "LSQB": '"["',
    "NAME": "a name",
    "NL_OR_COMMENT": "a new line",
    "RBRACE": '"}"',
    "RPAR": '")"',
    "RSQB": '"]"',
}
_EXPRESSION = frozenset({"INT_LITERAL", "TEMPLATE_STRING"})
"""Where both are possible, any expression is."""
_SINGLE_QUOTE = '"\'"'
_STRINGS = ", expected a string in double quotes"


def diagnose(source: Source, root: Node) -> ParseError:
    """The error of a text that tree-sitter could not read."""
    if opening := find_unclosed(source.text):
        line, column, message = opening
        return error_in_text(Range(source.file_name, line, column, line, column + 1), message, source.text)
    return _second_opinion(source) or _own_opinion(source, root)


def _second_opinion(source: Source) -> ParseError | None:
    import hcl2
    from lark.exceptions import UnexpectedInput

    try:
        hcl2.loads(source.text)
    except UnexpectedInput as error:
        return _translated(source, error.line, error.column, getattr(error, "expected", None) or ())
    except (ValueError, RecursionError):
        return None
    return None


def _translated(source: Source, line: int, column: int, expected: Iterable[str]) -> ParseError:
    lines = source.text.splitlines() or [""]
    if not 0 < line <= len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    rest = lines[line - 1][column - 1 :]
    column += len(rest) - len(rest.lstrip())
    found = _found(rest.lstrip(), last=line == len(lines))
    visible = shown(lines[line - 1], before="\n".join(lines[: line - 1])).line
    if found[1:-1] not in visible and found.startswith('"'):
        found = "text"  # a part of what may be a password
    place = Range(source.file_name, line, column, line, column + 1)
    expectation = _STRINGS if found == _SINGLE_QUOTE else _expectation(set(expected))
    return error_in_text(place, f"unexpected {found}{expectation}", source.text)


def _found(rest: str, *, last: bool) -> str:
    if not rest:
        return "end of file" if last else "end of line"
    word = rest.split(maxsplit=1)[0] if rest[0].isalnum() else rest[0]
    return f'"{word}"'


def _expectation(expected: set[str]) -> str:
    if expected >= _EXPRESSION:
        return ", expected an expression"
    words = sorted(_WORDS[name] for name in expected if name in _WORDS)
    if not words:
        return ""
    return ", expected " + (f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0])


def _own_opinion(source: Source, root: Node) -> ParseError:
    """tree-sitter's place, when python-hcl2 accepts the text or fails in an unknown way."""
    node = root
    while not (node.is_error or node.is_missing):
        broken = next((child for child in node.children if child.has_error or child.is_missing), None)
        if broken is None:
            break
        node = broken
    if node.is_missing:
        return source.error(node, f'expected "{node.type}"')
    return source.error(node, "this cannot be read as HCL")
