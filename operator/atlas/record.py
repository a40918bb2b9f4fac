"""Frozen data classes that are made five times faster than by the standard library, with the same meaning.

A short command spends most of its time on making classes: ``dataclasses`` compiles six functions for each, and loads
``inspect`` first. Modules that every command loads say ``from atlas.record import dataclass, field``; type checkers see
the standard library, and so do readers. What is not here (mutable ones, ordering, inheritance) is refused.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

__all__ = ["dataclass", "field", "replace"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass, field, replace
else:

    def dataclass(*, frozen: bool, slots: bool, kw_only: bool = False) -> Callable[[type], type]:
        """As ``dataclasses.dataclass(frozen=True, slots=True)``."""
        if not (frozen and slots):
            message = "expected frozen=True and slots=True: use dataclasses.dataclass for others"
            raise TypeError(message)
        return lambda kind: _made(kind, kw_only=kw_only)

    def field(**options: Any) -> _Field:
        """As ``dataclasses.field``, with ``default``, ``default_factory``, ``repr`` and ``compare``."""
        return _Field(**options)

    def replace(made: Any, **changes: Any) -> Any:
        """As ``dataclasses.replace``."""
        known = made.__slots__ if type(made).__init__.__module__ == __name__ else ()
        if known:
            return type(made)(**{name: getattr(made, name) for name in known} | changes)
        from dataclasses import replace as replaced

        return replaced(made, **changes)


_MISSING: Any = object()


class _Field(NamedTuple):
    default: Any = _MISSING
    default_factory: Any = _MISSING
    repr: bool = True
    compare: bool = True


class _Fields:
    """``__dataclass_fields__``, computed when ``replace``, ``asdict`` or ``fields`` ask for it."""

    def __init__(self, annotations: dict[str, Any], known: dict[str, _Field]) -> None:
        self._annotations = annotations
        self._known = known

    def __get__(self, instance: object, owner: type) -> dict[str, Any]:
        import dataclasses

        members: dict[str, Any] = {
            name: dataclasses.field(
                **{key: value for key, value in each._asdict().items() if value is not _MISSING}, kw_only=True
            )
            for name, each in self._known.items()
        }
        twin = type(
            owner.__name__,
            (),
            {**members, "__annotations__": self._annotations, "__module__": owner.__module__},
        )
        found: dict[str, Any] = vars(dataclasses.dataclass(twin))["__dataclass_fields__"]
        type.__setattr__(owner, "__dataclass_fields__", found)
        return found


def _made(kind: type, *, kw_only: bool) -> type:
    annotations = {
        name: text for name, text in kind.__annotations__.items() if not str(text).startswith("ClassVar")
    }
    members = {name: value for name, value in vars(kind).items() if name not in {"__dict__", "__weakref__"}}
    known = {name: _field_of(members.pop(name, _MISSING)) for name in annotations}
    names = tuple(annotations)
    state = _values_of(names)
    members |= {
        "__slots__": names,
        "__match_args__": () if kw_only else names,
        "__init__": _init(known, kw_only=kw_only, ends="__post_init__" in members),
        "__setattr__": _refuse_setting,
        "__delattr__": _refuse_setting,
        "__getstate__": lambda self: state(self),  # noqa: PLW0108  an attrgetter is not bound as a method
        "__setstate__": _restore,
        "__dataclass_fields__": _Fields(annotations, known),
    }
    compared = _values_of(tuple(name for name, each in known.items() if each.compare))
    shown = tuple(name for name, each in known.items() if each.repr)
    members.setdefault("__eq__", _eq(compared))
    members.setdefault("__hash__", lambda self: hash(compared(self)))
    members.setdefault("__repr__", _repr(shown))
    made = type(kind)(kind.__name__, kind.__bases__, members)
    made.__qualname__ = kind.__qualname__
    return made


def _field_of(value: Any) -> _Field:
    return value if isinstance(value, _Field) else _Field(default=value)


def _init(known: dict[str, _Field], *, kw_only: bool, ends: bool) -> Callable[..., None]:
    """The one function that is compiled: objects are made often."""
    words: list[str] = ["self", *(["*"] if kw_only and known else [])]
    lines: list[str] = []
    values: dict[str, Any] = {"_set": object.__setattr__, "_missing": _MISSING, "__name__": __name__}
    for name, each in known.items():
        value = name
        if each.default is not _MISSING:
            values[f"_default_{name}"] = each.default
            words.append(f"{name}=_default_{name}")
        elif each.default_factory is not _MISSING:
            values[f"_make_{name}"] = each.default_factory
            words.append(f"{name}=_missing")
            value = f"_make_{name}() if {name} is _missing else {name}"
        else:
            words.append(name)
        lines.append(f"    _set(self, {name!r}, {value})")
    lines += ["    self.__post_init__()"] if ends else []
    text = f"def __init__({', '.join(words)}):\n" + ("\n".join(lines) or "    pass")
    exec(text, values)  # noqa: S102  the text is made of names of fields
    made: Callable[..., None] = values["__init__"]
    return made


def _values_of(names: tuple[str, ...]) -> Callable[[object], tuple[Any, ...]]:
    if not names:
        return lambda _: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda self: (get(self),)


def _eq(compared: Callable[[object], tuple[Any, ...]]) -> Callable[[object, object], Any]:
    def equal(self: object, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return compared(self) == compared(other)

    return equal


def _repr(shown: tuple[str, ...]) -> Callable[[object], str]:
    return lambda self: (
        f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"
    )


def _refuse_setting(_self: object, name: str, *_: object) -> None:
    from dataclasses import FrozenInstanceError

    message = f"cannot assign to field {name!r}"
    raise FrozenInstanceError(message)


def _restore(self: object, state: tuple[Any, ...]) -> None:
    for name, value in zip(type(self).__slots__, state, strict=True):  # type: ignore[attr-defined]  # made here, with slots
        object.__setattr__(self, name, value)
