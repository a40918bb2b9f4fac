"""Types and defaults of columns, arguments and domains as SQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.reading.scope import Ref, Sql
from atlas.engine.hcl_schema.sql_text import string_literal
from atlas.hcl import evaluate
from atlas.hcl.nodes import Call, Conditional, Literal, Reference, Unary
from atlas.hcl.values import is_decimal, is_number, kind, to_bool, to_text

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.reading.block import BlockReader
    from atlas.engine.hcl_schema.reading.catalogue import Catalogue
    from atlas.hcl.nodes import Expression
    from atlas.schema import Key

TYPE_ROOTS = ("enum", "domain", "composite", "range")
_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*\Z")
_NAMED = re.compile(r'((?:[a-z_][\w$]*|"(?:[^"]|"")+"))((?:\[\d*\])*)\Z')


def read_type(reader: BlockReader, catalogue: Catalogue, user: Key, name: str = "type") -> str:
    """The type that an attribute says, '' when there is none; ``user`` depends on a type that is declared."""
    expression = reader.expression(name)
    if expression is None:
        return ""
    text = _type(expression, reader, catalogue, user, name)
    if reader.document.is_mysql and reader.has("unsigned") and reader.flag("unsigned"):
        return f"{text} unsigned"
    return text


def _type(expression: Expression, reader: BlockReader, catalogue: Catalogue, user: Key, name: str) -> str:
    scope = reader.instance.scope
    match expression:
        case Reference():
            return _from_hcl(expression.name, [], expression, reader, name)
        case Call() if expression.name != "sql":
            values = (evaluate(argument, scope) for argument in expression.arguments)
            arguments = [float(value) if is_decimal(value) else value for value in values]
            return _from_hcl(expression.name, arguments, expression, reader, name)
        case Conditional():
            try:
                holds = to_bool(evaluate(expression.condition, scope))
            except ValueError as error:
                raise reader.document.error(expression.condition.range, str(error)) from error
            return _type(expression.then if holds else expression.otherwise, reader, catalogue, user, name)
    value = evaluate(expression, scope)
    match value:
        case Sql():
            return _raw_type(value.text, reader, catalogue, user)
        case Ref() if value.path[0] in TYPE_ROOTS:
            entry = catalogue.find(value, reader, name)
            reader.document.needs(user, entry.key)
            return f"{identifier(entry.schema)}.{identifier(entry.name)}"
        case Ref():
            raise reader.error(f"{name}: {'.'.join(value.path)} is no type", name)
        case _:
            raise reader.error(
                f'set field "{name}": unexpected type {kind(value)}; write a type without quotes, or sql("…")',
                name,
            )


def _from_hcl(
    type_name: str, arguments: list[object], expression: Expression, reader: BlockReader, name: str
) -> str:
    try:
        return reader.document.types.from_hcl(type_name, arguments)  # type: ignore[arg-type]  # it says what it takes
    except ValueError as error:
        text = str(error)
    if text.startswith("There is no type"):
        text = f'Unknown {reader.instance.type}.{name}; {text} Another one is written sql("…")'
    else:
        text = f'Call to function "{type_name}" failed: {text}'
    raise reader.document.error(expression.range, text)


def _raw_type(text: str, reader: BlockReader, catalogue: Catalogue, user: Key) -> str:
    """``sql("status[]")``: an array of a type that is declared is written with its schema."""
    found = _NAMED.match(text) if reader.document.dialect == "postgres" else None
    if found is None:
        reader.document.mentions(user, text)
        return text
    name = found[1][1:-1].replace('""', '"') if found[1].startswith('"') else found[1]
    entries = [entry for root in TYPE_ROOTS for entry in catalogue.named(root, name)]
    if len(entries) != 1 or reader.document.types.to_hcl(name) is not None:
        return text
    reader.document.needs(user, entries[0].key)
    return f"{identifier(entries[0].schema)}.{identifier(entries[0].name)}{found[2]}"


def identifier(name: str) -> str:
    """A name as the catalog of PostgreSQL prints it in types."""
    doubled = name.replace('"', '""')
    return name if _PLAIN.match(name) else f'"{doubled}"'


def read_default(reader: BlockReader, name: str = "default") -> str | None:
    """The default as SQL; a number is written as it was, with the zeros that say its scale."""
    expression = reader.expression(name)
    if expression is None:
        return None
    number = expression.operand if isinstance(expression, Unary) else expression
    if isinstance(number, Literal) and is_number(number.value):
        return reader.document.source(expression.range).replace(" ", "")
    value = reader.value(name)
    match value:
        case None:
            return None
        case Sql():
            return value.text
        case _ if isinstance(value, bool) or is_number(value):
            return to_text(value)
        case str():
            return string_literal(value, reader.document.dialect)
        case Ref() if value.word:
            raise reader.error(f'{name}: unknown variable "{value.word}"', name)
        case Ref():
            raise reader.error(f'{name}: a reference is no value; use sql("…")', name)
        case _:
            raise reader.error(
                f'unsupported type for default value: {kind(value)}; use a literal or sql("…")', name
            )
