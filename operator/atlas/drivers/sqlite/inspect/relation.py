"""One table or view of the catalog. Text and pragmas are read apart and have to agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.sqlite.inspect.agreement import refuse
from atlas.drivers.sqlite.inspect.constraints import checks_of, foreign_keys_of, primary_key_of, uniques_of
from atlas.drivers.sqlite.inspect.index import indexes_of
from atlas.drivers.sqlite.text.names import folded, quoted, without_parentheses
from atlas.drivers.sqlite.text.table import read_table
from atlas.drivers.sqlite.text.view import read_view
from atlas.schema.objects import View
from atlas.schema.options import options_of
from atlas.schema.table import Column, Generated, Table

if TYPE_CHECKING:
    from atlas.drivers.sqlite.inspect.catalog import Catalog, ColumnRow, ObjectRow
    from atlas.drivers.sqlite.text.table import ColumnText, TableText
    from atlas.schema.table import Trigger

_STORED = 3


def table_of(row: ObjectRow, catalog: Catalog, triggers: tuple[Trigger, ...]) -> Table:
    """A table.

    Raises:
        Unsupported: Its text is not understood, or says something else than the pragmas.
    """
    text = read_table(row.sql or "", row.name)
    kind = catalog.tables[row.name]
    columns = _columns(row.name, text, catalog.columns[row.name])
    options = {word for word, is_set in (("WITHOUT", kind.without_rowid), ("STRICT", kind.strict)) if is_set}
    if options != text.options:
        refuse(row.name, "its options")
    return Table(
        schema="main",
        name=row.name,
        columns=columns,
        primary_key=primary_key_of(row.name, text, catalog),
        uniques=uniques_of(row.name, text, catalog),
        indexes=indexes_of(row.name, columns, catalog),
        foreign_keys=foreign_keys_of(row.name, text, catalog),
        checks=checks_of(text),
        triggers=triggers,
        without_rowid=bool(kind.without_rowid),
        strict=bool(kind.strict),
    )


def _columns(table: str, text: TableText, rows: list[ColumnRow]) -> tuple[Column, ...]:
    if [column.name for column in text.columns] != [row.name for row in rows]:
        refuse(table, "its columns")
    return tuple(_column(found, row) for found, row in zip(text.columns, rows, strict=True))


def _column(text: ColumnText, row: ColumnRow) -> Column:
    generated = None
    if text.generated is not None:
        generated = Generated(expr=text.generated, stored=row.hidden == _STORED)
    return Column(
        name=row.name,
        type=row.type,
        null=not row.not_null,
        default=None if row.default is None or generated else without_parentheses(row.default),
        generated=generated,
        auto_increment=text.auto_increment,
        collation="" if folded(text.collation) == "binary" else text.collation,
        options=options_of({"on_conflict": text.not_null_conflict} if text.not_null_conflict else {}),
    )


def view_of(row: ObjectRow, catalog: Catalog, triggers: tuple[Trigger, ...]) -> View:
    """A view.

    Raises:
        Unsupported: Its text is not understood.
    """
    text = read_view(row.sql or "", row.name)
    return View(
        schema="main",
        name=row.name,
        definition=text.definition,
        columns=tuple(Column(name=name, type=type_) for name, type_ in catalog.view_columns[row.name]),
        triggers=triggers,
        options=options_of({"columns": ", ".join(map(quoted, text.columns))} if text.columns else {}),
    )
