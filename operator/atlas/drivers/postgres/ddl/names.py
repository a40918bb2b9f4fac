"""How names, types and literals are written in statements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.schema import Key

_IDENTIFIER = r'(?:"(?:[^"]|"")*"|[^\W\d][\w$]*)'
_QUALIFIED = re.compile(rf"({_IDENTIFIER})\.({_IDENTIFIER})(.*)", re.DOTALL)
_TIME = re.compile(r"(time|timestamp)(\(\d\))? (with|without) time zone")


def quote(name: str) -> str:
    """``name`` as an identifier, always in quotes."""
    return '"' + name.replace('"', '""') + '"'


def unquote(identifier: str) -> str:
    """The name that an identifier of SQL stands for."""
    if identifier.startswith('"'):
        return identifier[1:-1].replace('""', '"')
    return identifier


def literal(text: str) -> str:
    """``text`` as a string constant, whatever ``standard_conforming_strings`` says."""
    quoted = text.replace("'", "''")
    if "\\" in quoted:
        return "E'" + quoted.replace("\\", "\\\\") + "'"
    return f"'{quoted}'"


def listed(names: Iterable[str]) -> str:
    """``"a", "b"``."""
    return ", ".join(quote(name) for name in names)


def split_type(text: str) -> tuple[str, str, str] | None:
    """Schema, name and the rest of a qualified type, as ``("app", "status", "[]")``; None for one without schema."""
    found = _QUALIFIED.fullmatch(text)
    return (unquote(found[1]), unquote(found[2]), found[3]) if found else None


@dataclass(frozen=True, slots=True)
class Names:
    """Names under a schema that statements are bound to; '' binds to none.

    Attributes:
        schemas: Every schema that is known, to tell ``app.de`` from the collation ``de_DE.utf8``.
    """

    bound: str
    schemas: frozenset[str] = frozenset()

    def qualified(self, schema: str, name: str) -> str:
        """``"t"`` in the bound schema, ``"s"."t"`` elsewhere."""
        return quote(name) if schema in {"", self.bound} else f"{quote(schema)}.{quote(name)}"

    def relation(self, key: Key) -> str:
        """The relation that a child belongs to, or the object of the key itself."""
        return self.qualified(key.schema, key.relation or key.name)

    def dotted(self, text: str) -> str:
        """``schema.name`` of the model, where both are plain names."""
        schema, dot, name = text.partition(".")
        return self.qualified(schema, name) if dot else quote(schema)

    def collation(self, text: str) -> str:
        """A collation of the model: ``C``, ``de_DE.utf8``, or one that somebody made, as ``app.de``."""
        schema, dot, name = text.partition(".")
        return (
            self.qualified(unquote(schema), name) if dot and unquote(schema) in self.schemas else quote(text)
        )

    def type(self, text: str) -> str:
        """A type of the catalogs: ``timestamptz(3)``; one that somebody made is quoted, and bare in the bound schema."""
        found = split_type(text)
        return self.qualified(found[0], found[1]) + found[2] if found else _TIME.sub(_short_time, text)

    def types(self, text: str) -> str:
        """A list of types, as ``integer, app.status``."""
        return ", ".join(self.type(each) for each in split_list(text))


def _short_time(found: re.Match[str]) -> str:
    return f"{found[1]}{'tz' if found[3] == 'with' else ''}{found[2] or ''}"


def split_list(text: str) -> tuple[str, ...]:
    """The elements of a list that commas part, those in parentheses and quotes left alone."""
    found: list[str] = []
    depth, start, quoted = 0, 0, False
    for place, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif sign in "()[]":
            depth += 1 if sign in "([" else -1
        elif sign == "," and depth == 0:
            found.append(text[start:place].strip())
            start = place + 1
    rest = text[start:].strip()
    return (*found, rest) if rest else tuple(found)
