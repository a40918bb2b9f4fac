"""Views and materialized views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.index import storage, tablespace
from atlas.drivers.postgres.ddl.names import Names, listed
from atlas.schema.options import option

if TYPE_CHECKING:
    from atlas.schema.objects import MaterializedView, View


def create(item: View, names: Names, *, replace: str = "") -> str:
    """CREATE VIEW; ``replace`` is ``OR REPLACE `` or ''."""
    columns = f" ({listed(column.name for column in item.columns)})" if item.columns else ""
    check = f" WITH {item.check_option} CHECK OPTION" if item.check_option else ""
    return (
        f"CREATE {replace}VIEW {names.qualified(item.schema, item.name)}{columns}"
        f"{storage(item.options)} AS {item.definition}{check}"
    )


def create_materialized(item: MaterializedView, names: Names) -> str:
    """CREATE MATERIALIZED VIEW."""
    columns = f" ({listed(column.name for column in item.columns)})" if item.columns else ""
    method = option(item.options, "access_method")
    using = f" USING {method}" if method else ""
    data = "" if item.with_data else " WITH NO DATA"
    return (
        f"CREATE MATERIALIZED VIEW {names.qualified(item.schema, item.name)}{columns}{using}"
        f"{storage(item.options)}{tablespace(item.options)} AS {item.definition}{data}"
    )


def keeps_columns(current: View, desired: View) -> bool:
    """CREATE OR REPLACE can do it: every column stays, in its place, with its type; new ones follow.

    Source: https://www.postgresql.org/docs/15/sql-createview.html
    """
    if not current.columns or len(desired.columns) < len(current.columns):
        return False
    pairs = zip(current.columns, desired.columns, strict=False)
    return all((a.name, a.type, a.collation) == (b.name, b.type, b.collation) for a, b in pairs)
