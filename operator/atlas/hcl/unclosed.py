"""What a broken text opens and does not close: the place to look at is where it was opened, not where the text ends."""

from __future__ import annotations

import re
from typing import NamedTuple

_PAIRS = {"{": "}", "[": "]", "(": ")", "${": "}", "%{": "}"}
_CODE = re.compile(
    r'(?P<skip>#[^\n]*|//[^\n]*|/\*.*?(?:\*/|\Z))|<<-?(?P<heredoc>[^\W\d][\w-]*)[ \t]*\r?\n|(?P<sign>["{}\[\]()])',
    re.DOTALL,
)
_STRING = re.compile(r'\\.|\$\$\{|%%\{|(?P<sign>[$%]\{|"|\n)')


class Opening(NamedTuple):
    """Where something begins that has no end, and what is said of it."""

    line: int
    column: int
    message: str


def find_unclosed(text: str) -> Opening | None:
    """The first string or heredoc without an end, else the last bracket without one; None where all are closed.

    None too where a bracket closes another one: then the mistake is there, and not at an opening.
    """
    opened: list[tuple[str, int]] = []
    place = 0
    while True:
        in_string = bool(opened) and opened[-1][0] == '"'
        found = (_STRING if in_string else _CODE).search(text, place)
        if found is None:
            return _unclosed(text, *opened[-1]) if opened else None
        place = found.end()
        sign = found["sign"]
        if not in_string and found["heredoc"]:
            end = re.compile(rf"^[ \t]*{re.escape(found['heredoc'])}[ \t]*\r?$", re.MULTILINE).search(
                text, place - 1
            )
            if end is None:
                return _opening(text, found.start(), _of_heredoc(found["heredoc"]))
            place = end.end()
        elif sign == "\n":
            return _unclosed(text, *opened[-1])
        elif sign and not _is_taken(sign, found.start(), opened, in_string=in_string):
            return None


def _is_taken(sign: str, start: int, opened: list[tuple[str, int]], *, in_string: bool) -> bool:
    """Note an opening or a closing sign; False for one that closes what is not open."""
    if in_string and sign == '"':
        opened.pop()
    elif sign in _PAIRS or sign == '"':
        opened.append((sign, start))
    elif opened and _PAIRS[opened[-1][0]] == sign:
        opened.pop()
    else:
        return False
    return True


def _unclosed(text: str, sign: str, start: int) -> Opening:
    if sign == '"':
        return _opening(
            text, start, "this string has no closing quote: expected '\"' at its end, on the same line"
        )
    return _opening(
        text, start, f'this "{sign}" is not closed: expected "{_PAIRS[sign]}" before the end of the file'
    )


def _of_heredoc(mark: str) -> str:
    return f"this text is not closed: expected a line with {mark} alone at its end"


def _opening(text: str, start: int, message: str) -> Opening:
    line_start = text.rfind("\n", 0, start) + 1
    return Opening(text.count("\n", 0, start) + 1, start - line_start + 1, message)
