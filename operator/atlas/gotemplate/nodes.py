"""The tree of a parsed template, and how each node reads in an error message.

Nodes are NamedTuples rather than dataclasses: twenty of them must not cost the command line 10 ms of start-up.
``pos`` is the offset of the node in the template text, in characters, where Go's messages point.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias, assert_never


class Dot(NamedTuple):
    """``.``."""

    pos: int


class Nil(NamedTuple):
    """``nil``."""

    pos: int


class Literal(NamedTuple):
    """A string, number, character or boolean; ``text`` is how it was written."""

    value: str | int | float | bool
    text: str
    pos: int


class Identifier(NamedTuple):
    """The name of a function."""

    name: str
    pos: int


class Field(NamedTuple):
    """``.A.B``: fields of the dot."""

    names: tuple[str, ...]
    pos: int


class Variable(NamedTuple):
    """``$x.A.B``: ``name`` keeps its dollar sign."""

    name: str
    names: tuple[str, ...]
    pos: int


class Chain(NamedTuple):
    """``(pipeline).A.B`` or ``function.A``."""

    operand: Operand
    names: tuple[str, ...]
    pos: int


class Command(NamedTuple):
    """A first word and its arguments."""

    arguments: tuple[Operand, ...]
    pos: int


class Pipe(NamedTuple):
    """Commands joined by ``|``; ``declared`` are the variables that get the result."""

    commands: tuple[Command, ...]
    declared: tuple[str, ...]
    assigns: bool
    pos: int


Operand: TypeAlias = Dot | Nil | Literal | Identifier | Field | Variable | Chain | Pipe


class Text(NamedTuple):
    """What stands between actions."""

    text: str
    pos: int


class Action(NamedTuple):
    """A pipeline to evaluate and print."""

    pipe: Pipe
    pos: int


class If(NamedTuple):
    """``{{if}} … {{else}} … {{end}}``."""

    pipe: Pipe
    body: Body
    otherwise: Body
    pos: int


class With(NamedTuple):
    """As ``If``; the body sees the value as its dot."""

    pipe: Pipe
    body: Body
    otherwise: Body
    pos: int


class Range(NamedTuple):
    """The body once for every item; ``otherwise`` when there is none."""

    pipe: Pipe
    body: Body
    otherwise: Body
    pos: int


class Call(NamedTuple):
    """``{{template "name" pipe}}``, also what a ``{{block}}`` leaves in its place."""

    name: str
    pipe: Pipe | None
    pos: int


class Break(NamedTuple):
    """``{{break}}``."""

    pos: int


class Continue(NamedTuple):
    """``{{continue}}``."""

    pos: int


Statement: TypeAlias = Text | Action | If | With | Range | Call | Break | Continue
Body: TypeAlias = tuple[Statement, ...]
Node: TypeAlias = Statement | Operand | Command


def source_text(node: Node) -> str:  # noqa: PLR0911  one case a node
    """The node in Go's canonical spelling, as it stands in ``at <…>`` of an error."""
    match node:
        case Pipe():
            return _pipe_text(node)
        case Command(arguments):
            return " ".join(_argument_text(argument) for argument in arguments)
        case Text(text):
            return text
        case Action(pipe):
            return "{{" + _pipe_text(pipe) + "}}"
        case If(pipe) | With(pipe) | Range(pipe):
            return "{{" + type(node).__name__.lower() + " " + _pipe_text(pipe) + "}}"
        case Call(name, pipe):
            from atlas.gotemplate.quoting import quote

            return "{{template " + quote(name) + (" " + _pipe_text(pipe) if pipe else "") + "}}"
        case Break() | Continue():
            return "{{" + type(node).__name__.lower() + "}}"
        case _:
            return _operand_text(node)


def _operand_text(node: Operand) -> str:  # noqa: PLR0911  one case a node
    match node:
        case Dot():
            return "."
        case Nil():
            return "nil"
        case Literal(_, text):
            return text
        case Identifier(name):
            return name
        case Field(names):
            return "." + ".".join(names)
        case Variable(name, names):
            return ".".join((name, *names))
        case Chain(operand, names):
            return ".".join((_argument_text(operand), *names))
        case Pipe():
            return _pipe_text(node)
        case _:
            assert_never(node)


def _argument_text(node: Operand) -> str:
    text = _operand_text(node)
    return f"({text})" if isinstance(node, Pipe) else text


def _pipe_text(pipe: Pipe) -> str:
    commands = " | ".join(source_text(command) for command in pipe.commands)
    if not pipe.declared:
        return commands
    return ", ".join(pipe.declared) + (" = " if pipe.assigns else " := ") + commands
