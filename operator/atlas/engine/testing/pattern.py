"""Patterns of test files and of ``--run``. They are those of Go's RE2: what only Python has is refused by name."""

from __future__ import annotations

import re

from atlas.errors import ParseError

_ONLY_PYTHON = re.compile(r"(?:^|[^\\])(?:\\\\)*(?P<found>\(\?(?:[=!>#]|<[=!]|P=|\()|\\[1-9]|\\Z|[*+?}]\+)")


def compiled(text: str, what: str) -> re.Pattern[str]:
    """A pattern, to be searched for.

    Args:
        text: The pattern as written.
        what: Where it was written, for the error.

    Raises:
        ParseError: It is none, or needs what RE2 has not: looking around, back-references, possessive counts.
    """
    if found := _ONLY_PYTHON.search(text):
        raise ParseError(f'{what}: invalid pattern "{text}": "{found["found"]}" is not supported by RE2')
    try:
        return re.compile(text.replace(r"\z", r"\Z"))
    except re.error as error:
        raise ParseError(f'{what}: invalid pattern "{text}": {error}') from error
