"""What changes cost on InnoDB.

Sources: MySQL 8.0 manual 17.12.1 "Online DDL Operations"; MariaDB, "InnoDB Online DDL Operations". What needs
ALGORITHM=COPY rewrites the table and blocks writers; INPLACE and INSTANT do not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl.column import has_charset
from atlas.drivers.mysql.lint.value_lists import value_list_changes
from atlas.drivers.mysql.lint.widths import is_in_place
from atlas.engine.plan import Hazard, HazardKind
from atlas.schema.options import option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.schema import Key
    from atlas.schema.table import Column, Index

_SIZED = re.compile(r"([a-z]+)(?:\((\d+)(?:,(\d+))?\))?(.*)", re.DOTALL)
_INTEGERS = ("tinyint", "smallint", "mediumint", "int", "bigint")
_TEXTS = ("tinytext", "text", "mediumtext", "longtext")
_BLOBS = ("tinyblob", "blob", "mediumblob", "longblob")
_OTHER_WIDENINGS = {("float", "double"), ("date", "datetime"), ("int", "double"), ("smallint", "float")}
_TEXT_BYTES = dict(zip(_TEXTS, (255, 65535, 16777215, 4294967295), strict=True))


def deletes(key: Key, text: str) -> Hazard:
    """Rows or values are gone."""
    return Hazard(HazardKind.DELETES_DATA, key, text)


def may_fail(key: Key, text: str) -> Hazard:
    """It depends on the rows."""
    return Hazard(HazardKind.MAY_FAIL, key, text)


def rewrites(key: Key, text: str) -> Hazard:
    """ALGORITHM=COPY."""
    return Hazard(HazardKind.REWRITES_TABLE, key, text)


def of_new_index(key: Key, index: Index) -> Iterator[Hazard]:
    """Of building an index beside writers; full-text and spatial ones lock them out."""
    yield Hazard(HazardKind.BUILDS_INDEX, key, "Every row is read, and the index is written.")
    if index.unique:
        yield may_fail(key, "Rows with equal values make it fail.")
    if index.method in {"fulltext", "spatial"}:
        yield Hazard(HazardKind.BLOCKS_WRITES, key, f"A {index.method} index is built while writers wait.")


def of_retype(key: Key, current: Column, desired: Column) -> Iterator[Hazard]:
    """Of a MODIFY COLUMN. Both have their effective charsets: one that is said in another way costs nothing."""
    if current.null and not desired.null:
        yield may_fail(key, "A row in which it is NULL makes it fail.")
    if _is_converted(current, desired):
        yield rewrites(key, "The values are converted to another charset or collation.")
        if desired.charset not in {current.charset, "utf8mb4"}:
            yield may_fail(key, f"A value that {desired.charset} cannot hold makes it fail.")
    if current.auto_increment != desired.auto_increment and desired.auto_increment:
        yield rewrites(key, "AUTO_INCREMENT is put on it by copying the table.")
    if current.generated != desired.generated:
        yield from _of_generated(key, current, desired)
    if _stored_as(current) != _stored_as(desired):
        yield rewrites(key, "Every value is written in another form.")
    if current.type != desired.type and not _is_instant(current.type, desired.type):
        yield rewrites(key, f"Every value is converted from {current.type} to {desired.type}.")
        if not _is_widening(current.type, desired.type):
            yield may_fail(key, f"A value that does not fit {desired.type} makes it fail.")


def _is_converted(current: Column, desired: Column) -> bool:
    has_values = has_charset(current) and has_charset(desired)
    return has_values and (current.charset, current.collation) != (desired.charset, desired.collation)


def _stored_as(column: Column) -> tuple[str, str]:
    return option(column.options, "compressed"), option(column.options, "srid")


def _of_generated(key: Key, current: Column, desired: Column) -> Iterator[Hazard]:
    if desired.generated is not None and desired.generated.stored:
        yield rewrites(key, "Its value is computed again for every row.")
        if current.generated is None:
            yield deletes(key, "Its values are replaced by those of the expression.")


def _is_instant(current: str, desired: str) -> bool:
    """Whether only the description changes: a longer varchar of as many length bytes, values added to a list."""
    lists = value_list_changes(current, desired)
    return is_in_place(current, desired) if lists is None else not lists


def _is_widening(current: str, desired: str) -> bool:
    """Whether every value of one type is one of the other too."""
    before, after = _SIZED.fullmatch(current), _SIZED.fullmatch(desired)
    if before is None or after is None:
        return False
    name, other = before[1], after[1]
    size, other_size = int(before[2] or 0), int(after[2] or 0)
    match name, other:
        case _ if name in _INTEGERS and other in _INTEGERS:
            is_larger = _INTEGERS.index(other) > _INTEGERS.index(name)
            fits = (is_larger or other == name) and _signs_fit(before[4], after[4], is_larger=is_larger)
        case _ if name in _TEXTS and other in _TEXTS:
            fits = _TEXTS.index(other) >= _TEXTS.index(name)
        case _ if name in _BLOBS and other in _BLOBS:
            fits = _BLOBS.index(other) >= _BLOBS.index(name)
        case "decimal", "decimal":
            fits = _decimal_fits(before, after)
        case ("enum", "enum") | ("set", "set"):
            fits = _keeps_values(current, desired)
        case "char" | "varchar", _ if other in {"char", "varchar", *_TEXTS}:
            fits = _TEXT_BYTES.get(other, 4 * (other_size or 1)) >= 4 * (size or 1)
        case "binary" | "varbinary", "varbinary":
            fits = other_size >= (size or 1)
        case ("time", "time") | ("datetime", "datetime") | ("timestamp", "timestamp"):
            fits = other_size >= size
        case _:
            fits = (name, other) in _OTHER_WIDENINGS
    return fits


def _signs_fit(current: str, desired: str, *, is_larger: bool) -> bool:
    was_unsigned, is_unsigned = "unsigned" in current, "unsigned" in desired
    return was_unsigned == is_unsigned or (was_unsigned and is_larger)


def _decimal_fits(current: re.Match[str], desired: re.Match[str]) -> bool:
    size, scale = int(current[2] or 10), int(current[3] or 0)
    desired_size, desired_scale = int(desired[2] or 10), int(desired[3] or 0)
    return desired_scale >= scale and desired_size - desired_scale >= size - scale


def _keeps_values(current: str, desired: str) -> bool:
    lists = value_list_changes(current, desired)
    return lists is not None and not any(words.startswith("Removing") for _, words in lists)
