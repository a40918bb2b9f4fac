"""What a function takes, read from its code and annotations: ``inspect`` alone costs 10 ms to import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_VARIADIC: Final = 0x04
"""``inspect.CO_VARARGS``."""
_CHECKED: Final = {"str": str, "int": int, "float": float, "bool": bool}


class Signature(NamedTuple):
    """Positional parameters: their types where annotated with ``str``, ``int``, ``float`` or ``bool``, else None."""

    types: tuple[type | None, ...]
    required: int
    variadic: bool
    rest: type | None

    def unfit(self, count: int) -> str:
        """Why ``count`` arguments cannot be passed, in Go's words; empty when they can."""
        if count < self.required and (self.variadic or self.required != len(self.types)):
            return f"want at least {self.required} got {count}"
        if count < self.required or (count > len(self.types) and not self.variadic):
            return f"want {len(self.types)} got {count}"
        return ""

    def expected(self, position: int) -> type | None:
        return self.types[position] if position < len(self.types) else self.rest


ANYTHING: Final = Signature((), 0, variadic=True, rest=None)
"""Of a callable that is no plain function or method."""


def signature(function: Callable[..., object]) -> Signature:
    """The parameters of a function or bound method; of any other callable nothing is known."""
    target = getattr(function, "__func__", function)
    code = getattr(target, "__code__", None)
    if code is None:
        return ANYTHING
    bound = int(target is not function)
    annotations = target.__annotations__
    names = code.co_varnames[bound : code.co_argcount]
    variadic = bool(code.co_flags & _VARIADIC)
    rest = code.co_varnames[code.co_argcount + code.co_kwonlyargcount] if variadic else ""
    return Signature(
        types=tuple(_checked(annotations.get(name)) for name in names),
        required=len(names) - len(target.__defaults__ or ()),
        variadic=variadic,
        rest=_checked(annotations.get(rest)),
    )


def _checked(annotation: object) -> type | None:
    name = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    return _CHECKED.get(name)
