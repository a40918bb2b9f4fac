"""The words of SQLite's language: https://sqlite.org/src/file/src/tokenize.c."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

_PATTERN = re.compile(
    r"""
      (?P<space>    [ \t\n\f\r]+ | --[^\n]*(?:\n|\Z) | /\*.*?(?:\*/|\Z) )
    | (?P<blob>     [xX]'[0-9a-fA-F]*' )
    | (?P<string>   '(?:[^']|'')*' )
    | (?P<quoted>   "(?:[^"]|"")*" | `(?:[^`]|``)*` | \[[^\]]*\] )
    | (?P<number>   0[xX][0-9a-fA-F_]+ | (?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)? )
    | (?P<word>     [A-Za-z_\x80-\U0010ffff][A-Za-z0-9_$\x80-\U0010ffff]* )
    | (?P<variable> [?][0-9]* | [@:\#$][A-Za-z0-9_$\x80-\U0010ffff]+ )
    | (?P<sign>     ->>? | \|\| | << | >> | <= | >= | <> | == | != | [-+*/%&|~<>=.,;()] )
    """,
    re.VERBOSE | re.DOTALL,
)


class TokenKind(Enum):
    """What a token is; ``QUOTED`` is a name in quotes, backticks or brackets."""

    WORD = "word"
    QUOTED = "quoted"
    STRING = "string"
    BLOB = "blob"
    NUMBER = "number"
    VARIABLE = "variable"
    SIGN = "sign"


_KINDS = {kind.value: kind for kind in TokenKind}


class Token(NamedTuple):
    """A token and where it stands in its text."""

    kind: TokenKind
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """A bare word in capitals, or the sign itself; '' for all that is quoted or a literal."""
        if self.kind is TokenKind.WORD:
            return self.text.upper()
        return self.text if self.kind is TokenKind.SIGN else ""

    @property
    def name(self) -> str | None:
        """What it names where SQLite wants a name: there it takes strings, too. None for what can be none."""
        match self.kind:
            case TokenKind.WORD:
                return self.text
            case TokenKind.QUOTED if self.text[0] == "[":
                return self.text[1:-1]
            case TokenKind.QUOTED | TokenKind.STRING:
                quote = self.text[0]
                return self.text[1:-1].replace(quote * 2, quote)
            case _:
                return None


class UnknownText(ValueError):  # noqa: N818  it is what was found, not what failed
    """A place in a text where no token begins."""


def tokens_of(text: str) -> tuple[Token, ...]:
    """All tokens but spaces and comments.

    Raises:
        UnknownText: A sign that SQLite does not know, or a quote that does not end.
    """
    found: list[Token] = []
    position = 0
    match_at = _PATTERN.match
    while position < len(text):
        match = match_at(text, position)
        if match is None:
            raise UnknownText(text[position : position + 20])
        kind = match.lastgroup or ""
        if kind != "space":
            found.append(Token(_KINDS[kind], match.group(), position, match.end()))
        position = match.end()
    return tuple(found)
