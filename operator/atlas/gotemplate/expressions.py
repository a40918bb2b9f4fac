"""Pipelines to values: fields, variables, calls. Printing and control flow are the business of ``execute``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, assert_never

from atlas.errors import AtlasError, ParseError
from atlas.gotemplate.builtins import SHORT_CIRCUITS
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
from atlas.gotemplate.quoting import quote
from atlas.gotemplate.signatures import signature
from atlas.gotemplate.values import NO_VALUE, FieldError, field, is_map, truth, type_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import NoReturn

    from atlas.gotemplate.nodes import Node, Operand

_NO_ARGUMENT: Final = object()
"""There is no value from an earlier command of the pipeline."""


_NOT_INVOKABLE: Final = "has arguments but cannot be invoked as function"


class _Invocation(NamedTuple):
    """A function or method, its operands, the value from the pipeline, and where an error points."""

    name: str
    function: Callable[..., object]
    operands: tuple[Operand, ...]
    final: object
    place: Node


def _no_function() -> None:
    """Stands in an access to a field until the field turns out to be a method."""


class Evaluator:
    """Evaluates pipelines of one template.

    ``variables`` is the stack of names in scope, innermost last; ``node`` is where an error message points, in the text
    ``source`` of the file ``root``.
    """

    def __init__(self, name: str, source: str, functions: Mapping[str, Callable[..., object]]) -> None:
        self.source = source
        self._functions = functions
        self.root = name
        self.name = name
        self.node: Node | None = None
        self.variables: list[tuple[str, object]] = []

    def pipeline(self, dot: object, pipe: Pipe) -> object:
        """The value of ``pipe``, also given to the variables that it declares."""
        self.node = pipe
        value = _NO_ARGUMENT
        for command in pipe.commands:
            value = self._command(dot, command, value)
        for name in pipe.declared:
            if pipe.assigns:
                self.assign(name, value)
            else:
                self.variables.append((name, value))
        return value

    def assign(self, name: str, value: object) -> None:
        """Give the innermost variable ``name`` another value."""
        for place in range(len(self.variables) - 1, -1, -1):
            if self.variables[place][0] == name:
                self.variables[place] = (name, value)
                return
        self.fail(f"undefined variable: {name}")

    def fail(self, message: str) -> NoReturn:
        """Raise ParseError with Go's place: template, line, byte in the line, and the node."""
        if self.node is None:
            text = f"template: {self.name}: {message}"
            raise ParseError(text)
        before = self.source[: self.node.pos]
        line = 1 + before.count("\n")
        column = len(before.rpartition("\n")[2].encode("utf-8", "surrogateescape"))
        where = f"{self.root}:{line}:{column}: executing {quote(self.name)} at <{source_text(self.node)}>"
        text = f"template: {where}: {message}"
        raise ParseError(text)

    def _command(self, dot: object, command: Command, final: object) -> object:
        first, arguments = command.arguments[0], command.arguments[1:]
        match first:
            case Field() | Chain() | Variable():
                return self._chained(dot, first, arguments, final)
            case Identifier(name):
                self.node = first
                return self._function(dot, name, command, final)
            case Pipe():
                self._must_be_alone(first, arguments, final)
                return self.pipeline(dot, first)
            case Dot() | Literal() | Nil():
                self.node = first
                self._must_be_alone(first, arguments, final)
                if isinstance(first, Nil):
                    self.fail("nil is not a command")
                return dot if isinstance(first, Dot) else first.value
            case _:
                assert_never(first)

    def _must_be_alone(self, first: Operand, arguments: tuple[Operand, ...], final: object) -> None:
        if arguments or final is not _NO_ARGUMENT:
            self.fail(f"can't give argument to non-function {source_text(first)}")

    def _operand(self, dot: object, node: Operand) -> object:
        """The value of an argument; a missing one is nil, as for Go's ``any`` parameters."""
        self.node = node
        match node:
            case Dot():
                return dot
            case Nil():
                return None
            case Literal(value):
                return value
            case Pipe():
                return self.pipeline(dot, node)
            case Identifier(name):
                return self._function(dot, name, Command((node,), node.pos), _NO_ARGUMENT)
            case _:
                return self._chained(dot, node, (), _NO_ARGUMENT)

    def _chained(
        self, dot: object, node: Field | Chain | Variable, arguments: tuple[Operand, ...], final: object
    ) -> object:
        self.node = node
        receiver = self._receiver(dot, node)
        if not node.names:
            self._must_be_alone(node, arguments, final)
            return receiver
        for name in node.names[:-1]:
            receiver = self._field(dot, receiver, _Invocation(name, _no_function, (), _NO_ARGUMENT, node))
        return self._field(dot, receiver, _Invocation(node.names[-1], _no_function, arguments, final, node))

    def _receiver(self, dot: object, node: Field | Chain | Variable) -> object:  # noqa: RET503  fail never returns
        match node:
            case Field():
                return dot
            case Variable(name):
                return self._variable(name)
            case Chain(Nil()):
                self.fail(f"indirection through explicit nil in {source_text(node)}")
            case Chain(operand):
                return self._operand(dot, operand)
            case _:
                assert_never(node)

    def _variable(self, name: str) -> object:  # noqa: RET503  fail never returns
        for known, value in reversed(self.variables):
            if known == name:
                return value
        self.fail(f"undefined variable: {name}")

    def _field(self, dot: object, receiver: object, access: _Invocation) -> object:
        """The field that ``access`` names, or the result of the method of that name."""
        try:
            value = field(receiver, access.name)
        except FieldError as error:
            self.fail(str(error))
        if callable(value):
            return self._invoke(dot, access._replace(function=value))
        if access.operands or access.final is not _NO_ARGUMENT:
            lacks = "is not a method but has arguments" if is_map(receiver) else _NOT_INVOKABLE
            self.fail(f"{access.name} {lacks}")
        return value

    def _function(self, dot: object, name: str, command: Command, final: object) -> object:
        if name in SHORT_CIRCUITS:
            return self._short_circuit(dot, name, command, final)
        return self._invoke(
            dot, _Invocation(name, self._functions[name], command.arguments[1:], final, command)
        )

    def _invoke(self, dot: object, call: _Invocation) -> object:
        takes = signature(call.function)
        unfit = takes.unfit(len(call.operands) + (call.final is not _NO_ARGUMENT))
        if unfit:
            self.fail(f"wrong number of args for {call.name}: {unfit}")
        values: list[object] = []
        for position, operand in enumerate(call.operands):
            value = self._operand(dot, operand)
            self._check(value, takes.expected(position), operand)
            values.append(value)
        if call.final is not _NO_ARGUMENT:
            self._check(call.final, takes.expected(len(values)), None)
            values.append(call.final)
        return self._result(call, values)

    def _check(self, value: object, expected: type | None, operand: Operand | None) -> None:
        if expected is None or (
            isinstance(value, expected) and not (expected is int and isinstance(value, bool))
        ):
            return
        wanted = type_name(expected())
        if isinstance(operand, Nil):
            self.fail(f"cannot assign nil to {wanted}")
        if isinstance(operand, Literal):
            self.fail(f"expected {'integer' if expected is int else wanted}; found {operand.text}")
        if value is NO_VALUE:
            self.fail(f"invalid value; expected {wanted}")
        self.fail(f"wrong type for value; expected {wanted}; got {type_name(value)}")

    def _result(self, call: _Invocation, values: list[object]) -> object:
        if call.name not in _SEES_MISSING:
            values = [None if value is NO_VALUE else value for value in values]
        try:
            return call.function(*values)
        except AtlasError:
            raise
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            self.node = call.place
            self.fail(f"error calling {call.name}: {error}")

    def _short_circuit(self, dot: object, name: str, command: Command, final: object) -> object:
        arguments = command.arguments[1:]
        if not arguments and final is _NO_ARGUMENT:
            self.fail(f"wrong number of args for {name}: want at least 1 got 0")
        value: object = NO_VALUE
        for argument in arguments:
            value = self._operand(dot, argument)
            if truth(value) == (name == "or"):
                return value
        return value if final is _NO_ARGUMENT else final


_SEES_MISSING: Final = frozenset({"not", "eq", "ne", "html", "js", "urlquery"})
"""Builtins that tell a missing map key from nil."""
