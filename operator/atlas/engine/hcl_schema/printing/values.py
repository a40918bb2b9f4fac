"""Types, defaults and expressions of the model as HCL writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from atlas.engine.hcl_schema.sql_text import is_mysql, string_value
from atlas.hcl.quote import quote
from atlas.schema import Kind, key_of
from atlas.schema.objects import Routine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.hcl_schema.printing.layout import Block
    from atlas.engine.hcl_schema.printing.names import Names
    from atlas.engine.schema_ports import TypeNames
    from atlas.schema import Key, Realm
    from atlas.schema.objects import SchemaObject, View
    from atlas.schema.table import Index, Table, Trigger

Named = TypeVar("Named", "Table", "View", "Index", "Trigger")

UNSIGNED = " unsigned"
"""The end of a type of MySQL that is an attribute in HCL."""
_RELATIONS = frozenset({Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED})
_NEEDED = _RELATIONS | {Kind.FUNCTION, Kind.PROCEDURE}
_DEPENDENT = frozenset({Kind.VIEW, Kind.MATERIALIZED, Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE})
_TYPE_NAME = re.compile(r'(?:([a-z_][\w$]*|"(?:[^"]|"")+")\.)?([a-z_][\w$]*|"(?:[^"]|"")+")\Z')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")
_CAST = re.compile(r"('(?:[^']|'')*')::(.+)\Z", re.DOTALL)
_CALL = re.compile(
    r'(?:[a-z_][\w$]*|"[^"]+")(?:\.(?:[a-z_][\w$]*|"[^"]+"))*(\(.*\))?\Z', re.DOTALL | re.IGNORECASE
)
_INT4 = range(-(2**31), 2**31)
_ALIASED = {"character": "bpchar"}
"""Types that casts in the catalog of PostgreSQL call by another name."""


def raw(text: str) -> str:
    """``sql("…")``."""
    return f"sql({quote(text)})"


class Printer:
    """What printers of all kinds of objects share."""

    def __init__(self, realm: Realm, types: TypeNames, names: Names) -> None:
        self.dialect = realm.dialect
        self.is_mysql = is_mysql(realm.dialect)
        self.is_postgres = realm.dialect == "postgres"
        self.realm = realm
        self.names = names
        self._types = types
        self._known: dict[str, str] = {}
        self._needs = _needs(realm)
        self._routines: dict[str, list[Key]] = {}
        for routine in realm.of(Routine):
            self._routines.setdefault(f"{routine.schema}.{routine.name}", []).append(key_of(routine))

    def in_order(self, items: Sequence[Named]) -> Sequence[Named]:
        """As servers list them; SQLite lists by age, which equal schemas do not share: there, by name."""
        return sorted(items, key=lambda item: item.name) if self.dialect == "sqlite" else items

    def type(self, text: str) -> str:
        """A type as a name of the dialect, a reference to a type that is printed, or ``sql("…")``."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._type(text)
        return known

    def _type(self, text: str) -> str:
        qualified = "." in text or text.startswith('"')
        named = None if qualified else self._types.to_hcl(text)
        return named or self._reference(text) or raw(text)

    def _reference(self, text: str) -> str | None:
        found = _TYPE_NAME.match(text) if self.is_postgres else None
        if found is None:
            return None
        return self.names.type_reference(_unquoted(found[1] or ""), _unquoted(found[2]))

    def expression(self, text: str) -> str:
        """An SQL expression as a string, in PostgreSQL with the parentheses that its catalog shows."""
        return quote(f"({text})" if self.is_postgres and not _stands_alone(text) else text)

    def typed(self, block: Block, name: str, text: str) -> None:
        """The attribute ``name`` with a type, and ``unsigned`` beside it."""
        unsigned = self.is_mysql and text.endswith(UNSIGNED)
        block.attribute(name, self.type(text.removesuffix(UNSIGNED) if unsigned else text))
        block.flag("unsigned", unsigned)

    def default(self, text: str, type_text: str) -> str:
        """A literal where reading it back gives the same text, else ``sql("…")``."""
        return self.literal(text, type_text) or raw(text)

    def literal(self, text: str, type_text: str) -> str | None:
        """A number, boolean or string; None when ``text`` is none, or not of this type."""
        if _NUMBER.match(text):
            return _trimmed(text) if self.is_mysql else text
        if text in {"true", "false"}:
            return text
        if self.is_postgres:
            return _cast_literal(text, type_text)
        value = string_value(text, self.dialect)
        return None if value is None else quote(value)

    def routine(self, name: str) -> str:
        """``function.f`` of a ``schema.f`` that is printed and not overloaded, else the name as a string."""
        found = self._routines.get(name, [])
        return self.names.reference(found[0]) if len(found) == 1 else quote(name)

    def depends_on(self, item: SchemaObject) -> list[str]:
        """References to the relations and routines without which ``item`` cannot be made."""
        needed = self._needs.get(key_of(item), set())
        return [self.names.reference(key) for key in sorted(needed) if self.names.knows(key)]


def _needs(realm: Realm) -> dict[Key, set[Key]]:
    """What views and routines depend on, whole relations and routines only."""
    owners = {(key.schema, key.name): key for key in map(key_of, realm.objects) if key.kind in _RELATIONS}
    needs: dict[Key, set[Key]] = {}
    for dependent, needed in realm.dependencies:
        if dependent.kind not in _DEPENDENT:
            continue
        whole = owners.get((needed.schema, needed.relation)) if needed.kind.is_child else needed
        if whole is not None and whole.kind in _NEEDED and whole != dependent:
            needs.setdefault(dependent, set()).add(whole)
    return needs


def _cast_literal(text: str, type_text: str) -> str | None:
    """``'a'::text`` of a text column; a negative number is shown as ``'-5'::integer``."""
    found = _CAST.match(text)
    if found is None:
        value = string_value(text, "postgres")
        return None if value is None else quote(value)
    value, cast = string_value(found[1], "postgres") or "", found[2]
    if _NUMBER.match(value) and _is_number_of(value, cast):
        return value
    declared = re.sub(r"\(.*?\)", "", type_text)
    return quote(value) if cast in {_ALIASED.get(declared, declared), _without_schema(declared)} else None


def _without_schema(type_text: str) -> str:
    """``status`` of ``app.status``, which a cast says where the schema is searched; '' for a type without one."""
    found = _TYPE_NAME.match(type_text)
    return found[2] if found and found[1] else ""


def _is_number_of(value: str, cast: str) -> bool:
    """Whether the bare number would be shown with this cast (PostgreSQL 4.1.2.6, Numeric Constants)."""
    if "." in value:
        return cast == "numeric" and value.startswith("-")
    if int(value) in _INT4:
        return cast == "integer" and value.startswith("-")
    return cast == "bigint" and abs(int(value)) < 2**63


def _trimmed(number: str) -> str:
    """MySQL pads a number to the scale of its column: the zeros say nothing."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def _stands_alone(text: str) -> bool:
    """Whether the catalog shows no parentheses around: a name, a call, an expression that has them already."""
    if text.startswith("(") and _closes_at_end(text):
        return True
    found = _CALL.match(text)
    return found is not None and (found[1] is None or _closes_at_end(found[1]))


def _closes_at_end(text: str) -> bool:
    """Whether the first parenthesis is closed by the last sign, whatever stands in quotes."""
    from atlas.engine.hcl_schema.sql_text import without_parentheses

    return without_parentheses(text) != text


def _unquoted(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name
