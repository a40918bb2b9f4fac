"""Types of ``variable`` blocks: a value in its declared type. Every refusal names the path to what does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from atlas.hcl.evaluate import evaluate
from atlas.hcl.nodes import Call, ListExpression, Literal, ObjectExpression, Reference
from atlas.hcl.positions import error_at
from atlas.hcl.values import Scope, is_list, is_number, kind, set_of, to_bool, to_number, to_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.errors import ParseError
    from atlas.hcl.nodes import Expression

_PRIMITIVES: Final[dict[str, Callable[[object], object]]] = {
    "bool": to_bool,
    "int": to_number,
    "number": to_number,
    "string": to_text,
}
"""``int`` is an old word for ``number``."""
_WORDS: Final = "string, number, int, bool, list(…), set(…), map(…), tuple([…]) or object({…})"


def converted(value: object, declared: Expression, path: str = "") -> object:  # noqa: PLR0911  one case a type
    """``value`` in the type that ``declared`` says; a null is one of every type.

    Raises:
        ParseError: ``declared`` is no type.
        ValueError: The value does not fit; the message begins with the path to what does not, such as ``[0].name``.
    """
    name, argument = _read(declared)
    if value is None:
        return None
    if name in _PRIMITIVES:
        return _at(path, lambda: _PRIMITIVES[name](value))
    match name:
        case "list":
            return _items(value, argument, path)
        case "set":
            return set_of(_items(value, argument, path))
        case "map":
            entries = _entries(value, path).items()
            return {key: _inner(each, argument, f"{path}.{key}") for key, each in entries}
        case "tuple":
            return _tuple(value, argument, declared, path)
        case "object":
            return _object(value, argument, declared, path)
        case _:
            raise _no_type(declared)


def _read(declared: Expression) -> tuple[str, Expression | None]:
    """The name of a type and its argument: ``list(string)``, ``string``, ``"string"``."""
    if isinstance(declared, Reference):
        return declared.name, None
    if isinstance(declared, Literal) and isinstance(declared.value, str):
        return declared.value, None
    if isinstance(declared, Call) and len(declared.arguments) == 1 and not declared.expands:
        return declared.name, declared.arguments[0]
    raise _no_type(declared)


def _no_type(declared: Expression) -> ParseError:
    return error_at(declared.range, f"a type is required: {_WORDS}")


def _at(path: str, convert: Callable[[], object]) -> object:
    try:
        return convert()
    except ValueError as error:
        raise _misfit(path, str(error)) from error


def _misfit(path: str, message: str) -> ValueError:
    return ValueError(f"{path.removeprefix('.')}: {message}" if path else message)


def _inner(value: object, declared: Expression | None, path: str) -> object:
    return value if declared is None else converted(value, declared, path)


def _items(value: object, element: Expression | None, path: str) -> list[object]:
    """The elements; a primitive stands for a list of one, because who passes it may not know the type."""
    if isinstance(value, str | bool) or is_number(value):
        return [_inner(value, element, path)]
    if not is_list(value):
        raise _misfit(path, f"a list is required, found {kind(value)}")
    return [_inner(each, element, f"{path}[{at}]") for at, each in enumerate(value)]


def _entries(value: object, path: str) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        return value
    raise _misfit(path, f"an object is required, found {kind(value)}")


def _tuple(value: object, argument: Expression | None, declared: Expression, path: str) -> list[object]:
    if argument is None:
        return _items(value, None, path)
    if not isinstance(argument, ListExpression):
        raise error_at(declared.range, "the types of a tuple are a list: tuple([string, number])")
    values: Sequence[object] = _items(value, None, path)
    if len(values) != len(argument.items):
        raise _misfit(path, f"{len(argument.items)} elements are required, found {len(values)}")
    pairs = enumerate(zip(values, argument.items, strict=True))
    return [converted(each, element, f"{path}[{at}]") for at, (each, element) in pairs]


def _object(
    value: object, argument: Expression | None, declared: Expression, path: str
) -> Mapping[str, object]:
    """The declared attributes; others are left out, as in every conversion to an object."""
    entries = _entries(value, path)
    if argument is None:
        return entries
    if not isinstance(argument, ObjectExpression):
        raise error_at(declared.range, "the types of an object are an object: object({ name = string })")
    found: dict[str, object] = {}
    for entry in argument.entries:
        name = to_text(evaluate(entry.key, Scope({}, {})))
        inner, optional, default = _attribute(entry.value)
        if name in entries:
            found[name] = converted(entries[name], inner, f"{path}.{name}")
        elif not optional:
            raise _misfit(path, f'the attribute "{name}" is missing')
        if optional and found.get(name) is None:
            found[name] = converted(default, inner, f"{path}.{name}")
    return found


def _attribute(declared: Expression) -> tuple[Expression, bool, object]:
    """The type of an attribute, whether it may be missing, and what it is then: ``optional(string, "x")``."""
    if not isinstance(declared, Call) or declared.name != "optional":
        return declared, False, None
    match declared.arguments:
        case (inner,):
            return inner, True, None
        case (inner, default):
            return inner, True, evaluate(default, Scope({}, {}))
        case _:
            raise error_at(declared.range, "optional takes a type, and a default: optional(string, null)")
