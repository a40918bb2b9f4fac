"""The syntax tree of HCL: bodies of attributes and blocks, and the family of expressions.

One tree serves schema files and atlas.hcl. It holds what was written and evaluates nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from atlas.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from atlas.hcl.positions import Range


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, boolean, ``null``, a string without interpolation, or a bare key of an object."""

    value: str | int | Decimal | bool | None
    range: Range


@dataclass(frozen=True, slots=True)
class Template:
    """A string or heredoc with parts to evaluate; strip markers and heredoc indentation are already applied."""

    parts: tuple[TemplatePart, ...]
    range: Range


@dataclass(frozen=True, slots=True)
class TemplateIf:
    """``%{ if condition } … %{ else } … %{ endif }``."""

    condition: Expression
    then: tuple[TemplatePart, ...]
    otherwise: tuple[TemplatePart, ...]
    range: Range


@dataclass(frozen=True, slots=True)
class TemplateFor:
    """``%{ for key, value in collection } … %{ endfor }``; ``key`` is empty when there is one name."""

    key: str
    value: str
    collection: Expression
    body: tuple[TemplatePart, ...]
    range: Range


@dataclass(frozen=True, slots=True)
class ListExpression:
    """``[a, b]``."""

    items: tuple[Expression, ...]
    range: Range


@dataclass(frozen=True, slots=True)
class ObjectEntry:
    """``key = value``; a bare key is a Literal."""

    key: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class ObjectExpression:
    """``{ a = 1, "b" = 2, (c) = 3 }``."""

    entries: tuple[ObjectEntry, ...]
    range: Range


@dataclass(frozen=True, slots=True)
class Reference:
    """The first name of ``var.x.y``."""

    name: str
    range: Range


@dataclass(frozen=True, slots=True)
class Attribution:
    """``operand.name``."""

    operand: Expression
    name: str
    range: Range


@dataclass(frozen=True, slots=True)
class Index:
    """``operand[key]``, also ``operand.0``."""

    operand: Expression
    key: Expression
    range: Range


@dataclass(frozen=True, slots=True)
class Item:
    """The element in hand inside the right side of a splat."""

    range: Range


@dataclass(frozen=True, slots=True)
class Splat:
    """``operand[*].name`` and ``operand.*.name``: ``each`` evaluated for every element, which is its ``Item``."""

    operand: Expression
    each: Expression
    range: Range


@dataclass(frozen=True, slots=True)
class Call:
    """``name(arguments)``; ``expands`` says that the last argument is a list of arguments (``...``)."""

    name: str
    arguments: tuple[Expression, ...]
    expands: bool
    range: Range


@dataclass(frozen=True, slots=True)
class Unary:
    """``-operand`` and ``!operand``."""

    operator: str
    operand: Expression
    range: Range


@dataclass(frozen=True, slots=True)
class Binary:
    """``left operator right``."""

    operator: str
    left: Expression
    right: Expression
    range: Range


@dataclass(frozen=True, slots=True)
class Conditional:
    """``condition ? then : otherwise``."""

    condition: Expression
    then: Expression
    otherwise: Expression
    range: Range


@dataclass(frozen=True, slots=True)
class Loop:
    """``for key, value in collection … if condition``; ``key`` is empty when there is one name."""

    key: str
    value: str
    collection: Expression
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class ForList:
    """``[for … : result]``."""

    loop: Loop
    result: Expression
    range: Range


@dataclass(frozen=True, slots=True)
class ForObject:
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


@dataclass(frozen=True, slots=True)
class Attribute:
    """``name = expression``."""

    name: str
    expression: Expression
    range: Range


@dataclass(frozen=True, slots=True)
class Block:
    """``type "label" { body }``; ``range`` is the header."""

    type: str
    labels: tuple[str, ...]
    body: Body
    range: Range


@dataclass(frozen=True, slots=True)
class Body:
    """Attributes by name and blocks, both in the order of the file."""

    attributes: Mapping[str, Attribute]
    blocks: tuple[Block, ...]
    range: Range

    def blocks_of(self, block_type: str) -> tuple[Block, ...]:
        """The blocks of one type."""
        return tuple(block for block in self.blocks if block.type == block_type)
