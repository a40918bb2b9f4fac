"""``variable`` blocks: what was passed, or the default, in the declared type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import SpecError, Unsupported
from atlas.hcl.evaluate import evaluate
from atlas.hcl.positions import error_at
from atlas.hcl.values import Scope
from atlas.hcl.variable_types import converted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.hcl.nodes import Block, Body
    from atlas.hcl.values import Function

_KNOWN = frozenset(f'attribute "{name}"' for name in ("type", "default", "description"))


def read_variables(
    body: Body, passed: Mapping[str, str | list[str]], functions: Mapping[str, Function]
) -> dict[str, object]:
    """The values of all declared variables. A name that was passed and is not declared is ignored.

    Raises:
        SpecError: ``missing value for required variable "x"``.
        ParseError: A value that does not fit its type.
    """
    scope = Scope({}, functions)
    return {declared_name(block): passed_value(block, passed, scope) for block in body.blocks_of("variable")}


def declared_name(block: Block) -> str:
    """The name of a ``variable`` block. Raises ParseError when it has none."""
    if len(block.labels) != 1:
        raise error_at(block.range, "a variable block has one label, its name")
    return block.labels[0]


def passed_value(block: Block, passed: Mapping[str, str | list[str]], scope: Scope) -> object:
    """As ``declared_value``, for files that another one may read: a missing value is told with its place and cure."""
    try:
        return declared_value(block, passed, scope)
    except SpecError as error:
        name = declared_name(block)
        raise SpecError(
            f"{block.range}: {error}: expected --var {name}=VALUE, {name} in vars of the block that reads this file, "
            "or a default in the block"
        ) from error


def declared_value(block: Block, passed: Mapping[str, str | list[str]], scope: Scope) -> object:
    """What was passed for a ``variable`` block, or its default. Raises as ``read_variables``."""
    name, attributes = declared_name(block), block.body.attributes
    _refuse_unknown(block)
    default, declared = attributes.get("default"), attributes.get("type")
    value: object
    if name in passed:
        value = passed[name]
    elif default is not None:
        value = evaluate(default.expression, scope)
    else:
        raise SpecError(f'missing value for required variable "{name}"')
    if declared is None:
        return value
    try:
        return converted(value, declared.expression)
    except ValueError as error:
        raise error_at(block.range, f'variable "{name}": {error}') from error


def _refuse_unknown(block: Block) -> None:
    """What a variable cannot have here would change what it lets through, or who may see it."""
    attributes = [(f'attribute "{each.name}"', each.range) for each in block.body.attributes.values()]
    blocks = [(f'block "{each.type}"', each.range) for each in block.body.blocks]
    for what, place in (*attributes, *blocks):
        if what not in _KNOWN:
            raise Unsupported(
                f"{place}: {what} of a variable is not supported by this version: expected type, default or description"
            )
