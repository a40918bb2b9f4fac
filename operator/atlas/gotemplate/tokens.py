"""Template text to tokens, by the rules of Go's text/template (Go 1.26). Nothing here knows what a token means."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACES = " \t\r\n"
_DIGITS = frozenset("0123456789")
_TERMINATORS = frozenset(" \t\r\n.,|:)(")
_LEFT_TRIMS = frozenset("-" + space for space in _SPACES)
_TRIM = 2
"""The length of a trim marker: a minus and the space beside it."""


class Kind(Enum):
    """What a token is, not what it says."""

    TEXT = "text"
    OPEN = "{{"
    CLOSE = "}}"
    SPACE = "space"
    CHARACTER = "character"
    ASSIGN = "="
    DECLARE = ":="
    PIPE = "|"
    LEFT = "("
    RIGHT = ")"
    STRING = "string"
    CHARACTER_CONSTANT = "character constant"
    NUMBER = "number"
    BOOL = "bool"
    DOT = "."
    NIL = "nil"
    FIELD = "field"
    VARIABLE = "variable"
    IDENTIFIER = "identifier"
    KEYWORD = "keyword"
    ERROR = "error"
    END = "EOF"


_WORDS = dict.fromkeys(
    ("block", "break", "continue", "define", "else", "end", "if", "range", "template", "with"), Kind.KEYWORD
) | {"true": Kind.BOOL, "false": Kind.BOOL, "nil": Kind.NIL}
_SIGNS = {"=": Kind.ASSIGN, "|": Kind.PIPE}


class Token(NamedTuple):
    """A piece of the template and its offset, in characters."""

    kind: Kind
    text: str
    pos: int

    def __str__(self) -> str:
        """The token as Go's parse errors name it."""
        from atlas.gotemplate.quoting import quote

        if self.kind in {Kind.END, Kind.ERROR}:
            return "EOF" if self.kind is Kind.END else self.text
        if self.kind in {Kind.KEYWORD, Kind.DOT, Kind.NIL}:
            return f"<{self.text}>"
        return quote(self.text[:10]) + "..." if len(self.text.encode()) > 10 else quote(self.text)  # noqa: PLR2004


class _UnreadableError(Exception):
    """The lexer cannot go on; ``args`` are the message and the place."""


def scan(source: str) -> Iterator[Token]:
    """The tokens of ``source``; the last one is END, or ERROR with the message as its text."""
    try:
        yield from _Scanner(source).text()
    except _UnreadableError as error:
        message, pos = error.args
        yield Token(Kind.ERROR, message, pos)


