"""Sequences of MariaDB. Before 11.5 no catalog lists them with their settings: each is a table of one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.schema.objects import Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.drivers.mysql.inspect.reader import Cells, Reader
    from atlas.drivers.mysql.inspect.tables import TableRow

DEFAULT_CACHE = 1000
_LARGEST = 9223372036854775806
_SMALLEST = -9223372036854775807


def sequences(reader: Reader, rows: Iterable[TableRow]) -> tuple[list[Sequence], list[TableRow]]:
    """All sequences by one query, and those that this account may not read. No query where there are none."""
    wanted = list(rows)
    if not wanted:
        return [], []
    sql = " UNION ALL ".join(
        f"SELECT {number}, minimum_value, maximum_value, start_value, increment, cache_size, cycle_option"
        f" FROM {reader.on_server(row.schema, row.name)}"
        for number, row in enumerate(wanted)
    )
    found = reader.ask_if_allowed(sql)
    if found is None:
        return [], wanted
    return [_sequence(wanted[int(cells[0])], cells) for cells in found], []


def _sequence(row: TableRow, cells: Cells) -> Sequence:
    minimum, maximum, start, increment, cache = map(int, cells[1:6])
    is_ascending = increment >= 0
    low, high = (1, _LARGEST) if is_ascending else (_SMALLEST, -1)
    first = minimum if is_ascending else maximum
    return Sequence(
        schema=row.schema,
        name=row.name,
        start=None if start == first else start,
        increment=increment,
        min_value=None if minimum == low else minimum,
        max_value=None if maximum == high else maximum,
        # NB: the model's default of 1 stands for the server's default; a cache of 1 is the same as none.
        cache={DEFAULT_CACHE: 1, 1: 0}.get(cache, cache),
        cycle=cells[6] == "1",
        comment=row.comment,
    )
