"""Which fields of two objects differ in the eyes of SQLite: not by case, spaces, comments or needless quotes."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from atlas.drivers.sqlite.text.names import canonical, canonical_expression, folded
from atlas.engine.diff import changed_fields
from atlas.schema.objects import View
from atlas.schema.table import ForeignKey, Generated, IndexPart, PrimaryKey, Trigger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.schema.options import Options
    from atlas.schema.walk import Object

_NOT_COMPARED: Mapping[type, frozenset[str]] = {
    Trigger: frozenset({"definition"}),
    View: frozenset({"columns"}),
}
"""A trigger's text says again what its fields say; the columns of a view follow from its query."""


def differs(current: Object, desired: Object) -> frozenset[str]:
    """See ``engine.schema_ports.SchemaDriver``."""
    ignored = _NOT_COMPARED.get(type(current), frozenset())
    return frozenset(
        name
        for name in changed_fields(current, desired) - ignored
        if not _is_same(name, getattr(current, name), getattr(desired, name))
    )


def said(item: Object) -> tuple[object, ...]:
    """Everything that an object says, in a form that is equal where SQLite makes no difference, and that hashes.

    Its name is a part of it, but for that of a primary key, which nothing shows, and for numbers.
    """
    ignored = _NOT_COMPARED.get(type(item), frozenset()) | {"schema", "comment"}
    if isinstance(item, PrimaryKey) or (isinstance(item, ForeignKey) and item.name.isdecimal()):
        ignored |= {"name"}
    return tuple(
        _SAID.get(field.name, _itself)(getattr(item, field.name))
        for field in fields(item)
        if field.name not in ignored
    )


def _itself(value: object) -> object:
    return value


def _is_same(field: str, current: object, desired: object) -> bool:
    say = _SAID.get(field)
    return say is not None and say(current) == say(desired)


def canonical_type(text: object) -> tuple[str, ...]:
    """A type without case and spaces. A column without a type has the affinity of BLOB, and is one in HCL."""
    return canonical(str(text)) or ("blob",)


def _default(text: object) -> tuple[str, ...]:
    return ("null",) if text is None else canonical_expression(str(text))


def _expression(text: object) -> tuple[str, ...]:
    return canonical_expression(str(text))


def _text(text: object) -> tuple[str, ...]:
    return canonical(str(text))


def _name(name: object) -> str:
    return folded(str(name))


def _names(names: object) -> tuple[str, ...]:
    assert isinstance(names, tuple)  # noqa: S101  the fields below
    return tuple(map(folded, names))


def _collation(name: object) -> str:
    return folded(str(name)) or "binary"


def _generated(value: object) -> object:
    return (canonical_expression(value.expr), value.stored) if isinstance(value, Generated) else value


def _parts(parts: object) -> object:
    assert isinstance(parts, tuple)  # noqa: S101
    return tuple(_part(part) for part in parts)


def _part(part: IndexPart) -> tuple[object, ...]:
    return folded(part.column), canonical_expression(part.expr), part.desc, folded(part.collation)


def _options(options: object) -> Options:
    assert isinstance(options, tuple)  # noqa: S101
    return tuple((word, value) for word, value in options if word != "autoindex")


_SAID: Mapping[str, Callable[[object], object]] = {
    "type": canonical_type,
    "default": _default,
    "generated": _generated,
    "collation": _collation,
    "parts": _parts,
    "options": _options,
    "where": _expression,
    "expr": _expression,
    "when": _expression,
    "body": _text,
    "definition": _text,
    "columns": _names,
    "ref_table": _name,
    "ref_columns": _names,
    "update_of": _names,
}
