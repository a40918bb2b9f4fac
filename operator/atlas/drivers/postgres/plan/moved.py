"""What the server changes by itself when an extension moves to another schema."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from atlas.drivers.postgres.ddl.names import quote
from atlas.drivers.postgres.diff import differs
from atlas.schema.objects import Extension

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.drivers.postgres.plan.context import Context

_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*")


def follow_extensions(context: Context) -> None:
    """Take away the fates of objects that only name the schema that an extension leaves."""
    schemas = {
        fate.current.schema: fate.desired.schema
        for fate in context.fates.values()
        if isinstance(fate.current, Extension)
        and isinstance(fate.desired, Extension)
        and "schema" in fate.fields
    }
    if not schemas:
        return
    for key, fate in list(context.fates.items()):
        if fate.current is None or fate.desired is None or isinstance(fate.current, Extension):
            continue
        if not differs(_moved(fate.current, schemas), fate.desired):
            del context.fates[key]


def _moved(value: Any, schemas: Mapping[str, str]) -> Any:
    """The value with the schemas of qualified names replaced in its texts."""
    match value:
        case str():
            return _text(value, schemas)
        case tuple():
            return tuple(_moved(each, schemas) for each in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(
                value, **{each.name: _moved(getattr(value, each.name), schemas) for each in fields(value)}
            )
        case _:
            return value


def _text(text: str, schemas: Mapping[str, str]) -> str:
    for before, after in schemas.items():
        name = re.escape(_printed(before))
        text = re.sub(rf'(?<![\w$".]){name}\.', _escaped(after), text)
    return text


def _escaped(name: str) -> str:
    """``name.`` as a replacement: no backslash in it means anything."""
    return f"{_printed(name)}.".replace("\\", r"\\")


def _printed(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else quote(name)
