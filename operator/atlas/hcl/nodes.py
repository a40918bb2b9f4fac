"""The syntax tree of HCL: bodies of attributes and blocks, and the family of expressions.

One tree serves schema files and atlas.hcl. It holds what was written and evaluates nothing. Nodes are NamedTuples
rather than dataclasses: reading a project file is on the way of every command, and two dozen dataclasses cost 10 ms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.hcl.positions import Range


class Literal(NamedTuple):
    """A number, boolean, ``null``, a string without interpolation, or a bare key of an object."""

    value: str | int | float | bool | None
    range: Range


class Template(NamedTuple):
    """A string or heredoc with parts to evaluate; strip markers and heredoc indentation are already applied."""

    parts: tuple[TemplatePart, ...]
    range: Range


class TemplateIf(NamedTuple):
    """``%{ if condition } … %{ else } … %{ endif }``."""

    condition: Expression
    then: tuple[TemplatePart, ...]
    otherwise: tuple[TemplatePart, ...]
    range: Range


class TemplateFor(NamedTuple):
    """``%{ for key, value in collection } … %{ endfor }``; ``key`` is empty when there is one name."""

    key: str
    value: str
    collection: Expression
    body: tuple[TemplatePart, ...]
    range: Range


class ListExpression(NamedTuple):
    """``[a, b]``."""

    items: tuple[Expression, ...]
    range: Range


class ObjectEntry(NamedTuple):
    """``key = value``; a bare key is a Literal."""

    key: Expression
    value: Expression


class ObjectExpression(NamedTuple):
    """``{ a = 1, "b" = 2, (c) = 3 }``."""

    entries: tuple[ObjectEntry, ...]
    range: Range


class Reference(NamedTuple):
    """The first name of ``var.x.y``."""

    name: str
    range: Range


class Attribution(NamedTuple):
    """``operand.name``."""

    operand: Expression
    name: str
    range: Range


class Index(NamedTuple):
    """``operand[key]``, also ``operand.0``."""

    operand: Expression
    key: Expression
    range: Range


class Item(NamedTuple):
    """The element in hand inside the right side of a splat."""

    range: Range


class Splat(NamedTuple):
    """``operand[*].name`` and ``operand.*.name``: ``each`` evaluated for every element, which is its ``Item``."""

    operand: Expression
    each: Expression
    range: Range


class Call(NamedTuple):
    """``name(arguments)``; ``expands`` says that the last argument is a list of arguments (``...``)."""

    name: str
    arguments: tuple[Expression, ...]
    expands: bool
    range: Range


class Unary(NamedTuple):
    """``-operand`` and ``!operand``."""

    operator: str
    operand: Expression
    range: Range


class Binary(NamedTuple):
    """``left operator right``."""

    operator: str
    left: Expression
    right: Expression
    range: Range


class Conditional(NamedTuple):
    """``condition ? then : otherwise``."""

    condition: Expression
    then: Expression
    otherwise: Expression
    range: Range


class Loop(NamedTuple):
    """``for key, value in collection … if condition``; ``key`` is empty when there is one name."""

    key: str
    value: str
    collection: Expression
    condition: Expression | None


class ForList(NamedTuple):
    """``[for … : result]``."""

    loop: Loop
    result: Expression
    range: Range


class ForObject(NamedTuple):
    """``{for … : key => value}``; ``groups`` collects values of equal keys in lists (``...``)."""

    loop: Loop
    key: Expression
    value: Expression
    groups: bool
    range: Range


Expression: TypeAlias = (
    Literal
    | Template
    | ListExpression
    | ObjectExpression
    | Reference
    | Attribution
    | Index
    | Item
    | Splat
    | Call
    | Unary
    | Binary
    | Conditional
    | ForList
    | ForObject
)
TemplatePart: TypeAlias = Expression | TemplateIf | TemplateFor
"""A Literal is text, any other expression an interpolation."""


class Attribute(NamedTuple):
    """``name = expression``."""

    name: str
    expression: Expression
    range: Range


class Block(NamedTuple):
    """``type "label" { body }``; ``range`` is the header."""

    type: str
    labels: tuple[str, ...]
    body: Body
    range: Range


class Body(NamedTuple):
    """Attributes by name and blocks, both in the order of the file."""

    attributes: Mapping[str, Attribute]
    blocks: tuple[Block, ...]
    range: Range

    def blocks_of(self, block_type: str) -> tuple[Block, ...]:
        """The blocks of one type."""
        return tuple(block for block in self.blocks if block.type == block_type)
