"""Foreign keys and checks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.drivers.mysql.inspect.dialect import expression
from atlas.schema.table import Check, ForeignKey

if TYPE_CHECKING:
    from atlas.drivers.mysql.inspect.reader import Cells, Reader

TableName = tuple[str, str]
_COLUMN_CHECK = re.compile(r"^  `((?:[^`]|``)+)` .* CHECK \((.*)\),?$", re.MULTILINE)
_JSON_CHECK = re.compile(r"json_valid\(`((?:[^`]|``)+)`\)")


def foreign_keys(reader: Reader) -> dict[TableName, tuple[ForeignKey, ...]]:
    """The foreign keys of every table, by name."""
    actions = {
        (schema, table, name): (on_update, on_delete)
        for schema, table, name, on_update, on_delete in reader.rows("referential")
    }
    columns: dict[tuple[str, str, str], list[Cells]] = {}
    for row in reader.rows("key_columns"):
        columns.setdefault((row[0], row[1], row[2]), []).append(row)
    found: dict[TableName, list[ForeignKey]] = {}
    for (schema, table, name), rows in sorted(columns.items()):
        on_update, on_delete = actions.get((schema, table, name), ("RESTRICT", "RESTRICT"))
        key = ForeignKey(
            name=name,
            columns=tuple(row[3] for row in rows),
            ref_schema=rows[0][4],
            ref_table=rows[0][5],
            ref_columns=tuple(row[6] for row in rows),
            on_update=on_update,
            on_delete=on_delete,
        )
        found.setdefault((schema, table), []).append(key)
    return {table: tuple(keys) for table, keys in found.items()}


def checks(reader: Reader) -> dict[TableName, tuple[Check, ...]]:
    """The checks of every table, by name."""
    rows: dict[TableName, list[Cells]] = {}
    for row in reader.rows("checks"):
        rows.setdefault((row[0], row[1]), []).append(row)
    return {
        table: _of_table(_at_home(reader, table, each), is_mariadb=reader.session.is_mariadb)
        for table, each in rows.items()
    }


def says_json(check: Check) -> bool:
    """Whether it is what MariaDB puts beside a longtext that was declared as JSON."""
    found = _JSON_CHECK.fullmatch(check.expr)
    return found is not None and found[1].replace("``", "`") == check.column


def _at_home(reader: Reader, table: TableName, rows: list[Cells]) -> list[Cells]:
    """``rows`` with checks of columns under the names of these.

    A check keeps the name that its column had when it was made. Where it does not even mention a column of its name,
    only SHOW CREATE TABLE tells in which one it stands.
    """
    strangers = {
        row[2] for row in rows if row[4] == "Column" and f"`{row[2].replace('`', '``')}`" not in row[3]
    }
    if not strangers:
        return rows
    created = reader.of_one(f"SHOW CREATE TABLE {reader.on_server(*table)}")
    homes = {
        check: name.replace("``", "`")
        for name, check in _COLUMN_CHECK.findall(created[0][1] if created else "")
    }
    return [(*row[:2], homes.get(row[3], row[2]), *row[3:]) if row[2] in strangers else row for row in rows]


def _of_table(rows: list[Cells], *, is_mariadb: bool) -> tuple[Check, ...]:
    of_table = {name for _, _, name, _, level, _ in rows if level != "Column"}
    found = [
        Check(
            # A check of a column is named as the column; when one of the table has that name too, by what it says.
            name="" if level == "Column" and name in of_table else name,
            expr=expression(clause, is_mariadb=is_mariadb),
            enforced=enforced != "NO",
            column=name if level == "Column" else "",
        )
        for _, _, name, clause, level, enforced in rows
    ]
    return tuple(sorted(found, key=lambda check: (check.name, check.expr)))
