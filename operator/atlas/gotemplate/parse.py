"""Tokens to a tree: the control structure of a template. What stands inside ``{{ }}`` is read by ``pipelines``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.errors import ParseError
from atlas.gotemplate.nodes import Action, Body, Break, Call, Continue, If, Range, Text, With
from atlas.gotemplate.pipelines import PipelineReader
from atlas.gotemplate.quoting import quote, unquote
from atlas.gotemplate.tokens import Kind, scan

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from typing import NoReturn

    from atlas.gotemplate.nodes import Statement
    from atlas.gotemplate.tokens import Token

_STRUCTURES: dict[str, type[If | With | Range]] = {"if": If, "with": With, "range": Range}
_ENDS = frozenset({"end", "else"})
_CHAINED = frozenset({"if", "with"})
"""What may follow ``else``."""


class Template(NamedTuple):
    """A parsed template: its own body and every body that ``define`` and ``block`` name.

    ``places`` are the file and its text of the bodies that stand in another file.
    """

    name: str
    source: str
    body: Body
    defined: dict[str, Body]
    places: Mapping[str, tuple[str, str]] = {}


def parse(source: str, *, name: str, functions: Container[str]) -> Template:
    """Parse ``source``. Raises ParseError ``template: NAME:LINE: …`` with the words of Go 1.26."""
    return _Parser(source, name=name, functions=functions).template()


class _Parser:
    def __init__(self, source: str, *, name: str, functions: Container[str]) -> None:
        self._reader = PipelineReader(list(scan(source)), functions=functions, fail=self._fail)
        self._source = source
        self._name = name
        self._defined: dict[str, Body] = {}
        self._loops = 0

    def template(self) -> Template:
        statements: list[Statement] = []
        while self._reader.peek().kind is not Kind.END:
            statements += self._top_level()
        body = tuple(statements)
        return Template(self._name, self._source, body, self._defined)

    def _top_level(self) -> list[Statement]:
        if self._reader.peek_action() == "define":
            self._definition()
            return []
        end = self._reader.peek_action()
        if end in _ENDS:
            self._reader.next()
            self._reader.next_nonspace()
            if not (end == "else" and self._reader.peek_nonspace().text in _CHAINED):
                self._reader.expect(Kind.CLOSE, end)
            self._fail(f"unexpected {{{{{end}}}}}")
        return [self._statement()]

    def _definition(self) -> None:
        self._reader.next()
        self._reader.next_nonspace()
        name = self._template_name("define clause")
        self._reader.expect(Kind.CLOSE, "define clause")
        variables, loops = self._reader.variables, self._loops
        self._reader.variables, self._loops = ["$"], 0
        body = self._body()
        self._end("define clause")
        self._reader.variables, self._loops = variables, loops
        self._define(name, body)

    def _define(self, name: str, body: Body) -> None:
        known = self._defined.get(name)
        if known and not is_blank(known):
            if not is_blank(body):
                self._fail(f"template: multiple definition of template {quote(name)}")
            return
        self._defined[name] = body

    def _template_name(self, context: str) -> str:
        token = self._reader.next_nonspace()
        if token.kind is not Kind.STRING:
            self._reader.unexpected(token, context)
        return unquote(token.text)

    def _body(self) -> Body:
        """Statements up to the ``end`` or ``else`` that closes them, which is left unread."""
        statements: list[Statement] = []
        while self._reader.peek_action() not in _ENDS:
            if self._reader.peek().kind is Kind.END:
                self._reader.next()
                self._fail("unexpected EOF")
            statements.append(self._statement())
        return tuple(statements)

    def _end(self, context: str) -> None:
        self._reader.next()
        word = self._reader.next_nonspace()
        self._reader.expect(Kind.CLOSE, word.text)
        if word.text == "else":
            self._fail(f"unexpected {{{{else}}}} in {context}")

    def _statement(self) -> Statement:
        token = self._reader.next_nonspace()
        if token.kind is Kind.TEXT:
            return Text(token.text, token.pos)
        if token.kind is not Kind.OPEN:
            self._reader.unexpected(token, "input")
        first = self._reader.peek_nonspace()
        if first.kind is Kind.KEYWORD:
            return self._keyword(first)
        return Action(self._reader.pipeline("command", Kind.CLOSE), first.pos)

    def _keyword(self, token: Token) -> Statement:
        if token.text in _STRUCTURES:
            self._reader.next_nonspace()
            return self._structure(token)
        match token.text:
            case "template":
                self._reader.next_nonspace()
                return self._call("template clause")
            case "block":
                self._reader.next_nonspace()
                return self._block()
            case "break" | "continue":
                self._reader.next_nonspace()
                return self._jump(token)
            case _:
                return Action(self._reader.pipeline("command", Kind.CLOSE), token.pos)

    def _structure(self, word: Token) -> Statement:
        scope = len(self._reader.variables)
        pipe = self._reader.pipeline(word.text, Kind.CLOSE)
        self._loops += word.text == "range"
        body = self._body()
        self._loops -= word.text == "range"
        otherwise = self._otherwise(word.text)
        del self._reader.variables[scope:]
        return _STRUCTURES[word.text](pipe, body, otherwise, pipe.pos)

    def _otherwise(self, structure: str) -> Body:
        """The part after ``else``; reads through the ``end`` of the whole structure."""
        self._reader.next()
        word = self._reader.next_nonspace()
        if word.text == "end":
            self._reader.expect(Kind.CLOSE, "end")
            return ()
        following = self._reader.peek_nonspace()
        if structure != "range" and following.kind is Kind.KEYWORD and following.text == structure:
            return (self._structure(self._reader.next_nonspace()),)
        if following.kind is Kind.KEYWORD and following.text in _CHAINED:
            self._reader.unexpected(self._reader.next_nonspace(), "input")
        self._reader.expect(Kind.CLOSE, "else")
        body = self._body()
        if self._reader.peek_action() == "else":
            self._reader.next()
            self._fail("expected end; found {{else}}")
        self._end(structure)
        return body

    def _call(self, context: str) -> Call:
        name = self._template_name(context)
        pos = self._reader.last.pos
        pipe = None
        if self._reader.peek_nonspace().kind is Kind.CLOSE:
            self._reader.next_nonspace()
        else:
            pipe = self._reader.pipeline(context, Kind.CLOSE)
        return Call(name, pipe, pos)

    def _block(self) -> Call:
        name = self._template_name("block clause")
        pos = self._reader.last.pos
        pipe = self._reader.pipeline("block clause", Kind.CLOSE)
        variables, loops = self._reader.variables, self._loops
        self._reader.variables, self._loops = ["$"], 0
        body = self._body()
        self._end("block clause")
        self._reader.variables, self._loops = variables, loops
        self._define(name, body)
        return Call(name, pipe, pos)

    def _jump(self, word: Token) -> Statement:
        token = self._reader.next_nonspace()
        if token.kind is not Kind.CLOSE:
            self._reader.unexpected(token, f"{{{{{word.text}}}}}")
        if not self._loops:
            self._fail(f"{{{{{word.text}}}}} outside {{{{range}}}}")
        return (Break if word.text == "break" else Continue)(word.pos)

    def _fail(self, message: str) -> NoReturn:
        line = self._line(self._reader.last)
        opened = self._line(self._reader.opened)
        if self._reader.last.kind is Kind.ERROR and opened != line:
            where = f"started at {self._name}:{opened}"
            message += f" {where}" if message.endswith(" action") else f" in action {where}"
        text = f"template: {self._name}:{line}: {message}"
        raise ParseError(text)

    def _line(self, token: Token) -> int:
        return 1 + self._source.count("\n", 0, token.pos)


def is_blank(body: Body) -> bool:
    """Nothing but space: such a body defines nothing anew."""
    return all(isinstance(statement, Text) and not statement.text.strip() for statement in body)
