"""HCL text to tokens that hold every sign of it but blanks between them. For layout; ``parse`` makes meaning."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class TokenKind(Enum):
    """What layout tells apart."""

    NAME = "name"
    NUMBER = "number"
    STRING = "string"
    HEREDOC = "heredoc"
    COMMENT = "comment"
    SIGN = "sign"
    NEWLINE = "newline"


class Token(NamedTuple):
    """A word of the text; strings, heredocs and block comments are one each, whatever they hold."""

    kind: TokenKind
    text: str


_BLANKS: Final = re.compile(r"[ \t\ufeff]+")
_NEWLINE: Final = re.compile(r"\r?\n|\r")
_LINE_COMMENT: Final = re.compile(r"(?:#|//)[^\r\n]*")
_BLOCK_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_HEREDOC: Final = re.compile(r"<<-?[ \t]*([^\W\d][\w-]*)[ \t]*\r?\n")
_NAME: Final = re.compile(r"[^\W\d][\w-]*")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_SIGN: Final = re.compile(r"\.\.\.|=>|==|!=|<=|>=|&&|\|\||[^\w\s]")
_PATTERNS: Final = (
    (TokenKind.NEWLINE, _NEWLINE),
    (TokenKind.COMMENT, _LINE_COMMENT),
    (TokenKind.COMMENT, _BLOCK_COMMENT),
    (TokenKind.NAME, _NAME),
    (TokenKind.NUMBER, _NUMBER),
)


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens of a text that parses."""
    at = 0
    while at < len(text):
        blanks = _BLANKS.match(text, at)
        if blanks is not None:
            at = blanks.end()
            continue
        token = _token(text, at)
        yield token
        at += len(token.text)


def _token(text: str, at: int) -> Token:
    if text[at] == '"':
        return Token(TokenKind.STRING, text[at : _end_of_string(text, at)])
    opening = _HEREDOC.match(text, at)
    if opening is not None:
        closing = re.compile(rf"^[ \t]*{re.escape(opening[1])}(?=[ \t]*\r?$)", re.MULTILINE)
        found = closing.search(text, opening.end())
        return Token(TokenKind.HEREDOC, text[at : found.end() if found else len(text)])
    for kind, pattern in _PATTERNS:
        word = pattern.match(text, at)
        if word is not None:
            return Token(kind, word[0])
    sign = _SIGN.match(text, at)
    return Token(TokenKind.SIGN, sign[0] if sign else text[at])


def _end_of_string(text: str, at: int) -> int:
    """Behind the closing quote; ``${`` and ``%{`` hold expressions, with strings of their own."""
    at += 1
    while at < len(text) and text[at] != '"':
        if text[at] == "\\":
            at += 2
        elif text.startswith(("$${", "%%{"), at):
            at += 3
        elif text.startswith(("${", "%{"), at):
            at = _end_of_interpolation(text, at + 2)
        else:
            at += 1
    return at + 1


def _end_of_interpolation(text: str, at: int) -> int:
    depth = 1
    while at < len(text) and depth:
        if text[at] == '"':
            at = _end_of_string(text, at)
            continue
        depth += (text[at] == "{") - (text[at] == "}")
        at += 1
    return at
