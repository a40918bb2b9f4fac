"""The one layout of an HCL text: indentation, spaces and the column of ``=``. Comments and meaning stay.

As ``terraform fmt`` has it: two blanks a level; ``=`` and comments behind code are aligned over adjacent lines; blank
lines stay, and so do blocks that were written on one line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from atlas.hcl.parse import parse
from atlas.hcl.tokens import Token, TokenKind, tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_OPENING: Final = frozenset("{[(")
_CLOSING: Final = frozenset("}])")
_TIGHT_BEFORE: Final = frozenset({",", ".", "...", ")", "]"})
_TIGHT_AFTER: Final = frozenset({".", "(", "[", "!"})
_OPERANDS: Final = frozenset({TokenKind.NAME, TokenKind.NUMBER, TokenKind.STRING})
_WORDS_BEFORE_OPERANDS: Final = frozenset({"in", "if", "for", "else"})


@dataclass(slots=True)
class _Line:
    """One line: what stands before ``=``, ``=`` and the rest, and a comment behind them."""

    indent: int
    lead: str
    assign: str = ""
    comment: str = ""
    end: str = ""

    def text(self) -> str:
        words = " ".join(word for word in (self.lead, self.assign, self.comment) if word)
        return f"{'  ' * self.indent}{words}{self.end}" if words else self.end


def format_text(text: str, file_name: str = "text") -> str:
    """``text`` in its layout; a text that is laid out already is returned as it is.

    Raises:
        ParseError: The text does not parse.
    """
    parse(text, file_name)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = _lines(tokens_of(text))
    _align(lines, lambda line: line.assign != "", lambda line: line.lead, _set_lead)
    _align(lines, _has_comment_behind, lambda line: f"{line.lead} {line.assign}".strip(), _set_code)
    return mark + "".join(line.text() for line in lines)


def _has_comment_behind(line: _Line) -> bool:
    return line.comment != "" and line.lead != ""


def _set_lead(line: _Line, width: int) -> None:
    line.lead = line.lead.ljust(width)


def _set_code(line: _Line, width: int) -> None:
    if line.assign:
        line.assign = line.assign.ljust(width - len(line.lead) - 1)
    else:
        line.lead = line.lead.ljust(width)


def _align(
    lines: list[_Line],
    belongs: Callable[[_Line], bool],
    words: Callable[[_Line], str],
    set_width: Callable[[_Line, int], None],
) -> None:
    """Give the words of each run of adjacent lines one width; lines of one run stand at one level."""
    run: list[_Line] = []
    for line in [*lines, _Line(0, "")]:
        if run and (not belongs(line) or line.indent != run[-1].indent or "\n" in words(run[-1])):
            width = max(len(words(each)) for each in run)
            for each in run:
                set_width(each, width)
            run = []
        if belongs(line):
            run.append(line)


@dataclass(slots=True)
class _Nesting:
    """The brackets that are open, each with the number of the line that opened it."""

    open: list[int] = field(default_factory=list)

    def level(self) -> int:
        """Brackets that were opened on one line are one level."""
        return len(set(self.open))

    def close_leading(self, tokens: list[Token]) -> int:
        """The level of a line: brackets that it begins with close before it."""
        closing = 0
        for token in tokens:
            if token.text not in _CLOSING or token.kind is not TokenKind.SIGN:
                break
            closing += 1
        return len(set(self.open[: max(0, len(self.open) - closing)]))

    def pass_line(self, tokens: list[Token], number: int) -> int:
        """Take the brackets of a line; how many more it opens than it closes."""
        change = 0
        for token in tokens:
            if token.kind is not TokenKind.SIGN:
                continue
            if token.text in _OPENING:
                self.open.append(number)
                change += 1
            elif token.text in _CLOSING and self.open:
                self.open.pop()
                change -= 1
        return change


def _lines(tokens: Iterable[Token]) -> list[_Line]:
    lines: list[_Line] = []
    nesting = _Nesting()
    words: list[Token] = []
    for token in [*tokens, Token(TokenKind.NEWLINE, "")]:
        if token.kind is not TokenKind.NEWLINE:
            words.append(token)
            continue
        indent = nesting.close_leading(words)
        nesting.pass_line(words, len(lines))
        lines.append(_line(words, indent, token.text))
        words = []
    return lines


def _line(tokens: list[Token], indent: int, end: str) -> _Line:
    comment = ""
    if len(tokens) > 1 and tokens[-1].kind is TokenKind.COMMENT:
        comment = tokens[-1].text.rstrip()
        tokens = tokens[:-1]
    at = next((at for at, token in enumerate(tokens) if at and token == Token(TokenKind.SIGN, "=")), 0)
    if at and _Nesting().pass_line(tokens[at:], 0) == 0 and not _closes_early(tokens[at:]):
        return _Line(indent, _joined(tokens[:at]), _joined(tokens[at:]), comment, end)
    return _Line(indent, _joined(tokens), "", comment, end)


def _closes_early(tokens: list[Token]) -> bool:
    """Whether a bracket closes that was opened before: the ``=`` is one inside of a block on one line."""
    depth = 0
    for token in tokens:
        if token.kind is TokenKind.SIGN:
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth < 0:
            return True
    return False


def _joined(tokens: list[Token]) -> str:
    words: list[str] = []
    for at, token in enumerate(tokens):
        if at and _is_spaced(tokens, at):
            words.append(" ")
        words.append(token.text.rstrip() if token.kind is TokenKind.COMMENT else token.text)
    return "".join(words)


def _is_spaced(tokens: list[Token], at: int) -> bool:
    """Whether a blank stands before the token at a place."""
    left, right = tokens[at - 1], tokens[at]
    is_sign = TokenKind.SIGN
    if TokenKind.COMMENT in {left.kind, right.kind}:
        return True
    if right.kind is is_sign and right.text in _TIGHT_BEFORE:
        return False
    if left.kind is is_sign and left.text in _TIGHT_AFTER:
        return False
    if left == Token(is_sign, "{") and right == Token(is_sign, "}"):
        return False
    if right.kind is is_sign and right.text in {"(", "["}:
        return not _is_operand(tokens, at - 1)
    return not (left == Token(is_sign, "-") and _is_unary(tokens, at - 1))


def _is_operand(tokens: list[Token], at: int) -> bool:
    """Whether ``(`` behind the token calls, ``[`` indexes, and ``-`` subtracts."""
    token = tokens[at]
    if token.kind is TokenKind.SIGN:
        is_splat = token.text == "*" and at > 0 and tokens[at - 1].text in {".", "["}
        return is_splat or token.text in _CLOSING
    return token.kind in _OPERANDS and token.text not in _WORDS_BEFORE_OPERANDS


def _is_unary(tokens: list[Token], at: int) -> bool:
    return at == 0 or not _is_operand(tokens, at - 1)
