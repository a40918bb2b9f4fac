"""The JSON document of a realm: keys, order and omissions as clients of the Go tools decode them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.schema.objects import View
from atlas.schema.table import Unique

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.schema import Realm
    from atlas.schema.table import Column, ForeignKey, Index, IndexPart, PrimaryKey, Table

Fields = dict[str, object]


def realm_document(realm: Realm) -> Fields:
    """``schemas`` with their tables and views, and ``Unsupported``: what was found and is in no document."""
    return _present(
        {
            "schemas": [
                _present(
                    {
                        "name": schema.name,
                        "tables": [_table(table) for table in realm.tables if table.schema == schema.name],
                        "views": [_view(view) for view in realm.of(View) if view.schema == schema.name],
                        "comment": schema.comment,
                        "charset": schema.charset,
                        "collate": schema.collation,
                    }
                )
                for schema in realm.schemas
            ],
            "Unsupported": [f"{found.kind} {found.name}" for found in realm.unmodelled],
        }
    )


def _present(fields: Fields) -> Fields:
    return {key: value for key, value in fields.items() if value not in ("", [], False, None)}


def _table(table: Table) -> Fields:
    indexes: list[Index | Unique] = [*table.uniques, *table.indexes]
    return _present(
        {
            "name": table.name,
            "columns": [_column(column) for column in table.columns],
            "indexes": [_index(index) for index in sorted(indexes, key=_name)],
            "primary_key": _primary_key(table.primary_key),
            "foreign_keys": [_foreign_key(key) for key in table.foreign_keys],
            "comment": table.comment,
            "charset": table.charset,
            "collate": table.collation,
        }
    )


def _name(index: Index | Unique) -> str:
    return index.name


def _column(column: Column) -> Fields:
    return _present(
        {
            "name": column.name,
            "type": column.type,
            "null": column.null,
            "comment": column.comment,
            "charset": column.charset,
            "collate": column.collation,
        }
    )


def _index(index: Index | Unique) -> Fields:
    return _present(
        {
            "name": index.name,
            "unique": True if isinstance(index, Unique) else index.unique,
            "parts": _parts(index.parts),
            "comment": index.comment,
        }
    )


def _primary_key(key: PrimaryKey | None) -> Fields | None:
    return {"parts": _parts(key.parts)} if key else None


def _parts(parts: Iterable[IndexPart]) -> list[Fields]:
    return [_present({"desc": part.desc, "column": part.column, "expr": part.expr}) for part in parts]


def _foreign_key(key: ForeignKey) -> Fields:
    references = {"table": key.ref_table, "columns": list(key.ref_columns)}
    return {"name": key.name, "columns": list(key.columns), "references": references}


def _view(view: View) -> Fields:
    return _present(
        {
            "name": view.name,
            "columns": [_column(column) for column in view.columns],
            "comment": view.comment,
        }
    )