class _Scanner:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._depth = 0

    def text(self) -> Iterator[Token]:
        """Everything from a place outside actions to the end."""
        source = self._source
        while True:
            start, opening = self._at, source.find("{{", self._at)
            text = source[start:] if opening < 0 else source[start:opening]
            trims = opening >= 0 and source[opening + 2 : opening + 4] in _LEFT_TRIMS
            text = text.rstrip(_SPACES) if trims else text
            if text:
                yield Token(Kind.TEXT, text, start)
            if opening < 0:
                yield Token(Kind.END, "", len(source))
                return
            self._at = opening + 2 + (_TRIM if trims else 0)
            if source.startswith("/*", self._at):
                self._skip_comment()
                continue
            yield Token(Kind.OPEN, "{{", opening)
            yield from self._action()

    def _skip_comment(self) -> None:
        start = self._at
        end = self._source.find("*/", start)
        if end < 0:
            raise _UnreadableError("unclosed comment", start)
        self._at = end + 2
        if not self._closing():
            raise _UnreadableError("comment ends before closing delimiter", start)
        self._close()

    def _closing(self) -> str:
        """The right delimiter that starts here, trim marker included; empty when there is none."""
        source, at = self._source, self._at
        if source.startswith("}}", at):
            return "}}"
        trims = source[at : at + 1] in tuple(_SPACES) and source.startswith("-}}", at + 1)
        return source[at : at + 4] if trims else ""

    def _close(self) -> Token:
        delimiter, start = self._closing(), self._at
        self._at += len(delimiter)
        if len(delimiter) > len("}}"):
            rest = self._source[self._at :]
            self._at += len(rest) - len(rest.lstrip(_SPACES))
        return Token(Kind.CLOSE, "}}", start + len(delimiter) - 2)

    def _action(self) -> Iterator[Token]:
        self._depth = 0
        while not self._closing():
            yield self._token()
        if self._depth:
            raise _UnreadableError("unclosed left paren", self._at)
        yield self._close()

    def _token(self) -> Token:  # noqa: C901, PLR0911  one line a kind
        source, start = self._source, self._at
        if start >= len(source):
            raise _UnreadableError("unclosed action", start)
        character = source[start]
        if character in _SPACES:
            return self._space()
        if character in _SIGNS:
            return self._take(_SIGNS[character], start + 1)
        if character == ":":
            if source[start + 1 : start + 2] != "=":
                raise _UnreadableError("expected :=", start)
            return self._take(Kind.DECLARE, start + 2)
        if character in "\"'`":
            return self._quoted(character)
        if character == "$":
            return self._name(Kind.VARIABLE)
        if character == "." and source[start + 1 : start + 2] not in _DIGITS:
            return self._name(Kind.FIELD)
        if character in _DIGITS or character in "+-.":
            return self._number()
        if character == "_" or character.isalnum():
            return self._word()
        return self._sign(character)

    def _take(self, kind: Kind, end: int) -> Token:
        start, self._at = self._at, end
        return Token(kind, self._source[start:end], start)

    def _space(self) -> Token:
        end = self._at
        while self._source[end : end + 1] in tuple(_SPACES):
            end += 1
        if self._source.startswith("-}}", end):
            end -= 1  # this space belongs to the trim marker
        return self._take(Kind.SPACE, end)

    def _quoted(self, delimiter: str) -> Token:
        source, end = self._source, self._at + 1
        while end < len(source) and source[end] != delimiter:
            if source[end] == "\n" and delimiter != "`":
                break
            end += 2 if source[end] == "\\" and delimiter != "`" else 1
        if source[end : end + 1] != delimiter:
            what = {'"': "unterminated quoted string", "'": "unterminated character constant"}
            raise _UnreadableError(what.get(delimiter, "unterminated raw quoted string"), self._at)
        return self._take(Kind.CHARACTER_CONSTANT if delimiter == "'" else Kind.STRING, end + 1)

    def _name(self, kind: Kind) -> Token:
        end = self._run(self._at + 1)
        if end == self._at + 1 and kind is Kind.FIELD:
            kind = Kind.DOT
        return self._take(kind, end)

    def _word(self) -> Token:
        end = self._run(self._at)
        return self._take(_WORDS.get(self._source[self._at : end], Kind.IDENTIFIER), end)

    def _run(self, end: int) -> int:
        """Where the letters and digits from ``end`` on stop; what follows must be able to follow a name."""
        source = self._source
        while end < len(source) and (source[end] == "_" or source[end].isalnum()):
            end += 1
        if end < len(source) and source[end] not in _TERMINATORS and not source.startswith("}}", end):
            raise _UnreadableError(f"bad character {_code_point(source[end])}", end)
        return end

    def _number(self) -> Token:
        source, end = self._source, self._at + 1
        exponents = "pP" if source[self._at : self._at + 2].lower() == "0x" else "eE"
        while end < len(source):
            signed_exponent = source[end] in "+-" and source[end - 1] in exponents
            if not (signed_exponent or source[end] in "._" or source[end].isalnum()):
                break
            end += 1
        return self._take(Kind.NUMBER, end)

    def _sign(self, character: str) -> Token:
        if character == "(":
            self._depth += 1
            return self._take(Kind.LEFT, self._at + 1)
        if character == ")":
            self._depth -= 1
            if self._depth < 0:
                raise _UnreadableError("unexpected right paren", self._at)
            return self._take(Kind.RIGHT, self._at + 1)
        if "!" <= character <= "~":
            return self._take(Kind.CHARACTER, self._at + 1)
        raise _UnreadableError(f"unrecognized character in action: {_code_point(character)}", self._at)


def _code_point(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"{code} '{character}'" if character.isprintable() else code
