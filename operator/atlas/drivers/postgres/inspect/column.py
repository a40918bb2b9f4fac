"""Columns; the sequences behind ``serial`` and identity are folded into theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from atlas.drivers.postgres.inspect.bare_names import QUALIFIED
from atlas.drivers.postgres.inspect.option import pairs
from atlas.drivers.postgres.inspect.text import bare, default_name
from atlas.schema.options import options_of
from atlas.schema.table import Column, Generated, Identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.drivers.postgres.inspect.found import Found
    from atlas.drivers.postgres.inspect.rows import Row
    from atlas.schema.options import Options

Place: TypeAlias = tuple[str, int]
"""The oid of a relation and the number of a column."""

LIMITS = {"smallint": 2**15 - 1, "integer": 2**31 - 1, "bigint": 2**63 - 1}
STORAGES = {"p": "PLAIN", "e": "EXTERNAL", "m": "MAIN", "x": "EXTENDED"}
COMPRESSIONS = {"p": "pglz", "l": "lz4"}

_SERIALS = {"smallint": "smallserial", "integer": "serial", "bigint": "bigserial"}
_NULL = re.compile(r'NULL::[\w ."(),\[\]]+')


def columns_of(found: Found, relation: str, folded: Mapping[Place, Row] | None = None) -> Iterator[Column]:
    """The columns of a relation, with the sequences that are a part of them."""
    for row in found.columns.get(relation, ()):
        yield _column(row, folded.get((relation, row["number"])) if folded else None)


def folded_sequences(found: Found) -> dict[Place, Row]:
    """The sequences of identity and ``serial`` columns, by the oid of the table and the number of the column."""
    relations = {row["oid"]: row for row in found.relations}
    folded: dict[Place, Row] = {}
    for row in found.relations:
        owner = row["sequence"] and relations.get(row["sequence"]["owner"])
        if not owner:
            continue
        number = row["sequence"]["owner_column"]
        column = next((each for each in found.columns[owner["oid"]] if each["number"] == number), None)
        if column and _is_folded(found, owner, column, row):
            folded[owner["oid"], number] = row
    return folded


def _column(row: Row, sequence: Row | None) -> Column:
    identity = _identity(row, sequence) if row["identity"] and sequence else None
    is_serial = sequence is not None and identity is None
    return Column(
        name=row["name"],
        type=_SERIALS[row["type"]] if is_serial else row["type"],
        null=not row["not_null"],
        default=None if is_serial else _default(row),
        generated=Generated(expr=bare(row["expr"]), stored=row["generated"] == "s")
        if row["generated"]
        else None,
        identity=identity,
        collation=row["collation"] or "",
        inherited=row["inherited"],
        comment=row["comment"] or "",
        options=_options(row),
    )


def _default(row: Row) -> str | None:
    text: str | None = row["expr"]
    if row["generated"] or text is None:
        return None
    # NB: DEFAULT NULL hides the default of a domain; elsewhere it is no default at all.
    return None if _NULL.fullmatch(text) and not row["type_has_default"] else text


def _options(row: Row) -> Options:
    if not (row["statistics"] is not None or row["storage"] or row["compression"] or row["options"]):
        return ()
    found = pairs(row["options"])
    if row["statistics"] is not None:
        found["statistics"] = str(row["statistics"])
    if row["storage"]:
        found["storage"] = STORAGES[row["storage"]]
    if row["compression"]:
        found["compression"] = COMPRESSIONS[row["compression"]]
    return options_of(found)


def _identity(row: Row, sequence: Row) -> Identity:
    found = sequence["sequence"]
    low, high = limits(found["type"], found["increment"])
    return Identity(
        always=row["identity"] == "a",
        start=found["start"],
        increment=found["increment"],
        min_value=None if found["min_value"] == low else found["min_value"],
        max_value=None if found["max_value"] == high else found["max_value"],
        cache=found["cache"],
        cycle=found["cycle"],
    )


def limits(type_name: str, increment: int) -> tuple[int, int]:
    """The least and the greatest value that a sequence has where none is given."""
    most = LIMITS[type_name]
    return (1, most) if increment > 0 else (-most - 1, -1)


def _is_folded(found: Found, relation: Row, column: Row, sequence: Row) -> bool:
    """The sequence is that of an identity, or what ``serial`` makes: its name, type, options and default are all so."""
    given = sequence["sequence"]
    if given["internal"]:
        return True
    schema = found.schema(relation)
    name = default_name(relation["name"], column["name"], "seq")
    type_name = column["type"]
    return (
        type_name in _SERIALS
        and column["not_null"]
        and not column["inherited"]
        and sequence["comment"] is None
        and (relation["unlogged"] or not sequence["unlogged"])  # before 15 a sequence is never unlogged
        and (found.schema(sequence), sequence["name"]) == (schema, name)
        and given["type"] == type_name
        and (given["start"], given["increment"], given["cache"], given["cycle"]) == (1, 1, 1, False)
        and (given["min_value"], given["max_value"]) == limits(type_name, 1)
        and column.get(QUALIFIED, column["expr"]) == f"nextval({_literal(given['printed'])}::regclass)"
    )


def _literal(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
