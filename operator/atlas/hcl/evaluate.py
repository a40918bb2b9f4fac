"""Expressions to values: strings, numbers, booleans, None, lists and dicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import CodeType
from typing import TYPE_CHECKING, assert_never

from atlas.errors import AtlasError, ParseError, Unsupported
from atlas.hcl.hints import of_attribute, of_function, of_name
from atlas.hcl.nodes import (
    Attribution,
    Binary,
    Call,
    Conditional,
    ForList,
    ForObject,
    Index,
    Item,
    ListExpression,
    Literal,
    Loop,
    ObjectExpression,
    Reference,
    Splat,
    Template,
    TemplateFor,
    TemplateIf,
    Unary,
)
from atlas.hcl.operators import apply_binary, apply_unary
from atlas.hcl.positions import error_at
from atlas.hcl.values import LazyFunction, SetValue, is_list, kind, to_bool, to_text

if TYPE_CHECKING:
    from atlas.hcl.nodes import Expression, TemplatePart
    from atlas.hcl.positions import Range
    from atlas.hcl.values import Function, Scope

_VARIADIC = 0x04
"""The flag of a function's code that says ``*arguments`` (``inspect.CO_VARARGS``, whose module is slow to load)."""
_ITEM = "*"
"""The name of a splat's element in its scope; no HCL name can be it."""


def evaluate(expression: Expression, scope: Scope) -> object:  # noqa: C901, PLR0911, PLR0912  one case a node
    """The value of ``expression``.

    Raises:
        ParseError: ``file:line:column: …`` for an unknown name, a wrong type or a function that fails.
        Unsupported: Whatever the scope refuses to serve, with the place in front.
    """
    match expression:
        case Literal():
            return expression.value
        case Template():
            return _template(expression, scope)
        case ListExpression():
            return [evaluate(item, scope) for item in expression.items]
        case ObjectExpression():
            return _object(expression, scope)
        case Reference():
            return _variable(expression.name, expression.range, scope)
        case Attribution():
            return _attribute(evaluate(expression.operand, scope), expression.name, expression.range)
        case Index():
            return _index(expression, scope)
        case Item():
            return scope.variables[_ITEM]
        case Splat():
            return _splat(expression, scope)
        case Call():
            return _call(expression, scope)
        case Unary():
            return _unary(expression, scope)
        case Binary():
            return _binary(expression, scope)
        case Conditional():
            holds = _condition(expression.condition, scope)
            return evaluate(expression.then if holds else expression.otherwise, scope)
        case ForList():
            return [evaluate(expression.result, inner) for inner in _rounds(expression.loop, scope)]
        case ForObject():
            return _for_object(expression, scope)
        case _:
            assert_never(expression)


def _placed(place: Range, compute: Callable[[], object]) -> object:
    """The result of ``compute``, its errors with the place in front."""
    try:
        return compute()
    except Unsupported as error:
        raise _with_place(place, error) from error
    except AtlasError:
        raise
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise error_at(place, str(error)) from error


def _with_place(place: Range, error: Unsupported) -> Unsupported:
    text = str(error)
    return error if text.startswith(f"{place.file_name}:") else Unsupported(f"{place}: {text}")


def _variable(name: str, place: Range, scope: Scope) -> object:
    if name not in scope.variables:
        raise error_at(place, f'unknown variable "{name}"{of_name(name, scope.variables)}')
    return _placed(place, lambda: scope.variables[name])


def _attribute(value: object, name: str, place: Range) -> object:
    if not isinstance(value, Mapping):
        raise error_at(place, f'{_article(value)} has no attribute "{name}"')
    return _placed(place, lambda: _entry(value, name))


def _entry(value: Mapping[str, object], name: str) -> object:
    try:
        return value[name]
    except KeyError:
        message = f'this object does not have an attribute named "{name}"{of_attribute(name, value)}'
        raise ValueError(message) from None


def _article(value: object) -> str:
    return "null" if value is None else f"a {kind(value)}"


def _index(expression: Index, scope: Scope) -> object:
    value, key = evaluate(expression.operand, scope), evaluate(expression.key, scope)
    if isinstance(value, Mapping):
        return _attribute(value, _key(key, expression.range), expression.range)
    if not is_list(value) or isinstance(value, SetValue):
        raise error_at(expression.range, f"{_article(value)} cannot be indexed")
    if not isinstance(key, int) or isinstance(key, bool) or not 0 <= key < len(value):
        raise error_at(expression.range, f"the index {key} is outside of a list with {len(value)} elements")
    return value[key]


def _splat(expression: Splat, scope: Scope) -> list[object]:
    """A null has no elements, and anything but a list is its own only one (HCL spec, Splat)."""
    value = evaluate(expression.operand, scope)
    if value is None:
        return []
    elements = value if is_list(value) else [value]
    return [evaluate(expression.each, scope.with_names({_ITEM: element})) for element in elements]


