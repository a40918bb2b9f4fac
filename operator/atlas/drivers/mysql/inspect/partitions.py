"""How tables are partitioned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from atlas.schema.table import IndexPart, Partition, PartitionBy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.drivers.mysql.inspect.reader import Reader

_NAME = re.compile(r"`((?:[^`]|``)+)`")
_DEFAULT = re.compile(r"PARTITION `((?:[^`]|``)+)` DEFAULT")
_IS_DEFAULT = re.compile(r"MAXVALUE|\(MAXVALUE(,MAXVALUE)*\)")
_COUNTED = ("HASH", "KEY")


class PartitionRow(NamedTuple):
    """See ``sql/inspect_partitions.sql``."""

    schema: str
    table: str
    name: str
    subpartition: str
    method: str
    submethod: str
    expression: str
    subexpression: str
    description: str
    comment: str


def partition_rows(reader: Reader) -> dict[tuple[str, str], list[PartitionRow]]:
    """The rows of each partitioned table, in order."""
    found: dict[tuple[str, str], list[PartitionRow]] = {}
    for row in map(PartitionRow._make, reader.rows("partitions")):
        found.setdefault((row.schema, row.table), []).append(row)
    return {table: _with_default(reader, table, rows) for table, rows in found.items()}


def partition_by(rows: Sequence[PartitionRow]) -> PartitionBy:
    """The PARTITION BY of a table; partitions with the names that the server gives are counted, not listed."""
    first = rows[0]
    by_name: dict[str, PartitionRow] = {}
    for row in rows:
        by_name.setdefault(row.name, row)
    partitions = tuple(_partition(row) for row in by_name.values())
    is_counted = first.method.endswith(_COUNTED) and all(
        each == Partition(name=f"p{number}") for number, each in enumerate(partitions)
    )
    return PartitionBy(
        method=first.method,
        parts=_parts(first.expression),
        count=len(partitions) if is_counted else 0,
        partitions=() if is_counted else partitions,
        subpartition=_subpartition(rows, len(partitions)),
    )


def has_named_subpartitions(rows: Sequence[PartitionRow]) -> bool:
    """Whether somebody named the subpartitions; the server's own names are ``p0sp0``, ``p0sp1``, …."""
    numbers: dict[str, int] = {}
    for row in rows:
        number = numbers.get(row.name, 0)
        if row.subpartition and row.subpartition != f"{row.name}sp{number}":
            return True
        numbers[row.name] = number + 1
    return False


def _with_default(reader: Reader, table: tuple[str, str], rows: list[PartitionRow]) -> list[PartitionRow]:
    """The partition for all other values of a list: MariaDB prints it as MAXVALUE, or as 0 where that is a value too.

    Which of the two a 0 is, only SHOW CREATE TABLE tells.
    """
    names = {
        row.name for row in rows if row.method == "LIST COLUMNS" and _IS_DEFAULT.fullmatch(row.description)
    }
    if any(row.method == "LIST" and row.description == "0" for row in rows):
        created = reader.of_one(f"SHOW CREATE TABLE {reader.on_server(*table)}")
        names |= {name.replace("``", "`") for name in _DEFAULT.findall(created[0][1] if created else "")}
    return [row._replace(description="DEFAULT") if row.name in names else row for row in rows]


def _partition(row: PartitionRow) -> Partition:
    return Partition(name=row.name, values=_values(row), comment=row.comment)


def _values(row: PartitionRow) -> str:
    description = row.description
    if row.method.startswith("RANGE"):
        # MAXVALUE of a single expression has no parentheses; that of columns has.
        is_bare = description == "MAXVALUE" and row.method == "RANGE"
        return f"LESS THAN {description}" if is_bare else f"LESS THAN ({description})"
    if row.method.startswith("LIST"):
        return description if description == "DEFAULT" else f"IN ({description})"
    return ""


def _parts(expression: str) -> tuple[IndexPart, ...]:
    names = _NAME.findall(expression)
    is_names_only = ",".join(f"`{name}`" for name in names) == expression.replace("`, `", "`,`")
    if names and is_names_only:
        return tuple(IndexPart(column=name.replace("``", "`")) for name in names)
    return (IndexPart(expr=expression),) if expression else ()


def _subpartition(rows: Sequence[PartitionRow], partitions: int) -> str:
    first = rows[0]
    if not first.submethod:
        return ""
    return f"{first.submethod} ({first.subexpression}) SUBPARTITIONS {len(rows) // partitions}"
