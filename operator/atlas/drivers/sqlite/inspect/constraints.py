"""The constraints of a table: names and words from its text, proved by the pragmas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from atlas.drivers.sqlite.inspect.agreement import refuse
from atlas.drivers.sqlite.text.names import canonical_expression, folded
from atlas.schema.options import options_of
from atlas.schema.table import Check, ForeignKey, IndexPart, PrimaryKey, Unique

if TYPE_CHECKING:
    from atlas.drivers.sqlite.inspect.catalog import Catalog, IndexPartRow
    from atlas.drivers.sqlite.text.table import KeyText, TableText


N = TypeVar("N", "Check", "ForeignKey", "KeyText")


def primary_key_of(table: str, text: TableText, catalog: Catalog) -> PrimaryKey | None:
    """The primary key in its own order, which need not be that of the columns."""
    rows = sorted((row for row in catalog.columns[table] if row.pk), key=lambda row: row.pk)
    key = text.primary_key
    if key is None and not rows:
        return None
    names = [row.name for row in rows]
    if key is None or [folded(name) for name in names] != _distinct(key):
        refuse(table, "the columns of its primary key")
    spelled = {folded(name): name for name in names}
    parts = {folded(part.column): part for part in reversed(key.parts)}
    is_alias = not _autoindexes(table, "pk", catalog) and not catalog.tables[table].without_rowid
    return PrimaryKey(
        name=key.name,
        parts=tuple(
            replace(parts[name], column=spelled[name], desc=parts[name].desc and not is_alias)
            for name in spelled
        ),
        options=options_of({"on_conflict": key.conflict} if key.conflict else {}),
    )


def _distinct(key: KeyText) -> list[str]:
    return list(dict.fromkeys(folded(part.column) for part in key.parts))


def uniques_of(table: str, text: TableText, catalog: Catalog) -> tuple[Unique, ...]:
    """UNIQUE constraints by name, those without one by their index; SQLite drops what another key says already."""
    waiting = _autoindexes(table, "u", catalog)
    declared = {folded(column.name): column.collation for column in text.columns}
    found: list[Unique] = []
    for key in sorted(_with_names_once(text.uniques), key=lambda key: not key.name):
        said = [(folded(part.column), _collation(part, declared)) for part in key.parts]
        name = next((name for name, rows in waiting.items() if _is(rows, said)), None)
        if name is None:
            continue
        rows = waiting.pop(name)
        options = {"autoindex": name} | ({"on_conflict": key.conflict} if key.conflict else {})
        parts = tuple(
            replace(part, column=row.column or "") for part, row in zip(key.parts, rows, strict=True)
        )
        found.append(Unique(name=key.name, parts=parts, options=options_of(options)))
    if waiting:
        refuse(table, "its UNIQUE constraints")
    return tuple(sorted(found, key=lambda unique: (unique.name, unique.options)))


def _collation(part: IndexPart, declared: dict[str, str]) -> str:
    return folded(part.collation or declared.get(folded(part.column), "") or "binary")


def _is(rows: list[IndexPartRow], said: list[tuple[str, str]]) -> bool:
    return [(folded(row.column or ""), folded(row.collation)) for row in rows] == said


def _autoindexes(table: str, origin: str, catalog: Catalog) -> dict[str, list[IndexPartRow]]:
    indexes = catalog.index_parts[table]
    return {name: rows for name, rows in indexes.items() if rows[0].origin == origin}


def foreign_keys_of(table: str, text: TableText, catalog: Catalog) -> tuple[ForeignKey, ...]:
    """Those without a name are called by their number; SQLite counts backwards."""
    rows = catalog.foreign_keys[table]
    if len(rows) != len(text.foreign_keys):
        refuse(table, "its foreign keys")
    spelled = {folded(column.name): column.name for column in text.columns}
    found = []
    for number, key in enumerate(reversed(_with_names_once(text.foreign_keys))):
        parts = rows[number]
        columns = tuple(spelled.get(folded(name), name) for name in key.columns)
        if (folded(key.ref_table), columns, key.on_update, key.on_delete) != (
            folded(parts[0].ref_table),
            tuple(part.column for part in parts),
            parts[0].on_update,
            parts[0].on_delete,
        ):
            refuse(table, "its foreign keys")
        found.append(replace(key, name=key.name or str(number), columns=columns))
    return tuple(sorted(found, key=lambda key: key.name))


def checks_of(text: TableText) -> tuple[Check, ...]:
    """Checks by name; of those that say the same and have none, one."""
    checks = _with_names_once(text.checks)
    distinct = {(check.name, canonical_expression(check.expr)): check for check in checks}
    return tuple(sorted(distinct.values(), key=lambda check: check.name))


def _with_names_once(items: list[N]) -> list[N]:
    """SQLite lets two constraints of a table have one name; here the first of them has it alone."""
    known: set[str] = set()
    found = []
    for item in items:
        found.append(replace(item, name="") if item.name in known else item)
        known.add(item.name)
    return found
