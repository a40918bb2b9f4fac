"""A state of one schema under the name of another, for two databases that are each bound to a schema of theirs."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from atlas.errors import Unsupported
from atlas.schema import Key, Schema, key_of

if TYPE_CHECKING:
    from atlas.schema import Realm

_NAMES = frozenset({"schema", "ref_schema"})
_PAIRS = frozenset({"inherits"})


def rebound(realm: Realm, current: str, desired: str) -> Realm:
    """``realm`` with the schema ``current`` called ``desired``.

    Raises:
        Unsupported: PostgreSQL writes names of schemas into types and definitions, which are texts here.
    """
    if current == desired:
        return realm
    if realm.dialect == "postgres":
        raise Unsupported(
            f'schemas of different names are not compared on PostgreSQL: "{current}" and "{desired}"; give both URLs '
            "the same search_path"
        )
    objects = tuple(_renamed(item, current, desired) for item in realm.objects)
    return replace(
        realm,
        schemas=tuple(
            replace(schema, name=desired) if schema.name == current else schema for schema in realm.schemas
        ),
        objects=objects,
        dependencies=frozenset(
            (_key(dependent, current, desired), _key(needed, current, desired))
            for dependent, needed in realm.dependencies
        ),
        excluded=frozenset(_key(key, current, desired) for key in realm.excluded),
    )


def _key(key: Key, current: str, desired: str) -> Key:
    if key == key_of(Schema(name=current)):
        return key._replace(name=desired)
    return key._replace(schema=desired) if key.schema == current else key


def _renamed(value: Any, current: str, desired: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_renamed(item, current, desired) for item in value)
    if isinstance(value, str):
        return _rewritten(value, current, desired)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: _field(field.name, getattr(value, field.name), current, desired)
        for field in fields(value)
    }
    return replace(value, **changed)


def _field(name: str, value: Any, current: str, desired: str) -> Any:
    if name in _NAMES:
        return desired if value == current else value
    if name in _PAIRS:
        return tuple((desired if schema == current else schema, table) for schema, table in value)
    return _renamed(value, current, desired)


def _rewritten(text: str, current: str, desired: str) -> str:
    """A text of the server (MySQL qualifies every name of a view), strings in it left alone."""
    prefix = f"{_quoted(current)}."
    if prefix not in text:
        return text
    pattern = re.compile(rf"'(?:[^'\\]|''|\\.)*'|{re.escape(prefix)}", re.DOTALL)
    return pattern.sub(lambda found: f"{_quoted(desired)}." if found[0] == prefix else found[0], text)


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
