"""Constraints as they stand in CREATE TABLE and behind ADD."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from atlas.drivers.postgres.ddl.index import parts, storage, tablespace
from atlas.drivers.postgres.ddl.names import Names, listed, quote
from atlas.schema.table import Check, Exclude, ForeignKey, PrimaryKey, Unique

if TYPE_CHECKING:
    from typing import TypeAlias

    from atlas.schema.options import Options

    Constraint: TypeAlias = PrimaryKey | Unique | ForeignKey | Check | Exclude


def definition(item: Constraint, names: Names) -> str:
    """``CONSTRAINT "name" …``, without NOT VALID."""
    name = f"CONSTRAINT {quote(item.name)} " if item.name else ""
    match item:
        case PrimaryKey():
            return f"{name}PRIMARY KEY {parts(item.parts, names)}{_index_words(item.include, item.options)}{_deferrable(item)}"
        case Unique():
            nulls = "" if item.nulls_distinct else " NULLS NOT DISTINCT"
            return (
                f"{name}UNIQUE{nulls} {parts(item.parts, names)}{_index_words(item.include, item.options)}"
                f"{_deferrable(item)}"
            )
        case ForeignKey():
            return f"{name}{_references(item, names)}{_deferrable(item)}"
        case Check():
            return f"{name}CHECK ({item.expr}){' NO INHERIT' if item.no_inherit else ''}"
        case Exclude():
            where = f" WHERE ({item.where})" if item.where else ""
            return (
                f"{name}EXCLUDE USING {item.method} {parts(item.parts, names)}"
                f"{_index_words(item.include, item.options)}{where}{_deferrable(item)}"
            )
        case _:
            assert_never(item)


def not_valid(item: Constraint) -> bool:
    """The constraint says nothing of the rows that are there."""
    return isinstance(item, ForeignKey | Check) and not item.validated


def _references(item: ForeignKey, names: Names) -> str:
    match = f" MATCH {item.match}" if item.match else ""
    columns = f" ({listed(item.delete_columns)})" if item.delete_columns else ""
    return (
        f"FOREIGN KEY ({listed(item.columns)}) REFERENCES {names.qualified(item.ref_schema, item.ref_table)} "
        f"({listed(item.ref_columns)}){match} ON UPDATE {item.on_update} ON DELETE {item.on_delete}{columns}"
    )


def _index_words(include: tuple[str, ...], options: Options) -> str:
    included = f" INCLUDE ({listed(include)})" if include else ""
    space = tablespace(options)
    return f"{included}{storage(options)}{f' USING INDEX{space}' if space else ''}"


def _deferrable(item: PrimaryKey | Unique | ForeignKey | Exclude) -> str:
    return deferrable(deferrable=item.deferrable, initially_deferred=item.initially_deferred)


def deferrable(*, deferrable: bool, initially_deferred: bool) -> str:
    """The words, with a space before them."""
    if not deferrable:
        return ""
    return " DEFERRABLE INITIALLY DEFERRED" if initially_deferred else " DEFERRABLE"
