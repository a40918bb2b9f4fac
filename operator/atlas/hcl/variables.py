"""``variable`` blocks: what was passed, or the default, in the declared type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from atlas.errors import SpecError
from atlas.hcl.evaluate import evaluate
from atlas.hcl.nodes import Call, Literal, Reference
from atlas.hcl.positions import error_at
from atlas.hcl.values import Scope, kind, to_bool, to_number, to_text

if TYPE_CHECKING:
    from atlas.hcl.nodes import Block, Body, Expression
    from atlas.hcl.values import Function

_ELEMENTS = frozenset({"list", "set"})
_LISTS = _ELEMENTS | {"tuple"}


def read_variables(
    body: Body, passed: Mapping[str, str | list[str]], functions: Mapping[str, Function]
) -> dict[str, object]:
    """The values of all declared variables. A name that was passed and is not declared is ignored.

    Raises:
        SpecError: ``missing value for required variable "x"``.
        ParseError: A value that does not fit its type.
    """
    scope = Scope({}, functions)
    return {
        declared_name(block): declared_value(block, passed, scope) for block in body.blocks_of("variable")
    }


def declared_name(block: Block) -> str:
    """The name of a ``variable`` block. Raises ParseError when it has none."""
    if len(block.labels) != 1:
        raise error_at(block.range, "a variable block has one label, its name")
    return block.labels[0]


def declared_value(block: Block, passed: Mapping[str, str | list[str]], scope: Scope) -> object:
    """What was passed for a ``variable`` block, or its default. Raises as ``read_variables``."""
    name, attributes = declared_name(block), block.body.attributes
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
        return _converted(value, declared.expression)
    except ValueError as error:
        raise error_at(block.range, f'variable "{name}": {error}') from error


def _converted(value: object, declared: Expression) -> object:  # noqa: PLR0911  one case a type
    name, element = _type(declared)
    if value is None:
        return None
    if name in _LISTS:
        items = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
        return [_converted(item, element) if element else item for item in items]
    match name:
        case "string":
            return to_text(value)
        case "number":
            return to_number(value)
        case "int":
            number = to_number(value)
            if not float(number).is_integer():
                raise ValueError("a whole number is required")
            return int(number)
        case "bool":
            return to_bool(value)
        case "map" | "object":
            return _mapping(value)
        case _:
            return value


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        message = f"an object is required, found {kind(value)}"
        raise ValueError(message)  # noqa: TRY004  every conversion says ValueError
    return value


def _type(declared: Expression) -> tuple[str, Expression | None]:
    """The name of a type and the type of its elements: ``list(string)``, ``string``, ``"string"``."""
    if isinstance(declared, Reference):
        return declared.name, None
    if isinstance(declared, Literal) and isinstance(declared.value, str):
        return declared.value, None
    if isinstance(declared, Call):
        return declared.name, declared.arguments[
            0
        ] if declared.name in _ELEMENTS and declared.arguments else None
    raise error_at(declared.range, "a type is required, such as string or list(string)")
