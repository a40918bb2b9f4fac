"""CREATE TABLE and its parts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.sqlite.column_types import SqliteTypeNames
from atlas.drivers.sqlite.text.names import folded, is_reserved, quoted, requalified
from atlas.drivers.sqlite.text.tokens import TokenKind, tokens_of
from atlas.engine.plan import SqlText
from atlas.schema.options import option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.schema.table import Check, Column, ForeignKey, IndexPart, PrimaryKey, Table, Unique

_PLAIN_TYPE = re.compile(r"([^\W\d][\w$ ]*)(\( *[-+]?[\d.]+ *(, *[-+]?[\d.]+ *)?\))?")


def create_table(table: Table, name: str = "") -> SqlText:
    """The table under its own or another name; indexes and triggers are statements of their own."""
    options = [word for word, is_set in _table_options(table) if is_set]
    items = [column_definition(column, table) for column in table.columns]
    items += _keys(table)
    items += [foreign_key_clause(key) for key in _in_order(table.foreign_keys)]
    items += [check_clause(_with_table(check, table.name, name)) for check in table.checks]
    tail = f") {', '.join(options)}" if options else ")"
    return SqlText(f"CREATE TABLE {quoted(name or table.name)} (", tuple(items), tail)


def _table_options(table: Table) -> tuple[tuple[str, bool], ...]:
    return ("WITHOUT ROWID", table.without_rowid), ("STRICT", table.strict)


def rowid_alias(table: Table) -> str:
    """The column that is another name of the rowid, '' when there is none."""
    key = table.primary_key
    if table.without_rowid or key is None or len(key.parts) != 1 or key.parts[0].desc:
        return ""
    name = key.parts[0].column
    types = [column.type for column in table.columns if folded(column.name) == folded(name)]
    return name if types and folded(types[0]) == "integer" else ""


def column_definition(column: Column, table: Table) -> str:
    """``column`` as CREATE TABLE and ADD COLUMN have it, without constraints that name it."""
    words = [quoted(column.name), type_text(column.type), "NULL" if column.null else "NOT NULL"]
    conflict = option(column.options, "on_conflict")
    if conflict:
        words.append(f"ON CONFLICT {conflict}")
    if _is_inline(column, table):
        words.append(_inline_key(column, table))
    if column.default is not None:
        words.append(f"DEFAULT {default_text(column.default)}")
    if column.collation:
        words.append(f"COLLATE {quoted(column.collation)}")
    if column.generated:
        kind = "STORED" if column.generated.stored else "VIRTUAL"
        words.append(f"AS ({column.generated.expr}) {kind}")
    return " ".join(word for word in words if word)


def type_text(text: str) -> str:
    """A type, in lower case as plans of the Go tools have the known ones; in quotes where it is no plain words."""
    words = _PLAIN_TYPE.fullmatch(text)
    if words is None or any(map(is_reserved, words[1].split())):
        return quoted(text) if text else ""
    return folded(text) if SqliteTypeNames().to_hcl(text) is not None else text


def is_literal(text: str) -> bool:
    """Whether a default is one word or number, that needs no parentheses."""
    tokens = tokens_of(text)
    if len(tokens) == 2 and tokens[0].text in {"+", "-"}:  # noqa: PLR2004  a sign and its number
        tokens = tokens[1:]
    return len(tokens) == 1 and tokens[0].kind is not TokenKind.VARIABLE


def has_default(column: Column) -> bool:
    """Whether a row that says nothing gets a value; DEFAULT NULL gives none."""
    return column.default is not None and folded(column.default) != "null"


def default_text(text: str) -> str:
    """A default as the clause has it."""
    return text if is_literal(text) else f"({text})"


def _is_inline(column: Column, table: Table) -> bool:
    """AUTOINCREMENT stands at its column; and INTEGER PRIMARY KEY DESC, at its column, is no alias of the rowid."""
    key = table.primary_key
    if key is None or len(key.parts) != 1 or folded(key.parts[0].column) != folded(column.name):
        return False
    is_no_alias = folded(column.type) == "integer" and key.parts[0].desc and not table.without_rowid
    return column.auto_increment or is_no_alias


def _inline_key(column: Column, table: Table) -> str:
    key = table.primary_key
    assert key is not None  # noqa: S101  ``_is_inline``
    words = ["PRIMARY KEY", "DESC" if key.parts[0].desc else "", _conflict(key)]
    words += ["AUTOINCREMENT"] if column.auto_increment else []
    return _named(key.name, " ".join(word for word in words if word))


def _keys(table: Table) -> Iterator[str]:
    """The primary key and the UNIQUE constraints, in an order in which SQLite gives their indexes the same numbers."""
    uniques = sorted(table.uniques, key=_autoindex_number)
    numbers = [_autoindex_number(unique) for unique in uniques]
    place = next((at for at, number in enumerate(numbers) if number != at + 1), len(numbers))
    clauses = [_named(unique.name, _key("UNIQUE", unique)) for unique in uniques]
    key = table.primary_key
    if key is not None and not any(_is_inline(column, table) for column in table.columns):
        clauses.insert(
            place if numbers and not rowid_alias(table) else 0, _named(key.name, _key("PRIMARY KEY", key))
        )
    yield from clauses


def _autoindex_number(unique: Unique) -> int:
    number = option(unique.options, "autoindex").rpartition("_")[2]
    return int(number) if number.isdecimal() else 0


def _key(word: str, key: PrimaryKey | Unique) -> str:
    parts = ", ".join(_key_part(part) for part in key.parts)
    return f"{word} ({parts}) {_conflict(key)}".rstrip()


def _key_part(part: IndexPart) -> str:
    collation = f" COLLATE {quoted(part.collation)}" if part.collation else ""
    return f"{quoted(part.column)}{collation}{' DESC' if part.desc else ''}"


def _conflict(key: PrimaryKey | Unique) -> str:
    action = option(key.options, "on_conflict")
    return f"ON CONFLICT {action}" if action else ""


def _in_order(keys: tuple[ForeignKey, ...]) -> list[ForeignKey]:
    """Those without a name in an order in which SQLite, counting backwards, gives them their numbers again."""
    numbered = {int(key.name): key for key in keys if key.name.isdecimal()}
    named = [key for key in keys if not key.name.isdecimal()]
    places = reversed(range(len(keys)))
    found = [
        numbered.pop(place) if place in numbered else (named.pop(0) if named else None) for place in places
    ]
    return [*(key for key in found if key is not None), *numbered.values(), *named]


def foreign_key_clause(key: ForeignKey) -> str:
    """A FOREIGN KEY constraint of a table."""
    return _named(_own_name(key), f"FOREIGN KEY ({', '.join(map(quoted, key.columns))}) {_references(key)}")


def references_clause(key: ForeignKey) -> str:
    """The same at its column."""
    return _named(_own_name(key), _references(key))


def _own_name(key: ForeignKey) -> str:
    return "" if key.name.isdecimal() else key.name


def _references(key: ForeignKey) -> str:
    columns = f" ({', '.join(map(quoted, key.ref_columns))})" if key.ref_columns else ""
    words = [f"REFERENCES {quoted(key.ref_table)}{columns}"]
    words += [f"ON UPDATE {key.on_update}"] if key.on_update != "NO ACTION" else []
    words += [f"ON DELETE {key.on_delete}"] if key.on_delete != "NO ACTION" else []
    words += [f"MATCH {key.match}"] if key.match else []
    if key.deferrable:
        words.append("DEFERRABLE INITIALLY DEFERRED" if key.initially_deferred else "DEFERRABLE")
    return " ".join(words)


def _with_table(check: Check, current: str, name: str) -> Check:
    """A check may name its table, which has another name until the rename, that changes it back."""
    return replace(check, expr=requalified(check.expr, current, name)) if name else check


def check_clause(check: Check) -> str:
    """A CHECK constraint of a table or column."""
    return _named(check.name, f"CHECK ({check.expr})")


def _named(name: str, clause: str) -> str:
    return f"CONSTRAINT {quoted(name)} {clause}" if name else clause
