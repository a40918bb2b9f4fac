"""Tables, put together of the rows of several catalogs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from atlas.drivers.mysql.inspect.columns import Charset, ColumnRow, column_of, column_rows
from atlas.drivers.mysql.inspect.constraints import checks, foreign_keys, says_json
from atlas.drivers.mysql.inspect.indexes import IndexRow, index_rows, indexes_of, primary_key_of
from atlas.drivers.mysql.inspect.options import table_options
from atlas.drivers.mysql.inspect.partitions import PartitionRow, partition_by, partition_rows
from atlas.schema.options import options_of
from atlas.schema.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.drivers.mysql.inspect.reader import Reader
    from atlas.schema.options import Options
    from atlas.schema.table import Check, ForeignKey, Index, Trigger

TableName = tuple[str, str]
_JSON = ("longtext", "utf8mb4_bin")
_SYSTEM_TIME = "SYSTEM_TIME"
_OF_ARIA = {("transactional", "1"), ("page_checksum", "1")}


class TableRow(NamedTuple):
    """See ``sql/inspect_tables.sql``."""

    schema: str
    name: str
    type: str
    engine: str
    auto_increment: str
    collation: str
    options: str
    comment: str

    @property
    def charset(self) -> Charset:
        """The charset is the first word of every collation's name."""
        return Charset(self.collation.partition("_")[0], self.collation)

    @property
    def is_table(self) -> bool:
        return self.type in {"BASE TABLE", "SYSTEM VERSIONED"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCatalogs:
    """What is known of all tables, by name."""

    columns: Mapping[TableName, list[ColumnRow]]
    indexes: Mapping[TableName, Mapping[str, list[IndexRow]]]
    foreign_keys: Mapping[TableName, tuple[ForeignKey, ...]]
    checks: Mapping[TableName, tuple[Check, ...]]
    partitions: Mapping[TableName, list[PartitionRow]]
    triggers: Mapping[TableName, tuple[Trigger, ...]]
    schemas: Mapping[str, Charset]
    default_engine: str
    is_mariadb: bool


def read_tables(
    reader: Reader,
    *,
    schemas: Mapping[str, Charset],
    default_engine: str,
    triggers: Mapping[TableName, tuple[Trigger, ...]],
) -> TableCatalogs:
    """Six queries: columns, indexes, two for foreign keys, checks, partitions."""
    return TableCatalogs(
        columns=column_rows(reader),
        indexes=index_rows(reader),
        foreign_keys=foreign_keys(reader),
        checks=checks(reader),
        partitions=partition_rows(reader),
        triggers=triggers,
        schemas=schemas,
        default_engine=default_engine,
        is_mariadb=reader.session.is_mariadb,
    )


def table_of(row: TableRow, known: TableCatalogs) -> Table:
    """The table of a row."""
    key = (row.schema, row.name)
    columns = known.columns.get(key, [])
    parent = known.schemas.get(row.schema, Charset("", ""))
    charset = row.charset.beside(parent)
    rows = known.indexes.get(key, {})
    found = known.checks.get(key, ())
    json = frozenset(check.column for check in found if says_json(check)) & _longtexts(columns)
    partitions = known.partitions.get(key, [])
    is_modelled = bool(partitions) and partitions[0].method != _SYSTEM_TIME
    return Table(
        schema=row.schema,
        name=row.name,
        columns=tuple(
            column_of(each, row.charset, is_json=each.name in json, is_mariadb=known.is_mariadb)
            for each in columns
        ),
        primary_key=primary_key_of(rows, is_mariadb=known.is_mariadb),
        indexes=tuple(
            _with_default_method(index, row) for index in indexes_of(rows, is_mariadb=known.is_mariadb)
        ),
        foreign_keys=known.foreign_keys.get(key, ()),
        checks=tuple(check for check in found if not (check.column in json and says_json(check))),
        triggers=known.triggers.get(key, ()),
        partition_by=partition_by(partitions) if is_modelled else None,
        engine="" if row.engine.upper() == known.default_engine.upper() else row.engine,
        charset=charset.charset,
        collation=charset.collation,
        auto_increment=int(row.auto_increment) if row.auto_increment not in {"", "0", "1"} else None,
        comment=row.comment,
        options=_options(row),
    )


def _longtexts(columns: list[ColumnRow]) -> frozenset[str]:
    return frozenset(row.name for row in columns if (row.type, row.collation) == _JSON)


def _with_default_method(index: Index, row: TableRow) -> Index:
    """An index that MariaDB keeps unique by a hidden hash says HASH, though nobody can choose it."""
    is_hidden = (
        index.method == "hash" and index.unique and row.engine.upper() not in {"MEMORY", "NDB", "NDBCLUSTER"}
    )
    return replace(index, method="") if is_hidden else index


def _options(row: TableRow) -> Options:
    found = dict(table_options(row.options))
    if row.engine == "Aria":
        # Aria tells what it does anyway, depending on whether the table was created or altered.
        found = {word: value for word, value in found.items() if (word, value) not in _OF_ARIA}
    if row.type == "SYSTEM VERSIONED":
        found["system_versioning"] = "yes"
    return options_of(found)
