"""Functions that change types, and those that ask whether an expression has a value at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.errors import ParseError
from atlas.hcl.functions.arguments import alike, mapping
from atlas.hcl.locals import CyclicReference
from atlas.hcl.unify import unified
from atlas.hcl.values import LazyFunction, SetValue, set_of, to_bool, to_number, to_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from atlas.hcl.values import Function


def _nullable(convert: Callable[[object], object]) -> Function:
    """A null of any type is null."""

    def converted(value: object) -> object:
        return None if value is None else convert(value)

    return converted


def _toset(value: object) -> SetValue:
    return set_of(alike(value))


def _tomap(value: object) -> Mapping[str, object]:
    values = mapping(value)
    return dict(zip(values, unified(list(values.values())), strict=True))


def _try(expressions: Sequence[Callable[[], object]]) -> object:
    """The first value there is. What this version does not serve, and a circle, is no wrong expression."""
    failures: list[str] = []
    for expression in expressions:
        try:
            return expression()
        except CyclicReference:
            raise
        except ParseError as error:
            failures.append(str(error).partition("\n")[0])
    if not failures:
        raise ValueError("an expression is required")
    message = f"no expression has a value: {'; '.join(failures)}"
    raise ValueError(message)


def _can(expressions: Sequence[Callable[[], object]]) -> bool:
    if len(expressions) != 1:
        message = f"1 argument is required, found {len(expressions)}"
        raise ValueError(message)
    try:
        expressions[0]()
    except CyclicReference:
        raise
    except ParseError:
        return False
    return True


FUNCTIONS: Final[dict[str, Function]] = {
    "can": LazyFunction(_can),
    "tobool": _nullable(to_bool),
    "tolist": _nullable(alike),
    "tomap": _nullable(_tomap),
    "tonumber": _nullable(to_number),
    "toset": _nullable(_toset),
    "tostring": _nullable(to_text),
    "try": LazyFunction(_try),
}
