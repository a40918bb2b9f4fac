"""Definitions of columns. A MODIFY says all of one again: what it leaves out is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.mysql.inspect.dialect import type_text
from atlas.schema.options import option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.schema.table import Check, Column

_CHARACTERS = ("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set")


def column_definition(column: Column, writer: Writer, checks: Iterable[Check] = ()) -> str:
    """``column`` as CREATE TABLE has it; of ``checks`` those that stand in it."""
    own = [f"CHECK ({writer.sql(check.expr)})" for check in checks if check.column == column.name]
    words = [writer.name(column.name), _type(column, writer)]
    words += _generated(column, writer) if column.generated else _plain(column, writer)
    if column.invisible:
        words.append("INVISIBLE")
    if column.comment:
        words.append(f"COMMENT {writer.text(column.comment)}")
    if option(column.options, "system_versioning") == "no":
        words.append("WITHOUT SYSTEM VERSIONING")
    return " ".join([*words, *own])


def has_charset(column: Column) -> bool:
    """Whether values of the column are characters, and so have a charset."""
    return column.type.lower().startswith(_CHARACTERS)


def _type(column: Column, writer: Writer) -> str:
    words = [writer.sql(type_text(column.type))]
    if option(column.options, "compressed") == "yes":
        words.append("COMPRESSED")
    if srid := option(column.options, "srid"):
        words.append(f"REF_SYSTEM_ID = {srid}" if writer.is_mariadb else f"SRID {srid}")
    if column.charset:
        words.append(f"CHARSET {column.charset}")
    return " ".join(words)


def _plain(column: Column, writer: Writer) -> list[str]:
    words = ["NULL" if column.null else "NOT NULL"]
    if column.collation:
        words.append(f"COLLATE {column.collation}")
    if column.default is not None:
        words.append(f"DEFAULT {writer.here(column.default)}")
    if column.on_update:
        words.append(f"ON UPDATE {column.on_update}")
    if column.auto_increment:
        words.append("AUTO_INCREMENT")
    return words


def _generated(column: Column, writer: Writer) -> list[str]:
    """NULL is not said, nor NOT NULL to MariaDB: it has no words for them here, and HCL says NOT NULL by silence."""
    assert column.generated is not None  # noqa: S101  the caller looked
    expr = writer.sql(column.generated.expr)
    words = [f"COLLATE {column.collation}"] if column.collation else []
    words.append(f"AS ({expr}) {'STORED' if column.generated.stored else 'VIRTUAL'}")
    if not column.null and not writer.is_mariadb:
        words.append("NOT NULL")
    return words
