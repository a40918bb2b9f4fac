"""Views."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.drivers.mysql.inspect.dialect import type_text
from atlas.schema.objects import View
from atlas.schema.options import options_of
from atlas.schema.table import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.drivers.mysql.inspect.columns import ColumnRow
    from atlas.drivers.mysql.inspect.reader import Reader
    from atlas.drivers.mysql.inspect.server import Server

_CALL = re.compile(r"'(?:[^'\\]|''|\\.)*'|(?<!\.)`((?:[^`]|``)+)`(?=\()", re.DOTALL)
_ALGORITHM = re.compile(r"\bALGORITHM=(\w+)")


def views(
    reader: Reader,
    columns: Mapping[tuple[str, str], list[ColumnRow]],
    routines: frozenset[tuple[str, str]],
    server: Server,
) -> Iterator[View]:
    """Every view. A view that this account may not see the text of has none."""
    for schema, name, definition, check_option, definer, security, algorithm in reader.rows("views"):
        options = server.definer(definer)
        if security == "INVOKER":
            options["security"] = security
        shown = algorithm if reader.session.is_mariadb else _algorithm(reader, schema, name)
        if shown not in {"", "UNDEFINED"}:
            options["algorithm"] = shown
        yield View(
            schema=schema,
            name=name,
            definition=_qualified(definition, schema, routines),
            columns=tuple(
                Column(name=row.name, type=type_text(row.type)) for row in columns.get((schema, name), ())
            ),
            check_option="" if check_option == "NONE" else check_option,
            options=options_of(options),
        )


def _qualified(definition: str, schema: str, routines: frozenset[tuple[str, str]]) -> str:
    """A definition with all names qualified: the server leaves those of functions as they were written."""

    def name(found: re.Match[str]) -> str:
        bare = (found[1] or "").replace("``", "`")
        own = schema.replace("`", "``")
        return f"`{own}`.{found[0]}" if (schema, bare) in routines else found[0]

    return _CALL.sub(name, definition)


def _algorithm(reader: Reader, schema: str, name: str) -> str:
    """MySQL tells it in SHOW CREATE VIEW alone."""
    rows = reader.of_one(f"SHOW CREATE VIEW {reader.on_server(schema, name)}")
    found = _ALGORITHM.search(rows[0][1]) if rows else None
    return found[1] if found else ""
