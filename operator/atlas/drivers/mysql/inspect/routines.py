"""Functions and procedures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from atlas.drivers.mysql.inspect.columns import Charset
from atlas.drivers.mysql.inspect.dialect import type_text
from atlas.schema.objects import Argument, Routine
from atlas.schema.options import options_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.drivers.mysql.inspect.reader import Cells, Reader
    from atlas.drivers.mysql.inspect.server import Server

_AGGREGATES = re.compile(r"\bFETCH\s+GROUP\s+NEXT\s+ROW\b", re.IGNORECASE)


class RoutineRow(NamedTuple):
    """See ``sql/inspect_routines.sql``."""

    schema: str
    name: str
    type: str
    returns: str
    charset: str
    collation: str
    body: str
    is_deterministic: str
    data_access: str
    security: str
    comment: str
    definer: str
    sql_mode: str

    @property
    def is_modelled(self) -> bool:
        """Not a package; and its body can be read."""
        return self.type in {"FUNCTION", "PROCEDURE"} and bool(self.body)


def routine_rows(reader: Reader) -> list[RoutineRow]:
    """Everything that is stored as a routine."""
    return [RoutineRow._make(row) for row in reader.rows("routines")]


def parameter_rows(reader: Reader) -> dict[tuple[str, str, str], list[Cells]]:
    """The rows of each routine in order, by schema, name and type."""
    found: dict[tuple[str, str, str], list[Cells]] = {}
    for row in reader.rows("parameters"):
        found.setdefault((row[0], row[1], row[2]), []).append(row)
    return found


def routine_of(
    row: RoutineRow, parameters: Sequence[Cells], schemas: Mapping[str, Charset], server: Server
) -> Routine:
    """A function or procedure; charsets are said where they are not those of its schema."""
    parent = schemas.get(row.schema, Charset("", ""))
    options = server.definer(row.definer)
    if row.security == "INVOKER":
        options["security"] = row.security
    if row.type == "FUNCTION" and _AGGREGATES.search(row.body):
        options["aggregate"] = "yes"
    return Routine(
        schema=row.schema,
        name=row.name,
        is_procedure=row.type == "PROCEDURE",
        arguments=tuple(_argument(each, parent) for each in parameters),
        returns=_returns(row, parent) if row.type == "FUNCTION" else "",
        body=row.body.strip(),
        deterministic=row.is_deterministic == "YES",
        data_access="" if row.data_access == "CONTAINS SQL" else row.data_access,
        comment=row.comment,
        options=options_of(options),
    )


def _argument(row: Cells, parent: Charset) -> Argument:
    _, _, _, mode, name, type_name, charset, collation = row
    said = Charset(charset, collation).beside(parent)
    return Argument(
        type=type_text(type_name),
        name=name,
        mode=mode or "IN",
        charset=charset if said.collation else "",
        collation=said.collation,
    )


def _returns(row: RoutineRow, parent: Charset) -> str:
    shown = type_text(row.returns)
    said = Charset(row.charset, row.collation).beside(parent)
    return f"{shown} CHARSET {row.charset} COLLATE {row.collation}" if said.collation else shown