def _call(expression: Call, scope: Scope) -> object:
    name, place = expression.name, expression.range
    function = scope.functions.get(name)
    if function is None:
        raise error_at(place, f'there is no function named "{name}"{of_function(name, scope.functions)}')
    if isinstance(function, LazyFunction):
        arguments: list[object] = [partial(evaluate, argument, scope) for argument in expression.arguments]
    else:
        arguments = _arguments(expression, scope)
        _check_count(expression, function, len(arguments))
    try:
        return function(*arguments)
    except Unsupported as error:
        raise _with_place(place, error) from error
    except AtlasError:
        raise
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise error_at(place, f'call to function "{name}" failed: {error}') from error


def _arguments(expression: Call, scope: Scope) -> list[object]:
    arguments = [evaluate(argument, scope) for argument in expression.arguments]
    if expression.expands:
        last = arguments.pop()
        if not is_list(last):
            message = f'the last argument of "{expression.name}" must be a list, found {kind(last)}'
            raise error_at(expression.range, message)
        arguments += last
    return arguments


def _check_count(call: Call, function: Function, count: int) -> None:
    """Python's own words for a wrong number of arguments are about functions of ours."""
    code = getattr(function, "__code__", None)
    if not isinstance(code, CodeType):
        return
    most = code.co_argcount
    least = most - len(getattr(function, "__defaults__", None) or ())
    if count < least or (count > most and not code.co_flags & _VARIADIC):
        some = "at least " if code.co_flags & _VARIADIC else "" if least == most else f"{least} to "
        wanted = least if code.co_flags & _VARIADIC else most
        message = (
            f'function "{call.name}" takes {some}{wanted} argument{"" if wanted == 1 else "s"}, found {count}'
        )
        raise error_at(call.range, message)


def _object(expression: ObjectExpression, scope: Scope) -> dict[str, object]:
    values: dict[str, object] = {}
    for entry in expression.entries:
        key = _key(evaluate(entry.key, scope), entry.key.range)
        values[key] = evaluate(entry.value, scope)
    return values


def _unary(expression: Unary, scope: Scope) -> object:
    value = evaluate(expression.operand, scope)
    return _placed(expression.range, lambda: apply_unary(expression.operator, value))


def _binary(expression: Binary, scope: Scope) -> object:
    left = evaluate(expression.left, scope)
    if expression.operator in {"&&", "||"}:
        decided = _placed(expression.left.range, lambda: to_bool(left))
        if decided == (expression.operator == "||"):
            return decided
    right = evaluate(expression.right, scope)
    try:
        return _placed(expression.range, lambda: apply_binary(expression.operator, left, right))
    except ParseError as error:
        if expression.operator == "+" and isinstance(left, str) | isinstance(right, str):
            error.args = (f'{error}: texts are joined as "${{a}}${{b}}"',)
        raise


def _condition(expression: Expression, scope: Scope) -> bool:
    value = evaluate(expression, scope)
    return bool(_placed(expression.range, lambda: to_bool(value)))


def _rounds(loop: Loop, scope: Scope) -> Iterable[Scope]:
    """The scope of every element that passes the loop's condition."""
    for key, value in _entries(evaluate(loop.collection, scope), loop.collection.range):
        inner = scope.with_names({loop.key: key, loop.value: value} if loop.key else {loop.value: value})
        if loop.condition is None or _condition(loop.condition, inner):
            yield inner


def _entries(collection: object, place: Range) -> Iterable[tuple[object, object]]:
    """Keys and values in HCL's order: lists by position, objects by key; elements of sets are their own keys."""
    if isinstance(collection, Mapping):
        return sorted(collection.items())
    if isinstance(collection, SetValue):
        return ((value, value) for value in collection)
    if is_list(collection):
        return enumerate(collection)
    raise error_at(place, f"{_article(collection)} cannot be iterated over")


def _for_object(expression: ForObject, scope: Scope) -> dict[str, object]:
    values: dict[str, object] = {}
    groups: dict[str, list[object]] = {}
    for inner in _rounds(expression.loop, scope):
        key = _key(evaluate(expression.key, inner), expression.key.range)
        value = evaluate(expression.value, inner)
        groups.setdefault(key, []).append(value)
        if key in values and not expression.groups:
            raise error_at(expression.key.range, f'two elements have the key "{key}"; "..." would group them')
        values[key] = value
    return dict(groups) if expression.groups else values


def _key(value: object, place: Range) -> str:
    return str(_placed(place, lambda: to_text(value)))


def _template(template: Template, scope: Scope) -> object:
    """A string; the value itself when the template is one interpolation (HCL spec, Template Unwrapping)."""
    if len(template.parts) == 1 and not isinstance(template.parts[0], TemplateIf | TemplateFor):
        return evaluate(template.parts[0], scope)
    return _text(template.parts, scope)


def _text(parts: Iterable[TemplatePart], scope: Scope) -> str:
    return "".join(_part(part, scope) for part in parts)


def _part(part: TemplatePart, scope: Scope) -> str:
    if isinstance(part, TemplateIf):
        return _text(part.then if _condition(part.condition, scope) else part.otherwise, scope)
    if isinstance(part, TemplateFor):
        return "".join(_text(part.body, inner) for inner in _named(part, scope))
    value = evaluate(part, scope)
    return _key(value, part.range)


def _named(loop: TemplateFor, scope: Scope) -> Iterable[Scope]:
    """The scope of every element of a ``%{ for }``."""
    return _rounds(Loop(loop.key, loop.value, loop.collection, None), scope)
