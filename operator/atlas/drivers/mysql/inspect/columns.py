"""Columns of tables and views, and the charsets that they have from their parents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.drivers.mysql.inspect.dialect import default_of, expression, is_compressed, type_text
from atlas.schema.options import options_of
from atlas.schema.table import Column, Generated

if TYPE_CHECKING:
    from atlas.drivers.mysql.inspect.reader import Reader

_SPATIAL = (
    *("geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon"),
    *("geometrycollection", "geomcollection"),
)
_PERIOD = frozenset({"ROW START", "ROW END"})


class Charset(NamedTuple):
    """A charset and a collation, both of them spelled out."""

    charset: str
    collation: str

    def beside(self, parent: Charset) -> Charset:
        """What must be said of it where the parent has ``parent``; '' is what follows from there."""
        if self == parent or not self.collation:
            return Charset("", "")
        return Charset("" if self.charset == parent.charset else self.charset, self.collation)


class ColumnRow(NamedTuple):
    """See ``sql/inspect_columns.sql``."""

    schema: str
    table: str
    name: str
    default: str
    is_nullable: str
    type: str
    charset: str
    collation: str
    extra: str
    comment: str
    expression: str
    srid: str

    @property
    def is_period(self) -> bool:
        """One of the two ends of a period of system time."""
        return self.expression in _PERIOD


def column_rows(reader: Reader) -> dict[tuple[str, str], list[ColumnRow]]:
    """The rows of every table and view, in order."""
    found: dict[tuple[str, str], list[ColumnRow]] = {}
    for row in map(ColumnRow._make, reader.rows("columns")):
        found.setdefault((row.schema, row.table), []).append(row)
    return _with_reference_systems(reader, found) if reader.session.is_mariadb else found


def column_of(row: ColumnRow, parent: Charset, *, is_json: bool, is_mariadb: bool) -> Column:
    """The column; ``is_json`` says that MariaDB stands for JSON by a longtext and a check."""
    extra = row.extra.upper()
    charset = Charset("", "") if is_json else Charset(row.charset, row.collation).beside(parent)
    is_generated = bool(row.expression)
    return Column(
        name=row.name,
        type="json" if is_json else type_text(row.type),
        null=row.is_nullable == "YES",
        default=None
        if is_generated
        else default_of(row.default, column_type=row.type, extra=extra, is_mariadb=is_mariadb),
        generated=Generated(
            expr=expression(row.expression, is_mariadb=is_mariadb),
            stored="STORED" in extra or "PERSISTENT" in extra,
        )
        if is_generated
        else None,
        auto_increment="AUTO_INCREMENT" in extra,
        on_update=_on_update(row.extra),
        charset=charset.charset,
        collation=charset.collation,
        invisible="INVISIBLE" in extra,
        comment=row.comment,
        options=_options(row, extra),
    )


def _options(row: ColumnRow, extra: str) -> tuple[tuple[str, str], ...]:
    found = {}
    if is_compressed(row.type):
        found["compressed"] = "yes"
    if row.srid:
        found["srid"] = row.srid
    if "WITHOUT SYSTEM VERSIONING" in extra:
        found["system_versioning"] = "no"
    return options_of(found)


def _on_update(extra: str) -> str:
    _, found, rest = extra.partition("on update ")
    return rest.split(",")[0].split(" ")[0] if found else ""


def _with_reference_systems(
    reader: Reader, rows: dict[tuple[str, str], list[ColumnRow]]
) -> dict[tuple[str, str], list[ColumnRow]]:
    """MariaDB has the reference systems of spatial columns in a view of their own; SHOW CREATE has them nowhere."""
    if not any(row.type.startswith(_SPATIAL) for each in rows.values() for row in each):
        return rows
    known = {(schema, table, column): srid for schema, table, column, srid in reader.rows("geometry")}
    return {
        key: [row._replace(srid=known.get((row.schema, row.table, row.name), "")) for row in each]
        for key, each in rows.items()
    }
