"""What SQLite makes of a table when it, its columns or what it refers to is renamed: it rewrites every mention."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from atlas.drivers.sqlite.text.names import folded, quoted, requalified
from atlas.drivers.sqlite.text.tokens import TokenKind, UnknownText, tokens_of
from atlas.schema.table import Column, Index, IndexPart, PrimaryKey, Unique

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.schema.table import ForeignKey, Table

K = TypeVar("K", PrimaryKey, Unique)


@dataclass(frozen=True, slots=True)
class Renames:
    """Names by current name, folded: of tables, and of columns by table."""

    tables: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]

    def table(self, name: str) -> str:
        """The name that a table will have."""
        return self.tables.get(folded(name), name)

    def of_table(self, name: str) -> Mapping[str, str]:
        """The columns of a table, by its current name, that are renamed."""
        return self.columns.get(folded(name), {})


def moved(table: Table, renames: Renames) -> Table:
    """The table as it is once all renames are done."""
    names = renames.of_table(table.name)
    keys = tuple(_foreign_key(key, names, renames) for key in table.foreign_keys)
    found = replace(table, name=renames.table(table.name), foreign_keys=keys)
    if found.name != table.name:
        found = _with_table(found, table.name)
    if not names:
        return found
    return replace(
        found,
        columns=tuple(_column(column, names) for column in table.columns),
        primary_key=_key(table.primary_key, names) if table.primary_key else None,
        uniques=tuple(_key(unique, names) for unique in table.uniques),
        indexes=tuple(_index(index, names) for index in table.indexes),
        checks=tuple(replace(check, expr=_text(check.expr, names)) for check in table.checks),
    )


def _with_table(table: Table, current: str) -> Table:
    """Checks and predicates may name their table, by its ``current`` name until now."""
    return replace(
        table,
        checks=tuple(
            replace(check, expr=requalified(check.expr, current, table.name)) for check in table.checks
        ),
        indexes=tuple(
            replace(index, where=requalified(index.where, current, table.name)) for index in table.indexes
        ),
    )


def _column(column: Column, names: Mapping[str, str]) -> Column:
    generated = column.generated
    if generated:
        generated = replace(generated, expr=_text(generated.expr, names))
    return replace(column, name=_name(column.name, names), generated=generated)


def _key(key: K, names: Mapping[str, str]) -> K:
    return replace(key, parts=tuple(_part(part, names) for part in key.parts))


def _index(index: Index, names: Mapping[str, str]) -> Index:
    parts = tuple(_part(part, names) for part in index.parts)
    return replace(index, parts=parts, where=_text(index.where, names))


def _part(part: IndexPart, names: Mapping[str, str]) -> IndexPart:
    return replace(part, column=_name(part.column, names), expr=_text(part.expr, names))


def _foreign_key(key: ForeignKey, names: Mapping[str, str], renames: Renames) -> ForeignKey:
    referred = renames.of_table(key.ref_table)
    return replace(
        key,
        columns=tuple(_name(name, names) for name in key.columns),
        ref_table=renames.table(key.ref_table),
        ref_columns=tuple(_name(name, referred) for name in key.ref_columns),
    )


def _name(name: str, names: Mapping[str, str]) -> str:
    return names.get(folded(name), name)


def _text(text: str, names: Mapping[str, str]) -> str:
    """An expression with other names; whatever is named so is taken for a column."""
    try:
        tokens = tokens_of(text)
    except UnknownText:
        return text
    for token in reversed(tokens):
        name = names.get(folded(token.name or ""))
        if name is not None and token.kind in {TokenKind.WORD, TokenKind.QUOTED}:
            text = text[: token.start] + quoted(name) + text[token.end :]
    return text
