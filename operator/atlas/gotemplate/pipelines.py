"""Tokens of one action to a pipeline: declarations, commands, operands. Control words are the business of ``parse``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from atlas.gotemplate.constants import parse_number
from atlas.gotemplate.nodes import (
    Chain,
    Command,
    Dot,
    Field,
    Identifier,
    Literal,
    Nil,
    Pipe,
    Variable,
    source_text,
)
from atlas.gotemplate.quoting import quote, unquote
from atlas.gotemplate.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Container
    from typing import NoReturn

    from atlas.gotemplate.nodes import Operand

_OPERAND_STARTS = frozenset(
    {
        Kind.BOOL,
        Kind.CHARACTER_CONSTANT,
        Kind.DOT,
        Kind.FIELD,
        Kind.IDENTIFIER,
        Kind.NUMBER,
        Kind.NIL,
        Kind.STRING,
        Kind.VARIABLE,
        Kind.LEFT,
    }
)
_MAX_DEPTH = 100
"""Nested parentheses; far above any template, far below Python's own limit."""


class Fail(Protocol):
    """Raises ParseError at the last token read."""

    def __call__(self, message: str) -> NoReturn: ...


class PipelineReader:
    """A cursor over tokens.

    ``variables`` are the names in scope; ``last`` is the token read last, ``opened`` the ``{{`` of its action.
    """

    def __init__(self, tokens: list[Token], *, functions: Container[str], fail: Fail) -> None:
        self._tokens = tokens
        self._functions = functions
        self._fail = fail
        self._at = 0
        self._depth = 0
        self.variables = ["$"]
        self.last = self.opened = tokens[0]

    def peek(self) -> Token:
        return self._tokens[min(self._at, len(self._tokens) - 1)]

    def next(self) -> Token:
        self.last = self.peek()
        if self.last.kind is Kind.OPEN:
            self.opened = self.last
        self._at += 1
        return self.last

    def peek_nonspace(self) -> Token:
        while self.peek().kind is Kind.SPACE:
            self._at += 1
        self.last = self.peek()
        return self.last

    def next_nonspace(self) -> Token:
        self.peek_nonspace()
        return self.next()

    def peek_action(self) -> str:
        """The control word of the action that starts here, without reading it; empty when there is none."""
        if self.peek().kind is not Kind.OPEN:
            return ""
        start = self._at + 1
        while start < len(self._tokens) and self._tokens[start].kind is Kind.SPACE:
            start += 1
        word = self._tokens[min(start, len(self._tokens) - 1)]
        return word.text if word.kind is Kind.KEYWORD else ""

    def expect(self, kind: Kind, context: str) -> Token:
        token = self.next_nonspace()
        if token.kind is not kind:
            self.unexpected(token, context)
        return token

    def unexpected(self, token: Token, context: str) -> NoReturn:
        self._fail(token.text if token.kind is Kind.ERROR else f"unexpected {token} in {context}")

    def pipeline(self, context: str, end: Kind) -> Pipe:
        """Declarations and commands up to and including the token ``end``."""
        pos = self.peek_nonspace().pos
        declared, assigns = self._declarations(context)
        commands: list[Command] = []
        while (token := self.peek_nonspace()).kind is not end:
            if token.kind not in _OPERAND_STARTS:
                self.unexpected(self.next_nonspace(), context)
            commands.append(self._command())
        self.next_nonspace()
        self._check(commands, context)
        return Pipe(tuple(commands), declared, assigns, pos)

    def _check(self, commands: list[Command], context: str) -> None:
        if not commands:
            self._fail(f"missing value for {context}")
        for stage, command in enumerate(commands[1:], start=2):
            if isinstance(command.arguments[0], Dot | Nil | Literal):
                self._fail(f"non executable command in pipeline stage {stage}")

    def _declarations(self, context: str) -> tuple[tuple[str, ...], bool]:
        names: list[str] = []
        while self.peek_nonspace().kind is Kind.VARIABLE:
            start, name = self._at, self.next().text
            following = self.peek_nonspace()
            if following.kind in {Kind.ASSIGN, Kind.DECLARE}:
                self.next()
                self.variables.append(name)
                return (*names, name), following.kind is Kind.ASSIGN
            if not (following.kind is Kind.CHARACTER and following.text == ","):
                self._at = start
                break
            self.next()
            names.append(name)
            self.variables.append(name)
            if context != "range" or len(names) > 1:
                self._fail(f"too many declarations in {context}")
            if self.peek_nonspace().kind not in {Kind.VARIABLE, Kind.CLOSE, Kind.RIGHT}:
                self._fail("range can only initialize variables")
        return tuple(names), False

    def _command(self) -> Command:
        pos = self.peek_nonspace().pos
        arguments: list[Operand] = []
        while True:
            self.peek_nonspace()
            operand = self._operand()
            if operand is not None:
                arguments.append(operand)
            token = self.peek()
            if token.kind in {Kind.CLOSE, Kind.RIGHT}:
                break
            self.next()
            if token.kind is Kind.PIPE:
                break
            if token.kind is not Kind.SPACE:
                self.unexpected(token, "operand")
        if not arguments:
            self._fail("empty command")
        return Command(tuple(arguments), pos)

    def _operand(self) -> Operand | None:  # noqa: RET503  fail never returns
        term = self._term()
        following = self.peek()
        if term is None or following.kind is not Kind.FIELD:
            return term
        names: list[str] = []
        while self.peek().kind is Kind.FIELD:
            names.append(self.next().text[1:])
        match term:
            case Field(first):
                return Field((*first, *names), following.pos)
            case Variable(name):
                return Variable(name, tuple(names), following.pos)
            case Dot() | Nil() | Literal():
                self._fail(f"unexpected . after term {quote(source_text(term))}")
            case _:
                return Chain(term, tuple(names), following.pos)

    def _term(self) -> Operand | None:  # noqa: PLR0911  one case a token
        token = self.peek_nonspace()
        if token.kind not in _OPERAND_STARTS:
            return None
        self.next()
        match token.kind:
            case Kind.DOT:
                return Dot(token.pos)
            case Kind.NIL:
                return Nil(token.pos)
            case Kind.FIELD:
                return Field((token.text[1:],), token.pos)
            case Kind.VARIABLE:
                return self._variable(token)
            case Kind.IDENTIFIER:
                return self._identifier(token)
            case Kind.LEFT:
                return self._parenthesized()
            case _:
                return self._literal(token)

    def _variable(self, token: Token) -> Variable:
        if token.text not in self.variables:
            self._fail(f"undefined variable {quote(token.text)}")
        return Variable(token.text, (), token.pos)

    def _identifier(self, token: Token) -> Identifier:
        if token.text not in self._functions:
            self._fail(f"function {quote(token.text)} not defined")
        return Identifier(token.text, token.pos)

    def _parenthesized(self) -> Pipe:
        if self._depth >= _MAX_DEPTH:
            self._fail("max expression depth exceeded")
        self._depth += 1
        pipe = self.pipeline("parenthesized pipeline", Kind.RIGHT)
        self._depth -= 1
        return pipe

    def _literal(self, token: Token) -> Literal:
        if token.kind is Kind.BOOL:
            return Literal(token.text == "true", token.text, token.pos)
        try:
            value = unquote(token.text) if token.kind is Kind.STRING else parse_number(token.text)
        except ValueError as error:
            self._fail(str(error))
        return Literal(value, token.text, token.pos)
